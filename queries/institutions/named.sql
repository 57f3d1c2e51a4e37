-- Institutions by code, with the forms of their names.
--
-- param: institution — codes of institutions
--
-- column: code — code of the institution
-- column: name — Lithuanian name
-- column: name_en — English name
-- column: dative — name in the dative; null where it is not given
-- column: is_collective — a group as an addressee, not one body
select institution.code, institution.name, institution.name_en, institution.dative, is_collective,
from institution
where $institution is null or list_contains($institution, institution.code)
order by institution.name collate lt
