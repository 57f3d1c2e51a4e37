-- The reporting years in which a recommendation counts.
-- A continuing duty counts in every open year from the one it was made in; any other in that year
-- and in those that say something of it. A measure of a draft document counts in none.
--
-- column: recommendation — code of the recommendation
-- column: year — reporting year
with mentioned as (
    select recommendation, year from request
    union
    select recommendation, year from response
    union
    select recommendation, year from result
    union
    select recommendation, year from assessment
)

select recommendation.code as recommendation, reporting_year.year,
from recommendation
left join document on document.code = recommendation.document
cross join reporting_year
where
    document.status is distinct from 'projektas'
    and (
        reporting_year.year = recommendation.made_in
        or (recommendation.nature = 'nuolatinis' and reporting_year.year > recommendation.made_in)
        or (recommendation.code, reporting_year.year) in (select (recommendation, year) from mentioned)
    )
