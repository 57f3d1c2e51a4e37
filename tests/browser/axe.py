"""axe-core, which looks for what a program can find of WCAG 2.2 AA."""

from importlib.resources import files
from typing import Any, NamedTuple

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ONLY_CONTRAST = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


class Finding(NamedTuple):
    """What axe-core found: the rule, how bad it is, and where."""

    rule: str
    impact: str
    selector: str
    html: str


def findings(page: Page, rules: dict[str, Any]) -> list[Finding]:
    if not page.evaluate("Boolean(globalThis.axe)"):
        page.evaluate(AXE)
    found: list[list[Any]] = page.evaluate(
        """async (rules) => {
            const { violations } = await axe.run(document, rules);
            return violations.flatMap(({ id, impact, nodes }) =>
                nodes.map(({ target, html }) => [id, impact, target.flat().join(" "), html])
            );
        }""",
        rules,
    )
    return [Finding(*one) for one in found]
