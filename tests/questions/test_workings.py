"""Workings: whoever reads one finds every number that went in, and can do the sum again."""

from __future__ import annotations

import ast
import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.worlds import AS_OF, SOURCE, ask, day, make_world, model, prices, rate

from costbook.economy.bills import Usage
from costbook.questions import Figure, NotOffered, Unanswerable, Unit, Working, parse_line
from costbook.questions.base import DISPLAY
from costbook.questions.workloads import WorkedBill, WorkedBillOf, WorkloadOf, WorkloadRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from costbook.world import World

OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def calculated(symbols: str) -> Decimal:
    """What a reader gets who types one side of a formula into a calculator."""
    text = symbols.translate({ord("×"): "*", ord("÷"): "/", ord("−"): "-", ord("$"): "", ord(","): "", ord("^"): "**"})
    text = re.sub(r"\|(.*?)\|", r"abs(\1)", text)
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> Decimal:
    if isinstance(node, ast.BinOp):
        return OPERATIONS[type(node.op)](_value(node.left, text), _value(node.right, text))
    if isinstance(node, ast.Call):
        return abs(_value(node.args[0], text))
    return Decimal(ast.get_source_segment(text, node) or "")  # the digits as written, never a float


def hold(answer: Figure) -> None:
    """The formula of a working gives its result: exactly where it says ``=``, rounded where it says ``≈``."""
    left, sign, right = re.fullmatch(r"(.+) ([=≈]) (.+)", answer.working.symbols).groups()  # type: ignore[union-attr]
    show = DISPLAY[answer.unit]
    assert right == answer.text
    shown = Decimal(re.sub(r"[$,%×\u2212]", "", right)) / (100 if answer.unit is Unit.SHARE else 1)
    if sign == "=":
        assert calculated(left) == answer.value
        assert shown == abs(answer.value)
    else:
        assert show(calculated(left)) == right
        assert shown != abs(answer.value)


@pytest.mark.parametrize(
    ("text", "words", "symbols"),
    [
        (
            "bill chat",
            "Chat on FIVE: 800 input tokens at $2.00 and 300 output tokens at $10.00 per million",
            "(800 × $2.00 + 300 × $10.00) ÷ 1,000,000 = $0.00460",
        ),
        (
            "bill every",
            "All parts on FIVE: 1,000 input tokens at $2.00 and 4,000 cached input tokens at $0.20 and "
            "2,000 cache write tokens at $2.50 and 500 one-hour cache write tokens at $4.00 and "
            "500 output tokens (200 visible, 300 hidden reasoning) at $10.00 per million",
            "(1,000 × $2.00 + 4,000 × $0.20 + 2,000 × $2.50 + 500 × $4.00 + 500 × $10.00) ÷ 1,000,000 = $0.0148",
        ),
        (
            "bill every for write",
            "All parts on FIVE: cache writes of 1,000 input tokens",
            "(2,000 × $2.50 + 500 × $4.00) ÷ 1,000,000 = $0.00700",
        ),
        ("bill every for input", "the input side of", "(1,000 × $2.00 + 4,000 × $0.20 + 2,000 × $2.50 + 500 × $4.00)"),
        ("bill every for output", "the output side of", "500 × $10.00 ÷ 1,000,000 = $0.00500"),
        ("bill every for reasoning", "hidden reasoning tokens of", "300 × $10.00 ÷ 1,000,000 = $0.00300"),
        ("bill every for cached", "cached input of", "4,000 × $0.20 ÷ 1,000,000 = $0.000800"),
        ("bill 2000+1", "2,000 input tokens at $2.00 and 1 output token at $10.00 per million", "1 × $10.00"),
        ("bill nothing", "Nothing on FIVE: no tokens", "0 ÷ 1,000,000 = $0.00"),
        (
            "bill 1500+250 on six",
            "1,500 input and 250 output tokens on SIX: 1,500 input tokens at $5.00",
            "(1,500 × $5.00 + 250 × $30.00) ÷ 1,000,000 = $0.0150",
        ),
        (
            "bill 200001+1000 on long",
            "200,001 input tokens at $2.50 and 1,000 output tokens at $15.00 per million "
            "(long-context price for the whole request)",
            "(200,001 × $2.50 + 1,000 × $15.00) ÷ 1,000,000 ≈ $0.515",
        ),
        (
            "daily chat",
            "800 input tokens at $2.00 and 300 output tokens at $10.00 per million, 1,000 requests a day",
            "(800 × $2.00 + 300 × $10.00) ÷ 1,000,000 × 1,000 = $4.60",
        ),
        ("daily every for write", "cache writes of 1,000 input tokens", "÷ 1,000,000 × 10 = $0.0700"),
        (
            "monthly chat",
            "1,000 requests a day, a month of 30 days",
            "(800 × $2.00 + 300 × $10.00) ÷ 1,000,000 × 1,000 × 30 = $138.00",
        ),
        ("monthly chat for output", "the output side of", "300 × $10.00 ÷ 1,000,000 × 1,000 × 30 = $90.00"),
        (
            "share chat for output",
            "the output side of 800 input tokens at $2.00 and 300 output tokens at $10.00 per million, "
            "as a share of the whole bill",
            "$0.003 ÷ $0.0046 ≈ 65.2%",
        ),
        ("share rag for input", "the input side of", "$0.008 ÷ $0.01 = 80%"),
        ("side rag", "the input side costs more", "input $0.008 > output $0.002"),
        ("side chat", "the output side costs more", "input $0.0016 < output $0.003"),
        ("side warm", "both sides cost the same", "input $0.001 = output $0.001"),
        ("side 100000+20001", "the output side costs more", "input $0.20 < output $0.20001"),
        (
            "margin rag",
            "the difference of the two sides over the larger, for 4,000 input tokens at $2.00",
            "|$0.008 − $0.002| ÷ $0.008 = 75%",
        ),
        (
            "break-even chat",
            "the input side costs $0.00160, as much as 160 output tokens at $10.00 per million; "
            "from 161 output tokens on the output side costs more",
            "$0.0016 × 1,000,000 ÷ $10.00 = 160",
        ),
        (
            "saving rag to chat",
            "from Documents (4,000 input tokens at $2.00 and 200 output tokens at $10.00 per million, 1,000 requests "
            "a day) to Chat (800 input tokens at $2.00 and 300 output tokens at $10.00 per million, 1,000 requests a "
            "day) on FIVE, a month of 30 days",
            "$300.00 − $138.00 = $162.00",
        ),
        ("saving-share rag to chat", "Documents (4,000 input", "($300.00 − $138.00) ÷ $300.00 = 54%"),
        (
            "cached-bill asked over 100r",
            "Support, asked on FIVE, 100 requests: the shared 5,000 tokens are written once at $2.50 and read "
            "99 times at $0.20 per million, the cache staying warm; 500 input tokens at $2.00 and 100 output tokens "
            "at $10.00 per million in every request",
            "$0.0125 + $0.099 + $0.20 ≈ $0.312",
        ),
        ("cached-bill support over 2r", "2 requests: the shared 5,000 tokens", "$0.0125 + $0.001 + $0.00 = $0.0135"),
        (
            "cache-break-even support",
            "writing a token costs $2.50 per million, reading it $0.20, not caching it $2.00 each time; "
            "the 5,000 shared tokens pay alike",
            "$2.50 + n × $0.20 < (n + 1) × $2.00 from n = 1 on",
        ),
        ("price output", "FIVE: output costs $10.00 per million tokens", "$10.00 / 1,000,000 tokens"),
        (
            "price output on moved",
            "MOVED: output costs $10.00 per million tokens, known from 2024-10-16",
            "$10.00 / 1,000,000 tokens",
        ),
        ("ratio five", "FIVE: output price $10.00 over input price $2.00 per million tokens", "$10.00 ÷ $2.00 = 5×"),
        ("ratio hosted", "HOSTED: output price $0.79 over input price $0.59", "$0.79 ÷ $0.59 ≈ 1.34×"),
        (
            "band 4..8 of current",
            "5 of the n = 6 models of the population 'current' have an output price of 4 to 8 times their input price",
            "5 ÷ 6 ≈ 83.3%",
        ),
        (
            "tokens greeting in cl100k_base",
            "the text 'greeting' has 6 tokens, counted with cl100k_base",
            "cl100k_base(greeting) = 6",
        ),
        (
            "payback examples on long",
            "the 7 tokens of 'examples' on LONG cost $1.25 per million in every call; a reply must be shorter by "
            "0.9 output tokens at $10.00 per million to save as much",
            "7 × $1.25 ÷ $10.00 ≈ 0.9",
        ),
    ],
)
def test_a_working_in_words_and_in_symbols(world: World, text: str, words: str, symbols: str) -> None:
    working = ask(world, text).working
    assert words in working.words
    assert symbols in working.symbols


def test_a_bill_line_by_line(world: World) -> None:
    worked = WorkedBillOf("hidden", "five").answer(world)
    assert isinstance(worked, WorkedBill)
    assert (worked.title, worked.model, worked.day) == ("Thinking", "FIVE", AS_OF)
    assert [(str(line.part), line.tokens, line.price, line.cost) for line in worked.lines] == [
        ("input", 800, Decimal(2), Decimal("0.0016")),
        ("output", 1500, Decimal(10), Decimal("0.015")),
    ]
    assert [line.words() for line in worked.lines] == [
        "800 input tokens at $2.00",
        "1,500 output tokens (300 visible, 1,200 hidden reasoning) at $10.00",
    ]
    assert worked.total == Decimal("0.0166")
    assert worked.symbols == "(800 × $2.00 + 1,500 × $10.00) ÷ 1,000,000 = $0.0166"
    assert WorkedBillOf("warm", "six").answer(world) == NotOffered("SIX has no price for cached input tokens")


def test_a_workload_is_counted_for_its_model(world: World) -> None:
    assert WorkloadOf("typed", "five").answer(world) == WorkloadRow("Typed", Usage(5, 100), 10)
    assert WorkloadOf("typed", "long").answer(world) == WorkloadRow("Typed", Usage(6, 100), 10)


@pytest.mark.parametrize("text", ["bill typed", "share typed for input", "payback examples", "monthly typed"])
def test_a_text_counted_with_another_tokenizer_says_so(world: World, text: str) -> None:
    said = "counted with o200k_base, not this model's tokenizer"
    assert ask(world, text).working.words.endswith(said)
    # long names its own encoding, and chat has no text to count
    assert said not in ask(world, f"{text} on long").working.words
    assert said not in ask(world, "bill chat").working.words


def test_a_comparison_says_it_for_either_side(world: World) -> None:
    said = "counted with o200k_base, not this model's tokenizer"
    assert said in ask(world, "saving typed to chat").working.words
    assert said in ask(world, "saving chat to typed").working.words
    assert said not in ask(world, "saving chat to typed on long").working.words


@pytest.mark.parametrize("text", ["bill chat", "side chat", "saving rag to chat", "cached-bill support", "ratio five"])
def test_a_working_names_its_source_and_its_day(world: World, text: str) -> None:
    assert ask(world, text).working.sources == (SOURCE,)
    assert ask(world, text).working.at == AS_OF


@pytest.mark.parametrize(
    "text", ["bill chat on five", "cached-bill support on five", "cache-break-even support on five"]
)
def test_a_question_of_another_day_has_that_day(world: World, text: str) -> None:
    assert ask(world, f"{text} at 2026-05-01").working.at == day("2026-05-01")


def test_a_band_names_each_source_once(world: World) -> None:
    assert ask(world, "band 4..8 of current").working.sources == (SOURCE,)


QUESTIONS = (
    "bill {}", "bill {} for input", "bill {} for output", "share {} for input", "share {} for output", "margin {}",
    "break-even {}", "weight {}",
)  # fmt: skip
PRICE = st.decimals(min_value="0.000001", max_value=1000, places=6)
LISTED = st.builds(
    lambda read, written, tier: model(
        "any",
        rate(
            prices(str(read), str(written)),
            tiers={1000: prices(str(read * 2), str(written * 3))} if tier else {},
        ),
    ),
    PRICE, PRICE, st.booleans(),
)  # fmt: skip


@given(LISTED, st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(QUESTIONS))
def test_every_formula_can_be_done_again(any_model: object, read: int, written: int, text: str) -> None:
    world = make_world(models=(any_model,))  # type: ignore[arg-type]
    try:
        answer = parse_line(f"{text.format(f'{read}+{written}')} on any").answer(world)
    except Unanswerable:
        assume(False)
    assert isinstance(answer, Figure)
    hold(answer)


@pytest.mark.parametrize(
    "text",
    [
        "bill chat", "daily every", "monthly hidden for reasoning", "share every for write", "margin chat",
        "saving rag to chat", "saving chat to rag", "saving-share chat to rag", "break-even rag", "ratio five",
        "band 4..8 of current", "cached-bill asked", "payback examples",
    ],
)  # fmt: skip
def test_the_formulas_of_the_small_world_can_be_done_again(world: World, text: str) -> None:
    for name in ("five", "long", "moved", "six"):
        question = parse_line(text).on_page(name)
        answer = question.answer(world)
        if not isinstance(answer, NotOffered):
            hold(answer)


@pytest.mark.parametrize("path", ["yes", "yes-please", "polite", "no-thanks"])
@pytest.mark.parametrize("temperature", ["0", "0.1", "0.3", "0.7", "1", "1.5", "2"])
def test_the_formulas_of_chances_can_be_done_again(world: World, path: str, temperature: str) -> None:
    for kind in ("chance", "step"):
        hold(parse_line(f"{kind} tea/{path} with {temperature}").answer(world))


def test_a_calculator_would_find_a_wrong_formula() -> None:
    wrong = Figure(Decimal("0.2"), Unit.SHARE, Working("", "$0.000375 ÷ $0.00188 = 20%"))
    with pytest.raises(AssertionError):
        hold(wrong)
    hold(Figure(Decimal("0.2"), Unit.SHARE, Working("", "$0.000375 ÷ $0.001875 = 20%")))


def test_the_formulas_of_the_book_can_be_done_again(book: World) -> None:
    done = 0
    for model_id in ("gpt-4o", "claude-sonnet-4-6", "gemini-3.8-flash:batch", "deepseek-v4-pro", "gpt-6.1-sol"):
        for scenario in book.scenarios:
            for kind in ("daily {}", "monthly {}", "share {} for output", "margin {}", "saving rag to {}",
                         "saving-share rag to {}", "cached-bill {} over 10000r"):  # fmt: skip
                try:
                    answer = parse_line(f"{kind.format(scenario)} on {model_id}").answer(book)
                except Unanswerable:
                    continue
                assert isinstance(answer, Figure)
                hold(answer)
                done += 1
    assert done > 400
