-- Figures of this delivery that are at least 100 times those of the nearest years in their series.
-- Neighbours may come from any source and from other deliveries; none at all counts as one, so
-- that a first figure after a zero is no jump.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: neighbour — the largest figure of the neighbouring years
with series as (
    select
        year, value, file, sheet, row,
        concat_ws(
            chr(31), indicator, coalesce(sex, ''), coalesce(age_group, ''),
            coalesce(citizenship, ''), coalesce(form, ''), coalesce(registered_by, ''),
            coalesce(territory, '')
        ) as thing,
        is_given,
    from (
        select *, true as is_given,
        from given_statistic
        union all by name
        select * exclude (delivery, version), false as is_given,
        from statistic
        where delivery is distinct from getvariable('given_delivery')
    )
    where value is not null and year is not null
),

yearly as (
    select thing, year, max(value) as value,
    from series
    group by thing, year
),

beside as (
    select
        thing,
        year,
        greatest(
            lag(value) over (partition by thing order by year),
            lead(value) over (partition by thing order by year)
        ) as neighbour,
    from yearly
)

select series.file, series.sheet, series.row, beside.neighbour,
from series
join beside using (thing, year)
where
    beside.neighbour is not null
    and series.is_given and series.value >= 100 * greatest(beside.neighbour, 1)
order by series.file, series.sheet, series.row
