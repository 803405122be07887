"""Each rule of the lint with what it hits and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from costbook.assessment.items import (
    AnswerUnit,
    Choice,
    Item,
    MultipleChoice,
    Numeric,
    Open,
    Option,
    Order,
    Quiz,
    Slot,
    Tolerance,
    Use,
)
from costbook.assessment.objectives import PROCESSES, Level, Objective
from costbook.assessment.quizlint import VERBS, bare, slips, uncovered, verb_slip


def common(item_id: str = "item", **others: Any) -> dict[str, Any]:
    """What all items have."""
    given = {
        "objective": "o-explain",
        "level": Level.UNDERSTAND,
        "process": "explaining",
        "points": 1,
        "minutes": Decimal(1),
        "stem": "Why?",
        "hint": "Look.",
    }
    return {"id": item_id, **given, **others}


def choice(
    *texts: str, stem: str = "Why?", kind: type[Choice] | type[MultipleChoice] = Choice, rights: int = 1
) -> Item:
    """A choice; the first text is the right one."""
    options = tuple(Option(f"o{index}", text, "Because.", index < rights) for index, text in enumerate(texts))
    return kind(**common(stem=stem), options=options)


def order(item_id: str = "item", **others: Any) -> Order:
    """An item of no rule but the general ones."""
    return Order(**common(item_id, **others), events=(), mistakes=(), right="Right.", otherwise="No.")


def numeric(item_id: str, objective: str = "o-explain") -> Numeric:
    """An item that asks for a number."""
    return Numeric(
        **common(item_id, objective=objective, level=Level.APPLY, process="executing"),
        key="bill chat",
        unit=AnswerUnit.CENTS,
        tolerance=Tolerance(absolute=Decimal(1)),
        mistakes=(),
        otherwise="No.",
    )


def quiz(*items: Item | tuple[Item, ...], use: Use = Use.PRACTICE, minutes: int = 30, chapter: str = "first") -> Quiz:
    """A quiz of slots; a tuple is siblings."""
    slots = tuple(Slot(one if isinstance(one, tuple) else (one,)) for one in items)
    return Quiz("quiz", "Quiz", chapter, use, minutes, Decimal("0.75"), "So.", slots, "0" * 64)


def told(*items: Item) -> list[str]:
    """What the lint says of items, up to the first semicolon."""
    return [slip.what.split(";")[0] for slip in slips(quiz(*items))]


def test_prior_knowledge_may_be_recalled_and_calculated() -> None:
    """No quota of level Understand, and no reason asked about each objective; its size is limited."""
    recalled = numeric("how-many")
    items = [replace(recalled, id=f"prior-{place}") for place in range(6)]
    prior, check = (quiz(*items, use=use, minutes=8) for use in (Use.PRIOR, Use.CHECK))
    assert [slip.what.split(";")[0] for slip in slips(prior)] == []
    assert any("at level understand" in slip.what for slip in slips(check))
    assert [slip.what.split(";")[0] for slip in slips(quiz(*items, recalled, use=Use.PRIOR, minutes=9))] == [
        "9 minutes",
        "7 items",
    ]
    objectives = {"o-explain": objective("explain")}
    assert list(uncovered(objectives, [prior])) == []
    assert [name for name, _ in uncovered(objectives, [check])] == ["o-explain"]


# --- objectives ------------------------------------------------------------------------------------------------------


def objective(verb: str, process: str = "explaining", name: str = "o-explain", chapter: str = "first") -> Objective:
    """An objective."""
    level = next(level for level, processes in PROCESSES.items() if process in processes)
    return Objective(name, chapter, level, process, verb, "It.", "an account")


def test_every_process_has_verbs_of_its_own() -> None:
    assert set(VERBS) == {process for processes in PROCESSES.values() for process in processes}
    assert all(VERBS.values())


@pytest.mark.parametrize(
    ("verb", "process"),
    [
        ("explain", "explaining"),
        ("Predict", "inferring"),
        ("infer", "inferring"),
        ("compare", "comparing"),
        ("interpret", "interpreting"),
        ("classify", "classifying"),
        ("summarise", "summarising"),
        ("summarize", "summarising"),
        ("give an example", "exemplifying"),
        ("exemplify", "exemplifying"),
        ("identify", "recognising"),
        ("recognize", "recognising"),
        ("distinguish", "differentiating"),
        ("estimate", "executing"),
        ("critique", "critiquing"),
    ],
)
def test_a_verb_of_its_process_is_good(verb: str, process: str) -> None:
    assert verb_slip(objective(verb, process)) is None


@pytest.mark.parametrize(
    ("verb", "process", "said"),
    [
        ("identify", "explaining", "'identify' is a verb of recognising (level remember), and the process is explai"),
        ("recognise", "interpreting", "'recognise' is a verb of recognising (level remember)"),
        ("distinguish", "comparing", "'distinguish' is a verb of differentiating (level analyse)"),
        ("explain", "inferring", "'explain' is a verb of explaining (level understand), and the process is inferring; "
         "write infer, predict,"),
        ("understand", "explaining", "'understand' names no process that shows"),
        ("apply", "explaining", "'apply' is a verb of executing (level apply) and implementing (level apply)"),
    ],
)  # fmt: skip
def test_a_verb_of_another_process_is_not(verb: str, process: str, said: str) -> None:
    assert (verb_slip(objective(verb, process)) or "").startswith(said)


def test_an_objective_needs_two_items_that_ask_for_a_reason() -> None:
    goals = {one.id: one for one in (objective("explain"), objective("infer", "inferring", "o-infer"))}
    alone = quiz(order("a"), numeric("b"), numeric("c"))
    assert [(name, what.split(" of ")[0]) for name, what in uncovered(goals, [alone])] == [
        ("o-explain", "only 1 item"),
        ("o-infer", "no item"),
    ]
    both = [quiz((order("a"), order("b"))), quiz(order("c", objective="o-infer"), order("d", objective="o-infer"))]
    assert list(uncovered(goals, both)) == []


def test_an_objective_of_a_chapter_without_quizzes_needs_none() -> None:
    goals = {"o-explain": objective("explain", chapter="second")}
    assert list(uncovered(goals, [quiz(order())])) == []
    assert list(uncovered(goals, [])) == []


# --- the quiz --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "minutes", "number", "each", "said"),
    [
        (Use.CHECK, 8, 5, "1.5", []),
        (Use.CHECK, 9, 5, "1.5", ["9 minutes"]),
        (Use.CHECK, 8, 6, "1", ["6 items"]),
        (Use.PRACTICE, 30, 12, "2.5", []),
        (Use.PRACTICE, 31, 12, "2.5", ["31 minutes"]),
        (Use.PRACTICE, 30, 13, "2", ["13 items"]),
        (Use.PRACTICE, 20, 3, "7", ["the items need 21 minutes, and the limit is 20"]),
        (Use.GRADED, 90, 20, "4", []),
        (Use.GRADED, 79, 20, "4", ["the items need 80 minutes, and the limit is 79"]),
    ],
)
def test_minutes_and_slots(use: Use, minutes: int, number: int, each: str, said: list[str]) -> None:
    items = [order(f"i{index}", minutes=Decimal(each)) for index in range(number)]
    assert [slip.what.split(";")[0] for slip in slips(quiz(*items, use=use, minutes=minutes))] == said


def test_siblings_take_the_time_of_one() -> None:
    siblings = tuple(order(f"i{index}", minutes=Decimal(10)) for index in range(4))
    assert list(slips(quiz(siblings, minutes=10))) == []


@pytest.mark.parametrize(("understood", "others", "good"), [(7, 3, True), (6, 3, False), (2, 1, False), (3, 1, True)])
def test_seven_of_ten_slots_ask_to_understand(understood: int, others: int, good: bool) -> None:
    items = [order(f"u{index}") for index in range(understood)] + [numeric(f"n{index}") for index in range(others)]
    found = list(slips(quiz(*items)))
    assert [slip.path for slip in found] == ([] if good else [("items",)])
    assert all(f"{understood} of {understood + others} items are at level understand" in slip.what for slip in found)


def test_a_check_and_a_practice_give_hints() -> None:
    bare_item = order("a", hint=None)
    written = Open(**common("b", hint=None), rubric="r", least_words=1, most_words=9, model_answer="So.", anchors=())
    (slip,) = slips(quiz(bare_item, written))
    assert (slip.item, slip.what.split(";")[0]) == ("a", "has no hint")
    assert list(slips(quiz(bare_item, use=Use.GRADED))) == []


# --- stems -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which of these is not billed as output?", "not"),
        ("A request is read first. Which of these isn't written?", "n't"),
        ("Which tokens does the {name}`$model` not read again?", "not"),
        ("Select all that are billed, except one.", "except"),
        ("Choose the token that comes first. Pick one the model cannot see.", "cannot"),
        ("Which workload costs least?", "least"),
        ("What will a cache never hold?", "never"),
    ],
)
def test_an_unmarked_negative_stem(stem: str, word: str) -> None:
    (slip,) = slips(quiz(choice("One thing.", "Another.", stem=stem)))
    assert (slip.path, slip.literal) == (("stem",), word)


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is **not** billed as output?",
        "Which of these is NOT billed as output?",
        "The reply is not cached. Which side costs more?",
        "Which explanation says why the bill does not change?",
        "Which of these changes the bill, whether or not it is streamed?",
        "Why does the bill not change?",
        "How much does it cost at least?",
        "Which cut saves at least as much as the other?",
        "What costs more if nothing is cached and the reply is not streamed?",
        "What is written {quoted}`not at all [S001]` costs nothing.",
        "Which of these is billed as output? The prompt is not.",
    ],
)
def test_a_stem_that_asks_for_what_fits(stem: str) -> None:
    assert told(choice("One thing.", "Another.", stem=stem)) == []


def test_the_second_not_of_a_stem_is_the_one_meant() -> None:
    stem = "What is not written is not billed. Which of these is not written?"
    (slip,) = slips(quiz(choice("One thing.", "Another.", stem=stem)))
    assert (slip.literal, slip.nth) == ("not", 3)


# --- options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of the above.",
        "none of these",
        "Both of these.",
        "None of the other answers is right",
        "Both A and C",
        "Neither (a) nor (b)",
        "Option B and the draft",
        "More than one of the above",
        "The answer above",
    ],
)
def test_an_option_that_points_at_others(text: str) -> None:
    assert [what.split(" points")[1] for what in told(choice("One thing.", "Another.", text))] == [
        " at other options, whose order changes"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "All of these tokens share a pass.",
        "None of the tokens is read again.",
        "Both of them are billed.",
        "Any of the models would do.",
        "The options of the request decide.",
        "Both a prompt and a reply are billed.",
        "Either a cache or a batch.",
    ],
)
def test_an_option_about_its_matter(text: str) -> None:
    assert told(choice("One thing.", "Another.", text)) == []


LONG = "Each written token needs a pass of its own, after the one before it."  # 68 characters
SHORT = "A pass reads all of it."  # 23


@pytest.mark.parametrize("kind", [Choice, MultipleChoice])
def test_the_right_option_stands_out_by_its_length(kind: type[Choice] | type[MultipleChoice]) -> None:
    rights = 1 if kind is Choice else 2
    longest = choice(*[LONG] * rights, SHORT, SHORT + " So.", kind=kind, rights=rights)
    shortest = choice(*[SHORT] * rights, LONG, LONG, kind=kind, rights=rights)
    assert told(longest) == [
        "the right option is much longer than every other (68 characters, the next has 27), which gives it away"
    ]
    assert told(shortest) == [
        "the right option is much shorter than every other (23 characters, the next has 68), which gives it away"
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (LONG, SHORT, LONG),  # another is as long
        (LONG, SHORT, LONG[:49]),  # 49 × 1.4 is 68.6
        (SHORT, LONG, SHORT),
        (SHORT, LONG, SHORT + " So."),
        ("The output side", "Input", "Equal"),  # a few characters say nothing
        (LONG, SHORT),  # of two, one is always the longer
        # what is shown counts, not what is written
        ("It costs {bill}`chat-reply on claude-sonnet-4-6 for output`.", "It costs {{ a }} then.", "It costs that."),
    ],
)
def test_lengths_that_tell_nothing(texts: tuple[str, ...]) -> None:
    assert [what for what in told(choice(*texts)) if "much" in what] == []


def test_what_is_shown_is_measured() -> None:
    assert bare("The {side}`$case on $model` side: **{{ case.output | count }}** tokens,\n  {bill}`$case` in all") == (
        "The output side: 1,234 tokens, 1,234 in all"
    )


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("It may be kept.", "It is always read.", "It is never read."),
         ["only wrong options are absolute ('always' in 'o1', 'never' in 'o2'), which gives them away"]),
        (("It is kept.", "It depends on every word.", "All models read it."),
         ["only wrong options are absolute ('every' in 'o1', 'All models' in 'o2'), which gives them away"]),
        (("It is never read.", "It is always read.", "It is never kept."), []),  # the right one is absolute too
        (("It is kept.", "It is always read.", "It is read."), []),  # one is no pattern
        (("It is kept.", "On all the rest, which it reads.", "One, which only reads it, in all."), []),
        (("It is kept.", "It has nothing to do with it.", "The only one of them is read."), []),
    ],
)  # fmt: skip
def test_absolutes(texts: tuple[str, ...], said: list[str]) -> None:
    assert [what for what in told(choice(*texts)) if "absolute" in what] == said


@pytest.mark.parametrize(
    ("texts", "hedge"),
    [
        (("It is usually kept.", "It is read.", "It is cut."), "usually"),
        (("It is kept.", "It is often read.", "It is cut."), "often"),
        (("It may be kept.", "It is read.", "It is cut."), "may"),
        (("It is kept.", "The tools it may call.", "It is cut."), None),  # allowed, not hedged
        (("It is usually kept.", "It is often read.", "It is cut."), None),
        (("It is usually kept.", "It is read."), None),  # of two, one may well stand alone
        (("It is kept.", "It is read.", "It is cut."), None),
    ],
)
def test_a_hedge_that_stands_alone(texts: tuple[str, ...], hedge: str | None) -> None:
    assert told(choice(*texts)) == ([f"this option alone is hedged ({hedge!r}), so it stands out"] if hedge else [])


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        (("It takes 26 passes.", "One for each token.", "One for the whole."), "26"),
        (("One for each token.", "It takes 1,500 tokens.", "One for the whole."), "1,500"),
        (("One for each token.", "It costs {bill}`chat`.", "One for the whole."), "{bill}`chat`"),
        (("One for each token.", "It takes {{ n | count }}.", "One for the whole."), "{{ n | count }}"),
        (("It takes 26 passes.", "It takes 27.", "One for the whole."), None),
        (("So 900 tokens mean more work.", "One for each token.", "One for the whole."), None),  # the stem gives it
        (("It costs {ratio}`$model`.", "One for each token.", "One for the whole."), None),
        (("See chapter 6 for it.", "One for each token.", "One for the whole."), None),
        (("GPT-4o does it.", "o200k_base does it.", "Claude does."), None),
        (("The {side}`chat` side.", "One for each token.", "One for the whole."), None),
        (("It takes 26 passes.", "One for each token."), None),
    ],
)
def test_a_number_that_stands_alone(texts: tuple[str, ...], number: str | None) -> None:
    found = [slip for slip in slips(quiz(choice(*texts, stem="It reads 900 at {ratio}`$model`. Why?"))) if slip.literal]
    assert [slip.literal for slip in found] == ([number] if number else [])
