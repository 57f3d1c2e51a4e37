-- Who belongs to a group: what deliveries state, and every municipality to SAV.
--
-- column: group_code — the group
-- column: institution — the member
-- column: year — the year in which it is a member; null for every year
-- column: delivery — the delivery that says so; null for a municipality of the reference list
-- column: version — version of the delivery
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
with stated as (
    select group_code, institution, year, delivery, version, file, sheet, row,
    from stored.institution_group
    where version in (select version from current_version)
)

select * from stated
union all by name
select 'SAV' as group_code, municipality.code as institution,
from municipality
anti join (from stated where group_code = 'SAV' and year is null) as known
    on known.institution = municipality.code
