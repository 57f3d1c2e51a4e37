-- Figures of this delivery whose parts by one breakdown add up to another number in the same
-- source. Sexes, ages and citizenships leave nobody out, so less than the total is told as well;
-- forms, registering institutions and territories may be told in part.
--
-- column: file — the file of the total
-- column: sheet — its sheet
-- column: row — its row
-- column: whole — the total
-- column: parts — what its parts add up to
with figure as (
    select
        * exclude (value_mark),
        coalesce(value_mark, '') as mark,
        -- Once more, as the breakdowns themselves become rows below.
        coalesce(sex, '') as by_sex,
        coalesce(age_group, '') as by_age_group,
        coalesce(citizenship, '') as by_citizenship,
        coalesce(form, '') as by_form,
        coalesce(registered_by, '') as by_registered_by,
        coalesce(territory, '') as by_territory,
    from given_statistic
    where
        value is not null
        and coalesce(unit, (select i.unit from indicator as i where i.code = indicator), '')
        != 'proc.'
),

broken_down as (
    unpivot figure
    on sex, age_group, citizenship, form, registered_by, territory
    into name dimension value member
),

-- What a part says of everything but the dimension by which it is a part.
part as (
    select
        *,
        concat_ws(
            chr(31), year, indicator, coalesce(source, ''), dimension,
            case when dimension != 'sex' then by_sex else '' end,
            case when dimension != 'age_group' then by_age_group else '' end,
            case when dimension != 'citizenship' then by_citizenship else '' end,
            case when dimension != 'form' then by_form else '' end,
            case when dimension != 'registered_by' then by_registered_by else '' end,
            case when dimension != 'territory' then by_territory else '' end
        ) as thing,
    from broken_down
),

summed as (
    select
        thing,
        dimension,
        sum(value) as parts,
        count(*) as members,
        bool_and(mark in ('', '[p]')) as is_exact,
    from part
    group by thing, dimension
),

whole as (
    select
        file, sheet, row, value, dimension,
        concat_ws(
            chr(31), year, indicator, coalesce(source, ''), dimension,
            by_sex, by_age_group, by_citizenship, by_form, by_registered_by, by_territory
        ) as thing,
    from figure
    cross join (
        values ('sex'), ('age_group'), ('citizenship'), ('form'), ('registered_by'), ('territory')
    ) as known(dimension)
    where
        mark in ('', '[p]')
        and case dimension
            when 'sex' then sex
            when 'age_group' then age_group
            when 'citizenship' then citizenship
            when 'form' then form
            when 'registered_by' then registered_by
            else territory
        end is null
)

select
    whole.file, whole.sheet, whole.row,
    any_value(whole.value) as whole,
    first(summed.parts order by summed.dimension) as parts,
from whole
join summed using (thing)
where
    summed.is_exact and summed.members > 1
    and (
        summed.parts > whole.value
        or (summed.parts < whole.value and summed.dimension in ('sex', 'age_group', 'citizenship'))
    )
group by whole.file, whole.sheet, whole.row
order by whole.file, whole.sheet, whole.row
