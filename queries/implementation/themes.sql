-- Themes of the recommendations that count in some reporting year, to choose from.
--
-- follows: answers
--
-- column: code — value to filter by
-- column: label_lt — Lithuanian label
-- column: label_en — English label
select theme.code, theme.label_lt, theme.label_en,
from theme
where theme.code in (
    select theme
    from recommendation
    join recommendation_year on recommendation_year.recommendation = recommendation.code
)
order by theme.position
