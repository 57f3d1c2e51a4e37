-- The sources that tell of the activities chosen, those with the most statements first.
-- A row without a source is told by its delivery itself.
--
-- param: year — years of the activities
-- param: undated — “taip”: only those whose year no source states
-- param: scope — territorial scopes
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: organiser — codes of organisers
-- param: county — codes of counties
-- param: municipality — ISO codes of municipalities
--
-- column: source — code of the source; of the delivery where a row has none
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source; null where the source is a delivery
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
        (
            select list(code)
            from municipality
            where
                ($county is null or list_contains($county, county))
                and ($municipality is null or list_contains($municipality, code))
        ) as municipalities,
),

cited as (
    select delivery, told_activity.source, count(*) as statements,
    from told_activity, wanted
    where
        weight is not null
        and ($year is null or list_contains($year::integer[], year))
        and (not coalesce(list_contains($undated, 'taip'), false) or year is null)
        and ($scope is null or list_contains($scope, scope))
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
        and (
            ($county is null and $municipality is null)
            or list_contains(wanted.municipalities, municipality)
        )
    group by all
)

select
    coalesce(cited.source, cited.delivery) as source,
    any_value(coalesce(citation.title, cited.source, cited.delivery)) as source_title,
    any_value(citation.publisher) as source_publisher,
    any_value(citation.dated) as source_dated,
    any_value(citation.url) as source_url,
    citation.told_by as source_delivery,
    sum(cited.statements)::bigint as statements,
from cited
left join citation on citation.delivery = cited.delivery and citation.code = cited.source
group by coalesce(cited.source, cited.delivery), citation.told_by
order by statements desc, source_title collate lt, source, source_delivery
