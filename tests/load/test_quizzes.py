"""Slips in quizzes, each found at its own line and column; and what a quiz is when it has none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.load.conftest import QUIZ

from costbook.assessment.items import (
    AnswerUnit,
    Choice,
    ComputedChoice,
    Draw,
    Event,
    Match,
    Misplaced,
    Mistake,
    MultipleChoice,
    Numeric,
    Open,
    Order,
    Pair,
    Parameter,
    ShortText,
    Tolerance,
    Use,
    WrongText,
)
from costbook.assessment.objectives import Level
from costbook.load import DataErrors, load_private

if TYPE_CHECKING:
    from tests.load.conftest import Book

    from costbook.assessment.items import Quiz

FILE = "assessments/quizzes/first-practice.yaml"
PRIVATE = "assessments/private/mine.yaml"


def quiz(book: Book) -> Quiz:
    """The quiz of the small book."""
    return book.load().quizzes["first-practice"]


# --- what a quiz is about --------------------------------------------------------------------------------------------

REVIEW = "assessments/quizzes/review.yaml"
SECOND = """\
  - id: second-explain
    chapter: second
    level: understand
    process: explaining
    verb: explain
    statement: Explain that.
    evidence: an account
"""


def review(*objectives: str, about: str = "part: part-one") -> str:
    """A review with a short question about each objective."""
    items = "".join(
        f"""\
  - id: word-{place}
    kind: short-text
    objective: {objective}
    process: explaining
    points: 1
    minutes: 1
    stem: Which side is word {place} on?
    hint: Look.
    accept: [output]
    mistakes: []
    right: Right.
    otherwise: Look at its price.
"""
        for place, objective in enumerate(objectives)
    )
    return (
        f"id: review\ntitle: A review\n{about}\nuse: practice\nminutes: 9\n"
        f"pass: {{share: 75%, why: So.}}\nitems:\n{items}"
    )


def two_chapters(book: Book) -> None:
    """The small book with an objective of its second chapter."""
    path = book.root / "assessments/objectives.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SECOND, encoding="utf-8")


def told(book: Book, text: str) -> list[str]:
    """The problems of a book with a review, each without its remedy."""
    book.write(REVIEW, text)
    with pytest.raises(DataErrors) as caught:
        book.load()
    return [str(problem).partition(";")[0] for problem in caught.value.problems]


def test_a_review_is_about_a_part(book: Book) -> None:
    two_chapters(book)
    book.write(REVIEW, review("first-explain", "second-explain", "first-explain"))
    found = book.load().quizzes["review"]
    assert (found.chapter, found.part) == (None, "part-one")
    assert (quiz(book).chapter, quiz(book).part) == ("first", None)


def test_two_neighbours_of_a_review_are_about_two_chapters(book: Book) -> None:
    two_chapters(book)
    assert told(book, review("first-explain", "second-explain", "second-explain")) == [
        f"{REVIEW}:34:16: the item before it is about 'second' too"
    ]


def test_siblings_of_a_review_stand_in_one_place(book: Book) -> None:
    two_chapters(book)
    lines = review("first-explain", "second-explain", "second-explain").splitlines(keepends=True)
    head, first, pair = lines[:7], lines[7:19], lines[19:]
    text = "".join([*head, *first, "  - siblings:\n", *(f"    {line}" for line in pair)])
    book.write(REVIEW, text)
    assert [len(slot.items) for slot in book.load().quizzes["review"].slots] == [1, 2]


def test_a_review_asks_about_its_part(book: Book) -> None:
    two_chapters(book)
    path = book.root / "book/data/contents.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("title: The first part}\n") == 1
    text = text.replace("title: The first part}\n", "title: The first part}\n  - {id: other, title: Another part}\n")
    path.write_text(text.replace("number: 2\n    part: part-one", "number: 2\n    part: other"), encoding="utf-8")
    assert told(book, review("first-explain", "second-explain")) == [
        f"{REVIEW}:22:16: the quiz reviews the part 'part-one', and 'second-explain' belongs to 'second'"
    ]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("part: part-two", f"{REVIEW}:3:7: unknown part 'part-two'"),
        ("intro: It is about nothing.", f"{REVIEW}:1:1: needs the key 'chapter', or the key 'part' where it reviews"),
        ("chapter: first\npart: part-one", f"{REVIEW}:4:1: a quiz of a chapter reviews no part"),
    ],
)
def test_a_quiz_is_about_a_chapter_or_a_part(book: Book, about: str, expected: str) -> None:
    (problem,) = told(book, review("first-explain", about=about))
    assert problem.startswith(expected)


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_quiz_is_read(book: Book) -> None:
    found = quiz(book)
    assert (found.title, found.chapter, found.use, found.minutes) == ("Practice: the first", "first", Use.PRACTICE, 20)
    assert (found.pass_share, found.pass_why) == (Decimal("0.75"), "One slip is allowed.")
    assert found.intro == "Nine items about {name}`five`."
    assert [len(slot.items) for slot in found.slots] == [2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert found.source == sha256(QUIZ.encode()).hexdigest()


def test_every_kind_is_read(book: Book) -> None:
    items = {item.id: item for item in quiz(book).items}
    kinds = [Choice, Choice, Choice, ComputedChoice, Numeric, Order, Match, ShortText, MultipleChoice, Open]
    assert [type(item) for item in items.values()] == kinds
    side, much, many = items["which-side"], items["how-much"], items["how-many"]
    assert isinstance(side, Choice)
    assert side.parameters == (
        Parameter("model", Draw.MODELS, ("five", "moved")),
        Parameter("case", Draw.USAGES, ("1500+100", "400+800", "300+900")),
    )
    assert side.require == ("margin $case on $model above 10%",)
    assert (side.level, side.process, side.minutes, side.variants) == (Level.UNDERSTAND, "inferring", Decimal(1), 5)
    assert [(one.right, one.misconception) for one in side.options] == [(True, None), (False, "counts-only")]
    assert isinstance(much, ComputedChoice)
    assert (much.key, much.size, much.variants) == ("bill $work on five", 3, 2)
    assert much.tolerance == Tolerance(relative=Decimal("0.05"))
    assert (much.level, much.also) == (Level.APPLY, ("first-explain",))
    assert much.mistakes == tuple(map(Mistake, ("swapped-rates", "output-at-input-rate", "per-thousand")))
    assert isinstance(many, Numeric)
    assert many.parameters[0] == Parameter("input", Draw.RANGE, ("1000", "1500", "2000", "2500", "3000"))
    assert (many.unit, many.tolerance) == (AnswerUnit.TOKENS, Tolerance(absolute=Decimal(1)))
    assert many.mistakes[1] == Mistake("swapped-rates", "You multiplied.")
    assert many.minutes == Decimal("2.25")


def test_every_kind_is_read_to_its_parts(book: Book) -> None:
    items = {item.id: item for item in quiz(book).items}
    order, match, short, answer = (items[name] for name in ("in-order", "beside", "one-word", "in-words"))
    assert isinstance(order, Order)
    assert order.events[0] == Event("cut", "The text is cut.")
    assert order.mistakes == (Misplaced("write", "read", "It has to be read first.", "all-at-once"),)
    assert isinstance(match, Match)
    assert match.pairs[1] == Pair("wordy", "A long reply", "output", "It is written.")
    assert match.extra == ("equal",)
    assert isinstance(short, ShortText)
    assert (short.accept, short.mistakes) == (
        ("output", "the output side"),
        (WrongText(("input",), "It was not sent.", "counts-only"),),
    )
    assert isinstance(answer, Open)
    assert (answer.rubric, answer.least_words, answer.most_words) == ("account", 20, 60)
    assert [anchor.points for anchor in answer.anchors] == [3, 1, 0]
    assert answer.hint is None


def test_the_source_is_the_same_for_every_form_of_line_break(book: Book) -> None:
    before = quiz(book).source
    path = book.root / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert quiz(book).source == before
    book.edit(FILE, "minutes: 20", "minutes:  20")
    assert quiz(book).source != before


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("{range: [1000, 1200], step: 50}", ("1000", "1050", "1100", "1150", "1200")),
        ("{range: [0.5, 2.5], step: 0.5}", ("0.5", "1", "1.5", "2", "2.5")),
        ("{values: [1, 2, 3, 4, 5]}", ("1", "2", "3", "4", "5")),
    ],
)
def test_values_of_parameters_are_written_out(book: Book, written: str, values: tuple[str, ...]) -> None:
    book.edit(FILE, "input: {range: [1000, 3000], step: 500}", f"input: {written}")
    book.edit(FILE, "key: break-even $input+0 on five", "key: break-even 500+0 on five")
    item = next(item for item in quiz(book).items if item.id == "how-many")
    assert item.parameters[0].values == values


def test_a_book_without_quizzes_needs_no_words(book: Book) -> None:
    for file in (FILE, "assessments/misconceptions.yaml"):
        (book.root / file).unlink()
    world = book.load()
    assert (world.quizzes, world.misconceptions) == ({}, {})


def test_only_prior_knowledge_has_no_pass_mark(book: Book) -> None:
    book.edit(FILE, "pass: {share: 75%, why: One slip is allowed.}\n", "")
    assert book.problems() == [
        f"{FILE}:1:1: needs the key 'pass'; only a quiz of prior knowledge (`use: prior`) has no pass mark"
    ]


# --- slips -----------------------------------------------------------------------------------------------------------

OWN = "an item's id is its own in all quizzes"
SIDE_OPTION = 'text: "{side}`$case on $model`, when weighed"'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # the quiz
        ("id: first-practice", "id: ¦practice", "the file of 'practice' must be named practice.yaml"),
        ("chapter: first\n", "chapter: ¦frist\n", "unknown chapter 'frist'; did you mean 'first'?"),
        ("use: practice", "use: ¦practise",
         "use: 'practise' is none of prior, check, practice, graded; did you mean 'practice'?"),
        ("minutes: 20", "minutes: ¦0", "minutes: '0' is too small; write 1 or more"),
        ("minutes: 20", "minutes: ¦20.5", "minutes: '20.5' is not a whole number; write digits only, such as 1500"),
        ("share: 75%", "share: ¦0.75", "share: '0.75' is not a share; write a percentage such as 75%"),
        ("share: 75%", "share: ¦0%", "share: '0%' is not a share"),
        ("share: 75%", "share: ¦101%", "share: '101%' is not a share"),
        (", why: One slip is allowed.", "", "needs the key 'why'"),
        ("use: practice\nminutes: 20\npass:", "use: prior\nminutes: 8\n¦pass:",
         "prior knowledge is not scored, so nobody passes; remove `pass`"),
        ("intro: |", "¦introduction: |", "unknown key 'introduction'"),
        # what all kinds have
        ("- id: which-side", "- ¦identity: which-side", "unknown key 'identity'"),
        ("- id: in-order\n    kind: order", "- id: in-order\n    kind: ¦ordering",
         "kind: 'ordering' is none of choice, multiple-choice, numeric, order, match, short-text, open; "
         "did you mean 'order'?"),
        ("- id: in-order\n    kind: order", "- ¦id: in-order", "needs the key 'kind'"),
        ("- id: in-order\n    kind: order", "- id: in-order\n    kind: ¦[order]",
         "kind: is a list; one of choice, multiple-choice, numeric, order, match, short-text, open is needed"),
        ("kind: match", "kind: match\n    ¦colour: blue", "unknown key 'colour'"),
        ("- id: beside", "- id: ¦in-order", f"the id 'in-order' stands twice; {OWN}"),
        ("      - id: why-cheap", "      - id: ¦why-dear", f"the id 'why-dear' stands twice; {OWN}"),
        ("also: [first-explain]", "also: [¦first-explian]",
         "unknown objective 'first-explian'; did you mean 'first-explain'?"),
        ("also: [first-explain]", "also: ¦[first-infer]", "names an objective twice; `also` lists the others"),
        ("objective: first-infer\n    also", "objective: ¦first-inferring\n    also",
         "unknown objective 'first-inferring'; did you mean 'first-infer'?"),
        ("level: apply\n    process: executing\n    points: 2\n    minutes: 2\n",
         "level: apply\n    process: ¦inferring\n    points: 2\n    minutes: 2\n",
         "'inferring' is no process of the level 'apply'; known: executing, implementing"),
        ("process: comparing", "process: ¦compairing",
         "'compairing' is no process of the level 'understand'; did you mean 'comparing'?"),
        ("minutes: 0.75", "minutes: ¦0.7",
         "minutes: '0.7' is not a number of minutes; write quarters such as 1, 1.5 or 0.75"),
        ("minutes: 0.75", "minutes: ¦0", "minutes: '0' is not a number of minutes"),
        ("minutes: 0.75", "minutes: ¦-1", "minutes: '-1' is not a number of minutes"),
        ("points: 3\n    minutes: 2", "points: ¦0\n    minutes: 2", "points: '0' is too small; write 1 or more"),
        ("stem: Put the side beside each workload.", "stem: ¦" + "x" * 5001,
         "stem: is 5,001 characters long; a text has at most 5,000: shorten or split it"),
        # siblings
        ("objective: first-explain\n        process: explaining\n        points: 2\n        minutes: 1.5\n"
         "        stem: Why does a read",
         "objective: ¦first-infer\n        process: explaining\n        points: 2\n        minutes: 1.5\n"
         "        stem: Why does a read",
         "siblings have the same objective, and 'why-dear' has first-explain; a learner gets one of them"),
        ("points: 2\n        minutes: 1.5\n        stem: Why does a read",
         "points: ¦1\n        minutes: 1.5\n        stem: Why does a read",
         "siblings have the same points, and 'why-dear' has 2"),
        ("minutes: 1.5\n        stem: Why does a read", "minutes: ¦1.25\n        stem: Why does a read",
         "siblings have the same minutes, and 'why-dear' has 1.5"),
        ("process: explaining\n        points: 2\n        minutes: 1.5\n        stem: Why does a read",
         "level: ¦analyse\n        process: attributing\n        points: 2\n        minutes: 1.5\n"
         "        stem: Why does a read",
         "siblings have the same level, and 'why-dear' has understand"),
        # options
        ("        options:\n          - id: own-pass", "        key: x\n        options:\n          - id: own-pass",
         "a choice has either `options` (written) or `key` (computed); this one has both"),
        ("    key: bill $work on five\n", "", "a choice has either `options` (written) or `key` (computed); "
         "this one has neither"),
        ("            right: yes\n", "", "no option is right; write `right: yes` in the one that is"),
        ("            misconception: letter-by-letter\n", "            right: ¦yes\n",
         "the option 'own-pass' is right too; a choice has one right option (`kind: multiple-choice` has several)"),
        ("          - id: letters\n", "          - id: ¦own-pass\n", "the id 'own-pass' stands twice"),
        ("misconception: letter-by-letter\n", "misconception: ¦letter-by-leter\n",
         "unknown misconception 'letter-by-leter'; did you mean 'letter-by-letter'?"),
        ("{id: shared, right: yes,", "{id: shared, right: yes, misconception: ¦all-at-once,",
         "a right option shows no misconception; remove one"),
        ("          - {id: skipped, misconception: letter-by-letter, text: The prompt is skipped., "
         "feedback: It is read.}\n", "", "write at least 2 options"),
        (", feedback: It is read.}\n  - id: in-words", "}\n  - id: in-words", "needs the key 'feedback'"),
        ("text: The prompt, feedback: It is read.}", "right: yes, text: The prompt, feedback: It is read.}",
         "every option is right; a multiple choice has a wrong one too"),
        ("right: yes, text: A draft", "right: ¦maybe, text: A draft", "right: 'maybe' is neither true nor false"),
        # parameters
        ("model: {models: [five, moved]}", "¦Model: {models: [five, moved]}",
         "the key 'Model' cannot name a parameter; write small letters, digits and _, such as model or case_2"),
        ("parameters: {work: ", "parameters: {¦not: ", "the key 'not' cannot name a parameter"),
        ("model: {models: [five, moved]}", "model: ¦{models: [five, moved], values: [1]}",
         "several sources of values; write one of values, range, models, usages, scenarios"),
        ("model: {models: [five, moved]}", "model: ¦{models: []}", "no source of values; write one of values, range"),
        ("model: {models: [five, moved]}", "model: {¦model: [five, moved]}",
         "unknown key 'model'; did you mean 'models'?"),
        ("model: {models: [five, moved]}", "model: {models: [five, ¦five]}", "'five' stands twice"),
        ("usages: [1500+100, ", "usages: [¦1500, ",
         "usages: '1500' is not a usage; write input+output tokens, such as 1500+250"),
        ("values: [letter, page]", "values: [¦a letter, page]",
         "values: 'a letter' is neither a number nor a single word"),
        ("values: [letter, page]", "values: [letter, page], step: ¦5", "only a `range` has a step"),
        ("range: [1000, 3000], step: 500", "range: [1000, 3000], step: ¦600",
         "steps of 600 from 1000 do not end at 3000"),
        ("range: [1000, 3000], step: 500", "range: [1000, 3000], step: ¦0.1",
         "more than 10,000 values; take a larger step"),
        ("input: {range: [1000, 3000], step: 500}", "input: ¦{range: [1000, 3000]}", "a range needs a `step` above 0"),
        ("input: {range: [1000, 3000], step: 500}", "input: ¦{range: [1000, 3000], step: 0}",
         "a range needs a `step` above 0"),
        ("range: [1000, 3000]", "range: ¦[3000, 1000]", "write a range as [FROM, TO], the lower number first"),
        ("range: [1000, 3000]", "range: ¦[1000]", "write a range as [FROM, TO], the lower number first"),
        ("range: [1000, 3000]", "range: [¦1k, 3000]",
         "range: '1k' is not a number; write a plain decimal such as 2000 or 0.25"),
        ("      input: {range: [1000, 3000], step: 500}\n      word: {values: [letter, page]}",
         "      ¦input: {range: [1000, 9000], step: 1}\n      word: {values: [letter, page]}",
         "more than 10,000 combinations, and each is verified; take fewer values"),
        ("variants: 2", "variants: ¦3",
         "2 combinations of parameters cannot make 3 variants; add values, or ask for fewer `variants`"),
        ("    variants: 2\n    parameters: {work", "    parameters: ¦{work",
         "2 combinations of parameters cannot make 5 variants"),
        ("kind: order\n", "kind: order\n    variants: ¦2\n", "1 combination of parameters cannot make 2 variants"),
        ("kind: order\n", "kind: order\n    parameters: {¦model: {models: [five, moved]}}\n    variants: 2\n",
         "nothing uses the parameter 'model'; write $model in a question or {{ model }} in a text"),
        ("key: bill $work on five", "key: ¦bill $wrok on five", "unknown parameter 'wrok'; did you mean 'work'?"),
        ("- margin $case on $model", "- ¦margin $case on $modell", "unknown parameter 'modell'; did you mean 'model'?"),
        # keys
        ("unit: tokens", "unit: ¦token", "unit: 'token' is none of dollars, cents"),
        ("tolerance: {absolute: 1}", "tolerance: ¦{}", "write either `relative: 2%` (of the key) or `absolute: 0.01`"),
        ("tolerance: {absolute: 1}", "tolerance: ¦{absolute: 1, relative: 1%}", "write either `relative: 2%`"),
        ("tolerance: {relative: 5%}", "tolerance: {relative: ¦0.05}", "relative: '0.05' is not a share"),
        ("misconceptions: [swapped-rates,", "misconceptions: [¦swaped-rates,",
         "unknown misconception 'swaped-rates'; did you mean 'swapped-rates'?"),
        ("misconceptions: [swapped-rates,", "misconceptions: [¦all-at-once,",
         "'all-at-once' is a belief, which computes no answer; known: another-models-ratio"),
        ("output-at-input-rate, per-thousand]", "output-at-input-rate, ¦swapped-rates]",
         "'swapped-rates' stands twice"),
        ("      swapped-rates: {feedback: You multiplied.}", "      letter-by-letter: ¦{feedback: You multiplied.}",
         "'letter-by-letter' is a belief"),
        ("      swapped-rates: {feedback: You multiplied.}", "      swapped-rates: {¦answer: You multiplied.}",
         "unknown key 'answer'; known: feedback"),
        ("misconceptions: [swapped-rates, output-at-input-rate, per-thousand]", "misconceptions: ¦swapped-rates",
         "a mapping (key: value) is needed here"),
        ("size: 3", "size: ¦1", "write a size of 2 to 8 options"),
        ("misconceptions: [swapped-rates, output-at-input-rate, per-thousand]\n    size: 3\n",
         "misconceptions: ¦[swapped-rates, output-at-input-rate]\n",
         "2 misconceptions make 2 wrong options, and 4 options need 3; add some, or lower `size`"),
        # order, match, short text
        ("      - {id: cut, text: The text is cut.}\n", "", "write at least 3 events"),
        ("text: A token is written.", "text: ¦the prompt  is read.", "another event says the same"),
        ("{id: write, text", "{id: ¦read, text", "the id 'read' stands twice"),
        ("early: write, late", "early: ¦wrote, late", "unknown event 'wrote'; did you mean 'write'?"),
        ("- {early: write, late: read,", "- ¦{early: read, late: write,",
         "'read' before 'write' is the right order, no mistake; `early` is the event put too early"),
        ("- {early: write, late: read,", "- ¦{early: read, late: read,", "'read' before 'read' is the right order"),
        ("extra: [equal]", "extra: [¦Input]", "another right side says the same; a learner could not tell them apart"),
        ("left: A long reply", "left: ¦A long prompt", "another left side says the same"),
        ("    extra: [equal]\n", "", "write at least 3 pairs, or 2 and something `extra`"),
        ("{id: wordy,", "{id: ¦long,", "the id 'long' stands twice"),
        ("accept: [output, the output side]", "accept: [output, ¦Output.]",
         "'Output.' is taken for 'output', which stands before it; remove it"),
        ("{accept: [input],", "{accept: [¦OUTPUT],", "'OUTPUT' is taken for 'output'"),
        ("{accept: [input],", '{accept: [¦"?!"],', "nothing is left of '?!' without its punctuation"),
        ("accept: [output, the output side]", "accept: ¦[]", "accept: is empty; at least one entry is needed"),
        # open answers
        ("rubric: account", "rubric: ¦acount", "unknown rubric 'acount'; did you mean 'account'?"),
        ("points: 3\n    minutes: 5", "points: ¦4\n    minutes: 5", "says 4 points, but the rubric 'account' gives 3"),
        ("words: [20, 60]", "words: ¦[60, 20]", "write the number of words as [FROM, TO], such as [80, 150]"),
        ("words: [20, 60]", "words: ¦[20]", "write the number of words as [FROM, TO]"),
        ("model-answer: |", "¦model_answer: |", "unknown key 'model_answer'; did you mean 'model-answer'?"),
        ("      - title: None\n        text: No idea.\n"
         "        scores: {cause: {points: 0}, side: {points: 0, words: No idea}}\n        why: Nothing.\n", "",
         "2 anchors; markers need at least 3"),
        ("scores: {cause: {points: 1, words: more passes}, side: {points: 0}}",
         "scores: ¦{cause: {points: 1, words: more passes}}",
         "does not score the criterion 'side'; every one is scored"),
        ("side: {points: 0}}\n", "sides: ¦{points: 0}}\n", "unknown criterion 'sides'; did you mean 'side'?"),
        ("cause: {points: 1, words: more passes}", "cause: {points: ¦3, words: more passes}",
         "3 is no level of 'cause'; its levels are 2, 1, 0"),
        ("cause: {points: 1, words: more passes}", "cause: ¦{points: 1}",
         "points need the `words` of the answer that earn them (1 here)"),
        ("words: more passes", "words: ¦many passes", "these words do not stand in the anchor's text"),
        ("words: No idea", "words: ¦no idea", "these words do not stand in the anchor's text"),
    ],
)  # fmt: skip
def test_a_slip(book: Book, old: str, new: str, expected: str) -> None:
    place = book.edit(FILE, old, new)
    problems = book.problems()
    wanted = f"{place}: {expected}" if "¦" in new else expected
    found = [one for one in problems if one.startswith(wanted) or ("¦" not in new and wanted in one)]
    assert len(found) == 1, problems
    # what has another name now is missing under its own
    assert all(
        "needs the key" in one or "unknown" in one or "does not score" in one for one in problems if one not in found
    ), problems


def test_siblings_are_two_or_more(book: Book) -> None:
    text = (book.root / FILE).read_text()
    second = text[text.index("      - id: why-cheap") : text.index("  - id: which-side")]
    book.edit(FILE, second, "")
    assert book.problems() == [f"{FILE}:11:7: siblings are two items or more; write a single one without `siblings`"]


def test_an_item_id_is_its_own_in_all_quizzes(book: Book) -> None:
    book.write("assessments/quizzes/another.yaml", QUIZ.replace("id: first-practice", "id: another"))
    problems = book.problems()
    assert len(problems) == 10  # the ten items; files are read in order of name
    assert all(f"(first in assessments/quizzes/another.yaml); {OWN}" in problem for problem in problems)


def test_more_combinations_than_can_be_said_are_refused(book: Book) -> None:
    many = ", ".join(f"p{number}: {{range: [1, 9999], step: 1}}" for number in range(700))
    stem = "stem: What does {{ work.name }} cost?"
    book.edit(FILE, stem, f"{stem} {' '.join(f'$p{number}' for number in range(700))}")
    place = book.edit(FILE, "work: {scenarios: [chat, typed]}", f"¦work: {{scenarios: [chat, typed]}}, {many}")
    place = f"{place.rpartition(':')[0]}:17"
    assert book.problems() == [f"{place}: more than 10,000 combinations, and each is verified; take fewer values"]


# --- slips of texts, keys and conditions, which are put to the world --------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('title: "Practice: the first"', 'title: "¦{bill}`chta`"', "unknown scenario 'chta'; did you mean 'chat'?"),
        ("items about {name}`five`", "items about ¦{name}`fife`", "unknown model 'fife'; did you mean 'five'?"),
        ("why: One slip is allowed.", "why: One slip of ¦5% is allowed.", "'5%' is a typed percentage"),
        ("stem: What does {{ work.name }} cost?", "stem: Does {{ work.name }} cost ¦$5?", "'$5' is typed money"),
        ("stem: Explain it.", 'stem: "¦# Explain it."', "a heading cannot stand in a YAML text"),
        ("feedback: You multiplied.", "feedback: 'You multiplied [it¦](it.md).'", "the link 'it.md' must start with"),
        ("stem: What does {{ work.name }} cost?", "stem: What does ¦{{ work.nam }} cost, {{ work.name }}?",
         "unknown attribute 'nam'; did you mean 'name'?"),
        ("stem: What does {{ work.name }} cost?", "stem: What does {{ work.name }} cost, ¦{{ wrok }}?",
         "unknown parameter 'wrok'; did you mean 'work'?"),
        ('answer: "{bill}`$work on five`"', 'answer: "¦{bill}`$wrok on five`, {{ work.name }}"',
         "unknown parameter 'wrok'; did you mean 'work'?"),
        (SIDE_OPTION, 'text: "¦{side}`$case onto $model`, when weighed"', "side has no clause 'onto'"),
        ("models: [five, moved]", "models: [five, ¦moofed]", "unknown model 'moofed'; did you mean 'moved'?"),
        ("scenarios: [chat, typed]", "scenarios: [¦chta, typed]", "unknown scenario 'chta'; did you mean 'chat'?"),
        ("key: bill $work on five", "key: ¦bil $work on five", "unknown kind of question 'bil'; did you mean 'bill'?"),
        ("key: bill $work on five", "key: ¦bill $work on fife", "unknown model 'fife'; did you mean 'five'?"),
        ("key: bill $work on five", "key: ¦bill $work at five", "'five' is not a date; dates are written YYYY-MM-DD"),
        ("key: bill $work on five", "key: ¦models current",
         "the key of a choice must be a number or a verdict"),
        ("key: bill $work on five", "key: ¦bill $work on moved at 2024-09-01",
         "no value drawn gives an answer; the price of moved on 2024-09-01 is not known"),
        ("key: break-even $input+0 on five", "key: ¦share $input+1 for output on five",
         "the key is in share of one, which 'tokens' does not measure; use percent"),
        ("key: break-even $input+0 on five", "key: ¦side $input+1 on five",
         "the key of a numeric item must be a number"),
        ("- margin $case on $model above 10%", "- ¦margin $case on $model over 10%",
         "'margin 1500+100 on five over 10%' compares nothing"),
        ("- margin $case on $model above 10%", "- ¦margin $case on fife above 10%", "unknown model 'fife'"),
    ],
)  # fmt: skip
def test_a_slip_that_the_world_tells(book: Book, old: str, new: str, expected: str) -> None:
    place = book.edit(FILE, old, new)
    (problem,) = book.problems()
    assert problem.startswith(f"{place}: ")
    assert expected in problem


def test_a_model_without_a_price_on_the_day_leaves_its_variants_out(book: Book) -> None:
    """A retirement does not stop the build here; the guarantee counts what is left."""
    book.edit("book/data/edition.yaml", "edition: 3", "edition: 1")  # moved has no price after August 2024
    assert book.problems() == []


@pytest.mark.parametrize(
    "pieces",
    ["(" * 700 + "work" + ")" * 700, "work" + ".name" * 900, "-" * 1500 + "work", "(" * 26 + "wrok" + ")" * 26],
)
@pytest.mark.parametrize("opening", ["{{ ", "&#123;{ ", "{&lbrace; "])
def test_a_hostile_expression_is_a_slip(book: Book, opening: str, pieces: str) -> None:
    line = book.edit(FILE, "hint: Two prices.", f"hint: Two prices. ¦{opening}{pieces} }}}}").split(":")[1]
    problems = book.problems()
    assert problems
    assert all(problem.startswith(f"{FILE}:{line}:") and len(problem) < 1000 for problem in problems)


# --- the lint, located -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("minutes: 20", "minutes: ¦17", "the items need 17.5 minutes, and the limit is 17"),
        ("minutes: 20", "minutes: ¦31", "31 minutes; a practice has at most 30"),
        ("    hint: Two prices.\n", "", "has no hint; a practice gives one before it gives the answer"),
        ("text: A draft,", "text: A draft and ¦all of the above,", "'all of the above' points at other options"),
        ("Which of these are billed as output?", "Which of these are ¦not billed as output?", "'not' turns"),
        ("text: The prompt, feedback", "text: The prompt of ¦700 tokens, feedback", "this option alone has a number"),
        ("text: The reply, feedback", "text: The reply as it ¦usually is, feedback", "this option alone is hedged"),
    ],
)  # fmt: skip
def test_the_lint_is_located(book: Book, old: str, new: str, expected: str) -> None:
    place = book.edit(FILE, old, new)
    (problem,) = book.problems()
    assert expected in problem
    assert "¦" not in new or problem.startswith(f"{place}: ")


def test_a_word_of_the_lint_is_found_behind_the_same_word_of_another_text(book: Book) -> None:
    """The id stands on the line of the text and has the word in it."""
    place = book.edit(FILE, "{id: prompt, text: The prompt,", "{id: usually-not, text: A prompt that ¦usually comes,")
    assert [problem.split(": ")[0] for problem in book.problems()] == [place]


def test_every_objective_of_a_chapter_with_quizzes_is_asked_about_twice(book: Book) -> None:
    objectives = "assessments/objectives.yaml"
    chapter = "chapter: first\n    level: understand\n    process: comparing"
    text = f"  - id: ¦first-compare\n    {chapter}\n    verb: compare\n"
    before = (book.root / objectives).read_text()
    place = book.write(objectives, f"{before}{text}    statement: Compare them.\n    evidence: both\n")
    assert book.problems() == [
        f"{place}: no item of the quizzes of 'first' asks for a reason about 'first-compare'; "
        "write at least 2 (siblings count), of a kind with written answers"
    ]
    book.edit(objectives, chapter, chapter.replace("first", "second"))
    assert book.problems() == []


# --- private quizzes -------------------------------------------------------------------------------------------------


def private(book: Book, *changes: tuple[str, str]) -> str:
    """Write a private quiz, which is the book's with other ids; gives the place of the mark in the changed text."""
    text = QUIZ.replace("id: first-practice", "id: mine").replace("  - id: ", "  - id: my-")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return book.write(PRIVATE, text)


def test_private_quizzes_are_read_against_a_loaded_world(book: Book) -> None:
    private(book)
    world = book.load()
    mine = load_private(book.root, world)
    assert list(mine) == ["mine"]
    assert [item.id for item in mine["mine"].items][:3] == ["my-why-dear", "my-why-cheap", "my-which-side"]
    assert "mine" not in world.quizzes
    assert replace(mine["mine"], id="first-practice").chapter == "first"


def test_a_book_may_have_no_private_quizzes(book: Book) -> None:
    assert load_private(book.root, book.load()) == {}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: mine", "id: ¦mime", "the file of 'mime' must be named mime.yaml"),
        ("- id: my-beside", "- id: ¦beside", f"the id 'beside' stands twice (first in {FILE}); {OWN}"),
        ("rubric: account", "rubric: ¦acount", "unknown rubric 'acount'"),
        ("key: bill $work on five", "key: ¦bill $work on fife", "unknown model 'fife'"),
        ("text: A draft,", "text: A draft and ¦all of the above,", "'all of the above' points at other options"),
    ],
)
def test_a_slip_in_a_private_quiz(book: Book, old: str, new: str, expected: str) -> None:
    place = private(book, (old, new))
    world = book.load()
    with pytest.raises(DataErrors) as caught:
        load_private(book.root, world)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{place}: {expected}")


def test_a_private_quiz_has_an_id_of_its_own(book: Book) -> None:
    book.write("assessments/private/first-practice.yaml", QUIZ.replace("  - id: ", "  - id: my-"))
    with pytest.raises(DataErrors, match="a quiz of the book has the id 'first-practice'; take another"):
        load_private(book.root, book.load())
