"""The page /data as a person uses it: what is told, what must be confirmed, what is done."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur.delivery import reference_page
from rapporteur.warehouse.reading import open_current
from tests.conftest import Office
from tests.pages.conftest import Open, words

TWO_ANSWERS: dict[str, Any] = {
    "addressee": [{}],
    "response": [{}, {"year": 2019, "text": "Vykdyta."}],
}


def handed_in(app: AppTest, *paths: Path) -> AppTest:
    files = [(path.name, path.read_bytes(), "application/octet-stream") for path in paths]
    return app.file_uploader[0].set_value(files).run()


def button(app: AppTest, key: str) -> Any:
    return next(one for one in app.button if one.key == key)


def open_data(open_page: Open, office: Office) -> AppTest:
    return open_page("data", database=office.target, lang="en")


def versions(office: Office) -> list[tuple[int, str, str]]:
    warehouse = open_current(office.target)
    try:
        return [(one.number, one.delivery, one.action) for one in warehouse.history().values()]
    finally:
        warehouse.close()


def tables(app: AppTest) -> list[Any]:
    return [table.value.to_dict("records") for table in app.table]


def test_problems_are_listed_by_sheet_and_nothing_is_written(
    open_page: Open, office: Office
) -> None:
    office.send(**TWO_ANSWERS)
    before = office.files()
    wrong = office.workbook(
        "T-2", statistic=[{"value": "daug"}], activity=[{"municipality": "Vilniu"}], name="b.xlsx"
    )

    app = handed_in(open_data(open_page, office), wrong)

    assert "2 problems: nothing was loaded." in app.error[0].value
    activities, statistics, *_ = tables(app)
    assert [row["Cell"] for row in activities] == ["E2"]
    assert [row["Cell"] for row in statistics] == ["I2"]
    assert "daug" in statistics[0]["What is wrong and what to write"]
    assert not [one for one in app.button if one.key == "desk:load"]
    assert office.files() == before


def test_what_would_change_is_shown_before_one_button_loads_it(
    open_page: Open, office: Office
) -> None:
    office.send(**TWO_ANSWERS)
    new = office.workbook(
        **TWO_ANSWERS | {"response": [{"text": "Dabar."}, {"year": 2019, "text": "Vykdyta."}]}
    )
    app = handed_in(open_data(open_page, office), new)

    counts, rows, *_ = tables(app)
    assert counts == [{"Sheet": "Responses", "Added": 0, "Changed": 1, "Removed": 0}]
    assert [(row["Column"], row["Before"], row["After"]) for row in rows] == [
        ("Tekstas", "–", "Dabar\\.")
    ]
    button(app, "desk:load").click().run()

    assert "version 2 is loaded" in app.success[0].value
    assert versions(office) == [(1, "T-1", "load"), (2, "T-1", "load")]


def test_everything_that_needs_it_is_ticked_one_by_one(open_page: Open, office: Office) -> None:
    office.send(**TWO_ANSWERS, result=[{}, {"position": 2}])
    new = office.workbook(
        sender="PD",
        addressee=[{}],
        response=[{"text": "Tel. 8 600 12345"}],
        result=[{}, {"position": 3}],
    )
    app = handed_in(open_data(open_page, office), new)

    ticks = [tick.label for tick in app.checkbox]
    assert len(ticks) == 6
    assert any("Atsakymai, C2" in label and "an answer of VRM" in label for label in ticks)
    assert any("Rezultatai, A3" in label and "by VRM alone" in label for label in ticks)
    assert any("8 600 12345" in label for label in ticks)
    assert any("VRM" in label and "PD" in label for label in ticks)
    assert sum("would be removed" in label for label in ticks) == 2
    assert button(app, "desk:load").disabled
    for number in range(5):
        app.checkbox[number].check().run()
        assert button(app, "desk:load").disabled
    app.checkbox[5].check().run()
    assert not button(app, "desk:load").disabled

    # Another file of that name is another: what was ticked was of the former.
    other = office.workbook(sender="PD", addressee=[{}], response=[{"text": "Tel. 8 600 12346"}])
    handed_in(app, other)
    assert not any(tick.value for tick in app.checkbox)
    handed_in(app, office.workbook(sender="PD", addressee=[{}], response=[{}], result=[{}]))
    for number in range(len(app.checkbox)):
        app.checkbox[number].check().run()
    button(app, "desk:load").click().run()

    assert versions(office) == [(1, "T-1", "load"), (2, "T-1", "load")]


def test_a_load_is_undone(open_page: Open, office: Office) -> None:
    office.send(**TWO_ANSWERS)
    new = office.workbook("T-2", statistic=[{}])
    app = handed_in(open_data(open_page, office), new)
    button(app, "desk:load").click().run()
    button(app, "undo:2").click().run()

    assert versions(office)[-1] == (3, "T-2", "withdraw")
    assert not app.success


def test_the_same_files_again_are_nothing_to_do(open_page: Open, office: Office) -> None:
    path = office.workbook(**TWO_ANSWERS)
    office.load(path)

    app = handed_in(open_data(open_page, office), path)

    assert "nothing to do" in app.info[0].value


@pytest.mark.parametrize(
    "pateikimas",
    [{}, {"Pateikimas": [["Kodas", "Institucija"], [None, "PD"]]}],
    ids=["no", "empty"],
)
def test_a_file_without_delivery_code_is_asked_about(
    open_page: Open, office: Office, pateikimas: dict[str, list[list[Any]]]
) -> None:
    """The figures loaded already are compared with, though the file's delivery is not known yet."""
    office.send(**TWO_ANSWERS, statistic=[{"year": 2019}])
    figures: dict[str, list[list[Any]]] = {
        "Rodikliai": [["Metai", "Rodiklis", "Reikšmė"], [2020, "victims_identified", 24]]
    }
    path = office.grid("Rodikliai.xlsx", {**figures, **pateikimas})
    app = handed_in(open_data(open_page, office), path)

    assert "Pateikimas" in app.warning[0].value
    app.text_input(key="desk:delivery").input("NVO-1").run()
    app.selectbox(key="desk:institution").select("PD").run()
    button(app, "desk:load").click().run()

    assert versions(office)[-1] == (2, "NVO-1", "load")


def test_the_first_files_of_an_empty_house(open_page: Open, office: Office) -> None:
    path = office.workbook(**TWO_ANSWERS)
    app = open_data(open_page, office)
    assert not app.code  # the page that says that nothing was loaded is another

    button(handed_in(app, path), "desk:load").click().run()

    assert versions(office) == [(1, "T-1", "load")]


def test_several_files_are_loaded_all_or_none(open_page: Open, office: Office) -> None:
    first = office.workbook("T-1", **TWO_ANSWERS)
    second = office.workbook("T-2", statistic=[{"year": "pernai"}])
    app = handed_in(open_data(open_page, office), first, second)
    assert "1 problem: nothing was loaded." in app.error[0].value
    mended = office.workbook("T-2", statistic=[{}])

    button(handed_in(app, first, mended), "desk:load").click().run()

    assert [delivery for _, delivery, _ in versions(office)] == ["T-1", "T-2"]


def test_names_of_files_and_words_of_cells_are_never_markup(
    open_page: Open, office: Office
) -> None:
    path = office.workbook(
        "T-1", statistic=[{"value": "![x](http://example.org/x.png) **a**"}], name="b_*_c.xlsx"
    )

    app = handed_in(open_data(open_page, office), path)

    rows = tables(app)[0]
    assert "![x](" not in str(rows)
    assert "![x](" not in words(app)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Labas"])
def test_a_broken_file_is_told_of_and_has_no_copy_to_mend(
    open_page: Open, office: Office, content: bytes
) -> None:
    path = office.folder / "sugedo.xlsx"
    path.write_bytes(content)

    app = handed_in(open_data(open_page, office), path)

    [row] = tables(app)[0]
    assert row["Cell"] == "–"
    assert "file\\-unreadable" in row["Code"]


def test_a_version_is_restored_and_a_delivery_withdrawn(open_page: Open, office: Office) -> None:
    office.send("T-1", statistic=[{}])
    office.send("T-1", statistic=[{"value": 5}])
    app = open_data(open_page, office)
    app.selectbox(key="version").select("1").run()
    button(app, "restore:1").click().run()
    button(app, "restore:1:yes").click().run()
    assert versions(office)[-1] == (3, "T-1", "restore")

    app = open_data(open_page, office)
    button(app, "withdraw:3").click().run()
    button(app, "withdraw:3:yes").click().run()

    assert versions(office)[-1] == (4, "T-1", "withdraw")


def test_a_withdrawal_that_others_depend_on_is_refused_with_their_rows(
    open_page: Open, office: Office
) -> None:
    office.send("T-1", **TWO_ANSWERS)
    office.send("T-2", activity=[{"recommendation": "R1"}])
    app = open_data(open_page, office)
    app.selectbox(key="delivery").select("T-1").run()
    button(app, "withdraw:1").click().run()
    button(app, "withdraw:1:yes").click().run()

    assert any("Refused" in error.value for error in app.error)
    assert len(versions(office)) == 2


def test_any_two_versions_are_compared(open_page: Open, office: Office) -> None:
    for value in (1, 2, 3):
        office.send("T-1", statistic=[{"value": value}])
    app = open_data(open_page, office)
    assert "Compared with version 2." in words(app)

    app.selectbox(key="compared").select("1").run()

    assert "Compared with version 1." in words(app)
    [row] = tables(app)[-1]
    assert (row["Column"], row["Before"], row["After"]) == ("Reikšmė", "1\\.0", "3\\.0")


def test_the_help_is_made_from_the_declaration(open_page: Open, office: Office) -> None:
    office.send("T-1", statistic=[{}])
    sections = dict(reference_page.sections("en"))
    app = open_data(open_page, office)
    chosen = app.selectbox(key="section")

    assert chosen.options == list(sections)
    activities = next(one for one in sections if one.startswith("Veiklos"))
    for code, title in (("accepted", next(iter(sections))), ("activity", activities)):
        chosen.select(code).run()
        assert sections[title] in [element.value for element in app.markdown]
