-- How far the recommendations of a reporting year are answered and, as judged, implemented.
-- Answered, answered in part, unanswered and not applicable make up all recommendations; awaited
-- and not asked are told apart within unanswered. With an institution the states are that
-- addressee's alone, and only what is addressed to it counts. Judgements make up a sum of their
-- own: the judged ones and those not assessed are all that are to be judged.
--
-- rests on: implementation/sources
-- follows: answers, parts, bounds
--
-- param: year — reporting years
-- param: institution — codes of addressees
-- param: theme — codes of themes
-- param: recommendation — codes of recommendations
--
-- column: year — reporting year
-- column: recommendations — all that count in the year
-- column: answered — every addressee answered in full
-- column: answered_in_part — some addressee answered, in full or in part, but not all in full
-- column: unanswered — no addressee answered
-- column: not_applicable — to no addressee applicable; outside every denominator of answers
-- column: implemented — judged įgyvendinta
-- column: partly_implemented — judged iš dalies įgyvendinta
-- column: in_progress — judged įgyvendinama
-- column: planned — judged planuojama įgyvendinti
-- column: not_implemented — judged neįgyvendinta
-- column: superseded — judged pakeista nauja rekomendacija
-- column: no_longer_relevant — judged nebeaktuali
-- column: not_assessed — without an approved judgement
-- column: awaited — of the unanswered: the term of a request has not passed
-- column: not_asked — of the unanswered: nobody was asked
-- column: implemented_at_least — implemented
-- column: implemented_at_most — implemented, and what is not judged yet could still make so
-- column: to_judge — the denominator of the judgements: applicable to somebody, or judged all the same
-- column: assessed — of these, with an approved judgement
-- column: open_not_assessed — of those not assessed, could still be implemented
-- column: open_in_parts — assessed by some of their parts, and the others could still make it implemented
-- column: open_unanswered — of both, on these nobody gave data
with stated as (
    select
        recommendation_year.recommendation,
        recommendation_year.year,
        count(answer.state) as items,
        count(*) filter (answer.state = 'netaikoma') as not_applicable,
        count(*) filter (answer.state = 'pateikta') as answered,
        count(*) filter (answer.state = 'pateikta iš dalies') as answered_in_part,
        count(*) filter (answer.state = 'laukiama') as awaited,
        count(*) filter (answer.state = 'neprašyta') as not_asked,
    from recommendation_year
    join recommendation on recommendation.code = recommendation_year.recommendation
    left join answer
        on answer.recommendation = recommendation_year.recommendation
        and answer.year = recommendation_year.year
        and answer.is_asked_item
        and ($institution is null or list_contains($institution, answer.institution))
    where
        ($year is null or list_contains($year::integer[], recommendation_year.year))
        and ($theme is null or list_contains($theme, recommendation.theme))
        and ($recommendation is null or list_contains($recommendation, recommendation.code))
    group by all
    having $institution is null or count(answer.state) > 0
),

judged as (
    -- With several institutions: the judgement that stands for each of them, else the general one.
    select
        recommendation,
        year,
        count(distinct (coalesce(assessment, ''), is_open)) = 1 as is_of_each,
        if(
            count(distinct coalesce(assessment, '')) = 1,
            min(assessment),
            any_value(assessment_of_all)
        ) as assessment,
        if(is_of_each, bool_or(is_open), any_value(is_open_of_all)) as is_open,
    from addressee_judgement
    where if($institution is null, institution is null, list_contains($institution, institution))
    group by all
),

item as (
    select
        stated.year,
        stated.items > 0 and stated.not_applicable = stated.items as is_inapplicable,
        not is_inapplicable
            and stated.items > 0
            and stated.answered + stated.not_applicable = stated.items as is_answered,
        not is_inapplicable and stated.answered + stated.answered_in_part = 0 as is_unanswered,
        is_unanswered and stated.awaited > 0 as is_awaited,
        is_unanswered and stated.not_asked + stated.not_applicable = stated.items as is_not_asked,
        judged.assessment,
        -- A judgement stands, whatever was answered; without one there is nothing to judge.
        not is_inapplicable or judged.assessment is not null as is_to_judge,
        is_to_judge and coalesce(judged.is_open, judged.recommendation is null) as is_open,
    from stated
    left join judged
        on judged.recommendation = stated.recommendation and judged.year = stated.year
)

select
    reporting_year.year,
    count(item.year) as recommendations,
    count(*) filter (item.is_answered) as answered,
    count(*) filter (
        not item.is_answered and not item.is_unanswered and not item.is_inapplicable
    ) as answered_in_part,
    count(*) filter (item.is_unanswered) as unanswered,
    count(*) filter (item.is_inapplicable) as not_applicable,
    count(*) filter (item.assessment = 'įgyvendinta') as implemented,
    count(*) filter (item.assessment = 'iš dalies įgyvendinta') as partly_implemented,
    count(*) filter (item.assessment = 'įgyvendinama') as in_progress,
    count(*) filter (item.assessment = 'planuojama įgyvendinti') as planned,
    count(*) filter (item.assessment = 'neįgyvendinta') as not_implemented,
    count(*) filter (item.assessment = 'pakeista nauja rekomendacija') as superseded,
    count(*) filter (item.assessment = 'nebeaktuali') as no_longer_relevant,
    count(*) filter (item.is_to_judge and item.assessment is null) as not_assessed,
    count(*) filter (item.is_awaited) as awaited,
    count(*) filter (item.is_not_asked) as not_asked,
    count(*) filter (item.assessment = 'įgyvendinta') as implemented_at_least,
    count(*) filter (item.assessment = 'įgyvendinta' or item.is_open) as implemented_at_most,
    count(*) filter (item.is_to_judge) as to_judge,
    count(*) filter (item.is_to_judge and item.assessment is not null) as assessed,
    count(*) filter (item.is_open and item.assessment is null) as open_not_assessed,
    count(*) filter (item.is_open and item.assessment is not null) as open_in_parts,
    count(*) filter (item.is_open and item.is_unanswered) as open_unanswered,
from reporting_year
left join item on item.year = reporting_year.year
where $year is null or list_contains($year::integer[], reporting_year.year)
group by reporting_year.year
order by reporting_year.year
