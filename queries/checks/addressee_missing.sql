-- Recommendations of the current data that name no addressee.
--
-- column: recommendation — code of the recommendation
select recommendation.code as recommendation,
from recommendation
where recommendation.code not in (select recommendation from addressee where role = 'adresatas')
