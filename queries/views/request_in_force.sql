-- The request that sets the term of what an institution is asked: of a recommendation as a whole,
-- and of each of its parts. A letter of its own holds before one to its group, then the request
-- about the very part before that about the whole; of the parts' requests the last one is the
-- whole's, where nobody asked about the whole.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who is asked
-- column: year — reporting year
-- column: requested_on — day of the letter of request
-- column: letter — its number
-- column: due_on — the term in force: as extended, or as first set
-- column: extended_from — the term first set, where it was extended
-- column: reminded_on — day of the reminder
-- column: replied_on — day of the letter of reply
with unit as (
    select recommendation, part,
    from recommendation_part
    union all
    select code, null,
    from recommendation
)

select
    unit.recommendation,
    unit.part,
    sent.institution,
    sent.year,
    sent.requested_on,
    sent.letter,
    sent.due_on,
    sent.extended_from,
    sent.reminded_on,
    sent.replied_on,
from unit
join sent_request as sent
    on sent.recommendation = unit.recommendation
    and (unit.part is null or coalesce(sent.part, unit.part) = unit.part)
qualify row_number() over (
    partition by unit.recommendation, unit.part, sent.institution, sent.year
    order by
        sent.through_group is not null,
        sent.part is distinct from unit.part,
        sent.due_on desc
) = 1
