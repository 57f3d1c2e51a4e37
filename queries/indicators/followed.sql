-- Which indicators follow from a recommendation, by which of its words: a reading.
--
-- follows: readings
--
-- param: recommendation — codes of recommendations
--
-- column: recommendation — code of the recommendation
-- column: indicator — territory, target_groups or forms
-- column: named — code of what it names; null for the territory
-- column: words — its words
select
    recommendation_indicator.recommendation,
    recommendation_indicator.indicator,
    recommendation_indicator.named,
    recommendation_indicator.words,
from recommendation_indicator
where
    $recommendation is null
    or list_contains($recommendation, recommendation_indicator.recommendation)
order by
    recommendation_indicator.recommendation,
    recommendation_indicator.indicator desc,
    recommendation_indicator.named
