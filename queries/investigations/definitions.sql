-- Definitions of the indicators and the years that they hold for.
--
-- param: indicator — codes of indicators
--
-- column: indicator — code of the indicator
-- column: code — code of the definition
-- column: label_lt — Lithuanian label
-- column: label_en — English label
-- column: from_year — first year; null when open
-- column: to_year — last year; null when open
-- column: reason_lt — why the definition changes, in Lithuanian
-- column: reason_en — why the definition changes, in English
select indicator, code, label_lt, label_en, from_year, to_year, reason_lt, reason_en,
from indicator_definition
where $indicator is null or list_contains($indicator, indicator)
order by indicator, from_year nulls first
