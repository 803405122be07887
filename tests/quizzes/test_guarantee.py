"""What the guarantee leaves out, each reason by an example worked by hand, and what it keeps.

FIVE takes 2.00 and 10.00 per million tokens, SIX 5.00 and 30.00; amounts in dollars per 1,000 calls.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.quizzes.making import (
    choice,
    computed,
    drawn,
    mistakes,
    models,
    numbers,
    numeric,
    quiz_world,
    resolved,
    slot_of,
    usages,
    works,
)
from tests.worlds import FIVE, SIX, model, prices, rate

from costbook.assessment.items import AnswerUnit, Item, Mistake, Option, Tolerance
from costbook.assessment.rich import to_plain
from costbook.quizzes.guarantee import REMEDIES, Reason
from costbook.quizzes.resolve import Unresolvable
from costbook.quizzes.resolved import ChoiceBody, NumericBody

PERCENT = Tolerance(relative=Decimal("0.01"))


def excluded(item: Item) -> dict[str, tuple[int, str]]:
    """Reason -> how many, and the example."""
    return {one.reason: (one.count, one.example) for one in slot_of(item).excluded}


def test_a_key_and_its_windows() -> None:
    body = drawn(slot_of(numeric()), model="five", case="2000+300").body
    assert isinstance(body, NumericBody)
    # 2,000 × 2 + 300 × 10 = 7,000 millionths, in dollars per 1,000 calls 7; swapped 2,000 × 10 + 300 × 2 = 20.6
    assert (body.key, body.low, body.high) == (Decimal(7), Decimal("6.93"), Decimal("7.07"))
    (wrong,) = body.wrong
    assert (wrong.value, wrong.low, wrong.high) == (Decimal("20.6"), Decimal("20.394"), Decimal("20.806"))
    assert to_plain(wrong.feedback) == (
        "Did swapped-rates. Worked out that way: (2,000 × $10.00 + 300 × $2.00) ÷ 1,000,000 = $0.0206.\n\n"
        "Why swapped-rates. Look swapped-rates."
    )
    assert "(2,000 × $2.00 + 300 × $10.00) ÷ 1,000,000 = $0.00700" in to_plain(body.right)


def test_distractors_are_taken_in_order_of_preference() -> None:
    item = computed(
        mistakes=mistakes("tier-ignored", "swapped-rates", "per-thousand", "input-forgotten", "counts-only")
    )
    body = drawn(slot_of(item), model="five", case="1000+100").body
    assert isinstance(body, ChoiceBody)
    # Five has no tiers: that mistake changes nothing, and the next is taken until there are four options.
    assert {one.id: to_plain(one.text) for one in body.options} == {
        "key": "$0.00300",  # 2,000 + 1,000
        "swapped-rates": "$0.0102",  # 10,000 + 200
        "per-thousand": "$3.00",
        "input-forgotten": "$0.00100",
    }
    assert [one.id for one in body.options if one.right] == ["key"]


def test_a_mistake_that_collides_with_an_option_is_passed_over() -> None:
    # Without input only the output's price counts: 100 × 10 = 1,000. At the input's price: 1,100 × 2 = 2,200.
    item = computed(mistakes=mistakes("input-forgotten", "counts-only", "output-at-input-rate", "per-thousand"))
    body = drawn(slot_of(item), model="five", case="1000+100").body
    assert isinstance(body, ChoiceBody)
    assert {one.id for one in body.options} == {"key", "input-forgotten", "counts-only", "per-thousand"}


def test_too_few_mistakes_apply() -> None:
    with pytest.raises(Unresolvable, match="2 of 3 apply: swapped-rates, per-thousand"):
        resolved(computed(mistakes=mistakes("tier-ignored", "swapped-rates", "per-thousand")))


def test_options_that_say_the_same_are_not_shipped() -> None:
    # By counts input wins in both; by weight 1,000 × 2 > 100 × 10 too, but 500 × 10 > 2,000 × 2.
    alike = Option("alike", "The {side}`$case on $model` side by weight.", "No.", misconception="counts-only")
    item = choice()
    item = replace(item, options=(item.options[0], alike))
    slot = slot_of(item)
    assert {dict(one.values)["case"] for one in slot.variants} == {"2000+500"}
    assert excluded(item) == {
        Reason.ALIKE.value: (
            2,
            "model five, case 1000+100: 'weighed' and 'alike' both say 'the input side by weight.'",
        )
    }


def test_a_mistake_that_changes_nothing_is_no_reason() -> None:
    # SIX has the ratio of the frontier model, which is SIX.
    folklore = Option("folklore", "The {side}`$case on $model` side.", "No.", misconception="another-models-ratio")
    item = choice()
    item = replace(item, options=(item.options[0], folklore))
    plain = quiz_world()
    world = replace(plain, edition=replace(plain.edition, houses={**plain.edition.houses, "frontier": "six"}))
    slot = slot_of(item, world)
    assert {dict(one.values)["model"] for one in slot.variants} == {"five"}
    assert [(one.reason, one.count) for one in slot.excluded] == [(Reason.NO_DIFFERENCE.value, 2)]


def test_a_verdict_right_for_the_wrong_reason_is_an_option() -> None:
    body = drawn(slot_of(choice()), model="five", case="1000+100").body
    assert isinstance(body, ChoiceBody)
    texts = {one.id: to_plain(one.text) for one in body.options}
    assert (texts["weighed"], texts["counted"]) == ("The input side by weight.", "The input side by count.")


def test_written_options_alike_name_both() -> None:
    pair = (Option("a", "The {side}`$case on $model` side.", "Right.", True), Option("b", "the input  side.", "No."))
    assert excluded(choice(options=pair))[Reason.ALIKE.value] == (
        2, "model five, case 1000+100: 'a' and 'b' both say 'the input side.'",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "kept"),
    [
        ("1500+300", False),  # the tie: 3,000 each
        ("1500+270", False),  # 3,000 and 2,700: exactly 10 % would be kept, see the next
        ("1500+269", True),
        ("1500+333", False),  # 3,330: 330 ÷ 3,330 = 9.9 %
        ("1500+334", True),  # 340 ÷ 3,340 = 10.2 %
    ],
)
def test_no_verdict_near_a_tie(case: str, kept: bool) -> None:
    sure = choice(parameters=(models("five"), usages(case, "1000+100")))
    sure = replace(sure, options=(sure.options[0], sure.options[2]))
    cases = {dict(one.values)["case"] for one in slot_of(sure).variants}
    assert cases == ({case, "1000+100"} if kept or case == "1500+270" else {"1000+100"})


def test_a_key_that_needs_too_many_decimals() -> None:
    item = numeric(
        parameters=(models("five"), usages("1001+103", "1000+100")), unit=AnswerUnit.DOLLARS,
        tolerance=Tolerance(absolute=Decimal("0.000001")),
    )  # fmt: skip
    # 2,002 + 1,030 = 3,032 millionths: 0.003032 dollars; 0.003 has three decimals
    assert excluded(item) == {
        Reason.DECIMALS.value: (1, "model five, case 1001+103: 0.003032 dollars needs more than 4 decimals")
    }


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        (AnswerUnit.DOLLARS, "0.003"),
        (AnswerUnit.CENTS, "0.3"),
        (AnswerUnit.PER_1000_CALLS, "3"),
        (AnswerUnit.MICRO_DOLLARS, "3000"),
    ],
)
def test_the_unit_of_a_key(unit: AnswerUnit, key: str) -> None:
    body = drawn(slot_of(numeric(unit=unit)), model="five", case="1000+100").body
    assert isinstance(body, NumericBody)
    assert body.key == Decimal(key)


def test_a_share_is_rounded_within_its_tolerance() -> None:
    item = numeric(
        parameters=(models("five"), usages("800+300")), key="share $case for output on $model",
        unit=AnswerUnit.PERCENT, tolerance=Tolerance(absolute=Decimal(1)), mistakes=(),
    )  # fmt: skip
    body = slot_of(item).variants[0].body
    assert isinstance(body, NumericBody)
    # 3,000 ÷ 4,600 = 65.217…: one decimal is within a twentieth of the tolerance, none is not
    assert (body.key, body.low, body.high) == (Decimal("65.2"), Decimal("64.2"), Decimal("66.2"))


def test_a_mistake_too_near_the_key() -> None:
    # Without the output of 1 token: 2,000 instead of 2,010 millionths, half a percent apart.
    item = numeric(parameters=(models("five"), usages("1000+1", "1000+100")), mistakes=mistakes("output-forgotten"))
    assert excluded(item) == {
        Reason.IN_WINDOW.value: (
            1, "model five, case 1000+1: 'output-forgotten' answers $0.00200, the key is $0.00201",
        )
    }  # fmt: skip


def test_a_mistake_that_changes_nothing_does_not_matter() -> None:
    body = drawn(slot_of(numeric(mistakes=mistakes("tier-ignored", "swapped-rates"))), model="five").body
    assert isinstance(body, NumericBody)
    assert [one.misconception for one in body.wrong] == ["swapped-rates"]


def test_the_later_of_two_mistakes_with_one_answer_goes() -> None:
    # Both price 100 output tokens at 2: 2,200.
    item = numeric(mistakes=mistakes("output-at-input-rate", "counts-only"))
    body = drawn(slot_of(item), model="five", case="1000+100").body
    assert isinstance(body, NumericBody)
    assert [one.misconception for one in body.wrong] == ["output-at-input-rate"]


def test_a_condition_leaves_variants_out() -> None:
    assert excluded(numeric(require=("ratio $model above 5",))) == {
        Reason.CONDITION.value: (2, "model five, case 1000+100: ratio $model above 5: ratio five is 5×")
    }


def test_two_variants_with_one_stem_and_key_are_one() -> None:
    item = numeric(parameters=(models("five"), usages("1000+100"), numbers("unused", 1, 2, 3)))
    assert excluded(item)[Reason.TWIN.value][0] == 2


def test_what_is_not_offered_is_left_out() -> None:
    item = numeric(
        parameters=(models("five", "six"), works("warm")), stem="{{ model }} {{ work }}", key="bill $work on $model"
    )
    found = excluded(item)
    assert found == {
        Reason.SILENT.value: (1, "model six, work warm: not offered: SIX has no price for cached input tokens")
    }


def test_a_misconception_may_have_words_of_the_item() -> None:
    item = numeric(mistakes=(Mistake("swapped-rates", "On {{ model }} it is {ratio}`$model`."),))
    body = drawn(slot_of(item), model="six").body
    assert isinstance(body, NumericBody)
    assert to_plain(body.wrong[0].feedback) == "On SIX it is 6×."


def test_the_build_is_told_the_commonest_reason() -> None:
    with pytest.raises(Unresolvable) as caught:
        resolved(numeric("dear", require=("ratio $model above 5",), variants=4), computed("fine"))
    assert str(caught.value) == (
        "item 'dear': 2 of 4 variants keep the guarantee, 4 are needed. Commonest reason (2): a condition of the item "
        "does not hold, for example model five, case 1000+100: ratio $model above 5: ratio five is 5×. To mend it, "
        "loosen `require`, or add values to its parameters; or lower `variants`"
    )
    assert [few.item for few in caught.value.items] == ["dear"]


def test_a_changed_price_changes_key_distractor_and_feedback() -> None:
    dearer = model("five", rate(prices("3.00", "12.00")))
    world = quiz_world(models=(dearer, SIX))
    for where, key, wrong in ((quiz_world(), "3", "10.2"), (world, "4.2", "12.3")):
        # 1,000 × 2 + 100 × 10 = 3,000, swapped 10,200; 1,000 × 3 + 100 × 12 = 4,200, swapped 12,300
        body = drawn(slot_of(numeric(), where), model="five", case="1000+100").body
        assert isinstance(body, NumericBody)
        assert (body.key, body.wrong[0].value) == (Decimal(key), Decimal(wrong))
        assert f"= ${Decimal(wrong) / 1000:.4f}" in to_plain(body.wrong[0].feedback)
    assert FIVE.periods != dearer.periods


def test_every_reason_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Reason)


def test_too_few_values_say_so() -> None:
    with pytest.raises(Unresolvable, match=r"4 of 4 variants keep the guarantee, 5 are needed[.] Add values to its"):
        resolved(numeric(variants=5))
