-- The activities one by one, newest first: all rows of one group, and its places, are one.
-- Of its statements the weightiest is shown; how many others tell of it stands beside.
--
-- follows: activities
--
-- param: year — years of the activities
-- param: undated — “taip”: only those whose year no source states
-- param: kind — codes of kinds
-- param: form — codes of forms of exploitation
-- param: target_group — codes of target groups
-- param: organiser — codes of organisers
-- param: county — codes of counties
-- param: municipality — ISO codes of municipalities
-- param: scope — territorial scopes
-- param: skip — how many to leave out from the beginning
-- param: most — how many to give at most
--
-- column: year — year; null where no source states it
-- column: date_from — first day, or the month or year alone where no more is known
-- column: date_to — last day, likewise
-- column: scope — territorial scope
-- column: held_in — ISO codes of the municipalities where it took place
-- column: place — place, as told
-- column: kind — code of the kind
-- column: organiser — who organised it
-- column: partners — with whom: codes of institutions, and others in words
-- column: forms — codes of forms of exploitation
-- column: target_groups — codes of target groups
-- column: target_group_text — target group, as told
-- column: activities — how many in its municipalities together; null where nothing is counted there
-- column: activities_are_at_least — the true number may be larger
-- column: activities_are_about — the number holds one that is stated as “about”
-- column: unplaced — how many without a municipality, never added to the others; null where none is
-- column: unplaced_are_at_least — the true number may be larger
-- column: unplaced_are_about — the number holds one that is stated as “about”
-- column: participants — how many took part; null where not stated
-- column: participants_mark — mark of the participants
-- column: recommendation — code of the recommendation that it serves
-- column: statements — rows that tell of it
-- column: group_code — names the group of its rows, with their delivery
-- column: quote — the sentence
-- column: source — code of the source
-- column: source_title — its title
-- column: source_url — its link
-- column: source_delivery — the delivery that tells of the source
-- column: note — remark
-- column: found — how many activities there are with these filters
with wanted as (
    select
        (select bit_or(1::bigint << position) from exploitation_form where list_contains($form, code))
            as forms,
        (
            select bit_or(1::bigint << position)
            from target_group
            where list_contains($target_group, code)
        ) as target_groups,
        (
            select list(code)
            from municipality
            where
                ($county is null or list_contains($county, county))
                and ($municipality is null or list_contains($municipality, code))
        ) as municipalities,
),

told as not materialized (
    select told_activity.*
    from told_activity, wanted
    where
        ($year is null or list_contains($year::integer[], year))
        and (not coalesce(list_contains($undated, 'taip'), false) or year is null)
        and ($kind is null or list_contains($kind, kind))
        and ($form is null or told_activity.forms & wanted.forms > 0)
        and ($target_group is null or told_activity.target_groups & wanted.target_groups > 0)
        and ($organiser is null or list_contains($organiser, organiser))
        and (
            ($county is null and $municipality is null)
            or list_contains(wanted.municipalities, municipality)
        )
        and ($scope is null or list_contains($scope, scope))
),

-- Only what is shown is folded with all that is told of it.
heads as (
    select
        year, date_from, version, row, file, sheet, municipality, weight,
        null as activity,
    from told
    where not is_folded

    union all

    select
        max(year), max(date_from), min(version), min(row), null, null, null, null, activity,
    from told
    where is_folded
    group by activity
),

shown as (
    select *,
    from heads
    order by
        year desc nulls last, date_from desc nulls last, version, row, file, sheet, activity
    limit coalesce($most[1]::bigint, 1_000_000_000)
    offset coalesce($skip[1]::bigint, 0)
),

placed as (
    select
        activity,
        municipality,
        max(weight) as weight,
        max_by({version: version, file: file, sheet: sheet, row: row}, (coalesce(weight, -1), -row))
            as standing,
        count(*) as statements,
    from told
    where is_folded and activity in (select activity from shown)
    group by all
),

folded as (
    select
        activity,
        max_by(standing, (coalesce(weight, -1), -standing.row)) as standing,
        list_sort(list(municipality) filter (municipality is not null)) as held_in,
        sum(weight // 8) filter (municipality is not null)::bigint as activities,
        bool_or(weight & 2 > 0) filter (municipality is not null) as is_at_least,
        bool_or(weight & 1 > 0) filter (municipality is not null) as is_about,
        sum(weight // 8) filter (municipality is null)::bigint as unplaced,
        bool_or(weight & 2 > 0) filter (municipality is null) as unplaced_is_at_least,
        bool_or(weight & 1 > 0) filter (municipality is null) as unplaced_is_about,
        sum(statements)::bigint as statements,
    from placed
    group by activity
),

wanted_rows as (
    select
        shown.year,
        shown.date_from,
        shown.version,
        shown.row,
        shown.file,
        shown.sheet,
        shown.activity,
        coalesce(
            folded.standing,
            {version: shown.version, file: shown.file, sheet: shown.sheet, row: shown.row}
        ) as standing,
        coalesce(folded.held_in, list_filter([shown.municipality], lambda code: code is not null))
            as held_in,
        coalesce(folded.activities, if(shown.municipality is not null, shown.weight // 8, null))
            as activities,
        coalesce(folded.is_at_least, shown.municipality is not null and shown.weight & 2 > 0)
            as is_at_least,
        coalesce(folded.is_about, shown.municipality is not null and shown.weight & 1 > 0)
            as is_about,
        coalesce(folded.unplaced, if(shown.municipality is null, shown.weight // 8, null))
            as unplaced,
        coalesce(folded.unplaced_is_at_least, shown.municipality is null and shown.weight & 2 > 0)
            as unplaced_is_at_least,
        coalesce(folded.unplaced_is_about, shown.municipality is null and shown.weight & 1 > 0)
            as unplaced_is_about,
        coalesce(folded.statements, 1) as statements,
    from shown
    left join folded on folded.activity = shown.activity
)

select
    wanted_rows.year,
    -- A month that is known is not its first day: the date is shown as far as it goes.
    left(activity.date_from::varchar, known_from.length) as date_from,
    left(activity.date_to::varchar, known_to.length) as date_to,
    activity.scope,
    coalesce(wanted_rows.held_in, []) as held_in,
    activity.place,
    activity.kind,
    coalesce(activity.organiser_text, institution.name, activity.organiser) as organiser,
    list_append(activity.partners, activity.partners_text) as partners,
    activity.forms,
    activity.target_groups,
    activity.target_group_text,
    wanted_rows.activities,
    coalesce(wanted_rows.is_at_least, false) as activities_are_at_least,
    coalesce(wanted_rows.is_about, false) as activities_are_about,
    wanted_rows.unplaced,
    coalesce(wanted_rows.unplaced_is_at_least, false) as unplaced_are_at_least,
    coalesce(wanted_rows.unplaced_is_about, false) as unplaced_are_about,
    activity.participants,
    activity.participants_mark,
    activity.recommendation,
    wanted_rows.statements,
    case
        when wanted_rows.activity is null then null
        when contains(activity.group_code, ':') then activity.group_code
        else activity.delivery || ':' || activity.group_code
    end as group_code,
    activity.quote,
    activity.source,
    coalesce(citation.title, activity.source, activity.delivery) as source_title,
    citation.url as source_url,
    citation.told_by as source_delivery,
    activity.note,
    (select count(*) from heads) as found,
from wanted_rows
join activity
    on activity.version = wanted_rows.standing.version
    and activity.file = wanted_rows.standing.file
    and activity.sheet = wanted_rows.standing.sheet
    and activity.row = wanted_rows.standing.row
left join (values ('day', 10), ('month', 7), ('year', 4)) as known_from (precision, length)
    on known_from.precision = activity.date_from_precision
left join (values ('day', 10), ('month', 7), ('year', 4)) as known_to (precision, length)
    on known_to.precision = activity.date_to_precision
left join institution on institution.code = activity.organiser
left join citation on citation.delivery = activity.delivery and citation.code = activity.source
order by
    wanted_rows.year desc nulls last,
    wanted_rows.date_from desc nulls last,
    wanted_rows.version,
    wanted_rows.row,
    wanted_rows.file,
    wanted_rows.sheet,
    wanted_rows.activity
