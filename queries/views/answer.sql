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
with row_of as (
    select recommendation, part, institution, year from asked
    union
    select recommendation, part, institution, year,
    from standing_response
    where (recommendation, year) in (select (recommendation, year) from recommendation_year)
),

-- What an institution said of the parts, for those who were asked about the whole.
of_parts as (
    select
        recommendation,
        institution,
        year,
        count(distinct part) as parts,
        bool_and(state = 'pateikta') as is_all_answered,
        bool_or(state in ('pateikta', 'pateikta iš dalies')) as is_any_answered,
        bool_and(state = 'netaikoma') as is_all_inapplicable,
        bool_or(state = 'laukiama') as is_any_awaited,
    from standing_response
    where part is not null
    group by all
),

part_count as (
    select recommendation, count(*) as parts,
    from recommendation_part
    group by all
),

-- Others that answered for an addressee. What some members say is never a whole group's answer.
for_others as (
    select
        standing_response.recommendation,
        standing_response.on_behalf_of as institution,
        standing_response.year,
        bool_and(state = 'pateikta') and not any_value(institution.is_collective)
            as is_all_answered,
        bool_or(state in ('pateikta', 'pateikta iš dalies')) as is_any_answered,
        list(standing_response.institution order by standing_response.institution) as answered_by,
    from standing_response
    left join institution on institution.code = standing_response.on_behalf_of
    where on_behalf_of is not null
    group by all
),

last_term as (
    select
        recommendation,
        institution,
        year,
        max(coalesce(extended_to, due_on)) as due_on,
    from request
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
            from asked as whole
            where
                whole.recommendation = row_of.recommendation
                and whole.institution = row_of.institution
                and whole.year = row_of.year
                and whole.role = 'adresatas'
        ) as is_addressee,
        coalesce(own.state, whole_answer.state) as stated,
        coalesce(own.text, whole_answer.text) as text,
        coalesce(own.is_retold, whole_answer.is_retold) as is_retold,
        coalesce(own.source, whole_answer.source) as source,
        coalesce(own.delivery, whole_answer.delivery) as delivery,
        own.on_behalf_of,
        case
            when row_of.part is not null or of_parts.parts is null then null
            when of_parts.is_all_inapplicable then 'netaikoma'
            when of_parts.is_all_answered and of_parts.parts >= part_count.parts then 'pateikta'
            when of_parts.is_any_answered then 'pateikta iš dalies'
            when of_parts.is_any_awaited then 'laukiama'
            else 'nepateikta'
        end as from_parts,
        case
            when for_others.is_all_answered then 'pateikta'
            when for_others.is_any_answered then 'pateikta iš dalies'
        end as from_others,
        for_others.answered_by,
        coalesce(last_term.due_on, group_term.due_on) as due_on,
        reported.recommendation is not null as is_reported,
    from row_of
    left join asked
        on asked.recommendation = row_of.recommendation
        and asked.institution = row_of.institution
        and asked.year = row_of.year
        and asked.part is not distinct from row_of.part
    left join standing_response as own
        on own.recommendation = row_of.recommendation
        and own.institution = row_of.institution
        and own.year = row_of.year
        and own.part is not distinct from row_of.part
    left join standing_response as whole_answer
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
    left join last_term
        on last_term.recommendation = row_of.recommendation
        and last_term.institution = row_of.institution
        and last_term.year = row_of.year
    left join last_term as group_term
        on group_term.recommendation = row_of.recommendation
        and group_term.institution = asked.through_group
        and group_term.year = row_of.year
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
