-- Who sent the delivery that defines a recommendation.
--
-- param: recommendation — codes of recommendations
--
-- column: recommendation — code of the recommendation
-- column: delivery — the delivery that defines it
-- column: institution — who sent that delivery
select recommendation.code as recommendation, recommendation.delivery, delivery.institution,
from recommendation
join delivery on delivery.delivery = recommendation.delivery
where $recommendation is null or list_contains($recommendation, recommendation.code)
order by recommendation.position
