-- Axis A in full: the state of everything that an institution was asked or said, part by part.
-- Who was asked about a whole was asked about each of its parts. A state told of the whole stands
-- for it; else the whole is what its parts make together. Every other question of axis A reads this.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who was named, answered, or was asked by letter
-- column: year — reporting year
-- column: role — adresatas, bendradarbiaujanti institucija, or null for who was not named for it
-- column: is_addressee — whether the recommendation is addressed to it
-- column: is_named_item — an addressee is named for just this: for the whole, or for the part
-- column: is_asked_of_addressee — it is named for this, or for the whole that this is a part of
-- column: is_row — it was named for just this, or answered just this
-- column: state — code of axis A; null for who is no addressee and did not answer
-- column: state_if_asked — the same, also for who was asked by letter alone
-- column: basis — stated, parts, on_behalf, request or derived; as for state_if_asked
-- column: on_behalf_of — the addressee for whom this institution answered
-- column: answered_by — who answered on behalf of this institution
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

sent as materialized (
    from sent_request
),

row_of as (
    select recommendation, part, institution, year from named
    union
    select recommendation, part, institution, year,
    from said
    semi join recommendation_year using (recommendation, year)
),

whole as (
    select recommendation, institution, year from row_of where part is null
    union
    select recommendation, institution, year from sent where part is null
),

-- Asked about the whole by letter, who is named for some parts was asked about these.
named_parts as (
    select recommendation, institution, year, list(part) as parts,
    from named
    group by all
    having count(part) = count(*)
),

unit as materialized (
    select recommendation, part, institution, year from row_of
    union
    select recommendation, part, institution, year from sent
    union
    select whole.recommendation, recommendation_part.part, whole.institution, whole.year,
    from whole
    join recommendation_part using (recommendation)
    left join named_parts
        on named_parts.recommendation = whole.recommendation
        and named_parts.institution = whole.institution
        and named_parts.year = whole.year
    where named_parts.parts is null or list_contains(named_parts.parts, recommendation_part.part)
),

-- Others that answered for an institution, of the unit or of the whole that it is a part of.
for_others as (
    select
        unit.recommendation,
        unit.part,
        unit.institution,
        unit.year,
        bool_and(other.state in ('pateikta', 'netaikoma')) as is_all_answered,
        bool_or(other.state in ('pateikta', 'pateikta iš dalies')) as is_any_answered,
        bool_and(other.state = 'netaikoma') as is_all_inapplicable,
        list(distinct other.institution order by other.institution) as answered_by,
    from unit
    join said as other
        on other.recommendation = unit.recommendation
        and other.on_behalf_of = unit.institution
        and other.year = unit.year
        and (unit.part is null or coalesce(other.part, unit.part) = unit.part)
    group by all
),

addressee_of as (
    select
        recommendation,
        institution,
        year,
        bool_or(part is null) as is_of_whole,
        list(part) filter (part is not null) as parts,
    from named
    where role = 'adresatas'
    group by all
),

reported as (
    select distinct recommendation, year from result
),

gathered as (
    select
        unit.*,
        asked.role,
        asked.quote,
        asked.through_group,
        addressee_of.recommendation is not null as is_addressee,
        coalesce(asked.role = 'adresatas', false) as is_named_item,
        coalesce(
            addressee_of.is_of_whole or list_contains(addressee_of.parts, unit.part), false
        ) as is_asked_of_addressee,
        asked.recommendation is not null or own.recommendation is not null as is_row,
        coalesce(own.state, whole_answer.state) as stated,
        coalesce(own.text, whole_answer.text) as text,
        coalesce(own.is_retold, whole_answer.is_retold) as is_retold,
        -- A source is one of the delivery that names it.
        if(own.delivery is null, whole_answer.source, own.source) as source,
        coalesce(own.delivery, whole_answer.delivery) as delivery,
        own.on_behalf_of,
        case
            -- Words of some members are never a whole group's answer.
            when institution.is_collective
                then if(for_others.is_any_answered, 'pateikta iš dalies', null)
            when for_others.is_all_inapplicable then 'netaikoma'
            when for_others.is_all_answered then 'pateikta'
            when for_others.is_any_answered then 'pateikta iš dalies'
        end as from_others,
        for_others.answered_by,
        term.due_on,
        reported.recommendation is not null as is_reported,
    from unit
    left join named as asked
        on asked.recommendation = unit.recommendation
        and asked.institution = unit.institution
        and asked.year = unit.year
        and asked.part is not distinct from unit.part
    left join addressee_of
        on addressee_of.recommendation = unit.recommendation
        and addressee_of.institution = unit.institution
        and addressee_of.year = unit.year
    left join said as own
        on own.recommendation = unit.recommendation
        and own.institution = unit.institution
        and own.year = unit.year
        and own.part is not distinct from unit.part
    left join said as whole_answer
        on whole_answer.recommendation = unit.recommendation
        and whole_answer.institution = unit.institution
        and whole_answer.year = unit.year
        and unit.part is not null
        and whole_answer.part is null
    left join for_others
        on for_others.recommendation = unit.recommendation
        and for_others.institution = unit.institution
        and for_others.year = unit.year
        and for_others.part is not distinct from unit.part
    left join institution on institution.code = unit.institution
    left join request_in_force as term
        on term.recommendation = unit.recommendation
        and term.institution = unit.institution
        and term.year = unit.year
        and term.part is not distinct from unit.part
    left join reported
        on reported.recommendation = unit.recommendation and reported.year = unit.year
),

single as materialized (
    select
        *,
        case
            when stated is not null then stated
            when not is_addressee and due_on is null then null
            when from_others is not null then from_others
            when due_on >= getvariable('as_of')::date then 'laukiama'
            when due_on is not null then 'nepateikta'
            when is_reported then 'neminima'
            else 'neprašyta'
        end as state,
        case
            when stated is not null then 'stated'
            when not is_addressee and due_on is null then null
            when from_others is not null then 'on_behalf'
            when due_on is not null then 'request'
            else 'derived'
        end as basis,
    from gathered
),

-- The whole as its parts make it: one of which nothing is known keeps it from being complete.
of_parts as (
    select
        recommendation,
        institution,
        year,
        case
            when bool_and(coalesce(state = 'netaikoma', false)) then 'netaikoma'
            when bool_and(coalesce(state in ('pateikta', 'netaikoma'), false)) then 'pateikta'
            when bool_or(state in ('pateikta', 'pateikta iš dalies')) then 'pateikta iš dalies'
            when bool_or(state = 'laukiama') then 'laukiama'
            when bool_or(state = 'nepateikta') then 'nepateikta'
            else max(state) filter (state <> 'netaikoma')
        end as state,
        bool_or(basis = 'stated') as is_any_stated,
        bool_or(basis = 'on_behalf') as is_any_on_behalf,
    from single
    where part is not null
    group by all
),

whole_told as (
    select
        single.*,
        single.part is not null or single.stated is not null or of_parts.recommendation is null
            as is_told_as_one,
        if(is_told_as_one, single.state, of_parts.state) as state_if_asked,
        case
            when is_told_as_one then single.basis
            when of_parts.is_any_stated then 'parts'
            when of_parts.is_any_on_behalf then 'on_behalf'
            else single.basis
        end as basis_if_asked,
    from single
    left join of_parts
        on single.part is null
        and of_parts.recommendation = single.recommendation
        and of_parts.institution = single.institution
        and of_parts.year = single.year
)

select
    recommendation,
    part,
    institution,
    year,
    role,
    is_addressee,
    is_named_item,
    is_asked_of_addressee,
    is_row,
    if(is_addressee or basis_if_asked in ('stated', 'parts'), state_if_asked, null) as state,
    state_if_asked,
    basis_if_asked as basis,
    on_behalf_of,
    answered_by,
    text,
    is_retold,
    source,
    delivery,
    quote,
    through_group,
from whole_told
