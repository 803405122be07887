"""Small price books on disk, and feeds that say what a test wants."""

from __future__ import annotations

import importlib.metadata
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.editions import FIRST, turn_back
from tests.worlds import day, prices

from costbook.economy.rates import Prices, Tier
from costbook.feed.book import Book, read_book
from costbook.feed.commit import clear, commit
from costbook.feed.plan import Plan, Update
from costbook.feed.quotes import Answer, Quote, Step
from costbook.feed.recorded import RecordedFeed

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDED = Path(__file__).parent / "recorded"
AS_OF = FIRST.as_of

RELEASE = "0.2.3"
typed_release = pytest.mark.skipif(
    importlib.metadata.version("genai-prices") != RELEASE,
    reason=f"what these tests expect was typed from release {RELEASE} of the feed",
)

EDITION = """\
# The commit point.
edition: 1   # the serial
as_of: 2026-11-22
houses: {everyday: five, seed: moved}
contrasts: [moved]
"""
MAKER = """\
# What the maker charges.
provider: maker
name: The Maker
first_party: true
pricing: https://example.org/maker
models:
  five:
    name: Five
    context: 400000
    rates:
      - known_from: 2026-07-29
        input: 2.00
        cached: 0.20
        output: 10.00
        edition: 1
        source: {via: genai-prices 0.2.3 five, url: https://example.org/maker, checked: 2026-11-22}
        note: >-
          A note of
          two lines.

  # The one that moved.
  moved:
    name: Moved   # by name
    rates:
      - from: 2024-05-13
        until: 2024-08-06
        input: 5.00
        output: 15.00
        edition: 1
        source: {via: genai-prices 0.2.3 moved, url: https://example.org/maker, checked: 2026-11-22}
      - unknown: {from: 2024-08-06, until: 2024-10-16, why: nobody wrote it down, edition: 1}
      - known_from: 2024-10-16
        input: 2.50
        output: 10.00
        edition: 1
        source: {via: genai-prices 0.2.3 moved, url: https://example.org/maker, checked: 2026-11-22}

  soon:
    name: Soon
    rates:
      - known_from: 2026-11-22
        until: 2026-12-01
        input: 2.00
        output: 10.00
        edition: 1
        source: {via: genai-prices 0.2.3 soon, url: https://example.org/maker, checked: 2026-11-22}
      - from: 2026-12-01
        input: 4.00
        output: 20.00
        edition: 1
        source: {via: genai-prices 0.2.3 soon, url: https://example.org/maker, checked: 2026-11-22}
# The end of the maker.
"""
HOST = """\
provider: host
name: The Host
first_party: false
pricing: https://example.org/host
models:
  long:
    name: Long
    rates:
      - known_from: 2026-01-01
        input: 1.25
        output: 10.00
        tiers: [{above: 200000, input: 2.50, output: 15.00}]
        edition: 1
        source: {via: genai-prices 0.2.3 long, url: https://example.org/host, checked: 2026-11-22}
  typed:
    name: Typed
    rates:
      - known_from: 2026-01-01
        input: 1.00
        output: 2.00
        edition: 1
        source: {via: the host's own page, url: https://example.org/host, checked: 2026-11-22}
"""


def step(input: str, output: str, cached: str | None = None, start: str | None = None, *, dated: bool = True) -> Step:
    """A step of a feed; without a start it holds for ever."""
    return Step(prices(input, output, cached), (), day(start) if start else None, bool(start) and dated)


def tiered(base: Prices, tiers: Mapping[int, Prices]) -> Step:
    """A step with tiers, without a start."""
    return Step(base, tuple(Tier(above, those) for above, those in tiers.items()))


def quote(now: Step, *scheduled: Step, past: tuple[Step, ...] = (), model: str = "five", context: int = 0) -> Quote:
    """A quote of the feed."""
    return Quote(
        now, past, scheduled, context or None, "https://example.org/feed", "Name", f"genai-prices 0.2.4 {model}"
    )


SAME: Mapping[tuple[str, str], Answer] = {
    ("maker", "five"): quote(step("2", "10", "0.2")),
    ("maker", "moved"): quote(step("2.5", "10"), model="moved"),
    ("maker", "soon"): quote(step("2", "10"), step("4", "20", start="2026-12-01"), model="soon"),
    ("host", "long"): quote(tiered(prices("1.25", "10"), {200000: prices("2.5", "15")}), model="long"),
    ("host", "typed"): quote(step("1", "2"), model="typed"),
}
"""A feed that says what the book says."""


def feed(changed: Mapping[tuple[str, str], Answer] | None = None, name: str = "genai-prices 0.2.4") -> RecordedFeed:
    """The feed that says what the book says, with other answers about some ids."""
    return RecordedFeed(name, date(2020, 1, 1), {**SAME, **(changed or {})})


@dataclass(frozen=True)
class Shelf:
    """A small book on disk."""

    root: Path
    files: Mapping[str, str] = field(
        default_factory=lambda: {
            "book/data/edition.yaml": EDITION,
            "book/data/prices/maker.yaml": MAKER,
            "book/data/prices/host.yaml": HOST,
        }
    )

    def write(self) -> Shelf:
        """Write all files."""
        for name, text in self.files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")
        return self

    @property
    def book(self) -> Book:
        """The book as it is on disk now."""
        return read_book(self.root)

    def text(self, name: str) -> str:
        """A file as it is now, by the end of its name."""
        return next(path for path in self.root.rglob("*.yaml") if path.name == name).read_text(encoding="utf-8")

    @property
    def texts(self) -> dict[str, str]:
        """Every file below the root as it is now."""
        return {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def update(self, answers: Mapping[tuple[str, str], Answer] | None = None, **wanted: object) -> Plan:
        """Plan an update and write it."""
        plan = plan_of(self.book, answers, **wanted)
        clear(self.root)
        commit(self.root, plan.texts)
        return plan


def plan_of(book: Book, answers: Mapping[tuple[str, str], Answer] | None = None, **wanted: object) -> Plan:
    """What an update on the day of the edition writes; ``as_of`` and ``today`` may be texts."""
    days = {key: day(str(wanted.pop(key, AS_OF))) for key in ("as_of", "today")}
    return Update(feed(answers), days["as_of"], days["today"], **wanted).plan(book)  # type: ignore[arg-type]


def first_edition(root: Path) -> Path:
    """The prices of the real book as its first edition has them, whatever rows have been appended since."""
    shutil.copytree(REPOSITORY / "book/data", root / "book/data")
    return turn_back(root)
