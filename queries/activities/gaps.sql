-- Which forms of exploitation prevention told of, and to whom; and which a recommendation asks for.
-- An activity counts for every form and every group that its sources name, so the cells are not to
-- be added up. Those in municipalities and those without one stand apart; totals that a source does
-- not itemise are left out. Which forms and groups a recommendation names is a reading.
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
-- param: county — codes of counties
-- param: municipality — ISO codes of municipalities
--
-- column: form — code of the form; null for whatever form, or none named
-- column: target_group — code of the target group; null for whatever group, or none named
-- column: activities — in municipalities
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: unplaced — without a municipality
-- column: unplaced_are_at_least — the true number may be larger
-- column: unplaced_are_about — the number holds one that is stated as “about”
-- column: without_form — of those in municipalities, naming no form
-- column: without_target_group — of those in municipalities, naming no target group
-- column: asked_by — recommendations and measures of the draft protocol that name it
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
        and ($year is null or list_contains($year::integer[], year))
        and (not coalesce(list_contains($undated, 'taip'), false) or year is null)
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
        and (
            ($county is null and $municipality is null)
            or list_contains(wanted.municipalities, municipality)
        )
        and not is_total
),

folded as (
    select municipality is not null as is_placed, forms, target_groups, weight
    from told
    where not is_folded

    union all

    select
        municipality is not null as is_placed,
        bit_or(forms) as forms,
        bit_or(target_groups) as target_groups,
        max(weight) as weight,
    from told
    where is_folded
    group by municipality, activity
),

-- Few sets of words come again and again.
summed as (
    select
        forms,
        target_groups,
        coalesce(sum(weight // 8) filter (is_placed), 0) as activities,
        coalesce(bool_or(weight & 2 > 0) filter (is_placed), false) as is_at_least,
        coalesce(bool_or(weight & 1 > 0) filter (is_placed), false) as is_about,
        coalesce(sum(weight // 8) filter (not is_placed), 0) as unplaced,
        coalesce(bool_or(weight & 2 > 0) filter (not is_placed), false) as unplaced_is_at_least,
        coalesce(bool_or(weight & 1 > 0) filter (not is_placed), false) as unplaced_is_about,
    from folded
    group by all
),

form as (
    select code, position, 1::bigint << position as bit
    from exploitation_form
    where not list_contains(string_split(concat_ws(';', code, former), ';'), 'unspecified')
    union all
    select null, null, null
),

reached as (
    select code, position, 1::bigint << position as bit
    from target_group
    union all
    select null, null, null
),

named as (
    select distinct recommendation, indicator, named
    from recommendation_indicator
    where indicator in ('forms', 'target_groups')
),

-- Who names both asks for the two together; who names one asks for it with whatever of the other.
asked as (
    select
        named_form.named as form,
        named_group.named as target_group,
        coalesce(named_form.recommendation, named_group.recommendation) as recommendation,
    from (from named where indicator = 'forms') as named_form
    full join (from named where indicator = 'target_groups') as named_group
        on named_group.recommendation = named_form.recommendation
),

asking as (
    select form, target_group, list_sort(list(recommendation)) as asked_by
    from asked
    group by all
)

select
    form.code as form,
    reached.code as target_group,
    coalesce(sum(summed.activities), 0)::bigint as activities,
    coalesce(bool_or(summed.is_at_least), false) as activities_are_at_least,
    coalesce(bool_or(summed.is_about), false) as activities_are_about,
    coalesce(sum(summed.unplaced), 0)::bigint as unplaced,
    coalesce(bool_or(summed.unplaced_is_at_least), false) as unplaced_are_at_least,
    coalesce(bool_or(summed.unplaced_is_about), false) as unplaced_are_about,
    coalesce(
        sum(summed.activities) filter (summed.forms & ~coalesce(any_form.unspecified, 0) = 0), 0
    )::bigint as without_form,
    coalesce(sum(summed.activities) filter (summed.target_groups = 0), 0)::bigint
        as without_target_group,
    any_value(asking.asked_by) as asked_by,
from form
cross join (
    select
        any_value(1::bigint << position) filter (
            list_contains(string_split(concat_ws(';', code, former), ';'), 'unspecified')
        ) as unspecified,
    from exploitation_form
) as any_form
cross join reached
left join summed
    on (form.bit is null or summed.forms & form.bit > 0)
    and (reached.bit is null or summed.target_groups & reached.bit > 0)
left join asking
    on asking.form is not distinct from form.code
    and asking.target_group is not distinct from reached.code
group by form.code, form.position, reached.code, reached.position
order by form.position nulls last, reached.position nulls last
