-- Requests as they reach institutions: one to a group is one to each of its members.
-- A member that was asked itself has the term of its own letter; of several the last one holds.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who is asked
-- column: year — reporting year
-- column: through_group — the group that the letter was sent to; null for a letter of its own
-- column: requested_on — day of the letter of request
-- column: letter — its number
-- column: due_on — the term in force: as extended, or as first set
-- column: extended_from — the term first set, where it was extended
-- column: reminded_on — day of the reminder
-- column: replied_on — day of the letter of reply
-- column: reply_letter — its number
with member as (
    -- Named itself, or through another group as well, a member is reached by the letter all the same.
    select distinct
        addressee.recommendation,
        institution_group.institution,
        recommendation_year.year,
        addressee.institution as through_group,
    from addressee
    join recommendation_year using (recommendation)
    join institution_group
        on institution_group.group_code = addressee.institution
        and coalesce(institution_group.year, recommendation_year.year) = recommendation_year.year
    where addressee.role = 'adresatas'
)

select
    request.recommendation,
    request.part,
    coalesce(member.institution, request.institution) as institution,
    request.year,
    member.through_group,
    request.requested_on,
    request.letter,
    coalesce(request.extended_to, request.due_on) as due_on,
    if(request.extended_to is null, null, request.due_on) as extended_from,
    request.reminded_on,
    request.replied_on,
    request.reply_letter,
from request
left join member
    on member.through_group = request.institution
    and member.recommendation = request.recommendation
    and member.year = request.year
qualify row_number() over (
    partition by
        request.recommendation,
        request.part,
        coalesce(member.institution, request.institution),
        request.year
    order by member.institution is not null, coalesce(request.extended_to, request.due_on) desc
) = 1
