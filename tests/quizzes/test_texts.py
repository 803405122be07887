"""Texts of items: filled with what was drawn, which is words and never markup; slips found with their literal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quizzes.making import models, numbers, quiz_world, usages, works

from costbook.assessment.items import Draw, Parameter
from costbook.assessment.rich import Answer, Code, Emphasis, Listing, Marked, Maths, Paragraph, Words, to_plain
from costbook.quizzes.drawing import printable
from costbook.quizzes.texts import Asker, Silent, check_text, render
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS

PARAMETERS = (models("five", "six"), usages("1500+250"), works("rag"), numbers("calls", 12000))
DRAWN = {"model": "six", "case": "1500+250", "work": "rag", "calls": "12000"}


def filled(text: str, **drawn: str) -> str:
    """A text with what was drawn, as plain words."""
    world = quiz_world()
    values = {**DRAWN, **drawn}
    return to_plain(render(text, Asker(world), values, printable(PARAMETERS, values, world)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ model }} and {{ case }}", "SIX and 1500+250"),
        ("{{ case.input | count }} in, {{ case.output }} out", "1,500 in, 250 out"),
        ("{{ work }}: {{ work.input | count }} x {{ work.requests | count }}", "Documents: 4,000 x 1,000"),
        ("{{ calls | count }} calls", "12,000 calls"),
        ("{bill}`$case on $model`", "$0.0150"),  # 1,500 × 5 + 250 × 30
        ("{bill}`$work`", "$0.0100"),  # on the house model: 4,000 × 2 + 200 × 10
        ("{{ case.input\n| count }} in", "1,500 in"),
        ("one\n**bold** and\n*light*", "one bold and light"),
        ("`{{ model }}` stays code", "{{ model }} stays code"),
    ],
)
def test_a_text_is_filled(text: str, expected: str) -> None:
    assert filled(text) == expected


def test_a_text_keeps_its_shape() -> None:
    text = "A *light* `word` {math}`I/r` {quoted}`5x [S000]`\n\n- one {share}`rag for output on five`\n- two"
    rich = render(text, Asker(quiz_world()), {}, {})
    assert rich == (
        Paragraph(
            (
                Words("A "), Emphasis((Words("light"),)), Words(" "), Code("word"), Words(" "), Maths("I/r"),
                Words(" "), Marked("5x", "S000", quoted=True),
            )
        ),
        Listing(
            (
                # 4,000 × 2 = 8,000 and 200 × 10 = 2,000
                (Paragraph((Words("one "), Answer("20%", "output"))),),
                (Paragraph((Words("two"),)),),
            )
        ),
    )  # fmt: skip


def test_the_same_text_in_a_wrong_world() -> None:
    wrong = Asker(MISCONCEPTIONS["counts-only"](quiz_world()))
    assert to_plain(render("{side}`1500+500 on five`", Asker(quiz_world()), {}, {})) == "output"
    assert to_plain(render("{side}`1500+500 on five`", wrong, {}, {})) == "input"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_what_is_drawn_is_words_and_never_markup(word: str) -> None:
    rich = render("A {{ word }} here", Asker(quiz_world()), {"word": word}, {"word": word})
    assert rich == (Paragraph((Words(f"A {word} here"),)),)


def test_a_question_without_an_answer_is_told_apart() -> None:
    for text in ("{price}`cached on six`", "{bill}`1500+250 on five at 2020-01-01`", "{bill}`3000+1 on narrow`"):
        with pytest.raises(Silent):
            filled(text)


@pytest.mark.parametrize(
    ("text", "literal", "what"),
    [
        ("{{ modle }}", "{{ modle }}", "unknown parameter 'modle'; did you mean 'model'?"),
        ("{{ case.inptu }}", "{{ case.inptu }}", "unknown attribute 'inptu'; did you mean 'input'?"),
        ("{{ calls | cuont }}", "{{ calls | cuont }}", "unknown filter 'cuont'; did you mean 'count'?"),
        ("{{ calls | count(2) }}", "{{ calls | count(2) }}", "takes nothing in brackets"),
        ("{{ calls * 2 }}", "{{ calls * 2 }}", "ask a question for anything computed"),
        ("{{ 'a' * 999999999 }}", "{{ 'a' * 999999999 }}", "ask a question"),
        ("{{ case.mro }}", "{{ case.mro }}", "unknown attribute 'mro'"),
        ("{{ case['input'] }}", "{{ case['input'] }}", "may hold a drawn name"),
        ("{{ cycler() }}", "{{ cycler() }}", "may hold a drawn name"),
        ("{% for a in 'b' %}{{ a }}{% endfor %}", "{% for a in 'b' %}", "Unexpected end of template"),
        ("&#123;{ modle }}", "{{ modle }}", "unknown parameter 'modle'"),
        (f"{{{{ {'(' * 2000}model{')' * 2000} }}}}", f"{{{{ {'(' * 2000}model{')' * 2000} }}}}", "recursion"),
        ("a bill on $model", "$model", "'$model' would be printed as it stands; write {{ model }}, or a role such as"),
        ("{bill}`case on $model`", "{bill}`case on $model`", "(did you mean $case?)"),
        ("an open {{ model", "{{ model", "is not closed"),
        ("{{ model }} and {{ case", "{{ case", "is not closed"),
        ("{{ model.input }}", "{{ model.input }}", "has no attribute 'input'"),
        ("{bill}`$cas on $model`", "{bill}`$cas on $model`", "unknown parameter 'cas'; did you mean 'case'?"),
        ("{bill}`$case on`", "{bill}`$case on`", "'on' needs a value"),
        ("{bill}`$case on sixx`", "{bill}`$case on sixx`", "did you mean 'six'?"),
    ],
)
def test_a_slip_is_found_with_its_literal(text: str, literal: str, what: str) -> None:
    faults = list(check_text(text, PARAMETERS, quiz_world()))
    assert [fault.literal for fault in faults] == [literal]
    assert what in faults[0].what


@pytest.mark.parametrize("text", ["{{ model }}, {{ case.input | count }}", "{bill}`$case on $model`", "no slip", "$5"])
def test_a_sound_text_has_no_fault(text: str) -> None:
    assert list(check_text(text, PARAMETERS, quiz_world())) == []


def test_a_number_may_be_unanswerable_in_some_variants_only() -> None:
    free = Parameter("case", Draw.USAGES, ("0+0", "10+10"))
    assert list(check_text("{margin}`$case on five`", (free,), quiz_world())) == []
    assert len(list(check_text("{margin}`0+0 on five`", (), quiz_world()))) == 1


def test_a_retired_model_leaves_its_variants_out_and_is_no_slip() -> None:
    text = "{bill}`1000+100 on $model`"
    assert list(check_text(text, (models("gone", "five"),), quiz_world())) == []
    (fault,) = check_text("{bill}`1000+100 on gone`", (), quiz_world())
    assert "was retired on 2026-10-23" in fault.what
