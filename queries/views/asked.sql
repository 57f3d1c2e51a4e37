-- Who is named by a recommendation in a reporting year, once per part and institution.
-- A group among the addressees stands for its members where they are given for the year.
--
-- column: recommendation — code of the recommendation
-- column: part — the part; null for the whole
-- column: institution — addressee, or co-operating institution
-- column: year — reporting year
-- column: role — the addressee's role before any other
-- column: quote — the words that name it
-- column: through_group — the group through which it is an addressee
with named as (
    select
        addressee.recommendation,
        addressee.part,
        coalesce(institution_group.institution, addressee.institution) as institution,
        recommendation_year.year,
        addressee.role,
        addressee.quote,
        if(institution_group.institution is null, null, addressee.institution) as through_group,
    from addressee
    join recommendation_year using (recommendation)
    left join institution_group
        on addressee.role = 'adresatas'
        and institution_group.group_code = addressee.institution
        and coalesce(institution_group.year, recommendation_year.year) = recommendation_year.year
)

select *,
from named
qualify row_number() over (
    partition by recommendation, part, institution, year
    order by role <> 'adresatas', through_group nulls first
) = 1
