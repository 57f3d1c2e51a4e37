"""The number by which readers know a recommendation: steady, told apart, in natural order."""

from typing import Any

import pytest

from tests.conftest import Office, Row

ORDERED = ["1", "2", "2.1", "2.2", "2.10", "2a", "10", "10b"]


def of(document: str, year: int, *numbers: str, prefix: str = "R") -> list[Row]:
    return [
        {"code": f"{prefix}{year}-{one}", "document": document, "made_in": year, "number": one}
        for one in numbers
    ]


def labels(office: Office, question: str = "recommendations/catalogue", **asked: Any) -> list[str]:
    return [row["shown_number"] for row in office.ask(question, **asked)]


def test_numbers_of_one_document_stand_alone_in_their_natural_order(office: Office) -> None:
    office.send(recommendation=of("DOK", 2020, *reversed(ORDERED)))

    assert labels(office) == ORDERED


def test_where_documents_share_a_number_all_of_both_carry_their_year(office: Office) -> None:
    office.send(
        document=[{}, {"code": "D2"}, {"code": "P"}],
        recommendation=[
            *of("DOK", 2020, "1", "2"),
            *of("D2", 2022, "1", "10"),
            *of("P", 2021, "3.1", prefix="P"),
        ],
    )

    assert labels(office) == ["2020/1", "2020/2", "3.1", "2022/1", "2022/10"]
    # A filter never changes what a recommendation is called.
    assert labels(office, recommendation="R2020-2") == ["2020/2"]
    assert labels(office, text="2022/10") == ["2022/10"]


def test_two_documents_of_one_year_are_told_apart_by_their_codes(office: Office) -> None:
    office.send(
        document=[{}, {"code": "D2"}],
        recommendation=[
            *of("DOK", 2020, "1", "2"),
            *of("D2", 2020, "1", prefix="D"),
        ],
    )

    assert labels(office) == ["D2/1", "DOK/1", "DOK/2"]


def test_a_withdrawn_document_leaves_the_numbers_alone(office: Office) -> None:
    office.send(recommendation=of("DOK", 2020, "1"))
    office.send("T-2", document=[{"code": "D2"}], recommendation=of("D2", 2022, "1"))
    assert labels(office) == ["2020/1", "2022/1"]

    office.send("T-2", document=[{"code": "D2"}], recommendation=of("D2", 2022, "7"))
    assert labels(office) == ["1", "7"]


def test_a_draft_gives_way_to_the_documents_that_count(office: Office) -> None:
    office.send(
        document=[{}, {"code": "P", "kind": "protokolas", "status": "projektas"}],
        recommendation=[*of("DOK", 2020, "1", "2"), *of("P", 2021, "1", "3.1", prefix="P")],
    )
    assert labels(office) == ["1", "2", "2021/1", "2021/3.1"]
    assert [row["number"] for row in office.ask("recommendations/catalogue")] == [
        *("1", "2"),
        *("1", "3.1"),
    ]

    office.send(
        document=[{}, {"code": "P", "kind": "protokolas", "status": "priimtas"}],
        recommendation=[*of("DOK", 2020, "1", "2"), *of("P", 2021, "1", "3.1", prefix="P")],
    )
    assert labels(office) == ["2020/1", "2020/2", "2021/1", "2021/3.1"]


NUMBERED = [
    "implementation/answer_matrix",
    "implementation/assessments",
    "institutions/items",
    "institutions/requests",
    "protocol/not_continued",
    "recommendations/catalogue",
    "recommendations/register",
]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two documents whose numbers are alike, with everything that shows a number."""
    office = Office(tmp_path_factory.mktemp("labels"))
    codes = [f"R{year}-{number}" for year in (2020, 2021) for number in ("10", "2")]
    of_each: list[Row] = [{"recommendation": code, "year": 2021} for code in codes]
    office.send(
        document=[{}, {"code": "D2"}, {"code": "PROT", "kind": "protokolas"}],
        recommendation=[
            *of("DOK", 2020, "10", "2"),
            *of("D2", 2021, "10", "2"),
            *of("PROT", 2022, "2.10", "2.2", prefix="P"),
        ],
        addressee=[{"recommendation": code} for code in codes],
        request=of_each,
        response=of_each,
        assessment=of_each,
        recommendation_link=[
            {"later": later, "earlier": earlier}
            for later in ("R2021-10", "R2021-2", "P2022-2.2")
            for earlier in ("R2020-10", "R2020-2")
        ],
    )
    return office


@pytest.mark.parametrize("question", NUMBERED)
def test_every_list_tells_the_two_years_apart_and_2_stands_before_10(
    two_years: Office, question: str
) -> None:
    told = [one for one in labels(two_years, question) if "." not in one]

    wanted = ["2020/2", "2020/10", "2021/2", "2021/10"]
    if question == "protocol/not_continued":
        wanted = ["2021/2", "2021/10"]
    assert told == wanted


def test_links_chains_and_measures_tell_them_apart_as_well(two_years: Office) -> None:
    links = two_years.ask("recommendations/lineage")
    assert [(row["later_number"], row["earlier_number"]) for row in links] == [
        (later, earlier)
        for later in ("2021/2", "2021/10", "2.2")
        for earlier in ("2020/2", "2020/10")
    ]

    chain = labels(two_years, "recommendations/chain", recommendation="R2020-2")
    assert chain == ["2020/2", "2021/2", "2021/10", "2.2"]

    measures = two_years.ask("protocol/measures")
    assert [row["shown_number"] for row in measures] == ["2.2", "2.10"]
    assert [row["number"] for row in measures] == ["2.2", "2.10"]
    assert measures[0]["continues"] == ["R2020-2", "R2020-10"]


def test_two_protocols_keep_their_own_numbers_beside_what_they_are_called(office: Office) -> None:
    office.send(
        document=[{"code": "P1", "kind": "protokolas"}, {"code": "P2", "kind": "protokolas"}],
        recommendation=[
            *of("P1", 2021, "2.1", prefix="P"),
            *of("P2", 2022, "2.1", prefix="P"),
        ],
    )

    told = [(row["shown_number"], row["number"]) for row in office.ask("protocol/measures")]
    assert told == [("2021/2.1", "2.1"), ("2022/2.1", "2.1")]
