"""The scaffold of a chapter: what is refused, written whole or not at all, failing by its gaps and by nothing else."""

from __future__ import annotations

import errno
import inspect
import re
import shutil
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripts import quizzes
from scripts.new import main
from tests.book import test_contract as contract
from tests.sphinx_ext.building import REPOSITORY, Book

from costbook import writing
from costbook.load import load_world

NAME, PAGE = "inside-one-pass", "book/06-inside-one-pass"
"""A chapter that is planned, the second of its part and with a chapter before it that is not written."""
DOCUMENTS = (
    f"assessments/quizzes/{NAME}-check",
    f"assessments/quizzes/{NAME}-practice",
    f"assessments/lessons/{NAME}",
    f"assessments/reviews/{NAME}",
)
INDEX = """\
# A small book

```{toctree}
:caption: Part I. The bill

book/01-the-life-of-a-token
```

```{toctree}
:caption: Quizzes

assessments/quizzes/the-life-of-a-token-check
```

```{toctree}
:caption: Appendices

book/glossary
```
"""
STUB = "---\nchapter: the-life-of-a-token\n---\n\n(the-life-of-a-token)=\n# The life of a token\n\nA stub.\n"


def small(folder: Path) -> Book:
    """The real data, objectives, quizzes and glossary, with chapter 1 as a stub and no other page: quick to build."""
    book = Book(folder / "book", folder / "out", folder / "trees")
    for name in ("book/data", "book/figures", "assessments"):
        shutil.copytree(REPOSITORY / name, book.root / name)
    shutil.copy2(REPOSITORY / "conf.py", book.root)
    shutil.copy2(REPOSITORY / "book/glossary.md", book.root / "book")
    (book.root / "index.md").write_text(INDEX, encoding="utf-8")
    (book.root / "book/01-the-life-of-a-token.md").write_text(STUB, encoding="utf-8")
    for path in book.root.glob("assessments/objectives.yaml"):  # as if no later chapter were begun
        first = re.split(r"(?m)^(?=  - id: c[2-9])", path.read_text(encoding="utf-8"))[0]
        path.write_text(f"# Kept.\n{first}", encoding="utf-8")
    for path in [*book.root.glob("assessments/quizzes/*.yaml"), *book.root.glob("assessments/lessons/*.yaml")]:
        if "the-life-of-a-token" not in path.name:
            path.unlink()
    return book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return small(tmp_path)


def new(book: Book, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["chapter", *arguments, "--book", str(book.root)])


def tree(book: Book) -> dict[str, bytes]:
    return {str(path.relative_to(book.root)): path.read_bytes() for path in book.root.rglob("*") if path.is_file()}


# --- what is refused -------------------------------------------------------------------------------------------------


def test_an_unknown_chapter_has_one_line_with_the_nearest(book: Book) -> None:
    before = tree(book)
    ran = new(book, "inside-one-pas")
    assert ran.exit_code == 1
    assert ran.output == "Error: unknown chapter 'inside-one-pas'; did you mean 'inside-one-pass'?\n"
    assert tree(book) == before


def test_a_chapter_that_exists_is_left_alone(book: Book) -> None:
    before = tree(book)
    ran = new(book, "the-life-of-a-token")
    assert ran.exit_code == 1
    assert "exists already: book/01-the-life-of-a-token.md; nothing was written" in ran.output
    assert tree(book) == before


def test_a_file_of_somebody_else_is_left_alone(book: Book) -> None:
    (book.root / f"{DOCUMENTS[3]}.yaml").write_text("# mine\n", encoding="utf-8")
    ran = new(book, NAME)
    assert ran.exit_code in {1, 2}
    assert (book.root / f"{DOCUMENTS[3]}.yaml").read_text(encoding="utf-8") == "# mine\n"
    assert not (book.root / f"{PAGE}.md").exists()


def test_objectives_that_somebody_wrote_are_left_alone(book: Book) -> None:
    listed = book.root / "assessments/objectives.yaml"
    own = (
        "  - {id: c6-own, chapter: inside-one-pass, level: understand, process: explaining, verb: explain,\n"
        "     statement: Explain a pass, evidence: names its four steps}\n"
    )
    listed.write_text(listed.read_text(encoding="utf-8") + own, encoding="utf-8")
    before = tree(book)
    ran = new(book, NAME)
    assert ran.exit_code == 1
    assert "has objectives of 'inside-one-pass' already (c6-own)" in ran.output
    assert tree(book) == before


def test_a_dry_run_names_the_files_and_writes_none(book: Book) -> None:
    before = tree(book)
    ran = new(book, NAME, "--dry-run")
    assert ran.exit_code == 0
    assert f"{PAGE}.md" in ran.output
    assert tree(book) == before


# --- written whole or not at all -------------------------------------------------------------------------------------


def test_a_full_disk_leaves_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(book)
    stage, asked = writing._stage, count(1)

    def full(file: Path, beside: Path, content: bytes) -> None:
        if next(asked) == 4:
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        stage(file, beside, content)

    monkeypatch.setattr(writing, "_stage", full)
    ran = new(book, NAME)
    assert ran.exit_code == 1
    assert "No space left on device; nothing was written" in ran.output
    assert tree(book) == before


@pytest.mark.parametrize("stopped", [1, 2, 7])
def test_an_interruption_between_two_files_is_undone(book: Book, monkeypatch: pytest.MonkeyPatch, stopped: int) -> None:
    """Before the first, the second and the last of the seven is put into its place."""
    before = tree(book)
    replace, asked = Path.replace, count(1)

    def interrupted(path: Path, target: Path) -> Path:
        if next(asked) == stopped:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    ran = new(book, NAME)
    assert ran.exit_code != 0
    assert tree(book) == before


@pytest.mark.parametrize("written", [1, 3, 6])
def test_after_a_kill_the_next_run_writes_the_rest(book: Book, tmp_path: Path, written: int) -> None:
    """Killed, a process undoes nothing: it leaves the first files of the seven, and the page last of all."""
    whole = small(tmp_path / "whole")
    assert new(whole, NAME).exit_code == 0
    order = ["assessments/objectives.yaml", *(f"{one}.yaml" for one in DOCUMENTS), "index.md"]
    for name in order[:written]:
        shutil.copy2(whole.root / name, book.root / name)
    (book.root / f"book/.{Path(PAGE).name}.md.new").write_text("half of a pa", encoding="utf-8")
    assert not (book.root / f"{PAGE}.md").exists()
    assert new(book, NAME).exit_code == 0
    assert tree(book) == tree(whole)


# --- what is added to ------------------------------------------------------------------------------------------------


def test_objectives_keep_comments_and_order(book: Book) -> None:
    before = (book.root / "assessments/objectives.yaml").read_text(encoding="utf-8")
    assert new(book, NAME, "--objectives", "2").exit_code == 0
    after = (book.root / "assessments/objectives.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert re.findall(r"(?m)^  - id: (\S+)$", after[len(before) :]) == ["c6-explain", "c6-predict"]


def test_a_part_without_pages_gets_its_place_in_the_index(book: Book) -> None:
    assert new(book, NAME).exit_code == 0
    index = (book.root / "index.md").read_text(encoding="utf-8")
    added = f"\n```{{toctree}}\n:hidden:\n:caption: Part II. The machine\n\n{PAGE}\n```\n"
    first = INDEX.index("```\n\n```{toctree}\n:caption: Quizzes") + 4
    assert index.startswith(f"{INDEX[:first]}{added}")
    captions = re.findall(r"^:caption: (.+)$", index, re.MULTILINE)
    assert captions == ["Part I. The bill", "Part II. The machine", "Quizzes", "Lesson plans", "Reviews", "Appendices"]
    listed = re.findall(r"^assessments/\S+$", index, re.MULTILINE)
    assert listed == ["assessments/quizzes/the-life-of-a-token-check", *DOCUMENTS]


def test_a_chapter_stands_in_order_in_its_part(book: Book) -> None:
    assert new(book, NAME).exit_code == 0
    assert new(book, "sharing-the-machine").exit_code == 0
    assert new(book, "reading-is-fast-writing-is-slow").exit_code == 0
    part = (book.root / "index.md").read_text(encoding="utf-8").partition(":caption: Part II. The machine\n\n")[2]
    assert part.partition("```")[0].split() == [
        PAGE,
        "book/07-reading-is-fast-writing-is-slow",
        "book/08-sharing-the-machine",
    ]


# --- gaps ------------------------------------------------------------------------------------------------------------

GAP = re.compile(r"\{gap\}`[^`]+`")
PLACE = re.compile(
    r"^(?P<file>\S+?):(?P<line>\d+):(?P<column>\d+): WARNING: not written yet: (?P<what>.+) \[costbook\.gap\]$"
)


def filled(text: str, number: count[int]) -> str:
    """Sample words in the place of each gap, nowhere the same."""
    letters = "abcdefghijklmnopqrstuvwxyz"

    def sample(_: re.Match[str]) -> str:
        high, low = divmod(next(number), 26)
        return f"Sample words {letters[high]}{letters[low]} that stand here"

    return GAP.sub(sample, text)


def test_the_strict_build_fails_by_gaps_alone_and_not_once_they_are_filled(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = new(book, NAME)
    assert ran.exit_code == 0, ran.output
    written = [book.root / f"{name}.md" for name in (PAGE, "index")]
    written += [book.root / f"{name}.yaml" for name in (*DOCUMENTS, "assessments/objectives")]
    expected = {
        (path.relative_to(book.root).as_posix(), number, found.start() + 1)
        for path in written
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for found in GAP.finditer(line)
    }
    assert len(expected) > 200
    pages = ("index", "book/glossary", "book/01-the-life-of-a-token", PAGE)
    check = "assessments/quizzes/the-life-of-a-token-check"
    included = [*(f"{name}.md" for name in pages), *(f"{name}.yaml" for name in (*DOCUMENTS, check))]
    overrides = {"include_patterns": included}
    built = book.build(overrides=overrides)
    found = [PLACE.match(line) for line in built.warnings]
    assert [line for line, one in zip(built.warnings, found, strict=True) if one is None] == []
    assert {(one["file"], int(one["line"]), int(one["column"])) for one in found if one} == expected
    assert all(len(one["what"].split()) > 2 for one in found if one)
    assert "[To write: " in built.page(PAGE), "an author sees what is missing"
    again = book.build(overrides=overrides)
    assert again.read == ()
    assert again.warnings == built.warnings, "a build that reads nothing warns as well"

    number = count()
    for path in written:
        path.write_text(filled(path.read_text(encoding="utf-8"), number), encoding="utf-8")
    built = book.build(overrides=overrides, strict=True)
    assert (built.warnings, built.status) == ((), 0)
    assert PAGE in built.read

    monkeypatch.setattr(contract, "ROOT", book.root)
    world = load_world(book.root)
    given = {"chapter": contract.Source(Path(f"{PAGE}.md")), "book": world, "built_site": built.out}
    rules = [rule for name, rule in vars(contract).items() if name.startswith("test_") and callable(rule)]
    asked = [rule for rule in rules if "chapter" in inspect.signature(rule).parameters]
    assert len(asked) >= 10
    for rule in asked:
        rule(**{name: given[name] for name in inspect.signature(rule).parameters})
    for path in written:
        contract.test_no_filler(path.relative_to(book.root))
    check_quiz, practice = (world.quizzes[f"{NAME}-{use}"] for use in ("check", "practice"))
    assert (len(check_quiz.slots), len(practice.slots)) == (5, 10)
    looking_back = [slot.first for slot in practice.slots if not slot.first.objective.startswith("c6-")]
    assert len(looking_back) == 2


@pytest.mark.parametrize("objectives", [2, 4])
def test_fewer_and_more_objectives(book: Book, objectives: int) -> None:
    assert new(book, NAME, "--objectives", str(objectives)).exit_code == 0
    number = count()
    for path in [book.root / f"{name}.yaml" for name in (*DOCUMENTS, "assessments/objectives")]:
        path.write_text(filled(path.read_text(encoding="utf-8"), number), encoding="utf-8")
    world = load_world(book.root)  # with every lint of quizzes, objectives and lessons
    assert len(world.lessons[NAME].objectives) == objectives
    assert [len(world.quizzes[f"{NAME}-{use}"].slots) for use in ("check", "practice")] == [5, 10]


def test_no_bank_is_made_of_a_quiz_with_gaps(book: Book) -> None:
    assert new(book, NAME).exit_code == 0
    ran = CliRunner().invoke(quizzes.main, ["lint", f"{NAME}-check", "--book", str(book.root)])
    assert ran.exit_code == 2
    assert f"assessments/quizzes/{NAME}-check.yaml:9:5: not written yet: Why three quarters" in ran.output
    assert f"{PAGE}.md" not in ran.output, "a bank does not need the chapter"
