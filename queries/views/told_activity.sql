-- What is told of activities, with how each statement counts; several may tell of one activity.
-- Filter first, then fold: of the statements on one activity in one place the weightiest stands.
--
-- column: version — the version that brought the row
-- column: delivery — its delivery
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
-- column: year — year; null where no source states it
-- column: date_from — first day; null where not stated
-- column: municipality — ISO code; null where it has none
-- column: scope — territorial scope
-- column: kind — code of the kind
-- column: is_total — a total that a source gives without itemising
-- column: organiser — code of the institution that organised it
-- column: forms — forms of exploitation, a bit each: that of its position in the list
-- column: target_groups — target groups, a bit each: that of its position in the list
-- column: activity — one number for the rows of one group; null for a row of none
-- column: weight — eight times what it counts as, and 4 where a source states that number, 2 where the true one may be larger, 1 where it is “about”; null where nothing is counted
-- column: participants — how many took part; null where not stated
-- column: participants_are_marked — stated as “more than”, “at least” or “about”
-- column: source — code of the source
-- column: is_folded — there may be another row of the same group
select
    kept.* exclude (is_repeated, names_another),
    kept.is_repeated
        or coalesce(
            kept.activity in (select activity from stored.told_activity where names_another), false
        ) as is_folded,
from stored.told_activity as kept
where kept.version in (select version from current_version)
