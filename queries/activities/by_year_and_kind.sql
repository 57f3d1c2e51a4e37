-- Activities in municipalities by year and kind, each in the kind of the statement that stands.
--
-- rests on: activities/sources
-- follows: activities
--
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: organiser — codes of organisers
-- param: county — codes of counties
-- param: municipality — ISO codes of municipalities
--
-- column: year — the year; null where no source states it
-- column: kind — code of the kind
-- column: activities — how many
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
with wanted as (
    select
        (select bit_or(1::bigint << position) from exploitation_form where list_contains($form, code))
            as forms,
        (
            select bit_or(1::bigint << position)
            from target_group
            where list_contains($target_group, code)
        ) as target_groups,
        (
            select list(code)
            from municipality
            where
                ($county is null or list_contains($county, county))
                and ($municipality is null or list_contains($municipality, code))
        ) as municipalities,
),

told as not materialized (
    select told_activity.*
    from told_activity, wanted
    where
        weight is not null
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
        and (
            ($county is null and $municipality is null)
            or list_contains(wanted.municipalities, municipality)
        )
        and municipality is not null
),

folded as (
    select year, kind, weight
    from told
    where not is_folded

    union all

    select year, max_by(kind, (weight, kind)) as kind, max(weight) as weight
    from told
    where is_folded
    group by year, municipality, activity
)

select
    year,
    kind,
    sum(weight // 8)::bigint as activities,
    bool_or(weight & 2 > 0) as activities_are_at_least,
    bool_or(weight & 1 > 0) as activities_are_about,
from folded
group by all
having activities > 0
order by year nulls last, activities desc, kind
