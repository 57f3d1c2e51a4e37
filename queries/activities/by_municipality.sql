-- Prevention activities of each of the 60 municipalities; rows are filtered first, then folded.
-- Rows of one group in one municipality are one activity told more than once: the largest stated
-- count stands. An activity whose number nobody stated counts as at least one.
--
-- rests on: activities/sources
-- follows: activities, inhabitants
--
-- param: year — years of the activities
-- param: undated — “taip”: only those whose year no source states
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: organiser — codes of organisers
-- param: county — codes of counties
-- param: municipality — ISO codes of municipalities
--
-- column: municipality — ISO code
-- column: name — Lithuanian name
-- column: name_en — English name
-- column: county — code of the county
-- column: state — active, zero (a row says 0 and none says more) or no_answer
-- column: activities — how many; null without an answer
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: participants — how many, where stated; null where nobody says
-- column: participants_are_at_least — the true number may be larger
-- column: inhabitants — on the census of inhabitants_in
-- column: inhabitants_in — year of the number of inhabitants
-- column: activities_per_100k — per 100,000 inhabitants; null where there is no answer
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
        municipality is not null
        and weight is not null
        and ($municipality is null or list_contains($municipality, municipality))
        and ($year is null or list_contains($year::integer[], year))
        and (not coalesce(list_contains($undated, 'taip'), false) or year is null)
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
),

folded as (
    select municipality, weight, participants, participants_are_marked
    from told
    where not is_folded

    union all

    select
        municipality,
        max(weight) as weight,
        max(participants) as participants,
        bool_or(participants is not null and participants_are_marked) as participants_are_marked,
    from told
    where is_folded
    group by municipality, activity
),

summed as (
    select
        municipality,
        sum(weight // 8)::bigint as activities,
        bool_or(weight & 2 > 0) as is_at_least,
        bool_or(weight & 1 > 0) as is_about,
        sum(participants)::bigint as participants,
        bool_or(participants is null or participants_are_marked) filter (weight >= 8)
            as participants_are_open,
    from folded
    group by all
),

period as (
    select if(coalesce(list_max($year::integer[]), 9999) <= 2022, 2021, 2025) as inhabitants_in
)

select
    municipality.code as municipality,
    municipality.label_lt as name,
    municipality.label_en as name_en,
    municipality.county,
    case
        when summed.activities > 0 then 'active'
        when summed.activities = 0 then 'zero'
        else 'no_answer'
    end as state,
    summed.activities,
    coalesce(summed.is_at_least, false) as activities_are_at_least,
    coalesce(summed.is_about, false) as activities_are_about,
    summed.participants,
    summed.participants is not null
        and coalesce(summed.participants_are_open, false) as participants_are_at_least,
    if(period.inhabitants_in = 2021, municipality.inhabitants_2021, municipality.inhabitants_2025)
        as inhabitants,
    period.inhabitants_in,
    summed.activities * 100000 / inhabitants as activities_per_100k,
from municipality
cross join period
left join summed on summed.municipality = municipality.code
where
    ($county is null or list_contains($county, municipality.county))
    and ($municipality is null or list_contains($municipality, municipality.code))
order by summed.activities desc nulls last, municipality.label_lt collate lt
