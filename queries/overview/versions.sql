-- Versions of the deliveries in the order in which they were made.
--
-- follows: current
--
-- param: delivery — codes of deliveries
--
-- column: version — number through the whole database
-- column: delivery — code of the delivery
-- column: action — load, restore, withdraw or purge
-- column: of_version — the version that was restored or purged
-- column: loaded_at — when, by the clock of Vilnius
-- column: actor — by whom
-- column: institution — who sent it
-- column: year — reporting year of the delivery; null when it has none
-- column: note — the sender's note
-- column: reason — why it was purged
-- column: files — names of the files
-- column: sha256 — the SHA-256 of each file
-- column: is_current — whether it made the delivery what it is now
-- column: is_purged — whether its files and rows were destroyed
with made as (
    select
        *,
        case action when 'load' then version when 'restore' then of_version end as holds,
    from stored.version
),

kept as (
    select
        version as holds,
        list(name order by name, sha256) filter (name <> '') as files,
        list(sha256 order by name, sha256) as sha256,
    from stored.version_file
    group by version
)

select
    made.version,
    made.delivery,
    made.action,
    made.of_version,
    timezone('Europe/Vilnius', made.loaded_at) as loaded_at,
    made.actor,
    made.institution,
    made.year,
    coalesce(made.note, held.note) as note,
    made.reason,
    kept.files,
    kept.sha256,
    made.version in (select since_version from current_version) as is_current,
    exists (
        from stored.version as purge
        where purge.action = 'purge' and purge.of_version = made.holds
    ) as is_purged,
from made
left join kept using (holds)
left join stored.version as held on held.version = made.holds
where
    timezone('Europe/Vilnius', made.loaded_at)::date
    <= coalesce(getvariable('as_of')::date, current_date)
    and ($delivery is null or list_contains($delivery, made.delivery))
order by made.version
