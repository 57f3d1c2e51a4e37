"""What those meet who run no scripts: previews of links, search engines, a page before it is drawn.

Streamlit serves one page, in English and called “Streamlit”, for every address
(https://github.com/streamlit/streamlit/issues/6567 and issues/15726). Here its language, title and
description are put into it on the way out; nothing of what is installed is changed.
"""

from collections.abc import MutableMapping
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapporteur import translations
from rapporteur.settings import ASSETS
from rapporteur.translations import LANGUAGES
from rapporteur.ui import head

PICTURE: Final = ASSETS / "social.png"

_LANGUAGE: Final = '<html lang="en">'
_TITLE: Final = "<title>Streamlit</title>"
_LOCALES: Final = {"lt": "lt_LT", "en": "en_GB"}
# What tells that a page is the same as before tells it of Streamlit's own.
_OF_THE_FILE: Final = {b"content-length", b"etag", b"last-modified"}


def told(page: str, language: str, picture: str) -> str:
    """The tags that tell of a page in a language, in place of the title that it is served with.

    `picture` is the whole address of one, as previews are made elsewhere.
    """
    gettext = translations.translator(language).gettext
    title = head.title_of(page, language)
    description = gettext(head.PAGES[page].description)
    properties = {
        "og:type": "website",
        "og:title": title,
        "og:description": description,
        "og:site_name": gettext(head.SITE),
        "og:locale": _LOCALES[language],
        "og:image": picture,
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    tags = [
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(description)}" />',
        '<meta name="twitter:card" content="summary_large_image" />',
        *(
            f'<meta property="{name}" content="{escape(content)}" />'
            for name, content in properties.items()
        ),
    ]
    return "\n    ".join(tags)


def rewritten(document: str, path: str, query: str, origin: str) -> str:
    """The page that is served for an address, told in the language that the address asks for.

    `origin` is what stands before the path, such as https://example.lt.
    """
    asked = parse_qs(query).get("lang", [""])[-1]
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    folder, _, name = path.rstrip("/").rpartition("/")
    is_named = name in head.PAGES
    page = name if is_named else "overview"
    picture = f"{origin}{folder if is_named or not name else f'{folder}/{name}'}/{PICTURE.name}"
    return document.replace(_LANGUAGE, f'<html lang="{language}">', 1).replace(
        _TITLE, told(page, language, picture), 1
    )


class Front:
    """Rewrites the page on its way to the browser; all else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http" or not _may_be_page(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"].endswith(f"/{PICTURE.name}"):
            await FileResponse(PICTURE)(scope, receive, send)
            return
        # Compressed, it could not be read here.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        page = _Page(scope, send)
        await self.app({**scope, "headers": plain}, receive, page.send)


class _Page:
    """An answer that is held back until it is whole, when it turns out to be a page."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.url, self.onwards = Request(scope).url, send
        self.start: MutableMapping[str, Any] | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif self.start is None:
            await self.onwards(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: MutableMapping[str, Any]) -> None:
        url = self.url
        page = rewritten(
            self.body.decode("utf-8"), url.path, url.query, f"{url.scheme}://{url.netloc}"
        )
        body = page.encode("utf-8")
        headers = [pair for pair in start["headers"] if pair[0].lower() not in _OF_THE_FILE]
        headers.append((b"content-length", str(len(body)).encode("ascii")))
        await self.onwards({**start, "headers": headers})
        await self.onwards({"type": "http.response.body", "body": body, "more_body": False})


def _may_be_page(scope: Scope) -> bool:
    path, name = scope["path"], scope["path"].rpartition("/")[2]
    is_ours = "." not in name or name == PICTURE.name
    return scope["method"] == "GET" and "/_stcore/" not in path and is_ours


def _is_page(message: Message) -> bool:
    kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return message["status"] == 200 and kinds[:1] != [] and kinds[0].startswith(b"text/html")
