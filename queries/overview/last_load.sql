-- What changed with the last load: deliveries written at the same moment, table by table.
--
-- follows: current
--
-- column: version — number of the version
-- column: delivery — code of the delivery
-- column: loaded_at — when, by the clock of Vilnius
-- column: table_name — the table
-- column: added — rows added
-- column: changed — rows changed
-- column: removed — rows removed
with last as (
    select max(loaded_at) as loaded_at,
    from stored.version
    where
        timezone('Europe/Vilnius', loaded_at)::date
        <= coalesce(getvariable('as_of')::date, current_date)
        -- A purge of what was not current changes no rows.
        and version in (select version from stored.version_change)
)

select
    version.version,
    version.delivery,
    timezone('Europe/Vilnius', version.loaded_at) as loaded_at,
    change.table_name,
    change.added,
    change.changed,
    change.removed,
from stored.version as version
join last using (loaded_at)
join stored.version_change as change using (version)
order by version.version, change.table_name
