"""What the sources of this book print, put to its own price book: where they are right, and where they are not.

Every expected amount is worked from the listed prices in the comment beside it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.worlds import ask

from costbook.questions import Side

if TYPE_CHECKING:
    from costbook.world import World


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        # S001 prints $2.67 a day: 13 prompt tokens × 2.50 + 266 × 10 = 2,692.5 millionths, 1,000 times
        ("daily estimate-cost on gpt-4o", "2.6925", "$2.69"),
        ("bill estimate-cost on gpt-4o", "0.0026925", "$0.00269"),
        ("tokens estimate-prompt in o200k_base", "13", "13"),
        # S001, right: 500 × 10 × 1,000 × 30 and 100 × 10 × 1,000 × 30
        ("monthly verbose on gpt-4o", "150", "$150.00"),
        ("monthly concise on gpt-4o", "30", "$30.00"),
        ("daily verbose on gpt-4o", "5", "$5.00"),
        # S001 and S002, right for output alone: (5,000 − 1,000) ÷ 5,000
        ("saving-share verbose to concise on gpt-4o", "0.8", "80%"),
        # with a prompt of 1,000 tokens: 2,500 + 5,000 = 7,500 and 2,500 + 1,000 = 3,500, so 4,000 ÷ 7,500
        ("saving-share verbose-1k to concise-1k on gpt-4o", "0.5333333333333333333333333333", "53.3%"),
        ("daily verbose-1k on gpt-4o", "7.5", "$7.50"),
        ("daily concise-1k on gpt-4o", "3.5", "$3.50"),
        # S001's system prompt of 5,000 tokens, 10,000 times a day, without and with a cache
        ("daily support-prompt on gpt-4o", "125", "$125.00"),  # 50,000,000 × 2.50
        ("daily support-prompt on claude-sonnet-4-6", "150", "$150.00"),  # 50,000,000 × 3
        # no write price: 5,000 × 2.50 once = 0.0125; 9,999 × 5,000 × 1.25 = 62.49375
        ("cached-bill support-prompt over 10000r on gpt-4o", "62.50625", "$62.51"),
        # 5,000 × 3.75 once = 0.01875; 9,999 × 5,000 × 0.30 = 14.9985
        ("cached-bill support-prompt over 10000r on claude-sonnet-4-6", "15.01725", "$15.02"),
        ("cached-bill support-prompt over 1d on claude-sonnet-4-6", "15.01725", "$15.02"),
        ("cache-break-even support-prompt on claude-sonnet-4-6", "1", "1"),  # 3.75 + 0.30 < 6.00
        # S004, right: three times as much, at launch
        ("ratio gpt-4o at 2024-05-13", "3", "3×"),
        ("price output on gpt-4o at 2024-05-13", "15", "$15.00"),
        # S003's three models
        ("ratio gpt-4o", "4", "4×"),
        ("ratio claude-sonnet-4-6", "5", "5×"),
        ("ratio gemini-2.5-pro", "8", "8×"),
        # S000's meter at $3 and $15, with the true counts of this book's own texts: 7 × 3 and 12 × 15
        ("tokens haiku-prompt", "7", "7"),
        ("tokens haiku", "12", "12"),
        ("bill haiku for input on claude-sonnet-4-6", "0.000021", "$0.0000210"),
        ("bill haiku for output on claude-sonnet-4-6", "0.00018", "$0.000180"),
        # S000's "output, by far": retrieval reads 4,000 × 2 = 8,000 and writes 200 × 10 = 2,000
        ("share rag for input on gpt-6.1-sol", "0.8", "80%"),
        # the tie of the rule O > I ÷ r: 4,000 at 4 times
        ("break-even rag on gpt-4o", "1000", "1,000"),
        # S004's "same price for every token": 200,000 and one more, with 1,000 out on Gemini 2.5 Pro
        ("bill 200000+1000 on gemini-2.5-pro", "0.26", "$0.260"),
        ("bill 200001+1000 on gemini-2.5-pro", "0.5150025", "$0.515"),
        # Grok's rule is inclusive: 200,000 tokens pay 4.00 already, 199,999 pay 2.00
        ("bill 199999+0 on grok-4.7", "0.399998", "$0.400"),
        ("bill 200000+0 on grok-4.7", "0.8", "$0.800"),
    ],
)
def test_an_anchor(book: World, text: str, value: str, shown: str) -> None:
    answer = ask(book, text)
    assert (answer.value, answer.text) == (Decimal(value), shown)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        # S000's table of five scenarios, at its own ratio of 5: input dominates two of them
        ("side classifier on claude-sonnet-4-6", Side.INPUT),
        ("side summary on claude-sonnet-4-6", Side.OUTPUT),
        ("side rag on claude-sonnet-4-6", Side.INPUT),
        ("side chat-reply on claude-sonnet-4-6", Side.OUTPUT),
        ("side code on claude-sonnet-4-6", Side.OUTPUT),
        # and at 4 and 8: its verdicts are stable
        ("side rag on gpt-4o", Side.INPUT),
        ("side rag on gemini-2.5-pro", Side.INPUT),
        ("side chat-reply on gpt-4o", Side.OUTPUT),
        ("side chat-reply on deepseek-v4-pro", Side.OUTPUT),  # 800 against 900 at 3 times
        # a tie is a verdict of its own: 1,500 × 5 = 7,500 = 250 × 30
        ("side 1500+250 on gpt-5.5", Side.EQUAL),
        ("side 1501+250 on gpt-5.5", Side.INPUT),
        ("side 1500+251 on gpt-5.5", Side.OUTPUT),
    ],
)
def test_a_verdict(book: World, text: str, side: Side) -> None:
    assert ask(book, text).side is side


def test_caching_halves_one_models_price_and_takes_nine_tenths_of_another(book: World) -> None:
    # "cut your input costs by 80-90%": 1.25 of 2.50 on GPT-4o, 0.30 of 3.00 on Claude Sonnet 4.6
    for model_id, part in (("gpt-4o", Decimal("0.5")), ("claude-sonnet-4-6", Decimal("0.1"))):
        cached, fresh = (ask(book, f"price {part} on {model_id}").value for part in ("cached", "input"))
        assert cached == fresh * part


@pytest.mark.parametrize(
    ("model_id", "times"),
    [
        ("gpt-4o", Decimal("3.4")),  # (800 + 1,500 × 4) ÷ (800 + 300 × 4) = 6,800 ÷ 2,000
        ("gemini-2.5-pro", Decimal(4)),  # (800 + 12,000) ÷ (800 + 2,400)
        ("deepseek-v4-pro", Decimal(5300) / 1700),  # at 3 times
        ("gpt-6.1-sol", Decimal(8300) / 2300),  # at 5 times
    ],
)
def test_hidden_reasoning_costs_three_to_four_times_what_can_be_seen(
    book: World, model_id: str, times: Decimal
) -> None:
    whole = ask(book, f"bill reasoning on {model_id}").value
    visible = ask(book, f"bill chat-reply on {model_id}").value
    assert whole / visible == times
    assert 3 <= whole / visible <= 4


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("price input on gpt-4o at 2024-09-01", "is not known"),
        ("price input on gpt-4o-2024-05-13", "was retired on 2026-10-23"),
        ("price input on gpt-6-luna at 2020-01-01", "first evidence"),  # the feed has no launch dates and would answer
        ("price input on gpt-4o at 2024-05-12", "first price starts on 2024-05-13"),
        ("price input on claude-sonnet-4-6-zzz", "unknown model 'claude-sonnet-4-6-zzz'"),  # no match by prefix
    ],
)
def test_what_the_price_feed_would_have_answered_wrongly(book: World, text: str, why: str) -> None:
    with pytest.raises(LookupError, match=why):
        ask(book, text)


@pytest.mark.parametrize(
    ("at", "shown"),
    [("2026-11-22", "$2.00"), ("2026-11-30", "$2.00"), ("2026-12-01", "$4.00"), ("2027-06-01", "$4.00")],
)
def test_a_scheduled_price_begins_on_its_day(book: World, at: str, shown: str) -> None:
    assert ask(book, f"price input on gemini-4-argon at {at}").text == shown


def test_a_long_context_tier_may_end(book: World) -> None:
    # Claude Sonnet 4.6 took 6.00 above 200,000 tokens until 2026-03-13: 250,000 × 6 = 1.50, then × 3 = 0.75
    assert ask(book, "bill 250000+0 on claude-sonnet-4-6 at 2026-03-12").text == "$1.50"
    assert ask(book, "bill 250000+0 on claude-sonnet-4-6 at 2026-03-13").text == "$0.750"
