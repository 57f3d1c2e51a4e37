-- Years of the activities to choose from, the last one first; activities without a year at the end.
--
-- column: year — the year; null where no source states it
-- column: statements — rows that tell of an activity
select year, count(*) as statements,
from told_activity
group by year
order by year desc nulls last
