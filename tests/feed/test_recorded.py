"""Two releases of the feed, written down, and what changed between them for the 30 models of the book.

The files were made with ``scripts/prices.py record tests/feed/recorded/0.1.4.json --version 0.1.4``, and the other with
its version.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.feed.books import AS_OF, RECORDED, quote, step, tiered, typed_release
from tests.worlds import day, prices

from costbook.feed.genai import installed_feed
from costbook.feed.quotes import Answer, FeedError, Quote, Reason, Silence
from costbook.feed.recorded import RecordedFeed, parse_recorded, read_recorded, record
from costbook.feed.verdicts import Id, Kind, Verdict, by_kind, compare_feeds

OLD, NEW = read_recorded(RECORDED / "0.1.4.json"), read_recorded(RECORDED / "0.2.3.json")
CHANGED = {
    "claude-sonnet-5": {"input": ("3", "2"), "output": ("15", "10")},
    "deepseek-v4-pro": {"input": ("0.435", "0.66"), "cached": ("0.003625", "0.022"), "output": ("0.87", "1.98")},
    "deepseek-v4-flash": {"input": ("0.14", "0.15"), "output": ("0.28", "0.6")},
    "mistral-small-latest": {"input": ("0.1", "0.15"), "output": ("0.3", "0.6")},
    "gpt-5.5": {"input above 272000": ("5", "10"), "output above 272000": ("30", "45")},
    "grok-4.5": {"cached": ("0.5", "0.3"), "input above 199999": ("2", "4"), "output above 199999": ("6", "12")},
}
REFUSED = {
    "gpt-4o-2024-05-13": "gpt-4o",
    "claude-opus-5-5": "claude-opus-5",
    "claude-sonnet-5-5": "claude-sonnet-5",
    "mistral-medium-3-5": "mistral-medium-3",
}
ADDED = (
    "gpt-6.1-sol", "gpt-6-luna", "gemini-4-argon", "gemini-3.8-flash", "mistral-large-4", "grok-4.7", "kimi-k3.1-pro",
    "muse-spark-1.2",
)  # fmt: skip
EQUAL = (
    "gpt-4o", "gpt-4o-mini", "claude-sonnet-4-6", "claude-haiku-4-5", "gemini-2.5-pro", "gemini-2.5-flash",
    "gemini-2.5-flash-lite", "mistral-small-2603", "GLM-5.3", "minimax-m3", "command-a", "llama-3.3-70b-versatile",
)  # fmt: skip


@pytest.fixture(scope="module")
def ids() -> tuple[Id, ...]:
    """The 30 models of the book that are no other way to be billed."""
    found = tuple((provider, model) for provider, model in NEW.answers if ":" not in model)
    assert len(found) == 30
    return found


@pytest.fixture(scope="module")
def kinds(ids: tuple[Id, ...]) -> dict[Kind, tuple[Verdict, ...]]:
    """What came of each of them between the two releases."""
    return dict(by_kind(compare_feeds(ids, OLD, NEW, AS_OF)))


def test_four_lists_and_nothing_else(kinds: dict[Kind, tuple[Verdict, ...]]) -> None:
    found = {kind: {one.model for one in listed} for kind, listed in kinds.items() if listed}
    assert found == {
        Kind.CHANGED: set(CHANGED),
        Kind.REFUSED: set(REFUSED),
        Kind.ADDED: set(ADDED),
        Kind.EQUAL: set(EQUAL),
    }
    assert [len(found[kind]) for kind in (Kind.CHANGED, Kind.REFUSED, Kind.ADDED, Kind.EQUAL)] == [6, 4, 8, 12]


def test_the_six_changes(kinds: dict[Kind, tuple[Verdict, ...]]) -> None:
    for verdict in kinds[Kind.CHANGED]:
        told = {one.what: (one.old, one.new) for one in verdict.changes}
        for what, values in CHANGED[verdict.model].items():
            assert told[what] == tuple(map(Decimal, values)), (verdict.model, what)


def test_the_four_refusals_say_whose_price_it_was(kinds: dict[Kind, tuple[Verdict, ...]]) -> None:
    assert {one.model: one.why for one in kinds[Kind.REFUSED]} == {
        model: f"genai-prices 0.1.4 answers with the price of {other}, another model"
        for model, other in REFUSED.items()
    }


@typed_release
def test_the_record_is_what_the_installed_feed_says() -> None:
    assert record(installed_feed(), NEW.answers, AS_OF) == (RECORDED / "0.2.3.json").read_text(encoding="utf-8")


# --- files ------------------------------------------------------------------------------------------------------------


def test_everything_survives_being_written_down() -> None:
    answers: dict[Id, Answer] = {
        ("maker", "five"): quote(step("2", "10", "0.2", "2026-05-01"), step("4", "20", start="2027-01-01"), context=9),
        ("maker", "old"): quote(step("2", "10", None, "2026-05-01", dated=False), past=(step("1", "5"),)),
        ("host", "long"): quote(tiered(prices("1.25", "10"), {200000: prices("2.5", "15", "0.3")})),
        ("host", "gone"): Silence(Reason.ABSENT, "nobody knows it"),
        ("host", "other"): Silence(Reason.OTHER, "it is another"),
    }
    feed = RecordedFeed("genai-prices 9.9.9", AS_OF, answers)
    assert parse_recorded(record(feed, answers, AS_OF)) == feed


def test_a_record_answers_for_its_day_and_later_ones() -> None:
    argon = NEW.quote("google", "gemini-4-argon", day("2026-12-02"))
    assert isinstance(argon, Quote)
    assert argon.now.prices == prices("4", "20", "0.2")
    assert argon.scheduled == ()
    assert argon.past[-1].prices == prices("2", "10", "0.1")
    assert NEW.quote("google", "gemini-4-argon", day("2026-11-21")) == Silence(
        Reason.ABSENT, "genai-prices 0.2.3 was recorded on 2026-11-22, after 2026-11-21"
    )
    assert isinstance(NEW.quote("google", "zzz", AS_OF), Silence)


def text(change: Callable[[dict[str, Any]], object] = lambda answer: answer, value: object = "10") -> str:
    """A record of one model with an output price, changed."""
    answer: dict[str, Any] = {"via": "genai-prices 9 five", "now": {"input": "2", "output": value}}
    change(answer)
    return json.dumps({"feed": "genai-prices 9", "day": "2026-11-22", "answers": {"maker": {"five": answer}}})


@pytest.mark.parametrize(
    "value", ["0", "-1", "NaN", "Infinity", "1e400", "0.0000001", "two", [], {}, None, 0, -1, 1e-9]
)
def test_a_recorded_value_that_is_no_price(value: object) -> None:
    said = parse_recorded(text(value=value)).quote("maker", "five", AS_OF)
    assert isinstance(said, Silence)
    assert said.reason is Reason.BAD
    assert "output price of five" in said.why


def test_a_recorded_number_is_read_as_it_is_written() -> None:
    said = parse_recorded(text().replace('"10"', "0.1")).quote("maker", "five", AS_OF)
    assert isinstance(said, Quote)
    assert said.now.prices.output == Decimal("0.1")  # and not 0.1000000000000000055511151231257827


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("", "Expecting value"),
        ("[]", "list indices"),
        ("[" * 100_000, "RecursionError|maximum"),
        (text().replace("2026-11-22", "tomorrow"), "tomorrow"),
        (text().replace('"five"', '"five": {}, "five"'), "'five' stands twice"),
        (text(lambda answer: answer.pop("now")), "now"),
        (text(lambda answer: answer.update(context="big")), "big"),
    ],
)
def test_what_is_no_record(tmp_path: Any, broken: str, said: str) -> None:
    file = tmp_path / "feed.json"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(FeedError, match=f"feed.json is no record of a feed: .*({said})"):
        read_recorded(file)


def test_a_record_that_cannot_be_opened(tmp_path: Any) -> None:
    with pytest.raises(FeedError, match="cannot be read"):
        read_recorded(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(FeedError, match="cannot be read"):
        read_recorded(tmp_path / "bytes.json")
