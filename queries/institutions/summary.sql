-- What each addressee was asked in a reporting year, what it answered, and what it still owes.
-- Counted are the items addressed to an institution, itself or through a group whose members are
-- given. Where nobody asked there is nothing to answer.
--
-- rests on: implementation/sources
-- follows: items, answers, data-share
--
-- param: year — reporting years
-- param: institution — codes of addressees
-- param: theme — codes of themes
--
-- column: year — reporting year
-- column: institution — code of the addressee
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: institution_kind — kind of institution
-- column: is_collective — a group as an addressee, not one body
-- column: items — items addressed to it
-- column: not_applicable — of these, not applicable; outside every denominator
-- column: not_asked — of these, nobody asked
-- column: asked — of these, applicable and asked, or not said whether asked
-- column: answered — of the asked, answered in full
-- column: answered_in_part — of the asked, answered in part
-- column: silent — of the asked, no data provided
-- column: not_mentioned — of the asked, the report does not mention them
-- column: awaited — of the asked, the term has not passed
-- column: with_data_at_least — of the asked, surely with data, in full or in part
-- column: with_data_at_most — of the asked, with data if all that is not known or awaited comes
-- column: requested_on — day of the first request
-- column: due_on — the first term of what is not answered yet; of what is, the last one
-- column: reminded_on — day of the last reminder
-- column: replied_on — day of the last letter of reply
with told as (
    select
        item.year,
        item.institution,
        count(*) as items,
        count(*) filter (item.state = 'netaikoma') as not_applicable,
        count(*) filter (item.state = 'neprašyta') as not_asked,
        items - not_applicable - not_asked as asked,
        count(*) filter (item.state = 'pateikta') as answered,
        count(*) filter (item.state = 'pateikta iš dalies') as answered_in_part,
        count(*) filter (item.state = 'nepateikta') as silent,
        count(*) filter (item.state = 'neminima') as not_mentioned,
        count(*) filter (item.state = 'laukiama') as awaited,
        coalesce(min(term.due_on) filter (item.is_open), max(term.due_on)) as due_on,
    from item
    left join request_in_force as term
        on term.recommendation = item.recommendation
        and term.part is not distinct from item.part
        and term.institution = item.institution
        and term.year = item.year
    join recommendation on recommendation.code = item.recommendation
    where
        item.is_addressed
        and ($year is null or list_contains($year::integer[], item.year))
        and ($institution is null or list_contains($institution, item.institution))
        and ($theme is null or list_contains($theme, recommendation.theme))
    group by all
),

requested as (
    select
        year,
        institution,
        min(requested_on) as requested_on,
        max(reminded_on) as reminded_on,
        max(replied_on) as replied_on,
    from sent_request
    group by all
)

select
    told.year,
    told.institution,
    coalesce(institution.name, told.institution) as institution_name,
    coalesce(institution.name_en, told.institution) as institution_name_en,
    institution.kind as institution_kind,
    coalesce(institution.is_collective, false) as is_collective,
    told.items,
    told.not_applicable,
    told.not_asked,
    told.asked,
    told.answered,
    told.answered_in_part,
    told.silent,
    told.not_mentioned,
    told.awaited,
    told.answered + told.answered_in_part as with_data_at_least,
    told.asked - told.silent as with_data_at_most,
    requested.requested_on,
    told.due_on,
    requested.reminded_on,
    requested.replied_on,
from told
left join institution on institution.code = told.institution
left join requested on requested.year = told.year and requested.institution = told.institution
order by told.year, institution_name collate lt
