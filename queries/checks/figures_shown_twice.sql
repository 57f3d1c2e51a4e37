-- Years and breakdowns of the current statistics for which two figures would be drawn.
--
-- column: indicator — code of the indicator
-- column: year — the year described
-- column: figures — how many
select indicator, year, count(*) as figures,
from figure
where is_shown
group by
    indicator, year, sex, age_group, citizenship, form, registered_by, territory
having count(*) > 1
