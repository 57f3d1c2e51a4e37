-- Axis B as it stands for the recommendation as such, and for each of its addressees.
-- An institution's own judgement goes before the one of the recommendation as such, where it comes
-- to one: parts judged for it that make no judgement yet leave the general one standing.
--
-- column: recommendation — code of the recommendation
-- column: institution — the addressee; null for the recommendation as such
-- column: year — reporting year
-- column: assessment — code of axis B; null when neither is judged
-- column: is_open — what is not judged yet could still make it implemented
-- column: reason — why, where the whole was judged
-- column: assessment_of_all — the judgement of the recommendation as such
-- column: is_open_of_all — the same of the recommendation as such
-- column: reason_of_all — the same of the recommendation as such
with
-- Read once: what it stands on is long.
standing as materialized (
    from judgement
),

general as (
    from standing
    where institution is null
),

addressee as (
    select distinct recommendation, institution, year from asked where role = 'adresatas'
)

select
    recommendation,
    institution,
    year,
    assessment,
    is_open,
    reason,
    assessment as assessment_of_all,
    is_open as is_open_of_all,
    reason as reason_of_all,
from general

union all

select
    addressee.recommendation,
    addressee.institution,
    addressee.year,
    coalesce(own.assessment, general.assessment) as assessment,
    case
        when own.assessment is not null then own.is_open
        when general.assessment is not null then general.is_open or coalesce(own.is_open, false)
        else coalesce(own.is_open, false)
            or coalesce(general.is_open, general.recommendation is null)
    end as is_open,
    if(own.assessment is not null, own.reason, general.reason) as reason,
    general.assessment as assessment_of_all,
    coalesce(general.is_open, general.recommendation is null) as is_open_of_all,
    general.reason as reason_of_all,
from addressee
left join standing as own
    on own.recommendation = addressee.recommendation
    and own.institution = addressee.institution
    and own.year = addressee.year
left join general
    on general.recommendation = addressee.recommendation and general.year = addressee.year
