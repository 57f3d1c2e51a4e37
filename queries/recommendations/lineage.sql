-- Links between recommendations: which continues, replaces or is related to which, and why.
--
-- follows: readings
--
-- param: recommendation — codes of recommendations at either end
--
-- column: later — code of the later recommendation
-- column: later_number — its number, with the year before it where another document has the same one
-- column: later_short — its short title
-- column: later_short_en — its short title in English
-- column: later_text — its text, word for word
-- column: later_document — code of its document
-- column: later_document_title — title of its document
-- column: later_document_status — projektas or priimtas; null where it is not said
-- column: later_theme — code of its theme
-- column: earlier — code of the earlier recommendation
-- column: earlier_number — its number, with the year before it where another document has the same one
-- column: earlier_short — its short title
-- column: earlier_short_en — its short title in English
-- column: earlier_text — its text, word for word
-- column: earlier_document — code of its document
-- column: earlier_document_title — title of its document
-- column: earlier_made_in — year in which it was made
-- column: link — tęsia, pakeičia or susijusi
-- column: confidence — didelis, vidutinis or mažas
-- column: reason — why the link is drawn
-- column: is_confirmed — whether the rapporteur confirmed the link
select
    link.later,
    later.label as later_number,
    coalesce(later.short, later.text) as later_short,
    coalesce(later.short_en, later.short, later.text) as later_short_en,
    later.text as later_text,
    later.document as later_document,
    later_document.title as later_document_title,
    later_document.status as later_document_status,
    later.theme as later_theme,
    link.earlier,
    earlier.label as earlier_number,
    coalesce(earlier.short, earlier.text) as earlier_short,
    coalesce(earlier.short_en, earlier.short, earlier.text) as earlier_short_en,
    earlier.text as earlier_text,
    earlier.document as earlier_document,
    earlier_document.title as earlier_document_title,
    earlier.made_in as earlier_made_in,
    link.kind as link,
    link.confidence,
    link.reason,
    coalesce(link.is_confirmed, false) as is_confirmed,
from recommendation_link as link
join recommendation as later on later.code = link.later
join recommendation as earlier on earlier.code = link.earlier
left join document as later_document on later_document.code = later.document
left join document as earlier_document on earlier_document.code = earlier.document
where
    $recommendation is null
    or list_contains($recommendation, link.later)
    or list_contains($recommendation, link.earlier)
order by
    later.position,
    case link.confidence when 'didelis' then 1 when 'vidutinis' then 2 when 'mažas' then 3 else 4 end,
    earlier.position
