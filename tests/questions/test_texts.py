"""Questions about texts. In the small world a text has as many tokens as words, and one more in cl100k_base.

FIVE takes 2.00 for input per million tokens, LONG 1.25, and counts with cl100k_base.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.worlds import TEXTS, ask, make_world

from costbook.economy.bills import NotOffered
from costbook.economy.scenarios import Text
from costbook.questions import Figure, TextOf, Unanswerable, Unit, Unreadable, parse_line
from costbook.questions.texts import CutOf
from costbook.world import World

JAPANESE = Text("japanese", "階段をご利用ください。", name="Stairs")
EMPTY = Text("empty", " \n")
THAI = Text("thai", "ลิฟต์เสีย")


@pytest.fixture
def world() -> World:
    return make_world(texts={one.id: one for one in (*TEXTS, JAPANESE, EMPTY, THAI)})


@pytest.mark.parametrize(
    ("text", "shown", "unit"),
    [
        ("words greeting", "5", Unit.WORDS),  # Good morning to you all
        ("tokens-per-word greeting", "1", Unit.TOKENS_PER_WORD),
        ("tokens-per-word greeting in cl100k_base", "1.2", Unit.TOKENS_PER_WORD),  # 6 of 5
        ("tokens-per-word examples in cl100k_base", "1.17", Unit.TOKENS_PER_WORD),  # 7 of 6
        ("token-multiple greeting to examples", "1.2×", Unit.MULTIPLE),  # 6 over 5
        ("token-multiple examples to greeting in cl100k_base", "0.86×", Unit.MULTIPLE),  # 6 over 7
        ("rough-tokens 450", "600", Unit.TOKENS),  # 450 over three quarters
        ("rough-tokens 200", "266.7", Unit.TOKENS),
        ("rough-tokens greeting", "6.7", Unit.TOKENS),
        ("rough-error greeting", "33.3%", Unit.SHARE),  # 6.67 in place of 5
        ("rough-error greeting in cl100k_base", "11.1%", Unit.SHARE),  # 0.67 too many, of 6
        ("text-bill greeting", "$0.0000100", Unit.USD),  # 5 × 2 over a million
        ("text-bill greeting over 1000000r", "$10.00", Unit.USD),
        ("text-bill greeting over 1000r on long", "$0.00750", Unit.USD),  # 6 × 1.25 over a thousand
    ],
)
def test_answers(world: World, text: str, shown: str, unit: Unit) -> None:
    answer = ask(world, text)
    assert isinstance(answer, Figure)
    assert (answer.text, answer.unit) == (shown, unit)


def test_a_rule_that_gives_too_few_has_a_negative_error(world: World) -> None:
    """The same five words with ten tokens: 6.67 is a third too few."""
    dense = replace(world, count=lambda _text, _encoding: 10)
    assert ask(dense, "rough-error greeting").text == "−33.3%"


@pytest.mark.parametrize(
    ("text", "words", "symbols"),
    [
        (
            "tokens-per-word greeting in cl100k_base",
            "6 tokens of the text 'greeting', counted with cl100k",
            "6 ÷ 5 = 1.2",
        ),
        (
            "token-multiple greeting to examples",
            "6 tokens of the text 'examples' over the 5 of 'greeting'",
            "6 ÷ 5 = 1.2×",
        ),
        ("rough-tokens 200", "200 words at 0.75 words a token", "200 ÷ 0.75 ≈ 266.7"),
        ("rough-error greeting", "5 words at 0.75 words a token", "(5 ÷ 0.75 − 5) ÷ 5 ≈ 33.3%"),
        (
            "text-bill greeting over 1000r",
            "the text 'greeting' on FIVE: 5 input tokens at $2.00 per million, 1,000 requests; counted with o200k_base",
            "5 × $2.00 ÷ 1,000,000 × 1,000 = $0.0100",
        ),
    ],
)
def test_workings(world: World, text: str, words: str, symbols: str) -> None:
    answer = ask(world, text)
    assert words in answer.working.words
    assert answer.working.symbols == symbols


@pytest.mark.parametrize("kind", ["words", "tokens-per-word", "rough-tokens", "rough-error"])
@pytest.mark.parametrize("text", ["japanese", "thai"])
def test_words_that_are_not_separated_cannot_be_counted(world: World, kind: str, text: str) -> None:
    with pytest.raises(Unanswerable, match="puts no spaces between words"):
        ask(world, f"{kind} {text}")


def test_a_text_of_spaces_has_no_words(world: World) -> None:
    with pytest.raises(Unanswerable, match="has no words"):
        ask(world, "tokens-per-word empty")
    with pytest.raises(Unanswerable, match="has no tokens"):
        ask(world, "token-multiple empty to greeting")


def test_a_text_has_no_days(world: World) -> None:
    with pytest.raises(Unanswerable, match="a number of requests"):
        ask(world, "text-bill greeting over 30d")


def test_a_text_that_does_not_fit(world: World) -> None:
    long = replace(world, count=lambda _text, _encoding: 2001)
    assert ask(long, "text-bill greeting on narrow") == NotOffered(
        "2,001 tokens do not fit into the context of NARROW, 2,000 tokens"
    )


@pytest.mark.parametrize("text", ["rough-tokens -3", "token-multiple greeting"])
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_line(text)


def test_a_row_of_a_table(world: World) -> None:
    row = TextOf("greeting", ("cl100k_base", "o200k_base")).answer(world)
    assert (row.name, row.words, row.tokens, row.per_word) == ("greeting", 5, (6, 5), Decimal("1.2"))
    unspaced = TextOf("japanese", ("o200k_base",)).answer(world)
    assert (unspaced.name, unspaced.words, unspaced.tokens, unspaced.per_word) == ("Stairs", None, (1,), None)


def test_a_cut_is_the_text_in_bytes(world: World) -> None:
    """The party popper is four bytes; its tokens in o200k_base end inside the character."""
    with_emoji = replace(world, texts={"party": Text("party", "ok 🎉")})
    cut = CutOf("party", "o200k_base").answer(with_emoji)
    assert b"".join(cut) == "ok 🎉".encode()
    assert cut[0] == b"ok"
    assert len(cut) > 2
