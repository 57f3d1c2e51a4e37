-- Approved judgements that stand: of one key in several deliveries the row loaded last.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — of whose doing it judges; null for the recommendation as such
-- column: year — reporting year
-- column: assessment — code of axis B
-- column: reason — why
-- column: evidence — document that confirms it
-- column: approved_on — day of approval
-- column: delivery — the delivery
select
    assessment.recommendation,
    assessment.part,
    assessment.institution,
    assessment.year,
    assessment.assessment,
    assessment.reason,
    assessment.evidence,
    assessment.approved_on,
    assessment.delivery,
from assessment
join current_version using (version)
where assessment.stage = 'patvirtinta'
qualify row_number() over (
    partition by assessment.row_key order by current_version.since_version desc
) = 1
