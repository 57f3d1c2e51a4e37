"""Words of the data in Streamlit's Markdown: shown to the letter, never read as markup."""

import re
from typing import Final

from rapporteur.delivery.links import is_link

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|<>~$:&^=@]")
# Signs that Streamlit's front end and remark seek in texts that are parsed already, where an escape
# is gone: icons, its logo, emoji, bare addresses, arrows and dashes. Each is taken apart, by a
# directive that colours nothing, at the signs in the group.
_SOUGHT_LATER: Final = re.compile(
    r"(?::(?=[\w+\-/])|@|(?<=[wW]{3})\.|(?<=[<\-])-|-(?=>)|(?<=[<>~])=)"
)
_APART: Final = ":color[{}]"
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def escape_markdown(words: str) -> str:
    """Words of the data for whatever draws Markdown: shown to the letter.

    Lines stay lines, and spaces that begin one do not make it code.
    """
    lines = _LINE_ENDS.sub("\n", words).split("\n")
    return "  \n".join(map(_line, lines))


def _line(words: str) -> str:
    bare = words.lstrip(" \t\u00a0")
    indent = words[: len(words) - len(bare)]
    begins = "".join(f"&#{ord(sign)};" for sign in indent)
    done, pieces = 0, []
    for sought in _SOUGHT_LATER.finditer(bare):
        pieces.append(_MARKUP.sub(r"\\\g<0>", bare[done : sought.start()]))
        pieces.append(_APART.format(f"\\{sought[0]}"))
        done = sought.end()
    pieces.append(_MARKUP.sub(r"\\\g<0>", bare[done:]))
    return begins + "".join(pieces)


def link(words: str, address: str | None) -> str:
    """Words of the data that lead to an address of the data, where that is one of a page."""
    shown = escape_markdown(" ".join(words.split()))
    if address is None or not is_link(address):
        return shown
    # Percent signs for what would end the target of a link, or be read as something else in it.
    target = re.sub(r"[\\<>()\[\]`*_&$:~^|{}]", _percent, address.partition("://")[2])
    return f"[{shown}](<{address.partition('://')[0]}://{target}>)"


def _percent(sign: re.Match[str]) -> str:
    # The port's colon and what the address itself holds stay; brackets and the like are encoded.
    return sign[0] if sign[0] in "_&:~*$()" else f"%{ord(sign[0]):02X}"
