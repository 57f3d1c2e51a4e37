-- Reporting years to choose from, the last one first.
--
-- follows: answers
--
-- column: year — the year
select year from reporting_year
order by year desc
