"""The one declaration of what a workbook may hold: sheets, columns, types, lists and references.

Reading, checking and storing are all made from it. Sheet and column names are Lithuanian, as the
people who fill them in are; each has an English alias. Codes of fixed lists are the Lithuanian
words themselves, so that a state reads the same in a file, in a link and in the database.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


class Kind(enum.Enum):
    """What a cell of a column may hold."""

    TEXT = "text"
    CODE = "code"  # defines a code, or names one that `refers` says where to find
    INTEGER = "integer"
    NUMBER = "number"  # a value and a mark, in two columns of the table
    COUNT = "count"  # as NUMBER, but a whole number that is not negative
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"  # one of a list
    YES_NO = "yes_no"
    MUNICIPALITY = "municipality"
    TERRITORY = "territory"  # a municipality, a county, or empty for the whole country


@dataclass(frozen=True)
class Choice:
    """A member of a list: the code that is stored and the labels that are accepted and shown.

    `former` are codes that it had before: accepted, and read as the code of today.
    """

    code: str
    label_lt: str
    label_en: str
    former: tuple[str, ...] = ()


def _fixed(**labels_en: str) -> tuple[Choice, ...]:
    """Choices whose code is its Lithuanian label; a double underscore stands for a space."""
    return tuple(
        Choice(label.replace("__", " "), label.replace("__", " "), english)
        for label, english in labels_en.items()
    )


# Axis A: was an answer given? A fact, and never the rapporteur's judgement.
ANSWER_STATES: Final = _fixed(
    pateikta="answered",
    pateikta__iš__dalies="answered in part",
    nepateikta="not answered",
    neminima="not mentioned",
    laukiama="awaited",
    neprašyta="not asked",
    netaikoma="not applicable",
)

# States that follow from requests and the report: no institution states them of itself.
STATES_OF_OFFICE: Final = frozenset({"neminima", "laukiama", "neprašyta"})

# Axis B: how far is it implemented? The rapporteur's judgement, with date and reason.
ASSESSMENTS: Final = _fixed(
    įgyvendinta="implemented",
    iš__dalies__įgyvendinta="partly implemented",
    įgyvendinama="in progress",
    planuojama__įgyvendinti="planned",
    neįgyvendinta="not implemented",
    pakeista__nauja__rekomendacija="superseded",
    nebeaktuali="no longer relevant",
)

FIXED_LISTS: Final[Mapping[str, tuple[Choice, ...]]] = {
    "answer_state": ANSWER_STATES,
    "assessment": ASSESSMENTS,
    "document_kind": _fixed(
        rekomendacijos="recommendations",
        ataskaita="report",
        protokolas="protocol",
        planas="plan",
        statistika="statistics",
        publikacija="publication",
    ),
    "document_status": _fixed(projektas="draft", priimtas="adopted"),
    "nature": _fixed(vienkartinis="one-off", nuolatinis="continuing"),
    "role": _fixed(
        adresatas="addressee", bendradarbiaujanti__institucija="co-operating institution"
    ),
    "stage": _fixed(projektas="draft", derinama="in consultation", patvirtinta="approved"),
    "link_kind": _fixed(tęsia="continues", pakeičia="replaces", susijusi="related"),
    "confidence": _fixed(didelis="high", vidutinis="medium", mažas="low"),
    "scope": _fixed(
        savivaldybė="municipality",
        apskritis="county",
        regionas="region",
        visa__šalis="whole country",
        neįvardytos__savivaldybės="unnamed municipalities",
        nenurodyta="not stated",
    ),
    "unit": (
        Choice("vnt.", "vnt.", "count"),
        Choice("asm.", "asm.", "persons"),
        Choice("Eur", "Eur", "EUR"),
        Choice("proc.", "proc.", "per cent"),
    ),
    "year_basis": _fixed(
        nurodyti="stated", apskaičiuoti="derived", numanomi="inferred", ištaisyti="corrected"
    ),
}

# States that nobody types in: the software derives them, and shows them by these labels.
DERIVED_LISTS: Final[Mapping[str, tuple[Choice, ...]]] = {
    "assessment_missing": _fixed(
        **{
            "nevertinta__–__duomenų__nepateikta": "not assessed – no data provided",
            "dar__neįvertinta": "not yet assessed",
        }
    ),
    "dimension": (
        Choice("sex", "lytis", "sex"),
        Choice("age_group", "amžiaus grupė", "age group"),
        Choice("citizenship", "pilietybė", "citizenship"),
        Choice("form", "išnaudojimo forma", "form of exploitation"),
        Choice("registered_by", "registravusi institucija", "registering institution"),
        Choice("territory", "teritorija", "territory"),
    ),
    "place_state": (
        Choice("active", "vykdyta", "active"),
        Choice("zero", "nurodyta, kad nevykdyta", "reported as none"),
        Choice("no_answer", "duomenų nėra", "no data"),
    ),
    "nature_missing": (Choice("nenurodyta", "tekste nenurodyta", "not said in the text"),),
    "request_standing": (
        Choice("answered", "atsakyta", "answered"),
        Choice("replied_without_data", "atsakyta raštu, duomenų nepateikta", "replied, no data"),
        Choice("awaited", "laukiama atsakymo", "awaited"),
        Choice("overdue", "terminas praėjo", "past its term"),
    ),
    "version_action": (
        Choice("load", "įkelta", "loaded"),
        Choice("restore", "grąžinta", "restored"),
        Choice("withdraw", "atšaukta", "withdrawn"),
        Choice("purge", "sunaikinta", "purged"),
    ),
    "measure": (
        Choice("flow", "per metus", "in the year"),
        Choice("stock", "tą dieną", "on the day"),
    ),
    "basis": (
        Choice("stated", "nurodyta", "stated"),
        Choice("parts", "pagal dalis", "from its parts"),
        Choice("on_behalf", "atsakyta už adresatą", "answered on its behalf"),
        Choice("request", "pagal prašymo terminą", "from the term of the request"),
        Choice("derived", "išvesta iš ataskaitos", "derived from the report"),
    ),
}

# Lists that an edit of data/reference/<name>.csv extends.
REFERENCE_LISTS: Final = (
    "municipality",
    "county",
    "indicator",
    "indicator_definition",
    "activity_kind",
    "exploitation_form",
    "target_group",
    "theme",
    "sex",
    "age_group",
    "citizenship",
    "institution_kind",
    "coordination_status",
    "source_kind",
)


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    `name` is the column of the table, `header` and `alias` what a sheet may call it, `choices` the
    list of a CHOICE, `refers` the tables in which a CODE must be found. `several` columns hold
    members separated by `;` and become lists. A `partial` date may be a month or a year alone: it
    is stored as its first day with `<name>_precision`. NUMBER and COUNT are stored with
    `<name>_mark`; `empty_mark` is the mark of an empty cell. What a TEXT says that holds an
    `address` is that of a page: `always`, or `or_code` where it may be the code of a document.
    """

    name: str
    header: str
    alias: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: str = ""
    refers: tuple[str, ...] = ()
    several: bool = False
    partial: bool = False
    empty_mark: str = "[n]"
    address: Literal["", "always", "or_code"] = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet and the table that its rows go to. An empty `key` means rows may be alike.

    A sheet `is_of_office` where only the rapporteur's office fills it in; the others are anybody's,
    each for itself: `speaker` is the column that names whose words a row is. `substance` is the
    column that the rows are written for: without it they hold only what they are about.
    """

    table: str
    name: str
    alias: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    one_row: bool = False
    is_of_office: bool = False
    speaker: str = ""
    substance: str = ""

    def column(self, name: str) -> Column:
        """The column stored as `name`. Raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _code(name: str, header: str, alias: str, *refers: str, required: bool = False) -> Column:
    return Column(name, header, alias, Kind.CODE, required=required, refers=refers)


def _choice(
    name: str, header: str, alias: str, choices: str = "", *, required: bool = False
) -> Column:
    return Column(name, header, alias, Kind.CHOICE, required=required, choices=choices or alias)


_RECOMMENDATION = _code(
    "recommendation", "Rekomendacija", "recommendation", "recommendation", required=True
)
_PART = Column("part", "Dalis", "part")
_INSTITUTION = _code("institution", "Institucija", "institution", "institution", required=True)
_YEAR = Column("year", "Ataskaitiniai metai", "year", Kind.YEAR, required=True)
_SOURCE = _code("source", "Šaltinis", "source", "source", "document")
_QUOTE = Column("quote", "Citata", "quote")
_NOTE = Column("note", "Pastaba", "note")
_TEXT = Column("text", "Tekstas", "text", required=True)

SHEETS: Final[tuple[Sheet, ...]] = (
    Sheet(
        "delivery",
        "Pateikimas",
        "Delivery",
        (
            _code("code", "Kodas", "code", required=True),
            _INSTITUTION,
            Column("year", "Ataskaitiniai metai", "year", Kind.YEAR),
            _NOTE,
        ),
        key=("code",),
        one_row=True,
    ),
    Sheet(
        "institution",
        "Institucijos",
        "Institutions",
        (
            _code("code", "Kodas", "code", required=True),
            Column("name", "Pavadinimas", "name", required=True),
            Column("genitive", "Kilmininkas", "genitive"),
            Column("dative", "Naudininkas", "dative"),
            Column("name_en", "Pavadinimas angliškai", "name_en"),
            _choice("kind", "Rūšis", "kind", "institution_kind", required=True),
            _code("parent", "Aukštesnioji ar jungianti institucija", "parent", "institution"),
            _NOTE,
        ),
        key=("code",),
        is_of_office=True,
    ),
    Sheet(
        "institution_group",
        "Grupės",
        "Groups",
        (
            _code("group_code", "Grupė", "group", "institution", required=True),
            _INSTITUTION,
            Column("year", "Metai", "year", Kind.YEAR),
        ),
        key=("group_code", "institution", "year"),
        is_of_office=True,
    ),
    Sheet(
        "document",
        "Dokumentai",
        "Documents",
        (
            _code("code", "Kodas", "code", required=True),
            Column("title", "Pavadinimas", "title", required=True),
            _choice("kind", "Rūšis", "kind", "document_kind", required=True),
            _choice("status", "Dokumento būsena", "status", "document_status"),
            Column("dated_on", "Data", "date", Kind.DATE, partial=True),
            Column("publisher", "Leidėjas", "publisher"),
            Column("url", "Nuoroda", "url", address="always"),
        ),
        key=("code",),
        is_of_office=True,
    ),
    Sheet(
        "recommendation",
        "Rekomendacijos",
        "Recommendations",
        (
            _code("code", "Kodas", "code", required=True),
            _code("document", "Dokumentas", "document", "document", required=True),
            Column("number", "Numeris", "number", required=True),
            Column("made_in", "Pateikimo metai", "year", Kind.YEAR, required=True),
            _TEXT,
            Column("verb", "Formuluotė", "verb"),
            Column("short", "Trumpai", "short"),
            Column("short_en", "Trumpai angliškai", "short_en"),
            _choice("nature", "Vykdymas", "nature"),
            _choice("theme", "Tema", "theme"),
            Column("due_on", "Terminas", "due", Kind.DATE),
        ),
        key=("code",),
        is_of_office=True,
    ),
    Sheet(
        "recommendation_part",
        "Dalys",
        "Parts",
        (_RECOMMENDATION, Column("part", "Dalis", "part", required=True), _TEXT),
        key=("recommendation", "part"),
        is_of_office=True,
    ),
    Sheet(
        "addressee",
        "Adresatai",
        "Addressees",
        (
            _RECOMMENDATION,
            _PART,
            _INSTITUTION,
            _choice("role", "Vaidmuo", "role", required=True),
            _QUOTE,
        ),
        key=("recommendation", "part", "institution", "role"),
        is_of_office=True,
    ),
    Sheet(
        "request",
        "Prašymai",
        "Requests",
        (
            _RECOMMENDATION,
            _PART,
            _INSTITUTION,
            _YEAR,
            Column("requested_on", "Rašto data", "requested_on", Kind.DATE),
            Column("letter", "Rašto Nr.", "letter"),
            Column("due_on", "Atsakyti iki", "due", Kind.DATE, required=True),
            Column("extended_to", "Pratęsta iki", "extended_to", Kind.DATE),
            Column("reminded_on", "Priminta", "reminded_on", Kind.DATE),
            Column("replied_on", "Atsakymo rašto data", "replied_on", Kind.DATE),
            Column("reply_letter", "Atsakymo rašto Nr.", "reply_letter"),
        ),
        key=("recommendation", "part", "institution", "year"),
        is_of_office=True,
    ),
    Sheet(
        "response",
        "Atsakymai",
        "Responses",
        (
            _RECOMMENDATION,
            _PART,
            _INSTITUTION,
            _code("on_behalf_of", "Už", "for", "institution"),
            _YEAR,
            _choice("state", "Duomenų pateikimo būsena", "state", "answer_state", required=True),
            Column("text", "Tekstas", "text"),
            Column("is_retold", "Perpasakota", "retold", Kind.YES_NO),
            _SOURCE,
            Column("received_on", "Gauta", "received", Kind.DATE),
            Column("entered_by", "Pateikė", "entered_by"),
        ),
        key=("recommendation", "part", "institution", "year"),
        speaker="institution",
        substance="text",
    ),
    Sheet(
        "result",
        "Rezultatai",
        "Results",
        (
            _RECOMMENDATION,
            _PART,
            _YEAR,
            Column("position", "Eilė", "order", Kind.INTEGER, required=True),
            _TEXT,
        ),
        key=("recommendation", "part", "year", "position"),
        is_of_office=True,
    ),
    Sheet(
        "assessment",
        "Vertinimai",
        "Assessments",
        (
            _RECOMMENDATION,
            _PART,
            _code("institution", "Institucija", "institution", "institution"),
            _YEAR,
            _choice("assessment", "Įgyvendinimo vertinimas", "assessment", required=True),
            Column("reason", "Pagrindimas", "reason", required=True),
            Column("evidence", "Patvirtinantis dokumentas", "evidence", address="or_code"),
            _choice("stage", "Rengimo būsena", "stage", required=True),
            Column("approved_on", "Patvirtinimo data", "approved_on", Kind.DATE),
            Column("remarks", "Institucijos pastabos", "remarks"),
            Column("assessor", "Vertintojas", "assessor"),
            Column("assessed_on", "Data", "date", Kind.DATE),
        ),
        key=("recommendation", "part", "institution", "year"),
        is_of_office=True,
    ),
    Sheet(
        "recommendation_link",
        "Ryšiai",
        "Links",
        (
            _code("later", "Vėlesnė rekomendacija", "later", "recommendation", required=True),
            _code("earlier", "Ankstesnė rekomendacija", "earlier", "recommendation", required=True),
            _choice("kind", "Ryšys", "kind", "link_kind", required=True),
            _choice("confidence", "Tikrumas", "confidence"),
            Column("reason", "Pagrindimas", "reason"),
            Column("is_confirmed", "Patvirtinta", "confirmed", Kind.YES_NO),
        ),
        key=("later", "earlier"),
        is_of_office=True,
    ),
    Sheet(
        "activity",
        "Veiklos",
        "Activities",
        (
            Column("year", "Ataskaitiniai metai", "year", Kind.YEAR),
            Column("date_from", "Data nuo", "from", Kind.DATE, partial=True),
            Column("date_to", "Data iki", "to", Kind.DATE, partial=True),
            _choice("scope", "Teritorinė aprėptis", "scope", required=True),
            Column("municipality", "Savivaldybė", "municipality", Kind.MUNICIPALITY),
            Column("place", "Vieta", "place"),
            _code("organiser", "Organizatorius", "organiser", "institution"),
            Column("organiser_text", "Kitas organizatorius", "organiser_text"),
            Column(
                "partners",
                "Bendradarbiaujančios institucijos",
                "partners",
                Kind.CODE,
                refers=("institution",),
                several=True,
            ),
            Column("partners_text", "Kitos bendradarbiaujančios institucijos", "partners_text"),
            _choice("kind", "Rūšis", "kind", "activity_kind", required=True),
            Column(
                "forms",
                "Išnaudojimo forma",
                "form",
                Kind.CHOICE,
                choices="exploitation_form",
                several=True,
            ),
            Column(
                "target_groups",
                "Tikslinė grupė",
                "target_group",
                Kind.CHOICE,
                choices="target_group",
                several=True,
            ),
            Column("target_group_text", "Tikslinės grupės apibūdinimas", "target_group_text"),
            # An activity that took place counts as at least one though nobody said how many.
            Column("count", "Veiklų skaičius", "count", Kind.COUNT, empty_mark="[+]"),
            Column("participants", "Dalyvių skaičius", "participants", Kind.COUNT),
            _code("recommendation", "Rekomendacija", "recommendation", "recommendation"),
            Column("group_code", "Grupė", "group"),
            _SOURCE,
            _QUOTE,
            _NOTE,
        ),
        speaker="municipality",
        substance="count",
    ),
    Sheet(
        "statistic",
        "Rodikliai",
        "Statistics",
        (
            Column("year", "Metai", "year", Kind.YEAR, required=True),
            _choice("indicator", "Rodiklis", "indicator", required=True),
            _choice("sex", "Lytis", "sex"),
            _choice("age_group", "Amžiaus grupė", "age_group"),
            _choice("citizenship", "Pilietybė", "citizenship"),
            _choice("form", "Išnaudojimo forma", "form", "exploitation_form"),
            _code("registered_by", "Registravusi institucija", "registered_by", "institution"),
            Column("territory", "Teritorija", "territory", Kind.TERRITORY),
            Column("value", "Reikšmė", "value", Kind.NUMBER),
            _choice("unit", "Vienetas", "unit"),
            _SOURCE,
            _QUOTE,
            Column("is_preferred", "Rodoma reikšmė", "preferred", Kind.YES_NO),
            Column("is_doubtful", "Abejotina", "doubtful", Kind.YES_NO),
            _code("conflict", "Nesutampančių duomenų grupė", "conflict", "conflict"),
            _choice("year_basis", "Metų pagrindas", "year_basis"),
            _choice("definition", "Apibrėžtis", "definition", "indicator_definition"),
            _NOTE,
        ),
        key=(
            "year",
            "indicator",
            "sex",
            "age_group",
            "citizenship",
            "form",
            "registered_by",
            "territory",
            "source",
        ),
        substance="value",
    ),
    Sheet(
        "conflict",
        "Nesutapimai",
        "Conflicts",
        (
            _code("code", "Kodas", "code", required=True),
            Column("description", "Aprašymas", "description", required=True),
            Column("handling", "Sprendimas", "handling"),
        ),
        key=("code",),
        is_of_office=True,
    ),
    Sheet(
        "coordination",
        "Koordinavimas",
        "Coordination",
        (
            Column(
                "municipality",
                "Savivaldybė",
                "municipality",
                Kind.MUNICIPALITY,
                required=True,
            ),
            _choice("status", "Būklė", "status", "coordination_status", required=True),
            Column("decision", "Sprendimo Nr.", "decision"),
            Column("dated_on", "Data", "date", Kind.DATE, partial=True),
            _QUOTE,
            _SOURCE,
        ),
        speaker="municipality",
    ),
    Sheet(
        "source",
        "Šaltiniai",
        "Sources",
        (
            _code("code", "Kodas", "code", required=True),
            Column("title", "Pavadinimas", "title", required=True),
            Column("publisher", "Leidėjas", "publisher"),
            Column("dated", "Data", "date"),
            Column("url", "Nuoroda", "url", address="always"),
            _choice("kind", "Rūšis", "kind", "source_kind"),
        ),
        key=("code",),
    ),
)

SHEET_OF_TABLE: Final[Mapping[str, Sheet]] = {sheet.table: sheet for sheet in SHEETS}

# Codes of these are global: defined by one delivery, referred to by all.
GLOBAL_CODES: Final = ("institution", "document", "recommendation")
