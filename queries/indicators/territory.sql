-- In how many municipalities prevention was told of in the year, at least, and who lives there.
-- Follows from a recommendation that asks for prevention in the whole territory. Where no
-- municipality is told of, activities may have taken place: those without one could be anywhere.
--
-- rests on: activities/sources
-- follows: activities, readings
--
-- param: year — years of the activities
--
-- column: year — the year
-- column: municipalities — all municipalities
-- column: active — with at least one activity
-- column: zero — where a source says that there was none
-- column: no_answer — of which nothing is known
-- column: inhabitants — inhabitants of all municipalities
-- column: inhabitants_of_active — inhabitants of those with at least one activity
-- column: inhabitants_in — year of the number of inhabitants
-- column: share — inhabitants of the active ones among all, from 0 to 1, at least
-- column: unplaced — activities without a municipality, at least
with told_year as (
    select distinct year
    from activity
    where year is not null and ($year is null or list_contains($year::integer[], year))
    union
    select year
    from reporting_year
    where $year is null or list_contains($year::integer[], year)
),

placed as (
    select year, municipality, sum(counted) as most
    from yearly_activity
    where municipality is not null
    group by all
),

unplaced as (
    select year, sum(counted)::bigint as activities
    from yearly_activity
    where municipality is null
    group by all
)

select
    told_year.year,
    count(*) as municipalities,
    count(*) filter (placed.most > 0) as active,
    count(*) filter (placed.most = 0) as zero,
    count(*) filter (placed.most is null) as no_answer,
    sum(
        if(told_year.year <= 2022, municipality.inhabitants_2021, municipality.inhabitants_2025)
    )::bigint as inhabitants,
    coalesce(
        sum(
            if(told_year.year <= 2022, municipality.inhabitants_2021, municipality.inhabitants_2025)
        ) filter (placed.most > 0),
        0
    )::bigint as inhabitants_of_active,
    if(told_year.year <= 2022, 2021, 2025) as inhabitants_in,
    inhabitants_of_active / inhabitants as share,
    coalesce(any_value(unplaced.activities), 0) as unplaced,
from told_year
cross join municipality
left join placed on placed.year = told_year.year and placed.municipality = municipality.code
left join unplaced on unplaced.year = told_year.year
group by told_year.year
order by told_year.year
