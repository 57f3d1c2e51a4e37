"""One rich office: what a second reporting year brings, small enough to be counted by hand.

Two reporting years, every state of both axes, a group with members that change, an agency that
answers for its ministry, items 2 and 10, item 1 of two documents, two terms in one letter, one
source code in two deliveries, marks of every kind, years without a figure, figures that contradict
each other, judgements that are drafts, that differ and that are replaced, and a protocol.

`DELIVERIES` are the rows that are sent, `load` sends them as institutions do. The answers beside
them were counted by hand from the rows and the data contract, never copied from a program; each
comment says how. Fixtures of tests/conftest.py load it once for a worker; nobody writes to it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.conftest import Office

Row = dict[str, Any]

MOMENT: Final = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
"""When everything is loaded, and the day on which pages and commands are asked."""
DAY: Final = MOMENT.date()


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


@dataclass(frozen=True)
class Delivery:
    """What one sender hands over under one code."""

    code: str
    sender: str
    year: int | None
    tables: Mapping[str, Any] = field(default_factory=dict)
    """Rows by table, each over the defaults of tests/conftest.py."""


# Who there is ------------------------------------------------------------------------------------

_INSTITUTIONS: Final = [
    {
        "code": "VRM",
        "name": "Vidaus reikalų ministerija",
        "name_en": "Ministry of the Interior",
        "dative": "Vidaus reikalų ministerijai",
        "kind": "ministry",
    },
    {
        "code": "SAM",
        "name": "Sveikatos apsaugos ministerija",
        "name_en": "Ministry of Health",
        "dative": "Sveikatos apsaugos ministerijai",
        "kind": "ministry",
    },
    {
        "code": "SADM",
        "name": "Socialinės apsaugos ir darbo ministerija",
        "name_en": "Ministry of Social Security and Labour",
        "dative": "Socialinės apsaugos ir darbo ministerijai",
        "kind": "ministry",
    },
    {
        "code": "NTB",
        "name": "Nacionalinis transplantacijos biuras",
        "name_en": "National Transplant Bureau",
        "dative": "Nacionaliniam transplantacijos biurui",
        "kind": "agency",
        "parent": "SAM",
    },
    {
        "code": "PD",
        "name": "Policijos departamentas",
        "name_en": "Police Department",
        "dative": "Policijos departamentui",
        "kind": "police",
    },
    {
        "code": "GP",
        "name": "Generalinė prokuratūra",
        "name_en": "Prosecutor General’s Office",
        "dative": "Generalinei prokuratūrai",
        "kind": "prosecution",
    },
    {
        "code": "MIN",
        "name": "Komisijos ministerijos",
        "name_en": "Ministries of the commission",
        "dative": "komisijos ministerijoms",
        "kind": "group",
    },
    {
        "code": "NVO",
        "name": "Nevyriausybinės organizacijos",
        "name_en": "Non-governmental organisations",
        "dative": "nevyriausybinėms organizacijoms",
        "kind": "ngo_group",
    },
    {
        "code": "SAV",
        "name": "Savivaldybės",
        "name_en": "Municipalities",
        "dative": "savivaldybėms",
        "kind": "municipality_group",
    },
]

# What was recommended -----------------------------------------------------------------------------


def _made(code: str, number: str, year: int, theme: str, title: str, title_en: str) -> Row:
    document = "PROT-2026" if code.startswith("P") else f"REK-{year}"
    return {
        "code": code,
        "document": document,
        "number": number,
        "made_in": year,
        "text": f"Rekomenduotina: {title[0].lower()}{title[1:]}.",
        "verb": "rekomenduotina",
        "short": title,
        "short_en": title_en,
        "nature": "vienkartinis",
        "theme": theme,
    }


_RECOMMENDATIONS: Final = [
    # Readings of data/reference/recommendation_indicator.csv name these two and the measure 3.2.
    {
        **_made(
            "R2020-1",
            "1",
            2020,
            "education_and_prevention",
            "Prevencija visoje šalyje",
            "Prevention in the whole country",
        ),
        "nature": "nuolatinis",
    },
    _made("R2020-3", "3", 2020, "target_groups", "Prevencijos formos", "Forms of prevention"),
    {
        **_made(
            "R2025-1",
            "1",
            2025,
            "research_and_data",
            "Metinė statistika",
            "Yearly statistics",
        ),
        "nature": "nuolatinis",
    },
    _made("R2025-2", "2", 2025, "training_of_specialists", "Prokurorų mokymai", "For prosecutors"),
    {
        # The text does not say whether it is to be done once.
        **_made("R2025-10", "10", 2025, "victim_assistance", "Laikinas būstas", "Temporary homes"),
        "nature": None,
        "due_on": day(12, 31, 2025),
    },
    _made("R2026-1", "1", 2026, "victim_assistance", "Aukų atpažinimas", "Identifying victims"),
    _made("R2026-2", "2", 2026, "training_of_specialists", "Bendri mokymai", "Joint training"),
    _made("R2026-3", "3", 2026, "research_and_data", "Atsakingi asmenys", "Responsible persons"),
    _made("R2026-4", "4", 2026, "victim_assistance", "Pagalba vyrams", "Assistance to men"),
    _made("R2026-5", "5", 2026, "target_groups", "Priverstinis darbas", "Forced labour"),
    _made("R2026-6", "6", 2026, "victim_assistance", "Organų donorystė", "Organ donation"),
    _made("R2026-7", "7", 2026, "research_and_data", "Bylų tyrimas", "Study of cases"),
    _made(
        "R2026-8",
        "8",
        2026,
        "municipal_coordination",
        "Koordinatoriai",
        "Coordinators",
    ),
    _made("R2026-9", "9", 2026, "victim_assistance", "Žalos kompensavimas", "Compensation"),
    _made("R2026-10", "10", 2026, "data_provision", "Duomenų skelbimas", "Publication of data"),
    _made("R2026-11", "11", 2026, "training_of_specialists", "Bylų nagrinėjimas", "Trials"),
    _made("R2026-12", "12", 2026, "data_provision", "Duomenų mainai", "Exchange of data"),
    _made("P2021-3.2", "3.2", 2026, "education_and_prevention", "Informavimas", "Information"),
    _made("P2026-3.10", "3.10", 2026, "victim_assistance", "Būsto priemonė", "Homes, a measure"),
]
_PARTS: Final = [
    {"recommendation": code, "part": part, "text": f"{code}, dalis {part};"}
    for code, parts in {
        "R2026-1": "abc",
        "R2026-5": "ab",
        "R2026-10": "ab",
        "R2026-12": "ab",
    }.items()
    for part in parts
]
_ADDRESSEES: Final = [
    {"recommendation": code, "institution": institution, "role": role, "quote": institution}
    for code, institution, role in [
        ("R2020-1", "SAM", "adresatas"),
        ("R2020-1", "PD", "adresatas"),
        ("R2020-3", "SADM", "adresatas"),
        ("R2025-1", "VRM", "adresatas"),
        ("R2025-2", "GP", "adresatas"),
        ("R2025-10", "SADM", "adresatas"),
        ("R2026-1", "SAM", "adresatas"),
        ("R2026-1", "NVO", "bendradarbiaujanti institucija"),
        ("R2026-2", "PD", "adresatas"),
        ("R2026-2", "GP", "adresatas"),
        ("R2026-3", "MIN", "adresatas"),
        ("R2026-4", "NVO", "adresatas"),
        ("R2026-5", "PD", "adresatas"),
        ("R2026-6", "SAM", "adresatas"),
        ("R2026-7", "GP", "adresatas"),
        ("R2026-8", "LT-57", "adresatas"),
        ("R2026-8", "LT-15", "adresatas"),
        ("R2026-9", "SADM", "adresatas"),
        ("R2026-10", "VRM", "adresatas"),
        ("R2026-10", "GP", "bendradarbiaujanti institucija"),
        ("R2026-11", "GP", "adresatas"),
        ("R2026-12", "SAM", "adresatas"),
        ("R2026-12", "VRM", "adresatas"),
        ("P2021-3.2", "VRM", "adresatas"),
        ("P2026-3.10", "SADM", "adresatas"),
    ]
]


def _request(code: str, institution: str, due: datetime.date, **more: Any) -> Row:
    return {
        "recommendation": code,
        "institution": institution,
        "year": 2026,
        "requested_on": day(10, 1),
        "letter": "1D-4410",
        "due_on": due,
        **more,
    }


_REQUESTS: Final = [
    # Two terms in one letter: that of part a comes first.
    _request("R2026-5", "PD", day(11, 23), part="a", extended_to=day(11, 30)),
    _request("R2026-5", "PD", day(12, 15), part="b"),
    # Its term has passed.
    _request("R2026-2", "GP", day(11, 2), reminded_on=day(11, 10)),
    _request("R2026-2", "PD", day(11, 2), replied_on=day(10, 30), reply_letter="5-77"),
    _request("R2026-3", "MIN", day(11, 2)),
    _request("R2025-1", "VRM", day(12, 15)),
]


def _answer(code: str, institution: str, year: int, state: str, **more: Any) -> Row:
    words = f"{institution} atsakymas dėl {code}, {year} m."
    return {
        "recommendation": code,
        "institution": institution,
        "year": year,
        "state": state,
        "text": words if state.startswith("pateikta") else None,
        **more,
    }


# The office's own answers, and those that its report retells.
_ANSWERS_OF_VRM: Final = [
    _answer("R2020-1", "SAM", 2025, "pateikta", is_retold="taip", source="REK-2025"),
    _answer("R2020-1", "PD", 2025, "nepateikta"),
    _answer("R2025-1", "VRM", 2025, "pateikta iš dalies"),
    _answer("R2025-10", "SADM", 2025, "netaikoma"),
    _answer("R2026-3", "VRM", 2026, "pateikta"),
    _answer("R2026-3", "SADM", 2026, "netaikoma"),
    _answer("R2026-8", "LT-57", 2026, "netaikoma"),
    _answer("R2026-8", "LT-15", 2026, "netaikoma"),
    _answer("R2026-9", "SADM", 2026, "nepateikta"),
    _answer("R2026-10", "VRM", 2026, "pateikta"),
    _answer("R2026-12", "VRM", 2026, "netaikoma"),
]
_RESULTS: Final = [
    {"recommendation": code, "year": year, "position": position, "text": words}
    for code, year, position, words in [
        ("R2020-1", 2025, 1, "2025 m. prevencija vyko."),
        ("R2025-2", 2025, 1, "Surengti treji mokymai."),
        ("R2026-1", 2026, 1, "Tvarka patvirtinta."),
        ("R2026-1", 2026, 2, "Surengta mokymų."),
        # Nothing is said of whom it asks: not mentioned.
        ("R2026-4", 2026, 1, "Paslaugų vyrams poreikis aptartas."),
    ]
]


def _judged(code: str, year: int, assessment: str, **more: Any) -> Row:
    return {
        "recommendation": code,
        "year": year,
        "assessment": assessment,
        "reason": f"Pagrindimas: {code}, {assessment}.",
        "evidence": "DOK" if assessment == "įgyvendinta" else None,
        "stage": "patvirtinta",
        "approved_on": day(11, 18),
        "assessor": "Nacionalinis pranešėjas",
        **more,
    }


_JUDGEMENTS: Final = [
    _judged("R2025-1", 2025, "iš dalies įgyvendinta"),
    _judged("R2025-2", 2025, "įgyvendinta"),
    _judged("R2020-1", 2026, "įgyvendinta"),
    # Part c applies to nobody asked and is not judged: the two others make the whole.
    _judged("R2026-1", 2026, "įgyvendinta", part="a"),
    _judged("R2026-1", 2026, "įgyvendinta", part="b"),
    # A draft is shown and not counted.
    _judged("R2026-2", 2026, "įgyvendinta", stage="projektas", approved_on=None),
    # The general judgement, and another one of what one of them did.
    _judged("R2026-3", 2026, "iš dalies įgyvendinta"),
    _judged("R2026-3", 2026, "neįgyvendinta", institution="SAM"),
    _judged("R2026-4", 2026, "nebeaktuali"),
    _judged("R2026-6", 2026, "įgyvendinama"),
    _judged("R2026-7", 2026, "pakeista nauja rekomendacija"),
    _judged("R2026-10", 2026, "planuojama įgyvendinti", part="a"),
    # Replaced by a delivery that is loaded later.
    _judged("R2026-11", 2026, "iš dalies įgyvendinta"),
    # Part b is not judged: it could still make the whole implemented.
    _judged("R2026-12", 2026, "įgyvendinta", part="a"),
]
_LINKS: Final = [
    {
        "later": "R2026-2",
        "earlier": "R2025-2",
        "kind": "tęsia",
        "confidence": "didelis",
        "reason": "Abi – dėl mokymų.",
        "is_confirmed": "taip",
    },
    {"later": "P2021-3.2", "earlier": "R2020-1", "kind": "tęsia", "confidence": "vidutinis"},
    {"later": "P2026-3.10", "earlier": "R2025-10", "kind": "pakeičia", "confidence": "mažas"},
    {"later": "R2026-5", "earlier": "R2020-3", "kind": "susijusi", "confidence": "mažas"},
]

# What was told of prevention ----------------------------------------------------------------------


def _activity(year: int | None, held_in: str | None, kind: str, count: Any, **more: Any) -> Row:
    return {
        "year": year,
        "scope": "savivaldybė" if held_in else "visa šalis",
        "municipality": held_in,
        "kind": kind,
        "count": count,
        "quote": f"{kind}, {held_in or 'be vietos'}, {year or 'metai nenurodyti'}.",
        "source": "V1",
        **more,
    }


_ACTIVITIES: Final = [
    _activity(
        2026,
        "LT-57",
        "lecture",
        3,
        participants=60,
        organiser="PD",
        forms="sexual_exploitation",
        target_groups="pupils",
        recommendation="R2020-1",
    ),
    _activity(
        2026,
        "LT-57",
        "training",
        "daugiau kaip 5",
        organiser="SAM",
        forms="forced_labour; sexual_exploitation",
        target_groups="specialists",
        source="V2",
    ),
    _activity(
        2026,
        "LT-15",
        "lecture",
        "apie 10",
        participants="ne mažiau kaip 200",
        forms="forced_labour",
    ),
    # One campaign: in Kaunas told twice, in Vilnius without a number.
    _activity(2026, "LT-15", "campaign", None, group_code="G1"),
    _activity(2026, "LT-15", "campaign", 2, group_code="G1", source="V2"),
    _activity(2026, "LT-57", "campaign", None, group_code="G1"),
    # A true zero, a count that nobody gave, one that is held back.
    _activity(2026, "LT-28", "prevention_and_information_total", 0),
    _activity(2026, "LT-02", "lecture", "n. d."),
    _activity(2026, "LT-03", "seminar", "mažiau kaip 5"),
    _activity(2026, None, "information_publication", 4, organiser="VRM"),
    _activity(2026, None, "prevention_and_information_total", 138, source="V2"),
    _activity(2026, None, "lecture", None, scope="apskritis", place="Klaipėdos apskritis"),
    _activity(2026, None, "lecture", 2, scope="neįvardytos savivaldybės", source=None),
    _activity(2025, "LT-57", "lecture", 2, forms="sexual_exploitation"),
    _activity(2025, "LT-15", "lecture", 1, organiser="PD"),
    # A year whose rates go by the earlier census.
    _activity(2021, "LT-57", "lecture", 4),
    # No source states its year.
    _activity(None, "LT-15", "seminar", 1),
]
_COORDINATION: Final = [
    {"municipality": "LT-57", "status": "coordination_group_active", "source": "V1"},
    {
        "municipality": "LT-15",
        "status": "council_decision_on_commission",
        "decision": "T-12",
        "dated_on": "2025-03",
        "source": "V2",
    },
    {"municipality": "LT-02", "status": "no_measures_2023", "source": "V2"},
]

# Figures ------------------------------------------------------------------------------------------

_OPENED: Final = "pretrial_investigations_opened"
_VICTIMS: Final = "victims_identified"


def _figure(indicator: str, year: int, value: Any, **more: Any) -> Row:
    return {
        "indicator": indicator,
        "year": year,
        "value": value,
        "source": "ST1",
        "quote": f"{year}: {value}.",
        **more,
    }


_STATISTICS: Final = [
    _figure(_OPENED, 2019, 12),
    _figure(_OPENED, 2020, 10),
    # Nobody tells of 2021.
    _figure(_OPENED, 2022, 8),
    _figure(_OPENED, 2023, 20),
    # Two sources and nobody's preference: neither is shown.
    _figure(_OPENED, 2024, 17, conflict="K1"),
    _figure(_OPENED, 2024, 19, source="ST2", conflict="K1"),
    _figure(_OPENED, 2025, "16 p"),
    _figure(_OPENED, 2026, 14, is_preferred="taip"),
    _figure(_OPENED, 2026, 15, source="ST2", is_preferred="ne"),
    _figure(_OPENED, 2022, 6, territory="LT-57"),
    _figure(_OPENED, 2025, 9, territory="LT-57"),
    _figure(_OPENED, 2025, 4, form="forced_labour"),
    # Its definition changes in 2022.
    _figure(_VICTIMS, 2018, "netaikoma"),
    _figure(_VICTIMS, 2019, 99, is_doubtful="taip"),
    _figure(_VICTIMS, 2020, 24),
    _figure(_VICTIMS, 2021, "apie 20"),
    _figure(_VICTIMS, 2022, 15),
    _figure(_VICTIMS, 2023, "mažiau kaip 5"),
    _figure(_VICTIMS, 2024, "n. d."),
    _figure(_VICTIMS, 2025, "ne mažiau kaip 30"),
    _figure(_VICTIMS, 2026, "daugiau kaip 40"),
    _figure(_VICTIMS, 2022, 9, sex="women"),
    _figure(_VICTIMS, 2022, 6, sex="men"),
    _figure(_VICTIMS, 2022, 2, age_group="children"),
    _figure(_VICTIMS, 2022, 3, citizenship="foreign_nationals"),
    _figure(_VICTIMS, 2022, 7, form="forced_labour"),
    _figure(_VICTIMS, 2022, 8, form="sexual_exploitation"),
    _figure(_VICTIMS, 2022, 11, registered_by="PD"),
    # Nobody tells of all cases, the police tell of theirs.
    _figure("cases_sent_to_court", 2026, 3, registered_by="PD"),
    _figure("persons_convicted", 2025, 5),
    _figure("persons_convicted", 2026, 7),
    _figure("state_funding_victim_assistance", 2025, 150_000),
    _figure("state_funding_victim_assistance", 2026, 240_100),
    _figure("pretrial_investigations_ongoing_snapshot", 2026, 21),
]

# What is sent, in this order ----------------------------------------------------------------------

DELIVERIES: Final[Sequence[Delivery]] = (
    Delivery(
        "VRM-2026",
        "VRM",
        2026,
        {
            "institution": _INSTITUTIONS,
            "institution_group": [
                {"group_code": "MIN", "institution": code, "year": year}
                for year, codes in {2025: ("VRM", "GP"), 2026: ("VRM", "SAM", "SADM")}.items()
                for code in codes
            ],
            "document": [
                {
                    "code": f"REK-{year}",
                    "title": f"{year} metų rekomendacijos",
                    "kind": "rekomendacijos",
                    "status": "priimtas",
                    "dated_on": f"{year}-02-10",
                    "publisher": "Nacionalinis pranešėjas",
                }
                for year in (2020, 2025, 2026)
            ]
            + [
                {
                    "code": "PROT-2026",
                    "title": "Vyriausybės protokolo projektas",
                    "kind": "protokolas",
                    "status": "projektas",
                    "dated_on": "2026-10-05",
                },
                {"code": "DOK", "title": "Metinė veiklos ataskaita", "kind": "ataskaita"},
            ],
            "recommendation": _RECOMMENDATIONS,
            "recommendation_part": _PARTS,
            "addressee": _ADDRESSEES,
            "request": _REQUESTS,
            "response": _ANSWERS_OF_VRM,
            "result": _RESULTS,
            "assessment": _JUDGEMENTS,
            "recommendation_link": _LINKS,
        },
    ),
    Delivery(
        "VRM-VEIKLOS",
        "VRM",
        None,
        {
            "source": [
                {"code": "V1", "title": "Savivaldybių svetainės", "kind": "municipal_page"},
                {"code": "V2", "title": "Spaudos apžvalga", "kind": "press"},
            ],
            "activity": _ACTIVITIES,
            "coordination": _COORDINATION,
        },
    ),
    Delivery(
        "VRM-STATISTIKA",
        "VRM",
        None,
        {
            "source": [
                {"code": "ST1", "title": "Informatikos ir ryšių departamentas"},
                {"code": "ST2", "title": "Prokuratūros ataskaita"},
            ],
            "conflict": [
                {
                    "code": "K1",
                    "description": "Dvi žinybos skelbia skirtingus 2024 m. skaičius.",
                    "handling": "Kol neišsiaiškinta, nerodomas nė vienas.",
                }
            ],
            "statistic": _STATISTICS,
        },
    ),
    Delivery(
        "SAM-2026",
        "SAM",
        2026,
        {
            "source": [{"code": "S1", "title": "Sveikatos apsaugos ministerijos ataskaita"}],
            "response": [
                _answer("R2020-1", "SAM", 2026, "pateikta", source="S1"),
                _answer("R2026-1", "SAM", 2026, "pateikta", part="a"),
                _answer("R2026-1", "SAM", 2026, "pateikta", part="b"),
                _answer("R2026-1", "SAM", 2026, "netaikoma", part="c"),
                _answer("R2026-3", "SAM", 2026, "pateikta"),
                # Nothing of part b.
                _answer("R2026-12", "SAM", 2026, "pateikta", part="a"),
            ],
            "activity": [
                _activity(
                    None,  # that of the delivery
                    "LT-57",
                    "training",
                    1,
                    organiser="SAM",
                    target_groups="health_care_specialists",
                    source="S1",
                )
            ],
        },
    ),
    Delivery(
        "PD-2026",
        "PD",
        2026,
        {
            # The same code as in SAM-2026, and another source.
            "source": [{"code": "S1", "title": "Policijos departamento ataskaita"}],
            "response": [
                _answer("R2020-1", "PD", 2026, "pateikta", source="S1"),
                _answer("R2026-2", "PD", 2026, "pateikta"),
                # The prosecutors were asked, not the police.
                _answer("R2026-11", "PD", 2026, "pateikta"),
            ],
            "activity": [_activity(None, "LT-15", "lecture", 2, organiser="PD", source="S1")],
            "statistic": [_figure("persons_convicted", 2024, "mažiau kaip 5", source="S1")],
        },
    ),
    Delivery(
        "GP-2026",
        "GP",
        2026,
        {
            "response": [
                _answer("R2025-2", "GP", 2025, "pateikta"),
                _answer("R2026-11", "GP", 2026, "pateikta"),
            ]
        },
    ),
    Delivery(
        "NTB-2026",
        "NTB",
        2026,
        {"response": [_answer("R2026-6", "NTB", 2026, "pateikta", on_behalf_of="SAM")]},
    ),
    Delivery(
        "VRM-VERTINIMAI",
        "VRM",
        2026,
        {"assessment": [_judged("R2026-11", 2026, "neįgyvendinta")]},
    ),
)


def load(office: "Office") -> Path:
    """Send everything as institutions do; the database that comes of it."""
    paths = [
        office.workbook(each.code, sender=each.sender, year=each.year, **each.tables)
        for each in DELIVERIES
    ]
    outcomes = office.load(*paths, moment=MOMENT)
    assert all(outcome.accepted for outcome in outcomes), [
        (p.file, p.sheet, p.cell, p.code, p.message()) for o in outcomes for p in o.problems
    ]
    return office.target


# Known answers ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A recommendation in a reporting year, on both axes."""

    number: str
    state: str
    answered: int
    """Addressees that answered in full."""
    asked: int
    """Addressees to whom it applies."""
    assessment: str | None


REGISTER: Final[Mapping[int, Mapping[str, Standing]]] = {
    2025: {
        # SAM answered, as the report retells; PD gave nothing. Nobody judged it.
        "R2020-1": Standing("2020/1", "pateikta iš dalies", 1, 2, "dar neįvertinta"),
        "R2025-1": Standing("2025/1", "pateikta iš dalies", 0, 1, "iš dalies įgyvendinta"),
        "R2025-2": Standing("2025/2", "pateikta", 1, 1, "įgyvendinta"),
        # Its only addressee says that it does not apply.
        "R2025-10": Standing("2025/10", "netaikoma", 0, 0, None),
    },
    2026: {
        # A continuing duty counts in every open year: both answered, each in a delivery of its own.
        "R2020-1": Standing("2020/1", "pateikta", 2, 2, "įgyvendinta"),
        # Asked until 15 December; nobody answered, so nothing can be judged.
        "R2025-1": Standing("2025/1", "laukiama", 0, 1, "nevertinta – duomenų nepateikta"),
        # Parts a and b are answered and judged implemented, c does not apply to the one asked.
        "R2026-1": Standing("2026/1", "pateikta", 1, 1, "įgyvendinta"),
        # PD answered, the term of GP has passed; the judgement is a draft.
        "R2026-2": Standing("2026/2", "pateikta iš dalies", 1, 2, "dar neįvertinta"),
        # Of the three members of the group two answered, to the third it does not apply. What the
        # rapporteur says of SAM alone is no judgement of the whole.
        "R2026-3": Standing("2026/3", "pateikta", 2, 2, "iš dalies įgyvendinta"),
        # The report has results and nothing of the organisations that it asks.
        "R2026-4": Standing("2026/4", "neminima", 0, 1, "nebeaktuali"),
        "R2026-5": Standing("2026/5", "laukiama", 0, 1, "nevertinta – duomenų nepateikta"),
        # NTB answered for SAM, as the column Už says.
        "R2026-6": Standing("2026/6", "pateikta", 1, 1, "įgyvendinama"),
        "R2026-7": Standing("2026/7", "neprašyta", 0, 1, "pakeista nauja rekomendacija"),
        # Both municipalities say that it does not apply to them.
        "R2026-8": Standing("2026/8", "netaikoma", 0, 0, None),
        "R2026-9": Standing("2026/9", "nepateikta", 0, 1, "nevertinta – duomenų nepateikta"),
        # Part a is planned, part b is not judged: a plan goes before what is not judged.
        "R2026-10": Standing("2026/10", "pateikta", 1, 1, "planuojama įgyvendinti"),
        # Of two judgements of one key that of the delivery loaded later stands.
        "R2026-11": Standing("2026/11", "pateikta", 1, 1, "neįgyvendinta"),
        # SAM answered part a alone, to VRM it does not apply; b is not judged.
        "R2026-12": Standing("2026/12", "pateikta iš dalies", 0, 1, "iš dalies įgyvendinta"),
    },
}
"""Every recommendation that counts in a year, in the order of documents and numbers.

Three documents have a number 1, so all of theirs are told apart by their years.
"""

OF_SAM: Final[Mapping[str, tuple[str, str | None]]] = {
    "R2020-1": ("pateikta", "įgyvendinta"),
    "R2026-1": ("pateikta", "įgyvendinta"),
    # What is said of the institution goes before what is said in general.
    "R2026-3": ("pateikta", "neįgyvendinta"),
    "R2026-6": ("pateikta", "įgyvendinama"),
    "R2026-12": ("pateikta iš dalies", "iš dalies įgyvendinta"),
}
"""The recommendations of 2026 for one addressee alone: state and judgement."""

COVERAGE: Final[Mapping[int, Mapping[str, int]]] = {
    2025: {
        "recommendations": 4,
        "answered": 1,
        "answered_in_part": 2,
        "unanswered": 0,
        "not_applicable": 1,
        "implemented": 1,
        "partly_implemented": 1,
        "in_progress": 0,
        "planned": 0,
        "not_implemented": 0,
        "superseded": 0,
        "no_longer_relevant": 0,
        # R2020-1; R2025-10 applies to nobody and is not counted.
        "not_assessed": 1,
        "awaited": 0,
        "not_asked": 0,
        "implemented_at_least": 1,
        "implemented_at_most": 2,
        "to_judge": 3,
        "assessed": 2,
        "open_not_assessed": 1,
        "open_in_parts": 0,
        "open_unanswered": 0,
    },
    2026: {
        "recommendations": 14,
        "answered": 6,
        "answered_in_part": 2,
        # R2025-1, R2026-4, -5, -7 and -9.
        "unanswered": 5,
        "not_applicable": 1,
        "implemented": 2,
        "partly_implemented": 2,
        "in_progress": 1,
        "planned": 1,
        "not_implemented": 1,
        "superseded": 1,
        "no_longer_relevant": 1,
        # R2025-1, R2026-2, -5 and -9.
        "not_assessed": 4,
        "awaited": 2,
        "not_asked": 1,
        "implemented_at_least": 2,
        # Those two, the four that nobody judged, and R2026-12, of which part b is not judged.
        "implemented_at_most": 7,
        # All but R2026-8, which applies to nobody; nine of them are judged.
        "to_judge": 13,
        "assessed": 9,
        "open_not_assessed": 4,
        "open_in_parts": 1,
        # Nobody gave data on R2025-1, R2026-5 and R2026-9.
        "open_unanswered": 3,
    },
}

SUMMARY: Final[Mapping[str, tuple[int, int, int, int, int, int, int, int]]] = {
    # items, not applicable, not asked, in full, in part, silent, not mentioned, awaited
    "GP": (3, 0, 1, 1, 0, 1, 0, 0),  # R2026-2 silent, -7 not asked, -11
    "LT-15": (1, 1, 0, 0, 0, 0, 0, 0),
    "LT-57": (1, 1, 0, 0, 0, 0, 0, 0),
    "NVO": (1, 0, 0, 0, 0, 0, 1, 0),
    "PD": (4, 0, 0, 2, 0, 0, 0, 2),  # R2020-1, R2026-2, and both parts of -5 awaited
    "SADM": (2, 1, 0, 0, 0, 1, 0, 0),  # R2026-3 does not apply, -9 silent
    # R2020-1, parts a and b of R2026-1 and c that does not apply, -3, -6, and of -12 part a.
    "SAM": (8, 1, 1, 6, 0, 0, 0, 0),
    "VRM": (4, 1, 0, 2, 0, 0, 0, 1),  # R2026-3 and -10; -12 does not apply; R2025-1 awaited
}
"""What each addressee was asked in 2026; MIN stands for its members, NTB is no addressee."""

TERMS_OF_PD: Final[Mapping[str | None, datetime.date]] = {"a": day(11, 30), "b": day(12, 15)}
"""Until when PD is asked about the parts of R2026-5: part a as extended."""

PLACES: Final[Mapping[str, tuple[str, int | None, bool, bool]]] = {
    # 3 + more than 5 + 1 of the campaign + 1 of SAM.
    "LT-57": ("active", 10, True, False),
    # About 10 + 2 of the campaign, told twice + 2 of PD.
    "LT-15": ("active", 14, False, True),
    # Fewer than five took place: at least one did.
    "LT-03": ("active", 1, True, False),
    "LT-28": ("zero", 0, False, False),
    # „n. d.“ counts nothing.
    "LT-02": ("no_answer", None, False, False),
}
"""Activities of 2026: state, how many, whether at least, whether about. The other 55: no answer."""

UNPLACED: Final[Mapping[tuple[str, bool], int]] = {
    ("apskritis", False): 1,
    ("neįvardytos savivaldybės", False): 2,
    ("visa šalis", False): 4,
    # A total that is not itemised stands beside the others, never in a sum with them.
    ("visa šalis", True): 138,
}

# Of data/reference/municipality.csv, from the censuses of 2021 and 2025.
INHABITANTS_OF_VILNIUS: Final = {2021: 556_490, 2025: 607_667}
INHABITANTS: Final = {2021: 2_810_761, 2025: 2_890_664}

OPENED: Final[Mapping[int, tuple[int, str | None]]] = {
    2019: (12, None),
    2020: (10, None),
    # 2021: nobody tells. 2024: two sources, neither preferred. Both are gaps.
    2022: (8, None),
    2023: (20, None),
    2025: (16, "[p]"),
    2026: (14, None),  # preferred before 15
}
"""Investigations opened: the figure that is shown and its mark."""

VICTIMS: Final[Mapping[int, tuple[int | None, str | None]]] = {
    2018: (None, "[z]"),
    # 2019 is doubtful and never shown.
    2020: (24, None),
    2021: (20, "~"),
    2022: (15, None),
    2023: (None, "[k]"),
    2024: (None, "[n]"),
    2025: (30, "≥"),
    2026: (40, ">"),
}
