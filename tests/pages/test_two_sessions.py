"""Two people at once: who did not see what the other did is told, and nothing is lost."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.ui import door
from tests.conftest import Office
from tests.pages.conftest import Open, words
from tests.pages.test_data_page import button, handed_in, versions
from tests.pages.test_recommendations_page import record

GOING, PARTLY = "įgyvendinama", "iš dalies įgyvendinta"


@pytest.fixture
def judged(office: Office) -> Office:
    office.send(recommendation_part=[{"part": "a"}, {"part": "b"}], addressee=[{}], response=[{}])
    return office


def open_judging(open_page: Open, office: Office, **query: str) -> AppTest:
    query = {"recommendation": "R1", "lang": "en", **query}
    return open_page("recommendations", database=office.target, **query)


def standing(office: Office) -> list[tuple[str, str]]:
    rows = office.ask("implementation/assessments", as_of=door.day())
    office.close()
    return [(row["assessment"], row["reason"]) for row in rows]


def errors(app: AppTest) -> str:
    return " ".join(error.value for error in app.error)


def typed(app: AppTest, field: str) -> Any:
    return next(one for one in app.text_area if str(one.key).endswith(f":{field}")).value


def test_the_second_to_judge_is_told_and_the_first_judgement_stands(
    open_page: Open, judged: Office
) -> None:
    first, second = open_judging(open_page, judged), open_judging(open_page, judged)
    first = record(first, assessment=GOING, reason="Pirmoji.")
    # Drawn again for something else, the form is still the one that was opened.
    second = second.run()
    second = record(second, assessment=PARTLY, reason="Antroji.")

    assert "Somebody recorded another judgement of the same meanwhile" in errors(second)
    assert "Version 2 of delivery VERTINIMAI\\-2020" in words(second)
    assert "Pirmoji\\." in words(second)
    assert standing(judged) == [(GOING, "Pirmoji.")]
    # A second press says the same as long as it is not meant.
    second = record(second)
    assert "Somebody recorded another judgement" in errors(second)
    assert (typed(second, "reason"), standing(judged)) == ("Antroji.", [(GOING, "Pirmoji.")])
    # A third judgement meanwhile is told of as well, and what was meant for the second is not.
    next(one for one in second.checkbox if one.label.startswith("I have read")).check()
    first = record(first, reason="Pirmoji, taisyta.")
    second = record(second)
    assert "Pirmoji, taisyta\\." in words(second)
    assert standing(judged) == [(GOING, "Pirmoji, taisyta.")]
    next(one for one in second.checkbox if one.label.startswith("I have read")).check()
    second = record(second)
    assert errors(second) == ""
    assert standing(judged) == [(PARTLY, "Antroji.")]


def test_who_was_told_may_begin_with_what_stands(open_page: Open, judged: Office) -> None:
    second = open_judging(open_page, judged, lang="lt")
    record(open_judging(open_page, judged), assessment=GOING, reason="Pirmoji.")
    for name, value in (("assessment", PARTLY), ("reason", "Antroji.")):
        widgets = second.selectbox if name == "assessment" else second.text_area
        next(one for one in widgets if str(one.key).endswith(f":{name}")).set_value(value)
    second = next(one for one in second.button if one.label == "Įrašyti").click().run()

    assert "kitas naudotojas" in errors(second)
    assert typed(second, "reason") == "Antroji."
    second = next(one for one in second.button if str(one.key).endswith(":anew")).click().run()
    assert typed(second, "reason") == "Pirmoji."
    assert errors(second) == ""


def test_another_judgement_than_the_one_seen_is_not_taken_away(
    open_page: Open, judged: Office
) -> None:
    first = record(open_judging(open_page, judged), assessment=GOING, reason="Pirmoji.")
    second = open_judging(open_page, judged)
    next(one for one in second.checkbox if one.label == "Take this judgement away").check().run()
    first = record(first, reason="Pirmoji, taisyta.")
    second = next(one for one in second.button if one.label == "Take away").click().run()

    assert "Somebody recorded another judgement" in errors(second)
    assert standing(judged) == [(GOING, "Pirmoji, taisyta.")]
    # It is taken away only when that is said of the one that stands.
    assert not [one for one in second.button if one.label == "Take away"]
    next(one for one in second.checkbox if one.label == "Take this judgement away").check().run()
    next(one for one in second.button if one.label == "Take away").click().run()
    assert standing(judged) == []
    # Who still has it in the form cannot bring it back by chance.
    first = record(first, reason="Pirmoji, taisyta dar kartą.")
    assert "The judgement was taken away." in words(first)
    assert standing(judged) == []


def test_an_undoing_takes_nothing_of_others_along(open_page: Open, judged: Office) -> None:
    first = record(open_judging(open_page, judged), assessment=GOING, reason="Pirmoji.")
    second = open_judging(open_page, judged)
    second = second.selectbox(key="judge:part:R1:2020").set_value("a").run()
    record(second, assessment=PARTLY, reason="Antroji.")
    first = next(one for one in first.button if one.label == "Undo").click().run()

    assert "is no longer what you saw" in errors(first)
    assert standing(judged) == [(GOING, "Pirmoji."), (PARTLY, "Antroji.")]
    assert not [one for one in first.run().button if one.label == "Undo"]


def changed(office: Office, texts: list[str]) -> Path:
    rows = [{"year": 2020 - place, "text": text} for place, text in enumerate(texts)]
    return office.workbook(addressee=[{}], response=rows)


def test_a_load_confirmed_for_other_differences_is_not_carried_out(
    open_page: Open, office: Office
) -> None:
    office.send(addressee=[{}], response=[{}, {"year": 2019}])
    first, second = (open_page("data", database=office.target, lang="en") for _ in range(2))
    second = handed_in(second, changed(office, ["Antrojo."]))
    [tick] = second.checkbox
    second = tick.check().run()
    first = handed_in(first, changed(office, ["Pirmojo.", "Pirmojo.", "Pirmojo."]))
    button(first, "desk:load").click().run()
    second = button(second, "desk:load").click().run()

    assert versions(office) == [(1, "T-1", "load"), (2, "T-1", "load")]
    told = " ".join(warning.value for warning in second.warning)
    assert "loaded version 2" in told
    # All that would go by now is ticked anew, nothing has to be handed in again.
    assert [one.value for one in second.checkbox] == [False, False]
    assert button(second, "desk:load").disabled
    for place in (0, 1):
        second = second.checkbox[place].check().run()
    button(second, "desk:load").click().run()
    assert versions(office)[-1] == (3, "T-1", "load")


def test_a_load_that_somebody_followed_up_is_not_undone(open_page: Open, office: Office) -> None:
    app = open_page("data", database=office.target, lang="en")
    app = button(handed_in(app, changed(office, ["Pirmas."])), "desk:load").click().run()
    office.send(addressee=[{}], response=[{"text": "Kito."}])
    app = button(app, "undo:1").click().run()

    assert "tester loaded version 2" in errors(app)
    assert versions(office) == [(1, "T-1", "load"), (2, "T-1", "load")]


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_versions_are_changed_as_they_were_shown_or_not_at_all(
    open_page: Open, office: Office, action: str
) -> None:
    office.send("T-1", statistic=[{}])
    office.send("T-1", statistic=[{"value": 5}])
    app = open_page("data", database=office.target)
    number = 1 if action == "restore" else 2
    if number == 1:
        app.selectbox(key="version").select("1").run()
    app = button(app, f"{action}:{number}").click().run()
    office.send("T-1", statistic=[{"value": 6}])
    app = button(app, f"{action}:{number}:yes").click().run()

    assert "tester" in errors(app)
    assert "nebe toks" in errors(app)
    assert versions(office)[-1] == (3, "T-1", "load")
    # The question is gone: it has to be asked of what stands now.
    assert not [one for one in app.button if str(one.key).endswith(":yes")]
