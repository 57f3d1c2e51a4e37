"""The empty workbook that institutions fill in, made from the declaration and its guidance."""

import datetime
import io
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery import reference
from rapporteur.delivery.declaration import SHEETS, STATES_OF_OFFICE, Column, Kind, Sheet
from rapporteur.delivery.file_limits import property_text
from rapporteur.delivery.guidance import (
    EMPTY_COUNT,
    GUIDE_SHEET,
    GUIDES,
    LISTS_SHEET,
    MARKS,
    MARKS_SHEET,
    REQUEST_SHEET,
    form_of,
)
from rapporteur.delivery.text_sheet import add_sheet
from rapporteur.translations import later, translator

NO_PERSONAL_DATA: Final = (
    "Neįrašykite asmens duomenų: vardų, asmens kodų, bylų numerių, aplinkybių, "
    "iš kurių galima atpažinti asmenį"
)
ROWS: Final = 1_000  # rows with drop-downs and messages; more can be filled in without
MAX_TITLE, MAX_MESSAGE = 32, 255  # what Excel shows beside a cell

# The same content gives the same bytes.
_CREATED: Final = datetime.datetime(2026, 1, 1)
_DARK, _PALE, _LINE, _GREY, _WARNING = "#173F73", "#EEF1F5", "#CFD6DF", "#5B6670", "#FFF1D6"
_ASKED: Final = "#DCE4EE"
_TAB_OF_GUIDE, _TAB_OF_INSTITUTIONS, _TAB_OF_OFFICE = "#B26A00", _DARK, "#9AA5B1"
_NARROWEST, _WIDEST = 12, 44
_SHEET_WIDTH = 112  # so that the first line fits on the narrowest sheet, too
_GUIDE_WIDTHS, _MARKS_WIDTHS = (24, 110, 32), (46, 90, 16)
_HEADER_ROW, _EXAMPLE_ROW = 1, 2
FIRST_ROW: Final = _EXAMPLE_ROW  # of the rows that are filled in, from 0
_LONGEST_NOTE: Final = 2_000  # characters of a note on a cell
_HIGHEST: Final = 300  # points; a longer text is read in the cell itself

_WHO: Final = {
    False: "duomenis teikianti institucija",
    True: "nacionalinis pranešėjas",
}
_GUIDE: Final = (
    (
        "Kam skirta",
        "Šioje darbaknygėje institucijos ir savivaldybės pateikia duomenis nacionaliniam "
        "pranešėjui kovos su prekyba žmonėmis klausimais. Ją galima pildyti „Excel“ arba "
        "„LibreOffice“ programa.",
    ),
    (
        "Asmens duomenys",
        "Neįrašykite vardų, asmens kodų, gimimo datų, telefono numerių, el. pašto adresų, bylų "
        "numerių ir aplinkybių, iš kurių galima atpažinti asmenį. Rašykite skaičius ir veiklas, "
        "o ne žmonių istorijas.",
    ),
    (
        "Kuriuos lapus pildyti",
        "Tik tuos, kurių Jums reikia; kam skirtas kiekvienas lapas, nurodyta lentelėje apačioje. "
        "Savivaldybei dažniausiai pakanka lapų „Pateikimas“, „Atsakymai“, „Veiklos“ ir "
        "„Koordinavimas“. Kitus lapus palikite, kaip yra, arba ištrinkite. Lapų nepervadinkite.",
    ),
    (
        "Pateikimo kodas",
        "Kiekvienas prašymas turi savo pateikimo kodą, pvz., „PD-2020“. Įrašykite jį lape "
        "„Pateikimas“. Vienas prašymas – vienas kodas. Jei failą pataisote, siųskite jį visą tuo "
        "pačiu kodu: naujas failas pakeičia viską, kas tuo kodu atsiųsta anksčiau.",
    ),
    (
        "Privalomi stulpeliai",
        "Jų pavadinimai baigiasi žvaigždute (*) ir parašyti paryškintai tamsiame fone. Juos "
        "užpildykite kiekvienoje savo eilutėje, kitus – kai žinote. Stulpelių nepervadinkite; "
        "tuos, kurių nereikia, galima palikti tuščius.",
    ),
    (
        "Pavyzdžio eilutė",
        "Trečioji kiekvieno lapo eilutė (pilkas pasviręs šriftas) yra pavyzdys. Nepakeista ji "
        "neįkeliama, todėl ją galima palikti. Galima ją ir ištrinti arba perrašyti savo duomenimis "
        "– tuomet pakeiskite visus jos langelius.",
    ),
    (
        "Kodai",
        "Institucijas, rekomendacijas ir šaltinius nurodykite kodais, pvz., „PD“, „R2020-1“. Jie "
        "nurodyti prašyme; savivaldybių kodai, pvz., „LT-57“, – lape „Sąrašai“. Savo šaltinio "
        "kodą sugalvokite patys ir šaltinį aprašykite lape „Šaltiniai“.",
    ),
    (
        "Sąrašai",
        "Jei langelyje atsiranda rodyklė, rinkitės reikšmę iš sąrašo. Kelias reikšmes viename "
        "langelyje, kur tai leidžiama, atskirkite kabliataškiu (;). Visi sąrašai yra lape "
        "„Sąrašai“.",
    ),
    (
        "Skaičiai ir ženklai",
        "Rašykite skaitmenimis, pvz., 1 234,5. Jei nieko nebuvo, rašykite 0. Jei duomenų "
        "neturite – „n. d.“ arba nieko. Brūkšnio vietoj skaičiaus nerašykite. Kaip parašyti "
        "„apie 250“ ar „daugiau kaip 250“, paaiškinta lape „Ženklai“.",
    ),
    (
        "Datos",
        "Rašykite taip: 2020-09-01. Kai tikslios dienos nežinote, o stulpelio paaiškinime "
        "leidžiama, pakanka mėnesio (2020-09) arba metų (2020).",
    ),
    (
        "Ką rašyti langelyje",
        "Pažymėjus langelį, šalia rodomas paaiškinimas.",
    ),
    (
        "Kaip išsaugoti",
        "Išsaugokite .xlsx arba .ods formatu, be slaptažodžio. Tinka ir .xlsm, .xls, .csv.",
    ),
    (
        "Kas bus toliau",
        "Gautas failas patikrinamas. Jei randama klaidų, neįkeliama nieko: grąžinamas sąrašas, "
        "kuriame nurodytas lapas, langelis ir ką jame parašyti. Pataisykite ir siųskite iš naujo. "
        "Pastabos įkelti netrukdo. Kai klaidų nėra, įkeliama nauja pateikimo versija; "
        "ankstesnės išsaugomos.",
    ),
)


def workbook(language: str = "lt") -> bytes:
    """The template as an Excel file; messages beside cells are in the language.

    Sheets, columns, lists and the guide are Lithuanian, as those who fill them in are. Raises
    KeyError for a language that is none of ours.
    """
    return written("Duomenų teikimo darbaknygė", {}, language=language)


@dataclass(frozen=True)
class Filled:
    """A row that is filled in already: what stands in each column, and what is said beside it.

    A row with an `ask` is marked as one to be answered in the columns `to_answer`. The columns of
    `doubts` hold a reading that somebody has to confirm, with why.
    """

    cells: Mapping[str, str | float | None]
    ask: str | None = None
    to_answer: tuple[str, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)


Cover = Callable[["Template", Worksheet], None]


def written(
    title: str,
    filled: Mapping[str, Sequence[Filled]],
    *,
    cover: tuple[str, Cover] | None = None,
    language: str = "lt",
    sheets: Sequence[Sheet] | None = None,
    is_request: bool = False,
) -> bytes:
    """The template with rows filled in, by table, and a cover: the name of its sheet and a writer.

    A sheet with rows has no example row. Where only some `sheets` are written, those that explain
    all of them are left out. The lists of a request are hidden, so that they are not printed, and
    offer what an institution states. The same content gives the same bytes.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": property_text(title), "created": _CREATED})
        Template(book, translator(language).gettext, filled).write(cover, sheets, is_request)
    return content.getvalue()


def labels() -> Mapping[str, tuple[str, ...]]:
    """What the drop-downs offer: Lithuanian labels by list, in the order of the lists."""
    found = {
        name: tuple(choice.label_lt for choice in choices)
        for name, choices in reference.choices().items()
    }
    return {
        **found,
        "yes_no": ("taip", "ne"),
        "territory": (*found["county"], *found["municipality"]),
    }


def list_of(column: Column) -> str | None:
    """The list that feeds a column's drop-down, a key of `labels()`; None for no drop-down."""
    match column.kind:
        case Kind.CHOICE:
            return column.choices
        case Kind.YES_NO | Kind.MUNICIPALITY | Kind.TERRITORY:
            return str(column.kind.value)
    return None


@dataclass(frozen=True)
class Formats:
    """How the words of the explaining sheets look."""

    title: Format
    text: Format
    topic: Format
    link: Format
    warning: Format
    required: Format
    optional: Format


class Template:
    """Writes the sheets of one template."""

    def __init__(
        self,
        book: Workbook,
        translate: Callable[[str], str],
        filled: Mapping[str, Sequence[Filled]],
    ) -> None:
        self.book = book
        self.filled = filled
        self.translate = translate
        self.has_marks = True
        self.labels: Mapping[str, tuple[str, ...]] = labels()
        header = {
            "text_wrap": True,
            "valign": "vcenter",
            "align": "left",
            "indent": 1,
            "border": 1,
            "border_color": _LINE,
        }
        top = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1}
        self.formats = Formats(
            title=book.add_format({"bold": True, "font_size": 16, "font_color": _DARK}),
            text=book.add_format(top),
            topic=book.add_format({**top, "bold": True, "font_color": _DARK}),
            link=book.add_format({**top, "font_color": _DARK, "underline": 1}),
            warning=book.add_format(
                {"bold": True, "bg_color": _WARNING, "valign": "vcenter", "indent": 1}
            ),
            required=book.add_format(
                {**header, "bold": True, "bg_color": _DARK, "font_color": "#FFFFFF", "bottom": 5}
            ),
            optional=book.add_format({**header, "bg_color": _PALE, "bottom": 2}),
        )

    def write(
        self,
        cover: tuple[str, Cover] | None = None,
        sheets: Sequence[Sheet] | None = None,
        is_request: bool = False,
    ) -> None:
        """The cover, the guide, the marks, the declared sheets in order, the lists."""
        first = [cover[0]] if cover else []
        wanted = SHEETS if sheets is None else sheets
        explaining = (GUIDE_SHEET, MARKS_SHEET) if sheets is None else ()
        # The letter of a request tells of marks itself.
        self.has_marks = not is_request
        if is_request:
            choices = reference.choices()["answer_state"]
            stated = [one.label_lt for one in choices if one.code not in STATES_OF_OFFICE]
            self.labels = {**self.labels, "answer_state": tuple(stated)}
        names = (*first, *explaining, *(sheet.name for sheet in wanted), LISTS_SHEET)
        written = {name: add_sheet(self.book, name) for name in names}
        for one in written.values():
            one.set_landscape()
            one.set_paper(9)  # A4
            one.fit_to_pages(1, 0)
            one.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
            one.set_footer("&L&A&R&P / &N")
        if explaining:
            self._guide(written[GUIDE_SHEET])
            self._marks(written[MARKS_SHEET])
        ranges = self._lists(written[LISTS_SHEET], wanted)
        for sheet in wanted:
            self._data(written[sheet.name], sheet, ranges)
        if cover:
            name, write_cover = cover
            write_cover(self, written[name])
        written[names[0]].activate()
        if is_request:
            written[LISTS_SHEET].hide()

    # Sheets that explain ---------------------------------------------------------------------

    def _guide(self, written: Worksheet) -> None:
        formats = self.formats
        self._explaining(written, "Kaip pildyti", _GUIDE_WIDTHS)
        written.fit_to_pages(1, 1)
        row = 2
        for topic, text in _GUIDE:
            written.write_string(row, 0, topic, formats.topic)
            written.write_string(row, 1, text, formats.text)
            written.set_row(row, row_height(text, _GUIDE_WIDTHS[1]) + 5)
            row += 1
        row += 1
        self._headings(written, row, ("Lapas", "Kam skirtas", "Kas pildo"))
        for sheet in SHEETS:
            row += 1
            guide = GUIDES[sheet.table]
            written.write_url(row, 0, f"internal:'{sheet.name}'!A1", formats.link, sheet.name)
            written.write_string(row, 1, self.translate(guide.purpose), formats.text)
            written.write_string(row, 2, _WHO[sheet.is_of_office], formats.text)

    def _marks(self, written: Worksheet) -> None:
        self._explaining(written, "Sutartiniai ženklai skaičių stulpeliuose", _MARKS_WIDTHS)
        self._headings(written, 2, ("Langelyje parašyta", "Ką tai reiškia", "Žymima"))
        row = 2
        for row, mark in enumerate(MARKS, 3):
            written.write_string(row, 0, mark.written, self.formats.topic)
            written.write_string(row, 1, self.translate(mark.meaning), self.formats.text)
            written.write_string(row, 2, mark.mark, self.formats.text)
            written.set_row(row, row_height(mark.written, _MARKS_WIDTHS[0]) + 3)
        told = self.translate(EMPTY_COUNT)
        written.write_string(row + 2, 1, told, self.formats.text)
        written.set_row(row + 2, row_height(told, _MARKS_WIDTHS[1]))

    def _explaining(self, written: Worksheet, title: str, widths: Iterable[int]) -> None:
        written.set_tab_color(_TAB_OF_GUIDE)
        written.hide_gridlines(2)
        written.write_string(0, 0, title, self.formats.title)
        for place, width in enumerate(widths):
            written.set_column(place, place, width)

    def _headings(self, written: Worksheet, row: int, headings: Iterable[str]) -> None:
        for place, heading in enumerate(headings):
            written.write_string(row, place, heading, self.formats.required)

    def _lists(self, written: Worksheet, sheets: Sequence[Sheet]) -> Mapping[str, str]:
        """Write what the drop-downs of the sheets offer and return the range of each list."""
        users: dict[str, list[str]] = {}
        for sheet in sheets:
            for column in sheet.columns:
                if name := list_of(column):
                    users.setdefault(name, []).append(f"{sheet.name}: {column.header}")
        self._explaining(written, "Sąrašai, iš kurių renkamasi", ())
        written.freeze_panes(3, 0)
        written.fit_to_pages(0, 1)
        ranges = {}
        place = 0
        for name, told in users.items():
            members = self.labels[name]
            self._listed(written, place, "\n".join(told), members)
            letters = _letters(place)
            ranges[name] = f"='{LISTS_SHEET}'!${letters}$4:${letters}${len(members) + 3}"
            place += 1
            if name == "municipality":
                codes = [choice.code for choice in reference.choices()[name]]
                self._listed(written, place, "Savivaldybės kodas", codes)
                place += 1
        written.set_row(2, 15 * max(map(len, users.values())) + 6)
        return ranges

    def _listed(self, written: Worksheet, place: int, heading: str, members: Iterable[str]) -> None:
        written.write_string(2, place, heading, self.formats.required)
        width = max(map(len, heading.split("\n")))
        for row, member in enumerate(members, 3):
            written.write_string(row, place, member, self.formats.text)
            width = max(width, len(member))
        written.set_column(place, place, width + 5)

    # Sheets that are filled in ---------------------------------------------------------------

    def _data(self, written: Worksheet, sheet: Sheet, ranges: Mapping[str, str]) -> None:
        guide = GUIDES[sheet.table]
        written.set_tab_color(_TAB_OF_OFFICE if sheet.is_of_office else _TAB_OF_INSTITUTIONS)
        written.freeze_panes(_EXAMPLE_ROW, 0)
        written.repeat_rows(0, _HEADER_ROW)
        written.set_row(0, 24)
        widths = self._widths(sheet)
        filled = self.filled.get(sheet.table, ())
        header_height = example_height = 15
        for place, column in enumerate(sheet.columns):
            width = widths[place]
            written.set_column(place, place, width, self._cells(column))
            written.write_blank(0, place, None, self.formats.warning)
            header = f"{column.header} *" if column.required else column.header
            written.write_string(
                _HEADER_ROW,
                place,
                header,
                self.formats.required if column.required else self.formats.optional,
            )
            header_height = max(header_height, row_height(header, width))
            if not filled:
                example = guide.columns[column.name].example
                looks = self._cells(column, is_example=True)
                _write_example(written, place, column, example, looks)
                example_height = max(example_height, row_height(example, width))
            written.data_validation(
                _EXAMPLE_ROW,
                place,
                _EXAMPLE_ROW + ROWS - 1,
                place,
                self._validation(sheet, column, ranges),
            )
            if column.kind is Kind.NUMBER:
                self._whole_numbers_without_decimals(written, place)
        written.write_string(0, 0, NO_PERSONAL_DATA, self.formats.warning)
        written.set_row(_HEADER_ROW, header_height + 9)
        if filled:
            self._fill(written, sheet, filled, widths)
        else:
            written.set_row(_EXAMPLE_ROW, example_height)

    def _fill(
        self, written: Worksheet, sheet: Sheet, filled: Sequence[Filled], widths: Sequence[float]
    ) -> None:
        """Write the rows that are filled in; what is to be answered is coloured and says so."""
        plain = [self._cells(column) for column in sheet.columns]
        asked = [self._cells(column, is_asked=True) for column in sheet.columns]
        doubted = [self._cells(column, is_doubted=True) for column in sheet.columns]
        for number, row in enumerate(filled, FIRST_ROW):
            height = 15
            for place, column in enumerate(sheet.columns):
                cell = row.cells.get(column.name)
                look = asked[place] if column.name in row.to_answer else plain[place]
                doubt = row.doubts.get(column.name)
                if doubt is not None:
                    look = doubted[place]
                if isinstance(cell, str):
                    written.write_string(number, place, cell, look)
                    height = max(height, row_height(cell, widths[place]))
                elif cell is not None:
                    written.write_number(number, place, cell, look)
                else:
                    written.write_blank(number, place, None, look)
                if row.ask and row.to_answer and column.name == row.to_answer[0]:
                    doubt = row.ask
                if doubt:
                    written.write_comment(
                        number,
                        place,
                        doubt[:_LONGEST_NOTE],
                        {"x_scale": 3, "y_scale": 3, "font_size": 10},
                    )
            written.set_row(number, min(height, _HIGHEST))

    def _cells(
        self,
        column: Column,
        *,
        is_example: bool = False,
        is_asked: bool = False,
        is_doubted: bool = False,
    ) -> Format:
        """How the cells of a column look, and how a program takes what is typed into them."""
        is_amount = column.kind in {Kind.COUNT, Kind.NUMBER}
        look = {
            "num_format": _number_format(column),
            "text_wrap": True,
            "valign": "top",
            "align": "right" if is_amount else "left",
            "indent": 1,
        }
        if is_example:
            look |= {"italic": True, "font_color": _GREY}
        if is_asked:
            # No colour of praise or blame: what is missing is a fact.
            look |= {"bg_color": _ASKED, "border": 2, "border_color": _DARK}
        if is_doubted:
            look |= {"bg_color": _WARNING, "border": 2, "border_color": _TAB_OF_GUIDE}
        return self.book.add_format(look)

    def _widths(self, sheet: Sheet) -> list[float]:
        """How wide each column of a sheet is, in characters."""
        widths = []
        for column in sheet.columns:
            shown = [GUIDES[sheet.table].columns[column.name].example]
            if (name := list_of(column)) and not column.several:
                shown += self.labels[name]
            longest = max(map(len, shown)) + 4
            # A word of the header is not broken.
            word = max(map(len, column.header.split())) + 6
            widths.append(max(min(longest, _WIDEST), word, _NARROWEST))
        stretch = max(_SHEET_WIDTH / sum(widths), 1)
        return [round(width * stretch, 1) for width in widths]

    def _validation(
        self, sheet: Sheet, column: Column, ranges: Mapping[str, str]
    ) -> dict[str, object]:
        """The drop-down of a column, where it has a list, and the message beside its cells."""
        translate = self.translate
        title = column.header
        told = [translate(GUIDES[sheet.table].columns[column.name].note)]
        if column.required:
            told.insert(0, translate(later("Required.")))
        if column.kind is not Kind.TEXT and (column.kind is not Kind.CODE or column.several):
            marks = MARKS_SHEET if self.has_marks else REQUEST_SHEET
            told.append(translate(form_of(column)).format(marks=marks))
        message: dict[str, object] = {
            "input_title": title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…",
            "input_message": " ".join(told),
        }
        name = list_of(column)
        if name is None:  # a number cell may hold a mark, a date cell words: the loader reads them
            return {"validate": "any", **message}
        return {
            "validate": "list",
            "source": ranges[name],
            # Members separated by semicolons are none of the list.
            "show_error": not column.several,
            "error_type": "stop",
            "error_title": translate(later("Not in the list")),
            "error_message": translate(
                later("Choose a value from the list, or clear the cell. See sheet Sąrašai.")
            ),
            **message,
        }

    def _whole_numbers_without_decimals(self, written: Worksheet, place: int) -> None:
        cell = f"{_letters(place)}{_EXAMPLE_ROW + 1}"
        written.conditional_format(
            _EXAMPLE_ROW,
            place,
            _EXAMPLE_ROW + ROWS - 1,
            place,
            {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({cell}),MOD({cell},1)=0)",
                "format": self.book.add_format({"num_format": "#,##0"}),
            },
        )


def _number_format(column: Column) -> str:
    match column.kind:
        case Kind.COUNT:
            return "#,##0"
        case Kind.NUMBER:
            return "#,##0.0###########"  # a number that is rounded in sight would be refused
        case Kind.YEAR | Kind.INTEGER:
            return "0"
        case Kind.DATE if not column.partial:
            return "yyyy-mm-dd"
    # As text, 2.1 does not become the second of January, nor 2020 a day of 1905.
    return "@"


def _write_example(
    written: Worksheet, place: int, column: Column, example: str, form: Format
) -> None:
    """Write the example as the program would keep it, had a person typed it."""
    if not example:
        written.write_blank(_EXAMPLE_ROW, place, None, form)
    elif column.kind is Kind.DATE and not column.partial:
        day = datetime.datetime.fromisoformat(example)
        written.write_datetime(_EXAMPLE_ROW, place, day, form)
    elif _number_format(column) != "@" and example.isdigit():
        written.write_number(_EXAMPLE_ROW, place, int(example), form)
    else:
        written.write_string(_EXAMPLE_ROW, place, example, form)


def row_height(text: str, width: float) -> int:
    """How high a row must be for a text in a column so wide: not every program finds out itself."""
    lines = (textwrap.wrap(line, int(width)) or [line] for line in text.split("\n"))
    return 15 * sum(map(len, lines))


def _letters(place: int) -> str:
    return str(xlsxwriter.utility.xl_col_to_name(place))
