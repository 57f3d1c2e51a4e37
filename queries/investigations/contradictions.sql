-- Figures that contradict each other, side by side, with what is shown and why.
-- Either a group of the sheet Nesutapimai, which may span indicators and years, or several numbers
-- told for one thing.
--
-- follows: shown
--
-- param: indicator — codes of indicators; a group with one of them is given whole
-- param: year — years described; a group with one of them is given whole
--
-- column: conflict — code of the group of contradicting figures; null where no sheet describes it
-- column: conflict_description — what contradicts what
-- column: conflict_handling — how it is handled
-- column: indicator — code of the indicator
-- column: year — the year described
-- column: sex — code; null for the total
-- column: age_group — code; null for the total
-- column: citizenship — code; null for the total
-- column: form — code; null for the total
-- column: registered_by — code of the institution that registered it; null for all
-- column: territory — code; null for the country
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: counting_unit_lt — what is counted one by one, in Lithuanian
-- column: counting_unit_en — what is counted one by one, in English
-- column: measure — flow over a period or stock on a day
-- column: is_preferred — the figure that is shown
-- column: is_doubtful — stated to be doubtful
-- column: year_basis — how the year was fixed
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_dated — its date, as written
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: quote — the sentence
-- column: dispute — the contradiction that the row belongs to
with named as (
    select
        figure.*,
        concat_ws(
            '|', indicator, year, coalesce(sex, ''), coalesce(age_group, ''),
            coalesce(citizenship, ''), coalesce(form, ''), coalesce(registered_by, ''),
            coalesce(territory, '')
        ) as thing,
    from figure
    where conflict is not null or is_contradicted
),

-- A group holds whatever else is told of the same thing, too.
grouped as (
    select
        named.*,
        coalesce(conflict, max(conflict) over (partition by thing)) as group_code,
        if(
            conflict is null,
            arg_max(conflict_delivery, conflict) over (partition by thing),
            conflict_delivery
        ) as group_delivery,
    from named
),

in_dispute as (
    select *, coalesce(group_delivery || ':' || group_code, thing) as dispute,
    from grouped
),

wanted as (
    select distinct dispute,
    from in_dispute
    where
        ($indicator is null or list_contains($indicator, indicator))
        and ($year is null or list_contains($year::integer[], year))
)

select
    disputed.group_code as conflict,
    told.description as conflict_description,
    told.handling as conflict_handling,
    disputed.indicator,
    disputed.year,
    disputed.sex,
    disputed.age_group,
    disputed.citizenship,
    disputed.form,
    disputed.registered_by,
    disputed.territory,
    disputed.value,
    disputed.mark,
    disputed.unit,
    if(disputed.unit = indicator.unit, indicator.counting_unit_lt, null) as counting_unit_lt,
    if(disputed.unit = indicator.unit, indicator.counting_unit_en, null) as counting_unit_en,
    indicator.measure,
    disputed.is_shown as is_preferred,
    disputed.is_doubtful,
    disputed.year_basis,
    disputed.source,
    disputed.source_title,
    disputed.source_publisher,
    disputed.source_dated,
    disputed.source_url,
    disputed.source_delivery,
    disputed.quote,
    disputed.dispute,
from in_dispute as disputed
join wanted using (dispute)
left join indicator on indicator.code = disputed.indicator
left join conflict as told
    on told.code = disputed.group_code and told.delivery = disputed.group_delivery
order by
    min(indicator.position) over (partition by disputed.dispute),
    min(disputed.year) over (partition by disputed.dispute),
    disputed.dispute,
    disputed.year,
    disputed.is_shown desc,
    disputed.is_doubtful,
    disputed.source,
    -- One source may tell of parts, too: the order is the same whoever asks, and whenever.
    disputed.sex,
    disputed.age_group,
    disputed.citizenship,
    disputed.form,
    disputed.territory,
    disputed.indicator,
    disputed.value,
    disputed.quote
