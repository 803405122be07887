"""Nothing of a graded item leaves the sources: not into a page, an index, an e-book, a doctree or an environment.

Every text of every kind of item, each key and each option holds the canary or a number of its own. All that is written
is searched: as bytes, unpacked, and inflated.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sphinx_ext.building import Book, Built, real_book

CANARY = "Kanarienvogel"
CRITERIA = ("stages-and-terms", "cause-of-asymmetry", "ratio-argument", "streaming")
NUMBERS = ("4711", "8209", "31337")
QUIZ = """\
id: graded-paper
title: Graded paper
chapter: the-life-of-a-token
use: graded
minutes: 20
pass: {share: 75%, why: An exam of the test.}
intro: Kanarienvogel intro.
items:
  - id: kanarienvogel-numeric
    kind: numeric
    objective: c1-predict-dominant
    process: inferring
    points: 1
    minutes: 1
    variants: 1
    parameters: {case: {usages: [4711+8209, 31337+8209]}}
    stem: "Kanarienvogel {{ case.input }} and {{ case.output }}, in dollars per thousand calls?"
    hint: Kanarienvogel hint.
    key: bill $case on gpt-4o
    unit: dollars-per-1000-calls
    tolerance: {relative: 1%}
    misconceptions: {swapped-rates: {feedback: Kanarienvogel mistake.}}
    right: Kanarienvogel right.
    otherwise: Kanarienvogel otherwise.
  - id: kanarienvogel-choice
    kind: choice
    objective: c1-explain-lifecycle
    process: explaining
    points: 1
    minutes: 1
    stem: Which Kanarienvogel sings?
    hint: Kanarienvogel hint.
    options:
      - {id: one, right: "yes", text: The first Kanarienvogel., feedback: Right Kanarienvogel.}
      - {id: two, text: The other Kanarienvogel., feedback: Wrong Kanarienvogel.}
      - {id: three, text: The third Kanarienvogel., feedback: No Kanarienvogel.}
  - id: kanarienvogel-multiple
    kind: multiple-choice
    objective: c1-compare-levers
    process: comparing
    points: 2
    minutes: 1
    stem: Which two Kanarienvogel sing?
    hint: Kanarienvogel hint.
    options:
      - {id: one, right: "yes", text: The first Kanarienvogel., feedback: Right Kanarienvogel.}
      - {id: two, right: "yes", text: The other Kanarienvogel., feedback: Right Kanarienvogel.}
      - {id: three, text: The third Kanarienvogel., feedback: No Kanarienvogel.}
  - id: kanarienvogel-order
    kind: order
    objective: c1-explain-lifecycle
    process: explaining
    points: 1
    minutes: 1
    stem: Order the Kanarienvogel.
    hint: Kanarienvogel hint.
    events:
      - {id: egg, text: An egg of a Kanarienvogel.}
      - {id: chick, text: A chick of a Kanarienvogel.}
      - {id: bird, text: A Kanarienvogel.}
    mistakes: [{early: bird, late: egg, feedback: Kanarienvogel too early.}]
    right: Kanarienvogel right.
    otherwise: Kanarienvogel otherwise.
  - id: kanarienvogel-match
    kind: match
    objective: c1-interpret-streaming
    process: interpreting
    points: 1
    minutes: 1
    stem: Match the Kanarienvogel.
    hint: Kanarienvogel hint.
    pairs:
      - {id: a, left: Left Kanarienvogel, right: Right Kanarienvogel, feedback: Kanarienvogel a.}
      - {id: b, left: Lower Kanarienvogel, right: Upper Kanarienvogel, feedback: Kanarienvogel b.}
      - {id: c, left: Old Kanarienvogel, right: Young Kanarienvogel, feedback: Kanarienvogel c.}
    right: Kanarienvogel right.
  - id: kanarienvogel-text
    kind: short-text
    objective: c1-interpret-streaming
    process: interpreting
    points: 1
    minutes: 1
    stem: Name the Kanarienvogel.
    hint: Kanarienvogel hint.
    accept: [Kanarienvogel]
    mistakes: [{accept: [kein Kanarienvogel], feedback: Kanarienvogel mistaken.}]
    right: Kanarienvogel right.
    otherwise: Kanarienvogel otherwise.
  - id: kanarienvogel-open
    kind: open
    objective: c1-explain-lifecycle
    process: explaining
    points: 12
    minutes: 5
    stem: Write about the Kanarienvogel.
    hint: Kanarienvogel hint.
    rubric: lifecycle-explanation
    words: [10, 50]
    model-answer: A Kanarienvogel sings.
    anchors:
      - {title: Kanarienvogel best, text: Kanarienvogel one., why: Kanarienvogel why., scores: &S}
      - {title: Kanarienvogel fair, text: Kanarienvogel two., why: Kanarienvogel why., scores: &S}
      - {title: Kanarienvogel poor, text: Kanarienvogel three., why: Kanarienvogel why., scores: &S}
""".replace("&S", f"{{{', '.join(f'{one}: {{points: 0}}' for one in CRITERIA)}}}")
# Each builds the whole book: always those that readers get and that write most, all others in `make test-slow`.
ALWAYS, SLOW = ("html", "epub"), ("singlehtml", "gettext", "dirhtml", "text", "latex", "xml")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The real book with a graded quiz."""
    made = real_book(tmp_path_factory.mktemp("graded"))
    made.write("assessments/quizzes/graded-paper.yaml", QUIZ)
    return made


@pytest.fixture(scope="module")
def site(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(book, "html", tmp_path_factory.mktemp("html"))


def built(book: Book, builder: str, folder: Path) -> Built:
    return book.build(builder, out=folder / "out", trees=folder / "trees")


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, what is packed in it, and what can be inflated in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpacked(str(path.relative_to(folder)), path.read_bytes())


def unpacked(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, raw
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for inner in archive.namelist():
                yield from unpacked(f"{name}/{inner}", archive.read(inner))
    for found in re.finditer(rb"\x78[\x01\x9c\xda]", raw):  # zlib, as in objects.inv
        try:
            yield f"{name}, inflated", zlib.decompressobj().decompress(raw[found.start() :])
        except zlib.error:
            continue


def traces(folder: Path, words: tuple[str, ...]) -> set[str]:
    """Files that hold one of the words, in any case."""
    # A number may stand in a longer one, or in a digest.
    wanted = re.compile(
        "|".join(rf"(?<![0-9a-f]){word}(?![0-9a-f])" if word[0].isdigit() else word for word in words), re.I
    )
    return {name for name, raw in contents(folder) if wanted.search(raw.decode("latin-1"))}


@pytest.mark.parametrize("builder", [*ALWAYS, *(pytest.param(one, marks=pytest.mark.slow) for one in SLOW)])
def test_no_trace_in_what_a_builder_writes(
    book: Book, builder: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    done: Built = request.getfixturevalue("site") if builder == "html" else built(book, builder, tmp_path)
    folder = done.out.parent
    assert not [line for line in done.warnings if CANARY in line]
    assert "assessments/quizzes/graded-paper" in done.read
    assert traces(folder, ("Graded paper",)), "its page is there, with its title"
    assert traces(folder, (CANARY, *NUMBERS)) == set()


def test_its_page_says_what_it_is_for(site: Built) -> None:
    page = site.page("assessments/quizzes/graded-paper")
    assert "predict which side costs more" in page
    assert "20 minutes" in page
    assert '<fieldset class="cb-item"' not in page


def test_the_search_itself_finds_what_is_hidden(tmp_path: Path) -> None:
    """A canary in a file, in a zip, in a zip's zip and deflated is found."""
    (tmp_path / "plain.html").write_text(f"<p>{CANARY.upper()}</p>")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.xhtml", CANARY * 9)
    with zipfile.ZipFile(tmp_path / "book.epub", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())
    (tmp_path / "objects.inv").write_bytes(b"# header\n" + zlib.compress(CANARY.encode() * 9))
    assert traces(tmp_path, (CANARY,)) == {"plain.html", "book.epub/inner.zip/page.xhtml", "objects.inv, inflated"}


@pytest.mark.slow
def test_a_practice_quiz_does_leave_traces(book: Book, tmp_path: Path) -> None:
    """The same file for practice: what was looked for above is there to be found."""
    practice = QUIZ.replace("use: graded", "use: practice").replace("kanarienvogel-", "bird-").replace("ogel intro", "")
    book.write("assessments/quizzes/graded-paper.yaml", practice)
    try:
        built(book, "html", tmp_path)
    finally:
        book.write("assessments/quizzes/graded-paper.yaml", QUIZ)
    found = traces(tmp_path, (CANARY,))
    assert {"out/assessments/quizzes/graded-paper.html", "trees/assessments/quizzes/graded-paper.doctree"} <= found
    assert not {name for name in found if "searchindex" in name}
    assert traces(tmp_path, ("4711",)) or traces(tmp_path, ("4,711",)) or traces(tmp_path, ("31337",))
