-- Every figure of the statistics, with whether it is the one shown for its year and breakdowns.
-- Preferred figures are shown (of several deliveries the one loaded last); a figure that nobody
-- preferred is shown while nothing competes with it. A doubtful one never is. A statement without a
-- number competes with no number: it stands where no number may be shown, “confidential” first.
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
-- column: source_delivery — the delivery that tells of the source
-- column: quote — the sentence
-- column: year_basis — how the year was fixed
-- column: is_doubtful — stated to be doubtful
-- column: is_shown — the figure that is drawn
-- column: is_contradicted — another source says another number
-- column: conflict — code of the group of contradicting figures
-- column: conflict_delivery — the delivery that describes the group
-- column: note — remark
-- column: delivery — the delivery
-- column: sender — code of the institution that sent the delivery
with keyed as (
    select
        statistic.* exclude (value_mark, definition, unit, territory),
        nullif(statistic.territory, 'LT') as territory,
        statistic.value_mark as mark,
        coalesce(statistic.unit, indicator.unit) as unit,
        coalesce(statistic.definition, indicator_definition.code) as definition,
        coalesce(statistic.is_doubtful, false) as doubtful,
        current_version.since_version,
        current_version.institution as sender,
        concat_ws(
            '|', statistic.year, statistic.indicator,
            coalesce(statistic.sex, ''), coalesce(statistic.age_group, ''),
            coalesce(statistic.citizenship, ''), coalesce(statistic.form, ''),
            coalesce(statistic.registered_by, ''),
            coalesce(nullif(statistic.territory, 'LT'), '')
        ) as thing,
    from statistic
    join current_version using (version)
    left join indicator on indicator.code = statistic.indicator
    left join indicator_definition
        on indicator_definition.indicator = statistic.indicator
        and statistic.year between coalesce(indicator_definition.from_year, 0)
        and coalesce(indicator_definition.to_year, 9999)
),

-- Where a number may be shown, what has none is no rival of it.
ranked as (
    select
        *,
        not doubtful and (value is not null or not has_number) as competes,
    from (
        select
            *,
            bool_or(value is not null and not doubtful and coalesce(is_preferred, true)) over (
                partition by thing
            ) as has_number,
        from keyed
    )
),

competing as (
    select
        thing,
        count(*) filter (is_preferred and competes) as preferred,
        -- “n. d.” of one and “netaikoma” of another leave the same gap, and contradict nothing.
        count(distinct if(value is null, null, (value, mark))) filter (
            is_preferred is null and competes
        ) as undecided,
        count(distinct value) as values,
    from ranked
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
    citation.told_by as source_delivery,
    keyed.quote,
    keyed.year_basis,
    keyed.doubtful as is_doubtful,
    row_number() over (
        partition by keyed.thing
        order by
            keyed.competes desc,
            case when keyed.is_preferred then 1 when keyed.is_preferred is null then 2 else 3 end,
            case when keyed.value is null then list_position(['[k]', '[n]', '[z]'], keyed.mark) end,
            keyed.since_version desc,
            keyed.file,
            keyed.sheet,
            keyed.row
    ) = 1
    and keyed.competes
    and case
        when competing.preferred > 0 then coalesce(keyed.is_preferred, false)
        else keyed.is_preferred is null and competing.undecided <= 1
    end as is_shown,
    competing.values > 1 as is_contradicted,
    keyed.conflict,
    disputed.told_by as conflict_delivery,
    keyed.note,
    keyed.delivery,
    keyed.sender,
from ranked as keyed
join competing using (thing)
left join citation on citation.delivery = keyed.delivery and citation.code = keyed.source
left join disputed on disputed.delivery = keyed.delivery and disputed.code = keyed.conflict
