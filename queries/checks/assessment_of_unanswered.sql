-- Judgements of the current data on recommendations that nobody answered that year.
--
-- column: recommendation — code of the recommendation
-- column: year — reporting year
-- column: assessment — the judgement
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
select
    assessment.recommendation,
    assessment.year,
    assessment.assessment,
    assessment.file,
    assessment.sheet,
    assessment.row,
from assessment
where
    assessment.assessment not in ('pakeista nauja rekomendacija', 'nebeaktuali')
    and not exists (
        from answer
        where
            answer.recommendation = assessment.recommendation
            and answer.year = assessment.year
            and answer.is_addressee
            and answer.state in ('pateikta', 'pateikta iš dalies')
    )
order by assessment.file, assessment.sheet, assessment.row
