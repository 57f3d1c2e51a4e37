"""What is served to those who run no scripts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send

from rapporteur.ui import front, head
from rapporteur.ui.front import Front

# As it is installed: when Streamlit writes it in another way, this says so.
SERVED = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("/", "https://example.lt/social.png"),
        ("/activities", "https://example.lt/social.png"),
        ("/under/activities", "https://example.lt/under/social.png"),
        ("/under", "https://example.lt/under/social.png"),
    ],
)
def test_the_picture_of_a_preview_has_a_whole_address(path: str, picture: str) -> None:
    page = front.rewritten(SERVED, path, "", "https://example.lt")

    assert f'<meta property="og:image" content="{picture}" />' in page
    assert front.PICTURE.read_bytes()[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)


@pytest.mark.parametrize(
    ("path", "query", "language", "title"),
    [
        ("/", "", "lt", "Kovos su prekyba žmonėmis rekomendacijos"),
        ("/institutions", "lang=en", "en", "Institutions – Recommendations against trafficking"),
        ("/under/a/path/institutions/", "year=2020&lang=lt", "lt", "Institucijos – Kovos su"),
        ("/elsewhere", "lang=xx", "lt", "Kovos su prekyba žmonėmis rekomendacijos"),
    ],
)
def test_a_page_is_told_in_the_language_that_its_address_asks_for(
    path: str, query: str, language: str, title: str
) -> None:
    page = front.rewritten(SERVED, path, query, "https://example.lt")

    assert f'<html lang="{language}">' in page
    assert f"<title>{title}" in page
    assert f'<meta property="og:title" content="{title}' in page
    assert page.count("<title>") == page.count('<meta name="description"') == 1
    assert "<title>Streamlit</title>" not in page


def test_words_are_never_read_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head, "SITE", '"><script>')

    assert "<script>" not in front.told("overview", "en", "https://example.lt/")


def answered(path: str, kind: bytes, *, method: str = "GET") -> tuple[list[Message], Scope]:
    """What comes out of the front when the application answers in two pieces; and what it got."""
    seen: list[Scope] = []
    sent: list[Message] = []
    body = SERVED.encode("utf-8")

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        headers = [(b"content-type", kind), (b"content-length", b"1"), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:700], "more_body": True})
        await send({"type": "http.response.body", "body": body[700:]})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": "http",
        "server": ("localhost", 80),
        "query_string": b"lang=en",
        "headers": [(b"accept-encoding", b"gzip"), (b"host", b"localhost")],
    }
    # In a thread of its own, as a browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor() as pool:
        pool.submit(lambda: asyncio.run(Front(application)(scope, receive, send))).result()
    return sent, seen[0]


def test_a_page_in_pieces_is_rewritten_and_says_how_long_it_is() -> None:
    [start, whole], got = answered("/methodology", b"text/html; charset=utf-8")

    headers = dict(start["headers"])
    assert b"<title>Methodology" in whole["body"]
    assert headers[b"content-length"] == str(len(whole["body"])).encode()
    assert b"etag" not in headers
    assert got["headers"] == [(b"host", b"localhost")]


@pytest.mark.parametrize(
    ("path", "kind", "method"),
    [
        ("/static/js/index.js", b"application/javascript", "GET"),
        ("/_stcore/health", b"text/html", "GET"),
        ("/methodology", b"text/html", "HEAD"),
        ("/methodology", b"application/json", "GET"),
    ],
)
def test_all_else_passes_untouched(path: str, kind: bytes, method: str) -> None:
    [start, first, second], _ = answered(path, kind, method=method)

    assert dict(start["headers"])[b"etag"] == b"x"
    assert first["body"] + second["body"] == SERVED.encode("utf-8")
