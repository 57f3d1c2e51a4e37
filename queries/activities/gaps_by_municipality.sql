-- Which forms of exploitation prevention told of in each municipality.
-- An activity counts for every form that its sources name, so the forms are not to be added up.
-- Whatever the form, each municipality has a row; with a form only where something was told.
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
-- column: municipality — ISO code
-- column: name — Lithuanian name
-- column: name_en — English name
-- column: form — code of the form; null for whatever form, or none named
-- column: activities — how many; null without an answer
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: unnamed — how many of them name no form
-- column: asked_by — recommendations that ask for prevention in the whole territory
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
        and municipality is not null
),

folded as (
    select municipality, forms, weight
    from told
    where not is_folded

    union all

    select municipality, bit_or(forms) as forms, max(weight) as weight
    from told
    where is_folded
    group by municipality, activity
),

summed as (
    select
        municipality,
        forms,
        sum(weight // 8)::bigint as activities,
        bool_or(weight & 2 > 0) as is_at_least,
        bool_or(weight & 1 > 0) as is_about,
    from folded
    group by all
),

any_form as (
    select
        any_value(1::bigint << position) filter (
            list_contains(string_split(concat_ws(';', code, former), ';'), 'unspecified')
        ) as unspecified,
        (
            select list_sort(list(distinct recommendation))
            from recommendation_indicator
            where indicator = 'territory'
        ) as asked_by,
    from exploitation_form
),

whatever as (
    select
        municipality,
        sum(activities)::bigint as activities,
        bool_or(is_at_least) as is_at_least,
        bool_or(is_about) as is_about,
        coalesce(
            sum(activities) filter (summed.forms & ~coalesce(any_form.unspecified, 0) = 0), 0
        )::bigint as unnamed,
    from summed, any_form
    group by all
),

with_form as (
    select
        summed.municipality,
        exploitation_form.code as form,
        exploitation_form.position,
        sum(summed.activities)::bigint as activities,
        bool_or(summed.is_at_least) as is_at_least,
        bool_or(summed.is_about) as is_about,
    from summed
    join exploitation_form
        on summed.forms & (1::bigint << exploitation_form.position) > 0
        and not list_contains(
            string_split(concat_ws(';', exploitation_form.code, exploitation_form.former), ';'),
            'unspecified'
        )
    group by all
    having activities > 0
),

told_of as (
    select
        municipality.code,
        null as form,
        null as position,
        whatever.activities,
        whatever.is_at_least,
        whatever.is_about,
        whatever.unnamed,
        any_form.asked_by,
    from municipality
    cross join any_form
    left join whatever on whatever.municipality = municipality.code

    union all by name

    select municipality as code, form, position, activities, is_at_least, is_about,
    from with_form
)

select
    municipality.code as municipality,
    municipality.label_lt as name,
    municipality.label_en as name_en,
    told_of.form,
    told_of.activities,
    coalesce(told_of.is_at_least, false) as activities_are_at_least,
    coalesce(told_of.is_about, false) as activities_are_about,
    told_of.unnamed,
    told_of.asked_by,
from told_of
join municipality on municipality.code = told_of.code
cross join wanted
where
    ($county is null and $municipality is null)
    or list_contains(wanted.municipalities, municipality.code)
order by municipality.label_lt collate lt, told_of.position nulls first
