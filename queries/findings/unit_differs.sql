-- Figures of this delivery in another unit than the one that their indicator is counted in: one value
-- would stand twice, in two units, and a line would join what cannot be compared.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: unit — the unit of the indicator
select given_statistic.file, given_statistic.sheet, given_statistic.row, indicator.unit,
from given_statistic
join indicator on indicator.code = given_statistic.indicator
where given_statistic.unit <> indicator.unit
order by given_statistic.file, given_statistic.sheet, given_statistic.row
