"""A published report of two columns as a draft workbook, whose readings the analyst confirms.

Word for word are the recommendations and the results. Everything else is a reading: what is
doubtful is coloured, says why at its cell, and stands once more on the sheet Patvirtinti, which the
loader leaves alone. Where the report does not say who answered, nothing is entered. Always
Lithuanian.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from rapporteur.delivery import loading, reference, template
from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.problems import Problem, cell_address
from rapporteur.delivery.reading import name_of
from rapporteur.delivery.template import Filled, Template
from rapporteur.delivery.values import MAX_TEXT, Unfit, parse, plain
from rapporteur.documents import report_reading
from rapporteur.documents.naming import Institution, Names
from rapporteur.documents.report_reading import Entry, NotAReport, Report
from rapporteur.documents.report_understanding import (
    ADDRESSEE,
    UNANSWERED,
    Reported,
    addressed,
    parts,
    reported,
    said,
)
from rapporteur.translations import later, translator
from rapporteur.warehouse import generations

CONFIRM_SHEET: Final = "Patvirtinti"
_TABLES: Final = (
    "delivery",
    "document",
    "recommendation",
    "recommendation_part",
    "addressee",
    "response",
    "result",
)
_NAMES: Final = {table: SHEET_OF_TABLE[table].name for table in (*_TABLES, "institution")}
_WIDTHS: Final = (6, 18, 12, 58, 74, 20)
_WHOLE_WIDTH: Final = sum(_WIDTHS)
_SHOWN: Final = 240  # characters of a value in the list

_REPORTING_YEAR: Final = (
    "Metai, kuriais rekomendacijos pateiktos, laikomi ir ataskaitiniais metais. Jei ataskaitoje "
    "rašoma apie kitus metus, pakeiskite ataskaitinius metus visuose lapuose."
)
_GUESSED_YEAR: Final = (
    "Ataskaitos pavadinime metų nėra: pasiūlyti tie, kurie minimi failo varde arba tekste. Jei jie "
    "kiti, parenkite juodraštį iš naujo, nurodydami --year."
)
_SENDER: Final = (
    "Nežinoma, kuri institucija teikia nacionalinio pranešėjo duomenis. Įrašykite jos kodą."
)
_REPLACES: Final = (
    "Pateikimas tokiu kodu jau įkeltas: įkėlus šį failą, jis bus pakeistas. Jei tai kitas "
    "pateikimas, duokite kitą kodą."
)
_TITLE: Final = "Virš lentelės pavadinimo nėra: įrašytas bendras pavadinimas."
_KNOWN_DOCUMENT: Final = (
    "Toks dokumentas jau įkeltas kitu pateikimu; antrą kartą jo įkelti negalima."
)
_NUMBERS: Final = (
    "Ataskaitoje rekomendacijos nenumeruotos: numeriai ir kodai duoti iš eilės. Jei rekomendacijų "
    "dokumente jie kiti, pakeiskite visuose lapuose."
)
_REPEATED_NUMBER: Final = "Toks numeris jau yra kitos rekomendacijos: kodas papildytas."
_KNOWN: Final = (
    "Šios rekomendacijos jau įkeltos pateikimu „{delivery}“, o antrą kartą jų įkelti negalima. Jei "
    "norite įkelti tik atsakymus ir rezultatus, ištrinkite jų eilutes lapuose „Dokumentai“, "
    "„Rekomendacijos“, „Dalys“ ir „Adresatai“."
)
_TAKEN: Final = "Kodas {code} jau yra kitos įkeltos rekomendacijos, todėl duotas laisvas."
_VERB: Final = (
    "Žodžio „rekomenduotina“, „siūlytina“ ar panašaus nėra: įrašytas pirmasis veiksmažodis."
)
_NATURE: Final = "Siūloma, nes tekste yra žodis „nuolat“. Patvirtinkite arba palikite tuščią."
_DUE: Final = "Terminas rastas tekste. Patvirtinkite, kad jis taikomas visai rekomendacijai."
_NOBODY: Final = "Adresato tekste atpažinti nepavyko. Įrašykite jį lape „Adresatai“."
_OF_DOUBTFUL: Final = (
    "Įrašyta, nes ataskaitoje duomenų nepateikta, bet adresatas nepatvirtintas: jei jį ištrinsite, "
    "ištrinkite ir šią eilutę."
)
_UNMENTIONED: Final = (
    "Ar šis adresatas atsakė, ataskaitoje nepasakyta: eilutės jam nėra, bus rodoma „neminima“. Jei "
    "už jį atsakė kita institucija, įrašykite jo kodą jos eilutės stulpelyje „Už“."
)
_UNATTRIBUTED: Final = (
    "Neaišku, kuri institucija pateikė šiuos duomenis, todėl lape „Atsakymai“ jų nėra. Jei žinote, "
    "įrašykite."
)
_NO_RESULTS: Final = (
    "Rezultatų langelyje institucijų duomenų nėra, todėl apie atsakymus nieko neįrašyta."
)
_TOO_LONG: Final = "Tekstas netelpa į vieną langelį, todėl paliktas tik lape „Rezultatai“."
_READ_OTHERWISE: Final = "Ataskaita čia kitokia nei įprasta. {message}"


@dataclass(frozen=True)
class Known:
    """What the database knows that a report may tell of.

    `is_empty`: there is none, so municipalities are all that can be recognised. `documents` are
    code and title.
    """

    institutions: tuple[Institution, ...]
    sender: str | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    recommendations: Mapping[str, "Loaded"] = field(default_factory=dict)
    deliveries: frozenset[str] = frozenset()
    is_empty: bool = False


@dataclass(frozen=True)
class Loaded:
    """A recommendation in the database: its words, its document and who brought it."""

    text: str
    document: str
    delivery: str


@dataclass(frozen=True)
class Doubt:
    """A reading to confirm: where it stands, what it is and why. `cell` is None where it is not."""

    sheet: str
    cell: str | None
    value: str
    reason: str

    def as_json(self) -> dict[str, str | None]:
        """The shape that `--json` promises."""
        return dict(vars(self))


@dataclass(frozen=True)
class Draft:
    """The workbook, its rows by table, what is to be confirmed, and how the report was read."""

    content: bytes
    delivery: str
    year: int
    rows: Mapping[str, int]
    doubts: tuple[Doubt, ...]
    notices: tuple[Problem, ...]


def known(target: Path, as_of: datetime.date) -> Known:
    """What the database knows on a day; without a database the municipalities alone.

    Raises WarehouseError where there is a database that cannot be read.
    """
    if generations.current(target) is None:
        places = reference.rows("municipality")
        listed = tuple(Institution(row["code"], row["label_lt"]) for row in places)
        return Known(listed, is_empty=True)
    warehouse = loading.open_renewed(target)
    try:

        def answer(question: str) -> list[dict[str, Any]]:
            columns, rows = warehouse.rows(question, as_of=as_of)
            return [dict(zip(columns, row, strict=True)) for row in rows]

        institutions = tuple(
            Institution(row["code"], row["name"], row["dative"])
            for row in answer("institutions/named")
        )
        senders = {row["recommendation"]: row for row in answer("recommendations/senders")}
        catalogue = answer("recommendations/catalogue")
        deliveries = frozenset(row["code"] for row in answer("overview/deliveries"))
        sent_by = [
            senders[row["recommendation"]]["institution"]
            for row in catalogue
            if row["recommendation"] in senders
        ] or [row["institution"] for row in answer("overview/delivery")]
        return Known(
            institutions,
            # Who sent the latest recommendations; before there are any, the only sender there is.
            sent_by[-1] if catalogue or len(set(sent_by)) == 1 else None,
            {row["document"]: row["document_title"] or "" for row in catalogue},
            {
                row["recommendation"]: Loaded(
                    row["text"],
                    row["document"],
                    senders.get(row["recommendation"], {}).get("delivery", ""),
                )
                for row in catalogue
            },
            deliveries,
            is_empty=all(one.code.startswith("LT-") for one in institutions),
        )
    finally:
        warehouse.close()


def draft(path: Path, what_is_known: Known, *, year: int | None = None) -> Draft:
    """The draft workbook of a report; `year` goes before the year that the report says.

    Raises NotAReport for a file that is none or says no year, OSError when it cannot be read.
    """
    report = report_reading.read(path)
    if year is None and report.year is None and report.guessed_year is None:
        raise NotAReport(
            Problem(
                name_of(path),
                None,
                None,
                "value-not-a-year",
                None,
                later("The title says no year. Give it: --year YEAR."),
            )
        )
    return _Drafting(path, report, what_is_known, year).made()


@dataclass
class _Row:
    """A row of a sheet that is being filled in, and the doubts about its columns."""

    cells: dict[str, str | float | None]
    doubts: dict[str, str] = field(default_factory=dict)


class _Drafting:
    """Makes the draft of one report."""

    def __init__(self, path: Path, report: Report, known: Known, year: int | None) -> None:
        self.path, self.report, self.known = path, report, known
        found = year or report.year or report.guessed_year
        assert found is not None
        self.year = found
        self.is_guessed = year is None and report.year is None
        self.names = Names(known.institutions)
        self.rows: dict[str, list[_Row]] = {table: [] for table in _TABLES}
        self.beside: list[Doubt] = []
        of_entries = (notice for entry in report.entries for notice in entry.notices)
        self.notices = [*report.notices, *of_entries]
        self.codes: set[str] = set()
        self.repeated: dict[str, list[str]] = {}
        self.has_unknown = False
        self.document = ""

    def made(self) -> Draft:
        code = f"ATASKAITA-{self.year}"
        if self.known.is_empty:
            self._notice(
                later(
                    "The database knows no institutions: only municipalities could be recognised. "
                    "Load the institutions first (`load --shipped`) or name it with --database."
                )
            )
        if self.report.year not in {None, self.year}:
            self._notice(
                later("The title says {title}, --year {year}: {year} was taken."),
                title=str(self.report.year),
                year=str(self.year),
            )
        self._delivery(code)
        self._document(code)
        unnumbered = [entry for entry in self.report.entries if entry.number is None]
        for place, entry in enumerate(self.report.entries, 1):
            self._entry(entry, entry.number or self._free_number(place))
        if unnumbered:
            rows = self.rows["recommendation"]
            numbers = [row for row in rows if "number" in row.doubts]
            shown = f"{numbers[0].cells['number']}–{numbers[-1].cells['number']}"
            self._beside("recommendation", shown, _NUMBERS, rows.index(numbers[0]), "number")
        for delivery, codes in self.repeated.items():
            rows = self.rows["recommendation"]
            place = next(n for n, row in enumerate(rows) if row.cells["code"] == codes[0])
            reason = _KNOWN.format(delivery=delivery)
            self._beside("recommendation", ", ".join(codes), reason, place, "code")
            self._notice(
                later(
                    "Delivery {delivery} holds recommendations of this report already: {codes}. "
                    "They cannot be loaded once more under another delivery."
                ),
                delivery=delivery,
                codes=", ".join(codes),
            )
        doubts = tuple(self._doubts())
        content = self._written(doubts)
        counts = {table: len(rows) for table, rows in self.rows.items() if rows}
        return Draft(content, code, self.year, counts, doubts, tuple(self.notices))

    def _notice(self, sentence: str, **values: str) -> None:
        self.notices.append(
            Problem(name_of(self.path), None, None, "report-read", None, sentence, values)
        )

    def _add(self, table: str, /, **cells: str | float | None) -> _Row:
        row = _Row(cells)
        self.rows[table].append(row)
        return row

    def _beside(
        self, table: str, value: str, reason: str, place: int | None = None, column: str = ""
    ) -> None:
        """A doubt that is about several cells, of which the first is named, or about none."""
        cell = None if place is None else _address(table, place, column)
        self.beside.append(Doubt(_NAMES[table], cell, _cut(value), reason))

    # Rows -------------------------------------------------------------------------------------

    def _delivery(self, code: str) -> None:
        row = self._add(
            "delivery",
            code=code,
            institution=self.known.sender,
            year=float(self.year),
            note=f"Juodraštis, parengtas iš ataskaitos „{name_of(self.path)}“.",
        )
        row.doubts["year"] = _GUESSED_YEAR if self.is_guessed else _REPORTING_YEAR
        if self.known.sender is None:
            row.doubts["institution"] = _SENDER
        if code in self.known.deliveries:
            row.doubts["code"] = _REPLACES

    def _document(self, code: str) -> None:
        title = self.report.title
        same = [one for one, held in self.known.documents.items() if title and _same(held, title)]
        # The same words were recommended by the same document, however its title is spelt.
        same += [
            held.document
            for held in self.known.recommendations.values()
            if any(_same(held.text, entry.text) for entry in self.report.entries)
        ]
        self.document = same[0] if same else _free(code, self.known.documents)
        row = self._add(
            "document",
            code=self.document,
            title=title
            or f"{self.year} metais pateiktų institucijoms rekomendacijų įgyvendinimo ataskaita",
            kind="ataskaita",
        )
        if same:
            row.doubts["code"] = _KNOWN_DOCUMENT
        if not title:
            row.doubts["title"] = _TITLE

    def _free_number(self, place: int) -> str:
        written = {entry.number for entry in self.report.entries}
        taken = {row.cells["number"] for row in self.rows["recommendation"]} | written
        return next(str(one) for one in range(place, 10_000) if str(one) not in taken)

    def _entry(self, entry: Entry, number: str) -> None:
        """A recommendation with everything that is said of it."""
        code, doubt = self._code(entry, number)
        head, divided = parts(entry)
        about = said(entry, head)
        row = self._add(
            "recommendation",
            code=code,
            document=self.document,
            number=number,
            made_in=float(self.year),
            text=entry.text,
            verb=about.verb,
            nature="nuolatinis" if about.is_continuing else None,
            due_on=_day(about.due),
        )
        if doubt is not None:
            row.doubts["code"] = doubt
        if entry.number is None:
            row.doubts["number"] = ""  # told once for all
        if about.verb and not about.is_verb_certain:
            row.doubts["verb"] = _VERB
        if about.is_continuing:
            row.doubts["nature"] = _NATURE
        if row.cells["due_on"]:
            row.doubts["due_on"] = _DUE
        messages = [one.message(translator("lt").gettext) for one in entry.notices]
        if messages:
            row.doubts["text"] = _READ_OTHERWISE.format(message=" ".join(messages))
        for part in divided:
            added = self._add(
                "recommendation_part", recommendation=code, part=part.code, text=part.text
            )
            if part.reason:
                added.doubts["part"] = part.reason
        told, strange = addressed(self.names, head, divided)
        result = reported(self.names, entry.results)
        for one in told:
            self._addressee(code, one.institution, one.role, one.quote, one.part, one.reason)
        named = {one.institution for one in told}
        for partner in result.partners:
            if partner.institution not in named:
                self._addressee(
                    code, partner.institution, partner.role, partner.quote, None, partner.reason
                )
        for stranger in strange:
            self.has_unknown = True
            self._beside("addressee", f"{code}: {stranger.words}", stranger.reason)
        if not any(one.role == ADDRESSEE for one in told):
            row.doubts["text"] = " ".join(filter(None, (row.doubts.get("text"), _NOBODY)))
        self._results(code, result)
        self._answers(code, result)

    def _code(self, entry: Entry, number: str) -> tuple[str, str | None]:
        """A code for a recommendation, and why it is doubtful."""
        for code, held in self.known.recommendations.items():
            if code not in self.codes and _same(held.text, entry.text):
                self.codes.add(code)
                self.repeated.setdefault(held.delivery, []).append(code)
                return code, ""  # told once for all of them
        code = f"R{self.year}-{number}"
        free = _free(code, {*self.codes, *self.known.recommendations})
        doubt = None
        if free != code:
            is_known = code in self.known.recommendations
            doubt = _TAKEN.format(code=code) if is_known else _REPEATED_NUMBER
        self.codes.add(free)
        return free, doubt

    def _addressee(
        self, code: str, institution: str, role: str, quote: str, part: str | None, why: str | None
    ) -> None:
        row = self._add(
            "addressee",
            recommendation=code,
            part=part,
            institution=institution,
            role=role,
            quote=quote,
        )
        if why:
            row.doubts["institution"] = why

    def _results(self, code: str, result: Reported) -> None:
        for place, paragraph in enumerate(result.paragraphs):
            row = self._add(
                "result",
                recommendation=code,
                year=float(self.year),
                position=float(place + 1),
                text=paragraph,
            )
            if place in result.unattributed:
                row.doubts["text"] = _UNATTRIBUTED

    def _answers(self, code: str, result: Reported) -> None:
        addressees = [
            row
            for row in self.rows["addressee"]
            if row.cells["recommendation"] == code and row.cells["role"] == ADDRESSEE
        ]
        if not result.paragraphs:
            self._beside("response", code, _NO_RESULTS)
            return
        if result.is_silent:
            for one in addressees:
                row = self._response(
                    code,
                    one.cells["institution"],
                    UNANSWERED,
                    "\n".join(result.paragraphs),
                    one.cells["part"],
                )
                if one.doubts:
                    row.doubts["institution"] = _OF_DOUBTFUL
            return
        for answer in result.answers:
            is_long = len(answer.text) > MAX_TEXT
            text = None if is_long else answer.text
            row = self._response(code, answer.institution, answer.state, text)
            row.doubts["institution"] = answer.reason
            row.doubts["state"] = ""  # told with the institution
            if is_long:
                row.doubts["text"] = _TOO_LONG
        speaking = {answer.institution for answer in result.answers}
        for institution in dict.fromkeys(one.cells["institution"] for one in addressees):
            if institution not in speaking:
                self._beside("response", f"{code}: {institution}", _UNMENTIONED)

    def _response(
        self,
        code: str,
        institution: str | float | None,
        state: str,
        text: str | None,
        part: str | float | None = None,
    ) -> _Row:
        return self._add(
            "response",
            recommendation=code,
            part=part,
            institution=institution,
            year=float(self.year),
            state=state,
            text=text,
            is_retold="taip",
            source=self.document,
        )

    # The workbook -----------------------------------------------------------------------------

    def _doubts(self) -> Iterator[Doubt]:
        """What is to be confirmed, sheet by sheet from top to bottom."""
        for table in _TABLES:
            yield from (
                one for one in self.beside if one.sheet == _NAMES[table] and one.cell is not None
            )
            for place, row in enumerate(self.rows[table]):
                for column in SHEET_OF_TABLE[table].columns:
                    if reason := row.doubts.get(column.name):
                        value = _as_shown(row.cells[column.name])
                        if table != "recommendation" and "recommendation" in row.cells:
                            value = f"{row.cells['recommendation']}: {value}"
                        yield Doubt(
                            _NAMES[table], _address(table, place, column.name), _cut(value), reason
                        )
            yield from (
                one for one in self.beside if one.sheet == _NAMES[table] and one.cell is None
            )

    def _written(self, doubts: Sequence[Doubt]) -> bytes:
        filled = {
            table: [Filled(row.cells, doubts=row.doubts) for row in rows]
            for table, rows in self.rows.items()
            if rows
        }
        tables = [*_TABLES]
        if self.has_unknown:
            tables.insert(1, "institution")

        def cover(book: Template, written: Worksheet) -> None:
            self._cover(book, written, doubts)

        return template.written(
            f"Ataskaitos juodraštis, {self.year}",
            filled,
            cover=(CONFIRM_SHEET, cover),
            sheets=[SHEET_OF_TABLE[table] for table in tables],
        )

    def _cover(self, book: Template, written: Worksheet, doubts: Sequence[Doubt]) -> None:
        """The sheet that says what to confirm, and how the report was read."""
        formats = book.formats
        written.set_tab_color("#B26A00")
        written.hide_gridlines(2)
        for place, width in enumerate(_WIDTHS):
            written.set_column(place, place, width)
        last = len(_WIDTHS) - 1
        row = -1

        def whole(words: str, look: Any) -> None:
            nonlocal row
            row += 1
            written.merge_range(row, 0, row, last, words, look)
            written.set_row(row, template.row_height(words, _WHOLE_WIDTH) + 5)

        def table(headings: Sequence[str]) -> None:
            nonlocal row
            row += 1
            for place, heading in enumerate(headings):
                written.write_string(row, place, heading, formats.required)
            written.set_row(row, 22)

        def line(cells: Sequence[str]) -> None:
            nonlocal row
            row += 1
            for place, words in enumerate(cells):
                written.write_string(row, place, words, formats.text)
            heights = [
                template.row_height(words, width - 3)
                for words, width in zip(cells, _WIDTHS, strict=False)
            ]
            written.set_row(row, min(max(heights) + 4, 300))

        whole(
            f"Ataskaitos juodraštis: patvirtinkite, kas perskaityta ({len(doubts)})", formats.title
        )
        written.set_row(row, 30)
        whole(
            f"Failas: {name_of(self.path)}. Pavadinimas: {self.report.title or '–'}", formats.text
        )
        whole(self._in_numbers(), formats.topic)
        for words in _HOW:
            whole(words, formats.text)
        whole("Taip nuspalvinta tai, ką reikia patvirtinti.", formats.warning)
        row += 1
        whole("Ką patvirtinti", formats.topic)
        table(("Nr.", "Lapas", "Langelis", "Įrašyta", "Kodėl reikia patvirtinti", "Jūsų žyma"))
        written.repeat_rows(row)
        for number, doubt in enumerate(doubts, 1):
            line((str(number), doubt.sheet, doubt.cell or "–", doubt.value, doubt.reason, ""))
            if doubt.cell:
                link = f"internal:'{doubt.sheet}'!{doubt.cell}"
                written.write_url(row, 2, link, formats.link, doubt.cell)
        if not doubts:
            whole("Abejonių nekilo.", formats.text)
        row += 1
        whole("Kaip perskaityta ataskaita", formats.topic)
        for notice in self.notices:
            whole(f"• {notice.message(translator('lt').gettext)}", formats.text)
        if not self.notices:
            whole("Lentelė įprasta: du stulpeliai, be sujungtų ir padalytų langelių.", formats.text)
        listed = [one for one in self.known.institutions if not one.code.startswith("LT-")]
        if listed:
            row += 1
            whole("Žinomų institucijų kodai (savivaldybių – ISO, pvz., LT-57)", formats.topic)
            for one in listed:
                whole(f"{one.code} – {one.name}", formats.text)

    def _in_numbers(self) -> str:
        counts = [f"{_NAMES[table]}: {len(rows)}" for table, rows in self.rows.items() if rows]
        return f"Eilutės – {'; '.join(counts)}."


_HOW: Final = (
    "1. Peržiūrėkite toliau pateiktą sąrašą. Spustelėjus langelio adresą, atsiveria langelis; jis "
    "nuspalvintas, o pastaboje paaiškinta, kodėl. Nespalvinti langeliai – ataskaitos žodžiai arba "
    "tai, kas iš jų matyti vienareikšmiškai.",
    "2. Kas teisinga, palikite; kas ne, pataisykite arba ištrinkite visą eilutę. Spalvų ir pastabų "
    "šalinti nereikia.",
    "3. Įgyvendinimas nevertinamas ir ryšiai su kitomis rekomendacijomis nesiūlomi: to ataskaitoje "
    "nėra. Tema ir trumpas pavadinimas palikti tušti.",
    "4. Išsaugokite ir įkelkite puslapyje „Duomenų teikimas“ arba komanda „load“. Šis lapas "
    "neįkeliamas.",
)


def _address(table: str, place: int, column: str) -> str:
    names = [one.name for one in SHEET_OF_TABLE[table].columns]
    return cell_address(template.FIRST_ROW + place, names.index(column))


def _free(code: str, taken: Mapping[str, object] | set[str]) -> str:
    """The code, or the first like it that nobody has."""
    held = {plain(one) for one in taken}
    further = (f"{code}-{number}" for number in range(2, len(held) + 3))
    return next(one for one in (code, *further) if plain(one) not in held)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _day(written: str | None) -> str | None:
    """A day as a sheet has it; None where what is written is no day."""
    if written is None:
        return None
    column = SHEET_OF_TABLE["recommendation"].column("due_on")
    try:
        day = parse(" ".join(written.replace("m.", "m. ").split()), column, reference.lists(2100))
    except Unfit:
        return None
    return str(day.day.isoformat())


def _as_shown(value: str | float | None) -> str:
    if value is None:
        return "–"
    return str(int(value)) if isinstance(value, float) else value


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
