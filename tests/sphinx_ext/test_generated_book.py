"""The generated book of the tests and the bench: as planned, the same each time, and the same text when plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts.generated_book import SELDOM_MODEL, Plan, docname, write_book, write_plain
from tests.sphinx_ext.building import Book, files

ROLE = re.compile(r"\{([a-z-]+)\}`[^`]+`")
UNCOUNTED = {"math", "doc", "edition"}


@pytest.mark.parametrize(("chapters", "asking"), [(40, 10), (13, 10), (200, 10), (10, 3), (3, 0)])
def test_as_many_chapters_as_planned_ask_the_seldom_model(tmp_path: Path, chapters: int, asking: int) -> None:
    plan = Plan(chapters, figures=3, asking=asking, paragraphs=3, documents=False)
    write_book(tmp_path, plan)
    pages = [(tmp_path / f"{docname(number)}.md").read_text(encoding="utf-8") for number in range(1, chapters + 1)]
    assert sum(f"on {SELDOM_MODEL}`" in page for page in pages) == asking


@pytest.mark.parametrize("figures", [3, 12, 40])
def test_a_chapter_has_as_many_figures_as_planned(tmp_path: Path, figures: int) -> None:
    write_book(tmp_path, Plan(6, figures=figures))
    for number in range(1, 7):
        text = (tmp_path / f"{docname(number)}.md").read_text(encoding="utf-8")
        assert len([kind for kind in ROLE.findall(text) if kind not in UNCOUNTED]) == figures
        assert 600 <= len(text.split()) <= 1600


def test_the_same_plan_gives_the_same_book(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_book(tmp_path / name, Plan(8))
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_plain_form_is_the_same_text_without_costbook(tmp_path: Path) -> None:
    plan = Plan(4, figures=6, asking=2, theme="basic")
    write_plain(tmp_path / "plain", plan, tmp_path / "book")
    assert "costbook" not in (tmp_path / "plain/conf.py").read_text(encoding="utf-8").partition("extensions")[2]
    rich = Book(tmp_path / "book", tmp_path / "rich-out", tmp_path / "rich-trees").build("text")
    plain = Book(tmp_path / "plain", tmp_path / "plain-out", tmp_path / "plain-trees").build("text")
    assert rich.warnings == plain.warnings == ()
    for number in range(1, 5):
        there, here = ((built.out / f"{docname(number)}.txt").read_text(encoding="utf-8") for built in (rich, plain))
        answers = re.findall(r"Asked\s+in\s+this\s+order.*?last\s+\S+", there.partition("\nWorking\n")[0], re.DOTALL)
        assert len(answers) == 2
        for paragraph in answers:
            assert " ".join(paragraph.split()) in " ".join(here.split())
        assert "How it is worked out" in here
        assert "Search" in here  # a row of the table of workloads
