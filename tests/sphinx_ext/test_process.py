"""What shows only in a process of its own: status, what is printed, what is imported, another copy of the code."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from scripts.generated_book import Plan
from tests.sphinx_ext.building import REPOSITORY, Book, files, generated, small_book

# Appended to a book's conf.py: what a build read, and whether it loaded the tokenizer, on standard output.
REPORT = """

import sys


def setup(app):
    app.connect("env-before-read-docs", lambda app, env, docnames: print("READ", *docnames))
    app.connect("build-finished", lambda app, exception: print("TIKTOKEN", "tiktoken" in sys.modules))
"""
PRICES = "book/data/prices/example.yaml"


def reporting(book: Book) -> Book:
    path = book.root / "conf.py"
    path.write_text(path.read_text(encoding="utf-8") + REPORT, encoding="utf-8")
    return book


def reported(said: str, what: str) -> list[str]:
    return re.findall(rf"^{what} ?(.*)$", said, re.MULTILINE)


def test_changed_template_and_code_read_everything_again(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "exts", tmp_path / "exts", ignore=shutil.ignore_patterns("__pycache__"))
    env = {"PYTHONPATH": str(tmp_path / "exts")}
    book = reporting(generated(tmp_path, Plan(3, figures=3, asking=1, paragraphs=3, theme="basic")))
    everything = "assessments/lessons/chapter-1 assessments/reviews/generated"
    everything += " book/01-chapter-1 book/02-chapter-2 book/03-chapter-3 index"
    assert reported(book.run("-q", env=env).said, "READ") == [everything]
    assert reported(book.run("-q", env=env).said, "READ") == [""]
    template = tmp_path / "exts/costbook/pages/templates/review.md.j2"
    template.write_text(template.read_text(encoding="utf-8").replace("## Verdict", "## In short"), encoding="utf-8")
    assert reported(book.run("-q", env=env).said, "READ") == [everything]
    assert "In short" in (book.out / "assessments/reviews/generated.html").read_text(encoding="utf-8")
    code = tmp_path / "exts/costbook/money.py"
    code.write_text(code.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert reported(book.run("-q", env=env).said, "READ") == [everything]
    # A style sheet's address carries its digest, so every page that loads it is another page.
    before = addresses(book)
    style = tmp_path / "exts/costbook/static/costbook.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n/* changed */\n", encoding="utf-8")
    book.run("-q", env=env)
    assert len(before) == len(addresses(book)) == 1
    assert addresses(book) != before


def addresses(book: Book) -> set[str]:
    pages = "".join(path.read_text(encoding="utf-8") for path in book.out.rglob("*.html"))
    return set(re.findall(r"costbook\.css\?v=[0-9a-f]+", pages))


def test_tokens_are_counted_once(tmp_path: Path) -> None:
    """Every chapter shows a scenario whose prompt is a text; only where the text changed is it counted again."""
    book = reporting(generated(tmp_path, Plan(2, figures=3, asking=1, paragraphs=3, theme="basic")))
    assert reported(book.run("-q").said, "TIKTOKEN") == ["True"]
    assert reported(book.run("-q").said, "TIKTOKEN") == ["False"]
    book.replace(PRICES, "output: 8.00", "output: 9.00")
    ran = book.run("-q")
    assert reported(ran.said, "TIKTOKEN") == ["False"]
    assert "book/01-chapter-1" in reported(ran.said, "READ")[0]
    book.replace("book/data/texts.yaml", "a spare bulb", "no spare bulb")
    ran = book.run("-q")
    assert reported(ran.said, "READ") == [""]  # another text with as many tokens
    assert reported(ran.said, "TIKTOKEN") == ["True"]
    assert reported(book.run("-q").said, "TIKTOKEN") == ["False"]


@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_slips_in_data_stop_the_build(tmp_path: Path, warm: bool) -> None:
    book = small_book(tmp_path, {"book/page": "# Page\n\nA letter costs {bill}`letter`.\n"})
    if warm:
        assert book.run("-q", "-W").code == 0
    before = files(book.out) if warm else {}
    book.replace(PRICES, "output: 12.50", "output: 12,50")
    book.replace("book/data/scenarios.yaml", "{input: 5000, output: 150}", "{input: 5000, outputs: 150}")
    book.replace("book/data/edition.yaml", "as_of: 2026-11-22", "as_of: tomorrow")
    ran = book.run("-q")
    assert ran.code == 2
    *problems, remedy = ran.complained.strip().splitlines()
    assert [problem.partition(": ERROR: ")[0] for problem in problems] == [
        "book/data/edition.yaml:2:8",
        "book/data/prices/example.yaml:21:17",
        "book/data/scenarios.yaml:3:47",
    ]
    assert "'12,50' is not a price" in problems[1]
    assert "unknown key 'outputs'; did you mean 'output'?" in problems[2]
    assert remedy.startswith("ERROR: The book was not built. Mend the data files first")
    assert "Traceback" not in ran.complained + ran.said
    assert (files(book.out) if book.out.exists() else {}) == before


def test_slip_in_the_text_of_a_document(tmp_path: Path) -> None:
    """Roles and typed numbers in YAML are reported at their own place in the YAML."""
    book = generated(tmp_path, Plan(1, figures=3, asking=1, paragraphs=3, theme="basic"))
    lesson = "assessments/lessons/chapter-1.yaml"
    book.replace(lesson, "It costs {bill}`letter`, and", "It costs {bill}`lettre`,\n      five times as much, and")
    book.replace(lesson, "A letter costs nothing.", "A letter costs {quoted}`$5`.")
    ran = book.run("-q")
    assert ran.code == 2
    places = [line.partition(": ERROR: ") for line in ran.complained.splitlines()[:-1]]
    assert [(place, said.partition(";")[0]) for place, _, said in places] == [
        (f"{lesson}:15:22", "unknown scenario 'lettre'"),
        (f"{lesson}:16:7", "'five times as' is a typed multiplier"),
        (f"{lesson}:17:28", "quoted needs its source"),
    ]


def test_warnings_are_errors_when_told_so(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"book/page": "# Page\n\nA letter costs {bill}`lettre`.\n"})
    warning = f"{book.root}/book/page.md:3:16: WARNING: unknown scenario 'lettre'; did you mean 'letter'?"
    for options, code in (((), 0), (("-W",), 1), (("-W",), 1)):
        ran = book.run("-q", *options)
        assert ran.code == code
        assert ran.complained.splitlines()[0] == f"{warning} [costbook.question]"
        assert "Traceback" not in ran.complained


def test_what_is_remembered_between_builds(tmp_path: Path) -> None:
    """Questions and answers are kept, the world is not: it would be loaded, pickled and unpickled at every build."""
    book = generated(tmp_path, Plan(3, figures=3, asking=1, paragraphs=3, theme="basic"))
    book.build()
    pickled = (book.trees / "environment.pickle").read_bytes()
    assert b"costbook.questions.bills" in pickled
    assert b"costbook.world" not in pickled
