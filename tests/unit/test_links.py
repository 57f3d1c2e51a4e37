"""Which texts are addresses of pages, and how words of the data are written into Markdown."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.delivery.declaration import SHEET_OF_TABLE
from rapporteur.delivery.links import is_like_a_link, is_link
from rapporteur.delivery.reference import lists
from rapporteur.delivery.values import Unfit, parse
from rapporteur.ui.markdown import escape_markdown, link

PAGES = [
    "https://lrv.lt/a(b)?x=1&y=2#z",
    "http://127.0.0.1:8080/x",
    "https://ūkis.lt/ąžuolas",
    "https://[::1]/x",
    "HTTPS://LRV.LT",
]
NO_PAGES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://x.lt/",
    "//x.lt",
    "\\\\server\\share",
    "www.lrv.lt",
    "mailto:a@b.lt",
    "https://user:word@x.lt/",
    "https://user@x.lt/",
    "https://x.lt/a b",
    'https://x.lt/"x',
    "https://x.lt/<b>",
    "https://x.lt/\nb",
    "http://",
    "http:///x",
    "https://x.lt:99999/",
    "https://x.lt/) ![v](http://x/v.png",
    "https://x.lt/`x`",
    f"https://x.lt/{'a' * 2_000}",
]


@pytest.mark.parametrize("text", PAGES)
def test_addresses_of_pages(text: str) -> None:
    assert is_link(text)
    for table, name in (("source", "url"), ("document", "url"), ("assessment", "evidence")):
        assert parse(text, SHEET_OF_TABLE[table].column(name), lists(2025)) == text


@pytest.mark.parametrize("text", NO_PAGES)
def test_what_is_no_address_of_a_page_is_a_problem(text: str) -> None:
    assert not is_link(text)
    assert is_like_a_link(text)
    for table, name in (("source", "url"), ("document", "url"), ("assessment", "evidence")):
        with pytest.raises(Unfit) as refused:
            parse(text, SHEET_OF_TABLE[table].column(name), lists(2025))
        assert refused.value.code == "value-not-a-link"
    assert link("Žodžiai", text) == "Žodžiai"


@pytest.mark.parametrize("text", ["ATASKAITA-2020", "2021-03-04 raštas Nr. 5", "DOK:1"])
def test_a_judgement_may_name_a_document(text: str) -> None:
    assert parse(text, SHEET_OF_TABLE["assessment"].column("evidence"), lists(2025)) == text


def test_a_link_ends_where_its_address_does() -> None:
    assert link("a](b", "https://x.lt/)![v](http://x/v.png") == (
        r"[a\]\(b](<https://x.lt/)!%5Bv%5D(http://x/v.png>)"
    )


def read(markdown: str) -> str:
    """What a reader of Markdown sees of escaped words."""
    bare = re.sub(r":color\[(\\.)\]", r"\1", markdown)
    return html.unescape(re.sub(r"\\(.)", r"\1", bare.replace("  \n", "\n")))


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x85\u2028\u2029")))
def test_escaped_words_are_read_as_they_were_written(words: str) -> None:
    assert read(escape_markdown(words)) == html.unescape(words) or "&" in words


SOUGHT_LATER = re.compile(  # in texts that are parsed already
    r"https?://|www\.|:material_\w+:|:streamlit:|:[\w+-]+:|[\w.+-]+@[\w-]+"
    r"|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)"
)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                *("http://a.lt", "https://b", "www.c.lt", "WWW.d", "a@b.lt", ":smile:", ":+1:"),
                *(":material/home:", ":streamlit:", " -> ", " <- ", " <-> ", " >= ", " <= "),
                *(" ~= ", " -- ", "a", " ", ":", "-", "10:30", "_"),
            )
        )
    ).map("".join)
)
def test_no_piece_of_text_is_what_is_sought_in_parsed_texts(words: str) -> None:
    """A directive makes a text of its own: nothing is found across its ends."""
    for piece in re.split(r":color\[(?:\\.)\]", escape_markdown(words)):
        assert not SOUGHT_LATER.search(read(piece).replace(":material/", ":material_"))


def test_a_line_that_begins_with_spaces_is_no_code() -> None:
    assert escape_markdown("    a\n\tb") == "&#32;&#32;&#32;&#32;a  \n&#9;b"
