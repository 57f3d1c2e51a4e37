"""The deliveries that were loaded: their versions, files and differences, and the way back."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from rapporteur import settings
from rapporteur.delivery import versions
from rapporteur.delivery.file_limits import file_stem
from rapporteur.delivery.loading import WrongUse
from rapporteur.translations import translator
from rapporteur.ui import components, desk, door
from rapporteur.ui.filters import choose
from rapporteur.ui.language import current_language, date, plural, text

# One line of the history, as overview/versions tells it.
Row = Mapping[Hashable, Any]

_MOST_ROWS: Final = 200


@dataclass(frozen=True)
class _Asked:
    """A change of a delivery to be confirmed, and the last version of it that its reader saw."""

    action: str
    delivery: str
    version: int
    seen: int | None

    @property
    def key(self) -> str:
        return f"{self.action}:{self.version}"


def in_words() -> str:
    """How many deliveries are loaded and when the last one was; of the one that a link names."""
    if not door.has_data():
        return text("Nothing has been loaded yet")
    known = door.ask("overview/versions")
    chosen = known[known["delivery"] == st.query_params.get("delivery")]
    if chosen.empty:
        current = known[known["is_current"]]
        told = plural(
            "**{count} delivery** is loaded",
            "**{count} deliveries** are loaded",
            len(set(current["delivery"])),
        ).format(count=len(set(current["delivery"])))
    else:
        told = f"**{components.verbatim(chosen['delivery'].iloc[0])}**: " + plural(
            "{count} version", "{count} versions", len(chosen)
        ).format(count=len(chosen))
        if not chosen["is_current"].any():
            told += ", " + text("withdrawn")
    last = (known if chosen.empty else chosen)["loaded_at"].max()
    return told + "; " + text("the last change was on {day}").format(day=date(last.date()))


def browse() -> None:
    """Choose a delivery, then one of its versions, and say what is to be done with it."""
    _do_what_was_confirmed()
    known = door.ask("overview/versions")
    deliveries = sorted(known["delivery"].unique())
    current = set(known.loc[known["is_current"], "delivery"])
    withdrawn = text("withdrawn")
    labels = {code: code if code in current else f"{code} ({withdrawn})" for code in deliveries}
    first = deliveries[0]
    chosen = (
        choose(
            "delivery",
            text("Delivery"),
            labels,
            all_label=labels[first],
            default=first,
            is_of_the_page=True,
        )
        or first
    )
    history = door.ask("overview/versions", delivery=chosen)
    components.show_table(
        door.read("overview/versions", history),
        alt=text("Versions of the delivery"),
        hidden=["delivery"],
    )
    components.excel_button("overview/versions", {"delivery": chosen})
    st.subheader(text("One version"))
    rows = {int(row["version"]): row for row in history.to_dict("records")}
    words = {
        number: f"{number} · {row['loaded_at']:%Y-%m-%d %H:%M} · {row['actor']}"
        for number, row in rows.items()
    }
    options = {str(number): words[number] for number in reversed(rows)}
    last = next(iter(options))
    number = int(
        choose(
            "version",
            text("Version"),
            options,
            all_label=options[last],
            default=last,
            is_of_the_page=True,
        )
        or last
    )
    _files(number, rows[number])
    _actions(chosen, number, rows[number])
    _differences(number, [other for other in rows if other != number], words)


def _files(number: int, row: Row) -> None:
    """The files as they were delivered."""
    names, digests = row["files"], row["sha256"]
    if row["is_purged"]:
        st.info(text("The files and rows of this version were destroyed."))
        return
    if names is None or not len(names):
        return
    for place, (name, digest) in enumerate(zip(names, digests, strict=False)):
        st.download_button(
            text("Original file: {file}").format(file=components.verbatim(name)),
            data=door.as_drawn(door.original, number, name),
            file_name=name,
            mime="application/octet-stream",
            on_click="ignore",
            icon=":material/download:",
            key=f"original:{number}:{place}",
        )
        st.caption(f"SHA-256 {digest}")


def _actions(delivery: str, number: int, row: Row) -> None:
    """Restore a version that is not current; withdraw a delivery that is."""
    holds_rows = row["action"] in {"load", "restore"} and not row["is_purged"]
    seen = door.last_version(delivery)
    if holds_rows and not row["is_current"]:
        asked = _Asked("restore", delivery, number, seen)
        st.button(
            text("Restore version {version}").format(version=number),
            icon=":material/history:",
            key=asked.key,
            on_click=_ask,
            args=(asked,),
        )
        _question(
            asked,
            text("Restore version {version}?").format(version=number),
            text(
                "Delivery {delivery} becomes what it was at this version. A new version records "
                "it; nothing is lost."
            ).format(delivery=components.verbatim(delivery)),
            text("Restore"),
        )
        return
    if not row["is_current"] or row["action"] == "withdraw":
        return
    asked = _Asked("withdraw", delivery, number, seen)
    with st.container(horizontal=True):
        st.download_button(
            text("As a workbook"),
            data=door.as_drawn(door.handed_back, delivery),
            file_name=f"{file_stem(delivery)}.xlsx",
            mime=components.EXCEL_TYPE,
            on_click="ignore",
            icon=":material/download:",
            key=f"handed-back:{delivery}",
            help=text("All its rows as they count now; the file loads again unchanged."),
        )
        st.button(
            text("Withdraw the delivery"),
            icon=":material/remove_circle:",
            key=asked.key,
            on_click=_ask,
            args=(asked,),
        )
    _question(
        asked,
        text("Withdraw delivery {delivery}?").format(delivery=components.verbatim(delivery)),
        text(
            "Its rows no longer count anywhere. Its versions stay and can be restored; "
            "answers at earlier dates still show it."
        ),
        text("Withdraw"),
    )


def _ask(asked: _Asked | None) -> None:
    """Remember what is about to be done until it is confirmed or called off."""
    st.session_state["shelf:asked"] = asked


def _confirm(asked: _Asked) -> None:
    """Take the answer along into the next run, in which the question may not be drawn any more."""
    st.session_state["shelf:confirmed"] = asked


def _do_what_was_confirmed() -> None:
    """Change the versions as confirmed; say so when somebody changed the delivery meanwhile."""
    confirmed: _Asked | None = st.session_state.pop("shelf:confirmed", None)
    if confirmed is None:
        return
    _ask(None)
    target, delivery = settings.database(), confirmed.delivery
    if confirmed.action == "restore":
        change = partial(versions.restore, target, confirmed.version)
    else:
        change = partial(versions.withdraw, target, delivery)
    if desk.change_versions(change, {delivery: confirmed.seen}):
        st.rerun()


def _question(asked: _Asked, question: str, remark: str, word: str) -> None:
    """Ask once more before versions are changed."""
    standing: _Asked | None = st.session_state.get("shelf:asked")
    if standing is None or standing.key != asked.key:
        return
    with st.container(border=True):
        st.markdown(f"**{question}**")
        st.markdown(remark)
        with st.container(horizontal=True):
            st.button(
                word,
                type="primary",
                key=f"{asked.key}:yes",
                on_click=_confirm,
                # As the delivery was when that was asked for, not as it may be by now.
                args=(standing,),
            )
            st.button(text("Leave it"), key=f"{asked.key}:no", on_click=_ask, args=(None,))


def _differences(number: int, others: Sequence[int], words: Mapping[int, str]) -> None:
    """What differs between a version and the one before it, or another one."""
    with st.expander(text("What this version changed"), key=f"differences:{number}"):
        other = choose(
            "compared",
            text("Compared with"),
            {str(each): words[each] for each in others},
            all_label=text("the version before it"),
            is_of_the_page=True,
        )
        try:
            if other is None:
                found = door.comparison(number, most=_MOST_ROWS)
            else:
                found = door.comparison(int(other), number, most=_MOST_ROWS)
        except WrongUse as error:
            sentence = translator(current_language()).gettext(error.template)
            st.caption(components.verbatim(sentence.format(**error.values)))
            return
        if found.old is None:
            st.caption(text("Compared with nothing: there was no version before it."))
        else:
            st.caption(text("Compared with version {version}.").format(version=found.old))
        total = sum(
            table.change.added + table.change.changed + table.change.removed
            for table in found.tables.values()
        )
        st.caption(
            plural("{count} row differs.", "{count} rows differ.", total).format(count=total)
        )
        desk.show_differences(found.tables, key=f"version:{number}")
