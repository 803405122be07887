"""The price book of the first edition against prices typed by hand.

The tables below are text on purpose: they were typed from the comparison of price sources made for that
edition, and nothing produces them from the files they check. USD per million tokens; ``-``: not offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.editions import AS_OF, first_world

from costbook.economy.rates import NoRate, Prices, Rate

if TYPE_CHECKING:
    from costbook.world import World

LAST_DAY_OF_THE_SNAPSHOT = date(2026, 10, 22)  # gpt-4o-2024-05-13 was retired the day after

#  model                   input  cached write  1 h  output  context  above: input cached write 1 h output
BASE = """
gpt-4o                     2.5    1.25   -      -    10      128000
gpt-4o-2024-05-13          5      -      -      -    15      128000
gpt-4o-mini                0.15   0.075  -      -    0.6     128000
gpt-5.5                    5      0.5    -      -    30      1000000  272000: 10 1 - - 45
gpt-6.1-sol                2      0.10   2.5    -    10      1050000  272000: 4 0.2 5 - 15
gpt-6-luna                 0.10   0.01   0.125  -    0.50    1050000  272000: 0.2 0.02 0.25 - 0.75
claude-sonnet-4-6          3      0.30   3.75   6    15      1000000
claude-sonnet-5            2      0.2    2.5    4    10      1000000
claude-haiku-4-5           1      0.1    1.25   2    5       200000
claude-opus-5-5            4      0.2    5      8    20      1000000
claude-sonnet-5-5          2      0.1    2.5    4    10      1000000
gemini-2.5-pro             1.25   0.125  -      -    10      1048576  200000: 2.5 0.25 - - 15
gemini-2.5-flash           0.30   0.03   -      -    2.5     1048576
gemini-2.5-flash-lite      0.10   0.01   -      -    0.4     1000000
gemini-3.8-flash           0.75   0.075  -      -    3.75    1000000
gemini-4-argon             2      0.1    -      -    10      1048576
deepseek-v4-pro            0.66   0.022  -      -    1.98    1000000
deepseek-v4-flash          0.15   0.003  -      -    0.6     1000000
mistral-large-4            0.70   0.07   -      -    2.10    1048576
mistral-medium-3-5         1.5    0.15   -      -    7.5     262144
mistral-small-2603         0.15   0.015  -      -    0.60    262144
mistral-small-latest       0.15   0.015  -      -    0.60    262144
grok-4.5                   2      0.3    -      -    6       500000   199999: 4 0.6 - - 12
grok-4.7                   2      0.5    -      -    6       500000   199999: 4 1 - - 12
kimi-k3.1-pro              2      0.2    2      4    10      1048576
GLM-5.3                    1.4    0.26   -      -    4.4     1000000
muse-spark-1.2             1.25   0.15   -      -    4.25    1048576
minimax-m3                 0.3    0.06   -      -    1.2     1000000  512000: 0.6 0.12 - - 2.4
command-a                  2.5    -      -      -    10      256000
llama-3.3-70b-versatile    0.59   -      -      -    0.79    131072
"""

#  In a batch, cached input keeps its standard price at GPT-4o, GPT-4o mini and Gemini 2.5; else it falls.
VARIANTS = """
gpt-4o:batch                 1.25   1.25    -       -    5      128000
gpt-4o:extended              6      -       -       -    18     -
gpt-4o-2024-05-13:batch      2.5    -       -       -    7.5    128000
gpt-4o-mini:batch            0.075  0.075   -       -    0.3    128000
gpt-5.5:batch                2.5    0.25    -       -    15     1000000  272000: 5 0.5 - - 22.5
gpt-6.1-sol:batch            1      0.05    1.25    -    5      1050000  272000: 2 0.1 2.5 - 7.5
gpt-6-luna:batch             0.05   0.005   0.0625  -    0.25   1050000  272000: 0.1 0.01 0.125 - 0.375
claude-sonnet-4-6:batch      1.5    0.15    1.875   3    7.5    1000000
claude-sonnet-5:batch        1      0.1     1.25    2    5      1000000
claude-haiku-4-5:batch       0.5    0.05    0.625   1    2.5    200000
claude-opus-5-5:batch        2      0.1     2.5     4    10     1000000
claude-sonnet-5-5:batch      1      0.05    1.25    2    5      1000000
gemini-2.5-pro:batch         0.625  0.125   -       -    5      1048576  200000: 1.25 0.25 - - 7.5
gemini-2.5-flash:batch       0.15   0.03    -       -    1.25   1048576
gemini-2.5-flash-lite:batch  0.05   0.01    -       -    0.2    1000000
gemini-3.8-flash:batch       0.375  0.0375  -       -    1.875  1000000
gemini-4-argon:batch         1      0.05    -       -    5      1048576
mistral-large-4:batch        0.35   0.035   -       -    1.05   1048576
mistral-medium-3-5:batch     0.75   0.075   -       -    3.75   262144
mistral-small-2603:batch     0.075  0.0075  -       -    0.3    262144
mistral-small-latest:batch   0.075  0.0075  -       -    0.3    262144
deepseek-v4-pro:peak         1.32   0.044   -       -    3.96   1000000
deepseek-v4-flash:peak       0.3    0.006   -       -    1.2    1000000
"""


@pytest.fixture(scope="module")
def book() -> World:
    """The book as its first edition had it."""
    return first_world()


@dataclass(frozen=True)
class Line:
    """One line of a table."""

    id: str
    prices: Prices
    context: int | None
    tiers: dict[int, Prices]


def prices(words: list[str]) -> Prices:
    """Prices from five words: input, cached, write, one-hour write, output."""
    given, cached, write, write_1h, output = (None if word == "-" else Decimal(word) for word in words)
    assert given is not None
    assert output is not None
    return Prices(input=given, output=output, cached=cached, write=write, write_1h=write_1h)


def line(text: str) -> Line:
    """One line of a table, read."""
    words = text.split()
    model, per_part, context, tier = words[0], words[1:6], words[6], words[7:]
    return Line(
        id=model,
        prices=prices(per_part),
        context=None if context == "-" else int(context),
        tiers={int(tier[0].rstrip(":")): prices(tier[1:])} if tier else {},
    )


def lines(table: str) -> list[Line]:
    return [line(text) for text in table.strip().splitlines()]


def tiers_of(rate: Rate) -> dict[int, Prices]:
    return {tier.above: tier.prices for tier in rate.tiers}


def listed(book: World, model: str, day: date) -> tuple[Decimal, Decimal]:
    """Input and output price of a model on a day."""
    rate = book.models[model].rate_on(day)
    return rate.prices.input, rate.prices.output


@pytest.mark.parametrize("expected", lines(BASE) + lines(VARIANTS), ids=lambda expected: expected.id)
def test_the_book_has_the_prices_typed_by_hand(book: World, expected: Line) -> None:
    model = book.models[expected.id]
    rate = model.rate_on(AS_OF if model.retired is None else LAST_DAY_OF_THE_SNAPSHOT)
    assert rate.prices == expected.prices
    assert tiers_of(rate) == expected.tiers
    assert model.context == expected.context


def test_the_tables_leave_no_model_out(book: World) -> None:
    typed = [expected.id for expected in lines(BASE)]
    assert len(typed) == 30
    assert sorted(typed) == sorted(model.id for model in book.models.values() if model.is_base)
    variants = [expected.id for expected in lines(VARIANTS)]
    assert sorted(variants) == sorted(model.id for model in book.models.values() if not model.is_base)


def test_each_provider_has_its_models(book: World) -> None:
    counts: dict[str, int] = {}
    for model in book.models.values():
        if model.is_base:
            counts[model.provider] = counts.get(model.provider, 0) + 1
    assert counts == {
        "openai": 6, "anthropic": 5, "google": 5, "mistral": 4, "deepseek": 2, "x-ai": 2,
        "moonshotai": 1, "zai": 1, "meta": 1, "minimax": 1, "cohere": 1, "groq": 1,
    }  # fmt: skip
    assert [provider.id for provider in book.providers.values() if not provider.first_party] == ["groq"]


# ── GPT-4o: a launch price, a gap, and a lower price of which only the first evidence is dated


@pytest.mark.parametrize("day", [date(2024, 5, 13), date(2024, 8, 5)])
def test_gpt_4o_cost_its_launch_price_until_the_gap(book: World, day: date) -> None:
    rate = book.models["gpt-4o"].rate_on(day)
    assert rate.prices == Prices(input=Decimal(5), output=Decimal(15))  # and no cached input
    assert rate.dated


@pytest.mark.parametrize("day", [date(2024, 8, 6), date(2024, 10, 15)])
def test_gpt_4o_has_no_known_price_inside_the_gap(book: World, day: date) -> None:
    with pytest.raises(NoRate, match=r"not known.*alias moved"):
        book.models["gpt-4o"].rate_on(day)


def test_gpt_4o_had_no_price_before_its_launch(book: World) -> None:
    with pytest.raises(NoRate, match="2024-05-13"):
        book.models["gpt-4o"].rate_on(date(2024, 5, 12))


def test_gpt_4o_after_the_gap_is_known_from_first_evidence(book: World) -> None:
    rate = book.models["gpt-4o"].rate_on(date(2024, 10, 16))
    assert rate.prices == Prices(input=Decimal("2.5"), cached=Decimal("1.25"), output=Decimal(10))
    assert not rate.dated


def test_the_launch_snapshot_is_retired(book: World) -> None:
    for model in ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13:batch"):
        assert book.models[model].retired == date(2026, 10, 23)
        with pytest.raises(NoRate, match="retired"):
            book.models[model].rate_on(AS_OF)
    assert listed(book, "gpt-4o-2024-05-13", LAST_DAY_OF_THE_SNAPSHOT) == (Decimal(5), Decimal(15))


# ── Dated changes


def test_sonnet_lost_its_long_context_tier(book: World) -> None:
    sonnet = book.models["claude-sonnet-4-6"]
    flat = prices(["3", "0.30", "3.75", "6", "15"])
    before, after = sonnet.rate_on(date(2026, 3, 12)), sonnet.rate_on(date(2026, 3, 13))
    assert before.prices == flat
    assert tiers_of(before) == {200_000: prices(["6", "0.6", "7.5", "12", "22.5"])}
    assert before.prices_for(200_000) == flat
    assert before.prices_for(200_001).output == Decimal("22.5")
    assert after.prices == flat
    assert after.tiers == ()
    with pytest.raises(NoRate, match="2026-02-17"):
        sonnet.rate_on(date(2026, 2, 16))


#  id, the day of the change, then input and output before and after it
CHANGES = """
gemini-4-argon          2026-12-01   2      10      4     20
gemini-4-argon:batch    2026-12-01   1      5       2     10
gemini-3.8-flash        2027-01-01   0.75   3.75    1.5   7.5
gemini-3.8-flash:batch  2027-01-01   0.375  1.875   0.75  3.75
mistral-large-4         2026-10-20   0.68   2.09    1.36  4.18
mistral-large-4         2026-10-29   1.36   4.18    0.7   2.1
mistral-large-4:batch   2026-10-20   0.34   1.045   0.68  2.09
mistral-large-4:batch   2026-10-29   0.68   2.09    0.35  1.05
mistral-small-latest    2026-03-16   0.1    0.3     0.15  0.6
deepseek-v4-pro         2026-08-17   0.435  0.87    0.66  1.98
deepseek-v4-flash       2026-08-17   0.14   0.28    0.22  0.66
deepseek-v4-flash       2026-09-10   0.22   0.66    0.15  0.6
"""


@pytest.mark.parametrize("change", CHANGES.strip().splitlines(), ids=lambda change: " ".join(change.split()[:2]))
def test_a_price_changes_on_its_day(book: World, change: str) -> None:
    model, changed, *amounts = change.split()
    day = date.fromisoformat(changed)
    input_before, output_before, input_after, output_after = map(Decimal, amounts)
    assert listed(book, model, day - timedelta(days=1)) == (input_before, output_before)
    assert listed(book, model, day) == (input_after, output_after)


def test_a_tier_that_begins_at_a_round_number_begins_there(book: World) -> None:
    # xAI writes "200k and more", the others "more than 200k"
    grok = book.models["grok-4.7"].rate_on(AS_OF)
    assert grok.prices_for(199_999).input == Decimal(2)
    assert grok.prices_for(200_000).input == Decimal(4)
    gemini = book.models["gemini-2.5-pro"].rate_on(AS_OF)
    assert gemini.prices_for(200_000).input == Decimal("1.25")
    assert gemini.prices_for(200_001).input == Decimal("2.5")


# ── What is dated, and what is only known


def test_only_a_dated_source_gives_a_start(book: World) -> None:
    """A release date is not the start of a price: most rows in force are known from first evidence only."""
    in_force = {m.id: m.rate_on(AS_OF) for m in book.models.values() if m.is_base and m.retired is None}
    assert {model: rate.start.isoformat() for model, rate in in_force.items() if rate.dated} == {
        "claude-sonnet-4-6": "2026-03-13",
        "deepseek-v4-pro": "2026-08-17",
        "deepseek-v4-flash": "2026-09-10",
        "mistral-large-4": "2026-10-29",
        "mistral-small-latest": "2026-03-16",
    }


def test_asking_before_the_first_evidence_is_an_error_that_says_so(book: World) -> None:
    with pytest.raises(NoRate, match=r"first evidence.*2026-11-22"):
        book.models["gpt-6.1-sol"].rate_on(date(2026, 11, 21))
    with pytest.raises(NoRate, match=r"first evidence.*2026-10-14"):
        book.models["claude-opus-5-5:batch"].rate_on(date(2026, 10, 13))


def test_every_row_says_where_and_when_it_was_read(book: World) -> None:
    for model in book.models.values():
        for period in model.periods:
            if isinstance(period, Rate):
                assert period.source.via.startswith("genai-prices 0.2.3 "), model.id
                assert period.source.url.startswith("https://"), model.id
                assert period.source.checked <= AS_OF, model.id


# ── Ids that are not a model of their own


def test_another_way_to_be_billed_says_what_it_is(book: World) -> None:
    for model in book.models.values():
        if not model.is_base:
            assert model.billing, model.id
            assert model.id.partition(":")[0] in book.models
    for model_id in ("deepseek-v4-pro:peak", "deepseek-v4-flash:peak"):
        words = book.models[model_id].billing or ""
        assert "01:00 and 04:00" in words
        assert "06:00 and 10:00" in words
        assert "Monday to Friday" in words


def test_a_moving_alias_is_marked(book: World) -> None:
    assert sorted(model.id for model in book.models.values() if model.alias) == [
        "mistral-small-latest",
        "mistral-small-latest:batch",
    ]


def test_only_models_that_the_tokenizer_maps_name_an_encoding(book: World) -> None:
    named = {model.id: model.encoding for model in book.models.values() if model.is_base and model.encoding}
    assert named == dict.fromkeys(("gpt-4o", "gpt-4o-2024-05-13", "gpt-4o-mini", "gpt-5.5"), "o200k_base")
