-- Recommendations that no measure of the Government's protocol continues or replaces.
-- The general duty to supply data, a measure of the theme of data provision, is no continuation.
--
-- follows: readings
--
-- param: theme — codes of themes
--
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: text — text, word for word
-- column: made_in — year in which it was made
-- column: document — code of its document
-- column: document_title — title of its document
-- column: general — codes of the general duties to supply data that touch it
with measure as (
    select recommendation.code, recommendation.made_in, recommendation.theme, position,
    from recommendation
    join document on document.code = recommendation.document
    where document.kind = 'protokolas'
),

continued as (
    select
        recommendation_link.earlier as recommendation,
        bool_and(
            coalesce(
                list_contains(
                    string_split(concat_ws(';', theme.code, theme.former), ';'), 'data_provision'
                ),
                false
            )
        ) as is_in_general_only,
        list(measure.code order by measure.position) as general,
    from recommendation_link
    join measure on measure.code = recommendation_link.later
    left join theme on theme.code = measure.theme
    where recommendation_link.kind in ('tęsia', 'pakeičia')
    group by all
)

select
    recommendation.code as recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    recommendation.text,
    recommendation.made_in,
    recommendation.document,
    document.title as document_title,
    coalesce(continued.general, []) as general,
from recommendation
left join document on document.code = recommendation.document
left join continued on continued.recommendation = recommendation.code
where
    document.kind is distinct from 'protokolas'
    -- What is younger than every protocol could not be continued yet.
    and recommendation.made_in <= (select max(made_in) from measure)
    and coalesce(continued.is_in_general_only, true)
    and ($theme is null or list_contains($theme, recommendation.theme))
order by
    recommendation.position
