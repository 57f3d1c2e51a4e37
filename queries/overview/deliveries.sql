-- The deliveries that every answer is made of, as sources.
--
-- follows: current
--
-- column: code — code of the delivery
-- column: title — its files
-- column: publisher — who sent it
-- column: date — the day on which its current version was loaded
select
    delivery.delivery as code,
    string_agg(version_file.name, '; ' order by version_file.name) as title,
    any_value(coalesce(institution.name, delivery.institution)) as publisher,
    any_value(delivery.loaded_at::date)::varchar as date,
from delivery
left join stored.version_file as version_file using (version)
left join institution on institution.code = delivery.institution
group by delivery.delivery
order by delivery.delivery
