-- The version of each delivery that is current at the end of the day in the variable as_of.
--
-- column: delivery — code of the delivery
-- column: version — the version whose rows are current
-- column: since_version — the load or restore that made it current
-- column: institution — who sent it
-- column: year — reporting year of the delivery; null when it has none
with done as (
    select *, row_number() over (partition by delivery order by version desc) as step,
    from stored.version
    where timezone('Europe/Vilnius', loaded_at)::date
        <= coalesce(getvariable('as_of')::date, current_date)
)

select
    done.delivery,
    coalesce(done.of_version, done.version) as version,
    done.version as since_version,
    done.institution,
    done.year,
from done
where done.step = 1 and done.action in ('load', 'restore')
