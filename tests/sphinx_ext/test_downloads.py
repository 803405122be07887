"""What an educator takes from the page of a quiz: made of the variants on the page."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

QUIZ = "assessments/quizzes/the-life-of-a-token-check"
CHECK = "the-life-of-a-token-check"


def links(page: Path) -> dict[str, Path]:
    """The downloads of a page, and the files that they lead to."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".cb-take a")
    return {link.get_text(): (page.parent / str(link["href"])).resolve() for link in found}


def test_every_quiz_has_banks_and_a_form(built_site: Path) -> None:
    found = links(built_site / f"{QUIZ}.html")
    assert list(found) == [
        "Moodle XML",
        "Canvas zip (QTI 1.2)",
        "Printed form (PDF)",
        "Printed form, large type (PDF)",
        "Answer key (PDF)",
    ]
    assert all(path.is_file() for path in found.values())
    assert {path.parent for path in found.values()} == {(built_site / "downloads" / CHECK).resolve()}
    assert "Canvas zip (QTI 1.2), rubrics" in links(
        built_site / "assessments/quizzes/the-life-of-a-token-practice.html"
    )


def test_a_bank_has_the_variants_of_the_page(built_site: Path) -> None:
    """16 of them: the site carries two, two and five variants of the first items, and so on, as its script says."""
    text = links(built_site / f"{QUIZ}.html")["Moodle XML"].read_text(encoding="utf-8")
    script = (built_site / f"_static/quizzes/{CHECK}.js").read_text(encoding="utf-8")
    shown = BeautifulSoup((built_site / f"{QUIZ}.html").read_text(encoding="utf-8"), "html.parser").select(".cb-item")
    hidden = script.count('class=\\"cb-item')
    questions = text.count('<question type="') - text.count('<question type="category"')
    assert questions == len(shown) + hidden
