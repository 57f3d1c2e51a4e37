-- The recommendations in each reporting year, with their state on both axes.
-- With an institution: those addressed to it, in the state of that addressee alone.
--
-- rests on: implementation/sources
-- follows: answers, parts
--
-- param: year — reporting years
-- param: institution — codes of addressees
-- param: theme — codes of themes
-- param: nature — vienkartinis, nuolatinis, or nenurodyta where the text does not say
-- param: state — codes of axis A
-- param: assessment — codes of axis B, or why there is no judgement
-- param: document — codes of documents
-- param: recommendation — codes of recommendations
-- param: text — words to be found, all of those in one text, in any form and without diacritics
--
-- column: recommendation — code of the recommendation
-- column: year — reporting year
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
-- column: made_in — year in which it was made
-- column: due_on — day by which it is to be done; null where the document sets none
-- column: addressees — codes of its addressees, each once
-- column: state — code of axis A
-- column: answered_addressees — addressees that answered in full all that applies to them
-- column: asked_addressees — addressees to whom it, or a part of it, applies
-- column: silent_addressees — addressees that gave no data on it though their term has passed
-- column: is_silent — so did every addressee to whom it applies
-- column: parts — how many parts of it apply; null where it has none
-- column: parts_without_data — parts on which no addressee gave data
-- column: assessment — code of axis B, or why there is no judgement
-- column: assessment_reason — reason of the judgement
-- column: results — what the report says, its paragraphs in order
with
-- Read once: what it stands on is long.
item as materialized (
    select recommendation, part, institution, year, state,
    from answer
    where
        is_asked_item
        and ($institution is null or list_contains($institution, institution))
        and ($year is null or list_contains($year::integer[], year))
),

-- An addressee named for several parts is one addressee.
addressed as (
    select
        recommendation,
        institution,
        year,
        bool_and(state in ('pateikta', 'netaikoma')) and bool_or(state = 'pateikta')
            as is_answered,
        bool_or(state <> 'netaikoma') as is_applicable,
        is_applicable and bool_and(state in ('nepateikta', 'netaikoma')) as is_silent,
    from item
    group by all
),

addressees as (
    select
        recommendation,
        year,
        list(institution order by institution) as addressees,
        count(*) filter (is_answered) as answered,
        count(*) filter (is_applicable) as applicable,
        count(*) filter (is_silent) as silent,
        -- Silence of one addressee is not the silence of all.
        silent > 0 and bool_and(is_silent or not is_applicable) as is_silent,
    from addressed
    group by all
),

stated as (
    select
        recommendation_year.recommendation,
        recommendation_year.year,
        count(item.state) as items,
        count(*) filter (item.state = 'netaikoma') as not_applicable,
        count(*) filter (item.state = 'pateikta') as answered,
        count(*) filter (item.state = 'pateikta iš dalies') as answered_in_part,
        count(*) filter (item.state = 'nepateikta') as silent,
        count(*) filter (item.state = 'laukiama') as awaited,
        count(*) filter (item.state = 'neminima') as not_mentioned,
    from recommendation_year
    left join item
        on item.recommendation = recommendation_year.recommendation
        and item.year = recommendation_year.year
    where $year is null or list_contains($year::integer[], recommendation_year.year)
    group by all
    having $institution is null or count(item.state) > 0
),

judged as (
    -- With several institutions: the judgement that stands for each of them, else the general one.
    select
        recommendation,
        year,
        count(distinct coalesce(assessment, '')) = 1 as is_of_each,
        if(is_of_each, min(assessment), any_value(assessment_of_all)) as judgement,
        if(
            is_of_each, arg_min(reason, coalesce(institution, '')), any_value(reason_of_all)
        ) as reason,
    from addressee_judgement
    where if($institution is null, institution is null, list_contains($institution, institution))
    group by all
),

by_part as (
    select
        recommendation,
        part,
        year,
        bool_or(is_applicable) as is_applicable,
        -- A part on which somebody may have given data is not known to be without.
        bool_and(has_data is not distinct from false) as is_without_data,
    from part_answer
    where
        ($institution is null or list_contains($institution, institution))
        and ($year is null or list_contains($year::integer[], year))
    group by all
),

counted as (
    select
        recommendation,
        year,
        count(*) filter (is_applicable) as parts,
        count(*) filter (is_applicable and is_without_data) as parts_without_data,
    from by_part
    group by all
),

reported as (
    select
        recommendation,
        year,
        list(text order by len(part) nulls first, part, position) as results,
    from result
    group by all
)

select
    recommendation.code as recommendation,
    stated.year,
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
    recommendation.made_in,
    recommendation.due_on,
    addressees.addressees,
    case
        when stated.items > 0 and stated.not_applicable = stated.items then 'netaikoma'
        when stated.items > 0 and stated.answered + stated.not_applicable = stated.items
            then 'pateikta'
        when stated.answered + stated.answered_in_part > 0 then 'pateikta iš dalies'
        -- While a term is running nobody can say that no data were provided.
        when stated.awaited > 0 then 'laukiama'
        when stated.silent > 0 then 'nepateikta'
        when stated.not_mentioned > 0 then 'neminima'
        else 'neprašyta'
    end as state,
    coalesce(addressees.answered, 0) as answered_addressees,
    coalesce(addressees.applicable, 0) as asked_addressees,
    coalesce(addressees.silent, 0) as silent_addressees,
    coalesce(addressees.is_silent, false) as is_silent,
    counted.parts,
    counted.parts_without_data,
    case
        -- A judgement stands, whatever was answered.
        when judged.judgement is not null then judged.judgement
        when stated.items > 0 and stated.not_applicable = stated.items then null
        when stated.answered + stated.answered_in_part = 0
            then 'nevertinta – duomenų nepateikta'
        else 'dar neįvertinta'
    end as assessment,
    judged.reason as assessment_reason,
    reported.results,
from stated
join recommendation on recommendation.code = stated.recommendation
left join document on document.code = recommendation.document
left join judged on judged.recommendation = stated.recommendation and judged.year = stated.year
left join addressees
    on addressees.recommendation = stated.recommendation and addressees.year = stated.year
left join counted
    on counted.recommendation = stated.recommendation and counted.year = stated.year
left join reported
    on reported.recommendation = stated.recommendation and reported.year = stated.year
where
    ($theme is null or list_contains($theme, recommendation.theme))
    and (
        $nature is null
        or list_contains($nature, coalesce(recommendation.nature, 'nenurodyta'))
    )
    and ($state is null or list_contains($state, state))
    and ($assessment is null or list_contains($assessment, assessment))
    and ($document is null or list_contains($document, recommendation.document))
    and ($recommendation is null or list_contains($recommendation, recommendation.code))
    -- The door binds the recommendations in which the words are found.
    and ($text is null or list_contains($text::varchar[], recommendation.code))
order by
    stated.year,
    recommendation.position
