-- Protocols of the Government that hold measures, to choose from, the newest first.
--
-- column: code — value to filter by
-- column: name — title
-- column: document_status — projektas or priimtas
-- column: dated_on — its day; null where it is not given, or not to the day
-- column: made_in — the year of its newest measure
select
    document.code,
    document.title as name,
    document.status as document_status,
    if(document.dated_on_precision = 'day', document.dated_on, null) as dated_on,
    held.made_in,
from document
join (
    select document, max(made_in) as made_in from recommendation group by all
) as held on held.document = document.code
where document.kind = 'protokolas'
order by held.made_in desc, document.title collate lt
