"""Institutions and the draft protocol, as they tell the real data."""

import pytest

from tests.conftest import DAY, Office
from tests.pages.conftest import Open, words
from tests.pages.test_recommendations_page import links, numbers

# Institutions --------------------------------------------------------------------------------


def test_who_is_silent_is_not_who_is_not_mentioned(open_page: Open) -> None:
    app = open_page("institutions", lang="en")
    said = words(app)

    assert (
        "In 2020 something was addressed to **10 addressees**: 2 gave data in full on all of it, "
        "3 on some of it, 3 gave no data, 2 are not mentioned in the report." in said
    )
    assert "3 of them are collective addressees whose members are not named" in said
    assert "No requests with terms were loaded" in said


def test_those_to_whom_a_letter_can_be_sent_come_first(open_page: Open) -> None:
    app = open_page("institutions", lang="en")
    owing = [label.split("(")[-1].rstrip(")") for label in links(app) if label.endswith(")")]

    assert owing[:5] == ["SAM", "TM", "LSA", "NTA", "PD"]
    assert set(owing[5:]) == {"INST", "MIN", "NVO"}


@pytest.mark.parametrize(
    ("institution", "expected"),
    [
        ("TM", "on it no data were provided"),
        ("PD", "on it the report says nothing"),
        ("ŠMSM", "on it data were provided in full"),
        ("SAM", "on it data were provided in part"),
    ],
)
def test_an_institution_sees_what_the_analyst_sees(
    open_page: Open, institution: str, expected: str
) -> None:
    said = words(open_page("institutions", lang="en", institution=institution))

    assert f"**1 recommendation is addressed to it** in 2020; {expected}." in said


def test_what_is_missing_now_or_that_nothing_is(open_page: Open) -> None:
    missing = open_page("institutions", lang="en", institution="TM")
    assert numbers(missing)[0] == "5"
    assert any(
        "Request workbook" in button.proto.label for button in missing.get("download_button")
    )
    nothing = open_page("institutions", lang="en", institution="ŠMSM")
    assert "every item asked of it is answered in full" in words(nothing)


def test_who_is_no_addressee_is_told_so(open_page: Open) -> None:
    app = open_page("institutions", lang="en", institution="VRM", year="2020")

    assert "data were provided by a body that is no addressee" in words(app)
    assert {"2.1", "2.2", "2.3"} <= set(numbers(app))
    assert "Ministry of the Interior: nothing is addressed to it in 2020." in words(app)


def test_to_a_collective_addressee_no_letter_can_be_sent(open_page: Open) -> None:
    app = open_page("institutions", lang="en", institution="MIN")

    assert "no letter can be sent to it" in words(app)
    assert not any(
        "Request workbook" in button.proto.label for button in app.get("download_button")
    )


def test_what_is_due_when(open_page: Open, office: Office) -> None:
    office.send(
        addressee=[{}, {"institution": "PD"}],
        request=[{"due_on": DAY}, {"institution": "PD", "due_on": DAY, "replied_on": DAY}],
    )
    said = words(open_page("institutions", database=office.target, lang="en"))

    # Today is long after the term.
    assert "**1** past its term · **1** replied, no data" in said


# The draft protocol --------------------------------------------------------------------------


def test_the_protocol_is_a_draft_of_seven_measures(open_page: Open) -> None:
    app = open_page("protocol", lang="en")

    assert "A draft, not an adopted document" in app.warning[0].value
    assert "**7 measures**, 15 links to earlier recommendations" in words(app)
    assert "confidence of the links: high – 4, medium – 6, low – 5" in words(app)
    assert numbers(app)[0] == "2.1"


def test_whom_the_protocol_asks_stands_in_the_dative(open_page: Open) -> None:
    lithuanian, english = (open_page("protocol", lang=language) for language in ("lt", "en"))

    assert [title.value.replace("\\", "") for title in lithuanian.subheader][:2] == [
        "2. Pasiūlyti Lietuvos Respublikos vidaus reikalų ministerijai",
        "3. Rekomenduoti atsakingoms valstybės institucijoms ir įstaigoms",
    ]
    assert english.subheader[0].value.replace("\\", "") == "2. Pasiūlyti: Ministry of the Interior"
    assert "stand in Lithuanian, as they were delivered" in words(english)
    assert "kaip gauti" not in words(lithuanian)


def test_what_nothing_continues(open_page: Open) -> None:
    app = open_page("protocol", lang="en")

    assert numbers(app)[-1] == "5"
    assert "Only the general duty to supply data touches it: 3.4" in words(app)


def test_the_protocol_is_filtered_by_theme(open_page: Open) -> None:
    app = open_page("protocol", lang="en", theme="municipal_coordination")

    assert "**1 measure**" in words(app)


def test_without_a_protocol_the_page_says_so(open_page: Open, office: Office) -> None:
    office.send(source=[{}])

    assert open_page("protocol", database=office.target, lang="en").info
