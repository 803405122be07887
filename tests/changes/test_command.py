"""The command: revisions, days, the working tree, and what is said where there is nothing to compare."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripts.price_impact import impact_command
from tests.editions import turn_back
from tests.sphinx_ext.building import real_book

DEEPSEEK = "book/data/prices/deepseek.yaml"
PEOPLE = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> None:
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **PEOPLE, **alone}, check=True)


def replace(book: Path, old: str, new: str, file: str = DEEPSEEK) -> None:
    text = (book / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (book / file).write_text(text.replace(old, new), encoding="utf-8")


def run(book: Path, *options: str) -> Result:
    return CliRunner().invoke(impact_command, ["--book", str(book), *options])


def figures(ran: Result) -> list[tuple[str, str, str]]:
    assert ran.exit_code == 0, ran.output
    return [(one["asked"], one["old"], one["new"]) for one in json.loads(ran.output)["entries"]["figures"]]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in two commits: deepseek-v4-pro goes from $1.98 to $2.00, and to $2.10 in the working tree."""
    root = turn_back(real_book(tmp_path_factory.mktemp("history")).root)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "one")
    git(root, "tag", "first")
    replace(root, "output: 1.98", "output: 2.00")
    git(root, "commit", "--quiet", "--all", "--message", "two")
    replace(root, "output: 2.00", "output: 2.10")
    return root


def price(old: str, new: str) -> tuple[str, str, str]:
    return "price output on deepseek-v4-pro", old, new


def test_the_working_tree_against_the_last_commit(history: Path) -> None:
    assert price("$2.00", "$2.10") in figures(run(history, "--format", "json"))


def test_from_a_revision_to_the_working_tree(history: Path) -> None:
    assert price("$1.98", "$2.10") in figures(run(history, "--from", "first", "--format", "json"))


@pytest.mark.parametrize("names", [("first", "main"), ("HEAD~1", "HEAD")])
def test_between_two_revisions(history: Path, names: tuple[str, str]) -> None:
    old, new = names
    ran = run(history, "--from", old, "--to", new, "--format", "json")
    assert price("$1.98", "$2.00") in figures(ran)
    again = run(history, "--from", new, "--to", old, "--format", "json")
    assert price("$2.00", "$1.98") in figures(again)


def test_a_revision_against_itself(history: Path) -> None:
    ran = run(history, "--from", "first", "--to", "first")
    assert ran.output.splitlines()[1:] == ["Nothing moves."]


def test_to_a_revision_from_the_last_commit(history: Path) -> None:
    assert price("$2.00", "$1.98") in figures(run(history, "--to", "first", "--format", "json"))


def test_two_days_of_the_same_data(history: Path) -> None:
    """What the working tree would say on another day, whatever was committed."""
    found = figures(run(history, "--at", "2026-12-02", "--format", "json"))
    assert ("price output on gemini-4-argon", "$10.00", "$20.00") in found
    assert not any("deepseek" in asked for asked, _, _ in found)


def test_a_revision_and_a_day(history: Path) -> None:
    found = figures(run(history, "--from", "first", "--at", "2026-12-02", "--format", "json"))
    assert price("$1.98", "$2.10") in found
    assert ("price output on gemini-4-argon", "$10.00", "$20.00") in found


def test_the_terminal(history: Path) -> None:
    ran = run(history, "--from", "first", "--to", "HEAD")
    assert ran.exit_code == 0
    said = ran.output.splitlines()
    assert said[0] == "From edition 1, priced at 2026-11-22 to edition 1, priced at 2026-11-22"
    (heading,) = (number for number, text in enumerate(said) if re.fullmatch(r"Figures \(\d+\)", text))
    chapter = said.index("book/01-the-life-of-a-token.md", heading)
    assert said[chapter + 2].split()[1:] == [
        *["price", "output", "on", "deepseek-v4-pro", "ratio-table", "$1.98", "$2.00", "+1.0%"]
    ]


def test_markdown_for_a_pull_request(history: Path) -> None:
    ran = run(history, "--from", "first", "--to", "HEAD", "--format", "markdown")
    assert ran.output.startswith("## Impact of the change\n")
    assert "price output on deepseek-v4-pro | ratio-table | $1.98 | $2.00 | +1.0% |" in ran.output
    assert len(ran.output) < 65_536


def test_a_book_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    root = turn_back(real_book(tmp_path / "deep").root)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    replace(root, "output: 1.98", "output: 2.00")
    assert price("$1.98", "$2.00") in figures(run(root, "--format", "json"))


@pytest.mark.parametrize("name", ["nothing", "-1", "HEAD~99", "first:book"])
def test_an_unknown_revision(history: Path, name: str) -> None:
    ran = run(history, f"--from={name}")
    assert ran.exit_code == 1
    assert ran.output == f"Error: unknown revision {name!r}; name a commit, branch or tag, such as HEAD~1\n"


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no commit to compare with; two days can still be compared."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    root = turn_back(real_book(tmp_path).root)
    ran = run(root)
    assert ran.exit_code == 1
    assert ran.output == (
        f"Error: {root} is in no git repository, so there is nothing to compare it with; "
        "compare two days of its data with --at DATE\n"
    )
    assert figures(run(root, "--at", "2026-12-02", "--format", "json"))


def test_without_git(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = run(history)
    assert ran.output == "Error: git is not installed; name two days of the same data with --at DATE\n"


def test_a_revision_without_a_book(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "nothing yet")
    root = turn_back(real_book(tmp_path).root)
    ran = run(root)
    assert ran.output == f"Error: the revision 'HEAD' has no book in {root}\n"


@pytest.mark.parametrize("side", ["old", "new"])
def test_data_that_cannot_be_read(tmp_path: Path, side: str) -> None:
    """The side is named, and every slip has its place."""
    root = turn_back(real_book(tmp_path).root)
    git(root, "init", "--quiet")
    right, wrong = ("output: 1.98", "output: much")
    if side == "old":
        replace(root, right, wrong)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "one")
    replace(root, *((wrong, right) if side == "old" else (right, wrong)))
    ran = run(root)
    assert ran.exit_code == 2
    whose = "the revision 'HEAD'" if side == "old" else "the working tree"
    assert f"The data of {whose} cannot be read" in ran.output
    assert f"{DEEPSEEK}:" in ran.output


def test_a_model_retired(tmp_path: Path) -> None:
    """A role needs another model, so a build would stop; what it moves is shown all the same."""
    root = turn_back(real_book(tmp_path).root)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "one")
    replace(root, "    name: GPT-4o\n", "    name: GPT-4o\n    retired: 2026-11-01\n", "book/data/prices/openai.yaml")
    ran = run(root)
    assert ran.exit_code == 0
    assert "a build would stop" in ran.stderr
    retired = "'gpt-4o' was retired on 2026-11-01, and the book is priced at 2026-11-22"
    assert re.search(
        rf"^book/data/edition.yaml:\d+:\d+: {retired}; the role 'seed' needs another model$", ran.stderr, re.MULTILINE
    )
    assert "assessments/quizzes/bill-autopsy.yaml:" in ran.stderr
    for title in ("Broken claims", "Items that lose their variants", "Questions that can no longer be answered"):
        assert f"\n{title} (" in ran.stdout
    assert "The book cannot be built like this." in " ".join(ran.stdout.split())


def test_a_slip_in_a_text(tmp_path: Path) -> None:
    """A question that nobody can read is no impact of anything; its place is said."""
    root = turn_back(real_book(tmp_path).root)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "one")
    replace(root, "title: Bill autopsy", "title: Bill {bill}`autopsy of`", "assessments/quizzes/bill-autopsy.yaml")
    ran = run(root)
    assert "bill has no clause 'of'" in ran.stderr or "'of' needs a value" in ran.stderr
    assert "assessments/quizzes/bill-autopsy.yaml:2:" in ran.stderr


def test_a_day_that_is_none(history: Path) -> None:
    ran = run(history, "--at", "soon")
    assert ran.exit_code == 2
    assert "'soon' does not match the format" in ran.output
