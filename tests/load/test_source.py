"""YAML read safely: what a data file may not be, and where it stops being one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from tests.load.conftest import MARK

from costbook.load.source import DEEPEST, LARGEST, DataErrors, Place, Problem, locate

if TYPE_CHECKING:
    from tests.load.conftest import Book

EDITION = "book/data/edition.yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¦", "is empty"),
        ("¦# a comment\n", "is empty"),
        ("¦~\n", "is empty"),
        ("¦null\n", "is empty"),
        ("¦words\n", "a mapping (key: value) is needed here"),
        ("¦- a list\n", "a mapping (key: value) is needed here"),
        # YAML that is none
        ("as_of: [2026\nedition¦: 1\n", "is not YAML: did not find expected ',' or ']' while parsing a flow sequence"),
        (
            "edition: 1\n as_of¦: 2026-11-22\n",
            "is not YAML: mapping values are not allowed in this context; a text with a colon stands in quotes",
        ),
        ("edition: [1¦", "is not YAML: did not find expected ',' or ']'"),  # not on a line that the file has not
        ("edition:\n¦\t- 1\n", "is not YAML: found character that cannot start any token"),
        ('edition: 1\nas_of: "2026\n¦', "is not YAML: found unexpected end of stream while scanning a quoted scalar"),
        ("edition: ¦@1\n", "is not YAML: found character that cannot start any token"),
        ("¦%YAML 3.0\n---\nedition: 1\n", "is not YAML: found incompatible YAML document"),
        # a second document
        ("edition: 1\n¦---\nas_of: 2026-11-22\n", "a second document starts here; a data file holds one"),
        # what YAML has and a data file has no need of
        ("edition: ¦&one 1\nas_of: *one\n", "an anchor (&name); data files have no aliases, so remove it"),
        ("houses: ¦&all {a: b}\n", "an anchor (&name); data files have no aliases, so remove it"),
        ("contrasts: ¦&all [a]\n", "an anchor (&name); data files have no aliases, so remove it"),
        ("edition: ¦*one\n", "an alias (*name); write the value out, data files have no aliases"),
        ("edition: 1\n¦*one : 2\n", "an alias (*name); write the value out, data files have no aliases"),
        (
            "edition: ¦!!int 1\n",
            "a tag (tag:yaml.org,2002:int); remove it, every value is read as text",
        ),
        (
            "edition: ¦!!python/object/apply:os.system [id]\n",
            "a tag (tag:yaml.org,2002:python/object/apply:os.system); remove it, every value is read as text",
        ),
        ("¦!secret\nedition: 1\n", "a tag (!secret); remove it, every value is read as text"),
        ("edition: 1\n¦<<: {as_of: 2026-11-22}\n", "unknown key '<<'"),
        # keys
        (
            "edition: 1\nas_of: 2026-11-22\n¦edition: 2\n",
            "the key 'edition' stands twice; the first is in line 1",
        ),
        (
            "houses: {seed: a,\n  small: b, ¦seed: c}\n",
            "the key 'seed' stands twice; the first is in line 1",
        ),
        ('edition: 1\n¦"edition": 2\n', "the key 'edition' stands twice; the first is in line 1"),
        ("edition: 1\n¦[a, b]: 2\n", "a key must be plain text"),
        ("edition: 1\n? ¦{a: b}\n: 2\n", "a key must be plain text"),
        ("edition: 1\n¦~: 2\n", "a key must be plain text"),
        # characters that no text has
        ("edition: 1\nas_of: 2026¦\x00-11-22\n", "the control character U+0000; remove it"),
        ("# é, ü and ¦\x07 behind them\nedition: 1\n", "the control character U+0007; remove it"),
        ("edition: 1\n# 価格 ¦\x1b[31m\n", "the control character U+001B; remove it"),
        ('edition: "¦\ufffe"\n', "the control character U+FFFE; remove it"),
    ],
)
def test_a_file_that_cannot_be_read_on(book: Book, text: str, expected: str) -> None:
    place = book.write(EDITION, text)
    problems = [problem for problem in book.problems() if problem.startswith(EDITION)]
    assert any(problem.startswith(f"{place}: {expected}") for problem in problems), problems


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"edition: 1\nas_of: \xff2026\n", 2, 8),
        (b"\xff\xfee\x00", 1, 1),  # UTF-16
        (
            b"# \xc3\xa9\xc3\xa9 \xe9\n",
            1,
            6,
        ),  # Latin-1 after two good letters: the sixth character, not the eighth byte
        (b"edition: 1\n\n\n# cut off \xe2\x82", 4, 11),
        (b"\xed\xa0\x80", 1, 1),  # half of a surrogate pair
    ],
)
def test_bytes_that_are_no_text(book: Book, raw: bytes, line: int, column: int) -> None:
    (book.root / EDITION).write_bytes(raw)
    assert book.problems() == [f"{EDITION}:{line}:{column}: is not UTF-8 here; save the file as UTF-8"]


def test_a_byte_order_mark_takes_no_column(book: Book) -> None:
    (book.root / EDITION).write_bytes(b"\xef\xbb\xbfedition: one\n")
    assert f"{EDITION}:1:10: edition: 'one' is not a whole number; write digits only, such as 1500" in book.problems()


def nested(depth: int) -> str:
    """A document whose innermost value stands that many levels deep."""
    return "edition: " + "[" * (depth - 2) + "¦1" + "]" * (depth - 2) + "\n"


def test_twenty_levels_are_deep_enough(book: Book) -> None:
    place = book.write(EDITION, nested(DEEPEST + 1))
    assert book.problems() == [f"{place}: nested deeper than 20 levels"]
    book.write(EDITION, nested(DEEPEST))
    assert "nested" not in str(book.problems())


def test_twenty_levels_of_blocks(book: Book) -> None:
    # the file itself is the first level, so the key of the twentieth mapping is on the twenty-first
    levels = "".join(f"{'  ' * level}{MARK if level == DEEPEST - 1 else ''}k:\n" for level in range(DEEPEST))
    place = book.write(EDITION, levels)
    assert place == f"{EDITION}:20:39"
    assert book.problems() == [f"{place}: nested deeper than 20 levels"]


@pytest.mark.parametrize("hostile", ["[" * 100000, "{a: " * 100000, "- " * 100000, "? " * 100000, "a: [" * 50000])
def test_a_hostile_depth_costs_no_more_than_a_slip(book: Book, hostile: str) -> None:
    book.write(EDITION, hostile)
    start = time.perf_counter()
    (problem,) = book.problems()
    assert time.perf_counter() - start < 5
    assert problem.startswith(f"{EDITION}:1:")


def test_an_alias_bomb_does_not_go_off(book: Book) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    book.write(EDITION, "\n".join(lines))
    assert book.problems() == [f"{EDITION}:1:5: an anchor (&name); data files have no aliases, so remove it"]


def test_a_megabyte_is_large_enough(book: Book) -> None:
    text = (book.root / EDITION).read_text()
    book.write(EDITION, text + "#" * (LARGEST - len(text)))
    assert book.problems() == []
    book.write(EDITION, text + "#" * (LARGEST - len(text) + 1))
    assert book.problems() == [f"{EDITION}:1:1: is 1,000,001 bytes long; a data file has at most 1,000,000: split it"]


@pytest.mark.parametrize(
    "file", [EDITION, "book/data/texts.yaml", "book/data/scenarios.yaml", "book/data/contents.yaml"]
)
def test_a_missing_file_is_one_problem(book: Book, file: str) -> None:
    (book.root / file).unlink()
    assert book.problems() == [f"{file}:1:1: cannot be read: No such file or directory"]


def test_missing_objectives_are_one_problem(book: Book) -> None:
    (book.root / "assessments/objectives.yaml").unlink()
    assert book.problems() == ["assessments/objectives.yaml:1:1: cannot be read: No such file or directory"]


def test_a_folder_in_place_of_a_file(book: Book) -> None:
    (book.root / "book/data/prices/folder.yaml").mkdir()
    (problem,) = book.problems()
    assert problem.startswith("book/data/prices/folder.yaml:1:1: cannot be read: ")


def test_nothing_at_all_names_every_file(book: Book) -> None:
    empty = type(book)(book.root / "nowhere")
    assert [problem.partition(":")[0] for problem in empty.problems()] == [
        "assessments/objectives.yaml",
        "book/data/contents.yaml",
        EDITION,
        "book/data/scenarios.yaml",
        "book/data/texts.yaml",
    ]


def test_every_problem_of_every_file_is_told_at_once(book: Book) -> None:
    places = [
        book.edit("assessments/objectives.yaml", "process: inferring", "process: ¦guessing"),
        book.edit("assessments/reviews/seen.yaml", "gap: gap-2", "gap: ¦gap-9"),
        book.edit("book/data/contents.yaml", "requires: [first]", "requires: [¦frist]"),
        book.write(EDITION, "edition: one\nas_of: ¦soon\nhouses: {}\ncontrasts: []\n"),
        book.edit("book/data/prices/host.yaml", "input: 0.59", "input: ¦cheap"),
        book.edit("book/data/scenarios.yaml", "[chat, support]", "[chat, ¦suport]"),
    ]
    problems = book.problems()
    assert len(problems) == 7  # and the edition's other one
    assert f"{EDITION}:1:10: edition: 'one' is not a whole number; write digits only, such as 1500" in problems
    for place in places:
        assert any(problem.startswith(f"{place}: ") for problem in problems), place
    assert problems == sorted(problems), "files by name; here no line has two digits"


def test_problems_are_in_order_of_place_and_told_once() -> None:
    late, early = Problem(Place("b.yaml", 2, 1), "late"), Problem(Place("b.yaml", 1, 9), "early")
    tenth, other = Problem(Place("b.yaml", 10, 1), "tenth"), Problem(Place("a.yaml", 99, 9), "other")
    errors = DataErrors([tenth, late, early, other, late])
    assert errors.problems == (other, early, late, tenth)
    assert str(errors) == "a.yaml:99:9: other\nb.yaml:1:9: early\nb.yaml:2:1: late\nb.yaml:10:1: tenth"


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        (EDITION, "edition: [1\n"),
        ("book/data/contents.yaml", "chapters: 5\n"),
        ("book/data/texts.yaml", "texts: {greeting: }\n"),
        ("assessments/objectives.yaml", "objectives: none\n"),
        ("book/data/prices/maker.yaml", "provider: maker\n"),
    ],
)
def test_what_could_not_be_read_is_not_held_against_other_files(book: Book, file: str, shape: str) -> None:
    book.write(file, shape)
    problems = book.problems()
    assert problems
    assert {problem.partition(":")[0] for problem in problems} == {file}


def test_a_failed_load_writes_nothing(book: Book) -> None:
    book.edit(EDITION, "edition: 3", "edition: three")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in book.root.rglob("*") if path.is_file()}
    assert book.problems()
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in book.root.rglob("*") if path.is_file()}
    assert after == before


# --- finding a literal -----------------------------------------------------------------------------------------------

SOURCE = "first {bill}`rag`\nsecond {bill}`rag` and {bill}`rag`\nthird {bill}`rag\n  on six` end\n"


@pytest.mark.parametrize(
    ("literal", "from_line", "nth", "place"),
    [
        ("{bill}`rag`", 1, 1, (1, 7)),
        ("{bill}`rag`", 1, 2, (2, 8)),
        ("{bill}`rag`", 1, 3, (2, 24)),
        ("{bill}`rag`", 2, 1, (2, 8)),
        ("{bill}`rag`", 2, 2, (2, 24)),
        ("{bill}`rag on six`", 1, 1, (3, 7)),  # the source breaks the line inside it
        ("{bill}`rag on six`", 3, 1, (3, 7)),
        ("{bill}`rag`", 3, 1, (3, 1)),  # does not occur: the line where it was said to begin
        ("{bill}`rag`", 1, 4, (1, 1)),
        ("nowhere", 2, 1, (2, 1)),
        ("first", 1, 1, (1, 1)),
        ("end", 4, 1, (4, 11)),
    ],
)
def test_a_literal_is_found_from_a_line_on(literal: str, from_line: int, nth: int, place: tuple[int, int]) -> None:
    assert locate(SOURCE, literal, from_line, nth) == place


def test_a_literal_is_found_in_a_file_of_windows() -> None:
    assert locate(SOURCE.replace("\n", "\r\n"), "{bill}`rag on six`", 2) == (3, 7)
    assert locate(SOURCE.replace("\n", "\r\n"), "{bill}`rag`", 2, 2) == (2, 24)


def test_a_literal_is_no_pattern() -> None:
    assert locate("a+b\n(a.b)*\n", "(a.b)*", 1) == (2, 1)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("x\n> a claim of **two\n> words** in a quotation\n", (2, 16)),
        ("x\nof two **words** here\n", (2, 4)),
        ("x\nof two\n      words here\n", (2, 4)),
    ],
)
def test_words_are_found_through_marks_and_line_breaks(source: str, place: tuple[int, int]) -> None:
    assert locate(source, "two words", 1) == place


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("gpt-4o and gpt-4\n", (1, 12)),
        ("gpt-4:batch, a-gpt-4 and gpt-4\n", (1, 26)),
        ("only gpt-4o\n", (1, 6)),  # where no whole one stands, the nearest there is
    ],
)
def test_a_whole_id_is_not_found_inside_a_longer_one(source: str, place: tuple[int, int]) -> None:
    assert locate(source, "gpt-4", 1, whole=True) == place
