-- Activities without a municipality, which stand beside the places and never in them.
-- Totals that a source gives without itemising are apart: they may contain what is itemised.
-- Rows of one group are one activity, in the scope of the statement that stands.
--
-- param: year — years of the activities
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
--
-- column: scope — apskritis, regionas, visa šalis, neįvardytos savivaldybės or nenurodyta
-- column: is_total — a total that a source gives without itemising
-- column: activities — how many
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: participants — how many, where stated; null where nobody says
-- column: quotes — the sentences behind it
with told as (
    from told_activity
    where
        municipality is null
        and ($year is null or list_contains($year::integer[], year))
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or list_has_any($form, forms))
        and ($target_group is null or list_has_any($target_group, target_groups))
),

folded as (
    select
        is_total,
        activity,
        max_by(scope, weight) as scope,
        max_by(counted, weight) as counted,
        max_by(is_at_least, weight) as is_at_least,
        max_by(is_about, weight) as is_about,
        max(participants) as participants,
        list(distinct quote) as quotes,
    from told
    where counted is not null
    group by all
)

select
    scope,
    is_total,
    sum(counted)::bigint as activities,
    bool_or(is_at_least) as activities_are_at_least,
    bool_or(is_about) as activities_are_about,
    sum(participants)::bigint as participants,
    list_sort(list_distinct(flatten(list(quotes)))) as quotes,
from folded
group by all
order by is_total, scope collate lt
