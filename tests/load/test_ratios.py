"""Slips in the survey of ratios, each found at its own line and column."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from costbook.economy.rates import Source
from costbook.economy.ratios import Listing, Population, Spread, Survey

if TYPE_CHECKING:
    from tests.load.conftest import Book

RATIOS = "book/data/ratios.yaml"
SURVEY = """\
as_of: 2026-11-22
via: a feed 1.0
url: https://example.org/feed
checked: 2026-11-23
method: >-
  Counted
  by hand.
populations:
  everybody: {name: Everybody, about: every list, of: [lab, "lab:others", server]}
  own-models:
    name: Own models
    about: of labs
    of: [lab]
listings:
  lab:
    name: The Lab
    ratios: {4: 1, 25/3: 2, 5: 1}
  lab:others: {name: The Lab's others, ratios: {3: 1}}
  server: {name: The Server, ratios: {1: 12}}
"""


@pytest.fixture
def surveyed(book: Book) -> Book:
    """A small book with a survey."""
    book.write(RATIOS, SURVEY)
    return book


def test_a_survey_is_read(surveyed: Book) -> None:
    def listing(key: str, name: str, counts: dict[str, int]) -> Listing:
        return Listing(key, name, Spread.of({Fraction(ratio): count for ratio, count in counts.items()}))

    assert surveyed.load().survey == Survey(
        date(2026, 11, 22),
        Source("a feed 1.0", "https://example.org/feed", date(2026, 11, 23)),
        "Counted by hand.",
        {
            "lab": listing("lab", "The Lab", {"4": 1, "5": 1, "25/3": 2}),
            "lab:others": listing("lab:others", "The Lab's others", {"3": 1}),
            "server": listing("server", "The Server", {"1": 12}),
        },
        {
            "everybody": Population("everybody", "Everybody", "every list", ("lab", "lab:others", "server")),
            "own-models": Population("own-models", "Own models", "of labs", ("lab",)),
        },
    )


def test_a_book_needs_no_survey(book: Book) -> None:
    assert book.load().survey is None


NO_RATIO = "is not a ratio; write a whole number such as 5, or a fraction such as 25/3"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # ratios and counts
        ("25/3: 2", "¦25:3: 2", f"the key '25:3' {NO_RATIO}"),
        ("25/3: 2", "¦2.5: 2", f"the key '2.5' {NO_RATIO}"),
        ("25/3: 2", "¦0: 2", f"the key '0' {NO_RATIO}"),
        ("25/3: 2", "¦-4: 2", f"the key '-4' {NO_RATIO}"),
        ("25/3: 2", "¦25/0: 2", f"the key '25/0' {NO_RATIO}"),
        ("25/3: 2", "¦NaN: 2", f"the key 'NaN' {NO_RATIO}"),
        ("25/3: 2", f"¦{'9' * 31}: 2", f"the key '{'9' * 31}' {NO_RATIO}"),
        ("25/3: 2", "¦50/6: 2", "the key '50/6' is not in lowest terms; write 25/3"),
        ("25/3: 2", "¦8/2: 2", "the key '8/2' is not in lowest terms; write 4"),
        ("25/3: 2", "¦4: 2", "the key '4' stands twice; the first is in line 17"),
        ("25/3: 2", "25/3: ¦0", "25/3: '0' is too small; write 1 or more"),
        ("25/3: 2", "25/3: ¦two", "25/3: 'two' is not a whole number; write digits only, such as 1500"),
        ("{4: 1, 25/3: 2, 5: 1}", "¦{}", "ratios: is empty; at least one entry is needed"),
        ("{4: 1, 25/3: 2, 5: 1}", "¦[4, 5]", "a mapping (key: value) is needed here"),
        # dates and sources
        ("as_of: 2026-11-22", "as_of: ¦yesterday", "as_of: 'yesterday' is not a date; write YYYY-MM-DD"),
        ("checked: 2026-11-23", "checked: ¦23 November", "checked: '23 November' is not a date; write YYYY-MM-DD"),
        ("url: https://example.org/feed", "url: ¦a feed", "url: 'a feed' is not an address; write https://…"),
        ("via: a feed 1.0\n", "", "needs the key 'via'"),
        ("method: >-", "¦methods: >-", "unknown key 'methods'; did you mean 'method'?"),
        # populations
        ("of: [lab]", "of: [¦labs]", "unknown list 'labs'; did you mean 'lab'?"),
        ("of: [lab]", "of: [lab, ¦lab]", "the list 'lab' stands twice; its models would be counted twice"),
        ("of: [lab]", "of: ¦[]", "of: is empty; at least one entry is needed"),
        ("of: [lab]", "of: ¦lab", "a list is needed here; begin each entry with a dash"),
        ("    about: of labs\n", "", "needs the key 'about'"),
        # names that mean something else: of the price book, of a provider, of a seller's list, of a table's argument
        ("  own-models:", "  ¦current:", "'current' is another population already; take another name"),
        ("  own-models:", "  ¦maker:", "'maker' is another population already; take another name"),
        ("  own-models:", "  ¦lab-list:", "'lab-list' is another population already; take another name"),
        ("  own-models:", "  ¦sellers:", "'sellers' is another population already; take another name"),
    ],
)
def test_a_slip(surveyed: Book, old: str, new: str, expected: str) -> None:
    place = surveyed.edit(RATIOS, old, new)
    problems = surveyed.problems()
    if "¦" not in new:
        assert [problem.partition(": ")[2] for problem in problems] == [expected]
        return
    assert [problem for problem in problems if problem == f"{place}: {expected}"], problems
    assert all("needs the key" in problem for problem in problems if not problem.startswith(place)), problems


def test_a_seller_whose_list_is_called_as_a_population(surveyed: Book) -> None:
    surveyed.edit("book/data/prices/host.yaml", "provider: host", "provider: server-list")
    (surveyed.root / "book/data/prices/host.yaml").rename(surveyed.root / "book/data/prices/server-list.yaml")
    assert surveyed.problems() == [f"{RATIOS}:19:3: 'server-list' is another population already; take another id"]


def test_every_slip_is_told_at_once(surveyed: Book) -> None:
    surveyed.edit(RATIOS, "25/3: 2", "50/6: 2")
    surveyed.edit(RATIOS, "as_of: 2026-11-22", "as_of: now")
    surveyed.edit("book/data/scenarios.yaml", "requests: 1000\n", "requests: often\n")
    assert [problem.partition(": ")[0] for problem in surveyed.problems()] == [
        f"{RATIOS}:1:8",
        f"{RATIOS}:17:20",
        "book/data/scenarios.yaml:5:15",
    ]
