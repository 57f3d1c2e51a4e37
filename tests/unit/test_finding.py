"""The library that is shipped is the one that its note tells of."""

import hashlib

from rapporteur.settings import ASSETS

FOLDER = ASSETS / "accessible-autocomplete"


def test_the_library_is_as_its_makers_give_it() -> None:
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    shipped = (FOLDER / "accessible-autocomplete.min.js").read_bytes()

    assert hashlib.sha256(shipped).hexdigest() in told
    assert "MIT License" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
