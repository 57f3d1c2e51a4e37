-- Figures of this delivery that are at most a hundredth of those of the years on both sides, as one
-- written in thousands is. Of two years alone the larger one is told of (jump_suspicious).
-- Neighbours may come from any source and from other deliveries; none at all is no fall.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: neighbour — the smaller figure of the neighbouring years
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
        lag(value) over (partition by thing order by year) as before,
        lead(value) over (partition by thing order by year) as after,
    from yearly
)

select series.file, series.sheet, series.row, least(beside.before, beside.after) as neighbour,
from series
join beside using (thing, year)
where
    beside.before is not null and beside.after is not null
    and series.is_given and series.value > 0
    and least(beside.before, beside.after) >= 100 * series.value
order by series.file, series.sheet, series.row
