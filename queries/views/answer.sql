-- Axis A: was an answer given? One row per recommendation (or part), institution and year.
-- The rows are whoever was named and whoever answered. A stated state goes before a derived one.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who was named or answered
-- column: year — reporting year
-- column: role — adresatas, bendradarbiaujanti institucija, or null for who was not named
-- column: is_addressee — whether the recommendation is addressed to it
-- column: is_asked_item — whether the row is an item that counts: an addressee as it was named
-- column: state — code of axis A; null for who is no addressee and did not answer
-- column: basis — stated, parts, on_behalf, request or derived
-- column: on_behalf_of — the addressee for whom this institution answered
-- column: answered_by — who answered on behalf of this addressee
-- column: text — the answer
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: delivery — the delivery that holds the answer
-- column: quote — the words of the recommendation that name it
-- column: through_group — the group through which it is an addressee
with
-- Read once each: what they stand on is long.
named as materialized (
    from asked
),

said as materialized (
    from standing_response
),

row_of as materialized (
    select recommendation, part, institution, year from named
    union
    select recommendation, part, institution, year,
    from said
    semi join recommendation_year using (recommendation, year)
),

-- What an institution said of the parts, for those who were asked about the whole.
of_parts as (
    select
        recommendation,
        institution,
        year,
        count(distinct part) as parts,
        bool_and(state in ('pateikta', 'netaikoma')) as is_all_answered,
        bool_or(state in ('pateikta', 'pateikta iš dalies')) as is_any_answered,
        bool_and(state = 'netaikoma') as is_all_inapplicable,
        bool_or(state = 'laukiama') as is_any_awaited,
        bool_or(state = 'nepateikta') as is_any_silent,
    from said
    where part is not null
    group by all
),

part_count as (
    select recommendation, count(*) as parts,
    from recommendation_part
    group by all
),

-- Others that answered for an addressee, of the whole or of some parts.
for_others as (
    select
        row_of.recommendation,
        row_of.part,
        row_of.institution,
        row_of.year,
        bool_and(other.state in ('pateikta', 'netaikoma')) as is_all_answered,
        bool_or(other.state in ('pateikta', 'pateikta iš dalies')) as is_any_answered,
        bool_or(other.part is null) as is_of_whole,
        count(distinct other.part) as parts,
        list(distinct other.institution order by other.institution) as answered_by,
    from row_of
    join said as other
        on other.recommendation = row_of.recommendation
        and other.on_behalf_of = row_of.institution
        and other.year = row_of.year
        and (row_of.part is null or coalesce(other.part, row_of.part) = row_of.part)
    group by all
),

-- The last term of the requests to an institution, or else to the group that it belongs to.
term as (
    select
        row_of.recommendation,
        row_of.part,
        row_of.institution,
        row_of.year,
        coalesce(
            max(coalesce(extended_to, due_on)) filter (request.institution = row_of.institution),
            max(coalesce(extended_to, due_on))
        ) as due_on,
    from row_of
    left join named as asked
        on asked.recommendation = row_of.recommendation
        and asked.institution = row_of.institution
        and asked.year = row_of.year
        and asked.part is not distinct from row_of.part
    join request
        on request.recommendation = row_of.recommendation
        and request.institution in (row_of.institution, asked.through_group)
        and request.year = row_of.year
        and (row_of.part is null or coalesce(request.part, row_of.part) = row_of.part)
    group by all
),

reported as (
    select distinct recommendation, year from result
),

gathered as (
    select
        row_of.*,
        asked.role,
        asked.quote,
        asked.through_group,
        asked.recommendation is not null and asked.role = 'adresatas' as is_asked_item,
        exists (
            from named as whole
            where
                whole.recommendation = row_of.recommendation
                and whole.institution = row_of.institution
                and whole.year = row_of.year
                and whole.role = 'adresatas'
        ) as is_addressee,
        coalesce(own.state, whole_answer.state) as stated,
        coalesce(own.text, whole_answer.text) as text,
        coalesce(own.is_retold, whole_answer.is_retold) as is_retold,
        -- A source is one of the delivery that names it.
        if(own.delivery is null, whole_answer.source, own.source) as source,
        coalesce(own.delivery, whole_answer.delivery) as delivery,
        own.on_behalf_of,
        case
            when row_of.part is not null or of_parts.parts is null then null
            when of_parts.is_all_inapplicable then 'netaikoma'
            when of_parts.is_all_answered and of_parts.parts >= part_count.parts then 'pateikta'
            when of_parts.is_any_answered then 'pateikta iš dalies'
            when of_parts.is_any_awaited then 'laukiama'
            when of_parts.is_any_silent then 'nepateikta'
        end as from_parts,
        case
            -- What some members say is never a whole group's answer.
            when for_others.is_all_answered
                and for_others.is_any_answered
                and not institution.is_collective
                and (
                    row_of.part is not null
                    or for_others.is_of_whole
                    or for_others.parts >= part_count.parts
                ) then 'pateikta'
            when for_others.is_any_answered then 'pateikta iš dalies'
        end as from_others,
        for_others.answered_by,
        term.due_on,
        reported.recommendation is not null as is_reported,
    from row_of
    left join named as asked
        on asked.recommendation = row_of.recommendation
        and asked.institution = row_of.institution
        and asked.year = row_of.year
        and asked.part is not distinct from row_of.part
    left join said as own
        on own.recommendation = row_of.recommendation
        and own.institution = row_of.institution
        and own.year = row_of.year
        and own.part is not distinct from row_of.part
    left join said as whole_answer
        on whole_answer.recommendation = row_of.recommendation
        and whole_answer.institution = row_of.institution
        and whole_answer.year = row_of.year
        and row_of.part is not null
        and whole_answer.part is null
    left join of_parts
        on of_parts.recommendation = row_of.recommendation
        and of_parts.institution = row_of.institution
        and of_parts.year = row_of.year
    left join part_count on part_count.recommendation = row_of.recommendation
    left join for_others
        on for_others.recommendation = row_of.recommendation
        and for_others.institution = row_of.institution
        and for_others.year = row_of.year
        and for_others.part is not distinct from row_of.part
    left join institution on institution.code = row_of.institution
    left join term
        on term.recommendation = row_of.recommendation
        and term.institution = row_of.institution
        and term.year = row_of.year
        and term.part is not distinct from row_of.part
    left join reported
        on reported.recommendation = row_of.recommendation and reported.year = row_of.year
)

select
    recommendation,
    part,
    institution,
    year,
    role,
    is_addressee,
    is_asked_item,
    case
        when stated is not null then stated
        when from_parts is not null then from_parts
        when not is_addressee then null
        when from_others is not null then from_others
        when due_on >= getvariable('as_of')::date then 'laukiama'
        when due_on is not null then 'nepateikta'
        when is_reported then 'neminima'
        else 'neprašyta'
    end as state,
    case
        when stated is not null then 'stated'
        when from_parts is not null then 'parts'
        when not is_addressee then null
        when from_others is not null then 'on_behalf'
        when due_on is not null then 'request'
        else 'derived'
    end as basis,
    on_behalf_of,
    answered_by,
    text,
    is_retold,
    source,
    delivery,
    quote,
    through_group,
from gathered
