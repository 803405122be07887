"""What an educator takes from the page of a quiz: made of the variants on the page, and gone with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import Book, Built, real_book

QUIZ = "assessments/quizzes/the-life-of-a-token-check"
CHECK = "the-life-of-a-token-check"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Built]:
    book = real_book(tmp_path_factory.mktemp("downloads"))
    built = book.build()
    assert built.warnings == ()
    return book, built


def links(page: Path) -> dict[str, Path]:
    """The downloads of a page, and the files that they lead to."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".cb-take a")
    return {link.get_text(): (page.parent / str(link["href"])).resolve() for link in found}


def test_every_quiz_has_banks_and_a_form(site: tuple[Book, Built]) -> None:
    _, built = site
    found = links(built.out / f"{QUIZ}.html")
    assert list(found) == [
        "Moodle XML",
        "Canvas zip (QTI 1.2)",
        "Printed form (PDF)",
        "Printed form, large type (PDF)",
        "Answer key (PDF)",
    ]
    assert all(path.is_file() for path in found.values())
    assert {path.parent for path in found.values()} == {(built.out / "downloads" / CHECK).resolve()}
    assert "Canvas zip (QTI 1.2), rubrics" in links(built.out / "assessments/quizzes/the-life-of-a-token-practice.html")


def test_a_bank_has_the_variants_of_the_page(site: tuple[Book, Built]) -> None:
    """16 of them: the site carries two, two and five variants of the first items, and so on, as its script says."""
    _, built = site
    text = links(built.out / f"{QUIZ}.html")["Moodle XML"].read_text(encoding="utf-8")
    script = (built.out / f"_static/quizzes/{CHECK}.js").read_text(encoding="utf-8")
    shown = BeautifulSoup(built.page(QUIZ), "html.parser").select(".cb-item")
    hidden = script.count('class=\\"cb-item')
    questions = text.count('<question type="') - text.count('<question type="category"')
    assert questions == len(shown) + hidden


def test_other_builders_have_none(site: tuple[Book, Built], tmp_path: Path) -> None:
    book, _ = site
    built = book.build("singlehtml", out=tmp_path / "single", trees=tmp_path / "trees")
    assert not (built.out / "downloads").exists()
    assert "cb-take" not in (built.out / "index.html").read_text(encoding="utf-8")


def test_a_quiz_that_is_graded_from_now_on(site: tuple[Book, Built]) -> None:
    book, built = site
    book.replace(f"{QUIZ}.yaml", "use: check", "use: graded")
    book.build()
    assert not (built.out / "downloads" / CHECK).exists()
    assert (built.out / "downloads" / "bill-autopsy").is_dir()
    book.restore()
    (book.root / f"{QUIZ}.yaml").touch()
    book.build()
    assert (built.out / "downloads" / CHECK).is_dir()
