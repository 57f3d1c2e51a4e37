-- Every figure with its source and sentence, competing ones included.
--
-- follows: shown
--
-- param: indicator — codes of indicators
-- param: year — years described
-- param: sex — codes
-- param: age_group — codes
-- param: citizenship — codes
-- param: form — codes of forms of exploitation
-- param: registered_by — codes of the institutions that registered it
-- param: territory — codes of counties or municipalities, LT for the country
--
-- column: year — the year described
-- column: indicator — code of the indicator
-- column: sex — code; null for the total
-- column: age_group — code; null for the total
-- column: citizenship — code; null for the total
-- column: form — code; null for the total
-- column: registered_by — code of the institution that registered it; null for all
-- column: territory — code; null for the country
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: counting_unit_lt — what is counted one by one, in Lithuanian
-- column: counting_unit_en — what is counted one by one, in English
-- column: measure — flow over a period or stock on a day
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: source_kind — code of its kind
-- column: quote — the sentence
-- column: year_basis — how the year was fixed
-- column: is_preferred — the figure that is shown
-- column: is_doubtful — stated to be doubtful
-- column: is_contradicted — another source says another number
-- column: conflict — code of the group of contradicting figures
-- column: conflict_description — what contradicts what
-- column: conflict_handling — how it is handled
-- column: note — remark
-- column: sender — code of the institution that sent it
select
    figure.year,
    figure.indicator,
    figure.sex,
    figure.age_group,
    figure.citizenship,
    figure.form,
    figure.registered_by,
    figure.territory,
    figure.value,
    figure.mark,
    figure.unit,
    if(figure.unit = indicator.unit, indicator.counting_unit_lt, null) as counting_unit_lt,
    if(figure.unit = indicator.unit, indicator.counting_unit_en, null) as counting_unit_en,
    indicator.measure,
    figure.source,
    figure.source_title,
    figure.source_publisher,
    figure.source_dated,
    figure.source_url,
    figure.source_delivery,
    figure.source_kind,
    figure.quote,
    figure.year_basis,
    figure.is_shown as is_preferred,
    figure.is_doubtful,
    figure.is_contradicted,
    figure.conflict,
    told.description as conflict_description,
    told.handling as conflict_handling,
    figure.note,
    figure.sender,
from figure
left join indicator on indicator.code = figure.indicator
left join disputed as told
    on told.code = figure.conflict and told.delivery = figure.delivery
where
    ($indicator is null or list_contains($indicator, figure.indicator))
    and ($year is null or list_contains($year::integer[], figure.year))
    and ($sex is null or list_contains($sex, figure.sex))
    and ($age_group is null or list_contains($age_group, figure.age_group))
    and ($citizenship is null or list_contains($citizenship, figure.citizenship))
    and ($form is null or list_contains($form, figure.form))
    and ($registered_by is null or list_contains($registered_by, figure.registered_by))
    and ($territory is null or list_contains($territory, coalesce(figure.territory, 'LT')))
order by
    indicator.position,
    figure.indicator,
    figure.year,
    figure.form nulls first,
    figure.registered_by nulls first,
    figure.territory nulls first,
    concat_ws('|', figure.sex, figure.age_group, figure.citizenship),
    figure.is_shown desc,
    figure.source
