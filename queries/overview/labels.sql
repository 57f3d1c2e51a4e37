-- Labels of all codes: reference lists, fixed lists, municipalities and institutions.
--
-- column: list — name of the list
-- column: code — the code
-- column: label_lt — Lithuanian label
-- column: label_en — English label
select list, code, label_lt, label_en from choice
union all
select 'county', code, label_lt, label_en from county
union all
select 'indicator', code, label_lt, label_en from indicator
union all
select 'indicator_definition', code, label_lt, label_en from indicator_definition
union all
select 'activity_kind', code, label_lt, label_en from activity_kind
union all
select 'exploitation_form', code, label_lt, label_en from exploitation_form
union all
select 'target_group', code, label_lt, label_en from target_group
union all
select 'theme', code, label_lt, label_en from theme
union all
select 'sex', code, label_lt, label_en from sex
union all
select 'age_group', code, label_lt, label_en from age_group
union all
select 'citizenship', code, label_lt, label_en from citizenship
union all
select 'institution_kind', code, label_lt, label_en from institution_kind
union all
select 'coordination_status', code, label_lt, label_en from coordination_status
union all
select 'source_kind', code, label_lt, label_en from source_kind
union all
select 'municipality', code, label_lt, label_en from municipality
union all
select 'institution', code, name, name_en from institution
