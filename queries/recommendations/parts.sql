-- The parts of recommendations in each reporting year: their words, who gave data, how judged.
--
-- rests on: implementation/sources
-- follows: answers, parts
--
-- param: year — reporting years
-- param: recommendation — codes of recommendations
--
-- column: year — reporting year; null for a recommendation that counts in none
-- column: recommendation — code of the recommendation
-- column: part — the part
-- column: text — its text, word for word
-- column: asked_addressees — addressees to whom it applies
-- column: addressees_with_data — addressees that surely gave data on it
-- column: is_without_data — no addressee gave data on it
-- column: assessment — code of axis B; null when the part itself is not judged
-- column: is_inapplicable — not judged, and applicable to none of those asked: outside the roll-up
with told as (
    select
        recommendation,
        part,
        year,
        count(*) filter (is_applicable) as asked_addressees,
        count(*) filter (is_applicable and has_data) as addressees_with_data,
    bool_and(not is_applicable) as is_inapplicable,
        bool_and(has_data is not distinct from false) filter (is_applicable) as is_without_data,
    from part_answer
    group by all
),

judged as (
    select recommendation, part, year, assessment,
    from standing_assessment
    where institution is null and part is not null
)

select
    recommendation_year.year,
    recommendation_part.recommendation,
    recommendation_part.part,
    recommendation_part.text,
    coalesce(told.asked_addressees, 0) as asked_addressees,
    coalesce(told.addressees_with_data, 0) as addressees_with_data,
    told.is_without_data,
    judged.assessment,
    judged.assessment is null and coalesce(told.is_inapplicable, false) as is_inapplicable,
from recommendation_part
join recommendation on recommendation.code = recommendation_part.recommendation
left join recommendation_year using (recommendation)
left join told
    on told.recommendation = recommendation_part.recommendation
    and told.part = recommendation_part.part
    and told.year = recommendation_year.year
left join judged
    on judged.recommendation = recommendation_part.recommendation
    and judged.part = recommendation_part.part
    and judged.year = recommendation_year.year
where
    ($year is null or coalesce(list_contains($year::integer[], recommendation_year.year), true))
    and ($recommendation is null or list_contains($recommendation, recommendation_part.recommendation))
order by
    recommendation_year.year,
    recommendation.position,
    len(recommendation_part.part),
    recommendation_part.part
