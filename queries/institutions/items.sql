-- Every item asked of an institution in a reporting year: what to answer, and what it answered.
-- Who is asked about a whole that has parts is asked about each part, unless the whole is answered
-- or its state is told as one. An item is open until it is answered in full or does not apply.
--
-- follows: answers
--
-- param: year — reporting years
-- param: institution — codes of institutions
--
-- column: year — reporting year
-- column: institution — code of the institution asked
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: recommendation — code of the recommendation
-- column: number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: text — its text, word for word
-- column: part — its part; null for the whole
-- column: part_text — text of the part, word for word
-- column: document — code of its document
-- column: document_title — title of its document
-- column: quote — the words of the recommendation that name the institution
-- column: through_group — the group through which it is an addressee
-- column: is_open — not answered in full yet
-- column: state — code of axis A
-- column: answer — the answer
-- column: answered_by — codes of those who answered on its behalf
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: source_delivery — the delivery that tells of the source
-- column: delivery — the delivery that holds the answer
-- column: requested_on — day of the first request
-- column: letter — number of the last letter of request
-- column: due_on — the last term
-- column: reminded_on — day of the last reminder
-- column: replied_on — day of the last letter of reply
with
-- Read once: what it stands on is long.
said as materialized (
    from answer
),

sent as (
    select
        request.recommendation,
        coalesce(member.institution, request.institution) as institution,
        request.year,
        min(request.requested_on) as requested_on,
        max_by(request.letter, request.requested_on) as letter,
        max(coalesce(request.extended_to, request.due_on)) as due_on,
        max(request.reminded_on) as reminded_on,
        max(request.replied_on) as replied_on,
        bool_or(member.institution is not null) as is_through_group,
    from request
    left join (
        select distinct recommendation, institution, year, through_group
        from said
        where through_group is not null
    ) as member
        on member.through_group = request.institution
        and member.recommendation = request.recommendation
        and member.year = request.year
    group by all
),

item as (
    select
        recommendation,
        part,
        institution,
        year,
        quote,
        through_group,
        state,
        basis,
        answered_by,
    from said
    where is_asked_item

    union all by name

    -- Asked by letter without being named.
    select distinct
        request.recommendation,
        request.part,
        request.institution,
        request.year,
        said.state,
        coalesce(said.basis, 'request') as basis,
    from request
    left join said
        on said.recommendation = request.recommendation
        and said.part is not distinct from request.part
        and said.institution = request.institution
        and said.year = request.year
    anti join (from said where is_asked_item) as named
        on named.recommendation = request.recommendation
        and request.institution in (named.institution, named.through_group)
        and named.year = request.year
),

split as (
    select
        item.* exclude (part),
        coalesce(recommendation_part.part, item.part) as part,
        recommendation_part.part is not null as is_split,
    from item
    left join recommendation_part
        on recommendation_part.recommendation = item.recommendation
        and item.part is null
        and item.basis <> 'stated'
        and not (item.basis = 'on_behalf' and item.state = 'pateikta')
),

reported as (
    select distinct recommendation, year from result
),

known as (
    select
        split.* exclude (state),
        sent.* exclude (recommendation, institution, year, is_through_group),
        case
            when own.state is not null then own.state
            when split.basis not in ('parts', 'request') then split.state
            when sent.due_on >= getvariable('as_of')::date then 'laukiama'
            when sent.due_on is not null then 'nepateikta'
            when reported.recommendation is not null then 'neminima'
            else 'neprašyta'
        end as state,
        own.text as answer,
        own.is_retold,
        own.source,
        own.delivery,
    from split
    left join said as own
        on own.recommendation = split.recommendation
        and own.part is not distinct from split.part
        and own.institution = split.institution
        and own.year = split.year
        and own.state is not null
    left join sent
        on sent.recommendation = split.recommendation
        and sent.institution = split.institution
        and sent.year = split.year
    left join reported
        on reported.recommendation = split.recommendation and reported.year = split.year
)

select
    known.year,
    known.institution,
    coalesce(institution.name, known.institution) as institution_name,
    coalesce(institution.name_en, known.institution) as institution_name_en,
    known.recommendation,
    recommendation.label as number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    recommendation.text,
    known.part,
    recommendation_part.text as part_text,
    recommendation.document,
    document.title as document_title,
    known.quote,
    known.through_group,
    known.state not in ('pateikta', 'netaikoma') as is_open,
    known.state,
    known.answer,
    known.answered_by,
    known.is_retold,
    known.source,
    citation.told_by as source_delivery,
    known.delivery,
    known.requested_on,
    known.letter,
    known.due_on,
    known.reminded_on,
    known.replied_on,
from known
join recommendation on recommendation.code = known.recommendation
left join recommendation_part
    on recommendation_part.recommendation = known.recommendation
    and recommendation_part.part = known.part
left join document on document.code = recommendation.document
left join institution on institution.code = known.institution
left join citation on citation.delivery = known.delivery and citation.code = known.source
where
    ($year is null or list_contains($year::integer[], known.year))
    and ($institution is null or list_contains($institution, known.institution))
order by
    known.year,
    institution_name collate lt,
    recommendation.position,
    len(known.part) nulls first,
    known.part
