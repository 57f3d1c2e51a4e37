-- Every item asked of an institution in a reporting year: what to answer, and what it answered.
-- An item is what can be answered in one row: a recommendation, or each part of one that has parts,
-- unless the whole was answered as one. It is open until it is answered in full or does not apply.
--
-- follows: items, answers
--
-- param: year — reporting years
-- param: institution — codes of institutions
-- param: theme — codes of themes
--
-- column: year — reporting year
-- column: institution — code of the institution asked
-- column: institution_name — its name
-- column: institution_name_en — its English name
-- column: recommendation — code of the recommendation
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: text — its text, word for word
-- column: part — its part; null for the whole
-- column: part_text — text of the part, word for word
-- column: document — code of its document
-- column: document_title — title of its document
-- column: quote — the words of the recommendation that name the institution
-- column: through_group — the group through which it is an addressee
-- column: is_addressed — addressed to it; else asked by letter alone
-- column: is_open — not answered in full yet
-- column: state — code of axis A
-- column: answer — the answer
-- column: answered_by — codes of those who answered on its behalf
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: source_delivery — the delivery that tells of the source
-- column: delivery — the delivery that holds the answer
-- column: requested_on — day of the letter that asks for it
-- column: letter — number of that letter
-- column: due_on — its term in force: as extended, or as first set
-- column: extended_from — the term first set, where it was extended
-- column: reminded_on — day of the reminder
-- column: replied_on — day of the letter of reply
select
    item.year,
    item.institution,
    coalesce(institution.name, item.institution) as institution_name,
    coalesce(institution.name_en, item.institution) as institution_name_en,
    item.recommendation,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    recommendation.text,
    item.part,
    recommendation_part.text as part_text,
    recommendation.document,
    document.title as document_title,
    item.quote,
    item.through_group,
    item.is_addressed,
    item.is_open,
    item.state,
    item.text as answer,
    item.answered_by,
    item.is_retold,
    item.source,
    citation.told_by as source_delivery,
    item.delivery,
    sent.requested_on,
    sent.letter,
    sent.due_on,
    sent.extended_from,
    sent.reminded_on,
    sent.replied_on,
from item
join recommendation on recommendation.code = item.recommendation
left join recommendation_part
    on recommendation_part.recommendation = item.recommendation
    and recommendation_part.part = item.part
left join document on document.code = recommendation.document
left join institution on institution.code = item.institution
left join citation on citation.delivery = item.delivery and citation.code = item.source
left join request_in_force as sent
    on sent.recommendation = item.recommendation
    and sent.part is not distinct from item.part
    and sent.institution = item.institution
    and sent.year = item.year
where
    ($year is null or list_contains($year::integer[], item.year))
    and ($institution is null or list_contains($institution, item.institution))
    and ($theme is null or list_contains($theme, recommendation.theme))
order by
    item.year,
    institution_name collate lt,
    recommendation.position,
    len(item.part) nulls first,
    item.part
