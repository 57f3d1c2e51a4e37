"""Each page opens with one sentence that says what its reader sees now."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Markdown

from rapporteur.settings import ROOT
from tests.conftest import Office
from tests.pages.conftest import Open

PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))


def opening(app: AppTest) -> str:
    """What stands right beneath the title of a page, letter for letter as it is read."""
    title, said, *_ = [each for each in app.main if each.type in ("title", "markdown", "caption")]
    assert title.type == "title"
    assert isinstance(said, Markdown)
    return said.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


RECOMMENDATIONS = (
    "2020 m. pateiktos **7 rekomendacijos**; dėl 3 iš jų duomenų nepateikta, dėl 3 duomenys "
    "pateikti iš dalies, dėl 1 pateikti visi duomenys; įvertinta 0 iš 7.",
    "**7 recommendations** were made in 2020; on 3 of them no data were provided, on 3 data were "
    "provided in part, on 1 data were provided in full; judged: 0 of 7.",
)


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("overview", RECOMMENDATIONS),
        ("implementation", RECOMMENDATIONS),
        ("recommendations", RECOMMENDATIONS),
        (
            "institutions",
            (
                "2020 m. rekomendacijos skirtos **10 adresatų**: 2 pateikė visus duomenis, 3 – "
                "dalį, 3 duomenų nepateikė, 2 ataskaitoje neminimi.",
                "In 2020 something was addressed to **10 addressees**: 2 gave data in full on all "
                "of it, 3 on some of it, 3 gave no data, 2 are not mentioned in the report.",
            ),
        ),
        (
            "activities",
            (
                "Visų metų duomenimis, veiklos nurodytos **18 savivaldybių iš 60** (jose gyvena "
                "61 proc. gyventojų, 2025 m. duomenimis); apie **42** savivaldybes duomenų nėra, "
                "bet tai nereiškia, kad veiklų nebuvo.",
                "In all years together activities were reported in **18 municipalities of 60** "
                "(home to 61% of inhabitants, 2025); of **42** nothing is known: silence is not "
                "zero.",
            ),
        ),
        (
            "investigations",
            (
                "2024 m. pradėta **17** ikiteisminių tyrimų (95 proc. intervalas 9,9–27,2); iš 19 "
                "metų (2006–2024 m.) žinomi 14 metų duomenys, kitų metų duomenų trūksta.",
                "In 2024 **17** pre-trial investigations were opened (95% interval 9.9–27.2); of "
                "the 19 years 2006–2024 figures are known of 14, and a gap is no zero.",
            ),
        ),
        (
            "protocol",
            (
                "Protokole – **7 priemonės**, 15 ryšių su ankstesnėmis rekomendacijomis; ryšių "
                "tikrumas: didelis – 4, vidutinis – 6, mažas – 5.",
                "The protocol has **7 measures**, 15 links to earlier recommendations; confidence "
                "of the links: high – 4, medium – 6, low – 5.",
            ),
        ),
        (
            "methodology",
            (
                "Kaip skaičiuojamas kiekvienas rodiklis: **58 apibrėžtys**; jos remiasi **67 "
                "šaltiniais ir dokumentais**; jais remiasi 272 duomenų eilutės; čia galima "
                "perskaityti 2 šaltinių tekstus.",
                "How each figure is counted: **58 definitions**; they rest on **67 sources and "
                "documents**; 272 rows of the data rest on them; the texts of 2 can be read here.",
            ),
        ),
    ],
)
def test_it_says_what_is_seen(
    page: str, sentences: tuple[str, str], language: str, open_page: Open
) -> None:
    assert opening(open_page(page, lang=language)) == sentences[language == "en"]


@pytest.mark.parametrize(
    ("page", "query", "sentence"),
    [
        (
            "implementation",
            {"institution": "GP"},
            "2020 m. pateikta **1 rekomendacija**; dėl jos pateikti visi duomenys; įvertinta 0 iš "
            "1 (Institucija: Lietuvos Respublikos generalinė prokuratūra).",
        ),
        (
            "recommendations",
            {"state": "nepateikta"},
            "2020 m. pateiktos **3 rekomendacijos**; dėl kiekvienos iš jų duomenų nepateikta; "
            "įvertinta 0 iš 3 (Duomenų pateikimo būsena: nepateikta).",
        ),
        (
            "recommendations",
            {"recommendation": "R2020-7"},
            "2020 m. visus duomenis dėl 7 rekomendacijos pateikė **1 iš 3 adresatų**; vertinimas: "
            "dar neįvertinta.",
        ),
        (
            "institutions",
            {"institution": "TM"},
            "Lietuvos Respublikos teisingumo ministerija: 2020 m. institucijai skirta **1 "
            "rekomendacija**; dėl jos duomenų nepateikta.",
        ),
        (
            "activities",
            {"year": "2020", "county": "LT-KL"},
            "2020 m. veiklos nurodytos **1 savivaldybėje iš 7** (jose gyvena 47 proc. gyventojų, "
            "2021 m. duomenimis); apie **6** savivaldybes duomenų nėra, bet tai nereiškia, kad "
            "veiklų nebuvo (Apskritis: Klaipėdos apskritis).",
        ),
        (
            "activities",
            {"year": "2020", "municipality": "LT-57"},
            "**Vilniaus miesto savivaldybė**, 2020 m.: veiklų nurodyta ≥ 1.",
        ),
        (
            "investigations",
            {"year": "2018"},
            "2018 m. pradėta **14** ikiteisminių tyrimų (95 proc. intervalas 7,7–23,5); iš 19 "
            "metų (2006–2024 m.) žinomi 14 metų duomenys, kitų metų duomenų trūksta.",
        ),
        (
            "protocol",
            {"theme": "municipal_coordination"},
            "Protokole – **1 priemonė**, 1 ryšys su ankstesnėmis rekomendacijomis; ryšio tikrumas: "
            "didelis – 1 (Tema: savivaldybių koordinavimas).",
        ),
        (
            "methodology",
            {"source": "TIP2019"},
            "**2019 Trafficking in Persons Report: Lithuania**: juo remiasi 10 duomenų eilučių.",
        ),
    ],
)
def test_it_follows_the_filters(
    page: str, query: dict[str, str], sentence: str, open_page: Open
) -> None:
    assert opening(open_page(page, **query)) == sentence


def test_what_is_loaded(open_page: Open, office: Office, tmp_path: Path) -> None:
    nothing = open_page("data", database=tmp_path / "none.duckdb", lang="en")
    assert opening(nothing) == "Nothing has been loaded yet."

    office.send(source=[{}])
    lithuanian, english, of_one = (
        opening(open_page("data", database=office.target, **query))
        for query in ({}, {"lang": "en"}, {"delivery": "T-1"})
    )
    assert lithuanian == ("Įkeltas **1 pateikimas**; paskutinį kartą keista 2021 m. kovo 1 d.")
    assert english == "**1 delivery** is loaded; the last change was on 1 March 2021."
    assert of_one == "**T-1**: 1 versija; paskutinį kartą keista 2021 m. kovo 1 d."


def test_a_year_that_others_were_made_in_is_told_otherwise(open_page: Open, office: Office) -> None:
    office.send(
        year=2021,
        recommendation=[{"nature": "nuolatinis"}],
        addressee=[{}],
        response=[{"year": 2020}, {"year": 2021, "state": "pateikta iš dalies"}],
    )
    last = open_page("overview", database=office.target)
    first = open_page("overview", database=office.target, year="2020")

    assert opening(last) == (
        "2021 m. vykdytina **1 rekomendacija**; dėl jos duomenys pateikti iš dalies; įvertinta 0 "
        "iš 1."
    )
    assert opening(first) == (
        "2020 m. pateikta **1 rekomendacija**; dėl jos pateikti visi duomenys; įvertinta 0 iš 1."
    )


def test_a_year_of_which_nothing_can_be_shown_is_told_so(open_page: Open, office: Office) -> None:
    office.send(statistic=[{"value": 24}, {"year": 2019, "value": "n. d."}])

    app = open_page("investigations", database=office.target, lang="en", year="2019")

    assert opening(app) == (
        "Victims identified: no figure of 2019 can be shown; the sources are below."
    )
