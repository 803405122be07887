"""Prices, ratios, bands, series, selections, tokens: what is listed, and what follows from it alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.worlds import AS_OF, SOURCE, ask, day, gap, make_world, model, prices, rate

from costbook.economy.rates import Part
from costbook.questions import PriceRowOf, Rates, Selection, Series, Unit, text_of
from costbook.questions.prices import Point

if TYPE_CHECKING:
    from costbook.world import World


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("price input", "2", "$2.00"),
        ("price cached", "0.20", "$0.20"),
        ("price write", "2.50", "$2.50"),
        ("price write-1h", "4", "$4.00"),
        ("price output", "10", "$10.00"),
        ("price cached on long", "0.125", "$0.125"),
        ("price output on moved at 2024-05-13", "15", "$15.00"),
        ("price output on moved", "10", "$10.00"),
        ("price input on long", "1.25", "$1.25"),  # the listed price is that of the lowest tier
        ("price input on gone at 2026-10-22", "5", "$5.00"),
    ],
)
def test_a_price_is_what_is_listed(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.USD_PER_MTOK
    assert (answer.value, answer.text) == (Decimal(value), shown)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("ratio five", "5", "5×"),
        ("ratio everyday", "5", "5×"),
        ("ratio long", "8", "8×"),
        ("ratio moved", "4", "4×"),
        ("ratio moved at 2024-05-13", "3", "3×"),
        ("ratio hosted", "1.338983050847457627118644068", "1.34×"),  # 0.79 ÷ 0.59
    ],
)
def test_a_ratio_is_output_over_input(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.MULTIPLE
    assert (answer.value, answer.text) == (Decimal(value), shown)


# first-party ratios: five 5, six 6, narrow 4, long 8, moved 4; the host's is 1.34
@pytest.mark.parametrize(
    ("text", "inside", "of", "shown"),
    [
        ("band 4..8 of first-party", 5, 5, "100%"),
        ("band 4..8 of current", 5, 6, "83.3%"),
        ("band 5..6 of first-party", 2, 5, "40%"),
        ("band 4..5 of first-party", 3, 5, "60%"),  # both ends are inside
        ("band 4.01..7.99 of first-party", 2, 5, "40%"),
        ("band 5..5 of maker", 1, 5, "20%"),
        ("band 1..2 of host", 1, 1, "100%"),
        ("band 9..10 of current", 0, 6, "0%"),
        ("band 3..3 of current at 2024-05-13", 1, 1, "100%"),  # only moved had a price
    ],
)
def test_a_band_counts_a_population(world: World, text: str, inside: int, of: int, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.SHARE
    assert answer.value == Decimal(inside) / of
    assert answer.text == shown
    assert f"{inside} of the n = {of} models" in answer.working.words
    assert answer.working.symbols.startswith(f"{inside} ÷ {of} ")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("models current", "five six narrow long moved hosted"),  # no alias, no other way of billing, none retired
        ("models first-party", "five six narrow long moved"),
        ("models maker", "five six narrow long moved"),
        ("models host", "hosted"),
        ("models giver", ""),
        ("models aliases", "latest"),
        ("models variants", "five:batch"),
        ("models retired", "gone"),
        ("models retired at 2026-10-22", ""),
        ("models current at 2026-10-22", "five six narrow long moved gone hosted"),
        ("models current at 2024-06-01", "moved"),
        ("models current at 2024-09-01", ""),  # inside a gap
        ("models current at 2020-01-01", ""),
        ("scenarios pair", "rag chat"),  # in the order of the set
        ("scenarios all", "chat rag hidden warm every support asked typed nothing"),
    ],
)
def test_a_selection(world: World, text: str, ids: str) -> None:
    answer = ask(world, text)
    assert answer == Selection(tuple(ids.split()))
    assert text_of(answer) == ", ".join(ids.split())


def test_a_model_more_changes_the_selection(world: World) -> None:
    more = replace(world, models={**world.models, "new": model("new", rate(prices("1", "2")))})
    assert ask(more, "models current") != ask(world, "models current")
    assert ask(more, "bill chat") == ask(world, "bill chat")


def test_the_prices_of_a_part_over_time(world: World) -> None:
    assert ask(world, "rates input on moved") == Series(
        "moved",
        "MOVED",
        Part.INPUT,
        AS_OF,
        (
            Point(day("2024-05-13"), day("2024-08-06"), Decimal("5.00"), dated=True, why=None, source=SOURCE),
            Point(day("2024-08-06"), day("2024-10-16"), None, dated=False, why="nobody wrote it down", source=None),
            Point(day("2024-10-16"), None, Decimal("2.50"), dated=False, why=None, source=SOURCE),
        ),
    )


def test_a_series_in_words(world: World) -> None:
    assert text_of(ask(world, "rates input on moved")) == (
        "$5.00 from 2024-05-13, not known from 2024-08-06, $2.50 from 2024-10-16"
    )


def test_a_model_is_called_by_its_name(world: World) -> None:
    assert ask(world, "name moved") == "MOVED"
    assert ask(world, "name seed") == "MOVED"


def test_a_part_that_was_not_offered_is_a_hole_in_the_series(world: World) -> None:
    points = ask(world, "rates cached on moved").points
    assert [(point.price, point.why) for point in points] == [
        (None, "not offered"),
        (None, "nobody wrote it down"),
        (Decimal("1.25"), None),
    ]


def test_a_series_ends_with_retirement(world: World) -> None:
    (point,) = ask(world, "rates input on gone").points
    assert point.until == day("2026-10-23")


def test_what_is_scheduled_is_in_the_series(world: World) -> None:
    rising = model(
        "rising",
        rate(prices("2", "10"), "2026-11-22", until="2026-12-01"),
        rate(prices("4", "20"), "2026-12-01"),
    )
    points = ask(replace(world, models={"rising": rising}), "rates output on rising").points
    assert [(str(one.start), str(one.until), one.price) for one in points] == [
        ("2026-11-22", "2026-12-01", 10),
        ("2026-12-01", "None", 20),
    ]


def test_a_price_ends_where_the_next_begins_also_if_it_had_stated_a_later_end(world: World) -> None:
    # An edition after the first learned that the increase came early, and closed a part of a gap.
    early = model(
        "early",
        gap("2025-01-01", "2026-01-01"),
        rate(prices("1", "2"), "2025-07-01", until="2026-01-01", edition=2),
        rate(prices("2", "10"), "2026-01-01", until="2026-12-01"),
        rate(prices("4", "20"), "2026-11-01", edition=2),
    )
    points = ask(replace(world, models={"early": early}), "rates output on early").points
    assert [(str(one.start), str(one.until)) for one in points] == [
        ("2025-01-01", "2025-07-01"),
        ("2025-07-01", "2026-01-01"),
        ("2026-01-01", "2026-11-01"),
        ("2026-11-01", "None"),
    ]


def test_a_series_without_a_model_follows_the_page(world: World) -> None:
    assert Rates(Part.INPUT).on_page("six").answer(world).model == "six"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tokens greeting", 5),
        ("tokens greeting in o200k_base", 5),
        ("tokens greeting in cl100k_base", 6),
        ("tokens examples", 6),
    ],
)
def test_the_tokens_of_a_text(world: World, text: str, value: int) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.TOKENS
    assert answer.value == value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("payback examples", "1.2", "1.2"),  # 6 tokens at a ratio of 5
        ("payback examples on six", "1", "1"),
        ("payback examples on long", "0.875", "0.9"),  # 7 tokens in its own encoding, at 8
        ("payback examples on moved at 2024-05-13", "2", "2"),
    ],
)
def test_examples_in_a_prompt_pay_back(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.TOKENS
    assert (answer.value, answer.text) == (Decimal(value), shown)


def test_a_row_of_a_price_table(world: World) -> None:
    row = PriceRowOf("long").answer(world)
    assert (row.id, row.name, row.provider, row.at) == ("long", "LONG", "The Maker", AS_OF)
    assert row.rate is not None
    assert row.rate.prices.input == Decimal("1.25")
    assert row.rate.tiers[0].above == 200000
    assert row.why is None


def test_a_retired_models_row_has_its_last_rate(world: World) -> None:
    row = PriceRowOf("gone").answer(world)
    assert row.retired == day("2026-10-23")
    assert row.rate is not None
    assert row.rate.prices.input == 5
    assert row.why is not None
    assert "retired" in row.why


def test_a_row_without_a_price_says_why(world: World) -> None:
    early = make_world(models=(model("later", rate(prices("1", "2"), "2027-01-01")),))
    row = PriceRowOf("later").answer(early)
    assert row.rate is None
    assert row.why == "later had no price on 2026-11-22; its first price starts on 2027-01-01"
    assert world.models["five"] == make_world().models["five"]
