-- Activities of this delivery that say the same as an earlier row in everything that can be
-- counted by: time, place, organiser, kind, forms, target groups and numbers. Only the words
-- differ, if anything. Rows that share a group are told more than once on purpose.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: earlier_row — the row that it may repeat
with activity as (
    select
        file, sheet, row, group_code,
        hash(
            year, date_from, date_to, scope, municipality, place, organiser, organiser_text,
            kind, forms, target_groups, target_group_text, count, count_mark, participants,
            participants_mark, recommendation
        ) as same,
    from given_activity
),

compared as (
    select
        *,
        first_value(row) over (partition by same, file, sheet order by row) as earlier_row,
        first_value(group_code) over (partition by same, file, sheet order by row) as earlier_group,
    from activity
    where same in (select a.same from activity as a group by a.same having count(*) > 1)
)

select file, sheet, row, earlier_row,
from compared
where
    row != earlier_row
    and (group_code is null or earlier_group is null or group_code != earlier_group)
order by file, sheet, row
