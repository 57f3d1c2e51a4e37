-- What is told of activities, with how each statement counts; several may tell of one activity.
-- Filter first, then fold: of the statements on one activity in one place the weightiest stands.
--
-- column: year — year; null where no source states it
-- column: municipality — ISO code; null where it has none
-- column: scope — territorial scope
-- column: kind — code of the kind
-- column: is_total — a total that a source gives without itemising
-- column: forms — codes of forms of exploitation
-- column: target_groups — codes of target groups
-- column: activity — what tells one activity from another
-- column: counted — how many it counts as; null where nothing can be counted
-- column: is_at_least — the true number may be larger
-- column: is_about — the number is stated as “about”
-- column: weight — of the statements on one activity the one with the greatest stands
-- column: participants — how many took part; null where not stated
-- column: participants_mark — mark of the participants
-- column: quote — the sentence
select
    activity.year,
    activity.municipality,
    activity.scope,
    activity.kind,
    coalesce(activity_kind.is_total = 'taip', false) as is_total,
    activity.forms,
    activity.target_groups,
    case
        when group_code is null then concat_ws('|', delivery, file, sheet, row)
        when contains(group_code, ':') then group_code
        else delivery || ':' || group_code
    end as activity,
    case
        when count_mark in ('[+]', '[k]') then 1
        when count_mark in ('[n]', '[z]') then null
        else count
    end as counted,
    coalesce(count_mark in ('[+]', '[k]', '>', '≥'), false) as is_at_least,
    coalesce(count_mark = '~', false) as is_about,
    -- A number goes before “took place”, that before a zero.
    (
        coalesce(count_mark, '') not in ('[+]', '[k]') and counted > 0,
        counted,
        is_at_least,
        is_about
    ) as weight,
    activity.participants,
    coalesce(activity.participants_mark, '') as participants_mark,
    activity.quote,
from activity
left join activity_kind on activity_kind.code = activity.kind
