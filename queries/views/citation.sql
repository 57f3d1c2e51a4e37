-- What a source code means in a delivery: its own source, else another delivery's, else a document.
-- Two deliveries may use one code for two sources: a source is its code and who tells of it.
--
-- column: delivery — the delivery that cites
-- column: code — code of the source
-- column: title — title
-- column: publisher — publisher
-- column: dated — date, as written
-- column: url — link
-- column: kind — code of the kind of source
-- column: told_by — the delivery that tells of the source
with offered as (
    select code, title, publisher, dated, url, kind, delivery, version, 1 as step from source
    union all
    select
        code,
        title,
        publisher,
        -- A year that is known is not its first day: the date is told as far as it goes.
        left(dated_on::varchar, known.length) as dated,
        url,
        kind,
        delivery,
        version,
        2,
    from document
    left join (values ('day', 10), ('month', 7), ('year', 4)) as known (precision, length)
        on known.precision = document.dated_on_precision
)

select
    current_version.delivery,
    offered.code,
    offered.title,
    offered.publisher,
    offered.dated,
    offered.url,
    offered.kind,
    offered.delivery as told_by,
from current_version
cross join offered
qualify row_number() over (
    partition by current_version.delivery, offered.code
    order by offered.step, offered.delivery <> current_version.delivery, offered.version desc
) = 1
