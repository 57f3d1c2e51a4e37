-- Requests for data: who was asked what, until when, and what came of it by the day asked about.
-- A request to a group is one to each of its members, unless the member was asked itself.
--
-- rests on: implementation/sources
-- follows: answers
--
-- param: year — reporting years
-- param: institution — codes of institutions
--
-- column: year — reporting year
-- column: institution — code of the institution asked
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: through_group — the group that the letter was sent to, where it was
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: part — its part; null for the whole
-- column: requested_on — day of the letter of request
-- column: letter — number of the letter of request
-- column: due_on — the term in force: as extended, or as first set
-- column: extended_from — the term first set, where it was extended
-- column: reminded_on — day of the reminder
-- column: replied_on — day of the letter of reply
-- column: reply_letter — number of the letter of reply
-- column: state — code of axis A
-- column: standing — answered, replied_without_data, awaited or overdue
-- column: days_left — days to the term of what is not answered; below 0 when it has passed
with known as (
    select sent.*, told.state_if_asked as state,
    from sent_request as sent
    join answer_by_part as told
        on told.recommendation = sent.recommendation
        and told.part is not distinct from sent.part
        and told.institution = sent.institution
        and told.year = sent.year
)

select
    known.year,
    known.institution,
    coalesce(institution.name, known.institution) as institution_name,
    coalesce(institution.name_en, known.institution) as institution_name_en,
    known.through_group,
    known.recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    known.part,
    known.requested_on,
    known.letter,
    known.due_on,
    known.extended_from,
    known.reminded_on,
    known.replied_on,
    known.reply_letter,
    known.state,
    case
        when known.state in ('pateikta', 'pateikta iš dalies', 'netaikoma') then 'answered'
        when known.replied_on is not null then 'replied_without_data'
        when known.due_on >= getvariable('as_of')::date then 'awaited'
        else 'overdue'
    end as standing,
    if(
        standing = 'answered', null, date_diff('day', getvariable('as_of')::date, known.due_on)
    ) as days_left,
from known
join recommendation on recommendation.code = known.recommendation
left join institution on institution.code = known.institution
where
    ($year is null or list_contains($year::integer[], known.year))
    and ($institution is null or list_contains($institution, known.institution))
order by
    known.year,
    standing = 'answered',
    known.due_on,
    institution_name collate lt,
    recommendation.position,
    len(known.part) nulls first,
    known.part
