-- Axis B by part: what of each part counts in the roll-up of a recommendation that is judged.
-- A part does not apply only where each of those asked about it says so, and never where it was
-- judged. One institution's doing is judged by the parts that are addressed to it.
--
-- column: recommendation — code of the recommendation
-- column: institution — of whose doing it judges; null for the recommendation as such
-- column: year — reporting year
-- column: part — the part
-- column: assessment — code of axis B; null when the part itself is not judged
-- column: approved_on — day of approval
-- column: is_inapplicable — not judged, and not applicable to any of those asked about it
-- column: is_aside — left out of the roll-up: it does not apply, or is judged to do so no longer
with
judged as (
    select distinct recommendation, institution, year from standing_assessment
),

-- Read once: what it stands on is long.
told as materialized (
    select recommendation, part, institution, year, state is distinct from 'netaikoma' as is_applicable,
    from answer_by_part
    where part is not null and is_asked_of_addressee
),

of_all as (
    select recommendation, part, year, bool_and(not is_applicable) as is_inapplicable,
    from told
    group by all
),

counted as (
    select judged.*, recommendation_part.part, of_all.is_inapplicable,
    from judged
    join recommendation_part using (recommendation)
    left join of_all
        on of_all.recommendation = judged.recommendation
        and of_all.part = recommendation_part.part
        and of_all.year = judged.year
    where judged.institution is null

    union all

    select judged.*, told.part, not told.is_applicable as is_inapplicable,
    from judged
    join told
        on told.recommendation = judged.recommendation
        and told.institution = judged.institution
        and told.year = judged.year

    union all

    -- Judged of who is not asked about it.
    select one.recommendation, one.institution, one.year, one.part, false as is_inapplicable,
    from standing_assessment as one
    anti join told
        on told.recommendation = one.recommendation
        and told.institution = one.institution
        and told.year = one.year
        and told.part = one.part
    where one.institution is not null and one.part is not null
)

select
    counted.recommendation,
    counted.institution,
    counted.year,
    counted.part,
    one.assessment,
    one.approved_on,
    one.assessment is null and coalesce(counted.is_inapplicable, false) as is_inapplicable,
    (one.assessment is null and coalesce(counted.is_inapplicable, false))
        or coalesce(one.assessment in ('pakeista nauja rekomendacija', 'nebeaktuali'), false)
        as is_aside,
from counted
left join standing_assessment as one
    on one.recommendation = counted.recommendation
    and one.institution is not distinct from counted.institution
    and one.year = counted.year
    and one.part = counted.part
