-- Judgements of this delivery that say "implemented" and cite no document.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
select file, sheet, row,
from given_assessment
where assessment = 'įgyvendinta' and evidence is null
order by file, sheet, row
