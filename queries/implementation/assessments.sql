-- The rapporteur's judgements as recorded, drafts too, and which of them counts.
-- Only an approved one counts, and of one key in several deliveries the one loaded last.
--
-- rests on: implementation/sources
-- follows: parts
--
-- param: year — reporting years
-- param: recommendation — codes of recommendations
-- param: institution — codes of institutions whose doing is judged
--
-- column: year — reporting year
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: part — its part; null for the whole
-- column: institution — of whose doing it judges; null for the recommendation as such
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: assessment — code of axis B
-- column: reason — why
-- column: evidence — document that confirms it: its code or its address
-- column: evidence_title — title of that document, where it is one of the data
-- column: evidence_url — address of that document
-- column: stage — projektas, derinama or patvirtinta
-- column: is_counted — approved, and not outranked by a later delivery
-- column: approved_on — day of approval
-- column: remarks — remarks of the institution
-- column: assessor — who judged
-- column: assessed_on — day of the judgement
-- column: delivery — the delivery
select
    assessment.year,
    assessment.recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    assessment.part,
    assessment.institution,
    institution.name as institution_name,
    institution.name_en as institution_name_en,
    assessment.assessment,
    assessment.reason,
    assessment.evidence,
    citation.title as evidence_title,
    coalesce(
        citation.url, if(regexp_matches(assessment.evidence, '^https?://'), evidence, null)
    ) as evidence_url,
    assessment.stage,
    assessment.stage = 'patvirtinta' and row_number() over (
        partition by assessment.row_key, assessment.stage = 'patvirtinta'
        order by current_version.since_version desc
    ) = 1 as is_counted,
    assessment.approved_on,
    assessment.remarks,
    assessment.assessor,
    assessment.assessed_on,
    assessment.delivery,
from assessment
join current_version using (version)
join recommendation on recommendation.code = assessment.recommendation
left join institution on institution.code = assessment.institution
left join citation
    on citation.delivery = assessment.delivery and citation.code = assessment.evidence
where
    ($year is null or list_contains($year::integer[], assessment.year))
    and ($recommendation is null or list_contains($recommendation, assessment.recommendation))
    and ($institution is null or list_contains($institution, assessment.institution))
order by
    assessment.year,
    recommendation.position,
    len(assessment.part) nulls first,
    assessment.part,
    assessment.institution nulls first,
    current_version.since_version desc
