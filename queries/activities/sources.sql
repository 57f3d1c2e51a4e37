-- The sources that tell of the activities chosen, each once; what counts of them rest on.
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
-- column: source — code of the source; the delivery itself where a row names none
-- column: source_title — its title
-- column: source_publisher — who published it
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: rows — rows that it tells of
select
    coalesce(activity.source, activity.delivery) as source,
    any_value(coalesce(citation.title, activity.source, activity.delivery)) as source_title,
    any_value(citation.publisher) as source_publisher,
    any_value(citation.dated) as source_dated,
    any_value(citation.url) as source_url,
    count(*) as rows,
from activity
left join municipality on municipality.code = activity.municipality
left join citation on citation.delivery = activity.delivery and citation.code = activity.source
where
    ($year is null or list_contains($year::integer[], activity.year))
    and (not coalesce(list_contains($undated, 'taip'), false) or activity.year is null)
    and ($kind is null or list_contains($kind, activity.kind))
    and ($form is null or list_has_any($form, activity.forms))
    and ($target_group is null or list_has_any($target_group, activity.target_groups))
    and ($organiser is null or list_contains($organiser, activity.organiser))
    and ($county is null or list_contains($county, municipality.county))
    and ($municipality is null or list_contains($municipality, activity.municipality))
group by activity.delivery, coalesce(activity.source, activity.delivery)
order by source_title collate lt, source
