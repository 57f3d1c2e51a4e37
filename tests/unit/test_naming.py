"""Institutions in Lithuanian sentences: any case and number, beside words that only look alike."""

import pytest

from rapporteur.documents.naming import Institution, Names

KNOWN = (
    Institution(
        "VRM",
        "Lietuvos Respublikos vidaus reikalų ministerija",
        "Lietuvos Respublikos vidaus reikalų ministerijai",
    ),
    Institution("ŠMSM", "Lietuvos Respublikos švietimo, mokslo ir sporto ministerija"),
    Institution("SAM", "Lietuvos Respublikos sveikatos apsaugos ministerija"),
    Institution("SADM", "Lietuvos Respublikos socialinės apsaugos ir darbo ministerija"),
    Institution("TM", "Lietuvos Respublikos teisingumo ministerija"),
    Institution(
        "UŽT",
        "Užimtumo tarnyba prie Lietuvos Respublikos socialinės apsaugos ir darbo ministerijos",
    ),
    Institution(
        "NTB",
        "Nacionalinis transplantacijos biuras prie SAM",
        "Nacionaliniam transplantacijos biurui prie SAM",
    ),
    Institution("PD", "Policijos departamentas prie VRM", "Policijos departamentui prie VRM"),
    Institution("MD", "Migracijos departamentas prie VRM"),
    Institution("GP", "Lietuvos Respublikos generalinė prokuratūra"),
    Institution("LSA", "Lietuvos savivaldybių asociacija"),
    Institution("LPM", "Lietuvos policijos mokykla"),
    Institution("CARITAS", "Lietuvos Caritas", "Lietuvos Caritui"),
    Institution("VRK", "Vyriausioji rinkimų komisija"),
    Institution("SAV", "Savivaldybės (visos 60)", "savivaldybėms"),
    Institution(
        "AVI",
        "Atsakingos valstybės institucijos ir įstaigos (bendrai)",
        "atsakingoms valstybės institucijoms ir įstaigoms",
    ),
    Institution(
        "NVO", "Nevyriausybinės organizacijos (bendrai)", "nevyriausybinėms organizacijoms"
    ),
    Institution("MIN", "Ministerijos (bendrai)", "ministerijoms"),
    Institution("INST", "Institucijos (bendrai)", "institucijoms"),
    Institution("LT-57", "Vilniaus miesto savivaldybė"),
    Institution("LT-58", "Vilniaus rajono savivaldybė"),
    Institution("LT-02", "Alytaus miesto savivaldybė"),
    Institution("LT-16", "Kauno rajono savivaldybė"),
)


def found(text: str) -> list[tuple[str | None, str]]:
    return [(one.code, text[one.start : one.end]) for one in Names(KNOWN).find(text)]


def codes(text: str) -> list[str | None]:
    return [code for code, _ in found(text)]


@pytest.mark.parametrize(
    ("words", "code", "case"),
    [
        ("Vidaus reikalų ministerija", "VRM", "N"),
        ("Vidaus reikalų ministerijos", "VRM", "G"),
        ("Vidaus reikalų ministerijai", "VRM", "D"),
        ("Vidaus reikalų ministeriją", "VRM", "A"),
        ("su Vidaus reikalų ministerija", "VRM", "I"),
        ("Vidaus reikalų ministerijoje", "VRM", "L"),
        ("LR vidaus reikalų ministerijai", "VRM", "D"),
        ("LIETUVOS RESPUBLIKOS VIDAUS REIKALŲ MINISTERIJAI", "VRM", "D"),
        ("Švietimo, mokslo ir sporto ministerijai", "ŠMSM", "D"),
        ("Generalinei prokuratūrai", "GP", "D"),
        ("generalinės prokuratūros", "GP", "G"),
        ("Nacionaliniam transplantacijos biurui prie SAM", "NTB", "D"),
        ("Nacionalinį transplantacijos biurą prie Sveikatos apsaugos ministerijos", "NTB", "A"),
        ("Policijos departamentui prie Vidaus reikalų ministerijos", "PD", "D"),
        ("Vyriausiajai rinkimų komisijai", "VRK", "D"),
        ("savivaldybių asociacijai", "LSA", "D"),
        ("Carito", "CARITAS", "G"),
        ("savivaldybėms", "SAV", "D"),
        ("savivaldybių", "SAV", "G"),
        ("atsakingomis valstybės institucijomis ir įstaigomis", "AVI", "I"),
        ("nevyriausybinių organizacijų", "NVO", "G"),
        ("ministerijų", "MIN", "G"),
        ("Vilniaus miesto savivaldybei", "LT-57", "D"),
        ("Vilniaus m. savivaldybei", "LT-57", "D"),
        ("Vilniaus r. savivaldybės", "LT-58", "G"),
        ("Vilniaus rajono savivaldybės administracijai", "LT-58", "D"),
    ],
)
def test_a_name_is_found_in_any_case(words: str, code: str, case: str) -> None:
    text = f"Taip {words} jau."
    [mention] = Names(KNOWN).find(text)

    assert mention.code == code
    assert text[mention.start : mention.end] == words.removeprefix("su ")
    assert {form[0] for form in mention.forms} >= {case}


@pytest.mark.parametrize(
    "text",
    [
        "Vidaus tarnybos reikalų ministerijos",  # not the words of one name in a row
        "savivaldybėje atliktas vertinimas",  # one of them, not all
        "mokyklose ir darželiuose",
        "prokurorams ir teisėjams",
        "Vidaus reikalų sistemos pareigūnai",
        "min. ir sam.",  # no abbreviations of institutions
    ],
)
def test_words_that_look_alike_are_no_institution(text: str) -> None:
    assert [code for code in codes(text) if code not in {None, "MIN"}] == []


def test_the_longest_name_stands() -> None:
    assert codes("Lietuvos savivaldybių asociacijai") == ["LSA"]
    assert codes("Policijos departamentui prie VRM") == ["PD"]
    assert codes("atsakingoms valstybės institucijoms ir įstaigoms") == ["AVI"]


def test_a_body_under_another_ministry_is_another_body() -> None:
    assert "PD" not in codes("Policijos departamentui prie Teisingumo ministerijos")


def test_a_name_cut_short_is_doubtful_and_a_whole_one_is_not() -> None:
    def doubt(text: str) -> str | None:
        return Names(KNOWN).find(text)[0].doubt

    assert doubt("Policijos departamentui siūlytina") == "short"
    assert doubt("Policijos departamentui prie VRM siūlytina") is None
    assert doubt("Policijos mokyklai siūlytina") == "short"
    assert doubt("Vidaus reikalų ministerijai siūlytina") is None
    assert doubt("Policijos departamentui (PD) siūlytina") is None
    assert doubt("Vidaus reikalų ministerijai (TM) siūlytina") == "other"


def test_several_may_share_their_last_word() -> None:
    text = "Vidaus reikalų, Teisingumo ir Švietimo, mokslo ir sporto ministerijoms siūlytina"
    mentions = Names(KNOWN).find(text)

    assert [one.code for one in mentions] == ["VRM", "TM", "ŠMSM"]
    assert {one.doubt for one in mentions} == {"shared"}
    assert codes("visoms ministerijoms") == ["MIN"]
    assert codes("Vilniaus ir Alytaus miestų savivaldybėms") == ["LT-57", "LT-02"]
    assert codes("Vilniaus ir Kauno rajonų savivaldybių") == ["LT-58", "LT-16"]


def test_a_group_of_which_something_is_said_is_doubtful() -> None:
    def doubts(text: str) -> list[str | None]:
        return [one.doubt for one in Names(KNOWN).find(text)]

    assert doubts("Siūlytina teisėsaugos institucijoms") == ["narrowed"]
    assert doubts("Siūlytina visoms institucijoms, ministerijoms ir savivaldybėms") == [None] * 3


def test_abbreviations_are_found_as_they_are_written_and_learnt() -> None:
    assert codes("VRM, GP ir NVO surengė") == ["VRM", "GP", "NVO"]
    names = Names(KNOWN)
    first = names.find("Užimtumo tarnybai (toliau – UT) siūlytina")
    assert [one.code for one in first] == ["UŽT"]
    assert [one.code for one in names.find("UT paskelbė")] == ["UŽT"]
    assert [one.code for one in Names(KNOWN).find("UT paskelbė")] == []


def test_what_stands_before_is_told() -> None:
    def told(text: str) -> list[tuple[str | None, bool, bool]]:
        return [(one.code, one.is_with, one.is_governed) for one in Names(KNOWN).find(text)]

    assert told("VRM kartu su GP, SAM ir visomis savivaldybėmis") == [
        ("VRM", False, False),
        ("GP", True, False),
        ("SAM", True, False),
        ("SAV", True, False),
    ]
    assert told("informacija iš ministerijų ir GP") == [("MIN", False, True), ("GP", False, True)]
    # „su“ of another word, and an enumeration that „su“ does not reach.
    assert told("kovos su prekyba žmonėmis VRM") == [("VRM", False, False)]
    assert told("kartu su GP, Vidaus reikalų ministerijai") == [
        ("GP", True, False),
        ("VRM", False, False),
    ]


def test_bodies_that_nobody_knows_are_told_by_their_words() -> None:
    assert found("Krašto apsaugos ministerijai ir Kalėjimų tarnybai siūlytina") == [
        (None, "Krašto apsaugos ministerijai"),
        (None, "Kalėjimų tarnybai"),
    ]
    # In another case nobody is addressed.
    assert found("Kalėjimų tarnybos pareigūnai") == []


def test_without_institutions_nothing_is_found_and_nothing_fails() -> None:
    assert Names(()).find("Jonui siūlytina.") == []
    assert Names((Institution("X", "(bendrai)"), Institution("Y", "Ą"))).find("Ą.") != []
    assert Names(KNOWN).find("") == []
