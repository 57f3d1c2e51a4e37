-- Who belongs to a group: what deliveries state, and every municipality to SAV.
--
-- column: group_code — the group
-- column: institution — the member
-- column: year — the year in which it is a member; null for every year
select institution_group.group_code, institution_group.institution, institution_group.year,
from stored.institution_group as institution_group
join current_version using (version)
union
select 'SAV', municipality.code, null,
from municipality
