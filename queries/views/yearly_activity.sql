-- The activities of each year, all of them: of the statements on one in one place the weightiest
-- stands, and what any of them names it is for. With no other filter than the year.
--
-- column: year — the year
-- column: municipality — ISO code; null where it has none
-- column: counted — how many it counts as
-- column: forms — forms of exploitation, a bit each: that of its position in the list
-- column: target_groups — target groups, a bit each: that of its position in the list
select year, municipality, weight // 8 as counted, forms, target_groups,
from told_activity
where year is not null and weight is not null and not is_folded

union all

select
    year,
    municipality,
    max(weight) // 8 as counted,
    bit_or(forms) as forms,
    bit_or(target_groups) as target_groups,
from told_activity
where year is not null and weight is not null and is_folded
group by year, municipality, activity
