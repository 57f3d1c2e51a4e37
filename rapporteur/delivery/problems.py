"""Problems and notices: what is wrong or odd, where, and what to write instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapporteur.translations import later as later

# What is refused only until somebody says that it is meant.
CONFIRMABLE = (
    "would-remove",
    "delivery-of-another",
    "sheet-of-office",
    "answer-of-another",
    "sheet-like-known",
    "column-like-known",
    "personal-data",
)
# Those that leave content of the file out: a file that changes nothing says so all the same.
LEFT_OUT = ("sheet-like-known", "column-like-known")
MAX_LISTED = 1_000


@dataclass(frozen=True)
class Problem:
    """One fault (or, in a list of notices, one oddity) at one cell.

    `sheet` and `cell` are None for a fault of a whole file; `code` is stable; `template` is an
    English sentence of the catalogue and `values` what stands in its braces.
    """

    file: str
    sheet: str | None
    cell: str | None
    code: str
    value: str | None
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def message(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong and what to write instead, in the reader's language."""
        return translate(self.template).format(**self.values)

    def as_json(self, translate: Callable[[str], str]) -> dict[str, str | None]:
        """The shape that `--json` promises."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "code": self.code,
            "value": self.value,
            "message": self.message(translate),
        }


def cell_address(row: int, column: int) -> str:
    """Zero-based row and column as a spreadsheet names them: (16, 3) is D17."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
