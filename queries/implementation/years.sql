-- Reporting years to choose from, the last one first.
--
-- column: year — the year
select year from reporting_year
order by year desc
