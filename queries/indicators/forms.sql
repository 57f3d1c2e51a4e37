-- How many activities are told to have reached each form of exploitation that is named, at least.
-- Which forms a recommendation names is a reading. An activity counts for the forms that its source
-- names; one told to be about all forms is told beside. Those in municipalities and those without
-- one stand apart: totals may hold some of the rest.
--
-- rests on: activities/sources
-- follows: activities, readings
--
-- param: year — years of the activities
-- param: recommendation — codes of recommendations
--
-- column: year — the year
-- column: recommendation — code of the recommendation
-- column: named — code of the form that it names
-- column: words — its words that name it
-- column: placed — activities in municipalities that name it, at least
-- column: unplaced — activities without a municipality that name it, at least
-- column: of_all_forms — activities told to be about all forms, at least
-- column: unnamed_placed — activities in municipalities that name no form
-- column: unnamed_unplaced — activities without a municipality that name no form
-- column: all_placed — all activities in municipalities, at least
-- column: all_unplaced — all activities without a municipality, at least
with named as (
    select recommendation_indicator.*, list.position, recommendation.position as place,
    from recommendation_indicator
    left join recommendation
        on recommendation.code = recommendation_indicator.recommendation
    join exploitation_form as list on list.code = recommendation_indicator.named
    where
        recommendation_indicator.indicator = 'forms'
        and (
            $recommendation is null
            or list_contains($recommendation, recommendation_indicator.recommendation)
        )
),

told_year as (
    select distinct year
    from activity
    where year is not null and ($year is null or list_contains($year::integer[], year))
    union
    select year
    from reporting_year
    where $year is null or list_contains($year::integer[], year)
),

folded as (
    select
        year,
        municipality is not null as is_placed,
        counted,
        forms as bits,
        bits & ~coalesce(any_form.unspecified, 0) = 0 as is_unnamed,
        bits & any_form.all_of_them > 0 as is_of_all_forms,
    from yearly_activity
    cross join (
        select
            any_value(1::bigint << position) filter (list_contains(codes, 'unspecified'))
                as unspecified,
            any_value(1::bigint << position) filter (list_contains(codes, 'all_THB_forms'))
                as all_of_them,
        from (
            select position, string_split(concat_ws(';', code, former), ';') as codes,
            from exploitation_form
        )
    ) as any_form
),

summed as (
    select
        year,
        coalesce(sum(counted) filter (is_placed), 0)::bigint as placed,
        coalesce(sum(counted) filter (not is_placed), 0)::bigint as unplaced,
        coalesce(sum(counted) filter (is_placed and is_unnamed), 0)::bigint as unnamed_placed,
        coalesce(sum(counted) filter (not is_placed and is_unnamed), 0)::bigint as unnamed_unplaced,
        coalesce(sum(counted) filter (is_of_all_forms), 0)::bigint
            as of_all_forms,
    from folded
    group by all
),

reached as (
    select
        folded.year,
        named.recommendation,
        named.named,
        coalesce(sum(counted) filter (is_placed), 0)::bigint as placed,
        coalesce(sum(counted) filter (not is_placed), 0)::bigint as unplaced,
    from folded
    join named on folded.bits & (1::bigint << named.position) > 0
    group by all
)

select
    told_year.year,
    named.recommendation,
    named.named,
    named.words,
    coalesce(reached.placed, 0) as placed,
    coalesce(reached.unplaced, 0) as unplaced,
    coalesce(summed.of_all_forms, 0) as of_all_forms,
    coalesce(summed.unnamed_placed, 0) as unnamed_placed,
    coalesce(summed.unnamed_unplaced, 0) as unnamed_unplaced,
    coalesce(summed.placed, 0) as all_placed,
    coalesce(summed.unplaced, 0) as all_unplaced,
from named
cross join told_year
left join summed on summed.year = told_year.year
left join reached
    on reached.year = told_year.year
    and reached.recommendation = named.recommendation
    and reached.named = named.named
order by told_year.year, named.place, named.position
