"""The pages for teachers: what they show, where their links lead, and when they are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from tests.sphinx_ext.building import Book, Built, small_book

from costbook.assessment.reviews import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = {
    "book/map": "# Map\n\n```{objectives-map}\n```\n",
    "book/quality": "# Quality\n\n```{quality-rubric}\n```\n\n```{review-scores}\n```\n",
    "book/rubrics": "# Rubrics\n\n## Each\n\n```{rubrics}\n```\n\n## Not assessed\n\n```{not-assessed}\n```\n",
}
LISTED = ("quizzes/first-check", "quizzes/first-paper", "reviews/seen")
ITEM = """\
  - id: {id}
    kind: choice
    objective: {objective}
    process: {process}
    points: {points}
    minutes: 1
    stem: What is true of {id}?
    hint: Read it again.
    options:
      - {{id: one, right: "yes", text: The bill of {id} is dearer., feedback: Right. It is.}}
      - {{id: two, text: The bill of {id} is cheaper., feedback: No. Look at both.}}
      - {{id: three, text: The bill of {id} is equal., feedback: No. One is dearer.}}
"""
HEAD = """\
id: {id}
title: {title}
chapter: chapter-1
use: {use}
minutes: 8
pass: {{share: 75%, why: One slip is no gap.}}
items:
"""


def item(item_id: str, objective: str, points: int = 1) -> str:
    process = {"g1-explain": "explaining", "g1-compare": "comparing"}[objective]
    return ITEM.format(id=item_id, objective=objective, process=process, points=points)


def siblings(*items: str) -> str:
    """Items as the siblings of one slot."""
    inner = "".join(items).replace("\n", "\n    ").rstrip(" ")
    return f"  - siblings:\n    {inner}"


CHECK = HEAD.format(id="first-check", title="Check this", use="check") + "".join(
    [
        siblings(item("why-one", "g1-explain", 2), item("why-two", "g1-explain", 2)),
        item("how-one", "g1-compare").replace("    process", "    also: [g1-explain]\n    process"),
        item("zebra-two", "g1-compare", 3),
    ]
)
PAPER = HEAD.format(id="first-paper", title="A paper", use="graded") + item("hidden-one", "g1-explain", 4)
REVIEW = """\
id: seen
title: A look at the book
of: external
subject: {name: The book}
reviewer: {name: A colleague, kind: peer, date: 2026-11-22}
objective: To see.
verdict: It is good.
stated: 90
strengths:
  - {id: works-1, dimension: time, title: It is short, text: It is., assessable: "yes"}
  - {id: works-2, dimension: load, title: One a page, text: It is., assessable: "no", because: "It is *the page's*."}
gaps:
  - {id: gap-1, dimension: variation, impact: 3, title: One case only, text: One., assessable: "yes"}
  - {id: gap-2, dimension: variation, impact: 1, title: A short case, text: Short., assessable: "yes"}
  - {id: gap-3, dimension: amounts, impact: 2, title: No amounts, text: None., assessable: "yes"}
recommendation: Keep it.
evidence: It was read.
"""
RUBRIC = """\
id: account
title: An account of it
review: seen
criteria:
  - id: cause
    title: The cause
    findings: [works-1, gap-1]
    levels: {2: Gives it., 1: Hints at it., 0: Leaves it out.}
  - id: amount
    title: The amount
    findings: [gap-2, gap-3]
    levels: {1: Gives it., 0: Does not.}
"""
QUALITY = "quality:\n" + "".join(
    f"  - dimension: {one.value}\n    asks: Is it {one.value}?\n"
    f"    levels: {{4: Best of {one.value}., 3: Good., 2: Fair., 1: Poor., 0: Bad.}}\n"
    for one in Dimension
)
CHECK_FILE, REVIEW_FILE = "assessments/quizzes/first-check.yaml", "assessments/reviews/seen.yaml"
FILES = {
    CHECK_FILE: CHECK,
    "assessments/quizzes/first-paper.yaml": PAPER,
    REVIEW_FILE: REVIEW,
    "assessments/rubrics/account.yaml": RUBRIC,
    "assessments/quality.yaml": QUALITY,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    toctree = "# Index\n\n```{toctree}\n" + "\n".join([*PAGES, *(f"assessments/{one}" for one in LISTED)]) + "\n```\n"
    book = small_book(tmp_path_factory.mktemp("teach"), {**PAGES, "index": toctree})
    for name, text in FILES.items():
        book.write(name, text)
    quizzes = "'assessments/quizzes/*.yaml', 'assessments/reviews/*.yaml'"
    conf = (book.root / "conf.py").read_text(encoding="utf-8")
    if quizzes.split(",", maxsplit=1)[0] not in conf:
        book.replace("conf.py", "'assessments/reviews/*.yaml'", quizzes)
    book.kept.clear()
    return book


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    built = book.build()
    assert built.warnings == ()
    return built


@pytest.fixture
def changed(book: Book, built: Built) -> Iterator[Book]:
    """The book once it is built, and afterwards as it was."""
    yield book
    book.restore()
    book.build()


def page(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(f"book/{name}"), "html.parser")


def text(element: Tag) -> str:
    return " ".join(element.get_text(" ", strip=True).replace("¶", "").split())


def rows(page: BeautifulSoup, number: int = 0) -> list[list[str]]:
    return [[text(cell) for cell in row.select("th, td")] for row in page.select("table")[number].select("tr")]


def links(built: Built, name: str) -> dict[str, str]:
    """Where the links in the tables of a page lead, by their text."""
    return {text(link): str(link["href"]) for link in page(built, name).select("table a.reference")}


def test_the_map_has_a_row_for_each_objective_and_a_column_for_each_quiz(built: Built) -> None:
    """Explain: a question of 2 points, with siblings, and one item that touches it; compare: 1 and 3 points."""
    head, explain, compare = rows(page(built, "map"))
    assert head == ["Objective", "Level and process", "Check this check", "A paper graded"]
    assert explain[0].startswith("Given a workload of kind 1 explain its two halves")
    assert explain[0].endswith("g1-explain")
    assert explain[1:] == [
        "understand: explaining",
        "1 question, 2 points why-one or why-two touched by how-one",
        "1 question, 4 points",
    ]
    assert compare[1:] == ["understand: comparing", "2 questions, 4 points how-one zebra-two", "none"]


def test_an_item_of_another_process_says_so(changed: Book) -> None:
    usual = item("zebra-two", "g1-compare", 3)
    changed.replace(CHECK_FILE, usual, usual.replace("process: comparing", "process: inferring"))
    shown = rows(page(changed.build(), "map"))
    assert shown[2][2] == "2 questions, 4 points how-one zebra-two understand: inferring"


def test_no_item_of_a_graded_quiz_is_named(built: Built) -> None:
    assert "hidden-one" not in built.page("book/map")


def test_a_search_for_a_word_does_not_find_ids(built: Built) -> None:
    """The objective of ``g1-compare`` says "compare" itself; ``zebra-two`` is nothing but an id."""
    index = (built.out / "searchindex.js").read_text(encoding="utf-8")
    assert "zebra-two" in built.page("book/map")
    assert '"zebra"' not in index
    assert '"compar"' in index


def test_the_quality_rubric_has_every_dimension_and_level(built: Built) -> None:
    head, *dimensions = rows(page(built, "quality"))
    assert head == ["Dimension", "Level 4", "Level 3", "Level 2", "Level 1", "Level 0"]
    assert [row[0].partition(" Is it ")[0].lower() for row in dimensions] == [one.words for one in Dimension]
    assert dimensions[-1][1:] == ["Best of time.", "Good.", "Fair.", "Poor.", "Bad."]


def test_scores_are_the_sum_of_what_is_deducted(built: Built) -> None:
    """3 + 1 for variation and 2 for amounts are 6; 100 less 6 is 94. The reviewer printed 90."""
    quality = page(built, "quality")
    assert rows(quality, 1)[1:] == [
        ["A look at the book", "The book", "A colleague, peer, 2026-11-22", "94 (the reviewer printed 90)"]
    ]
    assert rows(quality, 2)[1:] == [
        ["Variation the learner can ask for", "One case only : 3 A short case : 1", "4"],
        ["Amounts visible", "No amounts", "2"],
        ["Score", "100 less the sum of these", "94"],
    ]


def test_a_rubric_shows_its_levels_and_where_they_come_from(built: Built) -> None:
    rubrics = page(built, "rubrics")
    assert [text(title) for title in rubrics.select("section section section > h3")] == ["An account of it"]
    assert "3 points in all. Drawn from A look at the book ." in text(rubrics)
    assert rows(rubrics) == [
        ["Criterion", "2 points", "1 point", "0 points"],
        ["The cause From: It is short , One case only", "Gives it.", "Hints at it.", "Leaves it out."],
        ["The amount From: A short case , No amounts", "", "Gives it.", "Does not."],
    ]
    assert rows(rubrics, 1)[1:] == [["One a page", "A look at the book", "It is the page's ."]]
    assert rubrics.select("table em")


def test_every_link_leads_to_its_place(built: Built) -> None:
    review, quizzes = "../assessments/reviews/seen.html", "../assessments/quizzes"
    assert links(built, "map") == {
        "Check this": f"{quizzes}/first-check.html",
        "A paper": f"{quizzes}/first-paper.html",
    }
    assert links(built, "quality") == {
        "A look at the book": review,
        "One case only": f"{review}#one-case-only",
        "A short case": f"{review}#a-short-case",
        "No amounts": f"{review}#no-amounts",
    }
    assert links(built, "rubrics")["It is short"] == f"{review}#it-is-short"
    headings = BeautifulSoup(built.page("assessments/reviews/seen"), "html.parser")
    for target in (*links(built, "quality").values(), *links(built, "rubrics").values()):
        if "#" in target:
            assert headings.find(id=target.partition("#")[2]), target


@pytest.mark.parametrize(
    ("file", "old", "new", "read"),
    [
        (CHECK_FILE, "- id: zebra-two", "- id: zebra-too", {"book/map"}),
        (CHECK_FILE, "points: 3", "points: 2", {"book/map"}),
        (CHECK_FILE, "What is true of zebra-two?", "What of zebra-two?", set()),
        (REVIEW_FILE, "impact: 3", "impact: 4", {"book/quality"}),
        (REVIEW_FILE, "title: No amounts", "title: No sums", {"book/quality", "book/rubrics"}),
        (REVIEW_FILE, "text: None.", "text: Nothing.", set()),
        (REVIEW_FILE, "because: \"It is", "because: \"It was", {"book/rubrics"}),
        ("assessments/rubrics/account.yaml", "1: Hints at it.", "1: Alludes to it.", {"book/rubrics"}),
        ("assessments/quality.yaml", "Best of time.", "Best.", {"book/quality"}),
        ("assessments/objectives.yaml", "evidence: names both halves}\n  - {id: g1-compare",
         "evidence: names one}\n  - {id: g1-compare", set()),
        ("assessments/objectives.yaml", "kind 1 explain", "kind 1 now explain", {"book/map"}),
    ],
)  # fmt: skip
def test_exactly_the_pages_that_show_a_change_are_read(
    changed: Book, file: str, old: str, new: str, read: set[str]
) -> None:
    changed.replace(file, old, new)
    assert {one for one in changed.build().read if one.startswith("book/")} == read


def test_without_assessments_the_tables_say_so(tmp_path: Path) -> None:
    """A book with none of these files: a line in place of each table, and one located warning for the rubric."""
    bare = small_book(tmp_path, PAGES).build()
    assert [line.partition(": ")[2] for line in bare.warnings if "quality" in line] == [
        "WARNING: there is no quality rubric; write assessments/quality.yaml [costbook.question]"
    ]
    assert "There are no reviews yet." in bare.page("book/quality")
    assert "There are no rubrics yet." in bare.page("book/rubrics")
    assert rows(page(bare, "map"))[0] == ["Objective", "Level and process"]
