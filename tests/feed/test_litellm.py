"""The second opinion: a wheel made here, and prices of it compared with a small book."""

from __future__ import annotations

import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.feed.books import MAKER, Shelf

from costbook.feed.litellm import PRICES, PriceFile, SecondOpinion, read_wheel, second_opinions
from costbook.feed.opinions import Opinions
from costbook.feed.quotes import FeedError

FIVE = {
    "input_cost_per_token": 2e-06,
    "cache_read_input_token_cost": 2e-07,
    "output_cost_per_token": 1e-05,
    "max_input_tokens": 400000,
}
LONG = {
    "input_cost_per_token": 1.25e-06,
    "input_cost_per_token_above_200k_tokens": 2.5e-06,
    "output_cost_per_token": 1e-05,
    "output_cost_per_token_above_200k_tokens": 1.5e-05,
    "output_cost_per_token_above_200k_tokens_priority": 9,
}


def wheel(folder: Path, text: str, release: str = "1.2.3") -> Path:
    """A wheel with a price file, and with code that must never run."""
    path = folder / f"litellm-{release}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("litellm/__init__.py", "raise SystemExit('litellm was imported')\n")
        archive.writestr(PRICES, text)
        archive.writestr(f"litellm-{release}.dist-info/METADATA", "Name: litellm\n")
    return path


def opinion(shelf: Shelf, model: str, entries: dict[str, Any], opinions: Opinions | None = None) -> SecondOpinion:
    """What entries say about a model of the small book; they are written and read again."""
    prices = read_wheel(wheel(shelf.root, json.dumps(entries)))
    found = second_opinions(shelf.book, prices, opinions or Opinions())
    return next(one for one in found if one.model == model)


def told(one: SecondOpinion) -> list[str]:
    return [f"{what}: {book} / {theirs and theirs.normalize():f}" for what, book, theirs in one.differences if theirs]


def test_a_wheel_is_read_and_not_imported(tmp_path: Path) -> None:
    prices = read_wheel(wheel(tmp_path, json.dumps({"five": FIVE})))
    assert prices.name == "litellm 1.2.3"
    assert not any(name.split(".")[0] == "litellm" for name in sys.modules)


def test_the_same_prices_agree(shelf: Shelf) -> None:
    entries = {"five": FIVE, "long": LONG}
    assert opinion(shelf, "five", entries).agrees
    assert opinion(shelf, "long", entries).agrees
    silent = opinion(shelf, "moved", entries)
    assert (silent.listed, silent.agrees, silent.differences) == (False, False, ())


def test_a_float_is_read_as_it_is_written(shelf: Shelf) -> None:
    text = json.dumps({"five": FIVE}).replace("2e-06", "0.000002").replace("1e-05", "0.0000100")
    prices = read_wheel(wheel(shelf.root, text))
    assert prices.entries["five"]["input_cost_per_token"] * 1_000_000 == Decimal(2)  # in floats 1.9999999999999998
    assert next(one for one in second_opinions(shelf.book, prices, Opinions()) if one.model == "five").agrees


def test_every_value_that_differs(shelf: Shelf) -> None:
    said = opinion(shelf, "five", {"five": {**FIVE, "output_cost_per_token": 1.2e-05, "max_input_tokens": 272000}})
    assert told(said) == ["output: 10.00 / 12", "context: 400000 / 272000"]
    assert not said.agrees


def test_a_price_that_the_book_does_not_offer(shelf: Shelf) -> None:
    said = opinion(shelf, "five", {"five": {**FIVE, "cache_creation_input_token_cost_above_1hr": 4e-06}})
    assert told(said) == ["write_1h: None / 4"]


def test_what_it_does_not_list_and_a_zero_are_no_opinion(shelf: Shelf) -> None:
    without = {key: one for key, one in FIVE.items() if not key.startswith(("cache", "max"))}
    assert opinion(shelf, "five", {"five": without}).agrees
    assert opinion(shelf, "five", {"five": {**FIVE, "cache_creation_input_token_cost": 0.0}}).agrees
    assert not opinion(shelf, "five", {"five": {**FIVE, "input_cost_per_token": 0}}).listed


def test_a_threshold_one_token_apart(shelf: Shelf) -> None:
    host = shelf.files["book/data/prices/host.yaml"].replace("above: 200000", "above: 199999")
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/host.yaml": host}).write()
    said = opinion(changed, "long", {"long": LONG})
    assert told(said) == ["input above 199999: 2.50 / 1.25", "output above 199999: 15.00 / 10"]


def test_a_tier_that_only_one_of_them_has(shelf: Shelf) -> None:
    flat = {key: one for key, one in LONG.items() if "above" not in key}
    assert told(opinion(shelf, "long", {"long": flat})) == [
        "input above 200000: 2.50 / 1.25",
        "output above 200000: 15.00 / 10",
    ]
    tiered = {**FIVE, "input_cost_per_token_above_128k_tokens": 4e-06}
    assert told(opinion(shelf, "five", {"five": tiered})) == ["input above 128000: 2.00 / 4"]


def test_batch_and_hours_are_compared_with_their_like(shelf: Shelf) -> None:
    more = """
  five:batch:
    name: Five (batch)
    billing: in batches
    rates:
      - {known_from: 2026-01-01, input: 1.00, output: 5.00, edition: 1, source: &}
  five:peak:
    name: Five (peak)
    billing: at peak
    rates:
      - {known_from: 2026-01-01, input: 4.00, output: 20.00, edition: 1, source: &}
""".replace("&", "{via: genai-prices 0.2.3 five, url: https://example.org, checked: 2026-11-22}")
    text = MAKER.replace("# The end of the maker.\n", more)
    changed = Shelf(shelf.root, {**shelf.files, "book/data/prices/maker.yaml": text}).write()
    cheap = {"input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 2e-07}
    dear = {"input_cost_per_token": 4e-06, "output_cost_per_token": 2e-05, "off_peak_pricing": cheap}
    batch = {"input_cost_per_token_batches": 1e-06, "output_cost_per_token_batches": 6e-06}
    entries = {"five": {**dear, **batch}}
    assert opinion(changed, "five", entries).agrees
    assert opinion(changed, "five:peak", entries).agrees
    assert told(opinion(changed, "five:batch", entries)) == ["output: 5.00 / 6"]
    assert not opinion(changed, "five:batch", {"five": dear}).listed


def test_names_of_the_other_list(shelf: Shelf) -> None:
    named = Opinions(names=(("litellm", "five", "five-2026-01"),))
    assert opinion(shelf, "five", {"five-2026-01": FIVE}, named).agrees
    assert not opinion(shelf, "five", {"five-2026-01": FIVE}).listed
    prices = PriceFile("1", {"zai/glm-5.3": {"x": 1}, "glm-5.3": {"x": 2}, "gemini/g": {"x": 3}})
    assert prices.entry("zai", "GLM-5.3") == {"x": 1}
    assert prices.entry("google", "g") == {"x": 3}
    assert prices.entry("openai", "g") is None


@pytest.mark.parametrize("value", [-2e-06, float("nan"), float("inf"), "2e-06", 1e400, 1.23456789e-06, 1e300])
def test_a_value_that_is_no_price_is_said_and_not_compared(shelf: Shelf, value: object) -> None:
    said = opinion(shelf, "five", {"five": {**FIVE, "output_cost_per_token": value}})
    assert said.differences == ()
    assert len(said.bad) == 1
    assert "output price of five" in said.bad[0]


def test_what_is_no_wheel(tmp_path: Path) -> None:
    (tmp_path / "text.whl").write_text("not a zip")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    for name in ("text.whl", "other.whl", "none.whl"):
        with pytest.raises(FeedError, match=f"{name} is no wheel of litellm"):
            read_wheel(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"five": {"a": 1, "a": 2}}', "'a' stands twice"),
        ("[]", "no table of models"),
        ('{"five": 1}', "no table of models"),
    ],
)
def test_a_price_file_that_cannot_be_read(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FeedError, match=said):
        read_wheel(wheel(tmp_path, text))


def test_a_huge_price_file_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "litellm-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(PRICES, "w") as stream:
        for _ in range(60):
            stream.write(b" " * 1_000_000)
    with pytest.raises(FeedError, match=r"60,000,000 bytes long; at most 50,000,000"):
        read_wheel(path)
