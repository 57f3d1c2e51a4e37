"""A second year from the template to the Word report: every state and count as counted by hand.

What is expected is written out from the rows of tests/second_year.py and the rules of the data
contract; none of it was taken from a program's answer. The shipped first year stays beneath it.
"""

import datetime
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from rapporteur import settings
from rapporteur.delivery import loading, requesting, template
from rapporteur.delivery.loading import Outcome
from rapporteur.documents import report
from tests import second_year as year
from tests.conftest import Office
from tests.pages.conftest import Open, words
from tests.second_year import DAY, MOMENT
from tests.test_commands import Command

GIVEN, IN_PART, SILENT = "pateikta", "pateikta iš dalies", "nepateikta"
AWAITED, NOT_ASKED, OUTSIDE = "laukiama", "neprašyta", "netaikoma"


class SecondYear:
    """The office on 28 November 2026, and what became of each file on its way there."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        self.office = Office(folder)
        self.office.target = self.office.target.with_name(shipped.name)
        self.office.target.parent.mkdir(parents=True)
        for path in shipped.parent.iterdir():
            if path.suffix != ".lock":
                shutil.copy(path, self.office.target.parent / path.name)
        self.folder = folder
        self.outcomes: dict[str, Outcome] = {}
        self.before: list[dict[str, Any]] = []
        blank = template.workbook()
        self._year(blank)
        self.asked = self._requests()
        self._sloppy()
        self._mended()
        self._judged(blank)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.xlsx"

    def _send(self, *paths: Path, write: bool = True, **given: Any) -> list[Outcome]:
        return self.office.load(*paths, moment=MOMENT, write=write, **given)

    def _check(self, name: str, path: Path, **given: Any) -> None:
        [self.outcomes[name]] = self._send(path, write=False, **given)

    def _load(self, *paths: Path, **given: Any) -> None:
        for outcome in self._send(*paths, **given):
            assert outcome.accepted, [(p.sheet, p.cell, p.code) for p in outcome.problems]
            self.outcomes[str(outcome.delivery)] = outcome

    def _year(self, blank: bytes) -> None:
        self._check("year", year.year_workbook(blank, self._path("metai-klaidos"), faulty=True))
        self._load(year.year_workbook(blank, self._path("metai")))
        self.before = self.office.ask("recommendations/register", year=2026, as_of=DAY)

    def _requests(self) -> Mapping[str, bytes]:
        content = requesting.batch(self.office.target, 2026, as_of=DAY)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {Path(name).stem: archive.read(name) for name in archive.namelist()}

    def _sloppy(self) -> None:
        ask = self.asked
        self._check("SAM", year.sam(ask["SAM-2026"], self._path("sam"), stage="sloppy"))
        self._check("SAM flagged", year.sam(ask["SAM-2026"], self._path("sam-2"), stage="flagged"))
        self._check("PD", year.police(ask["PD-2026"], self._path("pd"), mended=False))
        of_uzt = {"delivery": "UŽT-2026", "institution": "UŽT"}
        for stage in ("sloppy", "renamed"):
            path = year.employment_service(self._path(f"užt-{stage}"), stage=stage)
            self._check(f"UŽT {stage}", path, **of_uzt)
        self._check("LT-57", year.vilnius(ask["LT-57-2026"], self._path("lt57"), mended=False))
        self._check("TM", year.justice(ask["TM-2026"], self._path("tm"), mended=False))
        self._check("MD", year.migration(ask["MD-2026"], self._path("md"), mended=False))

    def _mended(self) -> None:
        ask, path = self.asked, self._path
        self._load(
            year.sam(ask["SAM-2026"], path("SAM"), stage="mended"),
            year.smsm(ask["ŠMSM-2026"], path("ŠMSM")),
            year.police(ask["PD-2026"], path("PD"), mended=True),
            year.vilnius(ask["LT-57-2026"], path("LT-57"), mended=True),
            year.justice(ask["TM-2026"], path("TM"), mended=True),
            year.migration(ask["MD-2026"], path("MD"), mended=True),
        )
        mended = year.employment_service(path("UŽT"), stage="mended")
        self._load(mended, delivery="UŽT-2026", institution="UŽT")
        self._load(year.prosecutor(self.folder), delivery="GP-2026", institution="GP")

    def _judged(self, blank: bytes) -> None:
        unsupported = year.judgements(blank, self._path("vert-1"), source_of_c=None)
        self._check("judgement", unsupported)
        source = "https://vdi.lrv.lt"
        self._load(year.judgements(blank, self._path("vert-2"), source_of_c=source))

    def ask(self, question: str, *, as_of: datetime.date = DAY, **asked: Any) -> Any:
        return self.office.ask(question, as_of=as_of, **asked)

    def report(self, *, as_of: datetime.date = DAY, options: tuple[str, ...] = ()) -> Any:
        warehouse = loading.open_renewed(self.office.target)
        try:
            content = report.report(warehouse, 2026, as_of=as_of, options=options)
        finally:
            warehouse.close()
        return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def second(
    tmp_path_factory: pytest.TempPathFactory, shipped_database: Path
) -> Iterator[SecondYear]:
    made = SecondYear(tmp_path_factory.mktemp("second-year"), shipped_database)
    yield made
    made.office.close()


def problems(outcome: Outcome) -> set[tuple[str | None, str | None, str]]:
    return {(one.sheet, one.cell, one.code) for one in outcome.problems}


# What is sent --------------------------------------------------------------------------------

# One unknown code makes the four rows that refer to it unknown, too.
FAULTS_OF_THE_YEAR = {
    ("Rekomendacijos", "K3", "value-not-a-date"),
    ("Rekomendacijos", "J4", "value-not-in-list"),
    ("Rekomendacijos", "I5", "value-not-in-list"),
    ("Rekomendacijos", "K8", "value-not-a-date"),
    ("Rekomendacijos", "E9", "value-required"),
    ("Rekomendacijos", "K11", "value-not-a-date"),
    ("Rekomendacijos", "A12", "code-twice"),
    ("Adresatai", "C3", "code-unknown"),
    ("Adresatai", "C5", "code-unknown"),
    ("Adresatai", "C7", "code-unknown"),
    ("Adresatai", "D10", "value-not-in-list"),
    ("Adresatai", "C16", "code-unknown"),
    ("Adresatai", "A23", "code-unknown"),
    ("Adresatai", "A24", "code-unknown"),
    ("Prašymai", "G3", "value-not-a-date"),
    ("Prašymai", "G5", "value-required"),
    ("Prašymai", "G7", "row-contradiction"),
    ("Prašymai", "A22", "code-unknown"),
    ("Prašymai", "A23", "code-unknown"),
}


def test_every_fault_of_the_office_s_workbook_is_reported_at_its_cell(second: SecondYear) -> None:
    """What is written in another form is read: “2026 m.”, the number 5, UZT, days in words."""
    assert problems(second.outcomes["year"]) == FAULTS_OF_THE_YEAR


def test_the_office_s_workbook_loads_whole(second: SecondYear) -> None:
    rows = second.outcomes["VRM-REKOMENDACIJOS-2026"].rows

    assert {table: count for table, count in rows.items() if count} == {
        "institution": 1,
        "institution_group": 5,
        "document": 1,
        "recommendation": 10,
        "recommendation_part": 5,
        "addressee": 22,
        "request": 26,
        "recommendation_link": 3,
    }


def test_each_institution_that_was_asked_gets_a_workbook(second: SecondYear) -> None:
    """Eighteen: twelve bodies and three municipalities, and the members that are not among them."""
    assert set(second.asked) == {f"{code}-2026" for code in year.TERMS} | {"SĄRAŠAS"}


SLOPPY = {
    "SAM": {
        ("Veiklos", "O3", "value-not-a-number"),
        ("Veiklos", "B4", "value-not-a-date"),
        ("Veiklos", "K4", "value-not-in-list"),
        ("Veiklos", "O4", "value-ambiguous"),
        ("Veiklos", "D5", "value-required"),
        ("Veiklos", "L5", "value-not-in-list"),
        ("Veiklos", "O5", "value-not-a-number"),
        ("Veiklos", "O6", "value-not-a-number"),
        ("Veiklos", "P6", "value-not-a-number"),
        ("Veiklos", "U6", "personal-data"),
    },
    "PD": {
        ("Atsakymai", "F3", "value-not-in-list"),
        ("Atsakymai", "F4", "value-not-in-list"),
        ("Rodikliai", "I3", "value-not-a-number"),
        ("Rodikliai", "B5", "value-not-in-list"),
        ("Rodikliai", "I6", "value-ambiguous"),
        ("Rodikliai", "D7", "value-not-in-list"),
        ("Rodikliai", "J7", "value-not-in-list"),
        ("Rodikliai", "I9", "value-not-a-number"),
    },
    "UŽT renamed": {
        ("Atsakymai", "B5", "code-unknown"),
        ("Atsakymai", "B6", "code-unknown"),
    },
    "LT-57": {
        ("Atsakymai", "F3", "value-not-in-list"),
        ("Atsakymai", "G3", "personal-data"),
        ("Veiklos", "M3", "value-not-in-list"),
        ("Koordinavimas", "B3", "value-not-in-list"),
        ("Koordinavimas", "D3", "value-not-a-date"),
    },
}


@pytest.mark.parametrize("name", SLOPPY)
def test_what_is_sloppy_is_reported_at_its_cell(second: SecondYear, name: str) -> None:
    assert SLOPPY[name] <= problems(second.outcomes[name])
    assert not second.outcomes[name].accepted


@pytest.mark.parametrize(
    ("name", "sheet", "code"),
    [
        ("SAM", "Atsakymai (SAM)", "sheet-like-known"),
        ("SAM flagged", "Atsakymai (SAM)", "sheet-like-known"),
        ("UŽT sloppy", "Lapas1", "sheet-like-known"),
        ("TM", "Vertinimai", "sheet-of-office"),
        ("MD", "Prašymai", "sheet-of-office"),
        ("MD", "Atsakymai", "answer-of-another"),
        ("judgement", "Vertinimai", "row-contradiction"),
    ],
)
def test_what_may_not_pass_unseen_is_refused(
    second: SecondYear, name: str, sheet: str, code: str
) -> None:
    found = {(one.sheet, one.code) for one in second.outcomes[name].problems}

    assert (sheet, code) in found
    assert not second.outcomes[name].accepted


def test_what_is_left_out_or_filled_in_is_noticed(second: SecondYear) -> None:
    def noticed(delivery: str) -> Counter[tuple[str | None, str]]:
        return Counter((one.sheet, one.code) for one in second.outcomes[delivery].notices)

    ministry = noticed("SAM-2026")
    assert ministry["Atsakymai", "item-left-blank"] == 1
    assert ministry["Atsakymai", "column-unknown"] == 1
    assert ministry["Veiklos", "total-row-skipped"] == 1
    # One answer stands for two items, by two merged cells.
    assert noticed("ŠMSM-2026")["Atsakymai", "merged-filled"] == 2


# Axis A --------------------------------------------------------------------------------------

# Asked by letter of 1 October: whose term passed on 2 November without an answer is silent, whose
# term is in December is awaited. No letter of 2026 asks for the lasting recommendations of 2020.
STATES = {
    ("R2020-1", None, "INST"): NOT_ASKED,
    ("R2020-1", None, "MIN"): NOT_ASKED,
    ("R2020-4", None, "SAM"): GIVEN,
    ("R2020-7", None, "GP"): NOT_ASKED,
    ("R2020-7", None, "NTA"): NOT_ASKED,
    ("R2020-7", None, "PD"): GIVEN,
    ("R2026-1", None, "SAM"): IN_PART,
    ("R2026-1", "a", "SAM"): IN_PART,
    ("R2026-1", "b", "SAM"): GIVEN,
    ("R2026-2", None, "ŠMSM"): GIVEN,
    ("R2026-2", None, "NŠA"): AWAITED,
    ("R2026-3", None, "PD"): GIVEN,
    ("R2026-3", None, "GP"): GIVEN,
    ("R2026-3", None, "NTA"): SILENT,
    ("R2026-4", None, "VRM"): SILENT,
    ("R2026-4", None, "SADM"): SILENT,
    ("R2026-4", None, "SAM"): SILENT,
    ("R2026-4", None, "ŠMSM"): GIVEN,
    ("R2026-4", None, "TM"): GIVEN,
    ("R2026-5", "a", "VDI"): SILENT,
    ("R2026-5", "a", "UŽT"): OUTSIDE,
    ("R2026-5", "b", "UŽT"): GIVEN,
    ("R2026-5", "c", "VDI"): SILENT,
    ("R2026-6", None, "LSA"): AWAITED,
    ("R2026-6", None, "LT-57"): GIVEN,
    ("R2026-6", None, "LT-15"): SILENT,
    ("R2026-6", None, "LT-28"): AWAITED,
    ("R2026-7", None, "MD"): GIVEN,
    ("R2026-8", None, "CARITAS"): AWAITED,
    ("R2026-8", None, "KOPŽI"): SILENT,
    ("R2026-9", None, "TM"): GIVEN,
    ("R2026-10", None, "VRM"): SILENT,
    ("R2026-10", None, "GP"): IN_PART,
}


def test_every_addressee_is_in_the_state_counted_by_hand(second: SecondYear) -> None:
    rows = second.ask("implementation/answer_matrix", year=2026)

    found = {
        (row["recommendation"], row["part"], row["institution"]): row["state"]
        for row in rows
        if row["is_addressee"]
    }
    assert found == STATES
    # Who only co-operates was not asked and said nothing.
    others = {
        (row["recommendation"], row["institution"]) for row in rows if not row["is_addressee"]
    }
    assert ("R2026-1", "NVO") in others
    assert {row["state"] for row in rows if not row["is_addressee"]} == {None}


def test_terms_are_those_in_force(second: SecondYear) -> None:
    rows = second.ask("implementation/answer_matrix", year=2026)

    awaited = {row["institution"]: row["due_on"] for row in rows if row["state"] == AWAITED}
    assert awaited == {
        "NŠA": datetime.date(2026, 12, 15),
        "LSA": datetime.date(2026, 12, 15),
        "LT-28": datetime.date(2026, 12, 1),
        "CARITAS": datetime.date(2026, 12, 1),
    }


# Number, state, addressees with everything given / to whom it applies / silent, and axis B.
REGISTER = {
    "R2020-1": ("2020/1", NOT_ASKED, 0, 2, 0, "nevertinta – duomenų nepateikta"),
    "R2020-4": ("2020/4", GIVEN, 1, 1, 0, "dar neįvertinta"),
    "R2020-7": ("2020/7", IN_PART, 1, 3, 0, "dar neįvertinta"),
    "R2026-1": ("2026/1", IN_PART, 0, 1, 0, "dar neįvertinta"),
    "R2026-2": ("2026/2", IN_PART, 1, 2, 0, "dar neįvertinta"),
    "R2026-3": ("2026/3", IN_PART, 2, 3, 1, "dar neįvertinta"),
    "R2026-4": ("2026/4", IN_PART, 2, 5, 3, "dar neįvertinta"),
    # Part a does not apply to the one of its two addressees that answered on b.
    "R2026-5": ("2026/5", IN_PART, 1, 2, 1, "iš dalies įgyvendinta"),
    "R2026-6": ("2026/6", IN_PART, 1, 4, 1, "dar neįvertinta"),
    "R2026-7": ("2026/7", GIVEN, 1, 1, 0, "dar neįvertinta"),
    "R2026-8": ("2026/8", AWAITED, 0, 2, 1, "nevertinta – duomenų nepateikta"),
    "R2026-9": ("2026/9", GIVEN, 1, 1, 0, "dar neįvertinta"),
    "R2026-10": ("2026/10", IN_PART, 0, 2, 1, "dar neįvertinta"),
}


def test_the_register_of_the_year_is_as_counted_by_hand(second: SecondYear) -> None:
    rows = second.ask("recommendations/register", year=2026)

    columns = (
        "shown_number",
        "state",
        "answered_addressees",
        "asked_addressees",
        "silent_addressees",
    )
    found = {
        row["recommendation"]: (*(row[column] for column in columns), row["assessment"])
        for row in rows
    }
    assert found == REGISTER
    # The order of reading: by year, and 2 before 10.
    assert list(found) == list(REGISTER)
    assert not any(row["is_silent"] for row in rows)


def test_before_any_answer_silence_is_told_of_who_let_its_term_pass(second: SecondYear) -> None:
    found = {row["recommendation"]: (row["state"], row["is_silent"]) for row in second.before}

    silent, awaited, not_asked = (SILENT, True), (AWAITED, False), (NOT_ASKED, False)
    assert found == {
        "R2020-1": not_asked,
        "R2020-4": not_asked,
        "R2020-7": not_asked,
        "R2026-1": silent,
        "R2026-2": awaited,
        "R2026-3": silent,
        "R2026-4": awaited,
        "R2026-5": silent,
        "R2026-6": awaited,
        "R2026-7": silent,
        "R2026-8": awaited,
        "R2026-9": silent,
        "R2026-10": silent,
    }


# Counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        # Ten made in 2026 and the three of 2020 that last; of these judged: R2026-5 alone, and
        # what is judged not implemented in a part cannot become implemented.
        (
            {"year": 2026},
            {
                "recommendations": 13,
                "answered": 3,
                "answered_in_part": 8,
                "unanswered": 2,
                "not_applicable": 0,
                "awaited": 1,
                "not_asked": 1,
                "partly_implemented": 1,
                "not_assessed": 12,
                "implemented_at_least": 0,
                "implemented_at_most": 12,
            },
        ),
        (
            {"year": 2020},
            {
                "recommendations": 7,
                "answered": 1,
                "answered_in_part": 3,
                "unanswered": 3,
                "not_assessed": 7,
                "implemented_at_most": 7,
            },
        ),
        # R2020-4 in full, R2026-1 in part, R2026-4 not at all.
        (
            {"year": 2026, "institution": "SAM"},
            {
                "recommendations": 3,
                "answered": 1,
                "answered_in_part": 1,
                "unanswered": 1,
                "awaited": 0,
                "not_asked": 0,
            },
        ),
        (
            {"year": 2026, "institution": "NŠA"},
            {"recommendations": 1, "unanswered": 1, "awaited": 1},
        ),
        # R2026-1, 7, 8 and 9; those of the theme made in 2020 do not last.
        (
            {"year": 2026, "theme": "victim_assistance"},
            {
                "recommendations": 4,
                "answered": 2,
                "answered_in_part": 1,
                "unanswered": 1,
                "awaited": 1,
            },
        ),
    ],
)
def test_coverage_is_as_counted_by_hand(
    second: SecondYear, asked: dict[str, Any], counts: dict[str, int]
) -> None:
    [row] = second.ask("implementation/coverage", **asked)

    assert {name: row[name] for name in counts} == counts


def test_items_that_got_data_are_as_counted_by_hand(second: SecondYear) -> None:
    """27 items apply and were asked: the states above, of R2026-1 its parts and not the whole."""
    rows = second.ask("implementation/response_rate", year=2026)

    [total] = [row for row in rows if row["institution_kind"] is None]
    names = ("asked", "answered", "answered_in_part", "silent", "not_mentioned", "awaited")
    assert tuple(total[name] for name in names) == (27, 12, 2, 9, 0, 4)
    assert (total["with_data_at_least"], total["with_data_at_most"]) == (14, 18)


def test_twenty_addressees_are_told_and_those_who_owe_are_named(second: SecondYear) -> None:
    summary = {row["institution"]: row for row in second.ask("institutions/summary", year=2026)}

    assert len(summary) == 20
    names = ("items", "answered", "answered_in_part", "silent", "awaited", "not_asked")
    assert tuple(summary["SAM"][name] for name in names) == (4, 2, 1, 1, 0, 0)
    assert tuple(summary["GP"][name] for name in names) == (3, 1, 1, 0, 0, 1)
    assert tuple(summary["VDI"][name] for name in names) == (2, 0, 0, 2, 0, 0)


def test_each_request_stands_as_its_term_and_its_answer_say(second: SecondYear) -> None:
    rows = second.ask("institutions/requests", year=2026)

    standing = Counter(row["standing"] for row in rows)
    assert standing == {"answered": 13, "awaited": 4, "overdue": 9}
    overdue = {
        (row["institution"], row["recommendation"], row["part"])
        for row in rows
        if row["standing"] == "overdue"
    }
    assert overdue == {
        ("KOPŽI", "R2026-8", None),
        ("LT-15", "R2026-6", None),
        ("NTA", "R2026-3", None),
        ("SADM", "R2026-4", None),
        ("SAM", "R2026-4", None),
        ("VDI", "R2026-5", "a"),
        ("VDI", "R2026-5", "c"),
        ("VRM", "R2026-4", None),
        ("VRM", "R2026-10", None),
    }


def test_judgements_are_told_by_part(second: SecondYear) -> None:
    rows = second.ask("recommendations/parts", year=2026, recommendation="R2026-5")

    names = ("part", "asked_addressees", "addressees_with_data", "assessment")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("a", 1, 0, "neįgyvendinta"),
        ("b", 1, 1, "įgyvendinta"),
        ("c", 1, 0, "įgyvendinta"),
    ]


def test_activities_of_the_year_are_as_counted_by_hand(second: SecondYear) -> None:
    """Vilnius 3 + 12; Klaipėda 2; of Kaunas a row without data, which counts nothing."""
    rows = {row["municipality"]: row for row in second.ask("activities/by_municipality", year=2026)}

    assert Counter(row["state"] for row in rows.values()) == {"active": 2, "no_answer": 58}
    vilnius, klaipeda = rows["LT-57"], rows["LT-20"]
    assert (vilnius["activities"], vilnius["participants"]) == (15, 270)
    assert (klaipeda["activities"], klaipeda["participants"]) == (2, 25)
    assert not vilnius["activities_are_at_least"]
    [unplaced] = second.ask("activities/unplaced", year=2026)
    assert (unplaced["scope"], unplaced["activities"]) == ("visa šalis", 1)
    assert unplaced["activities_are_at_least"]


@pytest.mark.parametrize(
    ("asked", "figures"),
    [
        # Of one register alone: told apart from the totals of the country.
        ({"indicator": "pretrial_investigations_opened"}, {}),
        (
            {"indicator": "pretrial_investigations_opened", "registered_by": "PD"},
            {2025: (19, "[p]"), 2026: (14, None)},
        ),
        ({"indicator": "victims_identified", "sex": "women"}, {2026: (20, "~")}),
        ({"indicator": "victims_identified", "sex": "men"}, {2026: (None, "[n]")}),
        ({"indicator": "victims_identified", "age_group": "children"}, {2026: (None, "[k]")}),
        ({"indicator": "persons_convicted"}, {2026: (7, None)}),
    ],
)
def test_figures_of_2025_and_2026_are_as_sent(
    second: SecondYear, asked: dict[str, Any], figures: dict[int, tuple[Any, Any]]
) -> None:
    rows = second.ask("investigations/series", **asked)

    found = {row["year"]: (row["value"], row["mark"]) for row in rows if row["year"] > 2024}
    assert found == figures


def test_a_figure_of_one_register_is_named_beside_the_series(second: SecondYear) -> None:
    rows = second.ask("investigations/told_apart", indicator="pretrial_investigations_opened")

    assert {row["year"] for row in rows} >= {2025, 2026}


# Pages and files -----------------------------------------------------------------------------

UNTIL_1, UNTIL_15 = "iki 2026 m. gruodžio 1 d.", "iki 2026 m. gruodžio 15 d."
NOT_WRITTEN = "[rezultatai dar neaprašyti]"
RESULTS = {
    "R2026-1": [NOT_WRITTEN, f"[SAM – {IN_PART}]"],
    "R2026-2": [NOT_WRITTEN, f"[ŠMSM – {GIVEN}]", f"[NŠA – {AWAITED} {UNTIL_15}]"],
    "R2026-3": [NOT_WRITTEN, f"[GP – {GIVEN}]", f"[PD – {GIVEN}]", f"[NTA – {SILENT}]"],
    "R2026-4": [
        NOT_WRITTEN,
        f"[ŠMSM – {GIVEN}]",
        f"[TM – {GIVEN}]",
        f"[SADM – {SILENT}]",
        f"[SAM – {SILENT}]",
        f"[VRM – {SILENT}]",
    ],
    "R2026-5": [
        NOT_WRITTEN,
        f"[UŽT, b dalis – {GIVEN}]",
        f"[VDI, a dalis – {SILENT}]",
        f"[VDI, c dalis – {SILENT}]",
        f"[UŽT, a dalis – {OUTSIDE}]",
    ],
    "R2026-6": [
        NOT_WRITTEN,
        f"[LT-57 – {GIVEN}]",
        f"[LT-15 – {SILENT}]",
        f"[LSA – {AWAITED} {UNTIL_15}]",
        f"[LT-28 – {AWAITED} {UNTIL_1}]",
    ],
    "R2026-7": ["[duomenų pateikta, rezultatai dar neaprašyti]"],
    "R2026-8": [f"[KOPŽI – {SILENT}]", f"[CARITAS – {AWAITED} {UNTIL_1}]"],
    "R2026-9": ["[duomenų pateikta, rezultatai dar neaprašyti]"],
    "R2026-10": [NOT_WRITTEN, f"[GP – {IN_PART}]", f"[VRM – {SILENT}]"],
}


def results(second: SecondYear, document: Any) -> dict[str, list[str]]:
    """The second column of the table, with codes instead of the institutions' names."""
    names = {row["name"]: row["code"] for row in second.ask("institutions/named")}
    told: dict[str, list[str]] = {}
    codes = [row[0] for row in year.RECOMMENDATIONS]
    for code, row in zip(codes, document.tables[0].rows[1:], strict=True):
        lines = row.cells[1].text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
        told[code] = [
            re.sub(
                r"^\[(.+?)(?=, \w dalis| – )", lambda found: "[" + names.get(found[1], "?"), line
            )
            for line in lines
        ]
    return told


def test_the_word_report_tells_each_addressee_in_its_own_state(second: SecondYear) -> None:
    document = second.report(options=("coverage", "judgements"))

    found = results(second, document)
    assert {code: sorted(lines) for code, lines in found.items()} == {
        code: sorted(lines) for code, lines in RESULTS.items()
    }
    said = [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in document.paragraphs]
    assert (
        "Iš viso: 10 rekomendacijų. Visi adresatai atsakė: 2; atsakyta iš dalies: 7; niekas "
        "neatsakė: 1 (iš jų atsakymo dar laukiama: 1); netaikoma: 0."
    ) in said
    assert "Įgyvendinta: ne mažiau kaip 0 ir ne daugiau kaip 9; nevertinta: 9." in said
    judged = [row.cells[2].text for row in document.tables[0].rows[1:]]
    assert judged[4] == "iš dalies įgyvendinta"


def test_once_every_term_has_passed_silence_is_told_as_such(second: SecondYear) -> None:
    later = results(second, second.report(as_of=datetime.date(2026, 12, 16)))

    assert later["R2026-8"] == ["Duomenų šiuo klausimu nepateikta."]
    assert f"[NŠA – {SILENT}]" in later["R2026-2"]


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "now", lambda: MOMENT)


SENTENCE = (
    "2026 m. vykdytina **13 rekomendacijų**; dėl 1 iš jų dalis adresatų duomenų nepateikė, kitų "
    "dar laukiama, dėl 1 duomenų neprašyta, dėl 8 duomenys pateikti iš dalies, dėl 3 pateikti visi "
    "duomenys; įvertinta 1 iš 13"
)


def plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


@pytest.mark.usefixtures("on_the_day")
def test_the_overview_says_what_was_counted_by_hand(second: SecondYear, open_page: Open) -> None:
    app = open_page("overview", database=second.office.target, year="2026")

    said = plain(words(app))
    assert SENTENCE in said
    assert "skirta 20 adresat" in said
    assert "dalis nepateikė, kitų dar laukiama – 1; neprašyta – 1" in said
    numbers = [plain(number.value) for number in app.metric]
    assert numbers == ["13", "3 iš 13", "0 iš 13", "1 iš 13"]


@pytest.mark.usefixtures("on_the_day")
def test_the_page_of_implementation_tells_two_years_apart(
    second: SecondYear, open_page: Open
) -> None:
    app = open_page("implementation", database=second.office.target, year="2026")

    said = plain(words(app))
    assert SENTENCE in said
    assert "Lietuvos Caritas – laukiama iki 2026 m. gruodžio 1 d." in said
    assert "inspekcija prie Socialinės apsaugos ir darbo ministerijos, a dalis – nepateikta" in said
    assert _headings(app) == [REGISTER[code][0] for code in REGISTER]


def _headings(app: Any) -> list[str]:
    """What the columns of recommendations in the matrix of answers are called."""
    [matrix] = [frame for frame in app.dataframe if frame.key == "matrix"]
    told = json.loads(matrix.proto.columns)
    return [str(told[code]["label"]) for code in REGISTER]


@pytest.mark.usefixtures("on_the_day")
def test_the_page_of_institutions_counts_each_addressee_once(
    second: SecondYear, open_page: Open
) -> None:
    """In full PD, ŠMSM, TM, UŽT, LT-57 and MD; in part SAM and GP; six silent; four awaited."""
    app = open_page("institutions", database=second.office.target, year="2026")

    [said] = [one for one in words(app).splitlines() if "**20 adresat" in one]
    counts = [int(found) for found in re.findall(r"\d+", plain(said).partition("20 adresat")[2])]
    assert sorted(counts) == [2, 2, 4, 6, 6]


def test_excel_letters_and_lists_call_a_recommendation_by_year_and_number(
    second: SecondYear,
) -> None:
    command, out = Command(second.office.target), second.folder / "atsakymai.xlsx"
    command("export", "implementation/answer_matrix", out, "--param", "year=2026")
    cells = _texts(out.read_bytes())
    assert {told[0] for told in REGISTER.values()} <= cells

    letter = _texts(second.asked["SAM-2026"])
    assert any(one.startswith("2026/1, dalis a. ") for one in letter)
    assert any(one.startswith("2020/4. ") for one in letter)


def _texts(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        str(value)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    }
