-- Sources and documents that the data name, and how many rows cite each.
-- Two deliveries may use one code for two sources: each is told with its own delivery.
--
-- follows: current
--
-- param: source — codes of sources and documents, alone or with the delivery that tells of them (DELIVERY:CODE)
--
-- column: source — code of the source
-- column: title — its title
-- column: publisher — who published it
-- column: dated — its date, as written
-- column: url — its link
-- column: source_kind — code of its kind
-- column: delivery — the delivery that tells of it
-- column: is_document — it is one of the sheet Dokumentai
-- column: cited — rows of answers, activities, figures and coordination that cite it
with known as (
    select code, title, publisher, dated, url, kind, delivery, 1 as step from source
    union all
    select
        code,
        title,
        publisher,
        -- A year that is known is not its first day: the date is told as far as it goes.
        left(dated_on::varchar, precision.length) as dated,
        url,
        kind,
        delivery,
        2,
    from document
    left join (values ('day', 10), ('month', 7), ('year', 4)) as precision (name, length)
        on precision.name = document.dated_on_precision
),

citing as (
    select citation.told_by, citation.code, sum(named.rows)::bigint as rows
    from (
        select delivery, source, count(*) as rows,
        from (
            select delivery, source from response
            union all
            select delivery, source from activity
            union all
            select delivery, source from statistic
            union all
            select delivery, source from coordination
        )
        where source is not null
        group by all
    ) as named
    join citation on citation.delivery = named.delivery and citation.code = named.source
    group by all
)

select
    known.code as source,
    known.title,
    known.publisher,
    known.dated,
    known.url,
    known.kind as source_kind,
    known.delivery,
    bool_or(known.step = 2) over (partition by known.delivery, known.code) as is_document,
    coalesce(citing.rows, 0) as cited,
from known
left join citing on citing.told_by = known.delivery and citing.code = known.code
where
    $source is null
    or list_contains($source, known.code)
    or list_contains($source, known.delivery || ':' || known.code)
-- A code that one delivery has as a source and as a document is listed once.
qualify row_number() over (partition by known.delivery, known.code order by known.step) = 1
order by known.title collate lt, known.code, known.delivery
