-- Axis B: how far is a recommendation implemented, as the rapporteur's approved judgement.
-- A judgement of the whole overrides; else its parts roll up by the published rule. Rows without
-- institution judge the recommendation as such, the others one institution's doing.
--
-- column: recommendation — code of the recommendation
-- column: institution — of whose doing it judges; null for the recommendation as such
-- column: year — reporting year
-- column: assessment — code of axis B; null when it is not judged
-- column: is_open — what is not judged yet could still make it implemented
-- column: reason — why, where the whole was judged
-- column: evidence — document that confirms it, where the whole was judged
-- column: approved_on — the latest day of approval
with judged as (
    select distinct recommendation, institution, year from standing_assessment
),

rolled as (
    select
        recommendation,
        institution,
        year,
        max(approved_on) as approved_on,
        count(*) filter (not is_aside) as parts,
        count(*) filter (not is_aside and assessment = 'įgyvendinta') as implemented,
        count(*) filter (not is_aside and assessment = 'iš dalies įgyvendinta') as partly,
        count(*) filter (not is_aside and assessment = 'įgyvendinama') as in_progress,
        count(*) filter (not is_aside and assessment = 'planuojama įgyvendinti') as planned,
        count(*) filter (not is_aside and assessment is null) as unjudged,
        -- Where nothing is left to roll up: superseded before no longer relevant.
        max(assessment) filter (
            assessment in ('pakeista nauja rekomendacija', 'nebeaktuali')
        ) as set_aside_as,
    from judged_part
    group by all
)

select
    judged.recommendation,
    judged.institution,
    judged.year,
    case
        when whole.assessment is not null then whole.assessment
        when rolled.parts = 0 then rolled.set_aside_as
        when rolled.implemented = rolled.parts then 'įgyvendinta'
        when rolled.implemented + rolled.partly > 0 then 'iš dalies įgyvendinta'
        when rolled.in_progress > 0 then 'įgyvendinama'
        when rolled.planned > 0 then 'planuojama įgyvendinti'
        when rolled.unjudged > 0 then null
        else 'neįgyvendinta'
    end as assessment,
    whole.assessment is null
        and rolled.unjudged > 0
        and rolled.implemented + rolled.unjudged = rolled.parts as is_open,
    whole.reason,
    whole.evidence,
    coalesce(whole.approved_on, rolled.approved_on) as approved_on,
from judged
left join standing_assessment as whole
    on whole.recommendation = judged.recommendation
    and whole.institution is not distinct from judged.institution
    and whole.year = judged.year
    and whole.part is null
left join rolled
    on rolled.recommendation = judged.recommendation
    and rolled.institution is not distinct from judged.institution
    and rolled.year = judged.year
