-- What the report says of each recommendation, paragraph by paragraph, word for word.
--
-- rests on: implementation/sources
--
-- param: year — reporting years
-- param: recommendation — codes of recommendations
--
-- column: year — reporting year
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: position — order of the paragraph
-- column: text — the paragraph
select result.year, result.recommendation, result.part, result.position, result.text,
from result
join recommendation on recommendation.code = result.recommendation
where
    ($year is null or list_contains($year::integer[], result.year))
    and ($recommendation is null or list_contains($recommendation, result.recommendation))
order by
    result.year,
    recommendation.position,
    len(result.part) nulls first,
    result.part,
    result.position
