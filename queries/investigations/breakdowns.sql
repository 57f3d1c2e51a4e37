-- How the figures of an indicator are broken down, and in how many years, to choose from.
--
-- rests on: investigations/evidence
-- follows: shown
--
-- param: indicator — codes of indicators
--
-- column: indicator — code of the indicator
-- column: dimension — sex, age_group, citizenship, form, registered_by or territory
-- column: code — code in the list of that name
-- column: years — years with a figure that is shown
with placed as (
    select
        'registered_by' as dimension,
        code,
        row_number() over (order by name collate lt, code) as position,
    from institution
    union all
    select 'sex', code, position, from sex
    union all
    select 'age_group', code, position, from age_group
    union all
    select 'citizenship', code, position, from citizenship
    union all
    select 'form', code, position, from exploitation_form
),

broken_down as (
    select indicator, unnest(dimensions, recursive := true),
    from (
        select
            indicator,
            list_filter(
                [
                    {'dimension': 'sex', 'code': sex},
                    {'dimension': 'age_group', 'code': age_group},
                    {'dimension': 'citizenship', 'code': citizenship},
                    {'dimension': 'form', 'code': form},
                    {'dimension': 'registered_by', 'code': registered_by},
                    {'dimension': 'territory', 'code': territory},
                ],
                lambda one: one.code is not null
            ) as dimensions,
        from figure
        where is_shown
    )
    where len(dimensions) = 1
)

select
    broken_down.indicator,
    broken_down.dimension,
    broken_down.code,
    count(*) as years,
from broken_down
left join placed using (dimension, code)
where $indicator is null or list_contains($indicator, broken_down.indicator)
group by broken_down.indicator, broken_down.dimension, broken_down.code, placed.position
order by broken_down.indicator, broken_down.dimension, placed.position, broken_down.code
