-- The documents that ask, and the sources of the answers; what counts of answers rest on.
--
-- param: year — reporting years
-- param: recommendation — codes of recommendations
-- param: institution — codes of institutions
-- param: theme — codes of themes
--
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — who published it
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
with chosen as (
    select answer.recommendation, answer.source, answer.delivery
    from answer
    join recommendation on recommendation.code = answer.recommendation
    where
        ($year is null or list_contains($year::integer[], answer.year))
        and ($recommendation is null or list_contains($recommendation, answer.recommendation))
        and ($institution is null or list_contains($institution, answer.institution))
        and ($theme is null or list_contains($theme, recommendation.theme))
),

cited as (
    select delivery, source
    from chosen
    where source is not null

    union

    select recommendation.delivery, recommendation.document
    from recommendation
    where recommendation.code in (select recommendation from chosen)
)

select
    cited.source,
    any_value(coalesce(citation.title, cited.source)) as source_title,
    any_value(citation.publisher) as source_publisher,
    any_value(citation.dated) as source_dated,
    any_value(citation.url) as source_url,
    citation.told_by as source_delivery,
from cited
left join citation on citation.delivery = cited.delivery and citation.code = cited.source
group by cited.source, citation.told_by
order by source_title collate lt, cited.source, source_delivery
