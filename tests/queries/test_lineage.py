"""Links between documents, and recommendations that no measure of a protocol continues."""

from typing import Any

import pytest

from tests.conftest import Office, Row

LINEAGE = "recommendations/lineage"
NOT_CONTINUED = "protocol/not_continued"
PROTOCOL: Row = {"code": "PROT", "kind": "protokolas", "status": "projektas"}


def of(code: str, **columns: Any) -> Row:
    document = "PROT" if code.startswith("P") else "DOK"
    made_in = 2021 if code.startswith("P") else 2020
    return {
        "code": code,
        "number": code[1:],
        "document": document,
        "made_in": made_in,
        **columns,
    }


@pytest.fixture
def linked(office: Office) -> Office:
    office.send(
        document=[{}, PROTOCOL],
        recommendation=[
            of("R1"),
            of("R2"),
            of("R3"),
            of("R4"),
            of("R5", made_in=2022),
            of("P1"),
            of("P2", theme="data_provision"),
        ],
        recommendation_link=[
            {"later": "P1", "earlier": "R1", "confidence": "mažas", "is_confirmed": "taip"},
            {"later": "P2", "earlier": "R1"},
            {"later": "P2", "earlier": "R2"},
            {"later": "P1", "earlier": "R3", "kind": "susijusi"},
        ],
    )
    return office


def test_a_link_is_told_from_either_end(linked: Office) -> None:
    def ends(code: str) -> list[tuple[str, str]]:
        return [(row["later"], row["earlier"]) for row in linked.ask(LINEAGE, recommendation=code)]

    assert ends("R1") == [("P1", "R1"), ("P2", "R1")]
    assert ends("P1") == [("P1", "R1"), ("P1", "R3")]
    assert ends("R4") == []
    assert len(linked.ask(LINEAGE)) == 4


def test_a_link_says_how_certain_and_whose_reading_it_is(linked: Office) -> None:
    first, second = linked.ask(LINEAGE, recommendation="R1")

    assert (first["link"], first["confidence"], first["is_confirmed"]) == ("tęsia", "mažas", True)
    assert (second["confidence"], second["is_confirmed"]) == (None, False)
    assert first["later_document_status"] == "projektas"


def test_what_nothing_continues(linked: Office) -> None:
    """A related measure, or the general duty to supply data, is no continuation."""
    found = {row["recommendation"]: row["general"] for row in linked.ask(NOT_CONTINUED)}

    # R1 is continued by P1; R5 is younger than every protocol.
    assert found == {"R2": ["P2"], "R3": [], "R4": []}


def test_without_a_protocol_there_is_nothing_that_could_continue(office: Office) -> None:
    office.send(recommendation=[of("R1")])

    assert office.ask(NOT_CONTINUED) == []


def test_the_filters_of_the_measures(office: Office) -> None:
    office.send(
        document=[PROTOCOL, {**PROTOCOL, "code": "PROT2"}],
        recommendation=[
            of("P1", theme="target_groups"),
            of("P2"),
            of("P3", document="PROT2"),
        ],
        addressee=[
            {"recommendation": "P1"},
            {
                "recommendation": "P2",
                "institution": "PD",
                "role": "bendradarbiaujanti institucija",
            },
        ],
    )

    def found(**filters: Any) -> list[str]:
        return [row["recommendation"] for row in office.ask("protocol/measures", **filters)]

    assert found() == ["P1", "P2", "P3"]
    assert found(theme="target_groups") == ["P1"]
    assert found(institution="PD") == ["P2"]
    assert found(institution="VRM") == ["P1"]
    assert found(document="PROT2") == ["P3"]
    assert [row["code"] for row in office.ask("protocol/documents")] == ["PROT", "PROT2"]
