"""Slips in texts, scenarios and the table of contents, each found at its own line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.load.conftest import Book

TEXTS = "book/data/texts.yaml"
SCENARIOS = "book/data/scenarios.yaml"
CONTENTS = "book/data/contents.yaml"

A_NUMBER = "is not a whole number; write digits only, such as 1500"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # texts
        (TEXTS, "    text: |-\n      Good morning,\n      everybody\n", "", "needs the key 'text'"),
        (TEXTS, "    note: Two lines", "    note: ¦{a: b}", "note: is a mapping; text is needed"),
        (TEXTS, "    note: Two lines", "    ¦notes: Two lines", "unknown key 'notes'; did you mean 'note'?"),
        (TEXTS, "  greeting:\n", "  ¦good morning:\n", "the key 'good morning' is not an id"),
        (TEXTS, "text: |-\n      Good morning,\n      everybody", 'text: ¦""', "text: is empty; text is needed"),
        # counts
        (SCENARIOS, "{input: 800,", "{input: ¦eight,", f"input: 'eight' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", "{input: ¦-800,", f"input: '-800' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", "{input: ¦8e2,", f"input: '8e2' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", "{input: ¦800.0,", f"input: '800.0' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", "{input: ¦NaN,", f"input: 'NaN' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", f"{{input: ¦{'8' * 13},", f"input: '{'8' * 13}' {A_NUMBER}"),
        (SCENARIOS, "{input: 800,", "{input: ¦[800],", "input: is a list; a whole number is needed"),
        (SCENARIOS, "{input: 800,", "{input: ¦,", "input: is empty; a whole number is needed"),
        (SCENARIOS, "cached: 0,", "cached: ¦{text: greeting},", "cached: is a mapping; a whole number is needed"),
        (SCENARIOS, "reasoning: 0,", "reasoning: ¦much,", f"reasoning: 'much' {A_NUMBER}"),
        (SCENARIOS, "reasoning: 0,", "¦hidden: 0,", "unknown key 'hidden'"),
        (SCENARIOS, "{input: 800,", "{¦inputs: 800,", "unknown key 'inputs'; did you mean 'input'?"),
        (SCENARIOS, "{text: greeting}", "{text: ¦greting}", "unknown text 'greting'; did you mean 'greeting'?"),
        (SCENARIOS, "{text: greeting}", "{text: greeting, ¦note: x}", "unknown key 'note'; known: text"),
        (SCENARIOS, "{text: greeting}", "¦{}", "needs the key 'text'"),
        (SCENARIOS, "{text: greeting}", "{text: ¦[greeting]}", "text: is a list; an id is needed"),
        (SCENARIOS, "output: 10}", "output: {text: ¦reply}}", "unknown text 'reply'; known: greeting"),
        # scenarios
        (SCENARIOS, "    name: Support\n", "", "needs the key 'name'"),
        (SCENARIOS, "requests: 1000\n", "requests: ¦often\n", f"requests: 'often' {A_NUMBER}"),
        (SCENARIOS, "    requests: 1000\n", "    ¦request: 1000\n", "unknown key 'request'; did you mean 'requests'?"),
        (SCENARIOS, "shared: 5000", "shared: ¦5001", "5001 shared tokens are more than the prompt's 5000"),
        (SCENARIOS, "usage: {input: 5000, output: 0}", "usage: ¦5000",
         "a mapping (key: value) is needed here, with the keys input, output, cached, write, write_1h, reasoning"),
        (SCENARIOS, "  support:\n", "  ¦sup port:\n", "the key 'sup port' is not an id"),
        (SCENARIOS, "[chat, support]", "[chat, ¦suport]", "unknown scenario 'suport'; did you mean 'support'?"),
        (SCENARIOS, "[chat, support]", "¦chat", "a list is needed here; begin each entry with a dash"),
        # the table of contents
        (CONTENTS, "part: part-one\n    title: The first", "part: ¦part-two\n    title: The first",
         "unknown part 'part-two'; did you mean 'part-one'?"),
        (CONTENTS, "    requires: [first]", "    requires: [¦frist]", "unknown chapter 'frist'; did you mean 'first'?"),
        (CONTENTS, "helped_by: [third]", "helped_by: [¦thrid]", "unknown chapter 'thrid'; did you mean 'third'?"),
        (CONTENTS, "[first, second, third]", "[first, ¦secnd]", "unknown chapter 'secnd'; did you mean 'second'?"),
        (CONTENTS, "    number: 2", "    number: ¦two", f"number: 'two' {A_NUMBER}"),
        (CONTENTS, "    question: How?\n", "", "needs the key 'question'"),
        (CONTENTS, "    question: How?\n", "    ¦qestion: How?\n", "unknown key 'qestion'; did you mean 'question'?"),
        (CONTENTS, "requires: [first]", "requires: ¦first", "a list is needed here; begin each entry with a dash"),
        (CONTENTS, "  - id: second", "  - id: ¦first", "the id 'first' stands twice"),
        (CONTENTS, "- {id: part-one, title: The first part}",
         "- {id: part-one, title: The first part}\n  - {id: ¦part-one, title: Again}",
         "the id 'part-one' stands twice"),
        (CONTENTS, "paths:\n", "paths:\n  - {id: all, title: Again, chapters: [first]}\n", "the id 'all' stands twice"),
        (CONTENTS, "  - id: all", f"  - id: ¦{'a' * 200}", f"id: '{'a' * 40}' is not an id; write at most 100 letters"),
        (CONTENTS, "id: third,", f"id: ¦{'a' * 300},", f"id: '{'a' * 40}' is not an id; write at most 100 letters"),
        (CONTENTS, "id: third,", "id: ¦../third,", "id: '../third' is not an id"),
        (CONTENTS, "parts:\n", "sources: ¦[S000]\nparts:\n", "a mapping (key: value) is needed here"),
        (CONTENTS, "parts:\n", "title: ¦[A, Book]\nparts:\n", "title:"),
        # the order of chapters
        (CONTENTS, "[first, second, third]", "[¦second, first]",
         "'second' requires 'first', which does not come before it on the path 'all'"),
        (CONTENTS, "[first, second, third]", "[third, ¦second]",
         "'second' requires 'first', which does not come before it on the path 'all'"),
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
    assert all(
        "needs the key" in problem or "unknown" in problem or "stands twice" in expected
        for problem in problems
        if problem not in found
    ), problems


def test_chapters_that_require_each_other(book: Book) -> None:
    book.edit(CONTENTS, "    requires: []", "    requires: [second]")
    problems = book.problems()
    assert f"{CONTENTS}:4:3: chapters that require each other: first -> second -> first" in problems
    assert f"{CONTENTS}:22:16: 'first' requires 'second', which does not come before it on the path 'all'" in problems
    assert len(problems) == 2


def test_what_stands_before_the_chapters(book: Book) -> None:
    book.edit(CONTENTS, "parts:\n", "front: [{id: before, title: Before, question: What first?}]\nparts:\n")
    found = book.load().contents.chapters
    assert next(iter(found)) == "before"
    assert (found["before"].number, found["before"].name, found["before"].docname) == (0, "Before", None)
    assert found["first"].name.startswith("chapter 1, ")
    (book.root / "book/before.md").write_text("# Before\n", encoding="utf-8")
    assert book.load().contents.chapters["before"].docname == "book/before"


@pytest.mark.parametrize(
    ("front", "what"),
    [
        ("[{id: first, title: Before, question: What?}]", "the id 'first' stands in `front`, too"),
        (
            "[{id: a, title: A, question: What?}, {id: a, title: B, question: What?}]",
            "the id 'a' stands twice",
        ),
    ],
)
def test_ids_of_front_matter_are_its_own(book: Book, front: str, what: str) -> None:
    book.edit(CONTENTS, "parts:\n", f"front: {front}\nparts:\n")
    assert [problem for problem in book.problems() if what in problem]


def test_a_long_chain_of_chapters_is_read(book: Book) -> None:
    chapters = "".join(
        f"  - {{id: c{n}, number: {n + 1}, part: part-one, title: T, question: Q, requires: [c{n + 1}]}}\n"
        for n in range(3000)
    )
    book.edit(
        CONTENTS, "paths:\n", f"{chapters}  - {{id: c3000, number: 1, part: part-one, title: T, question: Q}}\npaths:\n"
    )
    assert book.problems() == []


def test_texts_may_be_longer_than_what_is_shared(book: Book) -> None:
    # the tokens of a text are not counted while loading: only an answer says that too much is shared
    book.edit(
        "book/data/scenarios.yaml",
        "usage: {input: {text: greeting}, output: 10}\n",
        "usage: {input: {text: greeting}, output: 10}\n    shared: 5000\n",
    )
    assert book.problems() == []


def test_the_book_may_have_a_title_and_sources(book: Book) -> None:
    contents = book.load().contents
    assert (contents.title, contents.sources) == ("", {})
    book.edit(CONTENTS, "parts:\n", "title: A Book\nsources: {S000: An Author}\nparts:\n")
    contents = book.load().contents
    assert (contents.title, contents.sources) == ("A Book", {"S000": "An Author"})


def test_a_chapter_exists_when_its_file_does(book: Book) -> None:
    assert book.load().contents.chapters["second"].docname is None
    book.write("book/02-second.md", "# The second\n")
    assert book.load().contents.chapters["second"].docname == "book/02-second"
    book.write("book/3-third.md", "# The third\n")
    assert book.load().contents.chapters["third"].docname is None


def test_a_text_to_be_counted_may_be_long(book: Book) -> None:
    """It is never read as markup; what is read as markup has at most 5,000 characters."""
    book.edit(TEXTS, "      everybody", f"      {'word ' * 2000}")
    assert len(book.load().texts["greeting"].text) > 9000
