"""The check of a store, told: what is not as it was stored, and codes that no list knows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapporteur.delivery import stored_codes
from rapporteur.translations import later, translator
from rapporteur.warehouse import verification
from rapporteur.warehouse.former_codes import UnknownCode
from rapporteur.warehouse.reading import open_current
from rapporteur.warehouse.verification import Trouble, Verified

_SENTENCES: Final[Mapping[str, str]] = {
    verification.GENERATION_BROKEN: later("{generation} cannot be read: {reason}."),
    verification.FILE_DIFFERS: later(
        "{generation}, version {version}: the file {file} is not the one that was loaded (SHA-256)."
    ),
    verification.FILE_GONE: later("{generation}, version {version}: the file {file} is gone."),
    verification.FILES_NONE: later("{generation}, version {version}: it has no files."),
    verification.VERSION_GONE: later(
        "{generation}, version {version}: a version that it needs is not there."
    ),
    verification.ROWS_OF_NO_VERSION: later(
        "{generation}, table {reason}: rows of version {version}, which is not there."
    ),
}


@dataclass(frozen=True)
class StoreCheck:
    """Findings of a check of a store."""

    verified: Verified
    unknown_codes: tuple[UnknownCode, ...]

    @property
    def is_sound(self) -> bool:
        """Everything is as it was stored, and every code is one of a list."""
        return not self.verified.troubles and not self.unknown_codes

    def as_json(self, language: str) -> dict[str, object]:
        """The document of `check-store --json`."""
        return {
            "accepted": self.is_sound,
            "current": self.verified.current,
            "generations": self.verified.generations,
            "versions": self.verified.versions,
            "files": self.verified.files,
            "problems": [
                {
                    "generation": one.generation,
                    "version": one.version,
                    "file": one.file,
                    "code": one.code,
                    "message": told(one, language),
                }
                for one in self.verified.troubles
            ],
            "unknown_codes": [
                {
                    "table": one.table,
                    "column": one.column,
                    "code": one.code,
                    "rows": one.rows,
                    "deliveries": list(one.deliveries),
                }
                for one in self.unknown_codes
            ],
        }


def told(trouble: Trouble, language: str) -> str:
    """One trouble in a sentence."""
    return (
        translator(language)
        .gettext(_SENTENCES[trouble.code])
        .format(
            generation=trouble.generation,
            version=trouble.version,
            file=trouble.file,
            reason=trouble.reason,
        )
    )


def check(target: Path, as_of: datetime.date) -> StoreCheck | None:
    """Verify a store, and look for unknown codes in what is current; None for no store at all.

    Raises WarehouseError where the pointer is lost.
    """
    verified = verification.verify(target)
    if verified is None:
        return None
    if any(one.generation == verified.current and not one.version for one in verified.troubles):
        return StoreCheck(verified, ())
    warehouse = open_current(target)
    try:
        return StoreCheck(verified, tuple(stored_codes.unknown(warehouse, as_of)))
    finally:
        warehouse.close()
