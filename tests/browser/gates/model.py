"""What a gate says: a finding, the view it was seen in, and a report that a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Theme = Literal["light", "dark"]

# The narrowest width that WCAG 2.2 (1.4.10 Reflow) asks for, and the width of a small laptop; in CSS pixels.
PHONE = 320
LAPTOP = 1280
WIDTHS: tuple[int, ...] = (PHONE, LAPTOP)
THEMES: tuple[Theme, ...] = ("light", "dark")

# A defect of the template is on every page: a report names this many of them and counts the others.
PAGES_NAMED = 5
# And a defect of a colour is at a hundred elements: of each rule a report tells this many, and counts the others.
DEFECTS_TOLD = 10


@dataclass(frozen=True)
class View:
    """How a page is looked at: the theme that the reader's system asks for, and the window's width in CSS pixels."""

    theme: Theme
    width: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.width}"


VIEWS: tuple[View, ...] = tuple(View(theme, width) for width in WIDTHS for theme in THEMES)


@dataclass(frozen=True)
class Finding:
    """One defect: which rule, on which page, in which view, at which element, and what is wrong."""

    page: str
    rule: str
    message: str
    selector: str = ""
    view: View | None = None

    def __str__(self) -> str:
        at = f" at {self.selector}" if self.selector else ""
        return f"{_seen(self.rule, self.view)}{at}\n    {self.message}"


def report(findings: Iterable[Finding]) -> str:
    """Findings as text, equal defects together with the pages that they are on, and of each rule the first ones."""
    pages: dict[Finding, list[str]] = {}
    for finding in findings:
        pages.setdefault(replace(finding, page=""), []).append(finding.page)
    lines = [f"{sum(map(len, pages.values()))} findings, {len(pages)} different defects"]
    told: Counter[tuple[str, View | None]] = Counter()
    for defect, found in pages.items():
        told[defect.rule, defect.view] += 1
        if told[defect.rule, defect.view] <= DEFECTS_TOLD:
            on = sorted(set(found))
            more = f" and {len(on) - PAGES_NAMED} more" if len(on) > PAGES_NAMED else ""
            lines.append(f"  {defect}\n    on {', '.join(on[:PAGES_NAMED])}{more}")
    for (rule, view), count in told.items():
        if count > DEFECTS_TOLD:
            lines.append(f"  {count - DEFECTS_TOLD} more of {_seen(rule, view)}")
    return "\n".join(lines)


def _seen(rule: str, view: View | None) -> str:
    return f"{rule} [{view.theme}, {view.width} px]" if view else rule
