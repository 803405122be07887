"""How an author names a question, and what an author reads who slipped."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import ask, make_world

from costbook.economy.bills import Usage
from costbook.economy.rates import Part
from costbook.economy.ratios import Quartile
from costbook.economy.scenarios import Scenario
from costbook.names import Unknown
from costbook.questions import KINDS, Bill, Price, Question, Slice, Unreadable, parse, parse_line, readers
from costbook.questions.documents import EditionFact
from costbook.questions.ratios import Sort, SurveyFact
from costbook.questions.readers import Place, Range, Span

# The table of the design: clause words of each kind, in brackets where they may be left out.
CLAUSES = {
    "words": "",
    "tokens-per-word": "[in]",
    "token-multiple": "to [in]",
    "rough-tokens": "",
    "rough-error": "[in]",
    "text-bill": "[over] [on] [at]",
    "price": "[on] [at]",
    "ratio": "[at]",
    "bill": "[on] [at] [for]",
    "daily": "[on] [at] [for]",
    "monthly": "[on] [at] [for]",
    "share": "for [on] [at]",
    "saving": "to [on] [at]",
    "saving-share": "to [on] [at]",
    "side": "[on] [at]",
    "margin": "[on] [at]",
    "break-even": "[on] [at]",
    "weight": "[on] [at]",
    "tokens": "[in]",
    "cached-bill": "[over] [on] [at]",
    "cache-break-even": "[on] [at]",
    "payback": "[on] [at]",
    "band": "of [at]",
    "quartile": "of [at]",
    "survey": "",
    "surveyed": "",
    "rates": "[on]",
    "models": "[at]",
    "scenarios": "",
    "chance": "[with]",
    "step": "[with]",
    "likeliest": "",
    "path": "",
    "greedy": "",
    "edition": "",
    "name": "",
}


def message(kind: str, text: str) -> str:
    """What an author reads."""
    with pytest.raises(Unreadable) as caught:
        parse(kind, text)
    return str(caught.value)


@pytest.mark.parametrize(("kind", "words"), CLAUSES.items())
def test_every_kind_takes_the_clauses_of_the_design(kind: str, words: str) -> None:
    taken = [
        slot.word if slot.required else f"[{slot.word}]" for _, slot in KINDS[kind].slots() if slot.word is not None
    ]
    assert taken == words.split()


def test_no_kind_is_without_a_test() -> None:
    assert set(KINDS) == set(CLAUSES)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("bill chat", Bill("chat")),
        ("bill chat on six at 2026-05-01 for output", Bill("chat", "six", date(2026, 5, 1), Slice.OUTPUT)),
        ("bill chat for output at 2026-05-01 on six", Bill("chat", "six", date(2026, 5, 1), Slice.OUTPUT)),
        ("bill   chat \n on  six ", Bill("chat", "six")),
        ("bill 1500+250", Bill(Usage(1500, 250))),
        ("bill on on at at 2026-05-01", Bill("on", "at", date(2026, 5, 1))),
        ("price output on gpt-4o at 2024-05-13", Price(Part.OUTPUT, "gpt-4o", date(2024, 5, 13))),
        ("price write-1h", Price(Part.WRITE_1H)),
        ("price write_1h on gpt-4o:batch", Price(Part.WRITE_1H, "gpt-4o:batch")),
    ],
)
def test_a_question_is_read(text: str, question: Question[Any]) -> None:
    assert parse_line(text) == question
    assert hash(parse_line(text)) == hash(question)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("bil", "chat", "unknown kind of question 'bil'; did you mean 'bill'?"),
        (
            "bill",
            "chat onto six",
            "bill has no clause 'onto'; write bill as SCENARIO [on MODEL] [at DATE] [for PART]",
        ),
        ("bill", "chat on", "'on' needs a value; write bill as SCENARIO [on MODEL] [at DATE] [for PART]"),
        ("bill", "", "bill needs a subject; write bill as SCENARIO [on MODEL] [at DATE] [for PART]"),
        ("bill", "  ", "bill needs a subject; write bill as SCENARIO [on MODEL] [at DATE] [for PART]"),
        (
            "bill",
            "chat on six on five",
            "'on' stands twice; write bill as SCENARIO [on MODEL] [at DATE] [for PART]",
        ),
        (
            "bill",
            "chat for outptu",
            "unknown part of a bill 'outptu'; did you mean 'output'?; "
            "write bill as SCENARIO [on MODEL] [at DATE] [for PART]",
        ),
        (
            "bill",
            "chat at 2026-13-01",
            "'2026-13-01' is not a date; dates are written YYYY-MM-DD; "
            "write bill as SCENARIO [on MODEL] [at DATE] [for PART]",
        ),
        (
            "bill",
            "1500+",
            "'1500+' is neither a scenario nor a usage such as 1500+250 (input+output tokens); "
            "write bill as SCENARIO [on MODEL] [at DATE] [for PART]",
        ),
        ("share", "chat", "share needs 'for'; write share as SCENARIO for PART [on MODEL] [at DATE]"),
        ("saving", "rag", "saving needs 'to'; write saving as SCENARIO to SCENARIO [on MODEL] [at DATE]"),
        (
            "saving",
            "1500+250 to rag",
            "'1500+250' is not a name (letters, digits and . : - _); "
            "write saving as SCENARIO to SCENARIO [on MODEL] [at DATE]",
        ),
        ("band", "4..8", "band needs 'of'; write band as LOW..HIGH of POPULATION [at DATE]"),
        (
            "band",
            "8..4 of current",
            "'8..4' is not a range; write LOW..HIGH, such as 4..8; write band as LOW..HIGH of POPULATION [at DATE]",
        ),
        (
            "cached-bill",
            "support over 0r",
            "'0r' is not a span; write 10000r (requests) or 30d (days); "
            "write cached-bill as SCENARIO [over SPAN] [on MODEL] [at DATE]",
        ),
        ("ratio", "five on six", "ratio has no clause 'on'; write ratio as MODEL [at DATE]"),
        ("edition", "day", "unknown fact of the edition 'day'; known: date, serial; write edition as date or serial"),
        (
            "price",
            "reasoning",
            "unknown part of a price 'reasoning'; known: cached, input, output, write, write_1h; "
            "write price as PART [on MODEL] [at DATE]",
        ),
    ],
)
def test_a_slip_is_answered_with_the_line_that_would_have_been_right(kind: str, text: str, expected: str) -> None:
    assert message(kind, text) == expected


@pytest.mark.parametrize(
    "text",
    ["2026-1-1", "20260101", "2026-W01-1", "２０２６-01-01", "today", "2026-02-30", "26-01-01", "2026-01-01T00:00"],
)
def test_only_whole_dates_are_dates(text: str) -> None:
    assert "dates are written YYYY-MM-DD" in message("bill", f"chat at {text}")


@pytest.mark.parametrize("text", ["-5+3", "1.5+2", "1e3+2", "1+2+3", "+", "1500+٢", "9999999999+1", "a+b", "<b>"])
def test_only_two_counts_are_a_usage(text: str) -> None:
    assert "is neither a scenario nor a usage" in message("bill", text)


@pytest.mark.parametrize("text", ["10", "r", "10m", "1.5d", "-1r", "01d", "٣d", "1000000000000r"])
def test_only_requests_and_days_are_a_span(text: str) -> None:
    assert "is not a span" in message("cached-bill", f"support over {text}")


@pytest.mark.parametrize("text", ["4", "4..", "..8", "4...8", "-4..8", "a..b", "4..8..9"])
def test_only_two_bounds_are_a_range(text: str) -> None:
    assert "is not a range" in message("band", f"{text} of current")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bill chta", "unknown scenario 'chta'; did you mean 'chat'?"),
        ("bill chat on fiv", "unknown model 'fiv'; did you mean 'five'?"),
        ("bill chat on everyda", "unknown model 'everyda'; did you mean 'everyday'?"),
        ("bill CHAT", "unknown scenario 'CHAT'; did you mean 'chat'?"),
        ("tokens greting", "unknown text 'greting'; did you mean 'greeting'?"),
        ("tokens greeting in o200k", "unknown encoding 'o200k'; did you mean 'o200k_base'?"),
        ("payback zzz", "unknown text 'zzz'; known: examples, greeting"),
        ("models curent", "unknown population 'curent'; did you mean 'current'?"),
        ("band 4..8 of curent", "unknown population 'curent'; did you mean 'current'?"),
        ("scenarios pairs", "unknown set of scenarios 'pairs'; did you mean 'pair'?"),
        ("saving rag to chta", "unknown scenario 'chta'; did you mean 'chat'?"),
        ("cached-bill suport", "unknown scenario 'suport'; did you mean 'support'?"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(text: str, expected: str) -> None:
    with pytest.raises(Unknown) as caught:
        ask(make_world(), text)
    assert str(caught.value) == expected


def test_a_role_of_a_model_that_is_not_there_is_unknown() -> None:
    with pytest.raises(Unknown, match="unknown model 'everyday'"):
        ask(make_world(models=()), "bill chat")


def test_many_names_are_not_all_told() -> None:
    many = [Scenario(f"name{number:02d}", "Many", Usage(), 1) for number in range(20)]
    with pytest.raises(Unknown) as caught:
        ask(make_world(scenarios=many), "bill zzzzzzzz")
    assert str(caught.value) == (
        "unknown scenario 'zzzzzzzz'; known: name00, name01, name02, name03, name04, name05, name06, name07 and 12 more"
    )


def test_where_there_is_none_nothing_is_suggested() -> None:
    with pytest.raises(Unknown, match="unknown scenario 'chat'; there is none yet"):
        ask(make_world(scenarios=()), "bill chat")


# --- written and read back -------------------------------------------------------------------------------------------

NAMES = st.from_regex(r"[A-Za-z0-9][\w.:-]{0,12}", fullmatch=True)
COUNTS = st.integers(0, 999999999)
BOUNDS = st.decimals(min_value=0, max_value=999, places=2)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    readers.name: NAMES,
    readers.load: st.one_of(NAMES, st.tuples(COUNTS, COUNTS).map(lambda pair: Usage(*pair))),
    # A text whose id is a number could not be told from so many words.
    readers.text_or_words: st.one_of(NAMES.filter(lambda name: not name.isdecimal()), COUNTS),
    readers.day: st.dates(),
    readers.part: st.sampled_from(Part),
    readers.slice_: st.sampled_from(Slice),
    readers.span: st.builds(Span, st.integers(1, 10**12 - 1), st.booleans()),
    readers.place: st.builds(Place, NAMES, st.one_of(st.none(), NAMES)),
    readers.path: st.builds(Place, NAMES, NAMES),
    readers.temperature: st.one_of(st.just(Decimal(0)), st.decimals("0.1", 2, places=2).map(Decimal.normalize)),
    readers.bounds: st.tuples(BOUNDS, BOUNDS).map(lambda pair: Range(min(pair), max(pair))),
}


CHOICES: dict[str, Any] = {"edition": EditionFact, "quartile": Quartile, "survey": SurveyFact, "surveyed": Sort}


def drawn(kind: str) -> st.SearchStrategy[Question[Any]]:
    """Any question of a kind."""
    values = {}
    for name, slot in KINDS[kind].slots():
        chosen = kind in CHOICES and slot.word is None
        one = st.sampled_from(CHOICES[kind]) if chosen else VALUES[slot.read]
        values[name] = one if slot.required else st.one_of(st.none(), one)
    return st.builds(KINDS[kind], **values)


@given(st.sampled_from(sorted(CLAUSES)).flatmap(drawn))
def test_a_question_written_is_read_back(question: Question[Any]) -> None:
    again = parse_line(str(question))
    assert again == question
    assert hash(again) == hash(question)
    assert str(again) == str(question)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40))
def test_any_other_text_is_unreadable_and_nothing_worse(kind: str, text: str) -> None:
    told = KINDS[kind].usage_line()
    try:
        parse(kind, text)
    except Unreadable as error:
        told = str(error)
    assert KINDS[kind].usage_line() in told


# --- the page's model ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "price output", "bill chat", "daily chat", "monthly chat", "share chat for input", "saving rag to chat",
        "saving-share rag to chat", "side chat", "margin chat", "break-even chat", "weight chat", "cached-bill support",
        "cache-break-even support", "payback examples", "rates output",
    ],
)  # fmt: skip
def test_a_question_without_a_model_follows_the_page(text: str) -> None:
    question = parse_line(text)
    assert question.follows
    placed = question.on_page("six")
    assert placed == parse_line(f"{text} on six")
    assert not placed.follows
    assert question == parse_line(text), "the question itself does not change"


@pytest.mark.parametrize("text", ["bill chat on five", "price output on five", "rates output on five"])
def test_a_question_with_a_model_stays_with_it(text: str) -> None:
    question = parse_line(text)
    assert not question.follows
    assert question.on_page("six") is question


@pytest.mark.parametrize(
    "text", ["ratio five", "tokens greeting", "band 4..8 of current", "models current", "scenarios all", "edition date"]
)
def test_a_question_about_no_model_of_a_page_follows_none(text: str) -> None:
    question = parse_line(text)
    assert not question.follows
    assert question.on_page("six") is question


def test_the_fields_of_a_question_are_its_grammar() -> None:
    for kind, cls in KINDS.items():
        assert [name for name, _ in cls.slots()] == [one.name for one in fields(cls)], kind
        assert cls.usage_line().startswith(f"write {kind} as ")


def test_values_of_one_meaning_make_one_question() -> None:
    assert parse_line("band 4..8 of current") == parse_line("band 4.0..8.00 of current")
    assert hash(parse_line("band 4..8 of current")) == hash(parse_line("band 4.0..8.00 of current"))
    assert Range(Decimal(4), Decimal(8)) == Range(Decimal("4.0"), Decimal("8.0"))
