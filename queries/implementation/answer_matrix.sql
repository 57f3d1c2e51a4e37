-- Who was named by each recommendation, who answered, and what state of axis A that makes.
--
-- follows: answers
--
-- param: year — reporting years
-- param: recommendation — codes of recommendations
-- param: institution — codes of institutions
-- param: theme — codes of themes
--
-- column: year — reporting year
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: part — its part; null for the whole
-- column: institution — code of the institution
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: is_collective — a group as an addressee, not one body
-- column: role — adresatas, bendradarbiaujanti institucija, or null for who was not named
-- column: is_addressee — whether the recommendation is addressed to it
-- column: state — code of axis A; null for who is no addressee and gave no data
-- column: due_on — the term in force of the request to it; null where nobody asked
-- column: basis — stated, parts, on_behalf, request or derived
-- column: on_behalf_of — the addressee for whom it answered
-- column: answered_by — codes of those who answered on its behalf
-- column: text — the answer
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: source_title — title of the source
-- column: source_delivery — the delivery that tells of the source
-- column: quote — the words of the recommendation that name it
with in_force as materialized (
    from request_in_force
),

-- A whole is awaited while any part of it is.
term as (
    select recommendation, part, institution, year, due_on,
    from in_force
    where part is not null
    union all
    select recommendation, null, institution, year, max(due_on),
    from in_force
    group by recommendation, institution, year
)

select
    answer.year,
    answer.recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    answer.part,
    answer.institution,
    coalesce(institution.name, answer.institution) as institution_name,
    coalesce(institution.name_en, answer.institution) as institution_name_en,
    coalesce(institution.is_collective, false) as is_collective,
    answer.role,
    answer.is_addressee,
    answer.state,
    term.due_on,
    answer.basis,
    answer.on_behalf_of,
    answer.answered_by,
    answer.text,
    answer.is_retold,
    answer.source,
    citation.title as source_title,
    citation.told_by as source_delivery,
    answer.quote,
from answer
join recommendation on recommendation.code = answer.recommendation
left join institution on institution.code = answer.institution
left join term
    on term.recommendation = answer.recommendation
    and term.part is not distinct from answer.part
    and term.institution = answer.institution
    and term.year = answer.year
left join citation on citation.delivery = answer.delivery and citation.code = answer.source
where
    ($year is null or list_contains($year::integer[], answer.year))
    and ($recommendation is null or list_contains($recommendation, answer.recommendation))
    and ($institution is null or list_contains($institution, answer.institution))
    and ($theme is null or list_contains($theme, recommendation.theme))
order by
    answer.year,
    recommendation.position,
    len(answer.part) nulls first,
    answer.part,
    not answer.is_addressee,
    answer.role nulls last,
    institution_name collate lt
