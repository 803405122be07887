"""Gate: a reader without a mouse reaches everything, always sees where the focus is, and is never trapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from .browser import script, walk
from .model import Finding, View
from .site import Site

Key = Literal["Tab", "Shift+Tab"]

# A field for a date has several places inside; an element that keeps the focus for more presses than these keeps it.
_PLACES_INSIDE = 8
# How many times Tab is pressed before the stops are collected.
_PRESSES_AT_ONCE = 20


@dataclass(frozen=True)
class Stop:
    """An element that has the focus: its number in the order of first visits, and how it stands on the screen."""

    number: int
    selector: str
    box: list[int]
    size: bool
    shown: bool
    cover: str | None

    @property
    def wrong(self) -> str | None:
        """Why a reader cannot see this stop; None where they can."""
        if not self.size:
            return "has the focus and is invisible"
        if not self.shown:
            x, y, width, height = self.box
            return f"has the focus and is off the screen, at {x},{y} with {width} x {height} px"
        if self.cover:
            return f"has the focus and is covered by {self.cover}"
        return None


def prepare(page: Page) -> None:
    """Put the functions that look at the focus into the page."""
    page.evaluate(script("selector"))
    page.evaluate(script("keyboard"))


def press(page: Page, key: Key) -> Stop | None:
    """Press a key; the stop that has the focus then, or None where the focus has left the page."""
    page.keyboard.press(key)
    return current(page)


def current(page: Page) -> Stop | None:
    """The stop that has the focus, or None where nothing has."""
    found: dict[str, Any] | None = page.evaluate("stops.current()")
    return Stop(**found) if found else None


def keyboard(browser: Browser, site: Site, view: View) -> list[Finding]:
    """Walk each page to its end with Tab, and back with Shift+Tab."""
    findings = []
    for name, page in walk(browser, site, view):
        prepare(page)
        for selector, rule, message in _page(page):
            findings.append(Finding(name, rule, message, selector, view))
    return findings


def _page(page: Page) -> Iterator[tuple[str, str, str]]:
    """Selector, rule and message of everything that is wrong on an open page."""
    bad: set[str] = set()
    keys: tuple[Key, ...] = ("Tab", "Shift+Tab")
    for key in keys:
        stops, trap = _steps(_presses(page, key))
        for stop in stops:
            if stop.wrong and stop.selector not in bad:
                bad.add(stop.selector)
                yield stop.selector, "focus-visible-on-screen", f"{stop.wrong} ({key})"
        if trap:
            yield trap.selector, "keyboard-trap", f"{key} does not lead on from here"
            return
        page.evaluate("stops.fromEnd()")
    for selector in page.evaluate("stops.missed()"):
        yield selector, "keyboard-unreachable", "Tab never reaches this element"
    for selector in page.evaluate("stops.unmarked()"):
        if selector not in bad:
            yield selector, "focus-indicator", "looks the same with and without the focus"


def _presses(page: Page, key: Key) -> Iterator[Stop | None]:
    """Press a key again and again, and give what has the focus after each press; None where nothing has."""
    while True:
        for _ in range(_PRESSES_AT_ONCE):
            page.keyboard.press(key)
        found: list[dict[str, Any] | None] = page.evaluate("stops.taken()")
        yield from (Stop(**stop) if stop else None for stop in found)
        if not any(found):
            return


def _steps(presses: Iterable[Stop | None]) -> tuple[list[Stop], Stop | None]:
    """The stops until the focus leaves the page or is back at the first; and where it is trapped, if it is."""
    stops: list[Stop] = []
    visits: Counter[int] = Counter()
    for stop in presses:
        if stop is None:
            # The first press may only bring the focus to the edge of the page.
            if stops:
                break
            continue
        inside = bool(stops) and stops[-1].number == stop.number
        if visits[stop.number] and not inside:
            # Back at the start: the browser skipped its own controls. Anywhere else it is a circle.
            return stops, None if stop.number == stops[0].number else stop
        if visits[stop.number] >= _PLACES_INSIDE:
            return stops, stop
        visits[stop.number] += 1
        if not inside:
            stops.append(stop)
    return stops, None
