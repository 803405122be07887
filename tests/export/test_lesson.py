"""A lesson plan as one file to print: what it says, where its numbers come from, and that nothing else is in it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.browser.gates.site import Site
from tests.browser.gates.valid import valid
from tests.export.pages import read, rows, text
from tests.quizzes.making import OBJECTIVE
from tests.worlds import chapter, contents, make_world

from costbook.assessment.lessons import Activity, Lesson, Mode, Note
from costbook.export.lesson import lesson_html
from costbook.load import load_world
from costbook.names import Unknown
from costbook.quizzes.texts import Silent
from costbook.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
WORLD = make_world(contents=contents(chapter("first", 3, docname="book/03-first")), objectives={"predict": OBJECTIVE})
TALK = Activity(
    "talk",
    "Talk about *it*",
    ("predict",),
    5,
    "Draw it.\n\n- one line\n- another",
    "What does {bill}`chat` buy?",
    "A chat, {bill}`chat`; its input side is {bill}`chat for input`.",
    "It is `free`.",
    "Say that {math}`\\frac{O}{I}` is {ratio}`six`.",
)
WRITE = replace(TALK, id="write", title="Write", minutes=1, ask="How?", expect="So.", then="Go on.")
LESSON = Lesson(
    "plan",
    "first",
    "A plan",
    "Anyone who **pays**.",
    ("They can add.",),
    ("predict",),
    ("A pen",),
    (TALK, WRITE),
    (Mode("chapter", "In the chapter", 5, ("talk",)), Mode("workshop", "As a workshop", 6, ("talk", "write"))),
    (Note("The room", "Open a window, at {assumed}`20 degrees [a habit]`."),),
)


def page(lesson: Lesson = LESSON, world: World = WORLD) -> BeautifulSoup:
    return read(lesson_html(lesson, world))


def test_it_says_what_the_page_of_the_site_says() -> None:
    soup = page()
    assert text(soup.title) == "A plan"
    assert [(one.name, text(one)) for one in soup.find_all(["h1", "h2", "h3"])] == [
        ("h1", "A plan"),
        ("h2", "Before the lesson"),
        ("h2", "Objectives"),
        ("h2", "Two ways to teach it"),
        ("h2", "Activities"),
        ("h3", "Talk about it"),
        ("h3", "Write"),
        ("h2", "Notes for the facilitator"),
        ("h3", "The room"),
        ("h2", "Where the numbers come from"),
    ]
    assert text(soup.select_one(".stamp")) == "Lesson plan for chapter 3, First. Edition 7, priced at 2026-11-22."
    assert "Evidence: It is right." in text(soup.main)
    assert [text(one) for one in soup.select("section .quiet")] == ["5 minutes", "1 minute"]
    assert [text(one) for one in soup.select("section ul li")[:2]] == ["one line", "another"]
    assert [text(one) for one in soup.select("section dt")[:4]] == ["Ask", "Expect", "Listen for the mistake", "Then"]
    assert "at 20 degrees [a habit]" in text(soup.main)


def test_modes_and_their_minutes() -> None:
    assert rows(page()) == [
        ["Activity", "In the chapter", "As a workshop"],
        ["Talk about it", "5", "5"],
        ["Write", "left out", "1"],
        ["Together", "5", "6"],
    ]


def test_numbers_and_where_they_come_from() -> None:
    """On five, $2 in and $10 out: 800 in cost $0.00160 and 300 out $0.00300, together $0.00460; six has ratio 6."""
    soup = page()
    answers = soup.select("dl")[0].select(".cb-answer")
    assert [text(one) for one in answers] == ["$0.00460", "$0.00460", "$0.00160", "6×"]
    assert answers[2]["class"] == ["cb-answer", "cb-input"]
    assert "Say that O / I is 6×" in text(soup.main)
    told = [text(one) for one in soup.select("ol > li")]
    assert [one.partition(" :")[0] for one in told] == ["$0.00460", "$0.00160", "6×"]
    assert "(800 × $2.00 + 300 × $10.00) ÷ 1,000,000 = $0.00460" in told[0]
    (source,) = soup.select("a")
    assert (source["href"], text(source)) == ("https://example.org/prices", "a price list")
    assert text(source.parent) == "a price list , on 2026-11-22"


def test_without_numbers_and_notes_there_is_no_section_for_them() -> None:
    soup = page(replace(LESSON, activities=(replace(WRITE, then="Go on."),), modes=(), notes=()))
    assert [text(one) for one in soup.find_all("h2")][-1] == "Activities"
    assert not soup.select("a, ol")


def test_what_is_not_offered_is_said_as_on_the_site() -> None:
    soup = page(replace(LESSON, audience="At {price}`cached on narrow`."))
    assert "Audience: At not offered ." in text(soup.main)


def test_what_cannot_be_said_is_an_error() -> None:
    with pytest.raises(Silent, match="unknown model 'fvie'; did you mean 'five'"):
        page(replace(LESSON, audience="At {price}`input on fvie`."))
    with pytest.raises(Unknown, match="unknown chapter 'frist'"):
        page(replace(LESSON, chapter="frist"))
    with pytest.raises(Unknown, match="unknown objective 'predcit'"):
        page(replace(LESSON, objectives=("predcit",)))


KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "div", "h1", "h2", "h3", "p", "br"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "span", "a"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
HOSTILE = (
    "]]>",
    "<script>alert(1)</script>",
    "</main><script>",
    "& &amp; &lt;b&gt; \"quoted\" 'too'",
    "<!-- -->",
    "{{ lesson }} {% for %} {# #}",
    "a\ud800b\x00c\x0cd\ufffe",
    "\u202eright to left\u202c \u05d0\u05d1",
    "[x](https://example.org/?a=1&b=<2>)",
    '<https://example.org/"onclick=>',
    "[y](javascript:alert`1`)",
    "long" * 500,
)


@pytest.mark.parametrize("nasty", HOSTILE)
def test_hostile_texts_stay_texts(nasty: str) -> None:
    """Wherever a text stands, also where no Markdown is read, nothing of it becomes markup, a script or a resource."""
    activity = replace(TALK, title=nasty, do=nasty, ask=nasty, expect=nasty, listen=nasty, then=nasty)
    world = replace(
        WORLD,
        contents=contents(replace(chapter("first", 3), title=nasty)),
        objectives={"predict": replace(OBJECTIVE, statement=nasty, evidence=nasty)},
    )
    modes = (Mode("chapter", nasty, 5, ("talk",)),)
    soup = page(replace(LESSON, title=nasty, audience=nasty, activities=(activity,), modes=modes), world)
    allowed = ("https://example.org/", "http://", "https://", "mailto:")
    assert all(str(one["href"]).startswith(allowed) for one in soup.select("a[href]"))
    assert {one.name for one in soup.find_all(True)} <= KNOWN


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_characters="`{[<\\"), max_size=40))
def test_any_words_are_well_formed(words: str) -> None:
    assert read(lesson_html(replace(LESSON, title=f"x {words}", notes=(Note(f"y {words}", words),)), WORLD))


@cache
def of_the_book() -> World:
    return load_world(REPOSITORY)


def test_every_lesson_of_the_book() -> None:
    """Complete: every activity with its four parts, and as often as it is made the same bytes."""
    world = of_the_book()
    assert world.lessons
    for lesson in world.lessons.values():
        soup = page(lesson, world)
        assert len(soup.select("section dl")) == len(lesson.activities)
        workings, plan = soup.select("ol > li strong"), " ".join(text(one) for one in soup.select("section"))
        assert workings, "each plan has figures"
        assert [one.get_text() for one in workings if one.get_text() not in plan] == []
        assert "{" not in text(soup.main)
        assert lesson_html(lesson, world) == lesson_html(lesson, world)


@pytest.mark.slow  # a Java process
def test_it_is_valid(tmp_path: Path) -> None:
    (tmp_path / "lesson.html").write_bytes(lesson_html(LESSON, WORLD))
    assert valid(Site(tmp_path)) == []
