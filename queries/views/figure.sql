-- Every figure of the statistics, with whether it is the one shown for its year and breakdowns.
-- Preferred figures are shown (of several deliveries the one loaded last); a figure that nobody
-- preferred is shown while nothing competes with it. A doubtful one never is.
--
-- column: year — the year described
-- column: indicator — code of the indicator
-- column: sex — code; null for the total
-- column: age_group — code; null for the total
-- column: citizenship — code; null for the total
-- column: form — code of the form of exploitation; null for the total
-- column: registered_by — code of the institution; null for the total
-- column: territory — county or municipality; null for the country
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: definition — code of the definition that holds for the year
-- column: source — code of the source; null for the delivery itself
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: source_kind — code of its kind
-- column: quote — the sentence
-- column: year_basis — how the year was fixed
-- column: is_doubtful — stated to be doubtful
-- column: is_shown — the figure that is drawn
-- column: is_contradicted — another source says another number
-- column: conflict — code of the group of contradicting figures
-- column: note — remark
-- column: delivery — the delivery
with keyed as (
    select
        statistic.* exclude (value_mark, definition, unit),
        statistic.value_mark as mark,
        coalesce(statistic.unit, indicator.unit) as unit,
        coalesce(statistic.definition, indicator_definition.code) as definition,
        coalesce(statistic.is_doubtful, false) as doubtful,
        current_version.since_version,
        concat_ws(
            '|', statistic.year, statistic.indicator,
            coalesce(statistic.sex, ''), coalesce(statistic.age_group, ''),
            coalesce(statistic.citizenship, ''), coalesce(statistic.form, ''),
            coalesce(statistic.registered_by, ''), coalesce(statistic.territory, '')
        ) as thing,
    from statistic
    join current_version using (version)
    left join indicator on indicator.code = statistic.indicator
    left join indicator_definition
        on indicator_definition.indicator = statistic.indicator
        and statistic.year between coalesce(indicator_definition.from_year, 0)
        and coalesce(indicator_definition.to_year, 9999)
),

competing as (
    select
        thing,
        count(*) filter (is_preferred and not doubtful) as preferred,
        count(distinct (value, mark)) filter (is_preferred is null and not doubtful) as undecided,
        count(distinct value) as values,
    from keyed
    group by all
)

select
    keyed.year,
    keyed.indicator,
    keyed.sex,
    keyed.age_group,
    keyed.citizenship,
    keyed.form,
    keyed.registered_by,
    keyed.territory,
    keyed.value,
    keyed.mark,
    keyed.unit,
    keyed.definition,
    keyed.source,
    coalesce(citation.title, keyed.source, keyed.delivery) as source_title,
    citation.publisher as source_publisher,
    citation.dated as source_dated,
    citation.url as source_url,
    citation.kind as source_kind,
    keyed.quote,
    keyed.year_basis,
    keyed.doubtful as is_doubtful,
    row_number() over (
        partition by keyed.thing
        order by
            not keyed.doubtful desc,
            case when keyed.is_preferred then 1 when keyed.is_preferred is null then 2 else 3 end,
            keyed.since_version desc,
            keyed.row
    ) = 1
    and not keyed.doubtful
    and case
        when competing.preferred > 0 then coalesce(keyed.is_preferred, false)
        else keyed.is_preferred is null and competing.undecided = 1
    end as is_shown,
    competing.values > 1 as is_contradicted,
    keyed.conflict,
    keyed.note,
    keyed.delivery,
from keyed
join competing using (thing)
left join citation on citation.delivery = keyed.delivery and citation.code = keyed.source
