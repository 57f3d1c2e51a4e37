"""What a delivery may not say: every fault with its sheet, cell and code, all at once."""

import datetime
from typing import Any

import pytest

from rapporteur.delivery.loading import Outcome
from tests.conftest import DAY, Office, Row


def found(outcome: Outcome) -> list[tuple[str | None, str | None, str]]:
    return [(one.sheet, one.cell, one.code) for one in outcome.problems]


def test_cells_of_every_type_are_refused_at_their_address(office: Office) -> None:
    # Columns of Rodikliai: A year, B indicator, C sex, H territory, I value, M preferred.
    figures: list[Row] = [
        {"year": "pernai"},
        {"indicator": "aukos"},
        {"sex": "nežinoma", "value": "daug"},
        {"year": 2019, "territory": "Latvija"},
        {"year": 2018, "value": "–", "is_preferred": "gal"},
        {"year": None},
        {"year": 2017, "source": "NĖRA"},
        {"year": 2016},
    ]
    # Columns of Veiklos: B from, C to, D scope, E municipality, K kind, L forms, O count.
    activities: list[Row] = [
        {"date_from": "kažkada", "count": -1, "participants": 2.5},
        {"scope": "kaimas", "kind": None, "forms": "vergija; prostitution"},
        {"municipality": "Vilniu", "partners": "PD; XX"},
        {"organiser": "XX", "recommendation": "R?"},
        {},
    ]
    outcome = office.try_to_send(
        statistic=figures,
        activity=activities,
        result=[{"position": "pirma"}, {"text": "x" * 40_000}],
    )

    assert found(outcome) == [
        ("Rezultatai", "D2", "value-not-a-number"),
        ("Veiklos", "B2", "value-not-a-date"),
        ("Veiklos", "O2", "value-negative"),
        ("Veiklos", "P2", "value-not-an-integer"),
        ("Veiklos", "D3", "value-not-in-list"),
        ("Veiklos", "K3", "value-required"),
        ("Veiklos", "L3", "value-not-in-list"),
        ("Veiklos", "E4", "municipality-unknown"),
        ("Veiklos", "I4", "code-unknown"),
        ("Veiklos", "G5", "code-unknown"),
        ("Veiklos", "Q5", "code-unknown"),
        ("Rodikliai", "A2", "value-not-a-year"),
        ("Rodikliai", "B3", "value-not-in-list"),
        ("Rodikliai", "C4", "value-not-in-list"),
        ("Rodikliai", "I4", "value-not-a-number"),
        ("Rodikliai", "H5", "municipality-unknown"),
        ("Rodikliai", "I6", "value-ambiguous"),
        ("Rodikliai", "M6", "value-not-in-list"),
        ("Rodikliai", "A7", "value-required"),
        ("Rodikliai", "K8", "code-unknown"),
    ]
    assert office.files() == {}


def test_a_problem_says_what_stands_there_and_what_to_write(office: Office) -> None:
    outcome = office.try_to_send(statistic=[{"value": 1}, {"year": 2019, "value": "keli"}])

    [problem] = outcome.problems
    assert (problem.file, problem.sheet, problem.cell) == ("T-1.xlsx", "Rodikliai", "I3")
    assert problem.value == "keli"
    assert "“keli” is not a number" in problem.message()
    assert "n. d." in problem.message()


def test_a_text_longer_than_a_cell_can_hold(office: Office) -> None:
    office.send(response=[{}])
    path = office.folder / "Rezultatai.csv"
    path.write_text(
        f"Rekomendacija;Ataskaitiniai metai;Eilė;Tekstas\nR1;2020;1;{'x' * 32_768}\n",
        encoding="utf-8",
    )

    [outcome] = office.load(path, delivery="T-2", institution="VRM")

    assert found(outcome) == [("Rezultatai", "D2", "value-too-long")]


def test_one_problem_a_cell(office: Office) -> None:
    outcome = office.try_to_send(
        activity=[{"scope": "regionas", "municipality": "Latvija"}], statistic=[{"year": "2050"}]
    )

    assert found(outcome) == [
        ("Veiklos", "E2", "municipality-unknown"),
        ("Rodikliai", "A2", "value-not-a-year"),
    ]


def test_references_to_nothing(office: Office) -> None:
    outcome = office.try_to_send(
        institution=[{}, {"code": "NTB", "parent": "DINGO"}],
        document=[{}],
        recommendation=[{}, {"code": "R2", "document": "NE"}],
        recommendation_part=[{}],
        addressee=[{"institution": "XX"}, {"part": "a"}, {"part": "b"}, {"recommendation": "R?"}],
        response=[{"on_behalf_of": "XX"}, {"year": 2019, "part": "z"}],
        recommendation_link=[{"later": "R2"}],
        statistic=[{"registered_by": "XX", "conflict": "K9", "source": "S9"}],
    )

    assert set(found(outcome)) == {
        ("Institucijos", "G3", "code-unknown"),
        ("Rekomendacijos", "B3", "code-unknown"),
        ("Adresatai", "C2", "code-unknown"),
        ("Adresatai", "B4", "code-unknown"),
        ("Adresatai", "A5", "code-unknown"),
        ("Atsakymai", "D2", "code-unknown"),
        ("Atsakymai", "B3", "code-unknown"),
        ("Rodikliai", "G2", "code-unknown"),
        ("Rodikliai", "K2", "code-unknown"),
        ("Rodikliai", "O2", "code-unknown"),
    }


def test_references_ignore_form_and_are_stored_as_defined(office: Office) -> None:
    office.send(
        institution=[{}, {"code": "ŠMSM"}],
        recommendation=[{"code": "R-Č"}],
        addressee=[{"recommendation": "R-Č", "institution": " smsm "}],
        response=[{"recommendation": "R-Č", "institution": "Šmsm"}],
        activity=[{"organiser": "SMSM", "recommendation": "R-Č"}],
    )

    [row] = office.ask("implementation/answer_matrix")
    assert (row["institution"], row["state"]) == ("ŠMSM", "pateikta")


def test_a_municipality_is_an_institution_and_a_source_may_be_a_document(office: Office) -> None:
    office.send(
        document=[{}],
        activity=[{"organiser": "LT-57", "partners": "PD; lt-58", "source": "DOK"}],
        source=[{}],
        statistic=[{"source": "S1"}],
    )

    [activity] = office.ask("activities/list")
    assert activity["organiser"] == "Vilniaus miesto savivaldybė"
    assert activity["source_title"] == "Dokumentas"


@pytest.mark.parametrize(
    ("table", "rows", "cell"),
    [
        ("institution", [{}, {"code": "PD"}, {"name": "Kita"}], ("Institucijos", "A4")),
        ("recommendation", [{}, {"number": "9"}], ("Rekomendacijos", "A3")),
        ("recommendation_part", [{}, {"text": "Kita."}], ("Dalys", "A3")),
        ("addressee", [{}, {"role": "bendradarbiaujanti institucija"}, {}], ("Adresatai", "A4")),
        ("request", [{}, {"year": 2019}, {}], ("Prašymai", "A4")),
        ("response", [{}, {"year": 2019}, {"state": "nepateikta"}], ("Atsakymai", "A4")),
        ("result", [{}, {"position": 2}, {"text": "Kita."}], ("Rezultatai", "A4")),
        (
            "statistic",
            [{}, {"sex": "men"}, {"territory": "LT-57"}, {"value": 1}],
            ("Rodikliai", "A5"),
        ),
        ("source", [{}, {"title": "Kitas"}], ("Šaltiniai", "A3")),
    ],
)
def test_a_key_twice_is_a_problem_at_the_second_row(
    office: Office, table: str, rows: list[Row], cell: tuple[str, str]
) -> None:
    repeated: Any = {table: rows}
    outcome = office.try_to_send(**repeated)

    assert found(outcome) == [(*cell, "code-twice")]


def test_activities_may_be_alike(office: Office) -> None:
    office.send(activity=[{}, {}])

    assert len(office.ask("activities/list")) == 2


def test_a_code_that_another_delivery_defines(office: Office) -> None:
    office.send("T-1", response=[{}])
    path = office.grid(
        "b.xlsx",
        {
            "Pateikimas": [["Kodas", "Institucija"], ["T-2", "VRM"]],
            "Institucijos": [
                ["Kodas", "Pavadinimas", "Rūšis"],
                ["NAUJA", "Nauja", "agency"],
                ["PD", "Policija", "police"],
            ],
            "Dokumentai": [["Kodas", "Pavadinimas", "Rūšis"], ["DOK", "Kitas", "planas"]],
        },
    )

    [outcome] = office.load(path)

    assert found(outcome) == [
        ("Institucijos", "A3", "code-twice"),
        ("Dokumentai", "A2", "code-twice"),
    ]


def test_a_delivery_is_described_once(office: Office) -> None:
    path = office.grid(
        "a.xlsx",
        {
            "Pateikimas": [["Kodas", "Institucija"], ["T-1", "VRM"], ["T-2", "VRM"]],
            "Institucijos": [["Kodas", "Pavadinimas", "Rūšis"], ["VRM", "Ministerija", "ministry"]],
        },
    )

    [outcome] = office.load(path)

    assert found(outcome) == [("Pateikimas", "A3", "code-twice")]


# Rows that contradict themselves -------------------------------------------------------------

JUNE, JULY = datetime.date(2020, 6, 15), datetime.date(2020, 7, 15)


def test_activities_that_contradict_themselves(office: Office) -> None:
    outcome = office.try_to_send(
        activity=[
            {"scope": "regionas"},  # 2: a municipality is given
            {"scope": "visa šalis", "municipality": None},
            {"municipality": None},  # 4: needed
            {"date_from": JULY, "date_to": JUNE},  # 5: turned round
            {"date_from": JUNE, "date_to": JULY},
            {"date_from": JUNE, "date_to": JUNE},
            {"date_from": JUNE, "date_to": "2020-06"},  # the month ends later
            {"date_from": JUNE, "date_to": "2020"},  # so does the year
            {"date_from": "2020-07", "date_to": "2020-06"},  # 10
            {"date_from": "2020", "date_to": JUNE},
            {"date_from": "2021", "date_to": "2020"},  # 12
        ]
    )

    assert found(outcome) == [
        ("Veiklos", "E2", "row-contradiction"),
        ("Veiklos", "E4", "value-required"),
        ("Veiklos", "C5", "row-contradiction"),
        ("Veiklos", "C10", "row-contradiction"),
        ("Veiklos", "C12", "row-contradiction"),
    ]


def test_two_shown_figures_for_one_thing_in_one_delivery(office: Office) -> None:
    sources = [{"code": "S1"}, {"code": "S2"}]
    outcome = office.try_to_send(
        source=sources,
        statistic=[
            {"source": "S1", "is_preferred": "taip"},
            {"source": "S2", "is_preferred": "taip", "value": 25},
            {"source": "S2", "is_preferred": "taip", "sex": "men"},  # another thing
        ],
    )

    assert found(outcome) == [("Rodikliai", "M3", "row-contradiction")]


ASSESSED: list[tuple[str, list[Row], str, bool]] = [
    ("answered", [{}], "įgyvendinta", True),
    ("answered in part", [{"state": "pateikta iš dalies"}], "įgyvendinama", True),
    ("silent", [{"state": "nepateikta"}], "neįgyvendinta", False),
    ("no row at all", [], "planuojama įgyvendinti", False),
    ("no row at all, superseded", [], "pakeista nauja rekomendacija", True),
    ("silent, no longer relevant", [{"state": "nepateikta"}], "nebeaktuali", True),
    ("answered by a body that is no addressee", [{"institution": "GP"}], "įgyvendinta", False),
]


def test_a_judgement_where_nobody_answered_is_refused_at_the_assessment(
    office: Office,
) -> None:
    responses: list[Row] = []
    assessments: list[Row] = []
    addressees: list[Row] = []
    for number, (_, answers, assessment, _) in enumerate(ASSESSED, 1):
        code = {"recommendation": f"R{number}"}
        addressees.append(code)
        responses += [{**code, **answer} for answer in answers]
        assessments.append({**code, "assessment": assessment})

    outcome = office.try_to_send(addressee=addressees, response=responses, assessment=assessments)

    # Column E of Vertinimai is the assessment; data begin in row 2.
    wrong = [f"E{number}" for number, case in enumerate(ASSESSED, 2) if not case[3]]
    assert found(outcome) == [("Vertinimai", cell, "row-contradiction") for cell in wrong]
    assert office.files() == {}


def test_an_answer_may_not_be_taken_from_under_a_judgement(office: Office) -> None:
    office.send("T-1", addressee=[{}])
    office.send("T-2", response=[{}])
    office.send("T-3", assessment=[{}])
    before = office.files()

    outcome = office.try_to_send("T-2", response=[{"state": "nepateikta"}])

    [problem] = outcome.problems
    assert (problem.file, problem.sheet, problem.code) == (
        "T-3.xlsx",
        "Vertinimai",
        "row-contradiction",
    )
    assert office.files() == before


# Notices -------------------------------------------------------------------------------------


def test_a_requested_item_left_blank_is_no_answer(office: Office) -> None:
    outcome = office.send(
        addressee=[{}, {"institution": "PD"}],
        response=[{}, {"institution": "PD", "state": None, "entered_by": "P. P."}],
    )

    assert outcome.rows["response"] == 1
    assert [(n.sheet, n.cell, n.code) for n in outcome.notices] == [
        ("Atsakymai", "F3", "item-left-blank")
    ]

    words_without_state = office.try_to_send(response=[{"state": None, "text": "Vykdoma."}])
    assert found(words_without_state) == [("Atsakymai", "F2", "value-required")]


def test_an_activity_takes_the_year_of_its_delivery(office: Office) -> None:
    with_year = office.send("T-1", year=2019, activity=[{"year": None}, {"year": 2018}])
    without = office.send("T-2", activity=[{"year": None}])

    assert with_year.notices == []
    assert [(n.cell, n.code) for n in without.notices] == [("A2", "year-unknown")]
    assert [row["year"] for row in office.ask("activities/list")] == [2019, 2018, None]


def test_problems_are_counted_all_and_told_in_the_order_of_the_sheet(office: Office) -> None:
    rows = [{"year": 2000 + n % 20, "sex": f"s{n}"} for n in range(1_200)]

    outcome = office.try_to_send(statistic=rows)

    assert (len(outcome.problems), outcome.problem_count) == (1_000, 1_200)
    assert [p.cell for p in outcome.problems] == [f"C{n}" for n in range(2, 1_002)]


def test_nothing_is_written_after_any_problem(office: Office) -> None:
    office.send(result=[{}])
    before = office.files()

    outcome = office.try_to_send(result=[{"text": "Naujas."}, {"position": None}])

    assert not outcome.accepted
    assert outcome.version is None
    assert office.files() == before
    [row] = office.ask("implementation/results", as_of=DAY)
    assert row["text"] == "Rezultatas."
