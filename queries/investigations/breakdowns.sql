-- How the figures of an indicator are broken down, and in how many years, to choose from.
--
-- rests on: investigations/evidence
-- follows: shown
--
-- param: indicator — codes of indicators
--
-- column: indicator — code of the indicator
-- column: dimension — sex, age_group, citizenship, form or territory
-- column: code — code in the list of that name
-- column: years — years with a figure that is shown
with named as (
    select indicator, year, 'sex' as dimension, sex as code, position_of.position,
    from figure
    join sex as position_of on position_of.code = figure.sex
    where is_shown and registered_by is null
        and age_group is null and citizenship is null and form is null and territory is null

    union all

    select indicator, year, 'age_group', age_group, position_of.position,
    from figure
    join age_group as position_of on position_of.code = figure.age_group
    where is_shown and registered_by is null
        and sex is null and citizenship is null and form is null and territory is null

    union all

    select indicator, year, 'citizenship', citizenship, position_of.position,
    from figure
    join citizenship as position_of on position_of.code = figure.citizenship
    where is_shown and registered_by is null
        and sex is null and age_group is null and form is null and territory is null

    union all

    select indicator, year, 'form', form, position_of.position,
    from figure
    join exploitation_form as position_of on position_of.code = figure.form
    where is_shown and registered_by is null
        and sex is null and age_group is null and citizenship is null and territory is null

    union all

    select indicator, year, 'territory', territory, 0,
    from figure
    where is_shown and registered_by is null and territory is not null
        and sex is null and age_group is null and citizenship is null and form is null
)

select indicator, dimension, code, count(*) as years,
from named
where $indicator is null or list_contains($indicator, indicator)
group by indicator, dimension, code, position
order by indicator, dimension, position, code
