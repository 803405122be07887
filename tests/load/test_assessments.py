"""Slips in objectives, lesson plans and reviews, each found at its own line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.load.conftest import Book

OBJECTIVES = "assessments/objectives.yaml"
LESSON = "assessments/lessons/first.yaml"
REVIEW = "assessments/reviews/seen.yaml"

A_NUMBER = "is not a whole number; write digits only, such as 1500"
A_LIST = "a list is needed here; begin each entry with a dash"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # objectives
        (OBJECTIVES, "  - id: first-infer", "  - id: ¦first-explain", "the id 'first-explain' stands twice"),
        (OBJECTIVES, "    chapter: first\n    level: understand\n    process: inferring",
         "    chapter: ¦frist\n    level: understand\n    process: inferring",
         "unknown chapter 'frist'; did you mean 'first'?"),
        (OBJECTIVES, "process: inferring", "process: ¦recalling",
         "'recalling' is no process of the level 'understand'; known: classifying, comparing"),
        (OBJECTIVES, "process: inferring", "process: ¦infering",
         "'infering' is no process of the level 'understand'; did you mean 'inferring'?"),
        (OBJECTIVES, "level: understand\n    process: explaining", "level: ¦understanding\n    process: explaining",
         "level: 'understanding' is none of remember, understand, apply, analyse, evaluate, create; "
         "did you mean 'understand'?"),
        (OBJECTIVES, "verb: predict", "verb: ¦identify",
         "'identify' is a verb of recognising (level remember), and the process is inferring; write infer, predict,"),
        (OBJECTIVES, "    verb: explain\n", "", "needs the key 'verb'"),
        (OBJECTIVES, "    verb: explain\n", "    ¦verbs: explain\n", "unknown key 'verbs'; did you mean 'verb'?"),
        (OBJECTIVES, "statement: Explain it.", "statement: ¦[Explain it.]", "statement: is a list; text is needed"),
        (OBJECTIVES, 'file: "000", ', "", "needs the key 'file'"),
        # lessons
        (LESSON, "id: first\n", "id: ¦frist\n", "the file of 'frist' must be named frist.yaml"),
        (LESSON, "chapter: first\n", "chapter: ¦frist\n", "unknown chapter 'frist'; did you mean 'first'?"),
        (LESSON, "objectives: [first-explain, first-infer]", "objectives: [first-explain, ¦first-inferr]",
         "unknown objective 'first-inferr'; did you mean 'first-infer'?"),
        (LESSON, "objectives: [first-infer], minutes", "objectives: [¦infer], minutes",
         "unknown objective 'infer'; did you mean 'first-infer'?"),
        (LESSON, "{id: talk, title", "{id: ¦look, title", "the id 'look' stands twice"),
        (LESSON, "minutes: 5\n", "minutes: ¦soon\n", f"minutes: 'soon' {A_NUMBER}"),
        (LESSON, "    ask: What is it?\n", "", "needs the key 'ask'"),
        (LESSON, "expect: A thing.", f"expect: ¦{'x' * 5001}",
         "expect: is 5,001 characters long; a text has at most 5,000: shorten or split it"),
        (LESSON, "    listen: A different thing.\n", "    listen:¦\n", "listen: is empty; text is needed"),
        (LESSON, "activities: [look]}", "activities: [¦loook]}", "unknown activity 'loook'; did you mean 'look'?"),
        (LESSON, "activities: [look]}", "activities: ¦[]}", "activities: is empty; at least one entry is needed"),
        (LESSON, "minutes: 15,", "minutes: ¦16,", "says 16 minutes, but its activities add up to 15"),
        (LESSON, "minutes: 5, activities: [look]}", "minutes: ¦5, activities: [look, look]}",
         "says 5 minutes, but its activities add up to 10"),
        (LESSON, "materials: [Paper]", "materials: ¦Paper", A_LIST),
        (LESSON, "  - title: A note\n", "  - ¦titel: A note\n", "unknown key 'titel'; did you mean 'title'?"),
        # reviews
        (REVIEW, "id: seen\n", "id: ¦scene\n", "the file of 'scene' must be named scene.yaml"),
        (REVIEW, "of: external", "of: ¦extern", "of: 'extern' is none of external, own; did you mean 'external'?"),
        (REVIEW, "kind: peer", "kind: ¦pear", "kind: 'pear' is none of self, peer, learner-test; did you mean 'peer'?"),
        (REVIEW, "stated: 87", "stated: ¦87%", f"stated: '87%' {A_NUMBER}"),
        (REVIEW, "stated: 87", "stated: ¦-5", f"stated: '-5' {A_NUMBER}"),
        (REVIEW, "url: https://example.org/sim", "url: ¦sim.html", "url: 'sim.html' is not an address"),
        (REVIEW, "dimension: variation", "dimension: ¦variety", "dimension: 'variety' is none of objective-fit"),
        (REVIEW, "dimension: variation", "dimension: ¦variaton",
         "dimension: 'variaton' is none of objective-fit, representation, abstraction, control, variation, amounts, "
         "real-use, accessibility, load, time; did you mean 'variation'?"),
        (REVIEW, "impact: 3", "impact: ¦three", f"impact: 'three' {A_NUMBER}"),
        (REVIEW, "  - {id: gap-1, dimension: variation, impact: 3,", "  - ¦{id: gap-1, dimension: variation,",
         "a gap needs an `impact` above 0, and a strength has none"),
        (REVIEW, "  - {id: gap-1, dimension: variation, impact: 3,",
         "  - ¦{id: gap-1, dimension: variation, impact: 0,",
         "a gap needs an `impact` above 0, and a strength has none"),
        (REVIEW, "  - {id: works-1, ", "  - ¦{id: works-1, impact: 1, ",
         "a gap needs an `impact` above 0, and a strength has none"),
        (REVIEW, "  - {id: gap-2, dimension: amounts, impact: 2, title: No amounts, text: None., assessable: \"no\","
         " because: It is drawn.}",
         "  - ¦{id: gap-2, dimension: amounts, impact: 2, title: No amounts, text: None., assessable: \"no\"}",
         "'gap-2' is not assessable; say why in `because`"),
        (REVIEW, 'text: It does., assessable: "yes"', "text: It does., assessable: ¦maybe",
         "assessable: 'maybe' is neither true nor false"),
        (REVIEW, "gap: gap-2", "gap: ¦gap-3", "unknown gap 'gap-3'; did you mean 'gap-2'?"),
        (REVIEW, "{id: gap-2,", "{id: ¦gap-1,", "the id 'gap-1' stands twice"),
        (REVIEW, "verdict: Good\n", "", "needs the key 'verdict'"),
        (REVIEW, "measured: Poor", "¦mesured: Poor", "unknown key 'mesured'; did you mean 'measured'?"),
        (REVIEW, "strengths:\n", "strengths: ¦{}\nothers:\n", A_LIST),
    ],
)  # fmt: skip
def test_a_slip(book: Book, file: str, old: str, new: str, expected: str) -> None:
    place = book.edit(file, old, new)
    problems = book.problems()
    if "¦" not in new:
        assert [problem.partition(": ")[2] for problem in problems] == [expected]
        return
    found = [problem for problem in problems if problem.startswith(f"{place}: {expected}")]
    assert len(found) == 1, problems
    # what has another name now is missing under its own
    named = ("needs the key", "unknown", "add up to")
    assert all(any(word in problem for word in named) for problem in problems if problem not in found), problems


@pytest.mark.parametrize("yes", ["true", "yes", '"yes"'])
@pytest.mark.parametrize("no", ["false", "no", '"no"'])
def test_yes_and_no_are_read_as_written(book: Book, yes: str, no: str) -> None:
    book.edit(REVIEW, 'text: It does., assessable: "yes"', f"text: It does., assessable: {yes}")
    book.edit(REVIEW, 'text: None., assessable: "no"', f"text: None., assessable: {no}")
    review = book.load().reviews["seen"]
    assert review.strengths[0].assessable
    assert not review.gaps[1].assessable


def test_a_review_of_the_book_itself_needs_no_address(book: Book) -> None:
    book.edit(REVIEW, "of: external", "of: own")
    book.edit(
        REVIEW, "subject: {name: A simulation, url: https://example.org/sim, source: S000}", "subject: {name: Us}"
    )
    book.edit(REVIEW, "stated: 87\n", "")
    review = book.load().reviews["seen"]
    assert (review.external, review.stated, review.subject.url) == (False, None, None)
