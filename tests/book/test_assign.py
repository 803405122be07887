"""The pages on assigning a quiz in Moodle, in Canvas, on paper and elsewhere: what they show, and their commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from bs4 import BeautifulSoup
from scripts.prices import main as prices
from scripts.quiz_export import REGISTER
from scripts.quizzes import main as quizzes

from costbook.export import paper
from costbook.export.losses import Feature
from costbook.export.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "assign-in-moodle": TARGETS["moodle"].fates,
    "assign-in-canvas": TARGETS["canvas"].fates,
    "on-paper": paper.FATES,
}
COMMAND = re.compile(r"\$ \.venv/bin/python scripts/quizzes\.py (.+)")
INLINE = re.compile(r"`(--[a-z-]+)")


@pytest.fixture(params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def source(name: str) -> str:
    return (ROOT / f"book/teach/{name}.md").read_text(encoding="utf-8")


def options(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_the_page_says_of_every_feature_what_becomes_of_it(name: str, built_site: Path) -> None:
    page = BeautifulSoup((built_site / f"book/teach/{name}.html").read_text(encoding="utf-8"), "html.parser")
    (table,) = page.select("table.cb-losses")
    said = [" ".join(row.get_text().split()) for row in table.select("tbody td")]
    assert said == [
        " ".join(f"{fate.keep.value.capitalize()}: {fate.how}".split())
        for fate in map(PAGES[name].get, Feature)
        if fate
    ]
    assert len(said) == len(Feature)


def test_all_targets_stand_beside_each_other(built_site: Path) -> None:
    page = BeautifulSoup((built_site / "book/teach/other-systems.html").read_text(encoding="utf-8"), "html.parser")
    (table,) = page.select("table.cb-losses")
    titles = [head.get_text(strip=True) for head in table.select("thead th")]
    assert titles[1:] == [*(target.title for target in TARGETS.values()), "Paper"]


def test_it_leads_to_every_quiz_of_chapter_1_and_to_the_pages_about_marking(name: str, built_site: Path) -> None:
    page = BeautifulSoup((built_site / f"book/teach/{name}.html").read_text(encoding="utf-8"), "html.parser")
    links = {str(link["href"]) for link in page.select("article a.reference.internal")}
    quizzes_of_the_book = {
        f"../../assessments/quizzes/{path.stem}.html"
        for path in (ROOT / "assessments/quizzes").glob("*.yaml")
        if "chapter: the-life-of-a-token\n" in path.read_text(encoding="utf-8")
    }
    assert quizzes_of_the_book <= links
    assert {"rubrics.html", "objectives.html#who-can-see-the-keys", "../editions.html"} <= links


@pytest.mark.parametrize("name", [*PAGES, "other-systems"])
def test_every_command_and_option_exists(name: str) -> None:
    """Each command of the page can be read by the program, and so can each option that its text names."""
    commands = [shlex.split(found) for found in COMMAND.findall(source(name))]
    assert commands
    known: set[str] = set()
    for command, *rest in commands:
        known |= options(quizzes.commands[command])
        context = quizzes.commands[command].make_context(command, [
            str(ROOT / "LICENSE") if value in {"SECRET", "class.csv"} else value for value in rest
        ])  # fmt: skip
        assert "QUIZ" in str(context.params)
    assert set(INLINE.findall(source(name))) <= known | {"--help"}


def test_folders_and_files_are_those_of_the_commands(name: str) -> None:
    text = source(name)
    command = "paper" if name == "on-paper" else "export"
    (out,) = (one for one in quizzes.commands[command].params if one.name == "out")
    assert f"`{Path(str(out.default)).as_posix()}`" in text
    if name != "on-paper":
        assert f"`{REGISTER}`" in text
        assert "scripts/prices.py impact" in text
        assert "impact" in prices.commands
