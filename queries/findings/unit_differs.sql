-- Figures of this delivery that tell the same thing as another one, of this delivery or of another,
-- in another unit: one value would stand twice, in two units. Named is each that is not in the unit
-- of its indicator.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: unit — the unit of the indicator
with told as (
    select
        figure.file,
        figure.sheet,
        figure.row,
        figure.is_given,
        indicator.unit,
        coalesce(figure.unit, indicator.unit) as told_in,
        concat_ws(
            chr(31), figure.year, figure.indicator,
            coalesce(sex, ''), coalesce(age_group, ''), coalesce(citizenship, ''),
            coalesce(form, ''), coalesce(registered_by, ''), coalesce(territory, '')
        ) as thing,
    from (
        select *, true as is_given,
        from given_statistic
        union all by name
        select * exclude (delivery, version), false as is_given,
        from statistic
        where delivery is distinct from getvariable('given_delivery')
    ) as figure
    join indicator on indicator.code = figure.indicator
    where figure.value is not null
)

select told.file, told.sheet, told.row, told.unit,
from told
where
    told.is_given and told.told_in <> told.unit
    and told.thing in (select thing from told group by thing having count(distinct told_in) > 1)
order by told.file, told.sheet, told.row
