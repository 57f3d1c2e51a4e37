"""The door for answers: nothing but reading, by many at once, as of any day."""

import concurrent.futures
import datetime
from collections.abc import Iterator

import duckdb
import pytest

from rapporteur.delivery import loading
from rapporteur.warehouse import reading
from rapporteur.warehouse.generations import WarehouseError
from rapporteur.warehouse.questions import UnknownQuestion
from rapporteur.warehouse.reading import BadParameter, Warehouse, open_current, today
from tests.conftest import DAY, Office


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that the tests below only read."""
    office = Office(tmp_path_factory.mktemp("reading"))
    office.send(
        statistic=[{"year": year, "value": year - 2000} for year in range(2014, 2021)],
        activity=[{}],
    )
    return office


@pytest.fixture(scope="module")
def warehouse(loaded: Office) -> Iterator[Warehouse]:
    opened = open_current(loaded.target)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select * from read_parquet('https://example.org/a.parquet')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy stored.activity from '{folder}/in.csv'",
        "export database '{folder}/out'",
        "attach '{folder}/other.duckdb' as other",
        "attach ':memory:' as other",
        "install httpfs",
        "install httpfs from community",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '1TB'",
        "set lock_configuration = false",
        "reset lock_configuration",
        "create table stored.mine (a integer)",
        "create view mine as select 1",
        "insert into stored.version select * from stored.version",
        "update stored.statistic set value = 0",
        "delete from stored.statistic",
        "drop table stored.statistic",
    ],
)
def test_the_door_is_shut_for_all_but_reading(
    loaded: Office, warehouse: Warehouse, statement: str
) -> None:
    before = loaded.files()
    cursor = warehouse._connection.cursor()

    with pytest.raises(duckdb.Error):
        cursor.execute(statement.format(folder=loaded.folder)).fetchall()

    assert loaded.files() == before
    assert not list(loaded.folder.glob("o*.csv"))
    rows = cursor.execute("select count(*) from stored.statistic").fetchall()
    assert rows == [(7,)]


def test_many_threads_ask_one_warehouse(warehouse: Warehouse) -> None:
    def ask(number: int) -> tuple[int, list[int], list[float]]:
        year = 2014 + number % 7
        frame = warehouse.ask("investigations/evidence", {"year": year}, as_of=DAY)
        return year, frame["year"].tolist(), frame["value"].tolist()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(400)))

    assert len(answers) == 400
    assert all(years == [year] and values == [year - 2000] for year, years, values in answers)


def test_threads_that_ask_as_of_different_days_do_not_meet(warehouse: Warehouse) -> None:
    def count(number: int) -> bool:
        as_of = DAY if number % 2 else DAY - datetime.timedelta(days=1)
        _, rows = warehouse.rows("investigations/series", as_of=as_of)
        return len(rows) == (7 if number % 2 else 0)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(count, range(200)))


def test_a_parameter_is_absent_one_value_or_several(warehouse: Warehouse) -> None:
    def years(value: object) -> list[int]:
        given: reading.Parameters = {"year": value}  # type: ignore[dict-item]
        _, rows = warehouse.rows("investigations/evidence", given, as_of=DAY)
        return [row[0] for row in rows]

    everything = list(range(2014, 2021))
    assert years(None) == years([]) == years(()) == everything
    assert years(2020) == years("2020") == years(["2020"]) == [2020]
    assert years(["2015", 2019]) == [2015, 2019]
    assert years("1850") == []


def test_what_is_no_question_or_parameter(warehouse: Warehouse) -> None:
    with pytest.raises(UnknownQuestion, match="investigations/nothing"):
        warehouse.ask("investigations/nothing", as_of=DAY)
    with pytest.raises(UnknownQuestion):
        warehouse.ask("views/figure", as_of=DAY)
    with pytest.raises(UnknownQuestion):
        warehouse.ask("../data/README", as_of=DAY)
    with pytest.raises(BadParameter) as unknown:
        warehouse.ask("investigations/series", {"metai": 2020}, as_of=DAY)
    assert (unknown.value.parameter, unknown.value.value) == ("metai", None)


@pytest.mark.parametrize("value", ["abc", "2020.5x", "99999999999", "1 or 1=1", ""])
def test_a_value_that_does_not_fit_is_told_with_its_parameter(
    warehouse: Warehouse, value: str
) -> None:
    given: reading.Parameters = {"indicator": "victims_identified", "year": value}
    with pytest.raises(BadParameter) as wrong:
        warehouse.rows("investigations/evidence", given, as_of=DAY)
    assert (wrong.value.parameter, wrong.value.value) == ("year", [value])


def test_a_value_is_never_taken_for_sql(warehouse: Warehouse) -> None:
    words = "x'; drop table stored.statistic; --"
    assert warehouse.rows("investigations/evidence", {"indicator": words}, as_of=DAY)[1] == []


def test_the_days_of_the_office_begin_in_vilnius() -> None:
    utc = datetime.UTC
    assert today(datetime.datetime(2021, 2, 28, 21, 59, tzinfo=utc)) == datetime.date(2021, 2, 28)
    assert today(datetime.datetime(2021, 2, 28, 22, 0, tzinfo=utc)) == datetime.date(2021, 3, 1)
    assert today(datetime.datetime(2021, 6, 30, 21, 0, tzinfo=utc)) == datetime.date(2021, 7, 1)


def test_a_load_late_at_night_belongs_to_the_day_in_vilnius(office: Office) -> None:
    office.send(result=[{}], moment=datetime.datetime(2021, 2, 28, 22, 30, tzinfo=datetime.UTC))

    assert office.ask("implementation/results", as_of=datetime.date(2021, 2, 28)) == []
    assert len(office.ask("implementation/results", as_of=datetime.date(2021, 3, 1))) == 1


def test_nothing_was_loaded_yet(office: Office) -> None:
    with pytest.raises(WarehouseError, match="load --shipped"):
        open_current(office.target)
    with pytest.raises(WarehouseError, match="load --shipped"):
        loading.open_renewed(office.target)
