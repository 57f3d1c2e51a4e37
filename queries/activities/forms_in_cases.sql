-- Cases by form of exploitation: the shown figures of all indicators that tell of a form.
-- They stand beside forms in prevention, and nothing is computed from the two.
--
-- follows: shown
--
-- column: form — code of the form
-- column: indicator — code of the indicator
-- column: year — the year
-- column: value — the figure
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
-- column: source — code of the source
-- column: source_title — its title
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: quote — the sentence
-- column: is_contradicted — another source says another number
select
    figure.form,
    figure.indicator,
    figure.year,
    figure.value,
    figure.mark,
    figure.unit,
    figure.source,
    figure.source_title,
    figure.source_url,
    figure.source_delivery,
    figure.quote,
    figure.is_contradicted,
from figure
left join exploitation_form on exploitation_form.code = figure.form
left join indicator on indicator.code = figure.indicator
where
    figure.is_shown
    and figure.form is not null
    and figure.sex is null
    and figure.age_group is null
    and figure.citizenship is null
    and figure.registered_by is null
    and figure.territory is null
order by exploitation_form.position, figure.year desc, indicator.position
