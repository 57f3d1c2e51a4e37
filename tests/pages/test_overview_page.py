"""The overview: the year's story, and that each piece of it leads to its page with its filters."""

import datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import DAY, Office
from tests.pages.conftest import Open, charts, words

LATER = datetime.date(2099, 6, 30)


def leads_to(app: AppTest) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """The links of the page by their labels: path and filters, without the language."""
    found = {}
    for link in app.get("page_link"):
        query = parse_qs(str(link.proto.query_string).lstrip("?"))
        query.pop("lang", None)
        found[str(link.proto.label)] = (str(link.proto.page), query)
    return found


def test_four_numbers_of_the_last_reporting_year(open_page: Open) -> None:
    app = open_page("overview", lang="en")

    assert [metric.value for metric in app.metric] == ["7", "1 of 7", "3 of 7", "0 of 7"]
    for remark in (
        "addressed to 10 institutions or groups",
        "with a part of the data: 3",
        "silence is not “not implemented”",
        "implemented: between 0 and 7",
    ):
        assert remark in words(app)


def test_each_piece_leads_to_its_page_with_its_filters(open_page: Open) -> None:
    links = leads_to(open_page("overview", lang="en"))

    assert links["without any data"] == (
        "recommendations",
        {"year": ["2020"], "state": ["nepateikta"]},
    )
    assert links["with all data provided"] == (
        "recommendations",
        {"year": ["2020"], "state": ["pateikta"]},
    )
    assert links["judged by the rapporteur"] == ("implementation", {"year": ["2020"]})
    assert links["Where prevention ran"] == ("activities", {"year": ["2020"]})
    assert links["The series and its sources"] == (
        "investigations",
        {"indicator": ["pretrial_investigations_opened"]},
    )
    assert links["The deliveries and what each changed"] == ("data", {})
    assert links["Whose answers are missing"] == ("institutions", {"year": ["2020"]})


def test_where_prevention_reached_is_no_sum_with_what_has_no_place(open_page: Open) -> None:
    app = open_page("overview", lang="en")
    said = words(app)
    reached, _ = charts(app)

    assert [bar["name"] for bar in reached["data"]] == [
        "active – 5",
        "reported as none – 0",
        "no data – 55",
    ]
    assert (
        "and not added up: unnamed municipalities – ≥ 1; not stated – 1; region – 1; whole country "
        "– ≥ 7; whole country (a total not itemised) – 138."
        in said.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
    )


def test_the_line_of_the_investigations_has_its_exact_interval(open_page: Open) -> None:
    _, line = charts(open_page("overview"))
    by_name = {trace["name"]: trace for trace in line["data"]}
    bands = [trace for trace in line["data"] if "intervalas" in trace["name"]]

    points = by_name["pradėti ikiteisminiai tyrimai"]
    assert dict(zip(points["x"], points["y"], strict=True))[2024] == 17
    # The end of the exact interval of 17: 9.9 to 27.2.
    assert max(bands[-1]["x"]) == 2024
    assert 9.9031 in [round(value, 4) for value in bands[-1]["y"]]


def test_what_the_last_load_changed(open_page: Open, office: Office) -> None:
    office.send(activity=[{}])
    app = open_page("overview", database=office.target, lang="en")

    assert "On 1 March 2021 **1 delivery** was loaded; rows added – 8, changed – 0" in words(app)
    assert leads_to(app)["The deliveries and what each changed"] == ("data", {"delivery": ["T-1"]})


@pytest.mark.parametrize(
    ("requests", "sentences"),
    [
        ([], ["Nothing is due: no requests with terms were loaded."]),
        ([{"due_on": DAY}], ["**1 request** is past its term (VRM)."]),
        (
            [{"due_on": LATER}, {"institution": "PD", "due_on": DAY}],
            [
                "Next term: **30 June 2099**, 1 answer is awaited (VRM).",
                "**1 request** is past its term (PD).",
            ],
        ),
    ],
)
def test_what_is_due_next(
    requests: list[dict[str, Any]], sentences: list[str], open_page: Open, office: Office
) -> None:
    office.send(addressee=[{}, {"institution": "PD"}], request=requests)

    said = words(open_page("overview", database=office.target, lang="en"))

    assert all(sentence in said for sentence in sentences)
    assert ("Nothing is due" in said) == (not requests)


def test_nothing_is_due_where_every_request_is_answered(open_page: Open, office: Office) -> None:
    office.send(addressee=[{}], request=[{"due_on": LATER}], response=[{}])

    said = words(open_page("overview", database=office.target, lang="en"))

    assert "Nothing is due: no request is open." in said


def test_another_year_is_chosen_where_there_are_several(open_page: Open, office: Office) -> None:
    office.send(
        year=2021,
        recommendation=[{"nature": "nuolatinis"}],
        addressee=[{}],
        response=[{"year": 2020}, {"year": 2021, "state": "nepateikta"}],
    )

    last = open_page("overview", database=office.target, lang="en")
    first = open_page("overview", database=office.target, lang="en", year="2020")

    assert [number.value for number in last.metric][1:3] == ["0 of 1", "1 of 1"]
    assert [number.value for number in first.metric][1:3] == ["1 of 1", "0 of 1"]
    assert leads_to(first)["Where prevention ran"][1] == {"year": ["2020"]}


def test_a_first_visitor_is_told_what_this_is_and_where_to_start(open_page: Open) -> None:
    app = open_page("overview", lang="en")

    [told] = [each.value for each in app.markdown if "national rapporteur makes" in each.value]
    assert told.count(". ") + told.endswith(".") == 3
    starts = {
        label.partition(":")[0]: page
        for label, (page, _) in leads_to(app).items()
        if label.startswith("For a")
    }
    assert starts == {
        "For an analyst": "implementation",
        "For an official": "institutions",
        "For a reader": "recommendations",
    }
