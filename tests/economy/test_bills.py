"""Bills: amounts worked by hand in the comments, and properties that hold for every price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, FloatOperation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import FIVE, GONE, LONG, NARROW, model, prices, rate

from costbook.economy.bills import MTOK, Bill, NotOffered, Usage, price_usage
from costbook.economy.rates import NoRate, Part, Prices

DAY = date(2026, 11, 22)
# Claude Sonnet 4.6 on that day, the only price list here with all five parts.
SONNET = model("sonnet", rate(prices("3.00", "15.00", cached="0.30", write="3.75", write_1h="6.00")))
# Grok: the provider's rule is "from 200,000 tokens on", so the tier stands above 199,999.
GROK = model("grok", rate(prices("2.00", "6.00"), tiers={199999: prices("4.00", "12.00")}))


def billed(usage: Usage, of: object = SONNET, mtok: int = MTOK) -> Bill:
    """The bill of a usage that the model sells."""
    bill = price_usage(usage, of, DAY, mtok)  # type: ignore[arg-type]
    assert isinstance(bill, Bill), bill
    return bill


def refused(usage: Usage, of: object) -> str:
    """Why the model does not sell a usage."""
    answer = price_usage(usage, of, DAY)  # type: ignore[arg-type]
    assert isinstance(answer, NotOffered), answer
    return answer.why


def test_floats_are_trapped_here() -> None:
    with pytest.raises(FloatOperation):
        Decimal(0.1)  # noqa: RUF032


def test_all_five_parts_and_reasoning() -> None:
    bill = billed(Usage(input=1000, cached=4000, write=2000, write_1h=500, output=200, reasoning=300))
    assert bill.input == Decimal("0.003")  # 1,000 × 3.00 = 3,000 millionths of a dollar
    assert bill.cached == Decimal("0.0012")  # 4,000 × 0.30 = 1,200
    assert bill.write == Decimal("0.0075")  # 2,000 × 3.75 = 7,500
    assert bill.write_1h == Decimal("0.003")  # 500 × 6.00 = 3,000
    assert bill.output == Decimal("0.0075")  # (200 + 300) × 15.00 = 7,500
    assert bill.input_side == Decimal("0.0147")  # 3,000 + 1,200 + 7,500 + 3,000 = 14,700
    assert bill.total == Decimal("0.0222")  # 14,700 + 7,500


def test_each_part_is_found_under_its_name() -> None:
    bill = billed(Usage(input=1000, cached=4000, write=2000, write_1h=500, output=200))
    assert [bill.of(part) for part in Part] == [
        Decimal("0.003"),
        Decimal("0.0012"),
        Decimal("0.0075"),
        Decimal("0.003"),
        Decimal("0.003"),  # 200 × 15.00 = 3,000
    ]


def test_reasoning_is_billed_as_output_and_read_by_nobody() -> None:
    # 800 × 3 = 2,400 on both; 300 × 15 = 4,500 visible, 1,500 × 15 = 22,500 with what is hidden
    visible, hidden = billed(Usage(800, 300)), billed(Usage(800, 300, reasoning=1200))
    assert visible.total == Decimal("0.0069")
    assert hidden.total == Decimal("0.0249")
    assert hidden.input_side == visible.input_side


def test_a_usage_knows_what_is_read_and_what_is_written() -> None:
    usage = Usage(input=1000, cached=4000, write=2000, write_1h=500, output=200, reasoning=300)
    assert usage.prompt == 7500
    assert usage.written == 500
    assert [usage.of(part) for part in Part] == [1000, 4000, 2000, 500, 500]
    assert str(Usage(1500, 250)) == "1500+250"


@pytest.mark.parametrize(
    ("tokens", "input_cost", "output_cost"),
    [
        (200000, "0.25", "0.01"),  # 200,000 × 1.25 = 250,000; 1,000 × 10 = 10,000
        (200001, "0.5000025", "0.015"),  # one token more: 200,001 × 2.50 = 500,002.5; 1,000 × 15 = 15,000
        (1000000, "2.5", "0.015"),  # 1,000,000 × 2.50, and output too is re-priced
    ],
)
def test_above_200000_prompt_tokens_the_whole_request_is_repriced(
    tokens: int, input_cost: str, output_cost: str
) -> None:
    bill = billed(Usage(tokens, 1000), LONG)
    assert (bill.input, bill.output) == (Decimal(input_cost), Decimal(output_cost))


@pytest.mark.parametrize(("tokens", "input_cost", "output_cost"), [(199999, "0.399998", "6"), (200000, "0.8", "12")])
def test_a_tier_that_begins_at_200000(tokens: int, input_cost: str, output_cost: str) -> None:
    bill = billed(Usage(tokens, 1000000), GROK)
    assert (bill.input, bill.output) == (Decimal(input_cost), Decimal(output_cost))


def test_the_whole_prompt_decides_the_tier() -> None:
    # 199,000 + 1,001 = 200,001: 199,000 × 2.50 = 497,500; 1,001 × 0.25 = 250.25
    over = billed(Usage(input=199000, cached=1001), LONG)
    assert (over.input, over.cached) == (Decimal("0.4975"), Decimal("0.00025025"))
    # 199,000 + 1,000 = 200,000: 199,000 × 1.25 = 248,750; 1,000 × 0.125 = 125
    at = billed(Usage(input=199000, cached=1000), LONG)
    assert (at.input, at.cached) == (Decimal("0.24875"), Decimal("0.000125"))


def test_the_reply_decides_no_tier() -> None:
    assert billed(Usage(200000, 100000), LONG).output == Decimal(1)  # 100,000 × 10


def test_the_highest_threshold_passed_holds() -> None:
    steps = model(
        "steps", rate(prices("1", "1"), tiers={100: prices("2", "2"), 200: prices("3", "3"), 300: prices("4", "4")})
    )
    costs = [billed(Usage(tokens), steps, mtok=1).input for tokens in (100, 101, 200, 201, 300, 301)]
    assert costs == [100, 202, 400, 603, 900, 1204]


def test_the_bill_says_which_prices_it_used() -> None:
    assert billed(Usage(200001), LONG).prices == prices("2.50", "15.00", cached="0.25")
    assert billed(Usage(200000), LONG).prices == prices("1.25", "10.00", cached="0.125")


def test_prompt_and_reply_fit_into_the_window_together() -> None:
    assert billed(Usage(1500, 400, reasoning=100), NARROW).total == Decimal("0.00875")  # 1,500 × 2.50 + 500 × 10
    why = refused(Usage(1500, 401, reasoning=100), NARROW)
    assert "2,001 tokens" in why
    assert "NARROW" in why
    assert "2,000" in why


def test_cached_and_written_tokens_take_room_in_the_window() -> None:
    roomy = replace(FIVE, context=1000)
    assert "1,001" in refused(Usage(input=500, cached=200, write=200, write_1h=101), roomy)


@pytest.mark.parametrize(
    ("usage", "part"),
    [
        (Usage(input=10, cached=1), "cached input"),
        (Usage(input=10, write=1), "cache write"),
        (Usage(input=10, write_1h=1), "one-hour cache write"),
    ],
)
def test_a_part_without_a_price_is_not_offered(usage: Usage, part: str) -> None:
    assert refused(usage, NARROW) == f"NARROW has no price for {part} tokens"


def test_only_the_parts_used_have_to_be_offered() -> None:
    # 40 × 0.125 = 5 millionths; LONG offers no cache writes, and none are asked for
    assert billed(Usage(cached=40), LONG).total == Decimal("0.000005")
    assert billed(Usage(10, 10), NARROW).total == Decimal("0.000125")


def test_a_price_is_for_a_million_tokens_unless_the_world_says_otherwise() -> None:
    assert billed(Usage(800, 300)).total == Decimal("0.0069")
    assert billed(Usage(800, 300), mtok=1000).total == Decimal("6.9")


def test_a_bill_needs_a_rate_on_the_day() -> None:
    with pytest.raises(NoRate, match="retired"):
        price_usage(Usage(1, 1), GONE, DAY)


# --- properties ------------------------------------------------------------------------------------------------------

FEW = settings(max_examples=50)
TOKENS = st.integers(0, 10**6)
PRICE = st.decimals(min_value=0, max_value=10000, places=6)
USAGES = st.builds(Usage, TOKENS, TOKENS, TOKENS, TOKENS, TOKENS, TOKENS)
LISTED = st.builds(Prices, PRICE, PRICE, PRICE, PRICE, PRICE)


def total(usage: Usage, listed: Prices) -> Decimal:
    """The bill's total under one price list."""
    return billed(usage, model("any", rate(listed))).total


@FEW
@given(LISTED)
def test_no_tokens_cost_nothing(listed: Prices) -> None:
    assert total(Usage(), listed) == 0


@FEW
@given(USAGES, USAGES, LISTED)
def test_two_bills_add_up(one: Usage, other: Usage, listed: Prices) -> None:
    both = Usage(*(a + b for a, b in zip(one, other, strict=True)))
    assert total(one, listed) + total(other, listed) == total(both, listed)


@FEW
@given(USAGES, LISTED, st.integers(0, 1000))
def test_a_thousand_requests_cost_a_thousand_times_as_much(usage: Usage, listed: Prices, times: int) -> None:
    scaled = Usage(*(count * times for count in usage))
    assert total(scaled, listed) == total(usage, listed) * times


@FEW
@given(USAGES, LISTED, st.sampled_from(Usage._fields), st.integers(1, 10**6))
def test_more_tokens_never_cost_less(usage: Usage, listed: Prices, field: str, more: int) -> None:
    larger = usage._replace(**{field: getattr(usage, field) + more})
    assert total(larger, listed) >= total(usage, listed)


@FEW
@given(USAGES, LISTED, st.sampled_from(tuple(Part)), PRICE)
def test_a_higher_price_raises_its_own_part_only(usage: Usage, listed: Prices, part: Part, more: Decimal) -> None:
    before = billed(usage, model("any", rate(listed)))
    price = listed.of(part)
    assert price is not None
    after = billed(usage, model("any", rate(replace(listed, **{part.value: price + more}))))
    assert after.of(part) - before.of(part) == more * usage.of(part) / 1000000
    assert [after.of(other) for other in Part if other is not part] == [
        before.of(other) for other in Part if other is not part
    ]


@FEW
@given(USAGES, LISTED)
def test_the_total_is_the_sum_of_its_parts(usage: Usage, listed: Prices) -> None:
    bill = billed(usage, model("any", rate(listed)))
    assert bill.total == sum(bill.of(part) for part in Part)
    assert bill.input_side == bill.total - bill.output


@FEW
@given(st.integers(0, 400000), st.integers(0, 400000))
def test_a_tier_depends_on_the_prompt_alone(tokens: int, written: int) -> None:
    expected = Decimal("2.50") if tokens > 200000 else Decimal("1.25")
    bill = billed(Usage(tokens, written), LONG)
    assert bill.prices.input == expected
    assert bill.input == tokens * expected / 1000000
