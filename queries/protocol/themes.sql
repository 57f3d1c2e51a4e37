-- Themes of the measures of protocols, to choose from.
--
-- follows: readings
--
-- column: code — value to filter by
-- column: label_lt — Lithuanian label
-- column: label_en — English label
select theme.code, theme.label_lt, theme.label_en,
from theme
where theme.code in (
    select recommendation.theme
    from recommendation
    join document on document.code = recommendation.document
    where document.kind = 'protokolas'
)
order by theme.position
