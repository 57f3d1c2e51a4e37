-- Judgements of the current data that nothing known in that year stands behind.
-- Silence is not enough: an addressee of what is judged has answered that year, of the whole or of
-- that part, itself or through another, if only that it does not concern it; or told of activities
-- that name the recommendation; or the judgement names the document that it rests on. Of one
-- institution's doing that institution has, of a group's any member.
--
-- column: delivery — the delivery of the judgement
-- column: recommendation — code of the recommendation
-- column: part — the part judged; null for the whole
-- column: institution — of whose doing it judges; null for the recommendation as such
-- column: year — reporting year
-- column: assessment — the judgement
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
with judged as materialized (
    select
        delivery,
        row_key,
        recommendation,
        part,
        institution,
        year,
        assessment,
        evidence,
        file,
        sheet,
        row,
    from assessment
    where assessment not in ('pakeista nauja rekomendacija', 'nebeaktuali')
),

-- Who was asked, of each judgement: the members of a group, and a group as such.
concerned as (
    select judged.delivery, judged.row_key, asked.institution as body
    from judged
    join asked
        on asked.recommendation = judged.recommendation
        and asked.year = judged.year
        and asked.role = 'adresatas'
        and (judged.part is null or coalesce(asked.part, judged.part) = judged.part)
    where
        judged.institution is null
        or judged.institution = asked.institution
        or coalesce(judged.institution = asked.through_group, false)
    union
    select judged.delivery, judged.row_key, asked.through_group
    from judged
    join asked
        on asked.recommendation = judged.recommendation
        and asked.year = judged.year
        and asked.role = 'adresatas'
        and (judged.part is null or coalesce(asked.part, judged.part) = judged.part)
    where judged.institution is null and asked.through_group is not null
    union
    select delivery, row_key, institution,
    from judged
    where institution is not null
),

said as materialized (
    select
        recommendation,
        part,
        institution as body,
        year,
        state in ('pateikta', 'pateikta iš dalies', 'netaikoma') as is_spoken,
    from standing_response
    union
    select
        recommendation,
        part,
        on_behalf_of,
        year,
        state in ('pateikta', 'pateikta iš dalies', 'netaikoma'),
    from standing_response
    where on_behalf_of is not null
),

-- An activity is told of by whoever organised it; where nobody is named, by whoever sent the row.
told as (
    select
        activity.recommendation,
        coalesce(activity.year, current_version.year) as year,
        unnest(
            case
                when activity.organiser is not null
                    then list_append(coalesce(activity.partners, []), activity.organiser)
                when activity.organiser_text is null
                    then list_append(coalesce(activity.partners, []), current_version.institution)
                else activity.partners
            end
        ) as body,
    from activity
    join current_version using (version)
    where activity.recommendation is not null
),

informed as (
    select judged.delivery, judged.row_key
    from judged
    join concerned using (delivery, row_key)
    join said
        on said.body = concerned.body
        and said.recommendation = judged.recommendation
        and said.year = judged.year
        and said.is_spoken
        and (judged.part is null or coalesce(said.part, judged.part) = judged.part)
    where
        -- Words on a part go before words on the whole.
        judged.part is null
        or said.part is not null
        or not exists (
            from said as of_part
            where
                of_part.body = said.body
                and of_part.recommendation = said.recommendation
                and of_part.year = said.year
                and of_part.part = judged.part
                and not of_part.is_spoken
        )
    union
    select judged.delivery, judged.row_key
    from judged
    join concerned using (delivery, row_key)
    join told
        on told.body = concerned.body
        and told.recommendation = judged.recommendation
        and told.year = judged.year
    semi join recommendation_year
        on recommendation_year.recommendation = judged.recommendation
        and recommendation_year.year = judged.year
    union
    select judged.delivery, judged.row_key
    from judged
    semi join recommendation_year
        on recommendation_year.recommendation = judged.recommendation
        and recommendation_year.year = judged.year
    where judged.evidence is not null
)

select
    judged.delivery,
    judged.recommendation,
    judged.part,
    judged.institution,
    judged.year,
    judged.assessment,
    judged.file,
    judged.sheet,
    judged.row,
from judged
anti join informed using (delivery, row_key)
order by judged.file, judged.sheet, judged.row
