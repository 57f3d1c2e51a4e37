"""A recommendation with its successors, and those that count in no reporting year."""

from typing import Any

import pytest

from tests.conftest import Office, Row

CHAIN = "recommendations/chain"
CATALOGUE = "recommendations/catalogue"


def recommendations(codes: str) -> list[Row]:
    return [{"code": code, "number": code[1:]} for code in codes.split()]


def links(pairs: str, **columns: Any) -> list[Row]:
    """Links as `later>earlier` pairs."""
    return [
        {"later": later, "earlier": earlier, **columns}
        for later, earlier in (pair.split(">") for pair in pairs.split())
    ]


@pytest.mark.parametrize(
    ("pairs", "start", "members"),
    [
        ("", "R1", {"R1": 0}),
        ("R2>R1", "R1", {"R1": 0, "R2": 1}),
        ("R2>R1", "R2", {"R1": -1, "R2": 0}),
        ("R2>R1 R3>R2", "R1", {"R1": 0, "R2": 1, "R3": 2}),
        ("R2>R1 R3>R2", "R2", {"R1": -1, "R2": 0, "R3": 1}),
        # Two that continue the same are not each other's successors.
        ("R2>R1 R3>R1", "R2", {"R1": -1, "R2": 0}),
        ("R2>R1 R3>R1", "R1", {"R1": 0, "R2": 1, "R3": 1}),
        # Reached on two ways, the shorter counts.
        ("R2>R1 R3>R2 R3>R1", "R1", {"R1": 0, "R2": 1, "R3": 1}),
        ("R2>R1 R3>R1 R4>R2 R4>R3", "R1", {"R1": 0, "R2": 1, "R3": 1, "R4": 2}),
        # A circle, by mistake, ends.
        ("R2>R1 R3>R2 R1>R3", "R1", {"R1": 0, "R2": 1, "R3": -1}),
    ],
)
def test_the_chain_of_a_recommendation(
    office: Office, pairs: str, start: str, members: dict[str, int]
) -> None:
    office.send(recommendation=recommendations("R1 R2 R3 R4"), recommendation_link=links(pairs))

    rows = office.ask(CHAIN, recommendation=start)
    assert {row["recommendation"]: row["distance"] for row in rows} == members
    assert len(rows) == len(members)


@pytest.mark.parametrize(("kind", "members"), [("tęsia", 2), ("pakeičia", 2), ("susijusi", 1)])
def test_what_is_only_related_is_no_successor(office: Office, kind: str, members: int) -> None:
    office.send(
        recommendation=recommendations("R1 R2"), recommendation_link=links("R2>R1", kind=kind)
    )

    assert len(office.ask(CHAIN, recommendation="R1")) == members


def test_a_chain_is_confirmed_where_every_link_is(office: Office) -> None:
    office.send(
        recommendation=recommendations("R1 R2 R3"),
        recommendation_link=[
            *links("R2>R1", is_confirmed="taip"),
            *links("R3>R2", is_confirmed="ne"),
        ],
    )

    told = {
        row["recommendation"]: row["is_confirmed"] for row in office.ask(CHAIN, recommendation="R1")
    }
    assert told == {"R1": True, "R2": True, "R3": False}


def test_each_recommendation_is_in_some_years_or_outside(office: Office) -> None:
    office.send(
        document=[{}, {"code": "PROT", "kind": "protokolas", "status": "projektas"}],
        recommendation=[
            {},
            {"code": "R2", "nature": "nuolatinis"},
            {"code": "R3", "made_in": 2021},
            {"code": "R4", "document": "PROT"},
        ],
        response=[{}, {"year": 2022, "recommendation": "R2"}],
        addressee=[{}, {"recommendation": "R2"}, {"recommendation": "R4", "institution": "PD"}],
    )

    years = {row["recommendation"]: row["years"] for row in office.ask(CATALOGUE)}
    assert years == {"R1": [2020], "R2": [2020, 2022], "R3": [], "R4": []}
    outside = office.ask(CATALOGUE, outside="taip")
    assert [row["recommendation"] for row in outside] == ["R4", "R3"]
    assert [row["recommendation"] for row in office.ask(CATALOGUE, outside="ne")] == ["R1", "R2"]
    assert [row["recommendation"] for row in office.ask(CATALOGUE, institution="PD")] == ["R4"]
    assert [row["recommendation"] for row in office.ask(CATALOGUE, nature="nuolatinis")] == ["R2"]
    unsaid = office.ask(CATALOGUE, nature="nenurodyta", document="PROT")
    assert [row["recommendation"] for row in unsaid] == ["R4"]


def test_the_filters_of_the_register(office: Office) -> None:
    office.send(
        document=[{}, {"code": "D2"}],
        recommendation=[
            {"nature": "nuolatinis"},
            {"code": "R2", "nature": "vienkartinis", "document": "D2"},
            {"code": "R3"},
        ],
        addressee=[{"recommendation": code} for code in ("R1", "R2", "R3")],
        response=[{}, {"recommendation": "R2", "state": "pateikta iš dalies"}],
        result=[{"recommendation": "R3"}],
        assessment=[{}],
    )

    def found(**filters: Any) -> list[str]:
        return [row["recommendation"] for row in office.ask("recommendations/register", **filters)]

    assert found(nature="nuolatinis") == ["R1"]
    assert found(nature=["nenurodyta", "vienkartinis"]) == ["R2", "R3"]
    assert found(document="D2") == ["R2"]
    assert found(state="neminima") == ["R3"]
    assert found(state=["pateikta", "pateikta iš dalies"]) == ["R2", "R1"]
    assert found(assessment="įgyvendinta") == ["R1"]
    assert found(assessment="dar neįvertinta") == ["R2"]
    assert found(assessment="nevertinta – duomenų nepateikta") == ["R3"]
    assert found(recommendation=["R3", "R1"]) == ["R1", "R3"]
