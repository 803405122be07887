"""What the texts of YAML documents may say, and where exactly they say something else."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.load.conftest import Book

LESSON = "assessments/lessons/first.yaml"
REVIEW = "assessments/reviews/seen.yaml"
OBJECTIVES = "assessments/objectives.yaml"

BILL = "write bill as SCENARIO [on MODEL] [at DATE] [for PART]"


def note(book: Book, text: str) -> str:
    """Put a text into the lesson's note; gives the place of the mark."""
    return book.edit(LESSON, "    text: NOTE", f"    text: {text}")


def styles(*lines: str) -> list[str]:
    """The same text as a plain, a quoted, a folded and a literal scalar."""
    block = indent("\n".join(lines), "      ")
    return [
        "\n      ".join(lines),
        '"' + "\n      ".join(lines) + '"',
        f">-\n{block}",
        f"|-\n{block}",
    ]


@pytest.mark.parametrize(
    "text", styles("A chat costs", "exactly {bill}`chat` and the reply", "{share}`chat for output` of it.")
)
def test_a_good_text_has_no_problem(book: Book, text: str) -> None:
    note(book, text)
    assert book.problems() == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("{bill}`chta`", "unknown scenario 'chta'; did you mean 'chat'?"),
        ("{bill}`chat on fife`", "unknown model 'fife'; did you mean 'five'?"),
        ("{bill}`chat for outptu`", f"unknown part of a bill 'outptu'; did you mean 'output'?; {BILL}"),
        ("{bill}`chat onto five`", f"bill has no clause 'onto'; {BILL}"),
        ("{bill}`chat at 2025-01-01`", "five had no price on 2025-01-01; its first price starts on 2026-01-01"),
        ("{price}`output on moved at 2024-09-01`", "the price of moved on 2024-09-01 is not known"),
        ("{daily}`800+300`", "an inline usage has no requests per day; name a scenario"),
        ("{tokens}`haiku`", "unknown text 'haiku'; known: greeting"),
        ("{bil}`chat`", "the role 'bil' cannot be used in a YAML text; did you mean 'bill'?"),
        ("{term}`token`", "the role 'term' cannot be used in a YAML text"),
        ("{cite}`source`", "the role 'cite' cannot be used in a YAML text"),
        ("[page](other.md)", "the link 'other.md' must start with https://, http:// or mailto:"),
        ("<ftp://example.org/list>", "the link 'ftp://example.org/list' must start with https://, http:// or mailto:"),
        ("![A picture](https://example.org/x.png)", "an image cannot stand in a YAML text"),
    ],
)
@pytest.mark.parametrize("style", range(4))
def test_a_slip_is_found_in_every_style_of_text(book: Book, style: int, role: str, expected: str) -> None:
    mark = "](" if role.startswith("[") else role  # a link is pointed at where its address begins
    marked = role.replace(mark, f"¦{mark}")
    place = note(
        book, styles("The first line is fine,", f"in the second there is {marked} and", "the third ends it.")[style]
    )
    problems = book.problems()
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{place}: {expected}")


@pytest.mark.parametrize("style", range(4))
def test_a_role_broken_over_two_lines_is_found_too(book: Book, style: int) -> None:
    place = note(book, styles("A chat costs", "exactly ¦{bill}`chat", "on fife` today.")[style])
    assert book.problems() == [f"{place}: unknown model 'fife'; did you mean 'five'?"]


@pytest.mark.parametrize("style", range(4))
def test_the_same_slip_twice_has_two_places(book: Book, style: int) -> None:
    lines = ("Once {bill}`chta`, and", "twice {bill}`chta` and {bill}`chat`", "and thrice {bill}`chta`.")
    note(book, styles(*lines)[style])
    text = (book.root / LESSON).read_text()
    found = [problem.split(": ")[0] for problem in book.problems()]
    expected = [
        f"{LESSON}:{number}:{line.index('{bill}`chta`') + 1}"
        for number, line in enumerate(text.splitlines(), 1)
        if "{bill}`chta`" in line
    ]
    assert found == expected
    assert len(found) == 3


def test_slips_in_two_texts_of_one_line_have_two_places(book: Book) -> None:
    first = book.edit(LESSON, "do: Do, ask: Ask", "do: '¦{bill}`chta`', ask: 'and {bill}`chta`'")
    line, column = first.rsplit(":", 1)
    second = int(column) + len("{bill}`chta`', ask: 'and ")
    assert [problem.split(": ")[0] for problem in book.problems()] == [first, f"{line}:{second}"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Issue #5 is", "", "¦# A heading"), "a heading cannot stand in a YAML text; its page has its own"),
        (("¦### A heading",), "a heading cannot stand in a YAML text; its page has its own"),
        (("A # is not one, this is:", "", "¦A heading", "========="), "a heading cannot stand in a YAML text"),
        (("¦A heading", "---"), "a heading cannot stand in a YAML text; its page has its own"),
        (("- a list", "", "  ¦## A heading"), "a heading cannot stand in a YAML text; its page has its own"),
        (("> ¦A heading", "> ---"), "a heading cannot stand in a YAML text; its page has its own"),
        (("Text", "", "¦```{note}", "of a note", "```"), "a directive cannot stand in a YAML text"),
        (("¦~~~{claim} side rag is input", "of a claim", "~~~"), "a directive cannot stand in a YAML text"),
    ],
)
def test_what_only_a_page_may_have(book: Book, lines: tuple[str, ...], expected: str) -> None:
    place = note(book, styles(*lines)[3])
    problems = book.problems()
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{place}: {expected}")


def test_a_bad_link_after_good_ones_is_the_one_that_is_found(book: Book) -> None:
    place = note(
        book,
        '"[one](https://example.org/a), [two](mailto:a@example.org), <https://example.org> and [three¦](page.html)"',
    )
    assert book.problems() == [
        f"{place}: the link 'page.html' must start with https://, http:// or mailto:",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("{quoted}`$2.67 [S001]`, {assumed}`1,000 requests a day [scenario]` and {math}`O > I/r`.",),
        (
            "In code, `` {bill}`chta` `` and `# this` are words,",
            "",
            "    # and so is this",
            "",
            "```",
            "{bill}`x`",
            "```",
        ),
        ("<b>HTML</b> is printed as it stands, {bill}` too.",),
        ("A {not a role} and a [not a link].",),
        ("{ratio}`five` and {ratio}`everyday`: a role of the house is a model's name.",),
        ("{price}`cached on moved` is not offered, and that is an answer.",),
        ("- one", "- two", "", "> and **three**", "", "***"),
    ],
)
def test_what_a_text_may_have(book: Book, lines: tuple[str, ...]) -> None:
    note(book, styles(*lines)[3])
    assert book.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LESSON, "do: Look at it.", "do: Look at ¦{bill}`chta`."),
        (LESSON, "title: Teaching the first", "title: Teaching ¦{bill}`chta`"),
        (LESSON, "prerequisites: [Can count]", "prerequisites: ['Can count to ¦{bill}`chta`']"),
        (REVIEW, "recommendation: Keep it", "recommendation: Keep ¦{bill}`chta`"),
        (REVIEW, "stated: Good, measured: Poor", "stated: Good, measured: 'No ¦{bill}`chta`'"),
        (OBJECTIVES, "statement: Explain it.", "statement: Explain ¦{bill}`chta`."),
        (OBJECTIVES, "evidence: four of five", "evidence: four of ¦{bill}`chta`"),
    ],
)
def test_every_text_of_an_assessment_is_read(book: Book, file: str, old: str, new: str) -> None:
    place = book.edit(file, old, new)
    assert book.problems() == [f"{place}: unknown scenario 'chta'; did you mean 'chat'?"]


def test_a_byte_order_mark_takes_no_column_from_a_text(book: Book) -> None:
    book.edit(LESSON, "title: Teaching the first\n", "")
    plain = "title: Teaching {bill}`chta`\n" + (book.root / LESSON).read_text()
    (book.root / LESSON).write_bytes(b"\xef\xbb\xbf" + plain.encode())
    assert book.problems() == [f"{LESSON}:1:17: unknown scenario 'chta'; did you mean 'chat'?"]


def test_texts_are_asked_only_when_all_data_are_good(book: Book) -> None:
    note(book, "a {bill}`chta`")
    place = book.edit("book/data/scenarios.yaml", "requests: 1000\n", "requests: ¦often\n")
    assert [problem.split(": ")[0] for problem in book.problems()] == [place]


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("A chat costs ¦$2.67 a day.", "$2.67"),
        ("Output costs ¦5× as much.", "5×"),
        ("That is ¦80% of the bill.", "80%"),
        ("It costs ¦twice as much.", "twice as"),
    ],
)
def test_a_typed_number_is_found_at_its_place(book: Book, text: str, literal: str) -> None:
    place = note(book, text)
    problems = book.problems()
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{place}: {literal!r} is ")
    assert "ask for it with a role" in problems[0]
