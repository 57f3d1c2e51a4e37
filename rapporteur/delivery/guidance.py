"""What the template tells those who fill it in: of a sheet its purpose, of a column what goes in.

An example is what a person would type into the third row of the template. That of a sheet's first
column begins with EXAMPLE_WORD, so that a row that was left as it is cannot be taken for data; the
others are a consistent delivery, which a test loads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapporteur.delivery.declaration import Column, Kind
from rapporteur.translations import later

GUIDE_SHEET: Final = "Kaip pildyti"
MARKS_SHEET: Final = "Ženklai"
LISTS_SHEET: Final = "Sąrašai"
# Sheets of the template that explain and feed drop-downs; they hold no data.
# The letter with which a workbook of requests begins.
REQUEST_SHEET: Final = "Prašymas"
HELPER_SHEETS: Final = (REQUEST_SHEET, GUIDE_SHEET, MARKS_SHEET, LISTS_SHEET)

EXAMPLE_WORD: Final = "Pavyzdys: "


@dataclass(frozen=True)
class Guide:
    """What goes into a column, and what a person would type there."""

    note: str
    example: str = ""


@dataclass(frozen=True)
class SheetGuide:
    """The purpose of a sheet, and what goes into its columns."""

    purpose: str
    columns: Mapping[str, Guide]


_RECOMMENDATION: Final = later(
    "Code of the recommendation, as the request or the list of recommendations gives it."
)
_PART: Final = Guide(
    later("The part that this row is about; empty means the recommendation as a whole."), "a"
)
_SOURCE: Final = later("Code of the source or document that tells it.")
_SOURCE_OR_DELIVERY: Final = later(
    "Code of the source or document that tells it; empty means this delivery itself."
)
_QUOTE: Final = later("The words of the source, to the letter.")
_NOTE: Final = later("Anything else that a reader should know.")

GUIDES: Final[Mapping[str, SheetGuide]] = {
    "delivery": SheetGuide(
        later("Who sends the data, and under which code: one row."),
        {
            "code": Guide(
                later(
                    "The code of this delivery, as the request states it. Sent again under the "
                    "same code, a file replaces everything that was sent under it before."
                ),
                "Pavyzdys: PD-2020",
            ),
            "institution": Guide(
                later("Code of the institution that sends this; a municipality's is like LT-57."),
                "PD",
            ),
            "year": Guide(
                later("The reporting year; it holds for activities without a year of their own."),
                "2020",
            ),
            "note": Guide(
                later("A remark on the delivery as a whole."),
                "2020 m. atsakymai ir prevencinės veiklos",
            ),
        },
    ),
    "institution": SheetGuide(
        later("Institutions that other sheets name by code."),
        {
            "code": Guide(later("A short code that no other institution has."), "Pavyzdys: PD"),
            "name": Guide(
                later("The official name, in the nominative."),
                "Policijos departamentas prie Vidaus reikalų ministerijos",
            ),
            "genitive": Guide(
                later("The name in the genitive, for running text."),
                "Policijos departamento prie Vidaus reikalų ministerijos",
            ),
            "dative": Guide(
                later("The name in the dative, for running text."),
                "Policijos departamentui prie Vidaus reikalų ministerijos",
            ),
            "name_en": Guide(
                later("The name in English."),
                "Police Department under the Ministry of the Interior",
            ),
            "kind": Guide(later("What kind of institution it is."), "policijos įstaiga"),
            "parent": Guide(
                later("Code of the institution above it, or of the association it belongs to."),
                "VRM",
            ),
            "note": Guide(_NOTE),
        },
    ),
    "institution_group": SheetGuide(
        later("Which institutions a collective addressee stands for."),
        {
            "group_code": Guide(
                later("Code of the group, defined on sheet Institucijos."), "Pavyzdys: INST"
            ),
            "institution": Guide(later("Code of one member of the group."), "PD"),
            "year": Guide(
                later("The year for which the membership holds; empty means every year."), "2020"
            ),
        },
    ),
    "document": SheetGuide(
        later("Documents that make recommendations or are cited as a source."),
        {
            "code": Guide(
                later("A short code that no other document has."), "Pavyzdys: ATASKAITA-2020"
            ),
            "title": Guide(
                later("The full title."),
                "2020 metais pateiktų rekomendacijų įgyvendinimo ataskaita",
            ),
            "kind": Guide(later("What kind of document it is."), "ataskaita"),
            "status": Guide(later("Whether it is a draft or adopted."), "priimtas"),
            "dated_on": Guide(later("The date of the document."), "2020-12"),
            "publisher": Guide(
                later("Who published it."), "Lietuvos Respublikos vidaus reikalų ministerija"
            ),
            "url": Guide(later("Its address on the web."), "https://vrm.lrv.lt/"),
        },
    ),
    "recommendation": SheetGuide(
        later("Recommendations and measures, in the words of their document."),
        {
            "code": Guide(
                later("A short code that no other recommendation has."), "Pavyzdys: R2020-1"
            ),
            "document": Guide(
                later("Code of the document that makes the recommendation."), "ATASKAITA-2020"
            ),
            "number": Guide(later("Its number in the document, such as 2.1."), "1"),
            "made_in": Guide(later("The year in which it was made."), "2020"),
            "text": Guide(
                later("The recommendation, to the letter."),
                "Rekomenduotina užtikrinti, kad prevencija būtų nuolat vykdoma visoje šalyje.",
            ),
            "verb": Guide(
                later("The verb as it is written, such as „rekomenduotina“."), "rekomenduotina"
            ),
            "short": Guide(
                later("A short heading for tables and charts."),
                "Nuolatinė prevencija visoje šalyje",
            ),
            "short_en": Guide(
                later("The same heading in English."), "Continuous prevention nationwide"
            ),
            "nature": Guide(
                later("Done once or a continuing duty; empty when the text does not say."),
                "nuolatinis",
            ),
            "theme": Guide(later("What the recommendation is about."), "švietimas ir prevencija"),
            "due_on": Guide(later("The term that the text sets, if any."), "2020-12-31"),
        },
    ),
    "recommendation_part": SheetGuide(
        later("Parts of recommendations that are answered and assessed one by one."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": Guide(later("The letter or number of the part, such as a."), "a"),
            "text": Guide(
                later("The part, to the letter."),
                "prevencines priemones pritaikyti 18–30 metų asmenims;",
            ),
        },
    ),
    "addressee": SheetGuide(
        later("To whom each recommendation is addressed."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": _PART,
            "institution": Guide(later("Code of the addressee; it may be a group."), "PD"),
            "role": Guide(later("Whether it is an addressee or only co-operates."), "adresatas"),
            "quote": Guide(
                later("The words of the recommendation that name it."), "Policijos departamentui"
            ),
        },
    ),
    "request": SheetGuide(
        later("Which institutions were asked for what, and by when."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": _PART,
            "institution": Guide(later("Code of the institution that was asked."), "PD"),
            "year": Guide(later("The reporting year that was asked about."), "2020"),
            "requested_on": Guide(later("The date of the letter."), "2020-10-01"),
            "letter": Guide(later("The number of the letter."), "1D-205"),
            "due_on": Guide(later("The last day to answer."), "2020-11-02"),
            "extended_to": Guide(
                later("The new last day, where more time was given."), "2020-11-16"
            ),
            "reminded_on": Guide(later("The day of the reminder, if there was one."), "2020-11-04"),
            "replied_on": Guide(later("The date of the letter of reply."), "2020-11-12"),
            "reply_letter": Guide(later("The number of the letter of reply."), "5-S-310"),
        },
    ),
    "response": SheetGuide(
        later("What the institution itself answers on each recommendation."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": _PART,
            "institution": Guide(later("Code of the institution that answers."), "PD"),
            "on_behalf_of": Guide(
                later("Code of the addressee it answers for, where it answers for another.")
            ),
            "year": Guide(later("The reporting year that the answer is about."), "2020"),
            "state": Guide(
                later("Whether data are given; how far it is implemented is not judged here."),
                "pateikta",
            ),
            "text": Guide(
                later("The answer, in the institution's own words."),
                "Surengti mokymai apskričių vyriausiųjų policijos komisariatų pareigūnams.",
            ),
            "is_retold": Guide(
                later("„taip“ when the words are the report's, not the institution's."), "ne"
            ),
            "source": Guide(_SOURCE, "ATASKAITA-2020"),
            "received_on": Guide(later("The day on which the answer arrived."), "2020-11-12"),
            "entered_by": Guide(
                later("The institution or unit that filled in the row; no person's name."),
                "Policijos departamento Prevencijos skyrius",
            ),
        },
    ),
    "result": SheetGuide(
        later("What the report says of each recommendation, paragraph by paragraph."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": _PART,
            "year": Guide(later("The reporting year."), "2020"),
            "position": Guide(
                later("The number of the paragraph within the recommendation: 1, 2, 3 …"), "1"
            ),
            "text": Guide(
                later("The paragraph, to the letter."),
                "Policijos departamentas surengė mokymus pareigūnams.",
            ),
        },
    ),
    "assessment": SheetGuide(
        later("How far each recommendation is implemented, as the rapporteur judges it."),
        {
            "recommendation": Guide(_RECOMMENDATION, "Pavyzdys: R2020-1"),
            "part": _PART,
            "institution": Guide(
                later("Code of the institution that is assessed; empty means all addressees."), "PD"
            ),
            "year": Guide(later("The reporting year that is assessed."), "2020"),
            "assessment": Guide(
                later(
                    "How far it is implemented. Silence is not enough: an addressee of what is "
                    "judged answered that year or told of activities for it, or the confirming "
                    "document is named."
                ),
                "iš dalies įgyvendinta",
            ),
            "reason": Guide(
                later("Why it is judged so."), "Mokymai surengti ne visose apskrityse."
            ),
            "evidence": Guide(
                later(
                    "The web address or document code that proves it. „įgyvendinta“ needs one, and "
                    "every judgement of what nobody answered."
                ),
                "ATASKAITA-2020",
            ),
            "stage": Guide(
                later("How far the assessment itself has come; only approved ones are counted."),
                "patvirtinta",
            ),
            "approved_on": Guide(later("The day of the approval."), "2021-01-15"),
            "remarks": Guide(
                later("What the institution remarked when it was consulted."), "Pastabų neturime."
            ),
            "assessor": Guide(
                later("The institution or unit that assessed it; no person's name."),
                "Vidaus reikalų ministerija",
            ),
            "assessed_on": Guide(later("The day of the assessment."), "2021-01-11"),
        },
    ),
    "recommendation_link": SheetGuide(
        later("How later recommendations follow on earlier ones."),
        {
            "later": Guide(later("Code of the later recommendation."), "Pavyzdys: R2020-1"),
            "earlier": Guide(later("Code of the earlier recommendation."), "R2019-1"),
            "kind": Guide(
                later("Whether the later one continues, replaces or is related to the earlier."),
                "tęsia",
            ),
            "confidence": Guide(later("How certain the link is."), "didelis"),
            "reason": Guide(
                later("What the link rests on."), "Abiem siekiama nuolatinės prevencijos."
            ),
            "is_confirmed": Guide(later("„taip“ when the rapporteur has confirmed it."), "ne"),
        },
    ),
    "activity": SheetGuide(
        later("Prevention and other activities: one row is an activity in one place."),
        {
            "year": Guide(
                later("The reporting year; empty means that of sheet Pateikimas."), "Pavyzdys: 2020"
            ),
            "date_from": Guide(later("When it began."), "2020-10-05"),
            "date_to": Guide(later("When it ended."), "2020-10"),
            "scope": Guide(
                later("What area it covered; for one municipality: „savivaldybė“."),
                "savivaldybė",
            ),
            "municipality": Guide(
                later("Only, and always, where the scope is „savivaldybė“."),
                "Vilniaus miesto savivaldybė",
            ),
            "place": Guide(later("The town, school or other place."), "Vilnius"),
            "organiser": Guide(later("Code of the institution that organised it."), "PD"),
            "organiser_text": Guide(
                later("An organiser that has no code, in words."), "bendruomenės pareigūnai"
            ),
            "partners": Guide(later("Codes of the institutions that helped to organise."), "VRM"),
            "partners_text": Guide(later("Partners that have no code, in words."), "gimnazijos"),
            "kind": Guide(later("What kind of activity it was."), "paskaita"),
            "forms": Guide(
                later("The forms of exploitation that it was about."),
                "seksualinis išnaudojimas; priverstinis darbas",
            ),
            "target_groups": Guide(later("For whom it was."), "mokiniai; jaunimas"),
            "target_group_text": Guide(
                later("The target group in your own words."), "8–10 klasių mokiniai"
            ),
            "count": Guide(
                later("How many there were; empty means that the number is not stated."), "3"
            ),
            "participants": Guide(later("How many people took part."), "apie 75"),
            "recommendation": Guide(
                later("Code of the recommendation that it carries out, if any."), "R2020-1"
            ),
            "group_code": Guide(
                later(
                    "A code of your choice, the same in all rows of one campaign or of one "
                    "activity that two sources tell of."
                ),
                "PASKAITOS-2020",
            ),
            "source": Guide(_SOURCE_OR_DELIVERY, "SVETAINE-1"),
            "quote": Guide(_QUOTE, "Vilniaus gimnazijose surengtos trys paskaitos."),
            "note": Guide(_NOTE, "Paskaitos vyko nuotoliniu būdu."),
        },
    ),
    "statistic": SheetGuide(
        later("Yearly figures: investigations, cases, victims, assistance and funding."),
        {
            "year": Guide(later("The year that the figure is about."), "Pavyzdys: 2020"),
            "indicator": Guide(later("What is counted."), "pradėti ikiteisminiai tyrimai"),
            "sex": Guide(later("Empty means women and men together.")),
            "age_group": Guide(later("Empty means all ages together.")),
            "citizenship": Guide(later("Empty means all citizenships together.")),
            "form": Guide(
                later("Empty means all forms of exploitation together."), "priverstinis darbas"
            ),
            "registered_by": Guide(
                later("Code of the institution that registered it; empty means all."), "PD"
            ),
            "territory": Guide(later("Empty means the whole country."), "Vilniaus apskritis"),
            "value": Guide(later("The figure itself."), "12"),
            "unit": Guide(later("What the figure is measured in."), "vnt."),
            "source": Guide(_SOURCE_OR_DELIVERY, "ATASKAITA-2020"),
            "quote": Guide(_QUOTE, "Pradėta 12 ikiteisminių tyrimų."),
            "is_preferred": Guide(
                later(
                    "„taip“ for the figure to be shown where sources differ; empty means that it "
                    "is shown while no other competes."
                ),
                "taip",
            ),
            "is_doubtful": Guide(later("„taip“ when the figure cannot be relied on."), "ne"),
            "conflict": Guide(
                later("Code of the disagreement on sheet Nesutapimai that the figure is part of."),
                "K1",
            ),
            "year_basis": Guide(later("How the year is known."), "nurodyti"),
            "definition": Guide(later("By which definition of the indicator it was counted.")),
            "note": Guide(_NOTE),
        },
    ),
    "conflict": SheetGuide(
        later("Where sources disagree, and what is done about it."),
        {
            "code": Guide(later("A short code that sheet Rodikliai refers to."), "Pavyzdys: K1"),
            "description": Guide(
                later("Which figures differ, and whose they are."),
                "2020 m. pradėti tyrimai: 12 (Policijos departamentas) ar 11 (kitas šaltinis).",
            ),
            "handling": Guide(
                later("Which figure is shown, and why."),
                "Rodoma Policijos departamento reikšmė.",
            ),
        },
    ),
    "coordination": SheetGuide(
        later("How municipalities co-ordinate action against trafficking in human beings."),
        {
            "municipality": Guide(
                later("The municipality that this row is about."),
                "Pavyzdys: Vilniaus miesto savivaldybė",
            ),
            "status": Guide(
                later("What there is: a decision, a commission, a group."),
                "veikia koordinavimo grupė",
            ),
            "decision": Guide(later("The number of the decision."), "T-100"),
            "dated_on": Guide(later("The date of the decision, or since when it is so."), "2020"),
            "quote": Guide(_QUOTE, "Savivaldybėje veikia koordinavimo grupė."),
            "source": Guide(_SOURCE, "SVETAINE-1"),
        },
    ),
    "source": SheetGuide(
        later("Sources that other sheets name by code."),
        {
            "code": Guide(
                later("A short code, to be repeated in the columns Šaltinis."),
                "Pavyzdys: SVETAINE-1",
            ),
            "title": Guide(later("The full title."), "Pranešimas apie paskaitas gimnazijose"),
            "publisher": Guide(later("Who published it."), "Vilniaus miesto savivaldybė"),
            "dated": Guide(later("The date of the source, in figures or words."), "2020-10-30"),
            "url": Guide(later("Its address on the web."), "https://vilnius.lt/"),
            "kind": Guide(later("What kind of source it is."), "savivaldybės svetainė"),
        },
    ),
}


def example_of(table: str, column: str) -> str:
    """What the template's example row holds in a column; empty where it leaves the cell blank.

    Raises KeyError for a table or column that is not declared.
    """
    return GUIDES[table].columns[column].example


def form_of(column: Column) -> str:
    """What form a value of the column takes: a sentence to be translated.

    `{marks}` in it is the sheet that tells of marks.
    """
    match column.kind:
        case Kind.CODE if column.several:
            return later("Codes, separated by semicolons (;).")
        case Kind.CODE:
            return later("A code.")
        case Kind.CHOICE if column.several:
            return later("One or more of the list, separated by semicolons (;).")
        case Kind.CHOICE:
            return later("One of the list.")
        case Kind.DATE if column.partial:
            return later("A date, or its month or year alone: 2020-09-01, 2020-09, 2020.")
        case Kind.DATE:
            return later("A date, such as 2020-09-01.")
        case Kind.YEAR:
            return later("A year, such as 2020.")
        case Kind.INTEGER:
            return later("A whole number.")
        case Kind.COUNT:
            return later("A whole number, 0 or more, or a mark (sheet {marks}).")
        case Kind.NUMBER:
            return later("A number or a mark (sheet {marks}).")
        case Kind.YES_NO:
            return later("„taip“ or „ne“.")
        case Kind.MUNICIPALITY:
            return later("One of the 60 municipalities.")
        case Kind.TERRITORY:
            return later("One of the counties or municipalities.")
    return later("Text.")


@dataclass(frozen=True)
class MarkGuide:
    """What a number cell may say, what that means, and the value and mark that are stored."""

    written: str
    meaning: str
    value: str
    mark: str


MARKS: Final = (
    MarkGuide("0", later("A true zero: there was none."), "0", ""),
    MarkGuide("1 234 · 1234,5 · 1 234,50", later("The number."), "1 234,5", ""),
    MarkGuide(
        "… · n. d. · nėra duomenų",
        later("No data are provided. An empty cell says so, too."),
        "",
        "[n]",
    ),
    MarkGuide("netaikoma · x", later("Not applicable."), "", "[z]"),
    MarkGuide(
        "<5 · mažiau kaip 5 · mažiau nei 5",
        later("A small number that is not told, so that nobody can be recognised."),
        "",
        "[k]",
    ),
    MarkGuide(
        "per 250 · virš 250 · daugiau kaip 250 · daugiau nei 250 · >250 · 250+",
        later("More than 250."),
        "250",
        ">",
    ),
    MarkGuide("ne mažiau kaip 250 · bent 250 · ≥250", later("At least 250."), "250", "≥"),
    MarkGuide("apie 250 · maždaug 250 · ~250", later("About 250."), "250", "~"),
    MarkGuide("250 p · 250 (p)", later("Provisional: the number may still change."), "250", "[p]"),
    MarkGuide(
        "– · -",
        later("Not accepted: a dash can mean “none” or “no data”. Write 0 or „n. d.“."),
        "",
        "",
    ),
)
EMPTY_COUNT: Final = later(
    "An empty Veiklų skaičius says: took place, number not stated. It counts as at least 1."
)
