-- Axis A: was an answer given? One row per recommendation (or part), institution and year.
-- The rows are whoever was named and whoever answered. A stated state goes before a derived one.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who was named or answered
-- column: year — reporting year
-- column: role — adresatas, bendradarbiaujanti institucija, or null for who was not named
-- column: is_addressee — whether the recommendation is addressed to it
-- column: is_asked_item — whether the row is one that counts: an addressee as it was named
-- column: state — code of axis A; null for who is no addressee and did not answer
-- column: basis — stated, parts, on_behalf, request or derived
-- column: on_behalf_of — the addressee for whom this institution answered
-- column: answered_by — who answered on behalf of this addressee
-- column: text — the answer
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: delivery — the delivery that holds the answer
-- column: quote — the words of the recommendation that name it
-- column: through_group — the group through which it is an addressee
select
    recommendation,
    part,
    institution,
    year,
    role,
    is_addressee,
    is_named_item as is_asked_item,
    state,
    if(state is null, null, basis) as basis,
    on_behalf_of,
    answered_by,
    text,
    is_retold,
    source,
    delivery,
    quote,
    through_group,
from answer_by_part
where is_row
