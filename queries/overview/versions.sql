-- Versions of the deliveries in the order in which they were made.
--
-- column: version — number through the whole database
-- column: delivery — code of the delivery
-- column: action — load, restore, withdraw or purge
-- column: of_version — the version that was restored or purged
-- column: loaded_at — when, by the clock of Vilnius
-- column: actor — by whom
-- column: institution — who sent it
-- column: files — names of the files
-- column: is_current — whether its rows are current
select
    version.version,
    version.delivery,
    version.action,
    version.of_version,
    timezone('Europe/Vilnius', version.loaded_at) as loaded_at,
    version.actor,
    version.institution,
    list(version_file.name order by version_file.name)
        filter (version_file.name is not null) as files,
    version.version in (select version from current_version) as is_current,
from stored.version as version
left join stored.version_file as version_file using (version)
where
    timezone('Europe/Vilnius', version.loaded_at)::date
    <= coalesce(getvariable('as_of')::date, current_date)
group by all
order by version.version
