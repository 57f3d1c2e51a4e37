"""Where things are and how they are set: the only module that reads environment and clock."""

import datetime
import getpass
import os
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


def max_file_bytes() -> int:
    """The largest workbook that is read, in bytes (`RAPPORTEUR_MAX_UPLOAD_MB`, default 50 MB).

    Raises SettingError when it is not a whole number above 0.
    """
    given = os.environ.get("RAPPORTEUR_MAX_UPLOAD_MB") or "50"
    if not given.isdecimal() or int(given) == 0:
        raise SettingError(
            f"RAPPORTEUR_MAX_UPLOAD_MB={given}: reikia sveikojo skaičiaus, didesnio už 0 "
            f"(a whole number above 0 is needed)."
        )
    return int(given) * 2**20


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
