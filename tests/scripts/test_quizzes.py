"""The command line for quizzes: what an educator types, and what comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripts.quizzes import main
from tests.sphinx_ext.building import REPOSITORY, real_book

CHECK = "the-life-of-a-token-check"
PRIVATE = """\
id: my-own
title: My own paper
chapter: the-life-of-a-token
use: graded
minutes: 10
pass: {share: 75%, why: One slip.}
items:
  - id: my-amount
    kind: numeric
    objective: c1-predict-dominant
    process: inferring
    points: 1
    minutes: 2
    parameters: {case: {usages: [1000+100, 2000+300, 3000+100, 500+400, 700+200, 4000+150]}}
    stem: "{{ case.input | count }} in and {{ case.output | count }} out on {name}`gpt-4o`: what do 1,000 calls cost?"
    hint: Price each side.
    key: bill $case on gpt-4o
    unit: dollars-per-1000-calls
    tolerance: {relative: 1%}
    misconceptions: {swapped-rates: }
    otherwise: Price each side, then add.
"""


def run(*arguments: str, book: Path = REPOSITORY) -> Result:
    """Run the command on a book."""
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "--book", str(book), *rest])


def code(*arguments: str, book: Path = REPOSITORY) -> str:
    ran = run("code", *arguments, book=book)
    assert ran.exit_code == 0, ran.output
    return ran.output.strip()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of an educator who has a private quiz and a secret."""
    root = real_book(tmp_path_factory.mktemp("own")).root
    (root / "assessments/private").mkdir()
    (root / "assessments/private/my-own.yaml").write_text(PRIVATE, encoding="utf-8")
    (root / "secret").write_text("a long text that nobody else knows\n")
    (root / "other").write_text("another long text\n")
    (root / "empty").write_text("\n")
    return root


def test_the_list_of_quizzes() -> None:
    ran = run("list")
    assert ran.exit_code == 0
    assert re.search(rf"{CHECK} +check +5 +\d+ +\d+ +[\d.]+ of 8", ran.output)


def test_every_variant_of_the_book_keeps_the_guarantee() -> None:
    ran = run("lint")
    assert ran.exit_code == 0, ran.output
    assert "c1-which-side" in ran.output


def test_a_code_gives_the_same_form_again() -> None:
    one, other = code(CHECK, "--seed", "2"), code(CHECK, "--seed", "3")
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}-[0-9A-Z]{3}[0-9A-Z*~$=]", one)
    shown = run("show", one).output
    assert shown == run("show", one.lower().replace("-", " ")).output
    assert shown.partition("\n")[2] != run("show", other).output.partition("\n")[2]
    assert "Answer:" not in shown
    assert run("show", "--key", one).output.count("Answer:") == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ABCD", "a code has 16 characters"),
        ("0000-0000-0000-000A", "look for a mistyped character"),
        ("0000-0000-0000-0000", "no quiz of this book"),
    ],
)
def test_a_code_that_cannot_be_read(typed: str, said: str) -> None:
    ran = run("show", typed)
    assert ran.exit_code == 1
    assert said in ran.output
    assert "Traceback" not in ran.output


def test_a_code_of_another_source_is_refused(own: Path) -> None:
    old = code("my-own", book=own)
    file = own / "assessments/private/my-own.yaml"
    file.write_text(PRIVATE.replace("Price each side.", "Price both sides."), encoding="utf-8")
    try:
        ran = run("show", old, book=own)
    finally:
        file.write_text(PRIVATE, encoding="utf-8")
    assert ran.exit_code == 1
    assert "another source" in ran.output
    assert run("show", old, book=own).exit_code == 0


def test_a_private_code_needs_its_secret(own: Path) -> None:
    secret = ("--secret-file", str(own / "secret"))
    private = code("my-own", *secret, book=own)
    assert private != code("my-own", book=own)
    assert run("show", *secret, private, book=own).exit_code == 0
    for given, said in (((), "no secret is given"), (("--secret-file", str(own / "other")), "another secret")):
        ran = run("show", *given, private, book=own)
        assert ran.exit_code == 1
        assert said in ran.output
    assert "is empty" in run("code", "--secret-file", str(own / "empty"), "my-own", book=own).output


def test_a_private_quiz_is_no_quiz_of_the_book(own: Path) -> None:
    assert "my-own" in run("list", book=own).output
    assert "my-own" not in run("list").output
    assert "assessments/private/" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_an_unknown_quiz_and_a_slip(own: Path) -> None:
    ran = run("lint", "the-life-of-a-tokn-check")
    assert ran.exit_code == 1
    assert f"did you mean '{CHECK}'?" in ran.output
    file = own / "assessments/private/my-own.yaml"
    file.write_text(PRIVATE.replace("hint:", "hnt:"), encoding="utf-8")
    try:
        ran = run("list", book=own)
    finally:
        file.write_text(PRIVATE, encoding="utf-8")
    assert ran.exit_code == 2
    assert "assessments/private/my-own.yaml:16:5: unknown key 'hnt'; did you mean 'hint'?" in ran.output


def test_an_item_with_too_few_variants(own: Path) -> None:
    file = own / "assessments/private/my-own.yaml"
    file.write_text(PRIVATE.replace("relative: 1%", "relative: 90%"), encoding="utf-8")
    try:
        ran = run("lint", "my-own", book=own)
    finally:
        file.write_text(PRIVATE, encoding="utf-8")
    assert ran.exit_code == 1
    assert "item 'my-amount': " in ran.output
    assert "a misconception's answer lies too near the key" in ran.output
