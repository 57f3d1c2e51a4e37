-- Protocols of the Government that hold measures, to choose from, the newest first.
--
-- column: code — value to filter by
-- column: name — title
select document.code, document.title as name,
from document
join (
    select document, max(made_in) as made_in from recommendation group by all
) as held on held.document = document.code
where document.kind = 'protokolas'
order by held.made_in desc, document.title collate lt
