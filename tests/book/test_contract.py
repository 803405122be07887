"""The chapter contract, held for every chapter that exists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup

from costbook.pages import TABLES

if TYPE_CHECKING:
    from costbook.contents import Chapter
    from costbook.world import World

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.relative_to(ROOT) for path in (ROOT / "book").glob("[0-9][0-9]-*.md"))
PAGES = [Path("index.md"), *sorted(path.relative_to(ROOT) for path in (ROOT / "book").rglob("*.md"))]
DOCUMENTS = sorted(path.relative_to(ROOT) for path in (ROOT / "assessments").rglob("*.yaml"))
FIGURES_A_PARAGRAPH = 3

# Words that only take up room, or that talk down to the reader.
FILLER = re.compile(
    r"\b(?:delv(?:e|es|ing)|crucial(?:ly)?|seamless(?:ly)?|robust|landscape|tapestry|game[- ]changers?|furthermore|"
    r"moreover|in conclusion|needless to say|it(?: is|['’]s) (?:important|worth) (?:to note|noting)|in today['’]s|"
    r"dive in(?:to)?|obviously|basically|simply|of course|as we all know|let['’]s|cutting[- ]edge|unlock(?:s|ing)?|"
    r"utili[sz]e[sd]?)\b",
    re.IGNORECASE,
)
COMPUTED_TABLES = {name for name in TABLES if name.endswith("-table")}
"""The tables whose cells are answers: of what workloads cost, or of how likely replies are."""
DIRECTIVE = re.compile(r"^`{3,}\{([a-z-]+)\} *(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A chapter's file."""

    path: Path

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def matter(self) -> dict[str, Any]:
        """The front matter."""
        found = re.match(r"---\n(.*?)\n---\n", self.text, re.DOTALL)
        read: dict[str, Any] = yaml.safe_load(found[1]) if found else {}
        return read

    @property
    def docname(self) -> str:
        return self.path.with_suffix("").as_posix()

    @cached_property
    def directives(self) -> list[str]:
        """Names of the directives, in order."""
        return [name for name, _ in DIRECTIVE.findall(self.text)]

    def headings(self, level: int) -> list[str]:
        """The headings of a level, outside of code."""
        prose = re.sub(r"^(`{3,})[^\n]*\n.*?^\1$", "", self.text, flags=re.DOTALL | re.MULTILINE)
        return re.findall(rf"^#{{{level}}} (.+)$", prose, re.MULTILINE)

    def planned(self, book: World) -> Chapter:
        """The chapter's entry in the table of contents."""
        return book.contents.chapters[self.matter["chapter"]]


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request: pytest.FixtureRequest) -> Source:
    return Source(request.param)


def test_there_are_chapters() -> None:
    assert CHAPTERS


def test_front_matter_and_file_name_agree_with_the_contents(chapter: Source, book: World) -> None:
    planned = chapter.planned(book)
    assert planned.docname == chapter.docname
    assert chapter.path.name == f"{planned.number:02d}-{planned.id}.md"
    assert chapter.matter["model"] in {*book.edition.houses, *book.models}
    assert chapter.headings(1) == [planned.title]


def test_driving_question(chapter: Source, book: World, built_site: Path) -> None:
    question = chapter.planned(book).question
    assert question.endswith("?")
    page = BeautifulSoup((built_site / f"{chapter.docname}.html").read_text(encoding="utf-8"), "html.parser")
    assert [shown.get_text() for shown in page.select(".cb-opening .cb-question")] == [question]


def test_opening_box_comes_first(chapter: Source) -> None:
    assert chapter.directives[0] == "objectives"
    assert chapter.directives.count("objectives") == 1


def test_objectives(chapter: Source, book: World) -> None:
    """Two to four; their verbs belong to the levels they name."""
    own = [one for one in book.objectives.values() if one.chapter == chapter.matter["chapter"]]
    assert 2 <= len(own) <= 4
    for objective in own:
        assert objective.verb in objective.statement.lower()
        assert len(objective.evidence.split()) >= 4
        assert objective.verb not in {
            "identify",
            "recognise",
            "recognize",
            "distinguish",
            "know",
            "understand",
            "learn",
        }


def test_what_a_chapter_has(chapter: Source) -> None:
    assert COMPUTED_TABLES & set(chapter.directives)
    assert {"figure", "microsim", "price-history"} & set(chapter.directives)
    assert "claim" in chapter.directives


def test_takeaways_and_references(chapter: Source) -> None:
    sections = chapter.headings(2)
    assert sections[-2].startswith("Takeaways")
    assert sections[-1].startswith("References")
    takeaways, references = re.split(r"^## (?:Takeaways|References)[^\n]*$", chapter.text, flags=re.MULTILINE)[1:]
    assert 3 <= len(re.findall(r"^- ", takeaways, re.MULTILINE)) <= 9
    cited = set(re.findall(r"\{cite\}`([^`]+)`", chapter.text.partition("## Takeaways")[0]))
    assert cited <= set(re.findall(r"\{cite\}`([^`]+)`", references)), "each source that is cited is annotated"


def test_lesson_in_two_modes(chapter: Source, book: World) -> None:
    lesson = book.lessons[chapter.matter["chapter"]]
    own = {one.id for one in book.objectives.values() if one.chapter == lesson.chapter}
    assert {mode.id for mode in lesson.modes} == {"chapter", "workshop"}
    for mode in lesson.modes:
        chosen = lesson.selected(mode)
        assert sum(activity.minutes for activity in chosen) == mode.minutes
        assert {name for activity in chosen for name in activity.objectives} == own, "each objective is practised"


def test_terms_are_in_the_glossary(chapter: Source) -> None:
    glossary = (ROOT / "book/glossary.md").read_text(encoding="utf-8")
    entries = set(re.findall(r"^(?! |```|#)(\S.*)$", glossary, re.MULTILINE))
    used = {match[2] or match[1] for match in re.finditer(r"\{term\}`([^`<]+?)\s*(?:<([^>]+)>)?`", chapter.text)}
    assert used
    assert used <= entries


def test_no_paragraph_with_more_than_three_figures(chapter: Source, built_site: Path) -> None:
    page = BeautifulSoup((built_site / f"{chapter.docname}.html").read_text(encoding="utf-8"), "html.parser")
    paragraphs = [
        paragraph
        for paragraph in page.select("article p, article dd, article figcaption")
        if len(paragraph.select("a.cb-figure")) > FIGURES_A_PARAGRAPH
    ]
    assert [paragraph.get_text()[:60] for paragraph in paragraphs] == []
    assert len(page.select("article p a.cb-figure")) > FIGURES_A_PARAGRAPH, "the page has figures at all"


def test_chapter_is_in_the_table_of_contents(chapter: Source) -> None:
    index = (ROOT / "index.md").read_text(encoding="utf-8").splitlines()
    assert chapter.docname in index


@pytest.mark.parametrize("path", [*PAGES, *DOCUMENTS], ids=str)
def test_no_filler(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    text = re.sub(r"`[^`\n]*`|^ +said: .*$", "", text, flags=re.MULTILINE)  # what others said is theirs
    assert [found[0] for found in FILLER.finditer(text)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It is important to note that output costs more.",
        "Let’s dive into tokens.",
        "Simply multiply the two.",
        "Furthermore, caching is crucial.",
    ],
)
def test_the_list_of_filler_finds_some(sentence: str) -> None:
    assert FILLER.search(sentence)
