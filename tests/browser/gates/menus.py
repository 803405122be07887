"""Gate: what a narrow window hides behind a menu button, the keyboard opens, uses and closes."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from .axe import violations
from .browser import script, walk
from .keyboard import Stop, prepare, press
from .model import Finding, View
from .site import Site

# The theme's two drawers: the book's contents on the left, the page's own on the right.
DRAWERS = (".sidebar-drawer", ".toc-drawer")
# A drawer slides and scripts answer a key press later than the press returns.
_WAIT_MS = 2_000
# How many stops may lie between the control of a drawer and the drawer.
_STOPS_BETWEEN = 4


def menus(browser: Browser, site: Site, view: View) -> list[Finding]:
    """Closed drawers that the keyboard cannot open, enter and close again, and what is wrong inside of open ones."""
    findings = []
    for name, page in walk(browser, site, view):
        prepare(page)
        page.evaluate(script("drawers"))
        for drawer in DRAWERS:
            if page.evaluate("drawers.closed", drawer):
                findings += _use(page, name, view, drawer)
    return findings


def _use(page: Page, name: str, view: View, drawer: str) -> list[Finding]:
    """Open a closed drawer, look at it, step into it and close it again; the first thing that is wrong ends it."""

    def wrong(rule: str, message: str) -> list[Finding]:
        return [Finding(name, rule, message, drawer, view)]

    control = _open(page, drawer)
    if control is None:
        return wrong("menu-no-control", "no stop of Tab says aria-expanded=false and opens this drawer with Enter")
    if page.evaluate("drawers.expanded()") != "true":
        return wrong("menu-state", f"open, and {control.selector} does not say aria-expanded=true")
    if unfit := violations(page, name, view, drawer):
        return unfit
    first = _enter(page, drawer)
    if first is None:
        return wrong("menu-order", f"Tab does not lead from {control.selector} into the open drawer")
    if first.wrong:
        return wrong("menu-order", f"{first.selector} {first.wrong}")
    page.keyboard.press("Escape")
    if not _becomes(page, drawer, "closed"):
        return wrong("menu-escape", "Escape does not close this drawer")
    if not page.evaluate("drawers.atControl()"):
        return wrong("menu-focus", f"after Escape the focus is not back at {control.selector}")
    if page.evaluate("drawers.expanded()") != "false":
        return wrong("menu-state", f"closed, and {control.selector} does not say aria-expanded=false")
    return []


def _open(page: Page, drawer: str) -> Stop | None:
    """Walk from the top of the page to the control that opens the drawer, and leave the drawer open."""
    page.evaluate("drawers.restart()")
    for _ in range(page.evaluate("stops.count()")):
        stop = press(page, "Tab")
        if stop is None:
            return None
        if page.evaluate("drawers.offered", drawer):
            page.keyboard.press("Enter")
            if _becomes(page, drawer, "open"):
                return stop
            page.keyboard.press("Escape")
    return None


def _enter(page: Page, drawer: str) -> Stop | None:
    """The first stop inside an open drawer; other controls of the header may come before it."""
    for _ in range(_STOPS_BETWEEN):
        stop = press(page, "Tab")
        if page.evaluate("drawers.inside", drawer):
            return stop
    return None


def _becomes(page: Page, drawer: str, state: str) -> bool:
    """Wait for a drawer to be ``open`` or ``closed``."""
    ask = "([drawer, state, limit]) => drawers.becomes(drawer, state, limit)"
    done: bool = page.evaluate(ask, [drawer, state, _WAIT_MS])
    return done
