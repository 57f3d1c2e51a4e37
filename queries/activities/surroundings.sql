-- With which municipalities one may be compared: those it borders on and those of its county.
--
-- rests on: activities/sources
-- follows: activities
--
-- param: municipality — ISO codes of municipalities
--
-- column: municipality — ISO code
-- column: other — ISO code of the other
-- column: other_name — its Lithuanian name
-- column: other_name_en — its English name
-- column: county — code of the municipality's county
-- column: is_neighbour — they share a stretch of border
-- column: is_of_the_county — both are of one county
select
    municipality.code as municipality,
    other.code as other,
    other.label_lt as other_name,
    other.label_en as other_name_en,
    municipality.county,
    municipality_neighbour.neighbour is not null as is_neighbour,
    municipality.county = other.county as is_of_the_county,
from municipality
join municipality as other on other.code <> municipality.code
left join municipality_neighbour
    on municipality_neighbour.municipality = municipality.code
    and municipality_neighbour.neighbour = other.code
where
    ($municipality is null or list_contains($municipality, municipality.code))
    and (is_neighbour or is_of_the_county)
order by municipality.code, is_neighbour desc, other.label_lt collate lt
