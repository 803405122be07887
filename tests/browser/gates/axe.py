"""Gate: WCAG 2.2, levels A and AA, as far as axe can see it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from .browser import walk
from .model import Finding, View
from .node import module
from .site import Site

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_OPTIONS: dict[str, Any] = {
    "runOnly": list(LEVELS),
    "resultTypes": ["violations"],
    # axe would fetch style sheets again, which `file:` forbids and which no rule of these levels needs.
    "preload": False,
}


def axe(browser: Browser, site: Site, view: View) -> list[Finding]:
    """Violations on every page, one finding for each element."""
    return [finding for name, page in walk(browser, site, view) for finding in violations(page, name, view)]


def violations(page: Page, name: str, view: View, part: str = "html") -> list[Finding]:
    """Violations in a part of an open page, named by a selector, as it stands now."""
    page.evaluate(module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("([part, options]) => axe.run(part, options)", [part, _OPTIONS])
    return [
        Finding(
            page=name,
            rule=f"axe {violation['id']}",
            message=f"{violation['help']}. {' '.join(node['failureSummary'].split())}",
            selector=_selector(node["target"]),
            view=view,
        )
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def _selector(target: list[Any]) -> str:
    """axe gives a list: a step into each frame, and within it a list of steps into shadow trees."""
    return " >> ".join(step if isinstance(step, str) else " >>> ".join(step) for step in target)
