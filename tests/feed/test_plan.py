"""What an update writes: which rows, from which day, and what it refuses."""

from __future__ import annotations

import difflib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.feed.books import AS_OF, EDITION, MAKER, RECORDED, Shelf, feed, plan_of, quote, step, typed_release
from tests.worlds import day, prices

from costbook.economy.rates import NoRate, Rate
from costbook.feed.adding import addition
from costbook.feed.book import read_book
from costbook.feed.genai import installed_feed
from costbook.feed.opinions import Opinion, Opinions
from costbook.feed.plan import Refused, Update
from costbook.feed.quotes import FeedError, Quote, Reason, Silence
from costbook.feed.recorded import read_recorded
from costbook.feed.rows import CannotWrite, Row
from costbook.world import Provider

FIVE = ("maker", "five")
DEARER = quote(step("3", "10", "0.2"))


def rows(shelf: Shelf, said: Quote, model: str = "five", **wanted: object) -> list[tuple[str, str, bool]]:
    """Start, input price and whether it is dated, of the rows that an update adds to a model."""
    plan = plan_of(shelf.book, {("maker", model): said}, **wanted)
    found: list[Row] = [row for one in plan.additions for row in one.rows if one.model == model]
    return [(row.start.isoformat(), str(row.step.prices.input), row.step.dated) for row in found]


def input_on(shelf: Shelf, on: str, model: str = "five") -> Decimal:
    return shelf.book.models[model].rate_on(day(on)).prices.input


# --- nothing to do ----------------------------------------------------------------------------------------------------


def test_a_feed_that_agrees_changes_nothing(shelf: Shelf) -> None:
    plan = plan_of(shelf.book)
    assert (plan.texts, plan.additions, plan.edition, plan.serial) == ({}, (), None, 1)


def test_the_first_edition_and_its_feed_change_nothing(first: Path) -> None:
    assert not Update(read_recorded(RECORDED / "0.2.3.json"), AS_OF, AS_OF).plan(read_book(first)).texts


def test_a_second_update_changes_nothing(shelf: Shelf) -> None:
    shelf.update({FIVE: DEARER})
    once = shelf.texts
    assert shelf.book.edition.serial == 2
    for _ in range(2):
        assert not shelf.update({FIVE: DEARER}).texts
    assert shelf.texts == once


def test_an_update_in_the_future_and_again(shelf: Shelf) -> None:
    shelf.update({FIVE: DEARER}, as_of="2027-01-02")
    once = shelf.texts
    assert (shelf.book.edition.serial, shelf.book.edition.as_of) == (2, day("2027-01-02"))
    # The feed was read today: that is the first evidence, not the day the edition is priced at.
    assert input_on(shelf, "2026-11-22") == 3
    assert input_on(shelf, "2026-11-21") == 2
    assert not shelf.update({FIVE: DEARER}, as_of="2027-01-02").texts
    assert shelf.texts == once
    with pytest.raises(Refused, match="priced at 2027-01-02 and does not go back to 2026-11-22"):
        shelf.update({FIVE: DEARER})
    assert shelf.texts == once


# --- rows -------------------------------------------------------------------------------------------------------------


def test_a_price_without_a_date_is_known_from_the_day_it_was_seen(shelf: Shelf) -> None:
    assert rows(shelf, DEARER, as_of="2026-12-05", today="2026-12-05") == [("2026-12-05", "3", False)]


def test_a_price_with_a_date_begins_on_it(shelf: Shelf) -> None:
    said = quote(step("3", "10", "0.2", "2026-11-25"))
    assert rows(shelf, said, as_of="2026-12-05", today="2026-12-05") == [("2026-11-25", "3", True)]


def test_a_date_before_the_row_in_force_does_not_hide_the_correction(shelf: Shelf) -> None:
    said = quote(step("3", "10", "0.2", "2026-05-01"))
    assert rows(shelf, said) == [("2026-07-29", "3", False)]  # the start of the row that it corrects
    shelf.update({FIVE: said})
    assert input_on(shelf, "2026-11-22") == 3
    assert "note: The feed dates this price from 2026-05-01" in shelf.text("maker.yaml")


def test_a_correction_of_the_same_day(shelf: Shelf) -> None:
    said = quote(step("3", "10", "0.2", "2026-07-29"))
    assert rows(shelf, said) == [("2026-07-29", "3", True)]
    shelf.update({FIVE: said})
    assert input_on(shelf, "2026-07-29") == 3


def test_the_day_somebody_looked_is_no_start(shelf: Shelf) -> None:
    said = quote(step("3", "10", "0.2", "2026-07-29", dated=False))
    assert rows(shelf, said, as_of="2026-12-05", today="2026-12-05") == [("2026-12-05", "3", False)]


def test_what_is_announced_becomes_a_row(shelf: Shelf) -> None:
    said = quote(step("2", "10", "0.2"), step("4", "20", "0.4", "2027-01-01"), step("2", "10", "0.2", "2027-02-01"))
    assert rows(shelf, said) == [("2027-01-01", "4", True), ("2027-02-01", "2", True)]
    shelf.update({FIVE: said})
    assert [input_on(shelf, on) for on in ("2026-12-31", "2027-01-01", "2027-02-01")] == [2, 4, 2]


def test_an_announcement_that_is_there_already_is_not_written_again(shelf: Shelf) -> None:
    assert rows(shelf, quote(step("2", "10"), step("4", "20", start="2026-12-01"), model="soon"), "soon") == []


def test_an_announced_change_that_moves(shelf: Shelf) -> None:
    said = quote(step("2", "10"), step("4", "20", start="2026-12-15"), model="soon")
    assert rows(shelf, said, "soon") == [("2026-12-01", "2", False), ("2026-12-15", "4", True)]
    shelf.update({("maker", "soon"): said})
    found = [input_on(shelf, on, "soon") for on in ("2026-11-30", "2026-12-01", "2026-12-14", "2026-12-15")]
    assert found == [2, 2, 2, 4]
    assert "note: The change that had been announced for this day was cancelled." in shelf.text("maker.yaml")


def test_an_announced_change_that_is_cancelled(shelf: Shelf) -> None:
    said = quote(step("2", "10"), model="soon")
    shelf.update({("maker", "soon"): said})
    assert input_on(shelf, "2027-06-01", "soon") == 2
    assert not shelf.update({("maker", "soon"): said}).texts


def test_an_announced_price_comes_into_force_without_a_row(shelf: Shelf) -> None:
    plan = shelf.update(as_of="2026-12-02", today="2026-12-02")
    assert list(plan.texts) == ["book/data/edition.yaml"]
    first = "past:\n  - {edition: 1, as_of: 2026-11-22, houses: {everyday: five, seed: moved}, contrasts: [moved]}\n"
    moved = EDITION.replace("edition: 1 ", "edition: 2 ").replace("2026-11-22", "2026-12-02")
    assert shelf.text("edition.yaml") == moved + first


def test_a_price_that_had_ended(shelf: Shelf) -> None:
    ended = MAKER.replace("known_from: 2026-07-29", "known_from: 2026-07-29\n        until: 2026-10-01")
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": ended}).write()
    with pytest.raises(NoRate):
        input_on(changed, "2026-11-22")
    changed.update({FIVE: DEARER})
    assert input_on(changed, "2026-11-22") == 3
    with pytest.raises(NoRate):
        input_on(changed, "2026-11-21")


def test_a_row_says_where_it_was_read(shelf: Shelf) -> None:
    shelf.update({FIVE: replace(DEARER, url=None)}, as_of="2026-12-05", today="2026-12-05")
    row = shelf.book.models["five"].periods[-1]
    assert isinstance(row, Rate)
    assert (row.source.via, row.source.checked) == ("genai-prices 0.2.4 five", day("2026-12-05"))
    assert row.source.url == "https://example.org/maker"  # the provider's, where the feed names none
    assert row.edition == 2


def test_a_retired_model_gets_no_rows(shelf: Shelf) -> None:
    gone = MAKER.replace("name: Five", "name: Five\n    retired: 2026-12-01")
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": gone}).write()
    said = quote(step("2", "10", "0.2"), step("4", "20", "0.4", "2027-01-01"))
    assert rows(changed, said) == []
    assert rows(changed, DEARER, as_of="2026-12-01", today="2026-12-01") == []
    assert rows(changed, DEARER) == [("2026-11-22", "3", False)]


def test_an_old_edition_says_what_it_said(shelf: Shelf) -> None:
    before = shelf.book.models
    shelf.update({FIVE: DEARER, ("maker", "soon"): quote(step("3", "12"), model="soon")})
    (shelf.root / "book/data/edition.yaml").write_text(EDITION, encoding="utf-8")
    assert shelf.book.models == before


def test_only_lines_are_added(shelf: Shelf) -> None:
    plan = plan_of(shelf.book, {FIVE: DEARER})
    (name,) = plan.files
    lines = list(difflib.ndiff(MAKER.splitlines(), plan.files[name].splitlines()))
    assert [line for line in lines if not line.startswith("  ")] == [
        "+       - known_from: 2026-11-22",
        "+         input: 3.00",
        "+         cached: 0.20",
        "+         output: 10.00",
        "+         edition: 2",
        "+         source: {via: genai-prices 0.2.4 five, url: https://example.org/feed, checked: 2026-11-22}",
    ]


# --- rows that wait ---------------------------------------------------------------------------------------------------


def half_done(shelf: Shelf) -> Shelf:
    """A book whose update was stopped before edition.yaml."""
    plan = plan_of(shelf.book, {FIVE: DEARER})
    for name, text in plan.files.items():
        (shelf.root / name).write_text(text, encoding="utf-8")
    return shelf


def test_rows_that_wait_are_invisible_and_the_next_run_finishes(shelf: Shelf) -> None:
    before = shelf.book.models
    half_done(shelf)
    assert shelf.book.models == before
    assert shelf.book.waiting == ("five",)
    plan = shelf.update({FIVE: DEARER})
    assert list(plan.texts) == ["book/data/edition.yaml"]
    assert plan.finishes == ("five",)
    assert input_on(shelf, "2026-11-22") == 3


def test_rows_that_wait_and_say_otherwise_than_the_feed(shelf: Shelf) -> None:
    half_done(shelf)
    texts = shelf.texts
    with pytest.raises(Refused, match=r"five: its rows for edition 2 in book/data/prices/maker\.yaml say otherwise"):
        shelf.update({FIVE: quote(step("2.5", "10", "0.2"))})
    assert shelf.texts == texts
    # On a later day the price may have changed again: that is another row.
    shelf.update({FIVE: quote(step("2.5", "10", "0.2"))}, as_of="2026-11-30", today="2026-11-30")
    assert [input_on(shelf, on) for on in ("2026-11-21", "2026-11-22", "2026-11-30")] == [2, 3, Decimal("2.5")]


# --- refusals ---------------------------------------------------------------------------------------------------------


def refused(shelf: Shelf, said: Quote | Silence, **wanted: object) -> str:
    """Why nothing is written; nothing was."""
    before = shelf.texts
    with pytest.raises(Refused) as raised:
        shelf.update({FIVE: said}, **wanted)
    assert shelf.texts == before
    return str(raised.value)


@pytest.mark.parametrize("new", ["6.01", "0.66"])
def test_a_jump_needs_to_be_allowed(shelf: Shelf, new: str) -> None:
    said = quote(step(new, "10", "0.2"))
    assert refused(shelf, said) == f"five: input goes from 2.00 to {new}, more than 3 times; --allow five takes it"
    shelf.update({FIVE: said}, allowed=frozenset(["five"]))
    assert input_on(shelf, "2026-11-22") == Decimal(new)


def test_a_jump_of_the_stated_factor_is_none(shelf: Shelf) -> None:
    assert rows(shelf, quote(step("6", "10", "0.2")))
    assert rows(shelf, quote(step("7", "10", "0.2")), factor=Decimal("3.5"))
    assert "more than 1.4 times" in refused(shelf, DEARER, factor=Decimal("1.4"))


def test_a_jump_that_is_announced_needs_to_be_allowed(shelf: Shelf) -> None:
    said = quote(step("2", "10", "0.2"), step("20", "10", "0.2", "2027-01-01"))
    assert "input from 2027-01-01 goes from 2.00 to 20" in refused(shelf, said)


def test_a_price_that_is_missing_needs_to_be_allowed(shelf: Shelf) -> None:
    said = quote(step("2", "10"))
    assert refused(shelf, said) == "five: cached cost 0.20, and the feed has no price of it; --allow five takes it"
    shelf.update({FIVE: said}, allowed=frozenset(["five"]))
    assert shelf.book.models["five"].rate_on(AS_OF).prices == prices("2", "10")


def test_a_price_typed_by_hand_is_not_overwritten(shelf: Shelf) -> None:
    said = {("host", "typed"): quote(step("1.5", "2"), model="typed")}
    with pytest.raises(Refused, match=r"typed: its price was entered by hand .the host's own page.*--allow typed"):
        shelf.update(said)
    shelf.update(said, allowed=frozenset(["typed"]))
    assert input_on(shelf, "2026-11-22", "typed") == Decimal("1.5")


def test_a_decision_for_the_book_is_kept_to(shelf: Shelf) -> None:
    plan = plan_of(shelf.book, {FIVE: DEARER})
    (change,) = plan.additions[0].changes
    decided = Opinion("five", "genai-prices", (change.difference,), "book", AS_OF, "why")
    plan = plan_of(shelf.book, {FIVE: DEARER}, opinions=Opinions((decided,)))
    assert (plan.texts, plan.kept) == ({}, {"five": "decided for the book in book/data/second-opinions.yaml"})
    partly = quote(step("3", "12", "0.2"))
    assert "a part of what differs is decided" in refused(shelf, partly, opinions=Opinions((decided,)))


@pytest.mark.parametrize("reason", [Reason.OTHER, Reason.ABSENT])
def test_an_id_that_the_feed_does_not_know_is_left_as_it_is(shelf: Shelf, reason: Reason) -> None:
    plan = shelf.update(
        {FIVE: Silence(reason, "for a reason"), ("maker", "soon"): quote(step("3", "12"), model="soon")}
    )
    assert plan.kept == {"five": "for a reason"}
    assert [one.model for one in plan.additions] == ["soon"]
    assert input_on(shelf, "2026-11-22") == 2


def test_a_value_that_is_no_price_stops_the_update(shelf: Shelf) -> None:
    bad = Silence(Reason.BAD, "genai-prices 9: the input price of five, NaN, is not a number")
    assert refused(shelf, bad) == f"five: {bad.why}; --keep five leaves it as it is"
    plan = plan_of(shelf.book, {FIVE: bad}, keep=frozenset(["five"]))
    assert plan.kept == {"five": "left as it is, as asked"}


def test_every_reason_is_told_at_once(shelf: Shelf) -> None:
    with pytest.raises(Refused) as raised:
        shelf.update({FIVE: quote(step("99", "10")), ("maker", "soon"): Silence(Reason.BAD, "broken")})
    assert len(str(raised.value).splitlines()) == 3


def test_a_day_before_the_edition(shelf: Shelf) -> None:
    assert "does not go back" in refused(shelf, DEARER, as_of="2026-11-21")


def test_a_file_that_does_not_take_rows(shelf: Shelf) -> None:
    flow = MAKER[: MAKER.index("    rates:")] + (
        "    rates: [{from: 2026-01-01, input: 2.00, cached: 0.20, output: 10.00, edition: 1, "
        "source: {via: genai-prices 1 five, url: https://example.org, checked: 2026-01-01}}]\n"
    )
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": flow}).write()
    with pytest.raises(CannotWrite, match="not a list with dashes"):
        changed.update({FIVE: DEARER})


# --- the edition of the second of December ----------------------------------------------------------------------------


def test_ten_days_later_only_one_model_and_its_batch_price_change(first: Path) -> None:
    """The first edition moved to 2026-12-02: 2 and 10 become 4 and 20, in batches 1 and 5 become 2 and 10."""
    book, later = read_book(first), day("2026-12-02")
    plan = Update(read_recorded(RECORDED / "0.2.3.json"), later, later).plan(book)
    assert list(plan.texts) == ["book/data/edition.yaml"]
    moved = {}
    for model in book.models.values():
        if model.retired is None:
            now, then = (model.rate_on(on).prices for on in (AS_OF, later))
            if now != then:
                moved[model.id] = [str(one) for one in (now.input, now.output, then.input, then.output)]
    assert moved == {
        "gemini-4-argon": ["2.00", "10.00", "4.00", "20.00"],
        "gemini-4-argon:batch": ["1.00", "5.00", "2.00", "10.00"],
    }


# --- adding a model ---------------------------------------------------------------------------------------------------


def test_a_model_is_added_with_its_dated_past_and_what_is_announced(shelf: Shelf) -> None:
    said = quote(
        step("2", "8", start="2026-05-01"),
        step("4", "16", start="2027-01-01"),
        past=(step("1", "4"), step("1.5", "6", start="2026-01-01")),
        context=9000,
    )
    plan = addition(shelf.book, feed({("maker", "new"): said}), ("maker", "new"), AS_OF)
    (one,) = plan.additions
    # The first price holds for ever, as far as the feed says: when it began is not known, so it is left out.
    assert [(row.start, row.step.prices.input) for row in one.rows] == [
        (day("2026-01-01"), Decimal("1.5")),
        (day("2026-05-01"), Decimal(2)),
        (day("2027-01-01"), Decimal(4)),
    ]
    (shelf.root / "book/data/prices/maker.yaml").write_text(plan.texts["book/data/prices/maker.yaml"], encoding="utf-8")
    assert "new" not in shelf.book.models  # it waits
    assert shelf.book.waiting == ("new",)
    shelf.update({("maker", "new"): said})
    model = shelf.book.models["new"]
    assert (model.name, model.context) == ("Name", 9000)
    assert input_on(shelf, "2026-02-01", "new") == Decimal("1.5")


def test_a_model_without_a_date_is_known_from_today(shelf: Shelf) -> None:
    plan = addition(shelf.book, feed({("host", "new:batch"): quote(step("2", "8"))}), ("host", "new:batch"), AS_OF)
    (row,) = plan.additions[0].rows
    assert (row.start, row.step.dated) == (AS_OF, False)
    text = plan.texts["book/data/prices/host.yaml"]
    assert "    name: Name (batch)\n    billing: Requests sent through The Host's batch processing" in text


def test_a_model_of_a_new_provider(shelf: Shelf) -> None:
    own = Provider("other", "The Other", "https://example.org/other", first_party=False)
    said = feed({("other", "new"): quote(step("2", "8"))})
    with pytest.raises(Refused, match=r"no file book/data/prices/other\.yaml.*--first-party or --host"):
        addition(shelf.book, said, ("other", "new"), AS_OF)
    plan = addition(shelf.book, said, ("other", "new"), AS_OF, own)
    (shelf.root / "book/data/prices/other.yaml").write_text(plan.texts["book/data/prices/other.yaml"], encoding="utf-8")
    assert not shelf.book.providers["other"].first_party
    assert "new" in shelf.book.coming


def test_a_model_that_cannot_be_added(shelf: Shelf) -> None:
    with pytest.raises(Refused, match=r"five stands in book/data/prices/maker\.yaml already"):
        addition(shelf.book, feed(), ("maker", "five"), AS_OF)
    with pytest.raises(Refused, match=r"nobody: genai-prices 0\.2\.4 was recorded without nobody"):
        addition(shelf.book, feed(), ("maker", "nobody"), AS_OF)
    with pytest.raises(FeedError):
        feed().seller("maker")


@typed_release
def test_the_real_prices_take_a_model_of_the_real_feed(first: Path) -> None:
    plan = addition(read_book(first), installed_feed(), ("openai", "gpt-6-sol"), AS_OF)
    assert plan.additions[0].rows[0].step.prices.output > 0
