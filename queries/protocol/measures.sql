-- The measures of the Government's protocol and the recommendations that they continue.
--
-- follows: readings
--
-- param: theme — codes of themes
-- param: institution — codes of addressees and co-operating institutions
-- param: document — codes of protocols
--
-- column: recommendation — code of the measure
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: text — text, word for word
-- column: short — short title
-- column: short_en — short title in English
-- column: verb — the verb as written
-- column: theme — code of the theme
-- column: document — code of the protocol
-- column: document_title — title of the protocol
-- column: document_status — projektas or priimtas
-- column: addressees — codes of its addressees
-- column: co_operating — codes of co-operating institutions
-- column: continues — codes of the earlier recommendations that it continues or replaces
-- column: confidence — how certain each of those links is, in the same order
-- column: is_confirmed — whether the rapporteur confirmed each link, in the same order
with named as (
    select
        recommendation,
        list(institution order by institution) filter (role = 'adresatas') as addressees,
        list(institution order by institution) filter (role <> 'adresatas') as co_operating,
    from addressee
    group by all
),

linked as (
    select
        later as recommendation,
        list(earlier order by earlier_one.position) as continues,
        list(confidence order by earlier_one.position) as confidence,
        list(coalesce(is_confirmed, false) order by earlier_one.position) as is_confirmed,
    from recommendation_link
    join recommendation as earlier_one on earlier_one.code = recommendation_link.earlier
    where kind in ('tęsia', 'pakeičia')
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
    recommendation.theme,
    recommendation.document,
    document.title as document_title,
    document.status as document_status,
    coalesce(named.addressees, []) as addressees,
    coalesce(named.co_operating, []) as co_operating,
    coalesce(linked.continues, []) as continues,
    coalesce(linked.confidence, []) as confidence,
    coalesce(linked.is_confirmed, []) as is_confirmed,
from recommendation
join document on document.code = recommendation.document and document.kind = 'protokolas'
left join named on named.recommendation = recommendation.code
left join linked on linked.recommendation = recommendation.code
where
    ($theme is null or list_contains($theme, recommendation.theme))
    and ($document is null or list_contains($document, recommendation.document))
    and (
        $institution is null
        or list_has_any($institution, coalesce(named.addressees, []))
        or list_has_any($institution, coalesce(named.co_operating, []))
    )
order by recommendation.position
