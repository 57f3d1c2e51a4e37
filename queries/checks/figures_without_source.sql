-- Figures and activities of the current data that lead to no sentence of a source.
--
-- column: table_name — statistic or activity
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
select 'statistic' as table_name, file, sheet, row,
from statistic
where quote is null
union all
select 'activity', file, sheet, row,
from activity
where quote is null
