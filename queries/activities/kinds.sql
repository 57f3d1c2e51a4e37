-- Kinds of activities that some row has, to choose from.
--
-- column: code — value to filter by
-- column: label_lt — Lithuanian label
-- column: label_en — English label
select activity_kind.code, activity_kind.label_lt, activity_kind.label_en,
from activity_kind
where activity_kind.code in (select kind from told_activity)
order by activity_kind.label_lt collate lt
