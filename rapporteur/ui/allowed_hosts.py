"""Requests that come in by another name than the dashboard's, or from another site's page.

A foreign page can point its own name to this computer (DNS rebinding) or open a connection to it.
Streamlit compares the name with `server.allowedHosts` on the connection over which a page is drawn,
and nowhere else; here the same list holds for every request: pages, uploads, downloads, health.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

_REFUSED: Final = (
    "Šiuo adresu sistema neteikiama: leistini vardai surašyti nustatyme server.allowedHosts.\n"
    "Not served under this name: the names allowed stand in the setting server.allowedHosts.\n"
)
_POLICY_VIOLATION: Final = 1008


class AllowedHosts:
    """Refuses requests whose Host, or whose Origin where one is given, is not allowed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] not in ("http", "websocket") or is_allowed(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await PlainTextResponse(_REFUSED, status_code=403)(scope, receive, send)


def is_allowed(headers: Headers) -> bool:
    """Tell whether the names in Host and Origin are allowed; every name is while no list is set.

    An Origin without a name, such as the `null` of a page in a sandbox, is nobody's.
    """
    origin = headers.get("origin")
    hosts = [headers.get("host"), *([_host(origin)] if origin is not None else [])]
    return all(is_host_allowed(host) for host in hosts)


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
