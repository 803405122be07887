"""Bills, shares, savings and ties on a small world; every amount is worked in millionths of a dollar, "m$".

FIVE takes 2.00 for input, 0.20 cached, 2.50 and 4.00 for cache writes, 10.00 for output, per million tokens.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.worlds import FREE_INPUT, FREE_OUTPUT, ask, make_world

from costbook.questions import Figure, NotOffered, Side, Unanswerable, Unit, Verdict, text_of

if TYPE_CHECKING:
    from costbook.world import World


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        # chat: 800 × 2 = 1,600 m$; 300 × 10 = 3,000 m$
        ("bill chat", "0.0046", "$0.00460"),
        ("bill chat for input", "0.0016", "$0.00160"),
        ("bill chat for output", "0.003", "$0.00300"),
        ("bill chat for cached", "0", "$0.00"),
        ("bill chat for reasoning", "0", "$0.00"),
        # on six: 800 × 5 = 4,000; 300 × 30 = 9,000
        ("bill chat on six", "0.013", "$0.0130"),
        ("bill chat on five:batch", "0.0023", "$0.00230"),  # 800 × 1 + 300 × 5 = 2,300
        # moved, at launch 5 and 15, since 2024-10-16 2.50 and 10
        ("bill chat on moved at 2024-05-13", "0.0085", "$0.00850"),  # 4,000 + 4,500
        ("bill chat on moved", "0.005", "$0.00500"),  # 2,000 + 3,000
        ("bill chat on seed", "0.005", "$0.00500"),
        # hidden: 1,600 + (300 + 1,200) × 10 = 16,600, of which 12,000 cannot be seen
        ("bill hidden", "0.0166", "$0.0166"),
        ("bill hidden for output", "0.015", "$0.0150"),
        ("bill hidden for reasoning", "0.012", "$0.0120"),
        # every: 2,000 + 4,000 × 0.20 + 2,000 × 2.50 + 500 × 4 + 500 × 10 = 2,000 + 800 + 5,000 + 2,000 + 5,000
        ("bill every", "0.0148", "$0.0148"),
        ("bill every for input", "0.0098", "$0.00980"),
        ("bill every for cached", "0.0008", "$0.000800"),
        ("bill every for write", "0.007", "$0.00700"),
        ("bill every for output", "0.005", "$0.00500"),
        ("bill every for reasoning", "0.003", "$0.00300"),
        # a text of five words, six tokens in the other encoding: 5 × 2 + 1,000; 6 × 1.25 + 1,000
        ("bill typed", "0.00101", "$0.00101"),
        ("bill typed on long", "0.0010075", "$0.00101"),
        # inline usages; above 200,000 prompt tokens: 200,001 × 2.50 + 1,000 × 15 = 500,002.5 + 15,000
        ("bill 1500+250 on six", "0.015", "$0.0150"),
        ("bill 200000+1000 on long", "0.26", "$0.260"),
        ("bill 200001+1000 on long", "0.5150025", "$0.515"),
        ("bill 0+0", "0", "$0.00"),
        ("bill nothing", "0", "$0.00"),
        # a day of 1,000 and of 10 requests, a month of 30 days
        ("daily chat", "4.6", "$4.60"),
        ("daily chat for output", "3", "$3.00"),
        ("daily every", "0.148", "$0.148"),
        ("daily every for write", "0.07", "$0.0700"),
        ("monthly chat", "138", "$138.00"),
        ("monthly chat for input", "48", "$48.00"),
        ("monthly every", "4.44", "$4.44"),
        ("monthly hidden for reasoning", "360", "$360.00"),
    ],
)
def test_a_bill(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.USD
    assert answer.value == Decimal(value)
    assert answer.text == shown


@pytest.mark.parametrize(
    ("text", "of", "whole", "shown"),
    [
        ("share chat for output", 3000, 4600, "65.2%"),
        ("share chat for input", 1600, 4600, "34.8%"),
        ("share rag for input", 8000, 10000, "80%"),
        ("share hidden for reasoning", 12000, 16600, "72.3%"),
        ("share every for write", 7000, 14800, "47.3%"),
        ("share every for cached", 800, 14800, "5.4%"),
        ("share 1500+250 for input on six", 7500, 15000, "50%"),
        ("share warm for cached", 600, 2000, "30%"),  # 200 × 2 + 3,000 × 0.20 + 100 × 10 = 400 + 600 + 1,000
        # |8,000 − 2,000| ÷ 8,000; |1,600 − 3,000| ÷ 3,000
        ("margin rag", 6000, 8000, "75%"),
        ("margin chat", 1400, 3000, "46.7%"),
        ("margin warm", 0, 1000, "0%"),
        ("margin 1500+250 on six", 0, 7500, "0%"),
        # a month: rag 10,000 m$ × 30,000 = $300, chat $138
        ("saving-share rag to chat", 162, 300, "54%"),
        ("saving-share chat to rag", -162, 138, "\u2212117.4%"),
    ],
)
def test_a_share(world: World, text: str, of: int, whole: int, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.SHARE
    assert answer.value == Decimal(of) / whole
    assert answer.text == shown


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("saving rag to chat", "162", "$162.00"),
        ("saving chat to rag", "-162", "\u2212$162.00"),
        ("saving chat to chat", "0", "$0.00"),
        # 1,000 requests a day against 10,000: 300 − 5,000 × 2 × 10,000 × 30 m$ = 300 − 3,000
        ("saving rag to support", "-2700", "\u2212$2,700.00"),
        # on six: 4,000 × 5 + 200 × 30 = 26,000; 13,000; × 30,000
        ("saving rag to chat on six", "390", "$390.00"),
    ],
)
def test_a_saving(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.USD
    assert (answer.value, answer.text) == (Decimal(value), shown)


# S001 and S002 print 80% for a reply cut from 500 to 100 tokens; with a prompt of I tokens at a ratio of 4 it is
# 1,600 ÷ (I + 2,000), in input tokens.
@pytest.mark.parametrize(
    ("prompt", "shown"), [(0, "80%"), (100, "76.2%"), (1000, "53.3%"), (2000, "40%"), (5000, "22.9%"), (10000, "13.3%")]
)
def test_what_a_shorter_reply_saves_depends_on_the_prompt(world: World, prompt: int, shown: str) -> None:
    long_reply, short_reply = (
        replace(world.scenarios["chat"], usage=world.scenarios["chat"].usage._replace(input=prompt, output=written))
        for written in (500, 100)
    )
    two = replace(world, scenarios={"long-reply": long_reply, "short-reply": short_reply})
    assert ask(two, "saving-share long-reply to short-reply on moved").text == shown


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("side chat", Side.OUTPUT),
        ("side rag", Side.INPUT),
        ("side warm", Side.EQUAL),  # 400 + 600 against 1,000: cached tokens are read too
        ("side 1500+250 on six", Side.EQUAL),  # 1,500 × 5 = 7,500 = 250 × 30
        ("side 1501+250 on six", Side.INPUT),
        ("side 1499+250 on six", Side.OUTPUT),
        ("side 1500+250 on five", Side.INPUT),  # 3,000 against 2,500
        ("side hidden", Side.OUTPUT),
        ("side nothing", Side.EQUAL),
        ("side 200000+25000 on long", Side.EQUAL),  # 200,000 × 1.25 = 250,000 = 25,000 × 10
        ("side 200001+25000 on long", Side.INPUT),  # 500,002.5 against 375,000
    ],
)
def test_a_side_has_three_verdicts(world: World, text: str, side: Side) -> None:
    answer = ask(world, text)
    assert isinstance(answer, Verdict)
    assert answer.side is side
    assert text_of(answer) == side.value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("weight chat", "1500", "1,500"),  # 300 × 10 ÷ 2
        ("weight 1500+250 on six", "1500", "1,500"),  # 250 × 30 ÷ 5: the tie
        ("weight hidden", "7500", "7,500"),  # the hidden 1,200 weigh too
        ("weight 200001+100 on long", "600", "600"),  # above the threshold the ratio is 15 ÷ 2.50
        ("weight 1000+100 on moved at 2024-05-13", "300", "300"),
    ],
)
def test_a_weight(world: World, text: str, value: str, shown: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.TOKENS
    assert answer.value == Decimal(value)
    assert answer.text == shown


def test_output_has_no_weight_where_input_is_free() -> None:
    with pytest.raises(Unanswerable, match="FREE-INPUT charges nothing for input"):
        ask(make_world(models=(FREE_INPUT,)), "weight 10+10 on free-input")


@pytest.mark.parametrize(
    ("text", "value", "shown", "first_more"),
    [
        ("break-even chat", "160", "160", "161"),  # 800 ÷ 5
        ("break-even rag", "800", "800", "801"),
        ("break-even rag on moved", "1000", "1,000", "1,001"),  # 4,000 at 4 times
        ("break-even rag on moved at 2024-05-13", "1333.333333333333333333333333", "1,333.3", "1,334"),
        ("break-even warm", "100", "100", "101"),
        ("break-even hidden", "160", "160", "161"),
        ("break-even 200001+1 on long", "33333.5", "33,333.5", "33,334"),  # 200,001 × 2.50 ÷ 15
        ("break-even nothing", "0", "0", "1"),
    ],
)
def test_a_break_even(world: World, text: str, value: str, shown: str, first_more: str) -> None:
    answer = ask(world, text)
    assert answer.unit is Unit.TOKENS
    assert answer.value == Decimal(value)
    assert answer.text == shown
    assert f"from {first_more} output tokens on the output side costs more" in answer.working.words


@pytest.mark.parametrize(("more", "side"), [(0, Side.EQUAL), (1, Side.OUTPUT), (-1, Side.INPUT)])
def test_the_break_even_is_where_the_verdict_turns(world: World, more: int, side: Side) -> None:
    tie = ask(world, "break-even 1500+1 on six").value
    assert tie == 250
    assert ask(world, f"side 1500+{int(tie) + more} on six").side is side


def test_the_conventions_are_the_worlds(world: World) -> None:
    per_thousand = replace(world, mtok=1000)
    assert ask(per_thousand, "bill chat").value == Decimal("4.6")
    assert ask(per_thousand, "break-even chat").value == 160
    assert ask(replace(world, month=1), "monthly chat").value == Decimal("4.6")
    assert "a month of 1 days" in ask(replace(world, month=1), "monthly chat").working.words
    wordless = replace(world, count=lambda text, _: len(text))
    assert ask(wordless, "tokens greeting").value == 23  # the letters and spaces of "Good morning to you all"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("bill warm on six", "SIX has no price for cached input tokens"),
        ("share warm for input on six", "SIX has no price for cached input tokens"),
        ("side warm on six", "SIX has no price for cached input tokens"),
        ("margin warm on six", "SIX has no price for cached input tokens"),
        ("break-even warm on six", "SIX has no price for cached input tokens"),
        ("saving warm to chat on six", "SIX has no price for cached input tokens"),
        ("saving-share chat to warm on six", "SIX has no price for cached input tokens"),
        ("daily warm on six", "SIX has no price for cached input tokens"),
        ("monthly every on long", "LONG has no price for cache write tokens"),
        ("bill rag on narrow", "4,200 tokens do not fit into the context of NARROW, 2,000 tokens"),
        ("bill 1500+501 on narrow", "2,001 tokens do not fit into the context of NARROW, 2,000 tokens"),
        ("price cached on six", "SIX has no cached input price"),
        ("price cached on moved at 2024-05-13", "MOVED has no cached input price"),
        ("price write-1h on long", "LONG has no one-hour cache write price"),
        ("cached-bill support on six", "SIX has no cached input price"),
        ("cache-break-even support on six", "SIX has no cached input price"),
        ("cached-bill support on narrow", "5,000 tokens do not fit into the context of NARROW, 2,000 tokens"),
        ("cache-break-even support on narrow", "5,000 tokens do not fit into the context of NARROW, 2,000 tokens"),
    ],
)
def test_what_is_not_sold_is_an_answer(world: World, text: str, why: str) -> None:
    answer = ask(world, text)
    assert answer == NotOffered(why)
    assert text_of(answer) == "not offered"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("daily 1500+250", "an inline usage has no requests per day"),
        ("monthly 1500+250", "an inline usage has no requests per day"),
        ("share nothing for input", "costs nothing"),
        ("share 0+0 for input", "costs nothing"),
        ("margin nothing", "costs nothing"),
        ("saving-share nothing to chat", "nothing can be saved of it"),
        ("cached-bill chat", "'chat' has no shared prompt"),
        ("cache-break-even chat", "'chat' has no shared prompt"),
        ("break-even chat on free-output", "FREE-OUTPUT charges nothing for output"),
        ("payback examples on free-output", "FREE-OUTPUT charges nothing for output"),
        ("ratio free-input", "FREE-INPUT charges nothing for input"),
        ("band 4..8 of giver", "FREE-INPUT charges nothing for input"),
        ("band 4..8 of maker", "no model of 'maker' has a price on 2026-11-22"),
    ],
)
def test_a_question_without_sense_is_refused(text: str, why: str) -> None:
    generous = make_world(models=(FREE_INPUT, FREE_OUTPUT))
    generous = replace(generous, edition=replace(generous.edition, houses={"everyday": "free-input"}))
    with pytest.raises(Unanswerable, match=why):
        ask(generous, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("bill chat on moved at 2024-05-12", "first price starts on 2024-05-13"),
        ("bill chat on moved at 2024-09-01", "is not known: nobody wrote it down"),
        ("price input on gone", "was retired on 2026-10-23"),
        ("ratio gone", "was retired on 2026-10-23"),
        ("payback examples on gone", "was retired on 2026-10-23"),
        ("cached-bill support on moved at 2024-05-01", "first price starts on 2024-05-13"),
        ("saving rag to chat on gone", "was retired on 2026-10-23"),
    ],
)
def test_a_day_without_a_price_is_an_error(world: World, text: str, why: str) -> None:
    with pytest.raises(LookupError, match=why):
        ask(world, text)


def test_only_free_tokens_have_no_share() -> None:
    generous = make_world(models=(FREE_INPUT,))
    # 800 free, 300 × 1.00 = 300 m$
    assert ask(generous, "share chat for output on free-input").value == 1
    assert isinstance(ask(generous, "margin chat on free-input"), Figure)
