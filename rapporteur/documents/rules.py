"""The rules by which single answers, activities and figures become counts: declared once.

Questions name the rules that they follow (`-- follows:` in their headers). The methodology shows a
rule with its formula; whoever changes how something is counted changes the rule with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapporteur.translations import later


@dataclass(frozen=True)
class Formula:
    """A rule as mathematics: KaTeX line by line, what its letters stand for, whom it follows."""

    lines: tuple[str, ...]
    letters: str
    follows: str


@dataclass(frozen=True)
class Rule:
    """A rule for readers: its name, itself in a sentence, then in detail."""

    heading: str
    short: str
    details: tuple[str, ...]
    formula: Formula | None = None


RULES: Final[Mapping[str, Rule]] = {
    "answers": Rule(
        later("From answers to recommendations"),
        later(
            "A recommendation is as answered as all of its addressees together; who was not asked,"
            " or is not mentioned, is told apart from who is silent."
        ),
        (
            later(
                "A recommendation is answered when every addressee to whom it applies answered in "
                "full; unanswered when none answered, not even in part; else answered in part. Not"
                " applicable leaves the denominator. While a term is running, an unanswered one is "
                "awaited."
            ),
            later(
                "Who is asked about a whole is asked about each of its parts. A word on the whole "
                "stands for all of it; otherwise the whole is what its parts make together, its "
                "own answers and those on its behalf alike."
            ),
            later(
                "A group among the addressees stands for its members where they are given for the "
                "year; otherwise it stays one collective addressee, and what some of its members "
                "say is never the whole group's answer."
            ),
            later(
                "Who answers without being an addressee is shown as such and changes no count, "
                "unless it is stated for which addressee it answers."
            ),
            later(
                "A reporting year opens with its first request, answer or result. A continuing "
                "duty is due in every open year and never overdue for ever. Measures of a document"
                " that is only a draft enter no count."
            ),
            later(
                "Where there is no answer, the requests tell: before the term it is awaited, after"
                " it no data are provided. Without a request the recommendation is not mentioned "
                "where the report has results on it, else nobody asked."
            ),
        ),
    ),
    "items": Rule(
        later("What counts as asked"),
        later(
            "An item is what an institution can answer in one row, and every list shows just these."
        ),
        (
            later(
                "A recommendation addressed to an institution, itself or through a group, is one "
                "item; where it has parts each of them is one, unless the whole was answered as "
                "one. Counts of what is asked, answered, silent or open count these items: on the "
                "page of an institution, in its letter, in the list of who owes, and in the share "
                "with data."
            ),
            later(
                "Addressees are all to whom an item is addressed, also where nobody asked or "
                "nothing applies. Who was asked by letter without being named is no addressee: its "
                "items are listed apart and enter no share."
            ),
        ),
    ),
    "parts": Rule(
        later("From parts to the whole"),
        later(
            "A recommendation in parts is as implemented as the published rule makes of the "
            "judgements of its parts, unless the whole was judged."
        ),
        (
            later(
                "All parts implemented: implemented. Else any implemented or partly: partly "
                "implemented. Else any in progress: in progress. Else any planned: planned. Else "
                "any not judged: not judged. Else: not implemented. Parts that do not apply are "
                "left aside, and a judgement of the whole overrides."
            ),
            later(
                "A part is left aside only where each of those asked about it says that it does "
                "not apply, and never where it was judged: neither axis erases the other. A whole "
                "that applies to nobody is outside the counts of judgements for as long as nobody "
                "judged it."
            ),
            later(
                "One institution's doing is judged by the parts that are addressed to it. With an "
                "institution chosen its own judgement goes before the one of the recommendation; "
                "of several, one stands where it is that of each of them, else the general one."
            ),
            later(
                "“k of n parts without data” counts the parts on which no addressee gave data; "
                "where only part of the whole was answered and it is not said which, no part is "
                "counted as being without."
            ),
            later("Only approved judgements count; drafts are shown to the office as drafts."),
        ),
    ),
    "bounds": Rule(
        later("Bounds"),
        later(
            "What nobody has judged may turn out either way, so there are two numbers: at least "
            "and at most."
        ),
        (
            later(
                "“Implemented between x and y of n”: x are judged implemented; y adds every "
                "recommendation that is not judged, as a whole or in parts, and could still turn "
                "out to be. Counts come before shares."
            ),
        ),
        Formula(
            (
                r"x = I",
                r"y = I + O",
                r"0 \le x \le y \le n",
            ),
            later(
                "I – judged implemented; O – not judged, as a whole or in parts, and could still "
                "turn out to be implemented; n – all that apply to somebody, or are judged."
            ),
            later("this methodology; counted from the recommendations and the approved judgements"),
        ),
    ),
    "data-share": Rule(
        later("Share with data"),
        later(
            "Of what was asked, how much was answered: surely, and if all that is awaited or not "
            "mentioned came."
        ),
        (
            later(
                "Share with data: of the items applicable and asked, those answered in full or in "
                "part. At most adds what is awaited and what the report does not mention."
            ),
        ),
        Formula(
            (
                r"r_{\min} = \frac{A + P}{Q}",
                r"r_{\max} = \frac{A + P + W + M}{Q}",
            ),
            later(
                "A – answered in full; P – in part; W – awaited; M – not mentioned in the report; "
                "Q – all that is applicable and asked, the silent ones among them."
            ),
            later("this methodology; counted from the requests and the answers"),
        ),
    ),
    "activities": Rule(
        later("How activities are counted"),
        later(
            "One activity in one place is one, however many sources tell of it; what has no place "
            "is never spread over places."
        ),
        (
            later(
                "The unit is an activity in a place. “Took place, number not stated” counts as at "
                "least one. Statements on one activity count once, by the largest number; a "
                "campaign in several municipalities counts in each."
            ),
            later(
                "A total without a place stands beside the places and never in them: what one "
                "source gives as a sum may hold some of those counted in municipalities, so no "
                "page adds the two."
            ),
            later(
                "A municipality is active with at least one activity; reported as none where a row"
                " says 0 and none says more; else nothing is known of it. That a source says of it"
                " that no measures were carried out is shown with that source and makes no zero."
            ),
            later(
                "An activity whose year no source states counts where all years are shown, and in "
                "no single year. Rows are filtered first and then counted, so an activity told of "
                "in two kinds counts under either of them."
            ),
        ),
    ),
    "shown": Rule(
        later("Which of several figures is shown"),
        later(
            "Of one thing in one year one figure is drawn; every other one stays beside it with "
            "its source."
        ),
        (
            later(
                "The figure that its delivery prefers is shown; of several deliveries that prefer "
                "one, the one loaded last. A figure that nobody preferred is shown while nothing "
                "competes with it, and one stated to be doubtful never is. No mean of competing "
                "figures is made."
            ),
            later(
                "“No data”, “not applicable”, “confidential” and an empty cell are no numbers and "
                "compete with none: the number of another source stays, and who has none is named "
                "beside it. They stand where nobody has a number."
            ),
            later(
                "What one institution registered, or what is told of one sex, age, citizenship, "
                "form or territory, is no total. Of a year that has no total, such figures are "
                "named beside the series and can be chosen as series of their own."
            ),
        ),
    ),
    "interval": Rule(
        later("How sure a small number is"),
        later("A small yearly count would differ by chance alone; the interval says how far."),
        (
            later(
                "A yearly count is taken as a Poisson count of rare events. Its interval is the "
                "exact central one of 95% (F. Garwood, “Fiducial limits for the Poisson "
                "distribution”, Biometrika 28, 1936, 437–442): the means with which a count as far"
                " out would have a chance of 2.5% to either side. SciPy inverts the gamma "
                "distribution for it."
            ),
            later(
                "Neither says why a number changed, nor how much there truly is: investigations "
                "are what the police found. Persons are counted several to a case, so for them the"
                " true uncertainty is larger. Over a missing year or a change of the definition "
                "nothing is averaged; nothing is forecast."
            ),
        ),
        Formula(
            (
                r"L = \tfrac{1}{2}\,\chi^2_{\alpha/2;\,2k}",
                r"U = \tfrac{1}{2}\,\chi^2_{1-\alpha/2;\,2k+2}",
                r"\alpha = 5\,\%",
            ),
            later(
                "k – the count of the year; L and U – the ends of the interval, L = 0 where k = 0;"
                " χ² – quantile of the chi-squared distribution with that many degrees of freedom."
            ),
            later(
                "F. Garwood, “Fiducial limits for the Poisson distribution”, Biometrika 28 (1936),"
                " 437–442"
            ),
        ),
    ),
    "comparison": Rule(
        later("Is a change more than chance"),
        later(
            "Two years are compared by what chance alone could do; causes are never read from it."
        ),
        (
            later(
                "Two years or periods are compared by the exact conditional test (J. Przyborowski,"
                " H. Wilenski, Biometrika 31, 1940, 313–323): given their sum, the later count is "
                "binomial. The interval of the ratio follows from that of C. Clopper and E. "
                "Pearson (Biometrika 26, 1934, 404–413); the p-value, twice the smaller tail, "
                "never contradicts it (M. Fay, The R Journal 2, 2010, 53–58). A change is called "
                "unlikely to be chance when the interval leaves out “no change”. What lasts for "
                "years – an investigation that is being conducted, a person who is helped – is "
                "counted in each, so its years are not summed."
            ),
        ),
        Formula(
            (
                r"\rho = \frac{k_2 / t_2}{k_1 / t_1}",
                r"\rho_{L,U} = \frac{\pi_{L,U}}{1 - \pi_{L,U}} \cdot \frac{t_1}{t_2}",
                r"p = \min\bigl(1,\, 2\min(P_{\le}, P_{\ge})\bigr)",
            ),
            later(
                "k₁, k₂ – the counts of the earlier and the later period; t₁, t₂ – their lengths "
                "in years; π – the later share of both counts with its exact binomial interval; P "
                "– the chances of a share as small and as large where nothing changed, π = t₂ / "
                "(t₁ + t₂)."
            ),
            later(
                "J. Przyborowski, H. Wilenski, Biometrika 31 (1940), 313–323; C. Clopper, E. "
                "Pearson, Biometrika 26 (1934), 404–413; M. Fay, The R Journal 2 (2010), 53–58"
            ),
        ),
    ),
    "inhabitants": Rule(
        later("Per 100,000 inhabitants"),
        later("A count set against how many people live there."),
        (
            later(
                "Per 100,000 inhabitants: by the census of 2021 for 2016–2022 and the number of "
                "2025 after; for earlier years no number of inhabitants is held here, nor of women"
                " and men, of an age or of foreigners, so of those there is no such rate."
            ),
        ),
        Formula(
            (
                r"r = \frac{k}{N} \cdot 100\,000",
                r"\frac{L}{N} \cdot 100\,000 \;\text{–}\; \frac{U}{N} \cdot 100\,000",
            ),
            later(
                "k – the count; L and U – the ends of its interval; N – inhabitants of the "
                "territory."
            ),
            later("inhabitants: State Data Agency, the census of 2021 and the number of 2025"),
        ),
    ),
    "current": Rule(
        later("What is current"),
        later("Every load is a version; answers are made of the last version of each delivery."),
        (
            later(
                "Earlier versions stay, and every question can be asked as of an earlier day. What"
                " is restored or withdrawn is a version, too. Only a purge destroys rows, for "
                "personal data that must go, and it leaves its reason behind."
            ),
        ),
    ),
    "readings": Rule(
        later("What is our reading"),
        later(
            "Some of it no source says in so many words; it is marked as a reading and counts as "
            "no judgement."
        ),
        (
            later(
                "Themes of the recommendations of 2020, links between documents with their "
                "confidence, and which words of a recommendation an indicator follows from are a "
                "reading of the makers of this dashboard until the rapporteur confirms them."
            ),
        ),
    ),
}
