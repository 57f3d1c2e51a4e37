-- What this dashboard is made of, where each part is from, and on what terms it may be used.
--
-- column: what_lt — the part, in Lithuanian
-- column: what_en — the part, in English
-- column: origin_lt — from whom it is, in Lithuanian
-- column: origin_en — from whom it is, in English
-- column: dated — its date, where one is known
-- column: licence_lt — on what terms, in Lithuanian
-- column: licence_en — on what terms, in English
-- column: url — where its text or its origin can be read
-- column: file — the files under which it is kept here
select what_lt, what_en, origin_lt, origin_en, dated, licence_lt, licence_en, url, file,
from licence
order by position
