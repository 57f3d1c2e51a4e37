"""Pieces of page that several pages use: filters by name, a figure with its table and its file."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rapporteur.delivery.links import is_link
from rapporteur.documents.answers import Answer
from rapporteur.documents.columns import form_of
from rapporteur.documents.workbook import MAX_ROWS, is_plain, plain_notice
from rapporteur.ui import door, head, markdown, picture, taking
from rapporteur.ui.charts import plotly_config
from rapporteur.ui.door import Filters
from rapporteur.ui.filters import (
    carried,
    choose,
    clear,
    find,
    in_words,
    page_wanted,
    said,
    turn_pages,
    unknown,
)
from rapporteur.ui.language import current_language, number, plural, text

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
METHODOLOGY = "pages/methodology.py"
_WIDE = {"text", "quote", "quotes", "results", "note", "conflict_description", "conflict_handling"}
_LINKS = {"source_url", "url"}
# Pixels: a year needs no more room than its label, beside filters that do.
_YEAR = 144
# So many letters of an unknown code are repeated to the reader.
_LONGEST_ASKED = 60
# No abbreviation such as “m.” or “pvz.”: what begins after it has a capital letter.
_SENTENCE_END = re.compile(r"(?<=\w\w)\.(?:$|\s+(?=[^\W\d_a-ząčęėįšųūž]))")


def around() -> None:
    """What stands around every page: its foot, and the controls above. Call it last."""
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center", key="foot"):
        page_link(METHODOLOGY, text("Methodology"), place="foot")
        page_link("pages/accessibility.py", text("Accessibility statement"), place="foot")
    taking.controls(head.finish())


class PageEnds(Exception):
    """A page has shown all that it has to show."""


def end_page() -> NoReturn:
    """End the page here; what stands around every page follows.

    Streamlit sends nothing more after `st.stop`, not even that the reader need not wait longer.
    """
    raise PageEnds


@contextmanager
def more_filters(names: Iterable[str]) -> Iterator[None]:
    """Filters that few readers need, folded: open, and counted, when any of `names` is chosen."""
    in_use = sum(1 for name in names if name in st.query_params)
    label = text("More filters") + (f" ({in_use})" if in_use else "")
    with (
        st.expander(label, expanded=bool(in_use), key="more-filters", type="compact"),
        st.container(horizontal=True),
    ):
        yield


def title(words: str) -> DeltaGenerator:
    """Draw the title of a page, and give the place beneath it that its `opening` goes into.

    The place comes before the filters, which the sentence depends on.
    """
    st.title(words)
    return st.container(key="opening")


def opening(place: DeltaGenerator, sentence: str, *, narrowed_by: Iterable[str] = ()) -> None:
    """Draw the one sentence that says what the reader of a page sees now.

    `sentence` is Markdown and needs neither a capital letter nor a full stop. What is chosen of
    the filters `narrowed_by`, where the sentence itself does not say it, is added in brackets.
    Whatever is chosen can be taken back here at once.
    """
    chosen = in_words(narrowed_by)
    whole = as_sentence(sentence + (f" ({verbatim(chosen)})" if chosen else ""))
    head.describe(whole)
    with place, st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(whole, width="content")
        if in_use := [name for name, one in said().items() if one.is_narrowed]:
            st.button(
                text("Clear the filters"),
                icon=":material/filter_alt_off:",
                type="tertiary",
                key="clear",
                on_click=clear,
                args=(in_use,),
            )
    for label, asked in unknown().items():
        place.warning(
            text(
                "“{label}”: the address asks for “{asked}”, which is not known here, so nothing is "
                "narrowed down by it."
            ).format(label=verbatim(label), asked=verbatim(asked[:_LONGEST_ASKED])),
            icon=":material/link_off:",
        )


def nothing_found() -> None:
    """Where the choices leave nothing: that it is so, and each of them to be taken back alone."""
    chosen = {name: one for name, one in said().items() if one.is_narrowed}
    with st.container(border=True, key="nothing-found"):
        st.markdown("**" + text("No rows with these filters.") + "**")
        if not chosen:  # what the page shows by itself has none
            return
        st.caption(text("Take back one of the choices:"))
        with st.container(horizontal=True):
            for name, one in chosen.items():
                st.button(
                    verbatim(f"{one.label}: {one.words}"),
                    icon=":material/close:",
                    key=f"without:{name}",
                    on_click=clear,
                    args=([name],),
                )


def capital(words: str) -> str:
    """Words that begin a line, with their capital letter."""
    return words[:1].upper() + words[1:]


def as_sentence(clause: str) -> str:
    """A clause with its capital letter and its full stop, which an abbreviation may bring along."""
    return capital(clause) + ("" if clause.endswith(".") else ".")


def year_filter(question: str, *, label: str, newest_first: bool = True) -> int | None:
    """Ask for one of the years of a question, the last one unless chosen otherwise."""
    years = [int(year) for year in door.ask(question)["year"].dropna()]
    if not years:
        return None
    options = {str(year): str(year) for year in years}
    first = str(years[0])
    chosen = choose("year", label, options, all_label=first, default=first, width=_YEAR)
    return int(chosen) if chosen else years[0]


def code_filter(
    name: str, question: str, label: str, all_label: str, *, by_typing: bool = False
) -> str | None:
    """Ask for one of the codes that a question offers; None means all. The link holds the code.

    `by_typing` where there are many, or where names are looked for without their diacritics.
    """
    offered = door.ask(question)
    language = current_language()
    column = next(
        column for column in (f"label_{language}", f"name_{language}", "name") if column in offered
    )
    options = dict(zip(offered["code"], offered[column], strict=True))
    return (find if by_typing else choose)(name, label, options, all_label=all_label)


def institution_filter() -> str | None:
    """Ask for one of the institutions that recommendations are addressed to; None means all."""
    return code_filter(
        "institution",
        "implementation/institutions",
        text("Institution"),
        text("All institutions"),
        by_typing=True,
    )


def theme_filter(question: str = "implementation/themes") -> str | None:
    """Ask for one of the themes that a question offers; None means all."""
    return code_filter("theme", question, text("Theme"), text("All themes"), by_typing=True)


def page_link_address(filters: Filters) -> str:
    """The address of this page as it is, in its language: opens what is seen now.

    Whatever is chosen goes along, and of `filters` what nobody chose but the page sets. A list that
    the page itself makes, such as of the neighbours of a place, is no filter that it could read: it
    follows from what is chosen.
    """
    chosen: dict[str, Sequence[object]] = {
        name: [value] for name, value in filters.items() if isinstance(value, str | int)
    }
    chosen |= {name: st.query_params.get_all(name) for name in st.query_params}
    chosen |= {name: one.codes for name, one in said().items() if one.codes}
    chosen["lang"] = [current_language()]
    address = (st.context.url or "").partition("?")[0]
    return f"{address}?{urlencode(chosen, doseq=True)}"


def figure(
    chart: go.Figure,
    *,
    title: str,
    unit: str,
    source: str,
    name: str,
    filters: Filters,
    key: str,
    alt: str = "",
    title_tells: Collection[str] = (),
    on_click: Callable[[], None] | None = None,
) -> None:
    """Draw a chart as `framed` does, with the reader's separators and a text alternative.

    `alt` is what the drawing shows beyond its title, which the alternative begins with: the
    finding and, where they are few, the numbers. `on_click` is called when a point is clicked,
    which `st.session_state[key]` holds.
    """
    with framed(
        key,
        title=title,
        unit=unit,
        source=source,
        name=name,
        filters=filters,
        title_tells=title_tells,
    ):
        st.plotly_chart(
            chart,
            alt=_told_instead(title, alt),
            key=key,
            config=plotly_config(current_language()),
            height="content",
            on_select=on_click or "ignore",
            selection_mode="points",
        )


def _told_instead(title: str, alt: str) -> str:
    """The text alternative of a chart: its title, which may ask, and what the drawing answers."""
    if not alt:
        return title
    return f"{title}{'' if title.endswith('?') else '.'} {as_sentence(alt)}"


@contextmanager
def framed(
    key: str,
    *,
    title: str,
    unit: str,
    source: str,
    name: str,
    filters: Filters,
    title_tells: Collection[str] = (),
    file: str | None = None,
) -> Iterator[None]:
    """The frame of every drawing: what it finds or asks, in which unit, whence; and the picture.

    The drawing goes inside, under the key `key`. `title` says the finding or the question, `unit`
    what is counted and over which time; what is chosen of `filters` is added, but for those that
    the `title_tells`. `name` is the question that it answers, whose definition a link opens. The
    same words stand on the page, on the picture and on paper. The picture is called after the
    question unless `file` is given.
    """
    asked = [
        each for each, value in filters.items() if value is not None and each not in title_tells
    ]
    subtitle = "; ".join(filter(None, [unit, in_words(asked)]))
    with st.container(key=f"figure-{key}", gap="xsmall"):
        st.markdown(f"**{verbatim(title)}**")
        if subtitle:
            st.caption(verbatim(subtitle))
        yield
        st.caption(verbatim(f"{source}. {picture.dated()}"))
        with st.container(horizontal=True, vertical_alignment="center"):
            picture.beneath(
                key,
                title=title,
                subtitle=subtitle,
                source=source,
                file_name=picture.file_stem(file or name.replace("/", "-"), filters),
            )
            how_counted(name, place=f"figure:{key}")


def answer_table(
    name: str,
    filters: Filters,
    *,
    alt: str,
    hidden: Sequence[str] = (),
    expanded: bool = False,
    label: str | None = None,
    key: str | None = None,
    by_institution: bool = False,
) -> None:
    """The table of an answer, folded, and the button that takes it away as Excel.

    `key` tells apart tables of one question on one page. `by_institution` offers a second file,
    with a sheet for each institution.
    """
    data = door.ask(name, **filters)
    key = key or name
    with st.expander(
        # Without a frame: under every drawing there is one, and what is told stands out, not they.
        label or text("Table and file"),
        expanded=expanded,
        key=f"table:{key}",
        type="compact",
    ):
        show_table(door.read(name, data), alt=alt, hidden=hidden)
        with st.container(horizontal=True):
            excel_button(name, filters, key=key)
            how_counted(name, place=f"table:{key}")
            if by_institution:
                excel_button(
                    name,
                    filters,
                    key=f"{key}:each",
                    label=text("Excel with a sheet for each institution"),
                    each="institution",
                )


def show_table(answer: Answer, *, alt: str, hidden: Sequence[str] = ()) -> None:
    """A table with headings in the reader's language; links can be followed."""
    if answer.data.empty:
        st.caption(text("No rows with these filters."))
        return
    empty = [column for column in answer.headings if answer.data[column].isna().all()]
    # Where the code of a source is left to the file, so is the delivery that it is a code of.
    hidden = [*hidden, "source_delivery"] if "source" in hidden else hidden
    # Two columns of numbers would puzzle: the one that tells documents apart is shown.
    hidden = [*hidden, "number"] if "shown_number" in answer.headings else hidden
    shown = [column for column in answer.headings if column not in (*hidden, *empty)]
    config: dict[str, Any] = {column: _column(answer, column) for column in shown}
    taking.tell_forms(
        {
            answer.headings[column]: form_of(column)
            for column in shown
            if pd.api.types.is_numeric_dtype(answer.data[column])
        }
    )
    data = answer.data[shown].copy()
    for column in _LINKS.intersection(shown):
        data[column] = data[column].map(lambda told: told if is_link(str(told)) else None)
    st.dataframe(data, hide_index=True, column_config=config, alt=alt, placeholder="")


def _column(answer: Answer, column: str) -> Any:
    heading = answer.headings[column]
    if column in _LINKS:
        # An address stored by a former version may be of any kind: none is followed but a page's.
        return st.column_config.LinkColumn(heading, display_text=text("Open"))
    if column == "loaded_at":
        return st.column_config.DatetimeColumn(heading, format="YYYY-MM-DD HH:mm")
    if pd.api.types.is_datetime64_dtype(answer.data[column]):
        return st.column_config.DateColumn(heading, format="YYYY-MM-DD")
    if pd.api.types.is_numeric_dtype(answer.data[column]):
        shown = {"share": "percent", "plain": "%d", "amount": "localized"}[form_of(column)]
        return st.column_config.NumberColumn(heading, format=shown)
    return st.column_config.TextColumn(heading, width="large" if column in _WIDE else None)


def excel_button(
    name: str,
    filters: Filters,
    *,
    key: str | None = None,
    label: str | None = None,
    each: str | None = None,
    link: str | None = None,
    rows: int | None = None,
) -> None:
    """The button that gives an answer as Excel; the file is made only when it is pressed.

    `each` is a parameter whose values get a sheet each, too. `link` reopens what the file holds;
    this page with the filters, unless given. `rows` is how many there are at least, where the page
    does not ask for all of them. What a large file goes without is said before it is asked for.
    """
    if rows is None:
        rows = len(door.ask(name, **filters))
    if rows > MAX_ROWS:
        st.caption(
            text(
                "{rows} rows are more than a sheet of Excel can hold ({most}): narrow them down by "
                "filters."
            ).format(rows=number(rows, 0), most=number(MAX_ROWS, 0))
        )
        return
    if is_plain(rows, len(door.definition(name).columns)):
        st.caption(plain_notice(current_language()))
    st.download_button(
        label or text("Download as Excel"),
        data=door.as_drawn(
            door.excel,
            name,
            dict(filters),
            link or page_link_address(filters),
            current_language(),
            each,
        ),
        file_name=file_name(f"{name}-by-{each}" if each else name, filters),
        mime=EXCEL_TYPE,
        on_click="ignore",
        icon=":material/download:",
        key=f"excel:{key or name}",
    )


def word_button(label: str, make: Callable[[], bytes], *, file: str, key: str) -> None:
    """The button that gives a Word document, which `make` makes only when it is pressed."""
    st.download_button(
        label,
        data=make,
        file_name=file,
        mime=WORD_TYPE,
        on_click="ignore",
        icon=":material/description:",
        type="primary",
        key=key,
    )


def file_name(name: str, filters: Mapping[str, object]) -> str:
    """A file name that says what is inside: the question and every single value chosen."""
    return f"{picture.file_stem(name.replace('/', '-'), filters)}.xlsx"


def page_link(
    page: str, label: str, *, icon: str | None = None, place: str = "", **query: str | int | None
) -> None:
    """A link to a page of ours with these filters and the language.

    `place` tells apart links on one page that lead to the same.
    """
    given = {name: str(value) for name, value in query.items() if value is not None}
    follow(page, label, {"lang": current_language(), **given}, icon=icon, place=place)


def how_counted(name: str, place: str = "") -> None:
    """The (i) of a figure: a link to the definition of the question `name` that counts it.

    `place` tells apart two of one question on one page.
    """
    # A container of its own, so that paper can do without it.
    with st.container(width="content", key=f"how-counted:{place}:{name}"):
        page_link(
            METHODOLOGY,
            text("How it is counted"),
            icon=":material/info:",
            place=place,
            question=name,
        )


def recommendation_link(code: str, label: str, *, year: int | None = None, place: str = "") -> None:
    """A link to a recommendation whole, in a reporting year where one is meant.

    It takes along what is filtered here, so that the way back finds it.
    """
    query = st.query_params.to_dict() | {"recommendation": code}
    if year is not None:
        query["year"] = str(year)
    query["lang"] = current_language()
    follow(
        "pages/recommendations.py",
        verbatim(label),
        query,
        icon=":material/arrow_forward:",
        place=place,
    )


def follow(
    page: str, label: str, query: Mapping[str, str], *, icon: str | None = None, place: str = ""
) -> None:
    """A link to a page of ours; to the page that is open, a button that changes its address.

    Streamlit 1.67 leaves the address as it is when a link leads to the page that is open. What is
    filtered goes along: an address completed on arrival would be one more step for the way back.
    """
    whole: dict[str, str | list[str]] = {**carried(), **query}
    here = (st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    if here != Path(page).stem:
        st.page_link(page, label=label, icon=icon, query_params=whole)
        return
    st.button(
        label,
        icon=icon,
        type="tertiary",
        key=f"follow:{place}:{page}:{sorted(query.items())}",
        on_click=st.query_params.from_dict,
        args=(dict(query),),
    )


def page_of(data: pd.DataFrame, per_page: int) -> pd.DataFrame:
    """The rows of the page that the reader has turned to; all of them where they fit on one."""
    pages = -(-len(data) // per_page)
    if pages < 2:
        return data
    page = min(page_wanted("page"), pages)
    turn_pages("page", pages, page)
    return data.iloc[(page - 1) * per_page : page * per_page]


def cells(count: int) -> list[DeltaGenerator]:
    """So many equal cells in a row; two by two on a phone, where columns stand one by one."""
    with st.container(horizontal=True, gap="small"):
        return [st.container(height="stretch") for _ in range(count)]


def key_number(value: str, name: str, remark: str, page: str, **query: str | int | None) -> None:
    """One number in a frame, its name as the way to the page behind it, and what it leaves open."""
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.metric(name, value, label_visibility="collapsed")
        page_link(page, name, icon=":material/arrow_forward:", place="", **query)
        st.caption(remark)


def named_number(name: str, value: str) -> None:
    """A number above its name; unlike the label of a metric, a long name is not cut off."""
    st.metric(name, value, label_visibility="collapsed")
    st.markdown(verbatim(name))


def parts_without_data(silent: int, parts: int) -> str:
    """How many parts of a recommendation nobody gave data on, in words."""
    return plural(
        "{silent} of {count} part without data",
        "{silent} of {count} parts without data",
        parts,
    ).format(silent=silent, count=parts)


def first_sentence(words: str) -> str:
    """The first sentence of several, without its full stop: a title of what they tell."""
    return _SENTENCE_END.split(words, maxsplit=1)[0]


def as_delivered() -> None:
    """Tell an English reader why what follows is not English: data are never translated."""
    if current_language() == "en":
        st.caption(text("Texts and answers stand in Lithuanian, as they were delivered."))


def told(value: Any) -> str:
    """A cell of an answer in words; empty for any of the nothings that pandas has."""
    return "" if value is None or pd.isna(value) else str(value)


def verbatim(words: str) -> str:
    """Words of the data for whatever draws Markdown: shown to the letter, never read as markup."""
    return markdown.escape_markdown(words)


def quotation(words: str) -> None:
    """A sentence of a source, set apart."""
    st.markdown("> " + verbatim(words).replace("\n", "\n> "))


def no_data_notice() -> None:
    """What to do when nothing was ever loaded."""
    st.title(text("No data yet"))
    st.info(
        text(
            "Nothing has been loaded. Whoever looks after this dashboard loads the workbooks of "
            "data/ with the command below; then reload this page."
        )
    )
    st.code("python -m rapporteur load --shipped", language=None)
    # Open without any data, too: that is where they are handed in.
    handing_in = head.PAGES["data"]
    page_link("pages/data.py", text(handing_in.name), icon=":material/upload_file:", place="empty")
