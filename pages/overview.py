"""Overview: what this is, the last reporting year in four numbers, what the last load changed."""

import streamlit as st

from rapporteur.ui import components, door
from rapporteur.ui.language import date, number, plural, text

st.title(text("What became of the recommendations against trafficking in human beings"))
st.markdown(
    text(
        "The national rapporteur recommends, institutions answer, the rapporteur judges. Here is "
        "what was asked of whom, who answered, how far it is implemented, where prevention ran and "
        "how many investigations were started – every figure with the sentence of its source."
    )
)

years = door.ask("implementation/years")["year"]
if years.empty:
    st.info(text("No reporting year is open yet: no requests, answers or results were loaded."))
    components.end_page()
year = int(years.iloc[0])
[coverage] = door.ask("implementation/coverage", year=year).to_dict("records")
municipalities = door.ask("activities/by_municipality", year=year)
series = door.ask("investigations/series", indicator="pretrial_investigations_opened")

st.header(text("The last reporting year: {year}").format(year=year))
# Columns stand below each other on a phone.
first, second, third, fourth = st.columns(4)
with first:
    components.key_number(
        text("Recommendations without any data"),
        text("{part} of {whole}").format(
            part=coverage["unanswered"],
            whole=coverage["recommendations"] - coverage["not_applicable"],
        ),
        plural(
            "{count} answered by everybody asked",
            "{count} answered by everybody asked",
            coverage["answered"],
        ).format(count=coverage["answered"])
        + "; "
        + text("{count} in part").format(count=coverage["answered_in_part"]),
        "pages/implementation.py",
        text("Who answered and who did not"),
        year,
    )
with second:
    components.key_number(
        text("Implemented, as judged"),
        text("{least}–{most} of {whole}").format(
            least=coverage["implemented_at_least"],
            most=coverage["implemented_at_most"],
            whole=coverage["recommendations"] - coverage["not_applicable"],
        ),
        text("{count} not assessed; what is not assessed is neither implemented nor not").format(
            count=coverage["not_assessed"]
        ),
        "pages/implementation.py",
        text("How it is judged"),
        year,
    )
    active = int((municipalities["state"] == "active").sum())
    silent = int((municipalities["state"] == "no_answer").sum())
with third:
    components.key_number(
        text("Municipalities with reported prevention"),
        text("{part} of {whole}").format(part=active, whole=len(municipalities)),
        plural(
            "of {count} municipality nothing is known",
            "of {count} municipalities nothing is known",
            silent,
        ).format(count=silent),
        "pages/activities.py",
        text("Where prevention ran"),
        year,
    )
    in_year = series[series["year"] == year]
    latest = series.iloc[-1] if len(series) else None
with fourth:
    components.key_number(
        text("Pre-trial investigations started"),
        number(in_year["value"].iloc[0], 0) if len(in_year) else "–",
        text("latest figure: {value} in {year}").format(
            value=number(latest["value"], 0), year=latest["year"]
        )
        if latest is not None
        else text("no figure"),
        "pages/investigations.py",
        text("The series and its sources"),
        None,
    )

changes = door.ask("overview/last_load")
st.header(text("What changed with the last load"))
if len(changes):
    st.markdown(text("Loaded on {day}.").format(day=date(changes["loaded_at"].iloc[0].date())))
components.show_table(
    door.read("overview/last_load", changes),
    alt=text("Rows added, changed and removed by the last load, by table"),
    hidden=["loaded_at"],
)
components.excel_button("overview/last_load", {})
components.answer_table(
    "overview/versions",
    {},
    alt=text("All versions of all deliveries"),
    hidden=["sha256", "reason"],
    label=text("All deliveries and their versions"),
)
