-- How many of the items asked got data, by kind of institution; a row without a kind is all of them.
-- At least: what surely came. At most: if all that is awaited, or not said, comes.
--
-- rests on: implementation/sources
-- follows: items, answers, data-share
--
-- param: year — reporting years
-- param: institution — codes of addressees
-- param: theme — codes of themes
--
-- column: year — reporting year
-- column: institution_kind — code of the kind of institution; null for all kinds
-- column: institutions — addressees of the kind
-- column: asked — items applicable and asked, or not said whether asked
-- column: answered — of the asked, answered in full
-- column: answered_in_part — of the asked, answered in part
-- column: silent — of the asked, no data provided
-- column: not_mentioned — of the asked, the report does not mention them
-- column: awaited — of the asked, the term has not passed
-- column: with_data_at_least — of the asked, surely with data, in full or in part
-- column: with_data_at_most — of the asked, with data if all that is not known or awaited comes
-- column: response_rate_at_least — share of the asked with data, from 0 to 1; null when nothing was
-- column: response_rate_at_most — the share if all that is not known or awaited comes
with chosen as (
    select item.year, item.institution, item.state, institution.kind as institution_kind,
    from item
    join recommendation on recommendation.code = item.recommendation
    left join institution on institution.code = item.institution
    where
        item.is_addressed
        and item.state not in ('netaikoma', 'neprašyta')
        and ($year is null or list_contains($year::integer[], item.year))
        and ($institution is null or list_contains($institution, item.institution))
        and ($theme is null or list_contains($theme, recommendation.theme))
)

select
    year,
    institution_kind,
    count(distinct institution) as institutions,
    count(*) as asked,
    count(*) filter (state = 'pateikta') as answered,
    count(*) filter (state = 'pateikta iš dalies') as answered_in_part,
    count(*) filter (state = 'nepateikta') as silent,
    count(*) filter (state = 'neminima') as not_mentioned,
    count(*) filter (state = 'laukiama') as awaited,
    answered + answered_in_part as with_data_at_least,
    asked - silent as with_data_at_most,
    with_data_at_least / asked as response_rate_at_least,
    with_data_at_most / asked as response_rate_at_most,
from chosen
group by grouping sets ((year, institution_kind), (year))
-- A kind that nobody stated is a row of its own; the sum is told by its place.
order by year, grouping(institution_kind), institution_kind nulls last
