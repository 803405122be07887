"""What happens when a reader opens a page for the first time, from a disk, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

from .browser import script, window
from .model import View
from .site import Site

# How often, and how many times, to ask whether a page has loaded all that it asked for; 25 ms x 400 = 10 s.
_PAUSE_MS = 25
_PAUSES = 400


@dataclass
class Visit:
    """The record of one page opened in a window of its own, with an empty cache."""

    page: str
    view: View
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _open: int = 0

    def listen(self, page: Page) -> None:
        """Record what the page does from now on."""
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_failure)
        page.on("pageerror", self._on_error)
        page.on("console", self._on_console)
        page.expose_function("noteViolation", self._on_violation)
        page.add_init_script(f"({script('violations')})()")

    def settle(self, page: Page) -> None:
        """Wait until nothing is being loaded."""
        for _ in range(_PAUSES):
            page.wait_for_timeout(_PAUSE_MS)
            if self._open == 0:
                return
        self.errors.append("the page did not stop loading within 10 seconds")

    def _on_request(self, request: Request) -> None:
        self._open += 1
        self.requests.append(request.url)

    def _on_end(self, _request: Request) -> None:
        self._open -= 1

    def _on_failure(self, request: Request) -> None:
        self._open -= 1
        self.failed.append(f"{request.url}: {request.failure}")

    def _on_violation(self, violation: str) -> None:
        self.violations.append(violation)

    def _on_error(self, error: Error) -> None:
        """A stack starts with the message and the place it was raised at."""
        self.errors.append(" ".join((error.stack or error.message).split("\n")[:2]))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']}:{message.location['lineNumber']})")


@contextmanager
def visiting(browser: Browser, site: Site, name: str, view: View, query: str = "") -> Iterator[tuple[Page, Visit]]:
    """Open a page, with a query where one is given; the record is complete when the block ends."""
    record = Visit(name, view)
    with window(browser, view) as page:
        record.listen(page)
        page.goto(site.url(name) + query)
        yield page, record
        record.settle(page)


def visit(browser: Browser, site: Site, name: str, view: View) -> Visit:
    """Open a page and everything on it, and scroll to the end: pictures that wait for the reader are part of it."""
    with visiting(browser, site, name, view) as (page, record):
        page.evaluate(script("settle"))
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    return record


def visits(browser: Browser, site: Site, view: View) -> list[Visit]:
    """A first visit to every page."""
    return [visit(browser, site, name, view) for name in site.pages]
