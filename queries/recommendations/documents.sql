-- Documents that hold recommendations or measures, to choose from, the newest first.
--
-- column: code — value to filter by
-- column: name — title
-- column: document_status — projektas or priimtas; null where it is not said
select document.code, document.title as name, document.status as document_status,
from document
join (
    select document, max(made_in) as made_in from recommendation group by all
) as held on held.document = document.code
order by held.made_in desc, document.title collate lt
