"""A simulation in a real browser: its element, its results, and a reader at its controls."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .gates.browser import HEIGHT
from .gates.model import LAPTOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from .gates.site import Site

CHAPTERS = {
    "cost-calculator": "book/04-from-one-call-to-a-month.html",
    "next-token": "book/05-one-token-after-another.html",
    "text-to-tokens": "book/02-what-is-a-token.html",
    "token-lifecycle": "book/01-the-life-of-a-token.html",
    "who-dominates": "book/03-reading-the-bill.html",
}
"""Where a simulation stands in the book, for tests of what is particular there."""
KEYS = (
    "Tab",
    "Tab",
    "Shift+Tab",
    "Enter",
    "Space",
    "ArrowDown",
    "ArrowUp",
    "ArrowRight",
    "ArrowLeft",
    "Home",
    "End",
    "7",
)
"""What a hasty reader presses; Enter and Space work the controls."""


# Whether a browser grants the clipboard depends on how long ago a key was pressed.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })"


@dataclass(frozen=True)
class Sim:
    """An open simulation."""

    page: Page
    name: str

    @property
    def tag(self) -> str:
        """The name of its custom element."""
        return f"cb-{self.name}"

    @property
    def host(self) -> Locator:
        """Its custom element."""
        return self.page.locator(self.tag)

    @property
    def live(self) -> Locator:
        """What its script shows."""
        return self.host.locator(".cb-sim-live")

    @property
    def data(self) -> dict[str, str]:
        """Its results, the data attributes of the element, by their names in scripts."""
        # Asked hundreds of times: of the page, which answers five times as soon as a locator.
        found: dict[str, str] = self.page.evaluate(
            "(name) => { const { facts, ...rest } = document.querySelector(name).dataset; return rest }",
            self.tag,
        )
        return found

    def whole(self, *names: str) -> tuple[int, ...]:
        """Some results, whole numbers."""
        data = self.data
        return tuple(int(data[name]) for name in names)

    @property
    def query(self) -> str:
        """What the address says behind the page."""
        found: str = self.page.evaluate("location.search")
        return found

    def button(self, text: str) -> Locator:
        """A button by its words."""
        return self.live.get_by_role("button", name=text, exact=True)

    def control(self, label: str) -> Locator:
        """A control by its label."""
        return self.live.locator(f'label.cb-control:has(> span:text-is("{label}"))').locator("select, input")

    def rows(self) -> list[list[str]]:
        """The table of results that the script shows."""
        found: list[list[str]] = self.live.locator("details tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
        return found

    def tab_to(self, control: Locator) -> None:
        """Press Tab until a control has the focus."""
        for _ in range(200):
            if control.evaluate("(node) => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {control}")


@contextmanager
def open_sim(
    browser: Browser, site: Site, name: str, query: str = "", page: str | None = None, **options: Any
) -> Iterator[Sim]:
    """A simulation on its own page, or on another, from the disk and without a network; a script's error is one here.

    ``options`` are those of the browser's context.
    """
    settings: dict[str, Any] = {"viewport": {"width": LAPTOP, "height": HEIGHT}, "reduced_motion": "reduce"}
    context = browser.new_context(offline=True, **{**settings, **options})
    errors: list[str] = []
    strangers: list[str] = []
    try:
        context.add_init_script(NO_CLIPBOARD)
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.on("request", lambda request: None if request.url.startswith("file:") else strangers.append(request.url))
        tab.goto(site.url(page or f"sims/{name}.html") + query)
        sim = Sim(tab, name)
        if options.get("java_script_enabled", True) and sim.host.count():
            sim.host.scroll_into_view_if_needed()  # in a chapter its scripts come when it is near
            sim.live.wait_for(state="attached")
        yield sim
        assert errors == []
        assert strangers == []
    finally:
        context.close()


def play_wildly(sim: Sim, seed: int, times: int, check: Callable[[], None]) -> None:
    """Press keys and click controls at random, and check after each; what happens is the same for a seed."""
    chance = random.Random(seed)
    for _ in range(times):
        if chance.random() < 0.5:
            sim.page.keyboard.press(chance.choice(KEYS))
        else:
            sim.page.evaluate(_WORK, [f"{sim.tag} .cb-sim-live", chance.random(), chance.random()])
        check()


# A click as a reader's: a select takes one of its options, a slider and a field a value within bounds.
_WORK = """([live, which, share]) => {
  const all = document.querySelector(live).querySelectorAll('button, select, input, summary');
  const node = all[Math.floor(which * all.length)];
  if (node.disabled) return;
  node.focus();
  if (node.localName === 'select') {
    node.selectedIndex = Math.floor(share * node.options.length);
    node.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (node.localName === 'input') {
    const [low, high] = [Number(node.min || 0), Number(node.max || 100)];
    if (node.type === 'checkbox' || node.type === 'radio') return node.click();
    node.value = Math.round(low + share * (high - low));
    node.dispatchEvent(new Event('input', { bubbles: true }));
    node.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    node.click();
  }
}"""
