-- The current recommendations, each with the number that readers see and its place in every list.
-- A number alone names a recommendation while no other document has one of the same number; where
-- another has, all recommendations of both documents carry the year they were made in: 2020/1. Two
-- documents of one year are told apart by their codes. Filters are not asked, so a recommendation
-- is called the same on every page and in every file.
--
-- column: delivery — the delivery
-- column: version — its version
-- column: code — code of the recommendation
-- column: document — code of its document
-- column: number — its number in the document
-- column: made_in — year in which it was made
-- column: text — text, word for word
-- column: verb — the verb as written
-- column: short — short title
-- column: short_en — short title in English
-- column: nature — vienkartinis, nuolatinis, or null where the text does not say
-- column: theme — code of the theme
-- column: due_on — day by which it is to be done
-- column: row_key — its key
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
-- column: label — the number that readers see: 1, or 2020/1
-- column: position — its place among all: by year, document and number, 2 before 10
with current_one as (
    select recommendation.*, coalesce(document.status = 'projektas', false) as is_draft,
    from stored.recommendation as recommendation
    left join document on document.code = recommendation.document
    where recommendation.version in (select version from current_version)
),

compared as (
    select
        *,
        if(
            is_draft,
            min(document) over same_number <> max(document) over same_number,
            min(document) filter (not is_draft) over same_number
            <> max(document) filter (not is_draft) over same_number
        ) as is_shared,
        if(
            is_draft,
            min(document) over same_year <> max(document) over same_year,
            min(document) filter (not is_draft) over same_year
            <> max(document) filter (not is_draft) over same_year
        ) as is_shared_in_year,
        -- Runs of digits are compared as numbers: widened, they are as long as each other.
        list_transform(
            regexp_extract_all(lower(number), '\d+|\D+'),
            lambda piece: if(regexp_full_match(piece, '\d+'), lpad(piece, 12, '0'), piece)
        ) as sorted_number,
    from current_one
    window
        same_number as (partition by number),
        same_year as (partition by number, made_in)
),

named as (
    select
        *,
        case
            when bool_or(is_shared_in_year) over of_document then document || '/' || number
            when bool_or(is_shared) over of_document then made_in || '/' || number
            else number
        end as label,
    from compared
    window of_document as (partition by document)
)

select
    * exclude (is_draft, is_shared, is_shared_in_year, sorted_number),
    row_number() over (order by made_in, document, sorted_number, code) as position,
from named
