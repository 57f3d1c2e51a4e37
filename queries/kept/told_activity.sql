-- What each row of Veiklos tells, as it is counted. Kept beside the rows when they are stored.
-- Nothing here depends on what is current or on what is asked.
--
-- column: version — the version that brought the row
-- column: delivery — its delivery
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
-- column: year — year; null where no source states it
-- column: date_from — first day; null where not stated
-- column: municipality — ISO code; null where it has none
-- column: scope — territorial scope
-- column: kind — code of the kind
-- column: is_total — a total that a source gives without itemising
-- column: organiser — code of the institution that organised it
-- column: forms — forms of exploitation, a bit each: that of its position in the list
-- column: target_groups — target groups, a bit each: that of its position in the list
-- column: activity — one number for the rows of one group; null for a row of none
-- column: is_repeated — another row of the version is of the same group
-- column: names_another — its group is one of another delivery
-- column: weight — eight times what it counts as, and 4 where a source states that number, 2 where the true one may be larger, 1 where it is “about”; null where nothing is counted
-- column: participants — how many took part; null where not stated
-- column: participants_are_marked — stated as “more than”, “at least” or “about”
-- column: source — code of the source
with form_list as (
    select listed.forms, bit_or(1::bigint << exploitation_form.position) as bits
    from (select distinct forms from loaded_activity) as listed
    join exploitation_form on list_contains(listed.forms, exploitation_form.code)
    group by all
),

target_group_list as (
    select listed.target_groups, bit_or(1::bigint << target_group.position) as bits
    from (select distinct target_groups from loaded_activity) as listed
    join target_group on list_contains(listed.target_groups, target_group.code)
    group by all
),

grouped as (
    select version, group_code, count(*) as rows
    from loaded_activity
    where group_code is not null
    group by all
)

select
    loaded_activity.version,
    loaded_activity.delivery,
    loaded_activity.file,
    loaded_activity.sheet,
    loaded_activity.row,
    loaded_activity.year,
    loaded_activity.date_from,
    loaded_activity.municipality,
    loaded_activity.scope,
    loaded_activity.kind,
    coalesce(activity_kind.is_total = 'taip', false) as is_total,
    loaded_activity.organiser,
    coalesce(form_list.bits, 0) as forms,
    coalesce(target_group_list.bits, 0) as target_groups,
    -- Of two codes the same number is as good as impossible: it has 128 bits.
    md5_number(
        case
            when contains(loaded_activity.group_code, ':') then loaded_activity.group_code
            else loaded_activity.delivery || ':' || loaded_activity.group_code
        end
    ) as activity,
    coalesce(grouped.rows > 1, false) as is_repeated,
    coalesce(contains(loaded_activity.group_code, ':'), false) as names_another,
    -- A number goes before “took place”, that before a zero.
    case
        when count_mark in ('[+]', '[k]') then 8 + 2
        when count_mark in ('[n]', '[z]') then null
        else
            count * 8
            + 4
            + if(coalesce(count_mark, '') in ('>', '≥'), 2, 0)
            + if(coalesce(count_mark, '') = '~', 1, 0)
    end::bigint as weight,
    loaded_activity.participants,
    coalesce(loaded_activity.participants_mark, '') in ('>', '≥', '~') as participants_are_marked,
    loaded_activity.source,
from loaded_activity
left join activity_kind on activity_kind.code = loaded_activity.kind
left join form_list on form_list.forms = loaded_activity.forms
left join target_group_list on target_group_list.target_groups = loaded_activity.target_groups
left join grouped
    on grouped.version = loaded_activity.version
    and grouped.group_code = loaded_activity.group_code
