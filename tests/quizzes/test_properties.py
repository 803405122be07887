"""Whatever the prices and parameters: every variant that ships keeps the guarantee, or the quiz is refused.

Nothing here asks the code under test how it computes: amounts are done again with plain arithmetic from the prices that
were drawn.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quizzes.making import choice, computed, mistakes, models, numeric, quiz_of, quiz_world, usages
from tests.worlds import model, prices, rate

from costbook.assessment.items import AnswerUnit, Draw, Parameter, Tolerance
from costbook.assessment.rich import to_plain
from costbook.quizzes.resolve import Unresolvable, resolve
from costbook.quizzes.resolved import ChoiceBody, NumericBody, ResolvedSlot, Variant

PRICE = st.decimals(min_value="0.01", max_value=90, places=2)
LISTS = st.lists(st.tuples(PRICE, PRICE), min_size=1, max_size=3)
CASES = st.lists(
    st.tuples(st.integers(1, 9000), st.integers(1, 3000)), min_size=1, max_size=5, unique=True
)  # fmt: skip
NAMES = ("a", "b", "c")
MISTAKES = ("swapped-rates", "output-at-input-rate", "input-forgotten", "output-forgotten", "per-thousand")


def amounts(read: Decimal, written: Decimal, case: tuple[int, int]) -> dict[str, Decimal]:
    """USD for a request, rightly and by each mistake."""
    i, o = case
    million = Decimal(1_000_000)
    return {
        "key": (i * read + o * written) / million,
        "swapped-rates": (i * written + o * read) / million,
        "output-at-input-rate": (i + o) * read / million,
        "input-forgotten": o * written / million,
        "output-forgotten": i * read / million,
        "per-thousand": (i * read + o * written) / 1_000,
    }


@dataclass(frozen=True)
class Drawn:
    """What hypothesis drew: prices by model, and cases."""

    lists: list[tuple[Decimal, Decimal]]
    cases: list[tuple[int, int]]

    def parameters(self) -> tuple[Parameter, ...]:
        texts = tuple(f"{i}+{o}" for i, o in self.cases)
        return models(*NAMES[: len(self.lists)]), Parameter("case", Draw.USAGES, texts)

    def priced(self, variant: Variant) -> dict[str, Decimal]:
        values = dict(variant.values)
        read, written = self.lists[NAMES.index(values["model"])]
        i, o = map(int, values["case"].split("+"))
        return amounts(read, written, (i, o))


def slot_or_refusal(drawn: Drawn, item: object) -> ResolvedSlot | None:
    """The resolved slot, or None where the quiz was refused with every variant accounted for."""
    listed = tuple(
        model(name, rate(prices(str(read), str(written))))
        for name, (read, written) in zip(NAMES, drawn.lists, strict=False)
    )
    world = quiz_world(models=(*listed, *(one for one in quiz_world().models.values() if one.id in {"five", "six"})))
    combinations_drawn = len(drawn.lists) * len(drawn.cases)
    try:
        slot = resolve(quiz_of(item), world)[0].slots[0]  # type: ignore[arg-type]
    except Unresolvable as refused:
        (few,) = refused.items
        assert few.remaining < few.needed
        assert few.remaining + sum(one.count for one in few.excluded) == combinations_drawn
        return None
    assert len(slot.variants) + sum(one.count for one in slot.excluded) == combinations_drawn
    looks = [(to_plain(one.stem), to_plain(one.solution)) for one in slot.variants]
    assert len(set(looks)) == len(looks)
    return slot


DRAWN = st.builds(Drawn, LISTS, CASES)


@given(DRAWN)
@settings(deadline=None)
def test_a_computed_choice(drawn: Drawn) -> None:
    slot = slot_or_refusal(drawn, computed(parameters=drawn.parameters(), mistakes=mistakes(*MISTAKES), variants=1))
    if slot is None:
        return
    seats: Counter[int] = Counter()
    for variant in slot.variants:
        body, priced = variant.body, drawn.priced(variant)
        assert isinstance(body, ChoiceBody)
        assert [one.id for one in body.options if one.right] == ["key"]
        seats[[one.right for one in body.options].index(True)] += 1
        assert len(body.options) == 4
        assert len({to_plain(one.text) for one in body.options}) == 4
        for one, other in combinations(body.options, 2):
            # further apart than 2 % of either together
            values = priced[one.id], priced[other.id]
            assert abs(values[0] - values[1]) > Decimal("0.02") * (values[0] + values[1])
    assert max(seats.values()) - min(seats[place] for place in range(4)) <= 1


@given(DRAWN, st.sampled_from(["0.01", "0.05", "0.10"]))
@settings(deadline=None)
def test_a_number(drawn: Drawn, share: str) -> None:
    item = numeric(
        parameters=drawn.parameters(), mistakes=mistakes(*MISTAKES), unit=AnswerUnit.CENTS,
        tolerance=Tolerance(relative=Decimal(share)), variants=1,
    )  # fmt: skip
    slot = slot_or_refusal(drawn, item)
    for variant in slot.variants if slot else ():
        body, priced = variant.body, drawn.priced(variant)
        assert isinstance(body, NumericBody)
        exact = priced["key"] * 100
        assert body.low < body.key < body.high
        assert body.low <= exact <= body.high
        assert -int(body.key.as_tuple().exponent) <= 4
        assert abs(body.key - exact) <= exact * Decimal(share) / 20
        for mistake in MISTAKES:
            wrong = priced[mistake] * 100
            if wrong != exact:
                assert not body.low <= wrong <= body.high, "a mistake's answer is never marked right"
        for one, other in combinations(body.wrong, 2):
            assert one.high < other.low or other.high < one.low
        for wrong_number in body.wrong:
            assert wrong_number.value == priced[wrong_number.misconception] * 100
            assert wrong_number.high < body.low or wrong_number.low > body.high


@given(DRAWN)
@settings(max_examples=60, deadline=None)
def test_a_verdict(drawn: Drawn) -> None:
    slot = slot_or_refusal(drawn, choice(parameters=drawn.parameters(), variants=1))
    for variant in slot.variants if slot else ():
        body, priced = variant.body, drawn.priced(variant)
        assert isinstance(body, ChoiceBody)
        read, written = priced["output-forgotten"], priced["input-forgotten"]
        assert abs(read - written) >= max(read, written) / 10
        side = "input" if read > written else "output"
        (right,) = (one for one in body.options if one.right)
        assert to_plain(right.text) == f"The {side} side by weight."
        i, o = map(int, dict(variant.values)["case"].split("+"))
        if i != o:
            (counted,) = (one for one in body.options if one.id == "counted")
            assert to_plain(counted.text) == f"The {'input' if i > o else 'output'} side by count."
        assert len({to_plain(one.text) for one in body.options}) == len(body.options)


def test_a_usage_of_every_kind_is_drawn() -> None:
    drawn = Drawn([(Decimal(2), Decimal(10))], [(1000, 100)])
    slot = slot_or_refusal(drawn, numeric(parameters=(models("a"), usages("1000+100")), variants=1))
    assert slot is not None
    assert drawn.priced(slot.variants[0])["key"] == Decimal("0.003")
