"""What prevention was about: which forms reached whom, which are asked for, which are in cases."""

from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from rapporteur.ui import components, door, filters, grid
from rapporteur.ui.language import number, plural, text
from rapporteur.ui.prevention import Chosen, Row, count_of, name_column, unplaced_of


def gaps(chosen: Chosen) -> None:
    """Which forms reach whom, or whom where, and which of it a recommendation asks for."""
    view = filters.choose(
        "gaps",
        text("Forms of exploitation by"),
        {"municipality": text("municipality")},
        all_label=text("target group"),
    )
    st.caption(
        text(
            "Outlined: a recommendation or a measure of the draft protocol asks for it. An empty "
            "outlined cell is one that nobody told of, which is not to say that nothing took "
            "place. An activity counts in every cell that its source names. Which words name what "
            "is a reading."
        )
    )
    if view:
        _gaps_by_municipality(chosen)
    else:
        _gaps_by_group(chosen)


def _gaps_by_group(chosen: Chosen) -> None:
    cells = door.ask("activities/gaps", **chosen.where)
    forms, groups = door.labels_of("exploitation_form"), door.labels_of("target_group")
    any_form, any_group = text("whatever form"), text("whoever they are for")
    asked = cells["asked_by"].map(lambda codes: _listed(codes) != [])
    told = (cells["activities"] > 0) | (cells["unplaced"] > 0)
    kept = asked | told
    # A row or a column stands where something in it is asked for or told of.
    # Of the others nothing can be told while one is asked for.
    only_form, only_group = chosen.what["form"], chosen.what["target_group"]
    shown_groups = [
        code
        for code in groups
        if only_group in (None, code) and (kept & (cells["target_group"] == code)).any()
    ]
    shown_forms = [
        code
        for code in forms
        if only_form in (None, code) and (kept & (cells["form"] == code)).any()
    ]
    at = {(row["target_group"], row["form"]): row for row in _plain_rows(cells)}
    shown_rows: dict[str | None, str] = {
        None: any_group,
        **{code: groups[code] for code in shown_groups},
    }
    shown_columns: dict[str | None, str] = {
        None: any_form,
        **{code: forms[code] for code in shown_forms},
    }
    label = text("Forms of exploitation by target group: what was told of and what is asked for")
    grid.grid(
        grid.drawn(
            [[_cell(at[group, form]) for form in shown_columns] for group in shown_rows],
            label=label,
            corner=text("Target group × form of exploitation"),
            rows=list(shown_rows.values()),
            columns=list(shown_columns.values()),
            asked=text("asked for"),
        ),
        key="gaps:groups",
    )
    st.caption(
        text(
            "The first number is of activities in municipalities, the one after the plus of those "
            "without one."
        )
    )
    [whatever] = cells[cells["form"].isna() & cells["target_group"].isna()].to_dict("records")
    if whatever["activities"]:
        st.markdown(
            text(
                "Activities in municipalities: {all}; naming no form of exploitation: {forms}; "
                "naming no target group: {groups}. More may be known than was told."
            ).format(
                all=count_of(whatever),
                forms=number(whatever["without_form"], 0),
                groups=number(whatever["without_target_group"], 0),
            )
        )
    _missing_in_words(
        [
            (_listed(row["asked_by"]), f"{shown_rows[group]} × {shown_columns[form]}")
            for (group, form), row in at.items()
            if group in shown_rows
            and form in shown_columns
            and _listed(row["asked_by"])
            and not row["activities"]
            and not row["unplaced"]
        ],
        is_narrowed=any(chosen.where.values()),
    )
    components.answer_table(
        "activities/gaps",
        chosen.where,
        alt=text("Forms of exploitation by target group"),
    )


def _listed(codes: object) -> list[str]:
    """The codes in a cell that holds a list; none in an empty one."""
    return [str(code) for code in codes] if isinstance(codes, Collection) else []


def _cell_words(row: Row) -> str:
    words = []
    if row["activities"]:
        words.append(count_of(row))
    if row["unplaced"]:
        words.append("+" + unplaced_of(row))
    return " ".join(words)


def _case_in_words(case: Row) -> str:
    name = components.verbatim(door.label("indicator", case["indicator"]))
    year = text("{year}").format(year=int(case["year"]))
    return f"{name}, {year}: {components.told(case['mark'])}**{number(case['value'], 0)}**"


def _plain_rows(cells: pd.DataFrame) -> list[Row]:
    """The rows, an empty cell as None and not as a number that is none."""
    return list(cells.astype(object).where(cells.notna(), None).to_dict("records"))


def _cell(row: Row) -> grid.Cell:
    lines = [
        text("In municipalities: {count}").format(count=count_of(row))
        if row["activities"]
        else text("In municipalities: nothing was told of"),
        text("Without a municipality: {count}").format(count=unplaced_of(row))
        if row["unplaced"]
        else text("Without a municipality: nothing was told of"),
    ]
    codes = _listed(row["asked_by"])
    if codes:
        lines.append(text("Asked for by {codes}").format(codes=", ".join(codes)))
    # What has no place is not shaded as if it were that many somewhere.
    value = row["activities"] or min(row["unplaced"], 1)
    return grid.Cell(_cell_words(row), value, bool(codes), lines)


def _missing_in_words(missing: Sequence[tuple[Sequence[str], str]], *, is_narrowed: bool) -> None:
    """What is asked for and told of by nobody, recommendation by recommendation.

    `missing` has who asks and what, in words. What is told of elsewhere or in another year is
    missing only with the filters that are chosen, and that is said.
    """
    if not missing:
        return
    by_code: dict[str, list[str]] = {}
    for codes, words in missing:
        for code in codes:
            by_code.setdefault(code, []).append(words)
    st.markdown(
        text("**Asked for, and with these filters told of by nobody:**")
        if is_narrowed
        else text("**Asked for, and told of by nobody:**")
    )
    for code, named in sorted(by_code.items()):
        with st.expander(
            plural(
                "{code}: {count} combination", "{code}: {count} combinations", len(named)
            ).format(code=components.verbatim(code), count=len(named)),
            key=f"missing:{code}",
        ):
            st.markdown("\n".join(f"- {components.verbatim(words)}" for words in named))
            components.recommendation_link(
                code, text("To the recommendation {code}").format(code=code), place="gaps"
            )


def _gaps_by_municipality(chosen: Chosen) -> None:
    cells = door.ask("activities/gaps_by_municipality", **chosen.where)
    forms = door.labels_of("exploitation_form")
    named = [code for code in forms if (cells["form"] == code).any()]
    columns: dict[str | None, str] = {
        None: text("whatever form"),
        **{code: forms[code] for code in named},
    }
    rows = _plain_rows(cells)
    at = {(row["municipality"], row["form"]): row for row in rows}
    names = {row["municipality"]: str(row[name_column()]) for row in rows}
    # Where a form was told of nowhere in a municipality, no row says so.
    grid.grid(
        grid.drawn(
            [[_cell_of_form(at.get((place, form))) for form in columns] for place in names],
            label=text("Forms of exploitation by municipality"),
            corner=text("Municipality × form of exploitation"),
            rows=list(names.values()),
            columns=list(columns.values()),
            asked=text("asked for"),
        ),
        key="gaps:municipalities",
    )
    if not named:
        st.caption(text("With these filters no activity in a municipality names a form."))
    components.answer_table(
        "activities/gaps_by_municipality",
        chosen.where,
        alt=text("Forms of exploitation by municipality"),
        hidden=["municipality"],
    )


def _cell_of_form(row: Row | None) -> grid.Cell:
    if row is None:
        return grid.Cell(lines=[text("nothing was told of")])
    lines = [text("nothing was told of")]
    if row["activities"] is not None:
        lines = [text("Activities") + f": {count_of(row)}"]
    codes = _listed(row["asked_by"])
    if codes:
        lines.append(text("Asked for by {codes}").format(codes=", ".join(codes)))
    return grid.Cell(count_of(row).strip("–"), row["activities"] or 0, bool(codes), lines)


def forms_in_cases(chosen: Chosen) -> None:
    """Forms in prevention beside forms in cases: two facts, and nothing computed from them."""
    prevention = door.ask("activities/gaps", **chosen.where)
    prevention = prevention[prevention["target_group"].isna() & prevention["form"].notna()]
    cases = door.ask("activities/forms_in_cases")
    told = {row["form"]: row for row in prevention.to_dict("records")}
    nothing = ":gray[" + text("nothing was told of") + "]"
    lines = []
    for code, name in door.labels_of("exploitation_form").items():
        of_form = cases[cases["form"] == code]
        row = told.get(code)
        if of_form.empty and (row is None or not (row["activities"] or row["unplaced"])):
            continue
        counted = of_form[of_form["value"].notna()].to_dict("records")
        lines.append(
            {
                text("Form of exploitation"): components.verbatim(name),
                text("Prevention activities"): (_cell_words(row) if row else "") or nothing,
                text("In cases"): "; ".join(_case_in_words(case) for case in counted) or nothing,
            }
        )
    st.table(
        pd.DataFrame(lines),
        border="horizontal",
        hide_index=True,
        alt=text("Forms of exploitation in prevention and in cases"),
    )
    st.caption(
        text(
            "The figures of cases are of the whole country and of different years; they do not "
            "follow the filters above, and nothing is computed from the two."
        )
    )
    components.answer_table(
        "activities/forms_in_cases",
        {},
        alt=text("Cases by form of exploitation, with their sources"),
        hidden=["source"],
        label=text("Cases by form, with sources, and file"),
    )
