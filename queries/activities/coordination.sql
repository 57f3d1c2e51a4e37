-- Which municipalities have a procedure, a commission or a group that coordinates the fight
-- against trafficking, and of which it was reported that they carried out no measures. Where a
-- municipality has no row, nothing is known. What the press tells is no finding of the rapporteur.
--
-- param: municipality — ISO codes of municipalities
-- param: county — codes of counties
-- param: status — codes of statuses
--
-- column: municipality — ISO code
-- column: name — Lithuanian name
-- column: name_en — English name
-- column: status — code of the status
-- column: decision — number of the decision
-- column: dated_on — day, or the month or year alone where no more is known
-- column: quote — the sentence
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_kind — code of its kind
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
select
    coordination.municipality,
    coalesce(municipality.label_lt, coordination.municipality) as name,
    coalesce(municipality.label_en, coordination.municipality) as name_en,
    coordination.status,
    coordination.decision,
    left(coordination.dated_on::varchar, known.length) as dated_on,
    coordination.quote,
    coordination.source,
    coalesce(citation.title, coordination.source, coordination.delivery) as source_title,
    citation.publisher as source_publisher,
    citation.kind as source_kind,
    citation.url as source_url,
    citation.told_by as source_delivery,
from coordination
left join municipality on municipality.code = coordination.municipality
left join coordination_status on coordination_status.code = coordination.status
left join (values ('day', 10), ('month', 7), ('year', 4)) as known (precision, length)
    on known.precision = coordination.dated_on_precision
left join citation
    on citation.delivery = coordination.delivery and citation.code = coordination.source
where
    ($municipality is null or list_contains($municipality, coordination.municipality))
    and ($county is null or list_contains($county, municipality.county))
    and ($status is null or list_contains($status, coordination.status))
order by
    coordination_status.position,
    municipality.label_lt collate lt,
    coordination.dated_on,
    coordination.delivery,
    coordination.row
