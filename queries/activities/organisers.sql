-- Organisers of activities, to choose from.
--
-- column: code — value to filter by
-- column: name — Lithuanian name
-- column: name_en — English name
select
    institution.code,
    institution.name,
    coalesce(institution.name_en, institution.name) as name_en,
from institution
where institution.code in (select organiser from told_activity)
order by institution.name collate lt
