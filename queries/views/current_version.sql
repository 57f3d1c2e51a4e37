-- The version of each delivery that is current at the end of the day in the variable as_of.
--
-- column: delivery — code of the delivery
-- column: version — the version whose rows are current
-- column: since_version — the load or restore that made it current
-- column: institution — who sent it
-- column: year — reporting year of the delivery; null when it has none
with
-- What was destroyed is gone for earlier days, too.
purged as (
    select of_version as version,
    from stored.version
    where action = 'purge'
),

done as (
    select
        delivery,
        action,
        version,
        coalesce(of_version, version) as holds,
        row_number() over (partition by delivery order by version desc) as step,
    from stored.version
    where
        action <> 'purge'
        and timezone('Europe/Vilnius', loaded_at)::date
        <= coalesce(getvariable('as_of')::date, current_date)
)

select
    done.delivery,
    held.version,
    done.version as since_version,
    held.institution,
    held.year,
from done
join stored.version as held on held.version = done.holds
where
    done.step = 1
    and done.action in ('load', 'restore')
    and done.holds not in (select version from purged)
