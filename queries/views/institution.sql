-- Institutions: those that a delivery defines, and the 60 municipalities under their ISO codes.
--
-- column: code — code of the institution
-- column: name — Lithuanian name
-- column: name_en — English name
-- column: genitive — name in the genitive
-- column: dative — name in the dative
-- column: kind — code of its kind
-- column: is_collective — a group as an addressee, not one body
-- column: parent — superior or uniting institution
-- column: note — remark
-- column: delivery — the delivery that defines it; null for a municipality of the reference list
-- column: version — version of the delivery
-- column: file — where it stands
-- column: sheet — where it stands
-- column: row — where it stands
select
    institution.code,
    institution.name,
    coalesce(institution.name_en, institution.name) as name_en,
    institution.genitive,
    institution.dative,
    institution.kind,
    coalesce(institution_kind.is_collective = 'taip', false) as is_collective,
    institution.parent,
    institution.note,
    institution.delivery,
    institution.version,
    institution.file,
    institution.sheet,
    institution.row,
from stored.institution as institution
join current_version using (version)
left join institution_kind on institution_kind.code = institution.kind
union all by name
select
    municipality.code,
    municipality.label_lt as name,
    municipality.label_en as name_en,
    'municipality' as kind,
    false as is_collective,
    'SAV' as parent,
from municipality
where municipality.code not in (
    select code from stored.institution join current_version using (version)
)
