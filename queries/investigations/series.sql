-- The figures shown year by year: one a year, indicator and breakdown; a missing year is a gap.
-- A breakdown or territory that is left out means the total and the whole country; what one
-- register tells of the country is a breakdown, too.
-- The interval is the exact one of 95% of a count of rare events, of whole counts without a mark up
-- to 2,000 a year; of persons it is at least that wide, as one case may have several of them.
--
-- follows: shown, interval, comparison, inhabitants
-- leaves out: investigations/told_apart
--
-- param: indicator — codes of indicators
-- param: sex — codes
-- param: age_group — codes
-- param: citizenship — codes
-- param: form — codes of forms of exploitation
-- param: registered_by — codes of the institutions that registered it
-- param: territory — codes of counties or municipalities, LT for the country
--
-- column: indicator — code of the indicator
-- column: year — the year described
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: counting_unit_lt — what is counted one by one, in Lithuanian
-- column: counting_unit_en — what is counted one by one, in English
-- column: measure — flow over a period or stock on a day
-- column: low — low end of its interval of 95%
-- column: high — high end of its interval of 95%
-- column: inhabitants — of the territory, in the year of inhabitants_in; null for figures before 2016 and of a sex, an age or a citizenship
-- column: inhabitants_in — year of the number of inhabitants
-- column: per_100k — the figure per 100,000 inhabitants
-- column: per_100k_low — low end of the interval, per 100,000 inhabitants
-- column: per_100k_high — high end of the interval, per 100,000 inhabitants
-- column: definition — code of the definition that holds for the year
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: quote — the sentence
-- column: year_basis — how the year was fixed
-- column: is_contradicted — another source says another number
-- column: conflict — code of the group of contradicting figures
-- column: sex — code; null for the total
-- column: age_group — code; null for the total
-- column: citizenship — code; null for the total
-- column: form — code; null for the total
-- column: registered_by — code of the institution that registered it; null for all
-- column: territory — code; null for the country
with inhabited as (
    select
        territory,
        sum(inhabitants_2021)::bigint as inhabitants_2021,
        sum(inhabitants_2025)::bigint as inhabitants_2025,
    from (
        select unnest([code, county, 'LT']) as territory, inhabitants_2021, inhabitants_2025,
        from municipality
    )
    group by territory
),

known as (
    select territory, 2021 as inhabitants_in, 2016 as from_year, 2022 as to_year,
        inhabitants_2021 as inhabitants,
    from inhabited
    union all
    select territory, 2025, 2023, 2030, inhabitants_2025, from inhabited
)

select
    figure.indicator,
    figure.year,
    figure.value,
    figure.mark,
    figure.unit,
    if(figure.unit = indicator.unit, indicator.counting_unit_lt, null) as counting_unit_lt,
    if(figure.unit = indicator.unit, indicator.counting_unit_en, null) as counting_unit_en,
    indicator.measure,
    count_interval.low,
    count_interval.high,
    known.inhabitants,
    known.inhabitants_in,
    if(figure.unit in ('vnt.', 'asm.'), figure.value, null) * 100000 / known.inhabitants
        as per_100k,
    count_interval.low * 100000 / known.inhabitants as per_100k_low,
    count_interval.high * 100000 / known.inhabitants as per_100k_high,
    figure.definition,
    figure.source,
    figure.source_title,
    figure.source_publisher,
    figure.source_url,
    figure.source_delivery,
    figure.quote,
    figure.year_basis,
    figure.is_contradicted,
    figure.conflict,
    figure.sex,
    figure.age_group,
    figure.citizenship,
    figure.form,
    figure.registered_by,
    figure.territory,
from figure
left join indicator on indicator.code = figure.indicator
left join count_interval
    on count_interval.count = figure.value
    and figure.mark is null
    and figure.unit in ('vnt.', 'asm.')
    and indicator.measure = 'flow'
left join known
    on known.territory = coalesce(figure.territory, 'LT')
    and figure.year between known.from_year and known.to_year
    -- How many women, children or foreigners live there is not held here.
    and figure.sex is null and figure.age_group is null and figure.citizenship is null
where
    figure.is_shown
    and ($indicator is null or list_contains($indicator, figure.indicator))
    and if($sex is null, figure.sex is null, list_contains($sex, figure.sex))
    and if($age_group is null, figure.age_group is null, list_contains($age_group, figure.age_group))
    and if(
        $citizenship is null,
        figure.citizenship is null,
        list_contains($citizenship, figure.citizenship)
    )
    and if($form is null, figure.form is null, list_contains($form, figure.form))
    and if(
        $registered_by is null,
        figure.registered_by is null,
        list_contains($registered_by, figure.registered_by)
    )
    and list_contains(coalesce($territory, ['LT']), coalesce(figure.territory, 'LT'))
order by indicator.position, figure.indicator, figure.year
