"""Banks of small quizzes: which questions they have, under which ids, and when a question is another one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.changes.making import priced
from tests.export.samples import bank as sample_bank
from tests.quizzes.making import computed, models, numeric, quiz_of, quiz_world, resolved, usages
from tests.sphinx_ext.quiz_pages import SLOTS

from costbook.assessment.rich import words
from costbook.export.bank import bank_of, digests, tags
from costbook.export.losses import Fate, Feature, Keep, losses
from costbook.export.targets import TARGETS
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ResolvedQuiz
from costbook.world import World

WORLD = quiz_world()
# $2 becomes $3 in: what the item costs on five is another amount, on six the same.
DEARER = priced(WORLD, "five", input="3")
ITEMS = numeric(variants=4), computed(variants=4)


def quiz(world: World = WORLD, secret: bytes | None = None) -> ResolvedQuiz:
    return resolve(quiz_of(*ITEMS), world, secret)[0]


def test_one_pool_a_slot_and_as_many_variants_as_asked() -> None:
    bank = bank_of(quiz(), 3)
    assert [(pool.id, len(pool.questions), pool.points) for pool in bank.pools] == [
        ("small.amount", 3, 1),
        ("small.which", 3, 1),
    ]
    assert len(bank_of(quiz(), 100).questions) == 8  # two models, two cases, two items
    assert (bank.title, bank.edition, bank.stamp) == ("A small quiz", 7, "edition 7, priced at 2026-11-22")
    with pytest.raises(ValueError, match="at least one variant"):
        bank_of(quiz(), 0)


def test_a_pool_is_found_by_its_number_points_and_first_words() -> None:
    """The same words whichever variants it has, at most 60 characters of them."""
    item = numeric(stem="How much {{ case.input }} " + "cost " * 30 + "on {{ model }}?", points=2, variants=4)
    found = resolve(quiz_of(item, ITEMS[1]), WORLD)[0]
    banks = [bank_of(found, 4), bank_of(found, 1, seed=3)]
    for bank in banks:
        first, second = (bank.label(pool) for pool in bank.pools)
        assert re.fullmatch(r"1 of 2 \(2 points\): How much \d000( cost)+ …", first)
        assert len(first.partition(": ")[2]) <= 60
        assert second.startswith("2 of 2 (1 point): ")
    assert banks[0].pools[0].about == banks[1].pools[0].about


def test_hints_of_open_questions_are_a_line_of_their_own() -> None:
    """Where a quiz has none, nothing is said of them."""
    variant = SLOTS[6][1][0]
    assert variant.kind == "open"
    found = {one.feature for one in losses(sample_bank([replace(variant, hint=words("Look."))]), EVERYTHING)}
    assert Feature.OPEN_HINT in found
    assert Feature.HINT not in found
    hinted = sample_bank([replace(SLOTS[0][1][0], hint=words("Look."))])
    for target in TARGETS.values():
        said = " ".join(loss.fate.how for loss in losses(hinted, target.fates))
        assert re.search(r"open (answer|question)|essay", said) is None, target.name


def test_a_seed_begins_elsewhere() -> None:
    """The first question of a bank is the variant that the form of its code has."""
    bank, found = bank_of(quiz(), 1, seed=2), quiz()
    assert bank.code == found.code(2)
    assert [one.variant for one in bank.questions] == [slot.variant(2) for slot in found.slots]


def test_siblings_share_a_pool() -> None:
    other = numeric("other", stem="And {{ case.input }} and {{ case.output }} on {{ model }}?")
    bank = bank_of(resolve(quiz_of([numeric(), other]), WORLD)[0], 8)
    assert [pool.id for pool in bank.pools] == ["small.amount"]
    assert {one.variant.item for one in bank.questions} == {"amount", "other"}


def test_ids_are_of_what_was_drawn_and_not_of_what_it_costs() -> None:
    before, after = bank_of(quiz(), 4), bank_of(quiz(DEARER), 4)
    first = before.pools[0].questions
    assert {one.id for one in first} == {
        f"small.amount.model={model}.case={case}" for model in ("five", "six") for case in ("1000+100", "2000+300")
    }
    assert {one.id for one in before.questions} == {one.id for one in after.questions}
    (named,) = {one.name for one in first if one.id.endswith("five.case=1000+100")}
    assert named == "amount (model five, case 1000+100)"


def test_a_digest_is_of_what_is_said() -> None:
    """What five costs moves, and so do the questions about it; those about six stay, in whatever form and order."""
    before, after = digests(quiz()), digests(quiz(DEARER))
    moved = {id_ for id_, digest in before.items() if after[id_] != digest}
    assert moved == {id_ for id_ in before if "model=five" in id_}
    assert digests(quiz(secret=b"mine")) == before
    points = resolve(quiz_of(replace(ITEMS[0], points=2)), WORLD)[0]
    assert all(digest != before[id_] for id_, digest in digests(points).items())


def test_tags() -> None:
    bank = bank_of(resolved(numeric(parameters=(models("five"), usages("1000+100")))), 1)
    (question,) = bank.questions
    assert tags(bank, question) == (
        "objective:predict",
        "level:understand",
        "process:inferring",
        "edition:7",
        "priced-at:2026-11-22",
        f"code:{question.variant.code}",
        f"digest:{question.digest}",
        "misconception:swapped-rates",
    )


def test_what_is_lost_is_said_of_what_there_is() -> None:
    """Three numbers with hints, of which a learner gets one, and one choice without."""
    item = numeric(hint="Look {math}`x`.", variants=3)
    one = computed(parameters=(models("five"), usages("1000+100")))
    bank = bank_of(resolve(quiz_of(item, one), WORLD)[0], 3)
    fates = {feature: Fate(Keep.LOST, feature.value) for feature in Feature}
    assert {loss.feature: loss.questions for loss in losses(bank, fates)} == {
        Feature.HINT: 3,
        Feature.OPTION_FEEDBACK: 1,
        Feature.NUMBER_FEEDBACK: 3,
        Feature.SOLUTION: 4,
        Feature.TOLERANCE: 3,
        Feature.UNIT: 3,
        Feature.MATHS: 3,
        Feature.TAGS: 4,
        Feature.POOLS: 3,
        Feature.STABLE_IDS: 4,
    }
    order = list(Feature)
    found = [order.index(loss.feature) for loss in losses(bank, fates)]
    assert found == sorted(found)
    assert losses(bank, fates)[0].fate.how == "hints"


@given(st.integers(1, 9), st.integers(0, 99))
def test_no_question_stands_twice(variants: int, seed: int) -> None:
    bank = bank_of(QUIZ, variants, seed)
    ids = [question.id for question in bank.questions]
    assert len(set(ids)) == len(ids)
    assert bank.minutes == Decimal(2)


QUIZ = quiz()
EVERYTHING = {feature: Fate(Keep.LOST, feature.value) for feature in Feature}
