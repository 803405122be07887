"""The weekly run: the file that starts it, the make target it shares with authors, and what it proposes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PERSON = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ALONE = {**os.environ, **PERSON, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def workflow(name: str) -> dict[str, Any]:
    """A workflow as texts: YAML would read its `on` as true."""
    text = (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


def program(folder: Path, name: str, text: str) -> None:
    """A program of the name, as a script of the shell."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_workflow_runs_once_a_week_and_by_hand() -> None:
    found = workflow("prices.yml")
    assert set(found["on"]) == {"schedule", "workflow_dispatch"}
    (when,) = found["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["cron"])


def test_it_may_do_what_it_does_and_no_more() -> None:
    found = workflow("prices.yml")
    assert found["permissions"] == {"contents": "write", "pull-requests": "write", "actions": "write"}
    (job,) = found["jobs"].values()
    assert "permissions" not in job
    assert all(one.startswith("actions/") for step in job["steps"] if (one := step.get("uses")))


def test_its_steps_are_what_an_author_types() -> None:
    (job,) = workflow("prices.yml")["jobs"].values()
    typed = [step["run"] for step in job["steps"] if "run" in step]
    assert typed == ["make prices", '.ci/propose "$BRANCH" build/impact.md']
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "make prices " in listed
    assert os.access(ROOT / ".ci/propose", os.X_OK)


def test_the_tests_can_be_started_on_its_branch() -> None:
    assert "workflow_dispatch" in workflow("test.yml")["on"]
    assert "gh workflow run test.yml" in (ROOT / ".ci/propose").read_text(encoding="utf-8")


# --- make prices ------------------------------------------------------------------------------------------------------

PYTHON = """\
echo "$@" >> said.txt
case "$2" in
check) exit {check} ;;
update) exit {update} ;;
impact) echo "# what moves" ;;
esac
"""


def make_prices(folder: Path, *, check: int, update: int = 0) -> tuple[int, list[str], str | None]:
    """Run the target with a Python that only notes what it is asked; its status, the commands, and the impact."""
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml"):
        (folder / name).touch()
    program(folder / ".venv/bin", "python", PYTHON.format(check=check, update=update))
    for stamp in (".site", ".test"):
        (folder / ".venv" / stamp).touch()
    (folder / "build").mkdir()
    (folder / "build/impact.md").write_text("of the week before")
    ran = subprocess.run(["make", "prices"], cwd=folder, capture_output=True, text=True, check=False)
    said = (folder / "said.txt").read_text().splitlines()
    commands = [line.removeprefix("scripts/prices.py ").split(" 20")[0] for line in said]
    impact = folder / "build/impact.md"
    return ran.returncode, commands, impact.read_text() if impact.exists() else None


def test_stale_prices_are_updated_and_what_moves_is_written(tmp_path: Path) -> None:
    code, commands, impact = make_prices(tmp_path, check=1)
    assert (code, impact) == (0, "# what moves\n")
    assert commands == ["pin", "check --at", "update", "impact --format markdown"]


def test_where_nothing_is_stale_nothing_is_written(tmp_path: Path) -> None:
    code, commands, impact = make_prices(tmp_path, check=0)
    assert (code, impact) == (0, None)
    assert commands == ["pin", "check --at"]


def test_a_refused_update_fails(tmp_path: Path) -> None:
    code, commands, impact = make_prices(tmp_path, check=1, update=1)
    assert (code, impact) == (2, None)  # make's own status
    assert commands == ["pin", "check --at", "update"]


def test_a_feed_that_cannot_be_read_fails(tmp_path: Path) -> None:
    code, commands, impact = make_prices(tmp_path, check=2)
    assert (code, impact) == (2, None)
    assert commands == ["pin", "check --at"]


def test_a_pin_that_rose_is_installed_before_the_check(tmp_path: Path) -> None:
    """The list of requirements is newer than the stamp then, and make installs it."""
    make_prices(tmp_path, check=0)
    (tmp_path / "said.txt").unlink()
    python = (tmp_path / ".venv/bin/python").read_text()
    rising = 'test "$2" = pin && sleep 0.1 && touch requirements-test.txt\n'
    (tmp_path / ".venv/bin/python").write_text(python.replace('case "$2"', f'{rising}case "$2"'))
    subprocess.run(["make", "prices"], cwd=tmp_path, capture_output=True, check=True)
    said = (tmp_path / "said.txt").read_text().splitlines()
    assert [line.split()[1] for line in said] == ["pin", "pip", "check"]
    assert said[1].endswith("install -r requirements-test.txt")


# --- what is proposed -------------------------------------------------------------------------------------------------

GH = """\
echo "$@" >> {log}
case "$1 $2" in
"pr list") echo {open} ;;
"pr create"|"pr edit") for last; do :; done; cat "$last" > {text} ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with an edition, and another that it is pushed to."""
    origin, folder = tmp_path / "origin.git", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", str(origin))
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(folder))
    (folder / "book/data").mkdir(parents=True)
    (folder / "book/data/edition.yaml").write_text("# The commit point.\nedition: 1\nas_of: 2026-11-22\n")
    (folder / ".gitignore").write_text("build/\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "remote", "add", "origin", str(origin))
    (folder / "build").mkdir()
    return folder


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=folder, env=ALONE, capture_output=True, text=True, check=True)
    return ran.stdout


def propose(folder: Path, impact: str | None, *, proposed: int = 0) -> tuple[list[str], str]:
    """Run the script with a `gh` that only notes what it is asked: the commands, and the text of the pull request."""
    log, text = folder.parent / "gh.log", folder.parent / "text.md"
    log.write_text("")
    text.write_text("")
    program(folder.parent / "bin", "gh", GH.format(log=log, open=proposed, text=text))
    if impact is not None:
        (folder / "build/impact.md").write_text(impact, encoding="utf-8")
        (folder / "book/data/edition.yaml").write_text("# The commit point.\nedition: 2\nas_of: 2026-12-02\n")
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [str(ROOT / ".ci/propose"), "prices", "build/impact.md"], cwd=folder, env={**ALONE, "PATH": path}, check=True
    )
    return log.read_text().splitlines(), text.read_text(encoding="utf-8")


def test_an_edition_is_proposed_with_its_impact(clone: Path) -> None:
    commands, text = propose(clone, "## Impact of the change\n\n1 figure.\n")
    assert text == "## Impact of the change\n\n1 figure.\n"
    assert [" ".join(line.split()[:2]) for line in commands] == ["pr list", "pr create", "workflow run"]
    assert "--head prices --title Prices: edition 2 " in commands[1]
    assert commands[2] == "workflow run test.yml --ref prices"
    assert git(clone, "log", "--format=%s", "origin/prices").splitlines() == ["Prices: edition 2", "one"]
    changed = git(clone, "diff", "--name-only", "main", "origin/prices").split()
    assert changed == ["book/data/edition.yaml"]


def test_an_open_proposal_is_refreshed(clone: Path) -> None:
    propose(clone, "first")
    git(clone, "switch", "--quiet", "main")
    commands, text = propose(clone, "second", proposed=1)
    assert text == "second"
    assert [" ".join(line.split()[:2]) for line in commands] == ["pr list", "pr edit", "workflow run"]
    assert git(clone, "log", "--format=%s", "origin/prices").splitlines() == ["Prices: edition 2", "one"]


def test_the_work_of_somebody_else_on_the_branch_is_kept(clone: Path) -> None:
    propose(clone, "first")
    (clone / "claim.md").write_text("A sentence that holds again.")
    git(clone, "add", "claim.md")
    git(clone, "commit", "--quiet", "--message", "a claim")
    git(clone, "push", "--quiet", "origin", "prices")
    theirs = git(clone, "rev-parse", "HEAD")
    git(clone, "switch", "--quiet", "main")
    with pytest.raises(subprocess.CalledProcessError):
        propose(clone, "second", proposed=1)
    assert git(clone, "ls-remote", "origin", "prices").split()[0] == theirs.strip()
    assert (clone.parent / "text.md").read_text() == ""


def test_without_an_impact_nothing_is_proposed(clone: Path) -> None:
    commands, _ = propose(clone, None)
    assert commands == []
    assert git(clone, "branch", "--list", "--all").split() == ["*", "main"]


def test_a_long_impact_is_cut_where_a_pull_request_ends(clone: Path) -> None:
    _, text = propose(clone, "a" + "€" * 30_000)  # one byte, and three each; not a part of one is left
    assert text == "a" + "€" * 19_999
