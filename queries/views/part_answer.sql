-- Axis A by part: did an addressee give data on a part? One row per part, addressee and year.
-- An addressee asked about the whole was asked about each of its parts.
--
-- column: recommendation — code of the recommendation
-- column: part — its part
-- column: institution — the addressee
-- column: year — reporting year
-- column: is_applicable — whether the part applies to it
-- column: has_data — data were given on the part; null where it is not said of which parts
with
-- Read once: what it stands on is long.
by_part as materialized (
    from answer_by_part
),

known as (
    from by_part
    where is_row
),

own as (
    select recommendation, part, institution, year, state
    from known
    where part is not null and (is_addressee or state is not null)
),

-- Who answered for an addressee, of the part or of the whole.
for_others as (
    select
        recommendation,
        on_behalf_of,
        year,
        part,
        bool_or(state in ('pateikta', 'pateikta iš dalies')) as has_data,
        bool_or(state = 'pateikta') as is_in_full,
    from known
    where on_behalf_of is not null
    group by all
)

select distinct
    asked.recommendation,
    recommendation_part.part,
    asked.institution,
    asked.year,
    by_part.state is distinct from 'netaikoma' as is_applicable,
    case
        when own.state in ('pateikta', 'pateikta iš dalies') then true
        when of_part.has_data or of_whole.is_in_full then true
        when whole.state = 'pateikta' then true
        when own.state is not null then false
        when whole.basis = 'stated' and whole.state = 'pateikta iš dalies' then null
        when of_whole.has_data then null
        else false
    end as has_data,
from known as asked
join recommendation_part
    on recommendation_part.recommendation = asked.recommendation
    and coalesce(asked.part, recommendation_part.part) = recommendation_part.part
join by_part
    on by_part.recommendation = asked.recommendation
    and by_part.part = recommendation_part.part
    and by_part.institution = asked.institution
    and by_part.year = asked.year
left join own
    on own.recommendation = asked.recommendation
    and own.part = recommendation_part.part
    and own.institution = asked.institution
    and own.year = asked.year
left join known as whole
    on whole.recommendation = asked.recommendation
    and whole.part is null
    and whole.institution = asked.institution
    and whole.year = asked.year
left join for_others as of_part
    on of_part.recommendation = asked.recommendation
    and of_part.on_behalf_of = asked.institution
    and of_part.year = asked.year
    and of_part.part = recommendation_part.part
left join for_others as of_whole
    on of_whole.recommendation = asked.recommendation
    and of_whole.on_behalf_of = asked.institution
    and of_whole.year = asked.year
    and of_whole.part is null
where asked.role = 'adresatas'
