"""Seeds, codes and seats: the same code gives the same form everywhere, siblings take turns, keys take every seat."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quizzes.making import choice, computed, models, numbers, numeric, quiz_of, quiz_world, resolved, usages
from tests.worlds import SIX, model, prices, rate

from costbook.assessment.codes import BadCode, fits, read
from costbook.assessment.items import Choice, Option
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ChoiceBody, ResolvedQuiz, Variant
from costbook.world import World

MANY = usages("1000+100", "2000+300", "3000+100", "500+400", "700+200", "4000+150")
REPOSITORY = Path(__file__).resolve().parents[2]


def written(item_id: str) -> Choice:
    """A conceptual item without parameters."""
    options = tuple(Option(name, f"{item_id} {name}.", "So.", right=name == "a") for name in "abcd")
    return choice(item_id, stem=f"Why {item_id}?", parameters=(), options=options)


def seat(variant: Variant) -> int:
    """Where the key stands."""
    assert isinstance(variant.body, ChoiceBody)
    return [one.right for one in variant.body.options].index(True)


def test_every_combination_is_drawn_once() -> None:
    slot = resolved(numeric(parameters=(models("five", "six"), MANY))).slots[0]
    assert len(slot.variants) == 12
    assert len({one.values for one in slot.variants}) == 12
    assert slot.excluded == ()


def test_seeds_go_round_the_pool() -> None:
    slot = resolved(numeric(parameters=(models("five", "six"), MANY))).slots[0]
    assert [slot.variant(seed) for seed in range(12)] == list(slot.variants)
    assert slot.variant(12) == slot.variant(0)
    assert slot.variant(1_000_003) == slot.variants[1_000_003 % 12]


def test_siblings_take_turns() -> None:
    slot = resolved([written("one"), written("two"), numeric("three")]).slots[0]
    assert [one.item for one in slot.variants] == ["one", "two", "three", "three", "three", "three"]
    assert slot.shipped == 3, "one variant of each is asked for"


def test_as_many_variants_ship_as_the_item_asks_for() -> None:
    slot = resolved(numeric(parameters=(models("five", "six"), MANY), variants=5)).slots[0]
    assert (slot.shipped, len(slot.variants)) == (5, 12)


def test_the_key_takes_every_seat_in_turn() -> None:
    quiz = resolved(computed(parameters=(models("five", "six"), MANY)), numeric(), written("w"), written("v"))
    assert Counter(map(seat, quiz.slots[0].variants)) == {0: 3, 1: 3, 2: 3, 3: 3}
    assert [seat(quiz.slots[number].variant(0)) for number in (0, 2, 3)] == [0, 1, 2], "and within one form"
    assert [seat(quiz.slots[number].variant(5)) for number in (0, 2, 3)] == [1, 1, 2]


def test_verdicts_take_turns() -> None:
    """Five and six: 1,000 in and 100 out is an input verdict, 300 and 500 out are output verdicts."""
    cases = usages("1000+100", "2000+100", "3000+100", "1000+300", "1000+500", "1000+900")
    slot = resolved(choice(parameters=(models("five", "six"), cases))).slots[0]
    verdicts = [one.verdict for one in slot.variants]
    assert sorted(verdicts) == ["input"] * 6 + ["output"] * 6
    assert all(one != other for one, other in pairwise(verdicts))


def test_the_order_does_not_depend_on_where_it_is_made() -> None:
    script = (
        "from tests.quizzes.making import *; from tests.quizzes.test_resolve import MANY\n"
        "r = resolved(computed(parameters=(models('five', 'six'), MANY)), [choice(), numeric()])\n"
        "print(r.digest, [(v.code, v.item, v.values, repr(v.body)) for s in r.slots for v in s.variants])"
    )
    said = set()
    for number in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": number, "TZ": "Asia/Tokyo", "PYTHONPATH": "exts:."}
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        )
        said.add(ran.stdout)
    assert len(said) == 1


def test_the_order_of_a_pool_stays_what_it_was() -> None:
    """Pinned: a code printed on paper has to give the same variants for as long as the scheme stands."""
    slot = resolved(numeric(parameters=(models("five", "six"), MANY))).slots[0]
    assert [dict(one.values) for one in slot.variants[:3]] == PINNED


PINNED = [
    {"model": "five", "case": "2000+300"},
    {"model": "five", "case": "1000+100"},
    {"model": "six", "case": "500+400"},
]


# --- codes -----------------------------------------------------------------------------------------------------------


def check(quiz: ResolvedQuiz, text: str, secret: bytes | None = None) -> None:
    """Whether a code is of this quiz."""
    fits(read(text), quiz_id=quiz.quiz.id, edition=quiz.edition, digest_hex=quiz.digest, secret=secret)


def test_each_variant_carries_the_code_of_its_seed() -> None:
    quiz = resolved(numeric(), [written("one"), written("two")])
    for slot in quiz.slots:
        for seed, variant in enumerate(slot.variants):
            check(quiz, variant.code)
            assert read(variant.code).seed == seed
            assert variant.code == quiz.code(seed)


@given(st.integers(0, (1 << 20) - 1))
def test_any_seed_has_a_code_that_gives_it_back(seed: int) -> None:
    quiz = resolved(written("one"))
    assert read(quiz.code(seed)).seed == seed


def test_a_code_of_another_source_or_price_is_refused() -> None:
    quiz = resolved(numeric())
    code = quiz.code(3)
    changed = resolve(quiz_of(numeric(), source="1" * 64), quiz_world())[0]
    with pytest.raises(BadCode, match="another source"):
        check(changed, code)
    dearer = model("five", rate(prices("3.00", "10.00")))
    for moved in (quiz_world(models=(dearer, SIX)), resolved_on("2026-12-01")):
        with pytest.raises(BadCode, match="another source"):
            check(resolve(quiz_of(numeric()), moved)[0], code)


def resolved_on(day: str) -> World:
    """The small world, priced on another day within the same edition."""
    world = quiz_world()
    return replace(world, edition=replace(world.edition, as_of=date.fromisoformat(day)))


def test_words_of_a_misconception_do_not_change_a_code() -> None:
    world = quiz_world()
    words = {**world.misconceptions}
    del words["tier-ignored"]
    assert resolved(numeric(), world=quiz_world(misconceptions=words)).code(0) == resolved(numeric()).code(0)


def test_a_secret_changes_the_order_and_its_codes_need_it() -> None:
    item = numeric(parameters=(models("five", "six"), MANY))
    public, private = resolved(item), resolved(item, secret=b"the owl")
    other = resolved(item, secret=b"the dove")
    orders = [[one.values for one in quiz.slots[0].variants] for quiz in (public, private, other)]
    assert len({tuple(order) for order in orders}) == 3
    assert {frozenset(order) for order in orders} == {frozenset(orders[0])}, "the same variants, verified alike"
    code = private.code(2)
    check(private, code, b"the owl")
    for wrong, what in ((None, "no secret is given"), (b"the dove", "another secret")):
        with pytest.raises(BadCode, match=what):
            check(public, code, wrong)


def test_parameters_do_not_shuffle_each_other() -> None:
    """What one item draws does not depend on the items around it."""
    alone = resolved(numeric(parameters=(models("five", "six"), MANY))).slots[0]
    beside = resolved(written("w"), numeric(parameters=(models("five", "six"), MANY))).slots[1]
    assert [one.values for one in alone.variants] == [one.values for one in beside.variants]


def test_a_number_is_drawn_as_it_is_written() -> None:
    item = numeric(parameters=(models("five"), numbers("input", 1000, 2000)), key="bill $input+100 on $model",
                   stem="{{ input | count }} on {{ model }}")  # fmt: skip
    assert {dict(one.values)["input"] for one in resolved(item).slots[0].variants} == {"1000", "2000"}
