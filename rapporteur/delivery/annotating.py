"""The answer to the sender: their own workbook back, with what is wrong marked at its cells."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from rapporteur import settings
from rapporteur.delivery.problems import MAX_LISTED, Problem, later
from rapporteur.delivery.reading import Unreadable, name_of, read_file
from rapporteur.translations import LANGUAGES, format_number, translator
from rapporteur.warehouse.scratch import scratch_folder

# The sheet that is added in front, in either language; taken names get " (2)", " (3)", …
ANNOTATION_SHEET: Final = "Pastabos apie failą"
_SECONDS = 300

# Everything that the child (annotator.py) says, but for numbers of things.
TEXTS: Final[Mapping[str, str]] = {
    "author": later("File check"),
    "title": later("Results of the file check"),
    "file": later("File: {file}"),
    "clean": later("No problems were found in this file."),
    "legend": later(
        "Problems to mend: red cells with a thick border and a comment. Notices, where nothing "
        "has to be changed: yellow cells with a comment. A click on an address leads to the cell."
    ),
    "copy": later(
        "This is a copy of the values of {file}: formatting, formulas and all else but the values "
        "is left out. Every value stands at the same address as in the file."
    ),
    "macros": later("Macros are never sent back: this workbook is {file} without its macros."),
    "formulas": later(
        "Formulas are kept, but not their calculated values: before sending this workbook back, "
        "open it in Excel or LibreOffice, so that they are calculated again, and save it."
    ),
    "earlier": later(
        "Marks of an earlier check were taken away. The fill, border and colour of text that "
        "their cells had before that check could not be brought back."
    ),
    "hidden": later(
        "Sheet “{sheet}” is hidden: unhide it, or the links to its cells lead nowhere."
    ),
    "lost": later(
        "This workbook does not hold all that {file} holds: see row {row}. If you need what is "
        "missing, make the corrections in your own file."
    ),
    "problems": later("Problems to mend"),
    "notices": later("Notices, nothing has to be changed"),
    "losses": later("What this workbook no longer holds"),
    "column_file": later("File"),
    "column_sheet": later("Sheet"),
    "column_cell": later("Cell"),
    "column_value": later("Value found"),
    "column_message": later("What is wrong and what to write instead"),
    "column_notice": later("What was noticed"),
    "column_code": later("Code"),
    "column_missing": later("What is missing"),
    "column_count": later("How many"),
    "whole_file": later("the whole file"),
    "quoted": later("“{words}”"),
    # What may be lost, each a row of the last list.
    "lost_activex": later("ActiveX controls"),
    "lost_background": later("background picture of the sheet"),
    "lost_cell_data": later("linked data types and pictures placed inside cells"),
    "lost_chart": later("charts"),
    "lost_chart_formatting": later(
        "part of the charts’ formatting: the charts are kept, but may look simpler"
    ),
    "lost_comment": later("comments"),
    "lost_comment_formatting": later("size and formatting of the comments; their text is kept"),
    "lost_conditional_format": later("conditional formatting"),
    "lost_connection": later("connections to outside data, queries and the data model"),
    "lost_control": later("form controls (buttons, check boxes, lists)"),
    "lost_custom_data": later("data that other programs keep inside the file"),
    "lost_custom_view": later("custom views"),
    "lost_dynamic_array": later("spilling of dynamic array formulas; the formulas are kept"),
    "lost_embedded": later("embedded documents and objects"),
    "lost_header_picture": later("pictures in the page header or footer"),
    "lost_hyperlink": later("hyperlinks"),
    "lost_ink": later("handwriting"),
    "lost_label": later("sensitivity label"),
    "lost_macro_sheet": later("content of a macro or dialogue sheet"),
    "lost_macros": later("macros"),
    "lost_newer_conditional_format": later(
        "conditional formatting of newer Excel versions (data bars, icons, other sheets)"
    ),
    "lost_newer_setting": later("settings of newer Excel versions"),
    "lost_newer_validation": later(
        "data validation of newer Excel versions (lists that stand on another sheet)"
    ),
    "lost_other": later("other parts of the file"),
    "lost_picture": later("pictures"),
    "lost_pivot": later("pivot tables"),
    "lost_query": later("tables filled by a query"),
    "lost_ribbon": later("own buttons in the ribbon"),
    "lost_shape": later("shapes and lines"),
    "lost_signature": later("digital signature: it holds for the file as it was sent only"),
    "lost_slicer": later("slicers and timelines"),
    "lost_smart_art": later("SmartArt diagrams"),
    "lost_sparkline": later("sparklines"),
    "lost_table": later("tables"),
    "lost_text_box": later("text boxes"),
    "lost_thread": later("conversations in comments: their text is kept as ordinary comments"),
    "lost_validation": later("data validation"),
}


class NotAnnotatable(Exception):
    """There is nothing to hand back; `template`, with `values` in its braces, tells why."""

    def __init__(self, template: str, values: Mapping[str, Any]) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


def annotate(
    path: Path, problems: Sequence[Problem], notices: Sequence[Problem], language: str
) -> bytes:
    """The file at `path` as an .xlsx workbook with the problems and notices marked and listed.

    Cells are marked for those whose `file` is the name of `path`; all are listed on a first sheet,
    at most MAX_LISTED of each. What can be kept of an .xlsx or .xlsm is kept, and what is not is
    named; other formats become a copy of their values. The file itself is only read. Raises
    NotAnnotatable when it is no spreadsheet that can be opened, or too large to be marked.
    """
    try:
        read = read_file(path)  # what no reader gets through is not for openpyxl either
    except Unreadable as error:
        raise NotAnnotatable(error.problem.template, error.problem.values) from error
    job = _job(name_of(path), problems, notices, language)
    job["sheets"] = {
        _encodable(sheet.name): {
            "merged": sheet.merged,
            "errors": [[*position, shown] for position, shown in sheet.errors.items()],
        }
        for sheet in read.sheets
    }
    del read  # memory for the child
    with scratch_folder() as folder:
        made = Path(folder, "annotated.xlsx")
        try:
            child = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "rapporteur.delivery.annotator",
                    str(path.resolve()),
                    str(made),
                ],
                input=orjson.dumps(job),
                capture_output=True,
                timeout=_SECONDS,
                env=settings.child_environment(),
                check=False,
            )
            failed = child.returncode != 0
        except subprocess.TimeoutExpired:
            failed = True
        if failed:
            raise NotAnnotatable(
                later("{file} is too large or too unusual to be marked. Use the list of problems."),
                {"file": name_of(path)},
            )
        return made.read_bytes()


def _job(
    file: str, problems: Sequence[Problem], notices: Sequence[Problem], language: str
) -> dict[str, Any]:
    """What the child needs to know, in words of the reader's language."""
    translations = translator(language)
    each_language = [translator(one).gettext for one in LANGUAGES]

    def listed(found: Sequence[Problem]) -> list[dict[str, Any]]:
        own_first = sorted(found, key=lambda problem: problem.file != file)
        return [
            {
                **{
                    name: _encodable(text)
                    for name, text in problem.as_json(translations.gettext).items()
                },
                "here": problem.file == file,
            }
            for problem in own_first[:MAX_LISTED]
        ]

    def told(sentence: str, count: int) -> list[str]:
        limit = translations.gettext(later("The first {limit} are listed and marked."))
        shown = [sentence.format(count=format_number(count, language))]
        if count > MAX_LISTED:
            shown.append(limit.format(limit=format_number(MAX_LISTED, language)))
        return shown

    count = len(problems)
    is_clean = TEXTS["clean"]  # apart: what is collected for translation are strings in gettext()
    summary = [translations.gettext(is_clean)]
    if count:
        summary = told(
            translations.ngettext(
                "{count} problem is to be mended.", "{count} problems are to be mended.", count
            ),
            count,
        )
    if notices:
        summary += told(
            translations.ngettext("{count} notice.", "{count} notices.", len(notices)),
            len(notices),
        )
    return {
        "file": _encodable(file),
        "sheet": ANNOTATION_SHEET,
        "authors": [translate(TEXTS["author"]) for translate in each_language],
        "titles": [translate(TEXTS["title"]) for translate in each_language],
        "texts": {name: translations.gettext(text) for name, text in TEXTS.items()},
        "summary": " ".join(summary),
        "problems": listed(problems),
        "notices": listed(notices),
    }


def _encodable(text: str | None) -> str | None:
    """Without what UTF-8 cannot say: a file name may hold such bytes."""
    return text if text is None else text.encode("utf-8", "replace").decode("utf-8")
