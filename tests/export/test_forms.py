"""Forms: by letter, for students, from codes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.samples import real_quiz
from tests.export.sheets import paper, quiz_of, sample
from tests.quizzes.making import numeric, resolved
from tests.sphinx_ext.quiz_pages import SLOTS

from costbook.assessment import codes
from costbook.assessment.codes import MOST_SEEDS, BadCode
from costbook.export.forms import Form, TooManyForms, different, for_students, lettered, of_code, seed_for
from costbook.export.roster import Student


def test_letters_go_on_after_z() -> None:
    variant = SLOTS[5][1][0]
    quiz = quiz_of([variant] * 800)
    labels = [form.label for form in lettered(quiz, 800, seed=5)]
    assert labels[:3] == ["A", "B", "C"]
    assert labels[25:28] == ["Z", "AA", "AB"]
    assert labels[701:703] == ["ZZ", "AAA"]  # 26 + 26 x 26
    assert [form.seed for form in lettered(quiz, 3, seed=5)] == [5, 6, 7]


def test_a_quiz_has_as_many_forms_as_it_can_tell_apart() -> None:
    quiz = sample()  # slots of 3, 1, 2, 1, 1, 1 and 1 variants
    assert different(quiz) == 6
    assert len({form.variants(quiz) for form in lettered(quiz, 6, seed=11)}) == 6
    with pytest.raises(
        TooManyForms, match="sample-practice has 6 different forms, and 7 are asked for; ask for at most 6"
    ):
        lettered(quiz, 7)
    with pytest.raises(TooManyForms, match="has 1 form, and 2 are asked for"):
        lettered(quiz_of([SLOTS[5][1][0]]), 2)


@pytest.mark.parametrize("seed", [-1, MOST_SEEDS - 1, MOST_SEEDS])
def test_seeds_that_no_code_holds_are_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=r"the seeds of 2 forms begin from 0 to 1,048,574"):
        lettered(sample(), 2, seed)


def test_at_least_one_form() -> None:
    with pytest.raises(ValueError, match="at least one form is needed"):
        lettered(sample(), 0)


def test_the_form_of_a_student_does_not_depend_on_who_else_is_there() -> None:
    quiz = sample()
    one, two, three = (Student(f"s{number}", f"Name {number}") for number in range(3))
    together = {form.student: form.seed for form in for_students(quiz, [one, two, three])}
    assert for_students(quiz, [three, one])[1] == Form(together[one], student=one)
    renamed = for_students(quiz, [replace(two, name="Another")])[0]
    assert renamed.seed == together[two]


def test_seeds_of_students_are_spread_and_another_quiz_gives_others() -> None:
    """SHA-256 of "student", the quiz and the id, apart by zero bytes; its first 20 bits, worked with sha256sum."""
    quiz = sample()
    assert seed_for(quiz, "s1") == 0xC5081
    seeds = [seed_for(quiz, f"s{number}") for number in range(400)]
    assert all(0 <= seed < MOST_SEEDS for seed in seeds)
    assert len(set(seeds)) > 390
    assert len({seed % different(quiz) for seed in seeds}) == 6
    other = replace(quiz, quiz=replace(quiz.quiz, id="another"))
    assert seed_for(other, "s1") != seed_for(quiz, "s1")
    assert seed_for(replace(quiz, secret=b"mine"), "s1") != seed_for(quiz, "s1")


@given(st.integers(0, MOST_SEEDS - 1))
def test_a_code_gives_its_form_again(seed: int) -> None:
    quiz = sample()
    typed = quiz.code(seed).lower().replace("-", " ")
    assert of_code(quiz, typed) == Form(seed)


def test_the_sheet_of_a_code_is_the_sheet_it_was_read_from() -> None:
    quiz = real_quiz("the-life-of-a-token-practice")
    student = for_students(quiz, [Student("s0042")])[0]
    again = of_code(quiz, quiz.code(student.seed))
    assert again.variants(quiz) == student.variants(quiz)
    assert paper(quiz, "keys", again).data == paper(quiz, "keys", Form(student.seed)).data


def test_a_private_code_needs_the_secret_it_was_made_with() -> None:
    item = numeric()
    quiz, other, public = (resolved(item, secret=secret) for secret in (b"mine", b"yours", None))
    code = quiz.code(2)
    assert of_code(quiz, code) == Form(2)
    with pytest.raises(BadCode, match="another secret"):
        of_code(other, code)
    with pytest.raises(BadCode, match="can be read only with the secret"):
        of_code(public, code)
    with pytest.raises(BadCode, match="leave it out"):
        of_code(quiz, public.code(2))


def test_what_is_no_code_of_this_quiz_is_refused() -> None:
    quiz = sample()
    with pytest.raises(BadCode, match="16 characters"):
        of_code(quiz, "ABCD")
    with pytest.raises(BadCode, match="another quiz"):
        of_code(quiz, real_quiz("bill-autopsy").code(0))
    with pytest.raises(BadCode, match="made for edition 7; this book is edition 8"):
        of_code(replace(quiz, edition=8), quiz.code(0))
    assert codes.read(quiz.code(3)).seed == 3
