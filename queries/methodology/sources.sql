-- Sources and documents that the data name, and how many rows cite each.
--
-- follows: current
--
-- param: source — codes of sources and documents
--
-- column: source — code of the source
-- column: title — its title
-- column: publisher — who published it
-- column: dated — its date, as written
-- column: url — its link
-- column: source_kind — code of its kind
-- column: delivery — the delivery that tells of it
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
    select source, count(*) as rows
    from (
        select source from response
        union all
        select source from activity
        union all
        select source from statistic
        union all
        select source from coordination
    )
    where source is not null
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
    coalesce(citing.rows, 0) as cited,
from known
left join citing on citing.source = known.code
where $source is null or list_contains($source, known.code)
-- A code that a delivery and a document both explain is told once: as its own source first.
qualify row_number() over (partition by known.code order by known.step, known.delivery) = 1
order by known.title collate lt, known.code
