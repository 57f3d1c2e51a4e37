"""Personal data in text: what has the form of it, and what only looks like it."""

import pytest

from rapporteur.delivery.personal_data import found_in, found_in_each

FOUND = [
    ("Asmens kodas 38501011234.", "38501011234"),
    ("a. k. 48512319876", "48512319876"),
    ("moteris, gimusi 1985-01-02, nukentėjo", "gimusi 1985-01-02"),
    ("gim. 1985 m. sausio 2 d.", "gim. 1985 m. sausio 2 d."),
    ("tel. +370 600 12345", "+370 600 12345"),
    ("skambinti +37060012345.", "+37060012345"),
    ("tel. 8 600 12345", "8 600 12345"),
    ("(8 5) 271 7262", "(8 5) 271 7262"),
    ("8-5-271-72-62", "8-5-271-72-62"),
    ("861234567", "861234567"),
    ("0 600 12345", "0 600 12345"),
    ("rašyti vardenis.pavardenis@pastas.lt arba", "vardenis.pavardenis@pastas.lt"),
    ("tyrimas Nr. 01-1-12345-20", "01-1-12345-20"),
    ("byla Nr. 1-123-456/2020", "1-123-456/2020"),
    ("nutartis 2K-7-1/2020", "2K-7-1/2020"),
    ("proceso Nr. 1-01-1-00123-2020-1", "1-01-1-00123-2020-1"),
]
NOT_FOUND = [
    "2020-09-01 vyko 12 paskaitų 10000 mokinių",
    "nuo 2020-01-01 iki 2020-12-31",
    "(2020-09-01) (2019-09-02)",
    "2020 m. rugsėjo 1 d. posėdis",
    "2018–2020 m.",
    "skirta 240 100 Eur, 8 250 000 Eur, 800 000 000 Eur",
    "Nr. 1D-1234, T-123, Nr. XIII-1234",
    "pagalbos telefonai 112 ir 116 006",
    "tel. +370 616 91119",  # the published help line
    "tel. +370 61691119",
    "https://www.e-tar.lt/portal/lt/legalAct/abc123456789",
    "ISBN 978-609-459-123-4",
    "",
]


@pytest.mark.parametrize(("text", "piece"), FOUND)
def test_what_has_the_form_of_personal_data_is_found(text: str, piece: str) -> None:
    assert found_in(text) == piece


@pytest.mark.parametrize("text", NOT_FOUND)
def test_dates_amounts_and_published_contacts_are_none(text: str) -> None:
    assert found_in(text) is None


def test_many_texts_at_once_find_the_same() -> None:
    texts = [text for text, _ in FOUND] + NOT_FOUND
    many: list[str | None] = [None, *texts] * 20

    found = found_in_each(many)

    assert found == {n: piece for n, text in enumerate(many) if text and (piece := found_in(text))}
    assert len(found) == 20 * len(FOUND)
