-- The words in which a recommendation is searched: code, titles in both languages, whole, parts.
--
-- column: recommendation — code of the recommendation
-- column: words — all of them, one after another
with of_parts as (
    select recommendation, string_agg(text, ' ' order by len(part), part) as words,
    from recommendation_part
    group by all
)

select
    recommendation.code as recommendation,
    concat_ws(
        ' ',
        recommendation.code,
        recommendation.number,
        nullif(recommendation.label, recommendation.number),
        recommendation.text,
        recommendation.short,
        recommendation.short_en,
        of_parts.words
    ) as words,
from recommendation
left join of_parts on of_parts.recommendation = recommendation.code
