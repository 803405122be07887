"""The book against the feed on the day of its edition, and what was decided about it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.feed.books import MAKER, RECORDED, Shelf, feed, quote, step
from tests.worlds import day

from costbook.economy.changes import Difference
from costbook.feed.book import quote_of, read_book
from costbook.feed.opinions import FILE, Opinions, read_opinions
from costbook.feed.quotes import Quote, Reason, Silence
from costbook.feed.recorded import read_recorded
from costbook.feed.verdicts import Kind, Verdict, Window, check, come_due, windows
from costbook.load import DataErrors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPINIONS = """\
names:
  litellm: {five: five-2026}
opinions:
  - model: five
    against: genai-prices
    values:
      - {what: input, book: 2.00, theirs: 3.00}
      - {what: cached, book: 0.20, theirs: not offered}
    decision: book
    decided: 2026-11-22
    why: The provider's page says so.
"""


def verdicts(shelf: Shelf, answers: Mapping[tuple[str, str], Quote | Silence], text: str = "") -> dict[str, Verdict]:
    """What comes of the small book against a feed with these answers."""
    if text:
        (shelf.root / FILE).write_text(text, encoding="utf-8")
    opinions = read_opinions(shelf.root, shelf.book.coming)
    return {one.model: one for one in check(shelf.book, feed(dict(answers)), opinions)}


def test_the_first_edition_agrees_with_the_feed_it_was_made_from(first: Path) -> None:
    book = read_book(first)
    found = check(book, read_recorded(RECORDED / "0.2.3.json"), read_opinions(first, book.coming))
    assert len(found) == len(book.models)
    assert [one for one in found if one.stale] == []


def test_a_feed_that_agrees(shelf: Shelf) -> None:
    found = verdicts(shelf, {})
    assert {one.kind for one in found.values()} == {Kind.EQUAL}
    assert not any(one.stale for one in found.values())


def test_a_changed_price_is_stale(shelf: Shelf) -> None:
    found = verdicts(shelf, {("maker", "five"): quote(step("3", "10", "0.2"))})
    assert found["five"].kind is Kind.CHANGED
    assert found["five"].stale
    (change,) = found["five"].changes
    assert (change.what, change.old, change.new, change.share) == ("input", Decimal(2), Decimal(3), Decimal("0.5"))


def test_a_change_that_is_announced_is_stale_before_its_day(shelf: Shelf) -> None:
    found = verdicts(shelf, {("maker", "five"): quote(step("2", "10", "0.2"), step("4", "10", "0.2", "2027-01-01"))})
    assert [one.what for one in found["five"].changes] == ["input from 2027-01-01"]
    assert found["five"].stale


@pytest.mark.parametrize(
    ("reason", "kind"),
    [(Reason.OTHER, Kind.REFUSED), (Reason.ABSENT, Kind.GONE), (Reason.BAD, Kind.BAD)],
)
def test_a_feed_without_the_price(shelf: Shelf, reason: Reason, kind: Kind) -> None:
    said = Silence(reason, "for this reason")
    found = verdicts(shelf, {("maker", "five"): said, ("host", "typed"): said})
    assert (found["five"].kind, found["five"].why, found["five"].stale) == (kind, "for this reason", True)
    # A price that was typed from another source need not be in the feed; a bad value is looked at all the same.
    assert found["typed"].by_hand
    assert found["typed"].stale == (kind is Kind.BAD)


def test_a_price_that_only_the_feed_has(shelf: Shelf) -> None:
    ended = MAKER.replace("known_from: 2024-10-16", "known_from: 2024-10-16\n        until: 2026-01-01")
    found = verdicts(Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": ended}).write(), {})
    assert found["moved"].kind is Kind.ADDED
    assert found["moved"].stale
    assert "after 2026-01-01" in found["moved"].why


def test_a_retired_model_is_not_compared(shelf: Shelf) -> None:
    gone = MAKER.replace("name: Five", "name: Five\n    retired: 2026-11-22")
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": gone}).write()
    found = verdicts(changed, {("maker", "five"): quote(step("99", "100"))})
    assert (found["five"].kind, found["five"].stale) == (Kind.RETIRED, False)


def test_the_book_as_a_price_list(shelf: Shelf) -> None:
    moved, soon = shelf.book.models["moved"], shelf.book.models["soon"]
    said = quote_of(moved, day("2024-09-01"))
    assert isinstance(said, Silence)
    assert "nobody wrote it down" in said.why
    now = quote_of(soon, day("2026-11-30"))
    assert isinstance(now, Quote)
    assert now.at(day("2026-12-01")).prices.input == Decimal(4)
    later = quote_of(soon, day("2026-12-01"))
    assert isinstance(later, Quote)
    assert (later.scheduled, later.past[0].prices.input) == ((), Decimal(2))


def test_windows_that_differ(shelf: Shelf) -> None:
    said = feed({("maker", "five"): quote(step("2", "10", "0.2"), context=200000)})
    assert windows(shelf.book, said) == (Window("five", 400000, 200000),)
    assert windows(shelf.book, feed()) == ()


# --- decisions --------------------------------------------------------------------------------------------------------

DIFFERENT = {("maker", "five"): quote(step("3", "10"))}  # no cached price


def test_what_is_decided_is_not_stale(shelf: Shelf) -> None:
    found = verdicts(shelf, DIFFERENT, OPINIONS)
    assert (found["five"].kind, found["five"].stale) == (Kind.DECIDED, False)
    assert [one.what for one in found["five"].changes] == ["input", "cached"]


def test_a_decision_lapses_when_a_value_changes(shelf: Shelf) -> None:
    found = verdicts(shelf, {("maker", "five"): quote(step("4", "10"))}, OPINIONS)
    assert [one.what for one in found["five"].changes] == ["input"]
    assert found["five"].stale
    opinions = read_opinions(shelf.root, shelf.book.coming)
    there = [("five", one.difference) for one in found["five"].changes]
    assert opinions.lapsed("genai-prices", there) == (
        ("five", Difference("input", Decimal(2), Decimal(3))),
        ("five", Difference("cached", Decimal("0.2"), None)),
    )
    assert opinions.lapsed("litellm", []) == ()


def test_a_decision_is_about_one_list_and_one_model(shelf: Shelf) -> None:
    assert verdicts(shelf, DIFFERENT, OPINIONS.replace("genai-prices", "litellm"))["five"].stale
    assert verdicts(shelf, DIFFERENT, OPINIONS.replace("- model: five", "- model: soon"))["five"].stale


def test_names_in_other_lists(shelf: Shelf) -> None:
    (shelf.root / FILE).write_text(OPINIONS, encoding="utf-8")
    opinions = read_opinions(shelf.root, ["five"])
    assert opinions.name("litellm", "five") == "five-2026"
    assert opinions.name("genai-prices", "five") == "five"
    assert opinions.opinions[0].why == "The provider's page says so."


def test_a_book_without_decisions(shelf: Shelf) -> None:
    assert read_opinions(shelf.root, []) == Opinions()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("model: five", "model: fve", "4:12: unknown model 'fve'; did you mean 'five'?"),
        ("decision: book", "decision: boook", "9:15: 'boook' is no decision; did you mean 'book'?"),
        ("theirs: 3.00", "theirs: lots", "7:43: 'lots' is neither a number nor 'not offered'"),
        ("decided: 2026-11-22", "decided: yesterday", "'yesterday' is not a date"),
        ("    why: The provider's page says so.\n", "", "needs the key 'why'"),
        ("against:", "agianst:", "unknown key 'agianst'; did you mean 'against'?"),
        ("opinions:", "opinions: [", "is not YAML"),
    ],
)
def test_a_slip_in_the_decisions_is_told_with_its_place(shelf: Shelf, old: str, new: str, said: str) -> None:
    (shelf.root / FILE).write_text(OPINIONS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataErrors) as raised:
        read_opinions(shelf.root, ["five", "moved"])
    assert said in str(raised.value)
    assert FILE in str(raised.value)


# --- what the book itself announces -----------------------------------------------------------------------------------


def test_prices_that_come_into_force_after_the_edition(shelf: Shelf) -> None:
    """``soon`` goes from 2 and 10 to 4 and 20 on 2026-12-01, and the edition is of 2026-11-22."""
    assert come_due(shelf.book, day("2026-11-30")) == ()
    (due,) = come_due(shelf.book, day("2026-12-01"))
    assert (due.model, due.kind) == ("soon", Kind.CHANGED)
    said = [(one.what, one.old, one.new) for one in due.changes]
    assert said == [("input", Decimal(2), Decimal(4)), ("output", Decimal(10), Decimal(20))]


def test_a_model_that_is_retired_after_the_edition(shelf: Shelf) -> None:
    file = shelf.root / "book/data/prices/maker.yaml"
    file.write_text(MAKER.replace("    name: Soon\n", "    name: Soon\n    retired: 2026-11-25\n"), encoding="utf-8")
    assert come_due(shelf.book, day("2026-11-24")) == ()
    (due,) = come_due(shelf.book, day("2026-11-25"))
    assert (due.model, due.kind, due.why) == ("soon", Kind.RETIRED, "soon was retired on 2026-11-25")
