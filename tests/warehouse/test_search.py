"""Search forgives letter case, diacritics and endings, and finds little else."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.delivery import loading
from rapporteur.documents import answers
from rapporteur.warehouse.search import finds
from tests.conftest import DAY, MOMENT, Office

# Typed, and the words of a text that it finds.
FINDS = """
savivaldybei|savivaldybėms        savivaldybems|savivaldybė       SAVIVALDYBES|savivaldybių
pilieciu|pilietis                 piliečių|pilietis               pilietis|piliečių
auka|aukoms                       auku|aukos                      aukų|auka
teisėjas|teisėjų                  teisejas|teisėjų                teiseju|teisėjai
mokykla|mokyklose                 mokyklu|mokykla                 mokymai|mokymus
tyrimas|tyrimų                    ikiteisminis|ikiteisminių       tyrimu|tyrimai
prokuroras|prokurorų              prokuroru|prokurorai            policija|policijos
organas|organų                    organu|organai                  žala|žalos
zala|žalos                        zalos|žala                      sveikata|sveikatos
amžius|amžiaus                    amzius|amžiaus                  asmuo|asmenų
švietimas|švietimo                svietimas|švietimo              darzelis|darželiuose
universitetas|universitetuose     prevencija|prevencijos          isnaudojimas|išnaudojimui
seksualinis|seksualiniam          ministerija|ministerijoms       ministeriju|ministerijai
vartotojas|vartotojus             platforma|platformoje           tinklas|tinklą
koordinatorius|koordinatorių      jaunimas|jaunimo                vaiku|vaikai
statybos|statybų                  salis|šalių                     zmones|žmonėmis
teismas|teismų                    byla|bylų                       valstybe|valstybės
medikas|medikams                  santuoka|santuokoms             žodis|žodžių
medziu|medis                      nvo|NVO                         ŠMSM|šmsm
smsm|ŠMSM                         18-30|18–30                     18–30|18-30
2.1|2.1                           2020|2020                       train|training
trainings|training                judge|judges                    judges|judge
prev|prevencinės                  prokur|prokuratūrai             R2020-3|R2020-3
"""
FINDS_NOT = """
tyrimas|tyras        auka|auklėtinis      organas|organizuoti    teismas|teisė
aukos|aukštasis      savivaldybė|savitas  mokykla|mokymas        18–30|21–30
2.1|2.11             %|tekstas            ...|tekstas            vaikas|vairas
darbas|dar           ar|arklas            GP|GPS                 policija|politika
R2020-3|R2020-4      3|33                 '|tekstas              –|18–30
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [(typed, text) for typed, text in (pair.split("|") for pair in table.split())]


@pytest.mark.parametrize(("typed", "text"), pairs(FINDS))
def test_it_finds(typed: str, text: str) -> None:
    assert finds([typed], f"Rekomenduotina: {text}, ir kita.")


@pytest.mark.parametrize(("typed", "text"), pairs(FINDS_NOT))
def test_it_does_not_find(typed: str, text: str) -> None:
    assert not finds([typed], f"Rekomenduotina: {text}, ir kita.")


def test_all_words_of_one_text_or_all_of_another() -> None:
    text = "Savivaldybėms rekomenduotina organizuoti pagalbą aukoms."

    assert finds(["pagalba savivaldybei"], text)
    assert not finds(["pagalba ministerijai"], text)
    assert finds(["ministerijai", "auka"], text)
    assert not finds([], text)


WORDS = st.text(alphabet="aąbcčdeęėfghiįyjklmnoprsštuųūvzž", min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=5), upper=st.booleans())
def test_every_word_of_a_text_finds_it_in_any_letter_case_and_without_diacritics(
    words: list[str], upper: bool
) -> None:
    text = " ".join(words)
    plain = str.maketrans("ąčęėįšųūž", "aceeisuuz")
    for word in words:
        typed = word.upper() if upper else word
        assert finds([typed], text)
        assert finds([typed.lower().translate(plain)], text)
        assert finds([word], text.translate(plain))


# What is searched, and through the same door as everything -----------------------------------

REGISTER = "recommendations/register"


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("searched"))
    office.send(
        recommendation=[
            {"text": "Ministerijoms užtikrinti prevenciją.", "short_en": "Prevention everywhere"},
            {"code": "R2", "number": "2", "text": "Savivaldybėms.", "short": "Pagalba aukoms"},
        ],
        recommendation_part=[{"recommendation": "R2", "part": "a", "text": "Piliečių švietimas."}],
        addressee=[{}, {"recommendation": "R2"}],
        response=[{}],
        result=[{"recommendation": "R2"}],
    )
    return office


@pytest.mark.parametrize("question", [REGISTER, "recommendations/catalogue"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("savivaldybei", {"R2"}),
        ("ministerijos prevencija", {"R1"}),
        ("ministerijos aukoms", set()),
        ("auku", {"R2"}),
        ("pilietis", {"R2"}),
        ("prevention", {"R1"}),
        ("r2", {"R2"}),
        (["auka", "ministerija"], {"R1", "R2"}),
        ("%", set()),
        ("'; drop table recommendation; --", set()),
        ("🙂", set()),
        ("ž" * 5000, set()),
        ("\x00", set()),
    ],
)
def test_what_is_searched(
    searched: Office, question: str, typed: str | list[str], found: set[str]
) -> None:
    assert {row["recommendation"] for row in searched.ask(question, text=typed)} == found


def test_many_may_search_at_once(searched: Office) -> None:
    warehouse = loading.open_renewed(searched.target)
    found: list[int] = []

    def search() -> None:
        for typed in ("savivaldybei", "pilieciu", "organu", "ministerija") * 5:
            found.append(len(warehouse.ask(REGISTER, {"text": typed}, as_of=DAY)))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    warehouse.close()

    assert sorted(found) == [0] * 20 + [1] * 60


def test_the_file_says_what_was_typed(searched: Office) -> None:
    warehouse = loading.open_renewed(searched.target)
    export = answers.export(
        warehouse,
        REGISTER,
        {"text": "savivaldybei"},
        as_of=DAY,
        made_at=MOMENT,
        language="lt",
    )
    warehouse.close()

    assert len(export.data) == 1
    assert "savivaldybei" in {value for _, value in export.filters}
