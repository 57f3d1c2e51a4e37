-- What each year rests on: in how many municipalities activities were told of, by how many sources.
-- A year of many sources may have more activities than one of a single report merely because more
-- was read: the years cannot be compared as if the same had been asked in each.
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
-- column: activities — in municipalities
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: municipalities — with at least one activity
-- column: unplaced — activities without a municipality; totals that a source does not itemise left out
-- column: unplaced_are_at_least — the true number may be larger
-- column: unplaced_are_about — the number holds one that is stated as “about”
-- column: totals — activities in totals that a source does not itemise; they may hold the others
-- column: statements — rows that tell of them
-- column: sources — from how many sources
-- column: placed_sources — from how many sources those in municipalities are
-- column: unplaced_sources — from how many sources those without a municipality are
-- column: source — code of the source, where it is the only one
-- column: source_delivery — the delivery that tells of the source, where it is the only one
-- column: source_title — its title, where it is the only one
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
),

folded as (
    select year, municipality, is_total, weight
    from told
    where not is_folded

    union all

    select year, municipality, is_total, max(weight) as weight
    from told
    where is_folded
    group by year, municipality, is_total, activity
),

in_places as (
    select
        year,
        municipality,
        is_total,
        sum(weight // 8)::bigint as activities,
        bool_or(weight & 2 > 0) as is_at_least,
        bool_or(weight & 1 > 0) as is_about,
    from folded
    group by all
),

summed as (
    select
        year,
        coalesce(sum(activities) filter (municipality is not null), 0)::bigint as activities,
        coalesce(bool_or(is_at_least) filter (municipality is not null), false)
            as activities_are_at_least,
        coalesce(bool_or(is_about) filter (municipality is not null), false)
            as activities_are_about,
        count(distinct municipality) filter (activities > 0) as municipalities,
        coalesce(sum(activities) filter (municipality is null and not is_total), 0)::bigint
            as unplaced,
        coalesce(bool_or(is_at_least) filter (municipality is null and not is_total), false)
            as unplaced_are_at_least,
        coalesce(bool_or(is_about) filter (municipality is null and not is_total), false)
            as unplaced_are_about,
        coalesce(sum(activities) filter (municipality is null and is_total), 0)::bigint as totals,
    from in_places
    group by year
),

-- A row without a source is told by its delivery itself.
cited as (
    select
        year,
        delivery,
        source,
        municipality is not null as is_placed,
        is_total,
        count(*) as statements,
    from told
    group by all
),

named as (
    select
        cited.*,
        coalesce(citation.told_by, cited.delivery) || ':' || coalesce(cited.source, '') as told_by,
    from cited
    left join citation on citation.delivery = cited.delivery and citation.code = cited.source
),

resting as (
    select
        year,
        sum(statements)::bigint as statements,
        count(distinct told_by) as sources,
        count(distinct told_by) filter (is_placed) as placed_sources,
        count(distinct told_by) filter (not is_placed and not is_total) as unplaced_sources,
        if(sources = 1, any_value(source), null) as source,
        if(sources = 1, any_value(delivery), null) as delivery,
    from named
    group by year
)

select
    summed.*,
    resting.statements,
    resting.sources,
    resting.placed_sources,
    resting.unplaced_sources,
    resting.source,
    if(resting.sources = 1, citation.told_by, null) as source_delivery,
    if(resting.sources = 1, coalesce(citation.title, resting.source, resting.delivery), null)
        as source_title,
from summed
join resting on resting.year is not distinct from summed.year
left join citation on citation.delivery = resting.delivery and citation.code = resting.source
order by summed.year nulls last
