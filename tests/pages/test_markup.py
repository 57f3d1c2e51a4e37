"""Words of the data are drawn to the letter: markup in any text column is markup nowhere."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from rapporteur.delivery.declaration import SHEET_OF_TABLE, Kind
from tests.conftest import DEFAULTS, Office
from tests.pages.conftest import Open

CANARY = (
    "![v](http://127.0.0.9/x.png) <img src=x> [l](http://127.0.0.9/) :red[a] :material/home: "
    ":smile: $x^2$ www.xx.lt http://xx.lt a@xx.lt **b** `c` &amp; -- -> %{y} ~~s~~ <b>t</b>"
)
# What stands in the canary and is read as markup where it is drawn as it is.
SOURCE, CONFLICT, PART, DELIVERY = "S [l](x)", "K :smile:", "a **b**", "T $x^2$ [l](x)"
RAW = ("![v](", " <img", "[l](", ":red[a]", ":material/home:", ":smile:", "$x^2$", "**b**", "`c`")
# Fields of Streamlit's elements that are drawn as plain text, or are never drawn.
PLAIN = {
    *("id", "key", "options", "value", "default", "placeholder", "element_hash", "alt", "user_key"),
    *("url", "query_string", "query_params", "page", "form_id", "data", "json_data", "mixed_data"),
    *("columns", "string_value", "set_value", "raw_values", "raw_value", "file_name"),
}


def filled(table: str, **values: Any) -> dict[str, Any]:
    """A row whose every free text holds the canary."""
    texts = {
        column.name: CANARY
        for column in SHEET_OF_TABLE[table].columns
        if column.kind is Kind.TEXT
        and not column.address
        and column.name not in {"number", "part", "group_code"}
    }
    return {**DEFAULTS[table], **texts, **values}


def hostile_office(office: Office) -> Office:
    """An office that was sent markup in every text column of every sheet."""
    due = {"due_on": datetime.date(2020, 12, 1)}
    content: dict[str, Any] = {
        "institution": [
            filled("institution"),
            filled("institution", code="PD", kind="police"),
            filled("institution", code="MIN", kind="group"),
        ],
        "institution_group": [{}],
        "document": [
            filled("document"),
            filled("document", code="PROT", kind="protokolas", status="projektas"),
        ],
        "recommendation": [
            filled("recommendation"),
            filled("recommendation", code="R0", number="2 :red[a]", made_in=2019),
            filled("recommendation", code="P1", document="PROT"),
        ],
        "recommendation_part": [filled("recommendation_part", part=PART)],
        "addressee": [
            filled("addressee", part=PART),
            filled("addressee", recommendation="R0", institution="PD"),
            filled("addressee", recommendation="P1"),
        ],
        "request": [
            filled("request", part=PART, **due),
            filled("request", recommendation="R0", institution="PD", **due),
        ],
        "response": [filled("response", part=PART, source=SOURCE, on_behalf_of=None)],
        "result": [filled("result", part=PART), filled("result", recommendation="R0")],
        "assessment": [filled("assessment", part=PART, evidence="https://127.0.0.9/a")],
        "recommendation_link": [filled("recommendation_link", later="R1", earlier="R0")],
        "activity": [
            filled("activity", source=SOURCE, recommendation="R1"),
            filled("activity", source=SOURCE, scope="nenurodyta", municipality=None, count=2),
        ],
        "statistic": [
            filled("statistic", source=SOURCE, conflict=CONFLICT, is_preferred="taip"),
            filled("statistic", source="DOK", value=30, conflict=CONFLICT),
            filled("statistic", source=SOURCE, year=2019),
        ],
        "conflict": [filled("conflict", code=CONFLICT)],
        "coordination": [filled("coordination", source=SOURCE)],
        "source": [filled("source", code=SOURCE, url="https://127.0.0.9/s")],
    }
    known = {c.name for c in SHEET_OF_TABLE["response"].columns}
    for row in content["response"]:
        for name in set(row) - known:
            del row[name]
    path = office.workbook(DELIVERY, name="failas [l](x).xlsx", **content)
    [outcome] = office.load(path, confirm=["personal-data"])
    assert outcome.accepted, [(p.sheet, p.cell, p.message()) for p in outcome.problems]
    return office


def strings(message: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a message that Streamlit draws as Markdown."""
    for field, value in message.ListFields():
        if field.name in PLAIN:
            continue
        values = (
            value
            if not isinstance(value, str | bytes | int | float) and not hasattr(value, "ListFields")
            else [value]
        )
        for one in values:
            if hasattr(one, "ListFields"):
                yield from strings(one, f"{path}.{field.name}")
            elif isinstance(one, str):
                yield f"{path}.{field.name}", one


def drawn(block: Any) -> Iterator[tuple[str, str]]:
    for child in block.children.values():
        if isinstance(child, Block):
            if child.proto is not None:
                yield from strings(child.proto, child.type)
            yield from drawn(child)
        # Our own components put what they are given into the page as text.
        elif isinstance(child, Element) and child.type not in {"code", "bidi_component"}:
            yield from strings(child.proto, child.type)
            if child.type == "table":
                for cell in child.value.to_numpy().ravel().tolist():
                    yield "table.cell", str(cell)


def raw_markup(app: AppTest) -> list[tuple[str, str, str]]:
    """Where words of the data would be read as markup: the field, which, and the text."""
    found = []
    for path, words in drawn(app._tree):
        if path.endswith(".spec"):
            words = json.dumps(json.loads(words), ensure_ascii=False)
            seen = [one for one in ("<img", "<b>t", "-> %{y}") if one in words]
        else:
            seen = [one for one in RAW if one in words]
        found += [(path, one, words[:300]) for one in seen]
    return found


PAGES: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("implementation", {"year": "2020"}),
    ("recommendations", {"year": "2020"}),
    ("recommendations", {"recommendation": "R1"}),
    ("institutions", {"year": "2020"}),
    ("institutions", {"institution": "PD", "year": "2020"}),
    ("activities", {"year": "2020", "municipality": "LT-57"}),
    ("investigations", {"indicator": "victims_identified"}),
    ("protocol", {}),
    ("data", {}),
    ("methodology", {"source": SOURCE}),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return hostile_office(Office(tmp_path_factory.mktemp("hostile")))


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_no_words_of_the_data_are_markup(
    hostile: Office, open_page: Open, page: str, query: dict[str, str]
) -> None:
    app = open_page(page, database=hostile.target, **query)
    found = raw_markup(app)
    assert not found, "\n".join(map(str, found[:20]))
