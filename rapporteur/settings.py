"""Where things are and how they are set: the only module that reads environment and clock."""

import datetime
import getpass
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
DATA = ROOT / "data"
REFERENCE = DATA / "reference"
ASSETS = ROOT / "assets"

DEFAULT_DATABASE = ROOT / "var" / "rapporteur.duckdb"


class SettingError(Exception):
    """A setting that this version cannot honour; the message says which and what to do."""


def database(target: str | None = None) -> Path:
    """The database to work with: the target given, else `RAPPORTEUR_DATABASE`, else the default.

    Raises SettingError for a target other than the path of a `.duckdb` file.
    """
    chosen = target or os.environ.get("RAPPORTEUR_DATABASE") or str(DEFAULT_DATABASE)
    if not chosen.endswith(".duckdb") or chosen.startswith("ducklake:"):
        raise SettingError(
            f"Netinkama duomenų bazė „{chosen}“: nurodykite failą, kurio vardas baigiasi .duckdb "
            f"(Unusable database “{chosen}”: name a file that ends in .duckdb)."
        )
    return Path(chosen).expanduser().absolute()


def mode() -> str:
    """How the dashboard is served; only `restricted`, on a loopback address, exists so far.

    Raises SettingError for any other mode.
    """
    chosen = os.environ.get("RAPPORTEUR_MODE") or "restricted"
    if chosen != "restricted":
        raise SettingError(
            f"RAPPORTEUR_MODE={chosen}: šioje versijoje galima tik „restricted“ "
            f"(only “restricted” can be had in this version)."
        )
    return chosen


def _whole_number(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.isdecimal() or int(given) == 0:
        raise SettingError(
            f"{name}={given}: reikia sveikojo skaičiaus, didesnio už 0 "
            f"(a whole number above 0 is needed)."
        )
    return int(given)


def _upload_megabytes() -> int:
    return _whole_number("RAPPORTEUR_MAX_UPLOAD_MB", 50)


def max_file_bytes() -> int:
    """The largest workbook that is read, in bytes (`RAPPORTEUR_MAX_UPLOAD_MB`, default 50 MB).

    Raises SettingError, as the other limits do, when it is not a whole number above 0.
    """
    return _upload_megabytes() * 2**20


def max_unpacked_bytes() -> int:
    """What a workbook may take unpacked, in bytes (`RAPPORTEUR_MAX_UNPACKED_MB`).

    By default 12 times the largest file: dense sheets of real rows pack to about a tenth.
    """
    return _whole_number("RAPPORTEUR_MAX_UNPACKED_MB", 12 * _upload_megabytes()) * 2**20


def parser_megabytes() -> int:
    """The memory that reading one file may take (`RAPPORTEUR_PARSER_MEMORY_MB`, default 3072)."""
    return _whole_number("RAPPORTEUR_PARSER_MEMORY_MB", 3072)


def parser_seconds() -> int:
    """The processor time that reading one file may take (`RAPPORTEUR_PARSER_SECONDS`).

    By default two minutes, and in proportion more where larger files than 50 MB are allowed.
    """
    return _whole_number("RAPPORTEUR_PARSER_SECONDS", max(120, 120 * _upload_megabytes() // 50))


@dataclass(frozen=True)
class Accessibility:
    """What only the institution that publishes the dashboard can say of its accessibility.

    Each is None until the institution has said it.
    """

    institution: str | None
    """Its name, as it stands in a sentence's beginning (`RAPPORTEUR_ACCESSIBILITY_INSTITUTION`)."""
    contact: str | None
    """Where to write or call (`RAPPORTEUR_ACCESSIBILITY_CONTACT`)."""
    prepared_on: datetime.date | None
    """The day of the statement or of its last review (`RAPPORTEUR_ACCESSIBILITY_DATE`)."""
    method: str | None
    """An assessment beside that by our tests (`RAPPORTEUR_ACCESSIBILITY_METHOD`)."""
    complaints: str | None
    """Whom to turn to after the institution (`RAPPORTEUR_ACCESSIBILITY_COMPLAINTS`)."""


def accessibility() -> Accessibility:
    """What the institution says for its accessibility statement.

    Raises SettingError when the date is not one such as 2026-11-27.
    """
    institution, contact, given, method, complaints = (
        (os.environ.get(f"RAPPORTEUR_ACCESSIBILITY_{name}") or "").strip() or None
        for name in ("INSTITUTION", "CONTACT", "DATE", "METHOD", "COMPLAINTS")
    )
    try:
        prepared_on = datetime.date.fromisoformat(given) if given else None
    except ValueError as error:
        raise SettingError(
            f"RAPPORTEUR_ACCESSIBILITY_DATE={given}: reikia datos, pvz., 2026-11-27 "
            f"(a date such as 2026-11-27 is needed)."
        ) from error
    return Accessibility(institution, contact, prepared_on, method, complaints)


def now() -> datetime.datetime:
    """The moment, in UTC. Logic takes it as a parameter; only the edges call this."""
    return datetime.datetime.now(datetime.UTC)


def child_environment() -> dict[str, str]:
    """The environment for a child process that imports this package."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def actor() -> str:
    """Who is at the keyboard, for the history of versions."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a user id without a name
        return ""
