-- The figures shown year by year: one a year, indicator and breakdown; a missing year is a gap.
-- A breakdown or territory that is left out means the total and the whole country.
--
-- param: indicator — codes of indicators
-- param: sex — codes
-- param: age_group — codes
-- param: citizenship — codes
-- param: form — codes of forms of exploitation
-- param: territory — codes of counties or municipalities, LT for the country
--
-- column: indicator — code of the indicator
-- column: year — the year described
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: measure — flow over a period or stock on a day
-- column: definition — code of the definition that holds for the year
-- column: source — code of the source
-- column: source_title — its title
-- column: source_publisher — its publisher
-- column: source_url — its link
-- column: quote — the sentence
-- column: year_basis — how the year was fixed
-- column: is_contradicted — another source says another number
-- column: conflict — code of the group of contradicting figures
-- column: sex — code; null for the total
-- column: age_group — code; null for the total
-- column: citizenship — code; null for the total
-- column: form — code; null for the total
-- column: territory — code; null for the country
select
    figure.indicator,
    figure.year,
    figure.value,
    figure.mark,
    figure.unit,
    indicator.measure,
    figure.definition,
    figure.source,
    figure.source_title,
    figure.source_publisher,
    figure.source_url,
    figure.quote,
    figure.year_basis,
    figure.is_contradicted,
    figure.conflict,
    figure.sex,
    figure.age_group,
    figure.citizenship,
    figure.form,
    figure.territory,
from figure
join indicator on indicator.code = figure.indicator
where
    figure.is_shown
    and figure.registered_by is null
    and ($indicator is null or list_contains($indicator, figure.indicator))
    and if($sex is null, figure.sex is null, list_contains($sex, figure.sex))
    and if($age_group is null, figure.age_group is null, list_contains($age_group, figure.age_group))
    and if(
        $citizenship is null,
        figure.citizenship is null,
        list_contains($citizenship, figure.citizenship)
    )
    and if($form is null, figure.form is null, list_contains($form, figure.form))
    and list_contains(coalesce($territory, ['LT']), coalesce(figure.territory, 'LT'))
order by indicator.position, figure.year
