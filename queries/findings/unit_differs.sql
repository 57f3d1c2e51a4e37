-- Figures of this delivery that tell the same thing as another one, in another unit: one value would
-- stand twice, in two units. Named is each that is not in the unit of its indicator.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: unit — the unit of the indicator
with told as (
    select
        given_statistic.file,
        given_statistic.sheet,
        given_statistic.row,
        indicator.unit,
        coalesce(given_statistic.unit, indicator.unit) as told_in,
        concat_ws(
            chr(31), given_statistic.year, given_statistic.indicator,
            coalesce(sex, ''), coalesce(age_group, ''), coalesce(citizenship, ''),
            coalesce(form, ''), coalesce(registered_by, ''), coalesce(territory, '')
        ) as thing,
    from given_statistic
    join indicator on indicator.code = given_statistic.indicator
    where given_statistic.value is not null
)

select told.file, told.sheet, told.row, told.unit,
from told
where
    told.told_in <> told.unit
    and told.thing in (select thing from told group by thing having count(distinct told_in) > 1)
order by told.file, told.sheet, told.row
