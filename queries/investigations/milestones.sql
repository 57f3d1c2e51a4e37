-- Documents that made recommendations or propose measures, by the year they were made in.
--
-- column: document — code of the document
-- column: title — its title
-- column: kind — code of its kind
-- column: year — the year that its recommendations were made in
-- column: is_draft — it is only a draft
-- column: recommendations — how many recommendations or measures it makes
select
    document.code as document,
    document.title,
    document.kind,
    min(recommendation.made_in) as year,
    any_value(document.status) = 'projektas' as is_draft,
    count(*) as recommendations,
from document
join recommendation on recommendation.document = document.code
where recommendation.made_in is not null
group by document.code, document.title, document.kind
order by year, document.code
