"""Turns the office's tables and two documents into the four workbooks and the place lists.

    python data/prepare.py SOURCE_FOLDER

SOURCE_FOLDER holds `tables/` (UTF-8 CSV) and `documents/` (the report and the draft protocol as
text). The same source always gives the same bytes. What a table says in English and the wording of
codes stands in `wording.json`; README.md beside this file tells which choices are readings.
"""

import argparse
import csv
import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

HERE: Final = Path(__file__).resolve().parent
WORDING: Final[Mapping[str, Any]] = json.loads((HERE / "wording.json").read_text(encoding="utf-8"))

REPORT: Final = "ATASKAITA-2020"
PROTOCOL: Final = "PROTOKOLAS-2021"
NO_DATA: Final = "Duomenų šiuo klausimu nepateikta."

# Fixed, so that the same source always gives the same bytes.
CREATED_AT: Final = datetime.datetime(2026, 11, 22)

Cell = str | int | float | datetime.date | None
Record = Mapping[str, str]
Row = Mapping[str, Cell]

# Each sheet's headers with the width of their columns, in the order of the workbook contract.
SHEETS: Final[Mapping[str, Mapping[str, int]]] = {
    "Pateikimas": {"Kodas": 26, "Institucija": 14, "Ataskaitiniai metai": 14, "Pastaba": 80},
    "Institucijos": {
        "Kodas": 12,
        "Pavadinimas": 48,
        "Kilmininkas": 48,
        "Naudininkas": 48,
        "Pavadinimas angliškai": 48,
        "Rūšis": 22,
        "Aukštesnioji ar jungianti institucija": 18,
        "Pastaba": 48,
    },
    "Dokumentai": {
        "Kodas": 20,
        "Pavadinimas": 80,
        "Rūšis": 16,
        "Dokumento būsena": 16,
        "Data": 12,
        "Leidėjas": 34,
        "Nuoroda": 30,
    },
    "Rekomendacijos": {
        "Kodas": 14,
        "Dokumentas": 20,
        "Numeris": 10,
        "Pateikimo metai": 12,
        "Tekstas": 90,
        "Formuluotė": 18,
        "Trumpai": 44,
        "Trumpai angliškai": 44,
        "Vykdymas": 14,
        "Tema": 26,
        "Terminas": 12,
    },
    "Dalys": {"Rekomendacija": 16, "Dalis": 8, "Tekstas": 90},
    "Adresatai": {
        "Rekomendacija": 16,
        "Dalis": 8,
        "Institucija": 14,
        "Vaidmuo": 28,
        "Citata": 70,
    },
    "Atsakymai": {
        "Rekomendacija": 16,
        "Dalis": 8,
        "Institucija": 14,
        "Už": 10,
        "Ataskaitiniai metai": 14,
        "Duomenų pateikimo būsena": 22,
        "Tekstas": 90,
        "Perpasakota": 13,
        "Šaltinis": 18,
        "Gauta": 12,
        "Pateikė": 16,
    },
    "Rezultatai": {
        "Rekomendacija": 16,
        "Dalis": 8,
        "Ataskaitiniai metai": 14,
        "Eilė": 8,
        "Tekstas": 100,
    },
    "Ryšiai": {
        "Vėlesnė rekomendacija": 16,
        "Ankstesnė rekomendacija": 16,
        "Ryšys": 12,
        "Tikrumas": 12,
        "Pagrindimas": 90,
        "Patvirtinta": 12,
    },
    "Veiklos": {
        "Ataskaitiniai metai": 14,
        "Data nuo": 12,
        "Data iki": 12,
        "Teritorinė aprėptis": 20,
        "Savivaldybė": 13,
        "Vieta": 16,
        "Organizatorius": 15,
        "Kitas organizatorius": 30,
        "Bendradarbiaujančios institucijos": 20,
        "Kitos bendradarbiaujančios institucijos": 30,
        "Rūšis": 28,
        "Išnaudojimo forma": 20,
        "Tikslinė grupė": 34,
        "Tikslinės grupės apibūdinimas": 36,
        "Veiklų skaičius": 10,
        "Dalyvių skaičius": 10,
        "Rekomendacija": 15,
        "Grupė": 14,
        "Šaltinis": 28,
        "Citata": 70,
        "Pastaba": 50,
    },
    "Rodikliai": {
        "Metai": 8,
        "Rodiklis": 40,
        "Lytis": 10,
        "Amžiaus grupė": 14,
        "Pilietybė": 20,
        "Išnaudojimo forma": 24,
        "Registravusi institucija": 14,
        "Teritorija": 11,
        "Reikšmė": 12,
        "Vienetas": 10,
        "Šaltinis": 14,
        "Citata": 70,
        "Rodoma reikšmė": 11,
        "Abejotina": 11,
        "Nesutampančių duomenų grupė": 16,
        "Metų pagrindas": 14,
        "Apibrėžtis": 14,
        "Pastaba": 60,
    },
    "Nesutapimai": {"Kodas": 16, "Aprašymas": 90, "Sprendimas": 60},
    "Koordinavimas": {
        "Savivaldybė": 14,
        "Būklė": 44,
        "Sprendimo Nr.": 14,
        "Data": 12,
        "Citata": 80,
        "Šaltinis": 26,
    },
    "Šaltiniai": {
        "Kodas": 28,
        "Pavadinimas": 70,
        "Leidėjas": 40,
        "Data": 16,
        "Nuoroda": 60,
        "Rūšis": 26,
    },
}

SCOPES: Final = {
    "municipality": "savivaldybė",
    "national": "visa šalis",
    "regional_unit": "regionas",
    "other_cities_unspecified": "neįvardytos savivaldybės",
    "unknown": "nenurodyta",
}
CONFIDENCES: Final = {"high": "didelis", "medium": "vidutinis", "low": "mažas"}
YEAR_BASES: Final = {
    "stated": "nurodyti",
    "derived": "apskaičiuoti",
    "inferred": "numanomi",
    "stated_corrected": "ištaisyti",
}
# A dimension of the tables as the breakdown columns that say the same.
BREAKDOWNS: Final[Mapping[str, Mapping[str, str]]] = {
    "total": {},
    "men": {"Lytis": "men"},
    "women": {"Lytis": "women"},
    "boys": {"Lytis": "men", "Amžiaus grupė": "children"},
    "girls": {"Lytis": "women", "Amžiaus grupė": "children"},
    "children": {"Amžiaus grupė": "children"},
    "age_18_20": {"Amžiaus grupė": "age_18_20"},
    "age_21_30": {"Amžiaus grupė": "age_21_30"},
    "age_31_40": {"Amžiaus grupė": "age_31_40"},
    "age_41_plus": {"Amžiaus grupė": "age_41_plus"},
    "foreign_nationals": {"Pilietybė": "foreign_nationals"},
    "Lithuanian_citizens": {"Pilietybė": "Lithuanian_citizens"},
}
# Figures that their own quotes call approximate ("approximately", "about").
APPROXIMATE: Final = {"INV-037", "INV-053", "INV-064"}
# Figures of a year that was not over when the source told them: provisional.
PART_OF_A_YEAR: Final = {"INV-050", "INV-051"}
# Figures that are known to be another concept or a likely slip: never shown.
DOUBTFUL: Final = {"INV-016", "INV-021", "INV-022", "INV-028"}
# Of two releases that say the same 15 of 2023, the one that does not tell of single persons.
PREFERENCE_SWAPPED: Final = {"INV-169": True, "INV-170": False}
# Persons recognised as victims in proceedings are counted from this year on.
RECOGNISED_FROM: Final = 2022
# Numbers of persons written where numbers of activities stand.
PERSONS_AS_COUNT: Final = {"refugee_screening_staff"}
# Activities whose own words (quote or title of the source) name the form of exploitation.
FORCED_LABOUR_WORDS: Final = ("priverstiniam darbui", "priverstinio darbo")
# "14-os Europos šalių atstovai": countries, not persons.
PARTICIPANTS_IN_NOTE: Final = {
    "14-os Europos šalių atstovai": "Dalyvavo 14 Europos šalių atstovai."
}

LITHUANIAN_ALPHABET: Final = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
_SAME_LETTER: Final = str.maketrans("ąęėįyųū", "aeeiiuu")


@dataclass(frozen=True)
class Source:
    """The tables and documents that the workbooks are made from."""

    folder: Path

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of one table. Raises OSError when it is missing."""
        path = self.folder / "tables" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def document(self, words: str) -> str:
        """The text of the one document that holds `words`. Raises ValueError without one."""
        for path in sorted((self.folder / "documents").glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            if words in text:
                return text
        raise ValueError(f"no document holds “{words}”")


def collapsed(text: str) -> str:
    """Text with every run of white space, no-break spaces included, as one space."""
    return " ".join(text.split())


def label(list_name: str, code: str) -> str:
    """The Lithuanian label of a member of a reference list. Raises KeyError without one."""
    with (HERE / "reference" / f"{list_name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label_lt"] for row in csv.DictReader(file)}[code]


def unquoted(quote: str) -> str:
    """A quote without the straight double quotes around it; the words are kept to the letter."""
    if quote.startswith('"') and quote.endswith('"'):
        return quote[1:-1].replace('"; "', "; ")
    return quote


def bare_evidence(evidence: str) -> str:
    """The quoted words of an evidence cell, without a remark that follows them."""
    match = re.match(r"„(.*)“", evidence)
    if match is None:
        raise ValueError(f"no quoted words in “{evidence}”")
    return match[1]


def as_number(text: str) -> int | float | None:
    """A number of the tables; None where the cell is empty."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def as_date(text: str) -> Cell:
    """A whole date as a date, a year as a number, anything else (a month, words) as it stands."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.date.fromisoformat(text)
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    return text or None


def delivery(code: str, note: str, year: int | None = None) -> list[Row]:
    """The one row of the Pateikimas sheet."""
    return [{"Kodas": code, "Institucija": "VRM", "Ataskaitiniai metai": year, "Pastaba": note}]


def require(text: str, document: str) -> str:
    """`text`, once it is found in the document. Raises ValueError when it is not."""
    if text not in collapsed(document):
        raise ValueError(f"not in the document: {text}")
    return text


# The 2020 recommendations and the report on them


def result_paragraphs(report: str) -> list[list[str]]:
    """What the report says of each recommendation, in its own paragraphs.

    The report is a two-column table as text: in each block the first line is the recommendation
    and every further line a paragraph of its result.
    """
    blocks = [block.strip().split("\n") for block in re.split(r"\n\s*\n", report)]
    cells = [block for block in blocks if len(block) > 1][1:]  # the first holds the headings
    return [[collapsed(line) for line in block[1:]] for block in cells]


def institutions(source: Source) -> list[Row]:
    """Every institution of the tables, with its genitive and dative."""
    rows: list[Row] = []
    for record in source.table("institutions"):
        genitive, dative, note = WORDING["institutions"][record["code"]]
        if bool(note) != bool(record["note"]) and record["code"] != "AVI":
            raise ValueError(f"the note of {record['code']} is not translated")
        rows.append(
            {
                "Kodas": record["code"],
                "Pavadinimas": record["name_lt"],
                "Kilmininkas": genitive,
                "Naudininkas": dative,
                "Pavadinimas angliškai": record["name_en"],
                "Rūšis": record["type"],
                "Aukštesnioji ar jungianti institucija": record["parent_code"],
                "Pastaba": note,
            }
        )
    return rows


def responses(results: Mapping[str, Sequence[str]]) -> list[Row]:
    """Who answered, as the report retells it. Bodies that it does not mention have no row."""
    ministry, _, employment = results["R2020-1"][0].partition("Užimtumo tarnyba prie Lietuvos")
    employment = "Užimtumo tarnyba prie Lietuvos" + employment
    in_full, in_part, not_given = "pateikta", "pateikta iš dalies", "nepateikta"
    # Recommendation, who answered, for whom, the state, the words.
    told = [
        ("R2020-1", "MIN", "", in_part, ""),
        ("R2020-1", "INST", "", in_part, ""),
        ("R2020-1", "VRM", "MIN", in_full, ministry.strip()),
        ("R2020-1", "UŽT", "INST", in_full, employment),
        ("R2020-1", "VDI", "INST", in_full, results["R2020-1"][1]),
        ("R2020-1", "NVO", "", in_full, results["R2020-1"][2]),
        ("R2020-2", "ŠMSM", "", in_full, results["R2020-2"][0]),
        ("R2020-3", "MIN", "", not_given, NO_DATA),
        ("R2020-3", "INST", "", not_given, NO_DATA),
        ("R2020-3", "NVO", "", not_given, NO_DATA),
        ("R2020-4", "NTB", "SAM", in_part, results["R2020-4"][0]),
        ("R2020-5", "TM", "", not_given, NO_DATA),
        ("R2020-6", "LSA", "", not_given, NO_DATA),
        ("R2020-7", "GP", "", in_full, results["R2020-7"][0]),
        ("R2020-7", "VRM", "", in_full, results["R2020-7"][1]),
    ]
    return [
        {
            "Rekomendacija": recommendation,
            "Institucija": institution,
            "Už": for_whom,
            "Ataskaitiniai metai": 2020,
            "Duomenų pateikimo būsena": state,
            "Tekstas": text,
            "Perpasakota": "taip",
            "Šaltinis": REPORT,
        }
        for recommendation, institution, for_whom, state, text in told
    ]


def recommendations_of_2020(source: Source) -> dict[str, list[Row]]:
    """The sheets of rekomendacijos-2020.xlsx."""
    report = source.document("ĮGYVENDINIMO ATASKAITA")
    recommendations = source.table("recommendations")
    found = result_paragraphs(report)
    if len(found) != len(recommendations):
        raise ValueError(f"{len(found)} recommendations in the report")
    results = {
        record["id"]: paragraphs for record, paragraphs in zip(recommendations, found, strict=True)
    }
    roles = {"addressee": "adresatas", "partner": "bendradarbiaujanti institucija"}
    return {
        "Pateikimas": delivery(
            "VRM-REKOMENDACIJOS-2020",
            "2020 m. rekomendacijos, jų adresatai ir įgyvendinimo ataskaitoje nurodyti rezultatai.",
            2020,
        ),
        "Institucijos": institutions(source),
        "Dokumentai": [
            {
                "Kodas": REPORT,
                "Pavadinimas": "2020 metais pateiktų institucijoms rekomendacijų dėl tolesnės "
                "Lietuvos Respublikos pažangos kovai su prekyba žmonėmis įgyvendinimo ataskaita",
                "Rūšis": "ataskaita",
            }
        ],
        "Rekomendacijos": [
            {
                "Kodas": record["id"],
                "Dokumentas": REPORT,
                "Numeris": record["order_no"],
                "Pateikimo metai": 2020,
                "Tekstas": require(record["text"], report),
                "Formuluotė": WORDING["recommendations_2020"][record["id"]]["verb"],
                "Trumpai": record["short_title_lt"],
                "Trumpai angliškai": record["short_title_en"],
                "Vykdymas": WORDING["recommendations_2020"][record["id"]]["nature"],
                "Tema": WORDING["recommendations_2020"][record["id"]]["theme"],
            }
            for record in recommendations
        ],
        "Dalys": [
            {
                "Rekomendacija": record["recommendation_id"],
                "Dalis": record["item_label"],
                "Tekstas": require(record["text"], report),
            }
            for record in source.table("recommendation_items")
            if record["item_type"] == "sub_item"
        ],
        "Adresatai": [
            {
                "Rekomendacija": record["recommendation_id"],
                "Institucija": record["institution_code"],
                "Vaidmuo": roles[record["role"]],
                "Citata": bare_evidence(record["evidence"]),
            }
            for record in source.table("recommendation_institutions")
            if record["role"] in roles
        ],
        "Atsakymai": responses(results),
        "Rezultatai": [
            {
                "Rekomendacija": recommendation,
                "Ataskaitiniai metai": 2020,
                "Eilė": position,
                "Tekstas": paragraph,
            }
            for recommendation, paragraphs in results.items()
            for position, paragraph in enumerate(paragraphs, 1)
        ],
    }


# The draft protocol of 2021


def measure_addressees(measures: Iterable[Record]) -> list[Row]:
    """Who a measure is addressed to, and who it is to be done with."""
    rows: list[Row] = []
    for measure in measures:
        code = f"P2021-{measure['number']}"
        heading = re.sub(r"^\w+ ", "", measure["parent_text"]).rstrip(":")
        rows.append(
            {
                "Rekomendacija": code,
                "Institucija": measure["addressee_code"],
                "Vaidmuo": "adresatas",
                "Citata": heading,
            }
        )
        if measure["co_actor_codes"]:
            rows.append(
                {
                    "Rekomendacija": code,
                    "Institucija": measure["co_actor_codes"],
                    "Vaidmuo": "bendradarbiaujanti institucija",
                    "Citata": WORDING["measures"][measure["number"]]["co_actor_words"],
                }
            )
    return rows


def protocol_of_2021(source: Source) -> dict[str, list[Row]]:
    """The sheets of protokolas-2021.xlsx."""
    protocol = source.document("PROTOKOLAS")
    measures = source.table("protocol_measures")
    wording = WORDING["measures"]
    return {
        "Pateikimas": delivery(
            "VRM-PROTOKOLAS-2021",
            "Vyriausybės pasitarimo protokolo projekto priemonės ir jų ryšiai su 2020 m. "
            "rekomendacijomis. Ryšiai nurodyti išanalizavus tekstus, jų dar niekas nepatvirtino.",
            2021,
        ),
        "Dokumentai": [
            {
                "Kodas": PROTOCOL,
                # The document breaks off before the last word.
                "Pavadinimas": require(
                    "Dėl Lietuvos Respublikos nacionalinio pranešėjo kovos su prekyba žmonėmis "
                    "klausimais informacijos apie kovos su prekyba žmonėmis situaciją ir "
                    "pasiūlymų dėl tolesnės Lietuvos Respublikos pažangos kovojant su prekyba",
                    protocol,
                )
                + " žmonėmis",
                "Rūšis": "protokolas",
                "Dokumento būsena": "projektas",
                "Data": 2021,
                "Leidėjas": "Lietuvos Respublikos Vyriausybė",
            }
        ],
        "Rekomendacijos": [
            {
                "Kodas": f"P2021-{measure['number']}",
                "Dokumentas": PROTOCOL,
                "Numeris": measure["number"],
                "Pateikimo metai": 2021,
                "Tekstas": require(measure["text"], protocol),
                "Formuluotė": measure["parent_text"].split()[0],
                "Trumpai": wording[measure["number"]]["short"],
                "Trumpai angliškai": wording[measure["number"]]["short_en"],
                "Vykdymas": wording[measure["number"]]["nature"],
                "Tema": measure["theme"],
            }
            for measure in measures
        ],
        "Adresatai": measure_addressees(measures),
        "Ryšiai": [
            {
                "Vėlesnė rekomendacija": f"P2021-{link['protocol_number']}",
                "Ankstesnė rekomendacija": link["recommendation_id"],
                "Ryšys": "tęsia",
                "Tikrumas": CONFIDENCES[link["confidence"]],
                "Pagrindimas": WORDING["link_reasons"][
                    f"{link['protocol_number']} {link['recommendation_id']}"
                ],
                "Patvirtinta": "ne",
            }
            for link in source.table("protocol_recommendation_links")
        ],
    }


# Preventive activities


def partners(text: str, known: set[str]) -> tuple[str, str]:
    """Partners as codes of institutions, and the rest as text; both separated by semicolons."""
    named = [part for part in text.split(";") if part]
    codes = "; ".join(part for part in named if part in known)
    return codes, "; ".join(part for part in named if part not in known)


def organiser(record: Record, municipality_of: Mapping[str, str]) -> tuple[str, str]:
    """The code of the organiser, and its text where the text says more than the code.

    SAV means all municipalities; where the text names one of them, that one's code is used.
    """
    code, text = record["organiser_code"], record["organiser"]
    if code == "SAV":
        genitive = text.removesuffix("savivaldybės administracija").removesuffix("savivaldybė")
        code = municipality_of[f"{genitive}savivaldybė"]
    says_more = not code or text in WORDING["organisers_that_say_more"]
    return code, text if says_more else ""


def activity(record: Record, known: set[str], municipality_of: Mapping[str, str]) -> Row:
    """One row of the Veiklos sheet."""
    is_of_report = record["source_kind"] == "rapporteur_report"
    is_placed = record["scope"] == "municipality"
    organiser_code, organiser_text = organiser(record, municipality_of)
    partner_codes, partner_text = partners(record["partners"], known)
    count, participants = as_number(record["count"]), as_number(record["participants_min"])
    participants_cell: Cell = participants
    if record["activity_type"] in PERSONS_AS_COUNT:
        count, participants_cell = None, count
    elif record["participants_text"].startswith("per "):
        participants_cell = f"per {participants}"
    note = WORDING["activity_notes"][record["note"]] if record["note"] else ""
    note = f"{PARTICIPANTS_IN_NOTE.get(record['participants_text'], '')} {note}".strip()
    own_words = f"{record['quote']} {record['source_title']}"
    group = record["target_group"]
    return {
        "Ataskaitiniai metai": as_number(
            record["year"] or (record["reporting_year"] if is_of_report else "")
        ),
        "Data nuo": as_date(record["date_start"]),
        "Data iki": as_date(record["date_end"]),
        "Teritorinė aprėptis": SCOPES[record["scope"]],
        "Savivaldybė": record["municipality_iso"] if is_placed else "",
        "Vieta": record["city"],
        "Organizatorius": organiser_code,
        "Kitas organizatorius": organiser_text,
        "Bendradarbiaujančios institucijos": partner_codes,
        "Kitos bendradarbiaujančios institucijos": partner_text,
        "Rūšis": label("activity_kind", record["activity_type"]),
        "Išnaudojimo forma": label("exploitation_form", "forced_labour")
        if any(words in own_words for words in FORCED_LABOUR_WORDS)
        else "",
        "Tikslinė grupė": "; ".join(
            label("target_group", code)
            for code in (WORDING["target_groups"][group] if group else [])
        ),
        "Tikslinės grupės apibūdinimas": group,
        "Veiklų skaičius": count,
        "Dalyvių skaičius": participants_cell,
        "Rekomendacija": record["recommendation_id"],
        "Grupė": record["group_id"],
        "Šaltinis": REPORT
        if is_of_report
        else WORDING["activity_sources"][record["source_url"]][0],
        "Citata": unquoted(record["quote"]),
        "Pastaba": note,
    }


def activities(source: Source) -> dict[str, list[Row]]:
    """The sheets of prevencijos-veiklos.xlsx."""
    records = source.table("activities")
    known = {record["code"] for record in source.table("institutions")}
    municipality_of = {row["name_lt"]: row["iso_code"] for row in source.table("municipalities")}
    titles = {row["source_url"]: row["source_title"] for row in records if row["source_url"]}
    sources: list[Row] = []
    for url, title in titles.items():
        code, publisher, dated, kind = WORDING["activity_sources"][url]
        sources.append(
            {
                "Kodas": code,
                "Pavadinimas": WORDING["source_words"].get(title, title),
                "Leidėjas": publisher,
                "Data": as_date(dated),
                "Nuoroda": url,
                "Rūšis": kind,
            }
        )
    return {
        "Pateikimas": delivery(
            "VRM-VEIKLOS",
            "Prevencinės veiklos: 2020 m. rekomendacijų įgyvendinimo ataskaita ir kiti vieši "
            "šaltiniai.",
        ),
        "Veiklos": [activity(record, known, municipality_of) for record in records],
        "Šaltiniai": sources,
    }


# Statistics


def statistic(record: Record, units: Mapping[str, str], counties: Mapping[str, str]) -> Row:
    """One row of the Rodikliai sheet."""
    identifier, indicator, form = (
        record["row_id"],
        record["indicator"],
        record["form_of_exploitation"],
    )
    value: Cell = as_number(record["value"])
    if identifier in APPROXIMATE:
        value = f"apie {value}"
    elif identifier in PART_OF_A_YEAR:
        value = f"{value} p"
    is_preferred = PREFERENCE_SWAPPED.get(identifier, record["preferred"] == "true")
    definition = ""
    if indicator == "victims_identified":
        is_recognised = int(record["year"]) >= RECOGNISED_FROM
        definition = "recognised" if is_recognised else "identified"
    territory = record["territory"]
    return {
        "Metai": int(record["year"]),
        "Rodiklis": indicator,
        **BREAKDOWNS[record["dimension"]],
        "Išnaudojimo forma": "" if form == "total" else form,
        "Teritorija": "" if territory == "LT" else counties.get(territory, territory),
        "Reikšmė": value,
        "Vienetas": units[indicator],
        "Šaltinis": record["source_key"],
        "Citata": unquoted(record["quote"]),
        "Rodoma reikšmė": "taip" if is_preferred else "ne",
        "Abejotina": "taip" if identifier in DOUBTFUL else "",
        "Nesutampančių duomenų grupė": record["conflict_group"],
        "Metų pagrindas": YEAR_BASES[record["year_basis"]],
        "Apibrėžtis": definition,
        "Pastaba": WORDING["statistic_notes"][record["note"]] if record["note"] else "",
    }


def source_rows(source: Source) -> list[Row]:
    """The sources of the figures, then those of the municipalities' coordination."""
    words, dates = WORDING["source_words"], WORDING["source_dates"]
    rows: list[Row] = [
        {
            "Kodas": record["source_key"],
            "Pavadinimas": words.get(record["source_title"], record["source_title"]),
            "Leidėjas": words.get(record["source_publisher"], record["source_publisher"]),
            "Data": as_date(dates.get(record["source_date"], record["source_date"])),
            "Nuoroda": record["source_url"],
            "Rūšis": record["source_type"],
        }
        for record in source.table("sources")
    ]
    for url, (code, title, publisher, dated, kind) in WORDING["coordination_sources"].items():
        rows.append(
            {
                "Kodas": code,
                "Pavadinimas": title,
                "Leidėjas": publisher,
                "Data": as_date(dated),
                "Nuoroda": url,
                "Rūšis": kind,
            }
        )
    return rows


def statistics(source: Source) -> dict[str, list[Row]]:
    """The sheets of statistika.xlsx."""
    with (HERE / "reference" / "indicator.csv").open(encoding="utf-8", newline="") as file:
        units = {row["code"]: row["unit"] for row in csv.DictReader(file)}
    counties = {row["county_lt"]: row["county_iso"] for row in source.table("municipalities")}
    sources = source_rows(source)
    code_of = {row["Nuoroda"]: row["Kodas"] for row in sources}
    return {
        "Pateikimas": delivery(
            "VRM-STATISTIKA",
            "Tyrimų, bylų, nukentėjusiųjų, pagalbos ir finansavimo rodikliai iš viešų šaltinių, "
            "nesutampantys duomenys ir savivaldybių veiksmų koordinavimas.",
        ),
        "Rodikliai": [
            statistic(record, units, counties) for record in source.table("investigations")
        ],
        "Nesutapimai": [
            {
                "Kodas": record["conflict_group"],
                "Aprašymas": WORDING["conflicts"][record["conflict_group"]][0],
                "Sprendimas": WORDING["conflicts"][record["conflict_group"]][1],
            }
            for record in source.table("conflicts")
        ],
        "Koordinavimas": [
            {
                "Savivaldybė": record["municipality_iso"],
                "Būklė": label("coordination_status", record["status"]),
                "Sprendimo Nr.": record["decision_no"],
                "Data": as_date(record["date"]),
                "Citata": unquoted(record["quote"]),
                "Šaltinis": code_of[record["source_url"]],
            }
            for record in source.table("municipal_coordination")
        ],
        "Šaltiniai": sources,
    }


# Places


def lithuanian_order(name: str) -> tuple[list[int], list[int]]:
    """A sort key by the Lithuanian alphabet; ą, ę, ė, į, y, ų, ū first count as a, e, i, u."""
    lowered = name.casefold()
    exact = [LITHUANIAN_ALPHABET.find(letter) for letter in lowered]
    alike = [LITHUANIAN_ALPHABET.find(letter) for letter in lowered.translate(_SAME_LETTER)]
    return alike, exact


def write_list(name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Write one reference list, its position column last."""
    with (HERE / "reference" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_places(source: Source) -> None:
    """Write the lists of municipalities and counties, in alphabetical order."""
    municipalities = source.table("municipalities")
    municipalities.sort(key=lambda row: lithuanian_order(row["name_lt"]))
    write_list(
        "municipality",
        [
            {
                "code": row["iso_code"],
                "label_lt": row["name_lt"],
                "label_en": row["name_en"],
                "short_lt": row["name_lt_short"],
                "nominative": row["name_nominative"],
                "county": row["county_iso"],
                "kind": row["type"],
                "seat": row["seat"],
                "centroid_latitude": row["centroid_lat"],
                "centroid_longitude": row["centroid_lon"],
                "area_km2": Decimal(row["area_ha"]) / 100,
                "inhabitants_2021": row["population_2021"],
                "inhabitants_2025": row["population_2025"],
                "position": position,
            }
            for position, row in enumerate(municipalities, 1)
        ],
    )
    counties = {row["county_iso"]: (row["county_lt"], row["county_en"]) for row in municipalities}
    by_name = sorted(counties.items(), key=lambda county: lithuanian_order(county[1][0]))
    write_list(
        "county",
        [
            {"code": code, "label_lt": name_lt, "label_en": name_en, "position": position}
            for position, (code, (name_lt, name_en)) in enumerate(by_name, 1)
        ],
    )


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Write sheets of rows with the contract's headers. Raises KeyError for an unknown header."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": CREATED_AT})
        heading = workbook.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        number = workbook.add_format({"valign": "top"})
        date = workbook.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
            columns = {header: index for index, header in enumerate(SHEETS[name])}
            for header, width in SHEETS[name].items():
                sheet.set_column(columns[header], columns[header], width)
                sheet.write_string(0, columns[header], header, heading)
            for position, row in enumerate(rows, 1):
                for header, value in row.items():
                    if value is None or value == "":
                        continue
                    if isinstance(value, str):
                        sheet.write_string(position, columns[header], value, text)
                    elif isinstance(value, datetime.date):
                        sheet.write_datetime(position, columns[header], value, date)
                    else:
                        sheet.write_number(position, columns[header], value, number)


def main() -> None:
    """Make everything from the folder named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="folder with tables/ and documents/")
    source = Source(parser.parse_args().source)
    write_places(source)
    workbooks = {
        "rekomendacijos-2020": recommendations_of_2020(source),
        "protokolas-2021": protocol_of_2021(source),
        "prevencijos-veiklos": activities(source),
        "statistika": statistics(source),
    }
    for name, sheets in workbooks.items():
        write_workbook(HERE / f"{name}.xlsx", sheets)
        print(f"{name}.xlsx:", ", ".join(f"{sheet} {len(rows)}" for sheet, rows in sheets.items()))
    for code, words in ((REPORT, "ĮGYVENDINIMO ATASKAITA"), (PROTOCOL, "PROTOKOLAS")):
        (HERE / "documents" / f"{code}.txt").write_bytes(source.document(words).encode("utf-8"))


if __name__ == "__main__":
    main()
