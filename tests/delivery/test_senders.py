"""Who may say what: the office's sheets, answers in another's name, codes of others' deliveries."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest

from rapporteur.delivery import handing_back, versions
from rapporteur.delivery.declaration import SHEETS
from rapporteur.delivery.loading import Outcome
from rapporteur.delivery.problems import CONFIRMABLE
from rapporteur.delivery.senders import offices
from tests.conftest import DAY, DEFAULTS, MOMENT, Office, Row

CODES_ASKED = ("SAM", "PD", "GP")
CODES = ("sheet-of-office", "answer-of-another")
OFFICE_SHEETS = [sheet.table for sheet in SHEETS if sheet.is_of_office]
NTB_FOR_SAM = {"institution": "NTB", "on_behalf_of": "SAM"}


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """VRM sent the recommendations; nothing more is written to it."""
    office = Office(tmp_path_factory.mktemp("ministry"))
    office.send(
        "REK",
        addressee=[{"institution": "SAM"}, {"institution": "PD"}],
        recommendation_part=[{"recommendation": "R2"}],
        recommendation=[{}, {"code": "R2", "number": "2"}],
        response=[{"institution": "SAM"}],
    )
    return office


def check(office: Office, sender: str, confirm: tuple[str, ...] = (), **tables: Any) -> Outcome:
    path = office.workbook("T-2", sender=sender, **tables)
    [outcome] = office.load(path, confirm=confirm, write=False)
    return outcome


def check_each(
    office: Office, cases: Sequence[tuple[str, dict[str, Any]]]
) -> list[list[tuple[str | None, str | None, str]]]:
    """What is told of each of these deliveries, (sender, tables), looked at in one go."""
    paths = [
        office.workbook(f"T-{number}", sender=sender, **tables)
        for number, (sender, tables) in enumerate(cases)
    ]
    return [told(outcome) for outcome in office.load(*paths, write=False)]


def told(outcome: Outcome) -> list[tuple[str | None, str | None, str]]:
    return [(one.sheet, one.cell, one.code) for one in outcome.problems]


def test_the_declaration_is_the_contract() -> None:
    assert OFFICE_SHEETS == [
        "institution",
        "institution_group",
        "document",
        "recommendation",
        "recommendation_part",
        "addressee",
        "request",
        "result",
        "assessment",
        "recommendation_link",
        "conflict",
    ]
    assert set(CODES) <= set(CONFIRMABLE)


# Rows that refer to nothing but what the office defined.
NEW: dict[str, Row] = {
    "institution": {"code": "NVO", "kind": "group"},
    "document": {"code": "D-9"},
    "recommendation": {"code": "R9", "number": "9"},
    "recommendation_part": {"part": "z"},
    "recommendation_link": {"later": "R2", "earlier": "R1"},
}


def test_every_sheet_of_the_office_is_refused_and_every_other_is_not(ministry: Office) -> None:
    rows: dict[str, Any] = {
        table: [{**default, **NEW.get(table, {})}]
        for table, default in DEFAULTS.items()
        if table != "delivery"
    }
    rows["response"] = [{"institution": "SAM"}]

    outcome = check(ministry, "SAM", **rows)
    confirmed = check(ministry, "SAM", ("sheet-of-office",), **rows)
    own = check(ministry, "VRM", **{**rows, "response": [{"institution": "PD"}]})

    assert told(outcome) == [
        (sheet.name, "A2", "sheet-of-office") for sheet in SHEETS if sheet.is_of_office
    ]
    assert (confirmed.accepted, own.accepted) == (True, True), told(own)


OF_ANOTHER = [("Atsakymai", "C2", "answer-of-another")]
OF_OFFICE = [("Atsakymai", "F2", "sheet-of-office")]
ANSWERS: list[tuple[str, Row, list[Any]]] = [
    ("SAM", {"institution": "SAM"}, []),
    ("NTB", NTB_FOR_SAM, []),
    ("SAM", {"institution": "sam"}, []),
    ("VRM", {"institution": "SAM"}, []),
    ("SAM", {"institution": "PD"}, OF_ANOTHER),
    ("SAM", {"institution": "NTB"}, OF_ANOTHER),
    ("NTB", {"institution": "SAM"}, OF_ANOTHER),
    ("NTB", {"institution": "SAM", "on_behalf_of": "NTB"}, OF_ANOTHER),
    # A member is not its group, and an association is not its municipalities.
    ("SAM", {"institution": "MIN"}, OF_ANOTHER),
    ("LT-57", {"institution": "SAV"}, OF_ANOTHER),
    ("LT-57", {"institution": "LT-15"}, OF_ANOTHER),
    ("LT-57", {"institution": "LT-57"}, []),
    # Whether it was asked does not follow from its own words.
    ("SAM", {"institution": "SAM", "state": "neminima"}, OF_OFFICE),
    ("SAM", {"institution": "SAM", "state": "laukiama"}, OF_OFFICE),
    ("SAM", {"institution": "SAM", "state": "neprašyta"}, OF_OFFICE),
    ("SAM", {"institution": "SAM", "state": "netaikoma"}, []),
]


def test_an_answer_is_of_the_sender_or_of_whom_it_answers_for(ministry: Office) -> None:
    found = check_each(ministry, [(sender, {"response": [row]}) for sender, row, _ in ANSWERS])

    assert found == [expected for _, _, expected in ANSWERS]


ELSEWHERE = "LT-15"
PLACES: list[tuple[str, dict[str, list[Row]], str | None]] = [
    ("LT-57", {"activity": [{}]}, None),
    ("LT-57", {"activity": [{"municipality": ELSEWHERE}]}, "E2"),
    ("LT-57", {"activity": [{"municipality": ELSEWHERE, "organiser": "LT-57"}]}, None),
    ("LT-57", {"activity": [{"municipality": ELSEWHERE, "partners": "PD; LT-57"}]}, None),
    ("LT-57", {"activity": [{"scope": "visa šalis", "municipality": None}]}, None),
    ("PD", {"activity": [{}, {"municipality": ELSEWHERE}]}, None),
    ("LT-57", {"coordination": [{}]}, None),
    ("LT-57", {"coordination": [{"municipality": ELSEWHERE}]}, "A2"),
    ("PD", {"coordination": [{"municipality": ELSEWHERE}]}, None),
    ("PD", {"statistic": [{"registered_by": "GP"}], "source": [{}]}, None),
]


def test_a_municipality_tells_of_itself(ministry: Office) -> None:
    found = check_each(ministry, [(sender, tables) for sender, tables, _ in PLACES])

    assert [[(cell, code) for _, cell, code in one] for one in found] == [
        [(cell, "answer-of-another")] if cell else [] for _, _, cell in PLACES
    ]


def test_each_is_confirmed_by_its_own_code(ministry: Office) -> None:
    rows = {"assessment": [{}, {"institution": "SAM"}], "response": [{"institution": "PD"}]}

    found = {
        confirm: [one.code for one in check(ministry, "SAM", confirm, **rows).problems]
        for confirm in [(), CODES[:1], CODES[1:], CODES, ("would-remove",)]
    }

    both = ["answer-of-another", "sheet-of-office", "sheet-of-office"]
    assert found == {
        (): both,
        CODES[:1]: ["answer-of-another"],
        CODES[1:]: ["sheet-of-office", "sheet-of-office"],
        CODES: [],
        ("would-remove",): both,
    }


def test_what_is_wrong_with_a_cell_is_told_before_whose_it_is(ministry: Office) -> None:
    outcome = check(ministry, "SAM", assessment=[{"recommendation": "R?"}, {}])

    assert told(outcome) == [
        ("Vertinimai", "A2", "code-unknown"),
        ("Vertinimai", "A3", "sheet-of-office"),
    ]


# What was confirmed --------------------------------------------------------------------------


def test_what_was_confirmed_is_not_asked_about_while_it_stays(office: Office) -> None:
    office.send("REK", addressee=[{"institution": "SAM"}], response=[{"institution": "SAM"}])
    rows: dict[str, Any] = {
        "sender": "SAM",
        "assessment": [{"assessment": "įgyvendinama"}],
        "response": [{"institution": "PD", "text": "Padaryta."}],
    }
    assert office.send("SAM-2020", confirm=CODES, **rows).accepted

    path = office.folder / "atgal.xlsx"
    path.write_bytes(handing_back.workbook(office.target, "SAM-2020", DAY))
    [same] = office.load(path)
    more = office.workbook("SAM-2020", **{**rows, "activity": [{}]})
    [added] = office.load(more, write=False)
    changed = {**rows, "response": [{"institution": "PD", "text": "Padaryta daugiau."}]}
    [put_otherwise] = office.load(office.workbook("SAM-2020", **changed), write=False)

    assert same.unchanged
    assert added.accepted, told(added)
    assert told(put_otherwise) == [("Atsakymai", "C2", "answer-of-another")]


# Who is the office ---------------------------------------------------------------------------

A, B, TM = ("REK", "VRM"), ("REK-B", "LGGA"), ("TM-2026", "TM")


@pytest.mark.parametrize(
    ("current", "ever", "now", "expected"),
    [
        ([], [], [], set()),
        ([], [], [A], {"VRM"}),
        ([], [], [A, TM], {"VRM"}),
        ([], [], [A, B], {"VRM", "LGGA"}),
        ([], [], [TM], {"TM"}),
        ([A], [A], [B], {"VRM"}),
        ([A, B], [A, B], [], {"VRM", "LGGA"}),
        # A recommendation let in among a ministry's answers makes it no office.
        ([A, TM], [A, TM], [], {"VRM"}),
        # Withdrawn, they are still the office's.
        ([], [A], [B], {"VRM"}),
        ([TM], [A, TM], [B], {"VRM"}),
        ([("VRM-2020", "VRM")], [("VRM-2020", "VRM")], [B], {"VRM"}),
    ],
)
def test_the_office_is_who_sent_the_recommendations(
    current: list[Any], ever: list[Any], now: list[Any], expected: set[str]
) -> None:
    assert offices(current, ever, now) == expected


def test_who_brings_the_first_recommendations_is_the_office(office: Office) -> None:
    """Several deliveries at once, into a database that holds nothing."""
    first = office.workbook("REK", addressee=[{"institution": "SAM"}])
    second = office.workbook("T-2", sender="SAM", request=[{"institution": "SAM"}])

    of_office, of_sender = office.load(second, first)[::-1]

    assert (told(of_office), told(of_sender)) == ([], [("Prašymai", "A2", "sheet-of-office")])
    assert not office.target.exists() or not office.ask("overview/deliveries")


def test_before_there_are_recommendations_anybody_may_begin(office: Office) -> None:
    office.send("A-1", sender="PD", statistic=[{}])

    assert office.try_to_send("B-1", sender="GP", conflict=[{}]).accepted
    assert office.try_to_send("C-1", sender="VRM", addressee=[{}]).accepted
    refused = office.try_to_send("A-1", sender="PD", statistic=[{}], conflict=[{"code": "K2"}])
    assert [one.code for one in refused.problems] == ["sheet-of-office"] * len(refused.problems)
    assert refused.problems


def test_a_withdrawn_office_is_still_the_office(office: Office) -> None:
    office.send("INST", statistic=[{}])
    office.send("REK", recommendation=[{}])
    versions.withdraw(office.target, "REK", moment=MOMENT, actor="a")
    other = [{"code": "R7", "document": "D-7"}]

    refused = office.try_to_send(
        "TM-REK", sender="PD", recommendation=other, document=[{"code": "D-7"}]
    )
    again = office.try_to_send("REK", recommendation=[{}])

    assert {one.code for one in refused.problems} == {"sheet-of-office"}
    assert again.accepted, told(again)


# Whose delivery it is ------------------------------------------------------------------------


def test_a_request_is_answered_by_whom_it_was_sent_to(ministry: Office) -> None:
    cases = [
        ("PD-2020", "PD", []),
        ("GP-2020", "SAM", ["delivery-of-another"]),
        ("SAM-2020", "VRM", []),
        ("LT-57-2020", "LT-15", ["delivery-of-another"]),
        ("LT-15-2020", "LT-15", []),
        ("KITA-2020", "SAM", []),
        ("REK", "SAM", ["delivery-of-another", "would-remove"]),
    ]
    paths = [
        ministry.workbook(code, sender=sender, source=[{"code": "S1"}]) for code, sender, _ in cases
    ]

    found = [ministry.load(path, write=False)[0] for path in paths]

    assert [[one.code for one in outcome.problems] for outcome in found] == [
        expected for _, _, expected in cases
    ]


def test_a_withdrawn_delivery_stays_whose_it_was(office: Office) -> None:
    office.send("REK", addressee=[{}])
    office.send("T-9", sender="PD", activity=[{}])
    versions.withdraw(
        office.target, "T-9", moment=MOMENT + datetime.timedelta(minutes=1), actor="a"
    )

    outcome = office.try_to_send("T-9", sender="SAM", activity=[{}])

    assert [one.code for one in outcome.problems] == ["delivery-of-another"]


def test_who_was_asked_and_sends_no_answer_is_told_of_it(ministry: Office) -> None:
    """Nothing is refused: an official who only fills in activities loads them all the same."""
    activity = [{"scope": "visa šalis", "municipality": None}]
    paths = [
        # Asked about R1: SAM answered it, PD did not; GP is asked nothing.
        *(
            ministry.workbook(f"{code}-2020", sender=code, activity=activity)
            for code in CODES_ASKED
        ),
        ministry.workbook("T-7", sender="PD", year=2020, activity=activity),
        ministry.workbook("T-8", sender="PD", activity=activity),
        ministry.workbook("T-9", sender="PD", year=2020, response=[{"institution": "PD"}]),
    ]

    outcomes = ministry.load(*paths, write=False)

    assert all(outcome.accepted for outcome in outcomes)
    noticed = [[one.code for one in outcome.notices] for outcome in outcomes]
    assert noticed == [[], ["answers-none"], [], ["answers-none"], [], []]
    assert outcomes[1].notices[0].values == {"institution": "PD", "year": 2020, "count": 1}
