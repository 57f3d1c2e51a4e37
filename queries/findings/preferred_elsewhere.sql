-- Figures of this delivery to be shown while another delivery says the same of another source.
-- The one loaded last is shown. What has no number stands before no number.
--
-- column: file — the file
-- column: sheet — its sheet
-- column: row — its row
-- column: other — the other delivery
select given.file, given.sheet, given.row, min(other.delivery) as other,
from given_statistic as given
join statistic as other
    on other.year = given.year
    and other.indicator = given.indicator
    and other.sex is not distinct from given.sex
    and other.age_group is not distinct from given.age_group
    and other.citizenship is not distinct from given.citizenship
    and other.form is not distinct from given.form
    and other.registered_by is not distinct from given.registered_by
    and other.territory is not distinct from given.territory
where
    given.is_preferred and other.is_preferred
    and given.value is not null and other.value is not null
    and other.delivery is distinct from getvariable('given_delivery')
    and (other.source is distinct from given.source or given.source is null)
group by given.file, given.sheet, given.row
order by given.file, given.sheet, given.row
