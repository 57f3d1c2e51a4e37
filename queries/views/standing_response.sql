-- Responses that stand: of one key in several deliveries the row loaded last.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who answers
-- column: on_behalf_of — the addressee for whom it answers
-- column: year — reporting year
-- column: state — code of axis A
-- column: text — the answer
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source
-- column: delivery — the delivery
select
    response.recommendation,
    response.part,
    response.institution,
    response.on_behalf_of,
    response.year,
    response.state,
    response.text,
    response.is_retold,
    response.source,
    response.delivery,
from response
join current_version using (version)
qualify row_number() over (
    partition by response.row_key order by current_version.since_version desc
) = 1
