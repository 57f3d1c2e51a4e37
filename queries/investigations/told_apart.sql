-- Years of which no figure is told as it is asked for, but only figures that are broken down further:
-- by sex, by form, by the institution that registered them and so on. None of them is the total.
--
-- rests on: investigations/evidence
-- follows: shown
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
-- column: dimensions — by what the figures are broken down further
-- column: figures — how many such figures there are
-- column: registered_by — code of the institution that registered the figure, where there is only one
-- column: value — the figure, where there is only one
-- column: mark — its mark
-- column: unit — vnt., asm., Eur or proc.
with wanted as (
    select
        *,
        list_filter(
            [
                if($sex is null and sex is not null, 'sex', null),
                if($age_group is null and age_group is not null, 'age_group', null),
                if($citizenship is null and citizenship is not null, 'citizenship', null),
                if($form is null and form is not null, 'form', null),
                if($registered_by is null and registered_by is not null, 'registered_by', null),
                if($territory is null and territory is not null, 'territory', null),
            ],
            lambda one: one is not null
        ) as dimensions,
    from figure
    where
        ($indicator is null or list_contains($indicator, indicator))
        and ($sex is null or list_contains($sex, sex))
        and ($age_group is null or list_contains($age_group, age_group))
        and ($citizenship is null or list_contains($citizenship, citizenship))
        and ($form is null or list_contains($form, form))
        and ($registered_by is null or list_contains($registered_by, registered_by))
        and ($territory is null or list_contains($territory, coalesce(territory, 'LT')))
),

-- A year has its own figure, too, where several of them contradict each other or are doubtful.
told as (
    select
        *,
        bool_or(len(dimensions) = 0 and value is not null) over (
            partition by indicator, year
        ) as is_told_whole,
    from wanted
)

select
    told.indicator,
    told.year,
    told.dimensions,
    count(*) as figures,
    if(count(*) = 1, any_value(told.registered_by), null) as registered_by,
    if(count(*) = 1, any_value(told.value), null) as value,
    if(count(*) = 1, any_value(told.mark), null) as mark,
    if(count(distinct told.unit) = 1, any_value(told.unit), null) as unit,
from told
left join indicator on indicator.code = told.indicator
where not told.is_told_whole and len(told.dimensions) > 0
group by told.indicator, indicator.position, told.year, told.dimensions
order by indicator.position, told.indicator, told.year, told.dimensions
