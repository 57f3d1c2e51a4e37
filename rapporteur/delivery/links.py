"""Addresses in the data: of pages, by http or https, and of nothing else."""

import re
import urllib.parse
from typing import Final

_LINK: Final = re.compile(r"https?://[^\s\x00-\x20\x7f\"<>\\^`{|}]+", re.I)
_HOST: Final = re.compile(r"[\w\-.]+|\[[0-9a-fA-F:.]+\]")
MAX_LINK: Final = 2_000
_LIKE_ONE: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.\-]*:\s*//|//|\\\\|www\.|(?:about|blob|data|file|ftp|https?|javascript|"
    r"mailto|tel|vbscript)\s*:)",
    re.I,
)


def is_link(text: str) -> bool:
    """Tell whether a text is the whole address of a page that a reader may be led to.

    Names and passwords in it, signs that end an address in some format, and other schemes are not.
    """
    if len(text) > MAX_LINK or not _LINK.fullmatch(text):
        return False
    try:
        parts = urllib.parse.urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or port == 0:
        return False
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    return bool(_HOST.fullmatch(host))


def is_like_a_link(text: str) -> bool:
    """Tell whether a text begins like an address of any kind, such as `javascript:` or `www.`."""
    return bool(_LIKE_ONE.match(text))
