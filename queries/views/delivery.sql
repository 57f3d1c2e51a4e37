-- Deliveries and their current versions.
--
-- column: delivery — code of the delivery
-- column: version — its current version
-- column: institution — who sent it
-- column: year — its reporting year; null when it has none
-- column: loaded_at — when the current version was loaded, by the clock of Vilnius
-- column: note — the sender's note
select
    current_version.delivery,
    current_version.version,
    current_version.institution,
    current_version.year,
    timezone('Europe/Vilnius', version.loaded_at) as loaded_at,
    version.note,
from current_version
join stored.version as version using (version)
