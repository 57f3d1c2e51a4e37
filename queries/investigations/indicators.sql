-- Indicators that have figures, to choose from. One that no list knows is told by its code.
--
-- column: code — value to filter by
-- column: label_lt — Lithuanian label
-- column: label_en — English label
-- column: unit — vnt., asm., Eur or proc.
-- column: counting_unit_lt — what is counted one by one, in Lithuanian
-- column: counting_unit_en — what is counted one by one, in English
-- column: measure — flow over a period or stock on a day
-- column: spans_years — one of them may last for several years and be counted in each
-- column: topic — what it is about: investigation, court, victim, assistance or funding
-- column: counted_lt — a clause on a number of them in Lithuanian, its forms apart by “|”; null of no count
-- column: counted_en — a clause on a number of them in English, its forms apart by “|”; null of no count
-- column: figures — figures of the total for the whole country, competing ones included
select
    figure.indicator as code,
    coalesce(indicator.label_lt, figure.indicator) as label_lt,
    coalesce(indicator.label_en, figure.indicator) as label_en,
    indicator.unit,
    indicator.counting_unit_lt,
    indicator.counting_unit_en,
    indicator.measure,
    indicator.spans_years is not null as spans_years,
    indicator."group" as topic,
    indicator.counted_lt,
    indicator.counted_en,
    count(*) filter (
        figure.sex is null
        and figure.age_group is null
        and figure.citizenship is null
        and figure.form is null
        and figure.registered_by is null
        and figure.territory is null
    ) as figures,
from figure
left join indicator on indicator.code = figure.indicator
group by all
order by any_value(indicator.position), figure.indicator
