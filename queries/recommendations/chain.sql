-- A recommendation with those that it continues or replaces, and those that continue or replace it.
--
-- follows: readings
--
-- param: recommendation — codes of recommendations to start from
--
-- column: start — the recommendation that the chain starts from
-- column: recommendation — a member of its chain
-- column: distance — 0 for itself, links to a later one above it, to an earlier one below
-- column: number — number in its document
-- column: shown_number — its number, with the year before it where another document has the same one
-- column: short — short title
-- column: short_en — short title in English
-- column: document — code of its document
-- column: document_title — title of its document
-- column: document_status — projektas or priimtas; null where it is not said
-- column: made_in — year in which it was made
-- column: is_confirmed — the rapporteur confirmed every link on the way
with recursive
succession as (
    select distinct earlier, later, coalesce(is_confirmed, false) as is_confirmed,
    from recommendation_link
    where kind in ('tęsia', 'pakeičia')
),

-- No path passes a recommendation twice, so links in a circle end.
walked as (
    select
        code as start,
        code as recommendation,
        0 as distance,
        true as is_confirmed,
        [code] as path,
    from recommendation
    where $recommendation is null or list_contains($recommendation, code)

    union all

    select
        walked.start,
        if(walked.distance >= 0 and succession.earlier = walked.recommendation,
            succession.later, succession.earlier) as next,
        if(next = succession.later, walked.distance + 1, walked.distance - 1),
        walked.is_confirmed and succession.is_confirmed,
        list_append(walked.path, next),
    from walked
    join succession
        on (walked.distance >= 0 and succession.earlier = walked.recommendation)
        or (walked.distance <= 0 and succession.later = walked.recommendation)
    where
        not list_contains(
            walked.path,
            if(walked.distance >= 0 and succession.earlier = walked.recommendation,
                succession.later, succession.earlier)
        )
        and len(walked.path) < 20
),

-- Reached on several ways: the shortest counts, and of those a confirmed one.
member as (
    select start, recommendation, distance, is_confirmed,
    from walked
    qualify row_number() over (
        partition by start, recommendation order by abs(distance), is_confirmed desc
    ) = 1
)

select
    member.start,
    member.recommendation,
    member.distance,
    recommendation.number,
    recommendation.label as shown_number,
    coalesce(recommendation.short, recommendation.text) as short,
    coalesce(recommendation.short_en, recommendation.short, recommendation.text) as short_en,
    recommendation.document,
    document.title as document_title,
    document.status as document_status,
    recommendation.made_in,
    member.is_confirmed,
from member
join recommendation on recommendation.code = member.recommendation
left join document on document.code = recommendation.document
order by
    member.start,
    member.distance,
    recommendation.position
