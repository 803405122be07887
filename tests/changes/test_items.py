"""What moves in a quiz: keys, distractors, feedback, stems, and variants that come or go.

``five`` costs $2 in and $10 out, ``six`` $5 and $30. 1,000 in and 100 out cost 2,000 + 1,000 = 3,000 millionths of a
dollar on five, which is $3 for 1,000 calls, and 5,000 + 3,000 = 8,000 on six; 2,000 in and 300 out 7,000 and 19,000.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.changes.making import QUIZ, dated, priced, quiz_moved, quiz_page, with_model, with_quiz, world
from tests.quizzes.making import choice, computed, mistakes, models, numeric, usages, works
from tests.worlds import prices, rate

from costbook.assessment.items import (
    Event,
    Item,
    Match,
    Misplaced,
    MultipleChoice,
    Open,
    Option,
    Order,
    Pair,
    ShortText,
    Use,
    WrongText,
)
from costbook.assessment.rubrics import Anchor, Criterion, Rubric
from costbook.changes import Impact, ItemText, Moved, Stale, Unanswered, Unchanged, impact
from costbook.changes.items import Shelf
from costbook.load import Place
from costbook.quizzes.resolve import Pool
from costbook.world import World

OLD = world()
DEARER = {"output": "12"}
"""On five: 1,000 in, 100 out cost 2,000 + 1,200 = 3,200; 2,000 in, 300 out 4,000 + 3,600 = 7,600."""


def change(item: Any, **prices: str | None) -> Impact:
    """What moves in a quiz of one item when five has other prices."""
    return quiz_moved(with_quiz(OLD, item), with_quiz(priced(OLD, "five", **prices), item))


def texts(found: tuple[ItemText, ...]) -> list[tuple[str, str, str, str]]:
    """Values drawn, label, old and new."""
    return [(one.drawn, one.label, one.old, one.new) for one in found]


def names(impact: Impact) -> set[str]:
    return {name for name, entries in impact.entries.items() if entries}


# --- keys and distractors --------------------------------------------------------------------------------------------


def test_the_key_and_the_mistakes_of_a_number() -> None:
    """Swapped rates: 1,000 x 10 + 100 x 2 = 10,200 becomes 12,000 + 200; 20,600 becomes 24,000 + 600."""
    found = change(numeric(), **DEARER)
    unit = "dollars per 1,000 calls"
    about = (Place(QUIZ, 10, 5), "small", "amount")
    small, large = "model five, case 1000+100", "model five, case 2000+300"
    assert found.keys == (
        ItemText(*about, small, "key", f"3 {unit}", f"3.2 {unit}", Decimal("0.2") / 3, False, False),
        ItemText(*about, large, "key", f"7 {unit}", f"7.6 {unit}", Decimal("0.6") / 7, False, False),
    )
    assert texts(found.distractors) == [
        (small, "swapped-rates", f"10.2 {unit}", f"12.2 {unit}"),
        (large, "swapped-rates", f"20.6 {unit}", f"24.6 {unit}"),
    ]
    assert found.distractors[0].change == Decimal(2) / Decimal("10.2")
    assert names(found) == {"keys", "distractors", "feedback", "stale"}
    assert found.pages == {"assessments/quizzes/small"}


def test_the_feedback_to_a_mistake_has_its_working() -> None:
    found = change(numeric(), **DEARER)
    texts_of = {one.label: one for one in found.feedback if one.drawn.endswith("1000+100")}
    assert set(texts_of) == {"swapped-rates", "right", "solution"}
    wrong = texts_of["swapped-rates"]
    assert "1,000 × $10.00 + 100 × $2.00" in wrong.old
    assert "1,000 × $12.00 + 100 × $2.00" in wrong.new
    assert "$12.00" in texts_of["right"].new
    assert not any(one.drawn.startswith("model six") for one in found.feedback)


def test_a_mistake_that_cannot_be_made_any_more() -> None:
    """At equal prices nothing is left to swap."""
    found = change(numeric(), input="10")
    assert {(one.label, one.new) for one in found.distractors} == {("swapped-rates", "none")}
    back = quiz_moved(with_quiz(priced(OLD, "five", input="10"), numeric()), with_quiz(OLD, numeric()))
    assert {(one.label, one.old) for one in back.distractors} == {("swapped-rates", "none")}


def test_a_computed_choice() -> None:
    """Options are amounts: the key, and what each mistake makes of it."""
    found = change(computed(parameters=(models("five"), usages("1000+100"))), **DEARER)
    assert texts(found.keys) == [("model five, case 1000+100", "key", "$0.00300", "$0.00320")]
    assert {(one.label, one.old, one.new) for one in found.distractors} == {
        ("swapped-rates", "$0.0102", "$0.0122"),
        ("per-thousand", "$3.00", "$3.20"),
    }  # all tokens at the input price: 1,100 x 2 stays
    assert not found.keys[0].flips


def test_a_verdict_in_a_written_key_flips() -> None:
    """Input at $3: 2,000 x 3 = 6,000 against 500 x 10 = 5,000, so input; 1,000 against 100 was input before."""
    found = change(choice(), input="3")
    (key,) = found.keys
    assert texts(found.keys) == [
        ("model five, case 2000+500", "key", "The output side by weight.", "The input side by weight.")
    ]
    assert key.flips
    assert found.distractors == ()  # by counts, 2,000 are more than 500 at any price
    assert names(found) == {"keys", "feedback", "stale"}
    assert {one.label for one in found.feedback} == {"solution"}


def test_an_amount_in_a_written_key_moves_and_flips_nothing() -> None:
    options = (
        Option("right", "It costs {bill}`$case on $model`, input {bill}`$case on $model for input`.", "Yes.", True),
        Option("swapped", "It costs {bill}`$case on $model`.", "At {price}`output on $model`.", False, "swapped-rates"),
        Option("guessed", "Nothing.", "A guess.", False, "hunch"),
    )
    found = change(choice(options=options, parameters=(models("five"), usages("1000+100"))), **DEARER)
    assert texts(found.keys) == [
        ("model five, case 1000+100", "key", "It costs $0.00300, input $0.00200.", "It costs $0.00320, input $0.00200.")
    ]
    assert not found.keys[0].flips
    assert [(one.label, one.old, one.new) for one in found.distractors] == [
        ("swapped", "It costs $0.0102.", "It costs $0.0122.")
    ]
    assert ("swapped", "At $10.00.", "At $12.00.") in [(one.label, one.old, one.new) for one in found.feedback]


def test_a_stem_and_a_hint() -> None:
    item = numeric(stem="At {price}`output on $model`?", hint="{{ case.input }} at {price}`input on $model`.")
    found = change(item, output="12", input="3")
    stems = [(one.label, one.old, one.new) for one in found.stems if one.drawn.endswith("1000+100")]
    assert stems == [("stem", "At $10.00?", "At $12.00?"), ("hint", "1000 at $2.00.", "1000 at $3.00.")]


def common(item_id: str) -> dict[str, Any]:
    made = numeric(item_id, stem="What holds?", parameters=())
    return {name: getattr(made, name) for name in ("id", "objective", "level", "process", "points", "minutes", "stem")}


KINDS = {
    "multiple": MultipleChoice(
        **common("multiple"),
        options=(
            Option("a", "{price}`output on five`", "Yes.", True),
            Option("b", "{price}`input on six`", "Yes.", True),
            Option("c", "{price}`output on five`, doubled", "No.", False, "hunch"),
        ),
    ),
    "order": Order(
        **common("order"),
        events=(Event("a", "{price}`output on five`"), Event("b", "then this")),
        mistakes=(Misplaced("b", "a", "After {price}`output on five`."),),
        right="Yes.",
        otherwise="No.",
    ),
    "match": Match(
        **common("match"),
        pairs=(Pair("a", "five", "{price}`output on five`", "No."), Pair("b", "six", "{price}`output on six`", "No.")),
        right="Yes.",
        extra=("{price}`output on five` more",),
    ),
    "short": ShortText(
        **common("short"),
        accept=("output",),
        mistakes=(WrongText(("input",), "It costs {price}`output on five`."),),
        right="Yes.",
        otherwise="No.",
    ),
    "open": Open(
        **common("open"),
        rubric="judge",
        least_words=1,
        most_words=9,
        model_answer="It costs {price}`output on five`.",
        anchors=(Anchor("Good", "At {price}`output on five`.", (), "It is right."),),
    ),
}
MOVES = {
    "multiple": [
        ("keys", "key", "$10.00; $5.00", "$12.00; $5.00"),
        ("distractors", "c", "$10.00, doubled", "$12.00, doubled"),
        ("feedback", "solution", "- $10.00 - $5.00", "- $12.00 - $5.00"),
    ],
    "order": [
        ("keys", "key", "$10.00; then this", "$12.00; then this"),
        ("feedback", "b before a", "After $10.00.", "After $12.00."),
        ("feedback", "solution", "1. $10.00 2. then this", "1. $12.00 2. then this"),
    ],
    "match": [
        ("keys", "key", "five: $10.00; six: $30.00", "five: $12.00; six: $30.00"),
        ("distractors", "extra-1", "$10.00 more", "$12.00 more"),
        ("feedback", "solution", "- five: $10.00 - six: $30.00", "- five: $12.00 - six: $30.00"),
    ],
    "short": [("feedback", "input", "It costs $10.00.", "It costs $12.00.")],
    "open": [
        ("keys", "key", "It costs $10.00.", "It costs $12.00."),
        ("feedback", "Good", "At $10.00.", "At $12.00."),
        ("feedback", "solution", "It costs $10.00.", "It costs $12.00."),
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_item(kind: str) -> None:
    rubrics = {"judge": Rubric("judge", "Judging", "review", (Criterion("c", "Clear", (), ((1, "Is."),)),))}
    old = replace(OLD, rubrics=rubrics)
    item = KINDS[kind]
    found = quiz_moved(with_quiz(old, item), with_quiz(priced(old, "five", **DEARER), item))
    moves = [
        (name, one.label, one.old, one.new)
        for name, entries in found.entries.items()
        for one in entries
        if isinstance(one, ItemText)
    ]
    assert moves == MOVES[kind]


# --- variants --------------------------------------------------------------------------------------------------------


def test_an_item_loses_its_variants() -> None:
    """Input at $2.50: 2,000 x 2.5 = 5,000 is what 500 x 10 come to; a tie is not asked for, and 3 of 4 remain."""
    found = change(choice(variants=4), input="2.50")
    (lost,) = found.lost
    assert (lost.item, lost.before, lost.now, lost.needed) == ("side", 4, 3, 4)
    assert lost.why == (
        "the verdict lies within 10 % of a tie (1), for example model five, case 2000+500: "
        "side 2000+500 on five is 0% from it"
    )
    assert found.stops
    assert found.keys == ()


def test_an_item_with_enough_variants_left() -> None:
    found = change(choice(variants=3), input="2.50")
    assert found.lost == ()
    assert not found.stops
    assert [(one.before, one.now) for one in found.variants] == [(4, 3)]


def test_variants_that_come_back() -> None:
    item = choice(variants=3)
    found = quiz_moved(with_quiz(priced(OLD, "five", input="2.50"), item), with_quiz(OLD, item))
    (one,) = found.variants
    assert (one.before, one.now, one.why) == (3, 4, "")


def test_a_model_retired_takes_its_variants() -> None:
    item = numeric(variants=4)
    gone = with_model(OLD, "six", retired=OLD.edition.as_of)
    (lost,) = quiz_moved(with_quiz(OLD, item), with_quiz(gone, item)).lost
    assert (lost.before, lost.now) == (4, 2)
    assert lost.why.startswith("a question has no answer (2), for example model six, case 1000+100: six was retired")


def test_the_reason_is_that_of_what_is_gone() -> None:
    """Three cases of four never keep a condition of the item; what goes is a tie."""
    cases = usages("3000+100", "4000+100", "5000+100", "2000+500")
    item = choice(parameters=(models("five"), cases), require=("break-even $case on $model below 410",))
    found = change(item, input="2.50")
    (lost,) = found.lost
    assert (lost.before, lost.now) == (1, 0)
    assert lost.why.startswith("a condition of the item does not hold (1), for example model five, case 2000+500")
    tied = change(replace(item, require=("break-even $case on $model below 550",)), input="2.50")
    assert tied.lost[0].why.startswith("the verdict lies within 10 % of a tie (1), for example model five, case 2000")


# --- edits -----------------------------------------------------------------------------------------------------------


def test_an_item_edited() -> None:
    """Its key is asked otherwise: the input side alone, 2,000 instead of 3,000; the prices are what they were."""
    old, new = (with_quiz(OLD, numeric(key=key)) for key in ("bill $case on $model", "bill $case on $model for input"))
    found = quiz_moved(old, new)
    assert texts(found.keys)[0][2:] == ("3 dollars per 1,000 calls", "2 dollars per 1,000 calls")


@pytest.mark.parametrize(
    "parameters",
    [(models("five"), usages("1000+100", "2000+300")), (models("six", "five"), usages("1000+100", "900+90"))],
    ids=["fewer models", "another usage"],
)
def test_an_item_that_draws_other_values(parameters: Any) -> None:
    old, new = with_quiz(OLD, numeric()), with_quiz(OLD, numeric(parameters=parameters))
    found = quiz_moved(old, new)
    (one,) = found.variants
    assert (one.before, one.why) == (4, "other values are drawn")
    assert found.keys == ()


def test_an_item_with_other_parameters() -> None:
    plain = numeric(stem="1,000 in on {{ model }}?", key="bill 1000+0 on $model", parameters=(models("five", "six"),))
    (one,) = quiz_moved(with_quiz(OLD, numeric()), with_quiz(OLD, plain)).variants
    assert (one.before, one.now, one.why) == (4, 2, "other values are drawn")


def test_a_variant_that_becomes_the_twin_of_another() -> None:
    """The stem names no model: at the same prices, six asks what five asks, and is left out beside it."""
    options = (
        Option("right", "It costs {bill}`$case on $model`.", "Yes.", True),
        Option("swapped", "It costs {bill}`$case on $model`.", "No.", False, "swapped-rates"),
    )
    item = choice(options=options, stem="{{ case.input }} and {{ case.output }}?", variants=4)
    found = quiz_moved(with_quiz(OLD, item), with_quiz(priced(OLD, "six", input="2", output="10"), item))
    (lost,) = found.lost
    assert (lost.before, lost.now) == (4, 2)
    assert lost.why.startswith("another variant has the same stem and key (2), for example model six, case 1000+100")


def test_a_question_that_names_no_model_rests_on_the_everyday_one() -> None:
    item = numeric(stem="{{ case.input }} in?", key="bill $case", parameters=(usages("1000+100", "2000+300"),))
    found = change(item, **DEARER)
    assert texts(found.keys)[0][2:] == ("3 dollars per 1,000 calls", "3.2 dollars per 1,000 calls")


def test_the_text_of_a_workload_that_an_item_draws() -> None:
    """Five words become one: 1 in at $2 and 100 out at $10 cost 1,002 millionths of a dollar, not 1,010."""
    item = numeric(parameters=(models("five"), works("typed")), stem="?", key="bill $work on $model")
    shorter = {**OLD.texts, "greeting": replace(OLD.texts["greeting"], text="Hello")}
    found = quiz_moved(with_quiz(OLD, item), with_quiz(replace(OLD, texts=shorter), item))
    assert texts(found.keys)[0][2:] == ("1.01 dollars per 1,000 calls", "1.002 dollars per 1,000 calls")


def test_a_question_about_a_population_rests_on_all_of_it() -> None:
    """Two of the maker's five models have a ratio of 5 or 6; at $60, six has 12, and one is left."""
    item = numeric(stem="{band}`5..6 of maker` of them", parameters=(models("five"), usages("1000+100")))
    found = quiz_moved(with_quiz(OLD, item), with_quiz(priced(OLD, "six", output="60"), item))
    assert [(one.old, one.new) for one in found.stems] == [("40% of them", "20% of them")]


def test_a_condition_on_the_edition_is_more_than_print() -> None:
    item = numeric(require=("edition date is 2026-11-22",))
    (lost,) = quiz_moved(with_quiz(OLD, item), with_quiz(dated(OLD, "2026-12-02"), item)).lost
    assert (lost.before, lost.now) == (4, 0)


def test_the_price_of_a_context_tier() -> None:
    """Above 200,000 tokens, long costs $2.50 in: 300,000 cost $0.75; then $3, so $0.90."""
    item = numeric(parameters=(models("long"), usages("300000+0")), stem="?", key="bill $case on $model")
    tiers = {200000: prices("3.00", "15.00", cached="0.25")}
    dearer = rate(prices("1.25", "10.00", cached="0.125"), tiers=tiers)
    found = quiz_moved(with_quiz(OLD, item), with_quiz(with_model(OLD, "long", periods=(dearer,)), item))
    assert texts(found.keys)[0][2:] == ("750 dollars per 1,000 calls", "900 dollars per 1,000 calls")


def test_a_mistake_that_takes_another_models_ratio() -> None:
    """The frontier model's ratio on five: 30 / 5 = 6, so 100 out cost 1,200 of 3,200; at 40 / 5 = 8, 1,600 of 3,600."""
    old = replace(OLD, edition=replace(OLD.edition, houses={**OLD.edition.houses, "frontier": "six"}))
    item = numeric(parameters=(models("five"), usages("1000+100")), mistakes=mistakes("another-models-ratio"))
    found = quiz_moved(with_quiz(old, item), with_quiz(priced(old, "six", output="40"), item))
    assert texts(found.distractors) == [
        (
            "model five, case 1000+100",
            "another-models-ratio",
            "3.2 dollars per 1,000 calls",
            "3.6 dollars per 1,000 calls",
        )
    ]
    assert found.keys == ()


def test_items_and_quizzes_that_come_and_go() -> None:
    old, new = with_quiz(OLD, numeric("one"), numeric("two")), with_quiz(OLD, numeric("two"), numeric("three"))
    found = quiz_moved(old, new)
    assert [(one.place.line, one.asked) for one in found.arrivals] == [(20, "item three")]
    assert [(one.asked, one.old, one.new) for one in found.words] == [("item one", "one", "none")]
    came = quiz_moved(OLD, new)
    assert [one.asked for one in came.arrivals] == ["quiz of small"]
    assert came.keys == ()


def test_a_quiz_with_another_title() -> None:
    old, new = (with_quiz(OLD, numeric(), title=title) for title in ("A small quiz", "Another title"))
    assert quiz_moved(old, new).words == (
        Moved(Place(QUIZ, 1, 1), "quiz of small", "document", "A small quiz", "Another title"),
    )


def test_a_quiz_that_is_gone() -> None:
    old = with_quiz(OLD, numeric())
    gone = impact(old, OLD, [quiz_page(old.quizzes["small"])])
    assert gone.unanswered == (Unanswered(Place(QUIZ, 1, 1), "quiz of small", "A small quiz", "the quiz is gone"),)


@pytest.mark.parametrize(
    ("why", "said", "lists"),
    [
        ("Because of words.", "Because of words.", {"feedback"}),
        # The quiz rests on six from now on, so its codes are others.
        ("Because of {price}`output on six`.", "Because of $30.00.", {"feedback", "stale"}),
    ],
)
def test_the_words_of_a_misconception(why: str, said: str, lists: set[str]) -> None:
    words = {**OLD.misconceptions}
    words["swapped-rates"] = replace(words["swapped-rates"], why=why)
    item = numeric(parameters=(models("five"), usages("1000+100")))
    found = quiz_moved(with_quiz(OLD, item), with_quiz(replace(OLD, misconceptions=words), item))
    (feedback,) = found.feedback
    assert "Why swapped-rates." in feedback.old
    assert said in feedback.new
    assert names(found) == lists


def test_a_graded_quiz_moves_off_the_pages() -> None:
    old, new = (with_quiz(one, numeric(), use=Use.GRADED) for one in (OLD, priced(OLD, "five", **DEARER)))
    found = quiz_moved(old, new)
    assert all(one.graded for one in found.keys)
    assert found.stale == (Stale(Place(QUIZ, 1, 1), "small", True),)
    assert found.pages == frozenset()


# --- dates, codes, and what is not drawn -----------------------------------------------------------------------------


def test_the_date_alone() -> None:
    """The page prints its edition; one of two items prints the day, and neither has another key."""
    printing = numeric("printing", stem="On {edition}`date`: what does {{ case.input }} in cost on {{ model }}?")
    old = with_quiz(OLD, printing, numeric("other"))
    found = quiz_moved(old, dated(old, "2026-12-02"))
    assert found.dates == (
        Unchanged(Place(QUIZ, 1, 1), "quiz of small"),
        Unchanged(Place(QUIZ, 10, 5), "item printing"),
    )
    assert names(found) == {"dates", "stale"}


def test_the_serial_alone() -> None:
    """The page prints it, and codes begin with it."""
    old = with_quiz(OLD, numeric())
    found = quiz_moved(old, dated(old, "2026-11-22", 8))
    assert found.dates == (Unchanged(Place(QUIZ, 1, 1), "quiz of small"),)
    assert names(found) == {"dates", "stale"}


def test_codes_of_a_file_that_was_edited() -> None:
    """Whatever is edited in its file, a quiz has other codes."""
    old, new = (with_quiz(OLD, numeric(), source=source * 64) for source in "01")
    assert names(quiz_moved(old, new)) == {"stale"}


def test_a_date_among_other_changes() -> None:
    """The stem differs in the day alone, though the key moves."""
    item = numeric(stem="On {edition}`date`: {{ case.input }} in on {{ model }}?")
    old = with_quiz(OLD, item)
    found = quiz_moved(old, dated(with_quiz(priced(OLD, "five", **DEARER), item), "2026-12-02"))
    assert found.stems == ()
    assert found.keys
    assert Unchanged(Place(QUIZ, 10, 5), "item amount") in found.dates


def test_codes_of_a_price_that_no_variant_asks_for() -> None:
    """A cached price moves no key, but the codes stand for the model's prices as a whole."""
    item = numeric(mistakes=mistakes("output-forgotten"))
    found = quiz_moved(with_quiz(OLD, item), with_quiz(priced(OLD, "five", cached="0.30"), item))
    assert names(found) == {"stale"}
    assert found.pages == {"assessments/quizzes/small"}


@pytest.mark.parametrize(
    ("new", "moves"),
    [
        (priced(OLD, "long", output="11"), False),
        (dated(OLD, "2026-12-02"), False),
        (with_model(OLD, "five", context=500_000), True),
        (priced(OLD, "six", output="31"), True),
    ],
    ids=["another model", "the date", "a context", "a price"],
)
def test_nothing_is_drawn_where_nothing_can_move(new: World, moves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    pool = Shelf.pool

    def noting(shelf: Shelf, item: Item) -> Pool:
        drawn.append(item.id)
        return pool(shelf, item)

    monkeypatch.setattr(Shelf, "pool", noting)
    quiz_moved(with_quiz(OLD, numeric()), with_quiz(new, numeric()))
    assert bool(drawn) is moves


def test_a_scenario_that_an_item_draws() -> None:
    item = numeric(parameters=(models("five"), works("chat")), stem="{{ work.input }} in", key="bill $work on $model")
    edited = replace(OLD.scenarios["chat"], usage=OLD.scenarios["chat"].usage._replace(input=900))
    found = quiz_moved(with_quiz(OLD, item), with_quiz(replace(OLD, scenarios={**OLD.scenarios, "chat": edited}), item))
    assert texts(found.stems) == [("model five, work chat", "stem", "800 in", "900 in")]
    assert texts(found.keys)[0][2:] == ("4.6 dollars per 1,000 calls", "4.8 dollars per 1,000 calls")
