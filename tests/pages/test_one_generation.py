"""A run of a page reads one generation, to its last question and to the files of its buttons."""

import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rapporteur import settings
from rapporteur.delivery import versions
from rapporteur.ui import door
from rapporteur.warehouse import generations
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.reading import Warehouse
from tests.conftest import MOMENT, Office
from tests.pages.conftest import Open

# Every load tells another number, in words, counts and figures, that nothing else on a page holds.
FIRST = 400_700_001
NUMBER = re.compile(r"4007000\d\d")
_SEPARATOR = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d)")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("office"))
    load(made, FIRST)
    return made


def load(office: Office, number: int) -> None:
    named = {"number": "1", "short": f"Nr. {number}", "text": f"Rekomenduotina, nr. {number}."}
    office.send(
        document=[{"title": f"Dokumentas nr. {number}"}],
        institution=[
            {"code": "VRM", "name": f"Ministerija nr. {number}", "dative": f"Nr. {number}"},
            {"code": "PD", "kind": "police", "name": f"Policija nr. {number}"},
        ],
        recommendation=[named, {**named, "code": "R2", "number": "2", "nature": "nuolatinis"}],
        addressee=[{}, {"recommendation": "R2", "institution": "PD"}],
        request=[{"recommendation": "R2", "institution": "PD"}],
        response=[{"text": f"Atsakymas nr. {number}"}],
        result=[{"text": f"Rezultatas nr. {number}"}],
        assessment=[{"reason": f"Pagrindimas nr. {number}", "evidence": "DOK"}],
        activity=[{"count": number, "recommendation": "R1", "quote": f"Nr. {number}"}],
        statistic=[{"value": number, "quote": f"Nr. {number}"}],
    )
    office.close()


def numbers(shown: str) -> set[str]:
    return set(NUMBER.findall(_SEPARATOR.sub("", shown)))


def all_words(app: AppTest) -> str:
    """Everything that a page sends to the browser, tables and figures included."""
    tables = [table.value.to_csv() for table in (*app.dataframe, *app.table)]
    sent = [str(element.proto) for element in app.main if hasattr(element, "proto")]
    return "\n".join([*tables, *sent])


def inside(content: bytes) -> str:
    """The words of a file, of those that it is packed of, and of workbooks within it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(inside(packed.read(name)) for name in packed.namelist())


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bytes]]:
    """What the buttons of the pages make when they are pressed."""
    found: list[Callable[[], bytes]] = []
    bind = door.as_drawn

    def heard(*args: Any) -> Callable[[], bytes]:
        found.append(bind(*args))
        return found[-1]

    monkeypatch.setattr(door, "as_drawn", heard)
    return found


_loads = itertools.count(FIRST + 1)
_last = [FIRST]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("implementation", {"year": "2020"}),
        ("recommendations", {"year": "2020", "recommendation": "R1"}),
        ("institutions", {"year": "2020", "institution": "PD"}),
        ("activities", {"year": "2020"}),
        ("investigations", {}),
        ("data", {}),
    ],
)
def test_loads_in_between_are_seen_by_the_next_run_alone(
    open_page: Open,
    office: Office,
    files: list[Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    query: dict[str, str],
) -> None:
    ask, asked = door.ask, itertools.count(1)
    shown = str(_last[0])

    def interrupted(name: str, **filters: Any) -> Any:
        answer = ask(name, **filters)
        if next(asked) in (1, 3):  # after two loads the generation's own file is gone
            _last[0] = next(_loads)
            load(office, _last[0])
        return answer

    monkeypatch.setattr(door, "ask", interrupted)
    app = open_page(page, database=office.target, **query)

    assert next(asked) > 4
    # A page that compares versions tells of an earlier one as well; of a later one, none.
    assert max(numbers(all_words(app))) == shown
    made = [numbers(inside(make())) for make in files]
    assert max(max(found, default="") for found in made) == shown


def test_the_day_is_that_of_the_run_too(
    open_page: Open,
    office: Office,
    files: list[Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = itertools.count(100)
    monkeypatch.setattr(settings, "now", lambda: MOMENT + datetime.timedelta(days=next(days)))
    seen: list[datetime.date] = []
    rows, frame = Warehouse.rows, Warehouse.ask

    def spied(method: Any) -> Any:
        def spy(*args: Any, as_of: datetime.date) -> Any:
            seen.append(as_of)
            return method(*args, as_of=as_of)

        return spy

    monkeypatch.setattr(Warehouse, "rows", spied(rows))
    monkeypatch.setattr(Warehouse, "ask", spied(frame))
    app = open_page("recommendations", database=office.target, recommendation="R1", year="2020")
    for make in files:
        make()
    first = set(seen)
    seen.clear()
    app.run()

    assert len(first) == 1
    assert len(set(seen)) == 1
    assert set(seen) != first


def test_what_was_destroyed_meanwhile_is_in_no_file(
    open_page: Open, office: Office, files: list[Callable[[], bytes]]
) -> None:
    office.send("ANT", activity=[{"quote": "Asmens vardas."}])
    [held] = [one["version"] for one in office.ask("overview/versions", delivery="ANT")]
    office.close()
    open_page("activities", database=office.target, year="2020")
    versions.purge(office.target, held, "asmens duomenys", moment=MOMENT, actor="tester")
    generation = generations.current(office.target)

    assert files
    for make in files:
        with pytest.raises(WarehouseError, match="atverkite puslapį iš naujo"):
            make()
    assert generations.current(office.target) == generation


def test_every_button_is_bound_to_what_its_page_shows() -> None:
    """A function of `door` that a button calls when pressed goes through `as_drawn`."""
    sources = [
        *(settings.ROOT / "rapporteur" / "ui").glob("*.py"),
        *(settings.ROOT / "pages").glob("*.py"),
    ]

    assert sources
    assert [path.name for path in sources if "partial(door." in path.read_text("utf-8")] == []
