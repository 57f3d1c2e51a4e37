"""Sheets of workbooks whose texts are brought within what a cell holds."""

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery.file_limits import cut


class _TextSheet(Worksheet):  # type: ignore[misc]
    """A sheet that cuts what a cell cannot hold, and says so, where XlsxWriter just cuts it.

    Signs that XML forbids stay: XlsxWriter writes them as Excel does, so that they are read back.
    """

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        return super()._write_string(row, col, cut(string), cell_format)


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """A further sheet of a workbook, whose texts are brought within the limits of a cell."""
    sheet: Worksheet = book.add_worksheet(name, _TextSheet)
    return sheet
