-- Figures of this delivery that are smaller than a part of them which the same source tells.
-- A figure is part of another when it breaks down further and agrees in all else; percentages
-- have no parts.
--
-- column: file — the file of the total
-- column: sheet — its sheet
-- column: row — its row
-- column: part_row — the row of the largest part
with figure as (
    select
        * exclude (value_mark, source),
        coalesce(source, '') as source,
        value_mark is null or value_mark = '[p]' as is_exact,
        value_mark is null or value_mark in ('[p]', '>', '≥') as is_at_least,
    from given_statistic
    where
        value is not null
        and coalesce(unit, (select i.unit from indicator as i where i.code = indicator), '')
        != 'proc.'
),

-- For every choice of breakdowns the largest figure that agrees in them, whatever else it is
-- broken down by.
largest as (
    select
        year, indicator, source, sex, age_group, citizenship, form, registered_by, territory,
        max(value) as value,
        arg_max(row, value) as row,
    from figure
    where is_at_least
    group by
        year, indicator, source,
        cube (sex, age_group, citizenship, form, registered_by, territory)
    having
        -- Null means that all are taken together, never that none was stated.
        (grouping(sex) = 1) = (sex is null)
        and (grouping(age_group) = 1) = (age_group is null)
        and (grouping(citizenship) = 1) = (citizenship is null)
        and (grouping(form) = 1) = (form is null)
        and (grouping(registered_by) = 1) = (registered_by is null)
        and (grouping(territory) = 1) = (territory is null)
)

select total.file, total.sheet, total.row, largest.row as part_row,
from figure as total
join largest
    on largest.year = total.year
    and largest.indicator = total.indicator
    and largest.source = total.source
    and largest.sex is not distinct from total.sex
    and largest.age_group is not distinct from total.age_group
    and largest.citizenship is not distinct from total.citizenship
    and largest.form is not distinct from total.form
    and largest.registered_by is not distinct from total.registered_by
    and largest.territory is not distinct from total.territory
where total.is_exact and largest.value > total.value
order by total.file, total.sheet, total.row
