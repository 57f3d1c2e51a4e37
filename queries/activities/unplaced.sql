-- Activities without a municipality, which stand beside the places and never in them.
-- Totals that a source gives without itemising are apart: they may contain what is itemised.
-- Rows of one group are one activity, in the scope of the statement that stands.
--
-- rests on: activities/sources
-- follows: activities
--
-- param: year — years of the activities
-- param: undated — “taip”: only those whose year no source states
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: organiser — codes of organisers
--
-- column: scope — apskritis, regionas, visa šalis, neįvardytos savivaldybės or nenurodyta
-- column: is_total — a total that a source gives without itemising
-- column: activities — how many
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: participants — how many, where stated; null where nobody says
-- column: statements — rows that tell of them
with wanted as (
    select
        (select bit_or(1::bigint << position) from exploitation_form where list_contains($form, code))
            as forms,
        (
            select bit_or(1::bigint << position)
            from target_group
            where list_contains($target_group, code)
        ) as target_groups,
),

told as not materialized (
    select told_activity.*
    from told_activity, wanted
    where
        municipality is null
        and weight is not null
        and ($year is null or list_contains($year::integer[], year))
        and (not coalesce(list_contains($undated, 'taip'), false) or year is null)
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
),

folded as (
    select scope, is_total, weight, participants, 1 as statements
    from told
    where not is_folded

    union all

    select
        max_by(scope, (weight, scope)) as scope,
        is_total,
        max(weight) as weight,
        max(participants) as participants,
        count(*) as statements,
    from told
    where is_folded
    group by is_total, activity
)

select
    scope,
    is_total,
    sum(weight // 8)::bigint as activities,
    bool_or(weight & 2 > 0) as activities_are_at_least,
    bool_or(weight & 1 > 0) as activities_are_about,
    sum(participants)::bigint as participants,
    sum(statements)::bigint as statements,
from folded
group by all
order by is_total, scope collate lt
