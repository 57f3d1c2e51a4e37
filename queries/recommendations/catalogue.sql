-- Every recommendation and measure, whether or not it counts in a reporting year.
-- Measures of a draft document count in none, nor do recommendations whose year is not open.
--
-- follows: answers
--
-- param: recommendation — codes of recommendations
-- param: institution — codes of addressees
-- param: theme — codes of themes
-- param: nature — vienkartinis, nuolatinis, or nenurodyta where the text does not say
-- param: document — codes of documents
-- param: text — words to be found, all of those in one text, in any form and without diacritics
-- param: outside — taip for those that count in no reporting year, ne for the others
--
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: text — text, word for word
-- column: short — short title
-- column: short_en — short title in English
-- column: verb — the verb as written
-- column: nature — vienkartinis, nuolatinis, or null where the text does not say
-- column: theme — code of the theme
-- column: document — code of the document
-- column: document_title — its title
-- column: document_status — projektas or priimtas; null where it is not said
-- column: made_in — year in which it was made
-- column: due_on — day by which it is to be done; null where the document sets none
-- column: addressees — codes of its addressees, as named
-- column: years — reporting years in which it counts
with named as (
    select recommendation, list(institution order by institution) as addressees,
    from addressee
    where role = 'adresatas' and part is null
    group by all
),

counted as (
    select recommendation, list(year order by year) as years,
    from recommendation_year
    group by all
)

select
    recommendation.code as recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    recommendation.text,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    recommendation.verb,
    recommendation.nature,
    recommendation.theme,
    recommendation.document,
    document.title as document_title,
    document.status as document_status,
    recommendation.made_in,
    recommendation.due_on,
    named.addressees,
    coalesce(counted.years, []) as years,
from recommendation
left join document on document.code = recommendation.document
left join named on named.recommendation = recommendation.code
left join counted on counted.recommendation = recommendation.code
where
    ($recommendation is null or list_contains($recommendation, recommendation.code))
    and (
        $institution is null
        or recommendation.code in (
            select recommendation
            from addressee
            where role = 'adresatas' and list_contains($institution, institution)
        )
    )
    and ($theme is null or list_contains($theme, recommendation.theme))
    and (
        $nature is null
        or list_contains($nature, coalesce(recommendation.nature, 'nenurodyta'))
    )
    and ($document is null or list_contains($document, recommendation.document))
    and ($outside is null or list_contains($outside, if(counted.years is null, 'taip', 'ne')))
    -- The door binds the recommendations in which the words are found.
    and ($text is null or list_contains($text::varchar[], recommendation.code))
order by
    recommendation.position
