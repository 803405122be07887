"""Slips in misconceptions and rubrics, each found at its own line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from costbook.assessment.misconceptions import Misconception, Nature
from costbook.assessment.rubrics import Criterion, Rubric
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS as WRONG_WORLDS

if TYPE_CHECKING:
    from tests.load.conftest import Book

MISCONCEPTIONS = "assessments/misconceptions.yaml"
RUBRIC = "assessments/rubrics/account.yaml"
REVIEW = "assessments/reviews/seen.yaml"


def test_misconceptions_are_read(book: Book) -> None:
    found = book.load().misconceptions
    assert {one.id for one in found.values() if one.nature is Nature.WORLD} == set(WRONG_WORLDS)
    assert found["all-at-once"] == Misconception(
        "all-at-once", Nature.BELIEF, "A mistake", "You did it.", "It fails.", "Look again."
    )


def test_a_rubric_is_read(book: Book) -> None:
    levels = ((2, "Names it and says why."), (1, "Names it."), (0, "Does not."))
    found = book.load().rubrics["account"]
    assert found == Rubric(
        "account",
        "An account",
        "seen",
        (
            Criterion("cause", "The cause", ("works-1",), levels),
            Criterion("side", "The side", ("works-1", "gap-1"), ((1, "The right one."), (0, "Another."))),
        ),
    )
    assert found.points == 3


LEVELS = "write one for each number of points, from the most down to 0"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # misconceptions
        (MISCONCEPTIONS, "{id: all-at-once, kind: belief", "{id: ¦all-at-once, kind: world",
         "no function makes the wrong world 'all-at-once'; known: another-models-ratio"),
        (MISCONCEPTIONS, "{id: letter-by-letter, kind: belief", "{id: ¦all-at-once, kind: belief",
         "the id 'all-at-once' stands twice"),
        (MISCONCEPTIONS, "{id: counts-only, kind: world", "{id: counts-only, kind: ¦belief",
         "a function makes the wrong world 'counts-only'; write `kind: world`, or take another id"),
        (MISCONCEPTIONS, "{id: all-at-once, kind: belief", "{id: all-at-once, kind: ¦words",
         "kind: 'words' is none of world, belief"),
        (MISCONCEPTIONS, "  - {id: tier-ignored, kind: world, name: A mistake, did: You did it., why: It fails., "
         "look: Look again.}\n", "",
         "a function makes each of these wrong worlds, and no words explain it: tier-ignored; add an entry"),
        (MISCONCEPTIONS, "{id: all-at-once, kind: belief, name: A mistake, did: You did it.,",
         "{id: all-at-once, kind: belief, name: A mistake, did: ¦5% of it.,", "'5%' is a typed percentage"),
        (MISCONCEPTIONS, "{id: all-at-once, kind: belief, name: A mistake, did: You did it.,",
         "¦{id: all-at-once, kind: belief, name: A mistake,", "needs the key 'did'"),
        # rubrics
        (RUBRIC, "id: account", "id: ¦acount", "the file of 'acount' must be named acount.yaml"),
        (RUBRIC, "review: seen", "review: ¦scene", "unknown review 'scene'; did you mean 'seen'?"),
        (RUBRIC, "findings: [works-1]", "findings: [¦work-1]",
         "unknown finding of the review 'seen': 'work-1'; did you mean 'works-1'?"),
        (RUBRIC, "findings: [works-1]", "findings: [works-1, ¦gap-2]",
         "the finding 'gap-2' is not assessable (It is drawn.); a criterion comes from what an answer can show"),
        (RUBRIC, "findings: [works-1]", "findings: ¦[]", "findings: is empty; at least one entry is needed"),
        (RUBRIC, "      2: Names it and says why.\n      1: Names it.",
         "      3: Names it and says why.\n      1: Names it.", f"the levels are 3, 1, 0; {LEVELS}"),
        (RUBRIC, "      0: Does not.\n", "", f"the levels are 2, 1; {LEVELS}"),
        (RUBRIC, "levels: {1: The right one., 0: Another.}", "levels: ¦{0: Another., 1: The right one.}",
         f"the levels are 0, 1; {LEVELS}"),
        (RUBRIC, "levels: {1: The right one., 0: Another.}", "levels: ¦{0: Another.}", f"the levels are 0; {LEVELS}"),
        (RUBRIC, "levels: {1: The right one., 0: Another.}", "levels: ¦{}", "levels: is empty"),
        (RUBRIC, "levels: {1: The right one.,", "levels: {¦one: The right one.,",
         "the key 'one' is not a number of points; write 3, 2, 1 and 0"),
        (RUBRIC, "levels: {1: The right one.,", "levels: {¦01: The right one.,", "the key '01' is not a number"),
        (RUBRIC, "levels: {1: The right one.,", "levels: {1: '¦{bill}`chta`',",
         "unknown scenario 'chta'; did you mean 'chat'?"),
        (RUBRIC, "  - id: side", "  - id: ¦cause", "the id 'cause' stands twice"),
        (RUBRIC, "title: The cause", "title: ¦$5 for the cause", "'$5' is typed money"),
        # what a review finds and a rubric judges by
        (RUBRIC, "findings: [works-1, gap-1]", "findings: [works-1]",
         "no criterion comes from the assessable finding 'gap-1'; name it in the `findings` of a rubric of "
         "this review, or write `assessable: no` and `because`"),
        (REVIEW, 'text: None., assessable: "no", because: It is drawn.}', 'text: None., assessable: "yes"}',
         "no criterion comes from the assessable finding 'gap-2'"),
    ],
)  # fmt: skip
def test_a_slip(book: Book, file: str, old: str, new: str, expected: str) -> None:
    place = book.edit(file, old, new)
    problems = book.problems()
    wanted = f"{place}: {expected}" if "¦" in new else f": {expected}"
    assert sum(wanted in problem for problem in problems) == 1, problems


def test_a_finding_without_a_criterion_is_told_in_the_review(book: Book) -> None:
    place = book.edit(REVIEW, "  - {id: gap-1,", "  - ¦{id: gap-1,")
    book.edit(RUBRIC, "findings: [works-1, gap-1]", "findings: [works-1]")
    (problem,) = book.problems()
    assert problem.startswith(f"{place}: no criterion comes from the assessable finding 'gap-1'")


def test_a_rubric_of_another_review_does_not_count(book: Book) -> None:
    text = (book.root / REVIEW).read_text()
    book.write("assessments/reviews/other.yaml", text.replace("id: seen", "id: other"))
    problems = book.problems()
    assert [problem.split(":")[0] for problem in problems] == ["assessments/reviews/other.yaml"] * 2


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (REVIEW, "verdict: Good\n", "", "needs the key 'verdict'"),
        (RUBRIC, "title: An account\n", "", "needs the key 'title'"),
        (MISCONCEPTIONS, "kind: belief, name: A mistake, did: You did it., why: It fails., look: Look again.}\n  - ",
         "kind: belief, name: A mistake, did: You did it., why: It fails.}\n  - ", "needs the key 'look'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_problem_not_many(book: Book, file: str, old: str, new: str, problem: str) -> None:
    """What names it is not blamed: a rubric for its review, an item for its rubric or misconception."""
    book.edit(file, old, new)
    assert [one.partition(": ")[2] for one in book.problems()] == [problem]
