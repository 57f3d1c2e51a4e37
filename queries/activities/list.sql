-- The activities as they were told, one row a statement, with source and sentence.
--
-- follows: activities
--
-- param: year — years of the activities
-- param: undated — “taip”: only those whose year no source states
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: municipality — ISO codes of municipalities
-- param: organiser — codes of organisers
-- param: county — codes of counties
-- param: scope — territorial scopes
-- param: group — groups of rows, with their delivery
-- param: recommendation — codes of recommendations that they serve
--
-- column: year — year; null where no source states it
-- column: date_from — first day, or the month or year alone where no more is known
-- column: date_to — last day, likewise
-- column: scope — territorial scope
-- column: municipality — ISO code; null where it has none
-- column: municipality_name — Lithuanian name
-- column: municipality_name_en — English name
-- column: place — place, as told
-- column: kind — code of the kind
-- column: organiser — who organised it
-- column: partners — with whom: codes of institutions, and others in words
-- column: forms — codes of forms of exploitation
-- column: target_groups — codes of target groups
-- column: target_group_text — target group, as told
-- column: count — how many; null where not stated
-- column: count_mark — mark of the count
-- column: participants — how many took part; null where not stated
-- column: participants_mark — mark of the participants
-- column: recommendation — code of the recommendation that it serves
-- column: group_code — names the group of its rows, with their delivery
-- column: quote — the sentence
-- column: source — code of the source
-- column: source_title — its title
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: note — remark
select
    activity.year,
    -- A month that is known is not its first day: the date is shown as far as it goes.
    left(activity.date_from::varchar, known_from.length) as date_from,
    left(activity.date_to::varchar, known_to.length) as date_to,
    activity.scope,
    activity.municipality,
    municipality.label_lt as municipality_name,
    municipality.label_en as municipality_name_en,
    activity.place,
    activity.kind,
    coalesce(activity.organiser_text, institution.name, activity.organiser) as organiser,
    list_append(activity.partners, activity.partners_text) as partners,
    activity.forms,
    activity.target_groups,
    activity.target_group_text,
    activity.count,
    activity.count_mark,
    activity.participants,
    activity.participants_mark,
    activity.recommendation,
    if(
        contains(activity.group_code, ':'),
        activity.group_code,
        activity.delivery || ':' || activity.group_code
    ) as group_code,
    activity.quote,
    activity.source,
    coalesce(citation.title, activity.source, activity.delivery) as source_title,
    citation.url as source_url,
    citation.told_by as source_delivery,
    activity.note,
from activity
left join (values ('day', 10), ('month', 7), ('year', 4)) as known_from (precision, length)
    on known_from.precision = activity.date_from_precision
left join (values ('day', 10), ('month', 7), ('year', 4)) as known_to (precision, length)
    on known_to.precision = activity.date_to_precision
left join municipality on municipality.code = activity.municipality
left join institution on institution.code = activity.organiser
left join citation on citation.delivery = activity.delivery and citation.code = activity.source
where
    ($year is null or list_contains($year::integer[], activity.year))
    and (not coalesce(list_contains($undated, 'taip'), false) or activity.year is null)
    and ($kind is null or list_contains($kind, activity.kind))
    and ($form is null or list_has_any($form, activity.forms))
    and ($target_group is null or list_has_any($target_group, activity.target_groups))
    and ($municipality is null or list_contains($municipality, activity.municipality))
    and ($organiser is null or list_contains($organiser, activity.organiser))
    and ($county is null or list_contains($county, municipality.county))
    and ($scope is null or list_contains($scope, activity.scope))
    and (
        $group is null
        or list_contains(
            $group,
            if(
                contains(activity.group_code, ':'),
                activity.group_code,
                activity.delivery || ':' || activity.group_code
            )
        )
    )
    and ($recommendation is null or list_contains($recommendation, activity.recommendation))
order by
    activity.year desc nulls last,
    activity.date_from desc nulls last,
    municipality_name collate lt nulls last,
    activity.row
