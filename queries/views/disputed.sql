-- What the code of a group of contradicting figures means in a delivery: its own group of the sheet
-- Nesutapimai, else that of another delivery, the one loaded last.
--
-- column: delivery — the delivery that names the group
-- column: code — code of the group
-- column: description — what contradicts what
-- column: handling — how it is handled
-- column: told_by — the delivery that describes the group
select
    current_version.delivery,
    conflict.code,
    conflict.description,
    conflict.handling,
    conflict.delivery as told_by,
from current_version
cross join conflict
qualify row_number() over (
    partition by current_version.delivery, conflict.code
    order by conflict.delivery <> current_version.delivery, conflict.version desc
) = 1
