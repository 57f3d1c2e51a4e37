-- Figures of this delivery that are smaller than a part of them which the same source tells.
-- A figure is part of another when it breaks down further and agrees in all else; percentages
-- have no parts.
--
-- column: file — the file of the total
-- column: sheet — its sheet
-- column: row — its row
-- column: part_row — the row of the part
with figure as (
    select
        *,
        source is null as is_own,
        value_mark is null or value_mark = '[p]' as is_exact,
        value_mark is null or value_mark in ('[p]', '>', '≥') as is_at_least,
    from given_statistic
    where
        value is not null
        and coalesce(unit, (select i.unit from indicator as i where i.code = indicator), '')
        != 'proc.'
)

select total.file, total.sheet, total.row, min(part.row) as part_row,
from figure as total
join figure as part
    on part.year = total.year
    and part.indicator = total.indicator
    and part.source is not distinct from total.source
    and part.value > total.value
where
    total.is_exact and part.is_at_least
    and (total.sex is null or total.sex = part.sex)
    and (total.age_group is null or total.age_group = part.age_group)
    and (total.citizenship is null or total.citizenship = part.citizenship)
    and (total.form is null or total.form = part.form)
    and (total.registered_by is null or total.registered_by = part.registered_by)
    and (total.territory is null or total.territory = part.territory)
    and total.row_key != part.row_key
group by all
order by total.file, total.sheet, total.row
