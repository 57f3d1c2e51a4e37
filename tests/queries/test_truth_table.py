"""Both axes as a table of truth: every small case, against an oracle that knows no SQL.

The oracle below is WORKBOOK's rule in plain Python. Each case is a recommendation of its own, and
all of them are loaded in one delivery: what was asked and said of whom, and what was judged.
"""

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import DAY, INSTITUTIONS, Office, Row

YESTERDAY = DAY - datetime.timedelta(days=1)
FULL, PART, NONE = "pateikta", "pateikta iš dalies", "nepateikta"
UNMENTIONED, AWAITED, UNASKED, NOT_APPLICABLE = "neminima", "laukiama", "neprašyta", "netaikoma"
WITH_DATA = {FULL, PART}

DONE, PARTLY, GOING, PLANNED, NOT = (
    "įgyvendinta",
    "iš dalies įgyvendinta",
    "įgyvendinama",
    "planuojama įgyvendinti",
    "neįgyvendinta",
)
SUPERSEDED, OBSOLETE = "pakeista nauja rekomendacija", "nebeaktuali"
OUT_OF_USE = {SUPERSEDED, OBSOLETE}
NOT_YET, NO_DATA = "dar neįvertinta", "nevertinta – duomenų nepateikta"

GROUP, MEMBERS, COLLECTIVE = "TEAM", ("VRM", "PD"), "MIN"
Key = tuple[str | None, str | None]  # whose doing or answer, and of which part; None for the whole


@dataclass(frozen=True)
class Case:
    """One recommendation: whom it names, what was asked and said, and what was judged."""

    shape: str
    named: Sequence[tuple[str, str | None]]
    parts: str = ""
    asked: Mapping[tuple[str, str | None], datetime.date] = field(default_factory=dict)
    said: Mapping[tuple[str, str | None], str] = field(default_factory=dict)
    said_for: Mapping[tuple[str, str, str | None], str] = field(default_factory=dict)
    """By whom, for whom and of which part: its state."""
    is_reported: bool = False
    judged: Mapping[Key, str] = field(default_factory=dict)
    drafted: Mapping[Key, str] = field(default_factory=dict)


# The oracle: axis A ---------------------------------------------------------------------------


def addressees(case: Case) -> list[tuple[str, str | None]]:
    """Who is asked what, a group through the members that are given for it."""
    found: list[tuple[str, str | None]] = []
    for institution, part in case.named:
        found += [(one, part) for one in (MEMBERS if institution == GROUP else (institution,))]
    return list(dict.fromkeys(found))


def finest_state(case: Case, institution: str, part: str | None) -> str:
    """The state of what cannot be taken apart: a part, or a whole that has none."""
    for own in (part, None):
        if (institution, own) in case.said:
            return case.said[institution, own]
    for_it = [
        state
        for (_, whom, of), state in case.said_for.items()
        if whom == institution and of in {part, None}
    ]
    if any(state in WITH_DATA for state in for_it):
        is_complete = all(state in {FULL, NOT_APPLICABLE} for state in for_it)
        return FULL if is_complete and institution != COLLECTIVE else PART
    if for_it and set(for_it) == {NOT_APPLICABLE} and institution != COLLECTIVE:
        return NOT_APPLICABLE
    through = [GROUP] if (GROUP, None) in case.named and institution in MEMBERS else []
    for who in (institution, *through):
        terms = [
            day for (asked, of), day in case.asked.items() if asked == who and of in {part, None}
        ]
        if terms:
            return AWAITED if max(terms) >= DAY else NONE
    return UNMENTIONED if case.is_reported else UNASKED


def taken_together(states: Sequence[str]) -> str:
    """One state of several: those not applicable aside; while a term is running it is awaited."""
    counted = [state for state in states if state != NOT_APPLICABLE]
    if states and not counted:
        return NOT_APPLICABLE
    if counted and set(counted) == {FULL}:
        return FULL
    if WITH_DATA & set(counted):
        return PART
    return next((one for one in (AWAITED, NONE, UNMENTIONED) if one in counted), UNASKED)


def item_state(case: Case, institution: str, part: str | None) -> str:
    """The state of an addressee as it is named: a word on the whole stands, else its parts do."""
    if part is None and case.parts and (institution, None) not in case.said:
        return taken_together([finest_state(case, institution, one) for one in case.parts])
    return finest_state(case, institution, part)


def items_to_answer(case: Case, institution: str) -> list[tuple[str | None, str]]:
    """What it can answer in one row: parts of a whole that has some, unless told as one."""
    found: dict[str | None, str] = {}
    for who, part in addressees(case):
        if who != institution:
            continue
        whole = item_state(case, institution, part)
        is_told = (institution, None) in case.said or (
            whole in {FULL, NOT_APPLICABLE}
            and any(whom == institution for _, whom, _ in case.said_for)
            and not any(said == institution for said, _ in case.said)
        )
        if part is None and case.parts and not is_told:
            found.update((one, finest_state(case, institution, one)) for one in case.parts)
        else:
            found[part] = whole
    return list(found.items())


# The oracle: axis B ---------------------------------------------------------------------------


def asked_of_part(case: Case, part: str) -> list[str]:
    return [who for who, named in addressees(case) if named in {part, None}]


def rule_of_parts(judged: Sequence[str | None]) -> str | None:
    """The published rule; `judged` holds every part that counts."""
    if judged and set(judged) == {DONE}:
        return DONE
    for found, signs in ((PARTLY, {DONE, PARTLY}), (GOING, {GOING}), (PLANNED, {PLANNED})):
        if signs & set(judged):
            return found
    return None if None in judged or not judged else NOT


def parts_that_count(case: Case, whose: str | None) -> list[str | None]:
    """The judgement of each part that counts: one that applies to nobody asked about it does not,
    unless it was judged; one judged out of use does not either.
    """
    counted: list[str | None] = []
    for part in case.parts:
        one = case.judged.get((whose, part))
        asked = [who for who in asked_of_part(case, part) if whose in {None, who}]
        if one is None and whose is not None and not asked:
            continue  # not addressed to this institution
        states = [finest_state(case, who, part) for who in asked]
        applies = not states or any(state != NOT_APPLICABLE for state in states)
        if one not in OUT_OF_USE and (one or applies):
            counted.append(one)
    return counted


def judgement(case: Case, whose: str | None) -> tuple[str | None, bool]:
    """The assessment of axis B, and whether what is not judged could still make it implemented."""
    own = {part: found for (who, part), found in case.judged.items() if who == whose}
    if not own:
        return None, True
    if None in own:
        return own[None], False
    counted = parts_that_count(case, whose)
    if not counted:
        return max(found for found in own.values() if found in OUT_OF_USE), False
    endings = itertools.product(*[(one,) if one else (DONE, PARTLY, NOT) for one in counted])
    is_open = None in counted and any(rule_of_parts(ending) == DONE for ending in endings)
    return rule_of_parts(counted), is_open


def judgement_shown(case: Case, institutions: Sequence[str]) -> tuple[str | None, bool]:
    """Of the recommendation, or where addressees are chosen what stands for each of them."""
    general = judgement(case, None)
    standing = []
    for one in institutions:
        own = judgement(case, one)
        if any(whose == one for whose, _ in case.judged):
            if own[0]:
                standing.append(own)
            else:
                standing.append((general[0], general[1] or own[1]))
        else:
            standing.append(general)
    if not institutions or len({found for found, _ in standing}) > 1:
        return general
    opens = {is_open for _, is_open in standing}
    return standing[0][0], opens.pop() if len(opens) == 1 else general[1]


# The oracle: a row of the register ------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """A recommendation as the register and the coverage are to show it."""

    state: str
    assessment: str | None
    is_open: bool

    @property
    def is_judged(self) -> bool:
        return self.assessment not in {None, NOT_YET, NO_DATA}


def expected(case: Case, institutions: Sequence[str]) -> Expected | None:
    """None where the recommendation is addressed to none of the institutions."""
    states = [
        item_state(case, who, part)
        for who, part in addressees(case)
        if not institutions or who in institutions
    ]
    if institutions and not states:
        return None
    state = taken_together(states)
    chosen = [one for one in institutions if one in {who for who, _ in addressees(case)}]
    found, is_open = judgement_shown(case, chosen)
    if found is None and state == NOT_APPLICABLE:
        return Expected(state, None, False)
    without = NOT_YET if WITH_DATA & set(states) else NO_DATA
    return Expected(state, found or without, is_open)


AXIS_B = {
    DONE: "implemented",
    PARTLY: "partly_implemented",
    GOING: "in_progress",
    PLANNED: "planned",
    NOT: "not_implemented",
    SUPERSEDED: "superseded",
    OBSOLETE: "no_longer_relevant",
}


def counted(rows: Sequence[Expected]) -> dict[str, int]:
    """The row of implementation/coverage that these recommendations make."""
    states = Counter(row.state for row in rows)
    judged = Counter(row.assessment for row in rows)
    is_silent = [row.state not in {*WITH_DATA, NOT_APPLICABLE} for row in rows]
    least = judged[DONE]
    return {
        "recommendations": len(rows),
        "answered": states[FULL],
        "answered_in_part": states[PART],
        "unanswered": sum(is_silent),
        "not_applicable": states[NOT_APPLICABLE],
        "awaited": states[AWAITED],
        "not_asked": states[UNASKED],
        **{column: judged[found] for found, column in AXIS_B.items()},
        "not_assessed": judged[NOT_YET] + judged[NO_DATA],
        "assessed": sum(row.is_judged for row in rows),
        "to_judge": sum(row.assessment is not None for row in rows),
        "implemented_at_least": least,
        "implemented_at_most": least + sum(row.is_open for row in rows),
        "open_not_assessed": sum(row.is_open and not row.is_judged for row in rows),
        "open_in_parts": sum(row.is_open and row.is_judged for row in rows),
        "open_unanswered": sum(
            row.is_open and silent for row, silent in zip(rows, is_silent, strict=True)
        ),
    }


# The cases: all small ones of each shape ------------------------------------------------------

WORDS = {"answered": FULL, "in part": PART, "said none": NONE, "not applicable": NOT_APPLICABLE}
TERMS = {"silent": YESTERDAY, "awaited": DAY}
KINDS = ("not asked", *TERMS, *WORDS)
FEW = ("silent", "awaited", "not applicable", "answered")


def told(kinds: Mapping[tuple[str, str | None], str]) -> dict[str, Any]:
    """What was asked and said where each of these items is of this kind."""
    return {
        "asked": {item: TERMS[kind] for item, kind in kinds.items() if kind in TERMS},
        "said": {item: WORDS[kind] for item, kind in kinds.items() if kind in WORDS},
    }


def of_whole(found: str | None) -> Mapping[Key, str]:
    """The judgement of the whole, or none."""
    return {(None, None): found} if found else {}


def wholes() -> Iterator[Case]:
    one: list[tuple[str, str | None]] = [("VRM", None)]
    for kind, is_reported, found in itertools.product(
        KINDS, (False, True), (None, DONE, NOT, SUPERSEDED, "draft")
    ):
        judged = of_whole(found if found != "draft" else None)
        drafted = of_whole(DONE if found == "draft" else None)
        yield Case(
            "a whole",
            one,
            is_reported=is_reported,
            judged=judged,
            drafted=drafted,
            **told({one[0]: kind}),
        )
    two: list[tuple[str, str | None]] = [("VRM", None), ("PD", None)]
    for kinds in itertools.product(KINDS, KINDS):
        for found in (None, DONE, OBSOLETE):
            yield Case(
                "two wholes",
                two,
                judged=of_whole(found),
                **told(dict(zip(two, kinds, strict=True))),
            )


def parts_of_one() -> Iterator[Case]:
    items: list[tuple[str, str | None]] = [("VRM", "a"), ("VRM", "b")]
    findings = (None, "draft", NOT, DONE)
    for named in ([("VRM", None)], items):
        for kinds in itertools.product(KINDS, KINDS):
            for a, b in itertools.product(findings, findings):
                if named is items and (a, b) not in {(None, None), (NOT, DONE), (None, DONE)}:
                    continue
                both = {(None, "a"): a, (None, "b"): b}
                yield Case(
                    "parts of one",
                    named,
                    "ab",
                    judged={key: found for key, found in both.items() if found in AXIS_B},
                    drafted={key: DONE for key, found in both.items() if found == "draft"},
                    **told(dict(zip(items, kinds, strict=True))),
                )


def parts_of_two() -> Iterator[Case]:
    """The first part asked of two, the second of one of them; the third of nobody by name."""
    items: list[tuple[str, str | None]] = [("VRM", "a"), ("PD", "a"), ("VRM", "b")]
    for kinds in itertools.product(FEW, FEW, FEW):
        for a, b in itertools.product((None, NOT, SUPERSEDED), (None, DONE)):
            judged = {(None, "a"): a, (None, "b"): b}
            yield Case(
                "parts of two",
                items,
                "ab",
                judged={key: found for key, found in judged.items() if found},
                **told(dict(zip(items, kinds, strict=True))),
            )
    for kinds in itertools.product(FEW, FEW, FEW):
        yield Case(
            "a whole beside a part",
            [("VRM", None), ("PD", "a")],
            "ab",
            judged={(None, "b"): DONE},
            **told(dict(zip(items, kinds, strict=True))),
        )


def groups() -> Iterator[Case]:
    members: list[tuple[str, str | None]] = [("VRM", None), ("PD", None)]
    for kinds in itertools.product(KINDS, KINDS):
        for of_group in (None, YESTERDAY, DAY):
            case = told(dict(zip(members, kinds, strict=True)))
            if of_group:
                case["asked"] = {**case["asked"], (GROUP, None): of_group}
            yield Case("members", [(GROUP, None)], judged={(None, None): SUPERSEDED}, **case)
    for kind, word in itertools.product(KINDS, (None, *WORDS.values())):
        yield Case(
            "a group as one",
            [(COLLECTIVE, None)],
            said_for={("VRM", COLLECTIVE, None): word} if word else {},
            **told({(COLLECTIVE, None): kind}),
        )
    for a, b in itertools.product(FEW, FEW):
        for found in (None, NOT):
            yield Case(
                "members by parts",
                [(GROUP, None)],
                "ab",
                said={("VRM", "a"): NOT_APPLICABLE, ("VRM", "b"): FULL},
                asked={
                    ("PD", one): TERMS[kind] for one, kind in (("a", a), ("b", b)) if kind in TERMS
                },
                said_for={},
                judged={(None, "a"): found} if found else {},
            )


def on_behalf() -> Iterator[Case]:
    words = (None, FULL, PART, NOT_APPLICABLE)
    for a, b, whole, other_a, other_b in itertools.product(
        (None, FULL, NOT_APPLICABLE, NONE), (None, NOT_APPLICABLE), (None, PART), words, words
    ):
        said: dict[tuple[str, str | None], str | None] = {
            ("SAM", "a"): a,
            ("SAM", "b"): b,
            ("SAM", None): whole,
        }
        said_for = {("NTB", "SAM", "a"): other_a, ("NTB", "SAM", "b"): other_b}
        yield Case(
            "on behalf, by parts",
            [("SAM", None)],
            "ab",
            said={key: state for key, state in said.items() if state},
            said_for={key: state for key, state in said_for.items() if state},
            judged={(None, "b"): DONE},
        )
    for own, one, other in itertools.product((None, NONE, FULL), words, words):
        others: dict[tuple[str, str, str | None], str | None] = {
            ("NTB", "SAM", None): one,
            ("GP", "SAM", None): other,
        }
        for parts in ("", "ab"):
            yield Case(
                "on behalf, the whole",
                [("SAM", None)],
                parts,
                said={("SAM", None): own} if own else {},
                said_for={key: state for key, state in others.items() if state},
            )


def of_institutions() -> Iterator[Case]:
    """Judgements of the recommendation beside those of one institution's doing."""
    for named in ([("VRM", "a"), ("PD", "b")], [("VRM", None), ("PD", None)]):
        for general, general_a, own, own_a, own_b, other in itertools.product(
            (None, PARTLY), (None, NOT), (None, DONE), (None, NOT), (None, DONE), (None, DONE)
        ):
            found = {
                (None, None): general,
                (None, "a"): general_a,
                ("PD", None): own,
                ("PD", "a"): own_a,
                ("PD", "b"): own_b,
                ("VRM", None): other,
            }
            yield Case(
                "one institution's doing",
                named,
                "ab",
                said={("VRM", None): FULL, ("PD", "b"): FULL},
                judged={key: one for key, one in found.items() if one},
            )


SHAPES = (wholes, parts_of_one, parts_of_two, groups, on_behalf, of_institutions)
CASES = {
    f"R{number}": case
    for number, case in enumerate((case for shape in SHAPES for case in shape()), 1)
}


def rows_of(cases: Mapping[str, Case]) -> dict[str, Any]:
    """The rows of one delivery that holds these cases."""
    tables: dict[str, Any] = {
        "institution": [*INSTITUTIONS, {"code": GROUP, "kind": "group"}],
        "institution_group": [{"group_code": GROUP, "institution": one} for one in MEMBERS],
    }

    def add(table: str, code: str, **row: Any) -> None:
        tables.setdefault(table, []).append({"recommendation": code, **row})

    for code, case in cases.items():
        for part in case.parts:
            add("recommendation_part", code, part=part)
        for institution, named in case.named:
            add("addressee", code, institution=institution, part=named)
        for (institution, of), due in case.asked.items():
            add("request", code, institution=institution, part=of, due_on=due)
        for (institution, of), state in case.said.items():
            add("response", code, institution=institution, part=of, state=state)
        for (who, whom, of), state in case.said_for.items():
            add("response", code, institution=who, on_behalf_of=whom, part=of, state=state)
        if case.is_reported:
            add("result", code)
        for stage, found in (("patvirtinta", case.judged), ("projektas", case.drafted)):
            for (whose, of), one in found.items():
                add(
                    "assessment", code, institution=whose, part=of, assessment=one, stage=stage,
                    evidence="https://www.vrm.lt/",
                )  # fmt: skip
    return tables


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("truth"))
    made.send(**rows_of(ALL))
    return made


FILTERS: Sequence[Sequence[str]] = ((), ("PD",), ("SAM",), ("VRM", "PD"))


def asked_with(institutions: Sequence[str]) -> dict[str, Any]:
    return {"year": 2020, **({"institution": list(institutions)} if institutions else {})}


# The cases that matter, one by one -----------------------------------------------------------

A_OF_TWO: Sequence[tuple[str, str | None]] = [("VRM", "a"), ("PD", "a"), ("VRM", "b"), ("VRM", "c")]
B_AND_C_DONE: Mapping[Key, str] = {(None, "b"): DONE, (None, "c"): DONE}
SAID_B_AND_C: Mapping[tuple[str, str | None], str] = {("VRM", "b"): FULL, ("VRM", "c"): FULL}

# What is delivered, then the state of the recommendation and its judgement.
TABLE: Sequence[tuple[str, Case, str, str | None]] = [
    (
        "one of two says “not applicable”, the other is silent: the judgement of the part stands",
        Case(
            "table", A_OF_TWO, "abc",
            said={("VRM", "a"): NOT_APPLICABLE, **SAID_B_AND_C},
            asked={("PD", "a"): YESTERDAY},
            judged={(None, "a"): NOT, **B_AND_C_DONE},
        ),
        PART, PARTLY,
    ),
    (
        "the same where the part is not judged: it applies to the silent one, so it is unjudged",
        Case(
            "table", A_OF_TWO, "abc",
            said={("VRM", "a"): NOT_APPLICABLE, **SAID_B_AND_C},
            asked={("PD", "a"): YESTERDAY},
            judged=B_AND_C_DONE,
        ),
        PART, PARTLY,
    ),
    (
        "both say “not applicable”: the part is aside",
        Case(
            "table", A_OF_TWO, "abc",
            said={("VRM", "a"): NOT_APPLICABLE, ("PD", "a"): NOT_APPLICABLE, **SAID_B_AND_C},
            judged=B_AND_C_DONE,
        ),
        FULL, DONE,
    ),
    (
        "both say “not applicable”, and the rapporteur judged the part all the same",
        Case(
            "table", A_OF_TWO, "abc",
            said={("VRM", "a"): NOT_APPLICABLE, ("PD", "a"): NOT_APPLICABLE, **SAID_B_AND_C},
            judged={(None, "a"): NOT, **B_AND_C_DONE},
        ),
        FULL, PARTLY,
    ),
    (
        "a draft of the part that applies to nobody counts for nothing",
        Case(
            "table", A_OF_TWO, "abc",
            said={("VRM", "a"): NOT_APPLICABLE, ("PD", "a"): NOT_APPLICABLE, **SAID_B_AND_C},
            judged=B_AND_C_DONE,
            drafted={(None, "a"): NOT},
        ),
        FULL, DONE,
    ),
    (
        "one member of a group says “not applicable”, the other was never heard of",
        Case(
            "table", [(GROUP, None)], "ab",
            said={("VRM", "a"): NOT_APPLICABLE, ("VRM", "b"): FULL},
            judged={(None, "b"): DONE},
        ),
        PART, PARTLY,
    ),
    (
        "a body that is no addressee says “not applicable” of a part",
        Case(
            "table", [("VRM", None)], "ab",
            said={("VRM", "b"): FULL, ("GP", "a"): NOT_APPLICABLE},
            judged={(None, "b"): DONE},
        ),
        PART, PARTLY,
    ),
    (
        "“not applicable” of the whole is one of each part",
        Case(
            "table", [("VRM", None), ("PD", "b")], "ab",
            said={("VRM", None): NOT_APPLICABLE, ("PD", "b"): FULL},
            judged={(None, "b"): DONE},
        ),
        FULL, DONE,
    ),
    (
        "an agency says “not applicable” of a part on behalf of its ministry",
        Case(
            "table", [("SAM", None)], "ab",
            said={("SAM", "b"): FULL},
            said_for={("NTB", "SAM", "a"): NOT_APPLICABLE},
            judged={(None, "b"): DONE},
        ),
        FULL, DONE,
    ),
    (
        "a member's “not applicable” is not its whole group's",
        Case(
            "table", [(COLLECTIVE, "a"), ("VRM", "b")], "ab",
            said={("VRM", "b"): FULL},
            said_for={("VRM", COLLECTIVE, "a"): NOT_APPLICABLE},
            judged={(None, "b"): DONE},
        ),
        PART, PARTLY,
    ),
    (
        "“not applicable” of one part says nothing of the other",
        Case("table", [("VRM", None)], "ab", said={("VRM", "a"): NOT_APPLICABLE}),
        UNASKED, NO_DATA,
    ),
    (
        "one part answered by the ministry, the other on its behalf: all of it",
        Case(
            "table", [("SAM", None)], "ab",
            said={("SAM", "a"): FULL}, said_for={("NTB", "SAM", "b"): FULL},
        ),
        FULL, NOT_YET,
    ),
    (
        "it applies to nobody, and was replaced: the judgement stands",
        Case(
            "table", [("VRM", None)],
            said={("VRM", None): NOT_APPLICABLE}, judged={(None, None): SUPERSEDED},
        ),
        NOT_APPLICABLE, SUPERSEDED,
    ),
    (
        "it applies to nobody, and nobody judged it: there is nothing to judge",
        Case("table", [("VRM", None)], said={("VRM", None): NOT_APPLICABLE}),
        NOT_APPLICABLE, None,
    ),
    (
        "one is silent, another has time left: it is awaited",
        Case(
            "table", [("VRM", None), ("PD", None)],
            asked={("VRM", None): YESTERDAY, ("PD", None): DAY},
        ),
        AWAITED, NO_DATA,
    ),
]  # fmt: skip
IN_TABLE = {f"T{number}": case for number, (_, case, _, _) in enumerate(TABLE, 1)}
ALL = {**CASES, **IN_TABLE}


def test_there_are_all_small_cases() -> None:
    assert Counter(case.shape for case in CASES.values()).keys() == {
        "a whole", "two wholes", "parts of one", "parts of two", "a whole beside a part", "members",
        "a group as one", "members by parts", "on behalf, by parts", "on behalf, the whole",
        "one institution's doing",
    }  # fmt: skip
    assert len(CASES) > 1500


@pytest.fixture(scope="module")
def register(office: Office) -> dict[str, Row]:
    rows = office.ask("recommendations/register", year=2020)
    return {row["recommendation"]: row for row in rows}


@pytest.mark.parametrize("place", range(len(TABLE)), ids=lambda place: TABLE[place][0])
def test_the_cases_that_matter(place: int, register: Mapping[str, Row]) -> None:
    _, case, state, assessment = TABLE[place]
    row = register[f"T{place + 1}"]

    assert (row["state"], row["assessment"]) == (state, assessment)
    # The oracle, too, is held to what was written by hand.
    of_oracle = expected(case, ())
    assert of_oracle is not None
    assert (of_oracle.state, of_oracle.assessment) == (state, assessment)


def test_the_state_of_every_addressee(office: Office) -> None:
    matrix = office.ask("implementation/answer_matrix", year=2020)

    found = {
        (row["recommendation"], row["institution"], row["part"]): row["state"]
        for row in matrix
        if row["role"] == "adresatas"
    }
    wanted = {
        (code, *item): item_state(case, *item)
        for code, case in ALL.items()
        for item in addressees(case)
    }
    wrong = {key: (found.get(key), wanted.get(key)) for key in found.keys() | wanted.keys()}
    assert {key: (ALL[key[0]], *pair) for key, pair in wrong.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("institutions", FILTERS, ids="+".join)
def test_register_and_coverage_are_what_the_oracle_says(
    office: Office, institutions: Sequence[str]
) -> None:
    register = office.ask("recommendations/register", **asked_with(institutions))
    [coverage] = office.ask("implementation/coverage", **asked_with(institutions))

    rows = {code: expected(case, institutions) for code, case in ALL.items()}
    wanted = {code: row for code, row in rows.items() if row}
    found = {row["recommendation"]: (row["state"], row["assessment"]) for row in register}
    wrong = {
        code: (ALL[code], found.get(code), (row.state, row.assessment))
        for code, row in wanted.items()
        if found.get(code) != (row.state, row.assessment)
    }
    assert wrong == {}
    assert found.keys() == wanted.keys()
    of_oracle = counted(list(wanted.values()))
    assert {column: coverage[column] for column in of_oracle} == of_oracle


@pytest.mark.parametrize("institutions", FILTERS[::2], ids="+".join)
def test_what_is_asked_of_each_is_what_the_oracle_says(
    office: Office, institutions: Sequence[str]
) -> None:
    summary = office.ask("institutions/summary", **asked_with(institutions))
    items = office.ask("institutions/items", **asked_with(institutions))
    rates = office.ask("implementation/response_rate", **asked_with(institutions))

    wanted: dict[str, Counter[str]] = {}
    for case in ALL.values():
        for who in dict.fromkeys(who for who, _ in addressees(case)):
            if not institutions or who in institutions:
                states = wanted.setdefault(who, Counter())
                states.update(state for _, state in items_to_answer(case, who))
    listed: dict[str, Counter[str]] = {}
    for row in items:
        if row["is_addressed"]:
            listed.setdefault(row["institution"], Counter())[row["state"]] += 1
    assert listed == wanted
    columns = {
        "answered": FULL,
        "answered_in_part": PART,
        "silent": NONE,
        "not_mentioned": UNMENTIONED,
        "awaited": AWAITED,
        "not_asked": UNASKED,
        "not_applicable": NOT_APPLICABLE,
    }
    assert {row["institution"]: {column: row[column] for column in columns} for row in summary} == {
        who: {column: states[state] for column, state in columns.items()}
        for who, states in wanted.items()
    }
    [total] = [row for row in rates if row["institution_kind"] is None]
    everybody = sum(wanted.values(), Counter())
    asked = sum(everybody.values()) - everybody[NOT_APPLICABLE] - everybody[UNASKED]
    assert (total["asked"], total["with_data_at_least"], total["with_data_at_most"]) == (
        asked,
        everybody[FULL] + everybody[PART],
        asked - everybody[NONE],
    )
