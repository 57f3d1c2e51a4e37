-- Prevention activities of each of the 60 municipalities; rows are filtered first, then folded.
-- Rows of one group in one municipality are one activity told more than once: the largest stated
-- count stands. An activity whose number nobody stated counts as at least one.
--
-- param: year — years of the activities
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
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
with told as (
    from told_activity
    where
        municipality is not null
        and ($year is null or list_contains($year::integer[], year))
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or list_has_any($form, forms))
        and ($target_group is null or list_has_any($target_group, target_groups))
),

folded as (
    select
        municipality,
        activity,
        max_by(counted, weight) as counted,
        max_by(is_at_least, weight) as is_at_least,
        max_by(is_about, weight) as is_about,
        max(participants) as participants,
        bool_or(participants is not null and participants_mark in ('>', '≥', '~'))
            or max(participants) is null as participants_are_open,
    from told
    where counted is not null
    group by all
),

summed as (
    select
        municipality,
        sum(counted)::bigint as activities,
        bool_or(is_at_least) as is_at_least,
        bool_or(is_about) as is_about,
        sum(participants)::bigint as participants,
        bool_or(participants_are_open) filter (counted > 0) as participants_are_open,
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
order by summed.activities desc nulls last, municipality.label_lt collate lt
