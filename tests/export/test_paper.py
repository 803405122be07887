"""What stands on paper, read from the PDFs by a reader that knows nothing of how they were made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export.samples import HOSTILE, REAL, SUB_CENT, real_quiz, real_quizzes
from tests.export.sheets import A, bare, feet_of, paper, pieces_of, quiz_of, reader, sample, structure, words_of
from tests.sphinx_ext.building import REPOSITORY
from tests.sphinx_ext.quiz_pages import SLOTS, changed

from costbook.assessment.rich import Marked, Paragraph, Rich, Words, to_plain, words
from costbook.export.forms import Form, lettered
from costbook.export.losses import Feature
from costbook.export.paper import FATES, Options, Size, file_name, options_of, papers, stacks
from costbook.export.roster import LONGEST, Student
from costbook.load import load_world
from costbook.quizzes.resolved import (
    ChoiceBody,
    Chosen,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ResolvedQuiz,
    ShortBody,
    Variant,
)

SHEETS = ("questions", "questions-large", "answer-sheets")
KEYS = ("keys", "rubrics")
LABEL = "[S000]"
"""Of what the book's quizzes quote; tests of their own say where it stands."""
WITH_MORE_THAN_WORDS = ("which-side", "to-finance")
"""Items whose text has a formula or a link; a test of their own says how those are written."""


EVERY = ("sample", *REAL)


def quiz_named(name: str) -> ResolvedQuiz:
    """The sample, or the quiz of the book with an id."""
    return sample() if name == "sample" else real_quiz(name)


def plain(rich: Rich) -> str:
    """A text as it is found on paper: without spaces, and marks of lists."""
    return bare(re.sub(r"^(- |\d+\. )", "", to_plain(rich), flags=re.MULTILINE))


# ---- Sheets


@pytest.mark.parametrize("name", EVERY)
def test_a_sheet_has_every_question_and_option_of_its_form_in_order(name: str) -> None:
    quiz = quiz_named(name)
    for form in (A, Form(7)):
        said = bare(words_of(paper(quiz, "questions", form))).replace(LABEL, "")
        found = 0
        for number, variant in enumerate(form.variants(quiz), start=1):
            found = said.index(
                f"Question{number}{'1point' if variant.points == 1 else f'{variant.points}points'}", found
            )
            if variant.item not in WITH_MORE_THAN_WORDS:
                found = said.index(plain(variant.stem).replace(LABEL, ""), found)
            for shown in _shown(variant):
                assert plain(shown) in said[found:]
        assert quiz.code(form.seed) in said


def _shown(variant: Variant) -> list[Rich]:
    """What a learner chooses from, sorts or joins."""
    match variant.body:
        case ChoiceBody(options) | MultipleBody(options):
            return [one.text for one in options]
        case OrderBody(events=events):
            return [one.text for one in events]
        case MatchBody(lefts, rights):
            return [*(one.text for one in lefts), *(one.text for one in rights)]
    return []


def test_what_a_learner_fills_in_is_said_for_every_kind() -> None:
    said = words_of(paper(sample(), "questions"))
    assert "A The input side, because 1,500 tokens are more than 250." in said
    assert "B The output side: 250 weigh four times as much." in said
    assert "Several may be right. Each right cross earns an equal part of the points" in said
    assert "Number the events from 1 to 4." in said
    assert "Write a letter beside each number." in said
    assert "Write 5 to 60 words." in said
    assert "What does a request cost that reads 1,500 tokens and writes 250? cents" in said


def test_a_sheet_says_what_it_is() -> None:
    options = Options(book="A book", intro=words("Read me first."), page="https://example.org/editions.html")
    said = words_of(paper(sample(), "questions", A, options))
    for line in (
        "Practice: a sample",
        "A book, edition 7, priced at 2026-11-22",
        "Still current? https://example.org/editions.html",
        "Form A",
        "Name",
        "7 questions, 17 points, 20 minutes.",
        "Read me first.",
    ):
        assert line in said
    code = sample().code(0)
    assert code in said
    assert feet_of(paper(sample(), "questions")) == [
        f"Practice: a sample, edition 7, Form A {code} · page 1 of 2",
        f"Practice: a sample, edition 7, Form A {code} · page 2 of 2",
    ]


def test_a_formula_is_one_line_and_a_link_its_address() -> None:
    said = words_of(paper(sample(), "questions"))
    assert "(O · p_O) / (I · p_I)" in said
    assert "see the price list (https://example.org/prices)." in said
    assert "cost = read + written" in said
    assert "“a token is a token” [S001]" in said


def unlike(variant: Variant) -> Variant:
    """A variant of which everything is different that a learner must not see before the end."""
    body: Any = variant.body
    other = words("What only the key may say.")
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            turned = tuple(Chosen(one.id, one.text, not one.right, other, "another") for one in options)
            body = replace(body, options=turned)
        case NumericBody():
            body = replace(
                body, key=Decimal(1), low=Decimal(1), high=Decimal(1), wrong=(), right=other, otherwise=other
            )
        case OrderBody():
            body = replace(body, order=body.order[::-1], mistakes=(), right=other, otherwise=other)
        case MatchBody():
            ids = [one.id for one in body.lefts]
            lefts = tuple(
                replace(one, id=id_, feedback=other) for one, id_ in zip(body.lefts, ids[1:] + ids[:1], strict=True)
            )
            body = replace(body, lefts=lefts, right=other)
        case ShortBody():
            body = replace(body, shown="other", accept=("other",), wrong=(), right=other, otherwise=other)
        case OpenBody():
            rubric = replace(body.rubric, title="Other", criteria=body.rubric.criteria[:1])
            body = replace(body, model_answer=other, rubric=rubric, samples=())
    return replace(variant, body=body, hint=other, solution=other, verdict="other", objective=variant.objective)


def test_nothing_of_the_key_is_in_what_a_sheet_is_made_of() -> None:
    """With every key, feedback, hint, rubric and solution another, sheets stay the same to the byte; keys do not."""
    quiz = sample()
    other = quiz_of(*([unlike(variant) for variant in variants] for _, variants in SLOTS))
    for folder in SHEETS:
        assert paper(quiz, folder) == paper(other, folder)
    for folder in KEYS:
        assert paper(quiz, folder) != paper(other, folder)


@pytest.mark.parametrize("name", EVERY)
def test_the_words_of_the_key_are_on_no_sheet(name: str) -> None:
    quiz = quiz_named(name)
    secrets = [bare(one) for variant in A.variants(quiz) for one in _secrets(variant)]
    assert secrets
    key = bare(words_of(paper(quiz, "keys")) + _rubric(quiz))
    for folder in SHEETS:
        said = bare(words_of(paper(quiz, folder)))
        for secret in secrets:
            assert secret in key
            assert secret not in said


def _rubric(quiz: ResolvedQuiz) -> str:
    has_open = any(isinstance(one.body, OpenBody) for one in A.variants(quiz))
    return words_of(paper(quiz, "rubrics")) if has_open else ""


def _secrets(variant: Variant) -> list[str]:
    """Texts that only whoever marks may see, long enough that no sheet has them by chance."""
    body = variant.body
    texts = [to_plain(variant.hint or ())]
    match body:
        case ChoiceBody(options) | MultipleBody(options):
            texts += [to_plain(one.feedback[:1]) for one in options]
        case NumericBody():
            texts += [to_plain(body.right[:1]), to_plain(body.otherwise[:1])]
        case OrderBody() | ShortBody():
            texts += [to_plain(body.right[:1]), to_plain(body.otherwise[:1])]
        case MatchBody():
            texts += [to_plain(one.feedback[:1]) for one in body.lefts]
        case OpenBody():
            texts += [one.title for one in body.rubric.criteria]
            texts += [said for one in body.rubric.criteria for _, said in one.levels]
            texts += [one.why for one in body.samples]
    return [text.split("\n")[0] for text in texts if len(text) > 25 and "•" not in text]


# ---- Forms


def test_forms_differ_and_a_seed_gives_the_same_sheet_again() -> None:
    quiz = sample()
    keys = [paper(quiz, "keys", form).data for form in lettered(quiz, 6)]
    assert len(set(map(_questions, keys))) == 6
    # 3 x 2 variants: the seventh form asks what the first did, under a code of its own.
    seventh = paper(quiz, "keys", Form(6, "A")).data
    assert _questions(seventh) == _questions(keys[0])
    assert seventh != keys[0]
    assert paper(quiz, "keys", Form(0, "A")).data == keys[0]


def _questions(data: str) -> str:
    return json.dumps(json.loads(data)["forms"][0]["questions"])


def test_a_form_for_a_student_says_who_it_is_for_on_each_paper() -> None:
    form = Form(3, student=Student("s0042", "Zoë Ångström"))
    for folder in (*SHEETS, *KEYS):
        assert "Zoë Ångström (s0042)" in words_of(paper(sample(), folder, form))
    hashed = Form(3, student=Student("9f86d08188"))
    assert "9f86d08188" in words_of(paper(sample(), "questions", hashed))


def test_each_paper_is_a_file_and_keys_lie_in_other_folders_than_sheets() -> None:
    quiz = sample()
    names = list(papers(quiz, [*lettered(quiz, 2), Form(9), Form(1, student=Student("s1"))], Options()))
    assert len(names) == 4 * 5
    assert {name.split("/")[0] for name in names} == {*SHEETS, *KEYS}
    assert "questions/sample-practice-A.pdf" in names
    assert "keys/sample-practice-B.pdf" in names
    assert "rubrics/sample-practice-id-s1.pdf" in names
    assert any(name.startswith("questions/sample-practice-S8MT-") for name in names)
    check = real_quiz("the-life-of-a-token-check")  # without open questions
    assert {name.split("/")[0] for name in papers(check, [A], Options())} == {*SHEETS, "keys"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=2, max_size=8))
def test_names_of_files_are_safe_and_no_two_students_share_one(ids: list[str]) -> None:
    folded = {id_.casefold(): id_ for id_ in ids}
    names = [file_name(sample(), Form(0, student=Student(id_))) for id_ in folded.values()]
    assert all(re.fullmatch(r"id-[a-z0-9_-]+", name) for name in names)
    assert len(set(names)) == len(folded)


def test_a_stack_has_every_form_on_pages_of_its_own() -> None:
    quiz = sample()
    forms = [Form(seed, student=Student(f"s{seed}")) for seed in range(3)]
    found = stacks(quiz, forms, Options())
    assert {name.split("/")[0] for name in found} == {*SHEETS, *KEYS}
    pages = reader(found["answer-sheets/sample-practice-forms-1-to-3.pdf"]).pages
    texts = [page.extract_text() for page in pages]
    # One page each; an empty one between them, so that each begins on the front of a leaf.
    assert all(f"s{seed}" in texts[2 * seed] and "page 1 of 1" in texts[2 * seed] for seed in range(3))
    assert len(texts) == 5
    many = stacks(quiz, [Form(seed, student=Student(f"s{seed}")) for seed in range(61)], Options())
    assert [name for name in many if name.startswith("keys")] == [
        "keys/sample-practice-forms-1-to-30.pdf",
        "keys/sample-practice-forms-31-to-60.pdf",
        "keys/sample-practice-forms-61-to-61.pdf",
    ]


# ---- Answer sheets


def test_an_answer_sheet_has_places_and_no_questions() -> None:
    quiz = sample()
    said = words_of(paper(quiz, "answer-sheets"))
    assert quiz.code(0) in said
    assert "1 A B C / 2" in said
    assert "2 Several may be right A B C D / 2" in said
    assert "3 cents / 2" in said
    assert "4 The number of each event A B C D / 3" in said
    assert "5 The letter for each number 1 2 3 / 3" in said
    assert "7 Write your answer on the question sheet. / 4" in said
    assert "Together / 17" in said
    for variant in A.variants(quiz):
        assert plain(variant.stem) not in bare(said)


# ---- Keys


def answers_of(quiz: ResolvedQuiz, form: Form = A) -> list[str]:
    """The answers of a key as its second part prints them, question by question."""
    said = words_of(paper(quiz, "keys", form))
    return re.findall(r"Question \d+ \S+, \d+ points? Answer (.*?) (?:Working|Each|Accept|The order)", said)


def test_the_key_of_every_kind() -> None:
    assert answers_of(sample()) == [
        "B",
        "A, C",
        "0.5 cents (0.495 to 0.505)",
        "A 4, B 1, C 3, D 2",  # shown: second, cut, join, first; right: cut, first, join, second
        "1 B, 2 C, 3 A",
        "token",
        "see the rubric sheet, 4 points",
    ]


@pytest.mark.parametrize("name", REAL)
def test_the_letter_of_the_key_stands_before_the_right_option_on_the_sheet(name: str) -> None:
    quiz = real_quiz(name)
    for form in (Form(1), Form(4)):
        sheet, answers = bare(words_of(paper(quiz, "questions", form))), answers_of(quiz, form)
        variants = form.variants(quiz)
        assert len(answers) == len(variants)
        for variant, answer in zip(variants, answers, strict=True):
            match variant.body:
                case ChoiceBody(options) | MultipleBody(options):
                    right = [one for one in options if one.right]
                    assert len(answer.split(", ")) == len(right)
                    for letter, option in zip(answer.split(", "), right, strict=True):
                        assert f"{letter}{plain(option.text)}" in sheet
                case MatchBody(lefts, rights):
                    for number, left in enumerate(lefts, start=1):
                        letter = dict(pair.split(" ") for pair in answer.split(", "))[str(number)]
                        partner = next(one for one in rights if one.id == left.id)
                        assert f"{number}{plain(left.text)}" in sheet
                        assert f"{letter}{plain(partner.text)}" in sheet
                case OrderBody(events=events, order=order):
                    for pair in answer.split(", "):
                        letter, place_in_order = pair.split(" ")
                        event = next(one for one in events if one.id == order[int(place_in_order) - 1])
                        assert f"{letter}{plain(event.text)}" in sheet


def test_a_key_states_both_edges_of_a_number_below_a_cent() -> None:
    quiz = quiz_of([SUB_CENT])
    assert answers_of(quiz) == ["0.0081 dollars (0.00805 to 0.00815)"]
    said = words_of(paper(quiz, "keys"))
    assert "Accept from 0.00805 to 0.00815, both included" in said
    assert "0.01885 to 0.01895 Did swapped-rates. swapped-rates" in said  # the feedback, then the misconception


def test_a_key_names_the_misconceptions_that_wrong_options_show() -> None:
    quiz = real_quiz("bill-autopsy")
    said = words_of(paper(quiz, "keys"))
    names = [
        one.misconception
        for variant in A.variants(quiz)
        if isinstance(variant.body, ChoiceBody | MultipleBody)
        for one in variant.body.options
        if one.misconception
    ]
    assert len(names) > 5
    assert all(name in said for name in names)
    assert not any(name in words_of(paper(quiz, folder)) for name in names for folder in SHEETS)


def test_a_key_says_what_each_part_earns() -> None:
    said = words_of(paper(sample(), "keys"))
    assert "Each right cross earns 1 point, each wrong one costs as much" in said  # 2 points, 2 of 4 right
    assert "The order is B D C A. Each neighbouring pair kept in it earns 1 point." in said  # 3 points, 3 pairs
    assert "Each pair earns 1 point." in said
    assert "Accept: token; tokens; jeton" in said
    events, operations = SLOTS[3][1][0], SLOTS[4][1][0]
    others = quiz_of([replace(events, points=2)], [replace(operations, points=5)])
    said = words_of(paper(others, "keys"))
    assert "earns 2/3 of a point." in said
    assert "Each pair earns 5/3 points." in said


def test_a_key_counts_for_passing_what_the_site_counts() -> None:
    """Questions 1 and 3 have 2 points each; 2, 4, 5 and 6 have 2 + 3 + 3 + 1; the open one never counts."""
    said = words_of(paper(sample(), "keys"))
    assert "1, 3 4 3 " in said
    assert "2, 4, 5, 6; open: 7 9 6.75" in said


def test_of_many_texts_a_key_gives_examples_and_at_its_end_all() -> None:
    variant = SLOTS[5][1][0]
    assert isinstance(variant.body, ShortBody)
    many = tuple(f"text {letter}" for letter in "abcdefgh")
    body = replace(
        variant.body,
        shown="text a",
        accept=(*many, "text (i"),
        wrong=(replace(variant.body.wrong[0], accept=many[::-1]),),
    )
    said = words_of(paper(quiz_of([replace(variant, body=body)]), "keys"))
    assert "Accept, for example: text a; text b; text c. All 9 texts stand at the end of this key." in said
    assert "text h; text g; text f; and 5 more" in said
    listed = said.partition("Texts in full")[2]
    # The site reads “text (i” and “text (i)” as one; on paper stands the one that somebody would write.
    assert f"Question 1, accept: {'; '.join(many)}; text (i) Question 1, as" in listed
    assert f"Question 1, as “text h”: {'; '.join(many[::-1])}" in listed
    assert "Texts in full" not in words_of(paper(sample(), "keys"))


def test_a_source_is_named_once_in_a_text_and_in_full_at_the_end() -> None:
    """The bill of the book that quotes one work again and again, and one that is in no list."""
    variant = SLOTS[0][1][0]
    quote = Paragraph((Marked("no", "S001", True), Words(" and "), Marked("nor", "S001", True)))
    odd = Paragraph((Marked("else", "S009", True),))
    quiz = quiz_of([replace(variant, stem=(quote, odd))], [replace(variant, item="which-side", stem=(quote,))])
    options = Options(sources={"S001": "An Author, A Work", "S002": "Another"})
    for folder in ("questions", "questions-large"):
        said = words_of(paper(quiz, folder, A, options))
        assert said.count("“no” [S001] and “nor”") == 2
        assert "“else” [S009]" in said
        assert said.count("[S001] is An Author, A Work") == 1
        assert "S002" not in said
    for folder in ("answer-sheets", "keys"):
        assert "An Author" not in words_of(paper(quiz, folder, A, options))


def test_papers_say_nothing_of_kinds_that_they_do_not_have() -> None:
    said = {kind: words_of(paper(sample(), kind)) for kind in ("questions", "answer-sheets", "keys")}
    assert "put a cross into its box" in said["questions"]
    assert "To change a cross" in said["answer-sheets"]
    assert "Write a number in the unit" in said["questions"]
    assert "Open answers have points of their own" in said["keys"]
    short = quiz_of(SLOTS[5][1])
    said = {kind: words_of(paper(short, kind)) for kind in ("questions", "answer-sheets", "keys")}
    assert not any("cross" in one for one in said.values())
    assert "in the unit" not in said["questions"]
    assert "An objective is passed with" in said["keys"]
    assert "Open answers" not in said["keys"]


def test_the_papers_of_a_book_name_book_chapter_and_sources() -> None:
    world = load_world(REPOSITORY)
    quiz = real_quiz("bill-autopsy")
    options = options_of(quiz.quiz, world)
    sheet, key = (words_of(paper(quiz, folder, A, options)) for folder in ("questions", "keys"))
    assert "The Price of a Token, edition 1, priced at" in sheet
    assert sheet.count("[S000] is Dan McCreary") == 1
    assert '"Which side is larger" in chapter 1, The life of a token (The Price of a Token)' in key
    assert re.search(r'See "[^"]*"[.,]', key) is None


# ---- Rubric sheets


def test_a_rubric_sheet_has_criteria_to_mark_the_model_answer_and_the_scored_samples() -> None:
    said = words_of(paper(sample(), "rubrics"))
    body = SLOTS[6][1][0].body
    assert isinstance(body, OpenBody)
    for criterion in body.rubric.criteria:
        for points, text in criterion.levels:
            assert f"{points} {text}" in said
        assert f"/ {criterion.points}" in said
    assert "The model reads the prompt in one pass, and writes token by token." in said
    assert "Complete: 4 of 4 points" in said
    assert "Stages and terms 2 reads all in one pass" in said
    assert "They just charge more." in said
    assert "No process." in said


# ---- Large type, sizes of paper


def test_large_type_has_nothing_small_and_says_the_same() -> None:
    quiz, form = sample(), Form(0)
    large, usual = paper(quiz, "questions-large", form), paper(quiz, "questions", form)
    assert min(piece.size for piece in pieces_of(large)) >= 18
    assert min(piece.size for piece in pieces_of(usual)) < 12
    assert words_of(large).split() == words_of(usual).split()


def test_a_question_longer_than_a_page_runs_on() -> None:
    variant = SLOTS[0][1][0]
    assert isinstance(variant.body, ChoiceBody)
    long = tuple(replace(one, text=words(f"{one.id} word " * 250)) for one in variant.body.options)
    document = paper(quiz_of([replace(variant, body=replace(variant.body, options=long))]), "questions-large")
    assert words_of(document).count("weighed word") == 250
    assert min(piece.height for piece in pieces_of(document)) > 20
    assert len({piece.page for piece in pieces_of(document)}) > 3


def test_the_longest_id_has_room_in_the_foot_of_a_page() -> None:
    form = Form(0, student=Student("0w" * (LONGEST["id"] // 2), "Name " * (LONGEST["name"] // 5)))
    for folder in SHEETS:
        assert min(piece.height for piece in pieces_of(paper(sample(), folder, form))) > 20


def test_columns_leave_room_for_each_other() -> None:
    """A list of short texts beside their feedback once pushed the feedback off the page."""
    variant = SLOTS[5][1][0]
    assert isinstance(variant.body, ShortBody)
    wrong = replace(variant.body.wrong[0], accept=tuple(f"another word {number}" for number in range(30)))
    quiz = quiz_of([replace(variant, body=replace(variant.body, wrong=(wrong,)))])
    said = [piece for piece in pieces_of(paper(quiz, "keys")) if piece.text.startswith("Words are what people")]
    assert [round(piece.left) for piece in said] == [round(said[0].left)]
    assert said[0].left < 300  # of 595
    for real in real_quizzes():
        assert max(piece.left for piece in pieces_of(paper(real, "keys"))) < 530


def test_a_criterion_longer_than_a_page_runs_on() -> None:
    variant = SLOTS[6][1][0]
    assert isinstance(variant.body, OpenBody)
    long = replace(variant.body.rubric.criteria[0], levels=((2, "much " * 1500), (0, "nothing")))
    rubric = replace(variant.body.rubric, criteria=(long,))
    document = paper(quiz_of([replace(variant, body=replace(variant.body, rubric=rubric))]), "rubrics")
    assert words_of(document).count("much") == 1500
    assert min(piece.height for piece in pieces_of(document)) > 20


@pytest.mark.parametrize(("size", "width", "height"), [(Size.A4, 595.28, 841.89), (Size.LETTER, 612, 792)])
def test_the_size_of_the_paper(size: Size, width: float, height: float) -> None:
    for folder in (*SHEETS, *KEYS):
        for page in reader(paper(sample(), folder, A, Options(size))).pages:
            assert [round(float(one), 2) for one in page.mediabox[2:]] == [width, height]


# ---- For everybody


@pytest.mark.parametrize("folder", [*SHEETS, *KEYS])
def test_a_paper_is_tagged_and_says_its_title_and_language(folder: str) -> None:
    document = paper(sample(), folder)
    root: Any = reader(document).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    title = reader(document).metadata
    assert title is not None
    assert str(title.title).startswith("Practice: a sample")
    roles = structure(document)
    assert roles.count("/H1") == 1
    if folder.startswith("questions"):
        assert roles.count("/H2") == 7
    if folder in ("answer-sheets", "keys", "rubrics"):
        assert {"/Table", "/TH", "/TD"} <= set(roles)


# ---- Words are only ever words


SIGNS = "#$*_`\\/<>@=+-~[]{}()\"'|%^&:;,.!?“”‘’–—…€×÷äßéЖλ0aZ \t\n"
TYPST = (
    '#panic("out")',
    '#read("/etc/passwd")',
    '#include "x.typ"',
    "#{ let x = 1 }",
    "$ x^2 $",
    "*strong* _emph_ `raw`",
    "\\u{1F600} \\# \\\\",
    "// not a comment /* nor this */",
    "<label> @reference",
    "= heading",
    "- item",
    "/ term: text",
    "a -- b --- c ... ~ d",
    "https://example.org/*x*",
    '"]); evil(["',
)


@pytest.mark.parametrize("folder", [*SHEETS, *KEYS])
def test_hostile_texts_are_printed_as_they_are(folder: str) -> None:
    every = " ".join((*TYPST, *HOSTILE[:5], HOSTILE[7]))
    slots = [[changed(one, lambda said: f"{said} {every}") for one in variants] for _, variants in SLOTS]
    quiz = quiz_of(*slots, title=f"Title {every}")
    document = paper(quiz, folder)
    said, roles = bare(words_of(document)), structure(document)
    times = said.count(bare(every))
    assert times >= (1 if folder == "answer-sheets" else 10)
    # No text became a heading or a link: there are as many as without these texts.
    plainly = structure(paper(sample(), folder))
    for role in ("/H1", "/H2", "/H3", "/Link", "/Formula"):
        assert roles.count(role) == plainly.count(role)


@given(st.text(SIGNS, min_size=1, max_size=60).filter(str.strip))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_out_of_the_pdf_as_it_went_in(text: str) -> None:
    variant = SLOTS[5][1][0]
    document = paper(quiz_of([replace(variant, stem=words(f"begin {text} end"))]), "questions")
    assert bare(f"begin {text} end") in bare(words_of(document))


def test_what_no_document_may_hold_becomes_a_mark() -> None:
    variant = replace(SLOTS[5][1][0], stem=words("a\x00b\ud800c\x0cd"))
    assert "a\ufffdb\ufffdc\ufffdd" in words_of(paper(quiz_of([variant]), "questions"))


def test_the_source_is_the_same_whatever_a_quiz_says() -> None:
    sources: Callable[[ResolvedQuiz], set[str]] = lambda quiz: {  # noqa: E731
        one.source for one in papers(quiz, [A], Options()).values()
    }
    assert sources(sample()) == sources(quiz_of(*(v for _, v in SLOTS), title='#panic("x")'))


def test_every_feature_has_its_fate() -> None:
    assert set(FATES) == set(Feature)
    assert all(fate.how for fate in FATES.values())
