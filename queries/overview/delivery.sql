-- A delivery as its sheet Pateikimas tells.
--
-- follows: current
--
-- param: delivery — codes of deliveries
--
-- column: code — code of the delivery
-- column: institution — who sent it
-- column: year — its reporting year; null when it has none
-- column: note — the sender's note
-- column: version — its current version
select delivery as code, institution, year, note, version,
from delivery
where $delivery is null or list_contains($delivery, delivery)
order by delivery
