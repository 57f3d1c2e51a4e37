-- Reporting years that are open: those with a request, a response or a result.
--
-- column: year — the year
select year from request
union
select year from response
union
select year from result
