-- Items: what an institution is asked in a reporting year and can answer in one row.
-- A recommendation addressed to it, itself or through a group, is one item, and where it has parts
-- each of them is one, unless the whole was answered as one. A request by letter alone makes items
-- of who is no addressee. Every count of what is asked, answered or open counts these rows.
--
-- column: recommendation — code of the recommendation
-- column: part — its part; null for the whole
-- column: institution — who is asked
-- column: year — reporting year
-- column: is_addressed — addressed to it; else asked by letter alone
-- column: is_open — not answered in full, and not said to be not applicable
-- column: state — code of axis A
-- column: answered_by — codes of those who answered on its behalf
-- column: text — the answer
-- column: is_retold — the words are the report's, not the institution's
-- column: source — code of the source of the answer
-- column: delivery — the delivery that holds the answer
-- column: quote — the words of the recommendation that name it
-- column: through_group — the group through which it is an addressee
with
-- Read once: what it stands on is long.
known as materialized (
    from answer_by_part
),

addressed as (
    from known
    where is_named_item
),

by_letter as (
    select known.*,
    from known
    semi join sent_request as sent
        on sent.recommendation = known.recommendation
        and sent.part is not distinct from known.part
        and sent.institution = known.institution
        and sent.year = known.year
    -- The letter to who is named asks for what it is named for.
    anti join addressed
        on addressed.recommendation = known.recommendation
        and addressed.institution = known.institution
        and addressed.year = known.year
        and (
            addressed.part is null or known.part is null or addressed.part = known.part
        )
),

whole_or_part as (
    select recommendation, part, institution, year, basis, state_if_asked, quote, through_group,
        true as is_addressed,
    from addressed
    union all
    select recommendation, part, institution, year, basis, state_if_asked, quote, through_group,
        false as is_addressed,
    from by_letter
),

-- Named for a whole and for a part of it is asked about the part once.
split as (
    select
        whole_or_part.recommendation,
        coalesce(recommendation_part.part, whole_or_part.part) as part,
        whole_or_part.institution,
        whole_or_part.year,
        bool_or(whole_or_part.is_addressed) as is_addressed,
        any_value(whole_or_part.quote) as whole_quote,
        any_value(whole_or_part.through_group) as through_group,
    from whole_or_part
    left join recommendation_part
        on recommendation_part.recommendation = whole_or_part.recommendation
        and whole_or_part.part is null
        and whole_or_part.basis <> 'stated'
        and not (
            whole_or_part.basis = 'on_behalf'
            and whole_or_part.state_if_asked in ('pateikta', 'netaikoma')
        )
    group by all
)

select
    split.recommendation,
    split.part,
    split.institution,
    split.year,
    split.is_addressed,
    known.state_if_asked not in ('pateikta', 'netaikoma') as is_open,
    known.state_if_asked as state,
    known.answered_by,
    known.text,
    known.is_retold,
    known.source,
    known.delivery,
    coalesce(known.quote, split.whole_quote) as quote,
    coalesce(known.through_group, split.through_group) as through_group,
from split
join known
    on known.recommendation = split.recommendation
    and known.part is not distinct from split.part
    and known.institution = split.institution
    and known.year = split.year
