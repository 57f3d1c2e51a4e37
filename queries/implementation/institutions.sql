-- Institutions that a recommendation names or that answered one, to choose from.
--
-- column: code — value to filter by
-- column: name — Lithuanian name
-- column: name_en — English name
select institution.code, institution.name, institution.name_en,
from institution
where
    institution.code in (select institution from addressee)
    or institution.code in (select institution from standing_response)
order by institution.name collate lt
