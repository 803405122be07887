"""Where feedback says to look: on the site a section is enough, in a course it takes chapter, book and a link."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docutils.nodes import make_id
from tests.export.samples import real_quiz, real_quizzes
from tests.sphinx_ext.building import REPOSITORY
from tests.sphinx_ext.quiz_pages import SLOTS

from costbook.assessment.rich import Link, Marked, Paragraph, Rich, Words, to_html, to_plain, words
from costbook.contents import Chapter, Contents
from costbook.export.bank import bank_of
from costbook.export.pointers import Beside, Places, sources
from costbook.export.prose import flow
from costbook.load import load_world

CHAPTERS = {
    "first": Chapter("first", 1, "part", "The first", "?", (), (), "book/01-first"),
    "later": Chapter("later", 2, "part", "Later on", "?", (), (), None),
}
BOOK = Contents({"part": "Part"}, CHAPTERS, (), "A Book", {"S001": "An Author, a work, https://example.org/work"})
SITE = "https://example.org/site"


def named(text: str) -> str:
    return to_plain(Places(BOOK, "first").named(words(text)))


@pytest.mark.parametrize(
    ("said", "in_full"),
    [
        ('No. See "Five stages".', 'No. See "Five stages" in chapter 1, The first (A Book).'),
        (
            'See the end of "Two ideas", on reading. Then go on.',
            'See the end of "Two ideas" in chapter 1, The first (A Book), on reading. Then go on.',
        ),
        ('See "Cuts" in chapter 2: one saves.', 'See "Cuts" in chapter 2, Later on (A Book): one saves.'),
        ("See the opening of chapter 1, please.", "See the opening of chapter 1, The first (A Book), please."),
        ('See "tier" in the glossary.', 'See "tier" in the glossary (A Book).'),
        ('See "One. Two" and "Three".', 'See "One. Two" in chapter 1, The first (A Book) and "Three" in chapter 1, '
         "The first (A Book)."),
        # Nothing else changes: other sentences, words without a place, a chapter that is not there.
        ('You said "no" in chapter 1.', 'You said "no" in chapter 1.'),
        ("See the hint, and try again.", "See the hint, and try again."),
        ('See "Nine" in chapter 9.', 'See "Nine" in chapter 9.'),
    ],
)  # fmt: skip
def test_a_pointer_names_chapter_and_book(said: str, in_full: str) -> None:
    assert named(said) == in_full


def test_front_matter_has_no_number() -> None:
    front = Chapter("front", 0, "", "Before you start", "?", (), (), "book/front")
    places = Places(replace(BOOK, chapters={"front": front, **CHAPTERS}), "front")
    assert to_plain(places.named(words('See "Percentages".'))) == 'See "Percentages" in Before you start (A Book).'


def test_on_the_site_sections_of_the_own_chapter_are_links_and_words_stay() -> None:
    said = 'See "Five stages", or "Cuts" in chapter 2, or "tier" in the glossary.'
    found = Beside(BOOK, "first", addresses={"first": "../book/01-first.html"}).named(words(said))
    assert to_plain(found) == said
    assert to_html(found, str) == (
        'See <a class="reference external" href="../book/01-first.html#five-stages">&quot;Five stages&quot;</a>, '
        "or &quot;Cuts&quot; in chapter 2, or &quot;tier&quot; in the glossary."
    )


def test_on_the_site_sections_of_all_chapters_of_a_review_are_links() -> None:
    """A review names the chapter of each section; without its chapter a section is nowhere, and stays words."""
    said = 'See "Cuts" in chapter 2: one saves. See "Five stages", or "Nine" in chapter 9.'
    addresses = {"first": "../book/01-first.html", "later": "../book/02-later.html"}
    found = Beside(BOOK, None, addresses=addresses).named(words(said))
    assert to_plain(found) == said
    assert to_html(found, str) == (
        'See <a class="reference external" href="../book/02-later.html#cuts">&quot;Cuts&quot;</a> in chapter 2: one '
        "saves. See &quot;Five stages&quot;, or &quot;Nine&quot; in chapter 9."
    )
    assert to_plain(Places(BOOK, None).named(words('See "Cuts" in chapter 2, or "Five stages".'))) == (
        'See "Cuts" in chapter 2, Later on (A Book), or "Five stages".'
    )


def test_a_book_without_a_title_names_the_chapter_alone() -> None:
    places = Places(replace(BOOK, title=""), "first")
    assert to_plain(places.named(words('See "A".'))) == 'See "A" in chapter 1, The first.'


def test_with_an_address_a_section_is_a_link_where_its_chapter_is_written() -> None:
    places = Places(BOOK, "first", f"{SITE}/")
    (first,) = places.named(words('See "What it costs: two ways". Or see more.'))
    assert isinstance(first, Paragraph)
    assert first.parts == (
        Words("See "),
        Link((Words('"What it costs: two ways"'),), f"{SITE}/book/01-first.html#what-it-costs-two-ways"),
        Words(" in chapter 1, The first (A Book)"),
        Words(". Or see more."),
    )
    assert "<a " not in flow(places.named(words('See "Cuts" in chapter 2.')))


def test_what_points_nowhere_is_the_same_object() -> None:
    variant = SLOTS[0][1][0]
    assert Places(BOOK, "first").named(variant) is variant


def test_every_pointer_of_the_book_leads_to_a_heading_of_its_chapter() -> None:
    world = load_world(REPOSITORY)
    headings: dict[str, set[str]] = {}
    for chapter in world.contents.chapters.values():
        if chapter.docname:
            text = (REPOSITORY / f"{chapter.docname}.md").read_text(encoding="utf-8")
            headings[chapter.docname] = {make_id(title) for title in re.findall(r"^##+ (.*)$", text, re.MULTILINE)}
    links: set[str] = set()
    for quiz in real_quizzes():
        places = Places(world.contents, quiz.quiz.chapter, SITE)
        bank = bank_of(quiz, 3, places=places)
        for slot, pool in zip(quiz.slots, bank.pools, strict=True):
            assert len(pool.questions) <= len(slot.variants)
            for question in pool.questions:
                links |= {link.href for link in _links(question.variant)}
    found = [re.fullmatch(rf"{SITE}/(?P<doc>.*)\.html(#(?P<anchor>.*))?", link) for link in links]
    assert len(found) > 5
    for link in found:
        assert link is not None
        assert link["anchor"] is None or link["anchor"] in headings[link["doc"]], link[0]


def _links(value: object) -> list[Link]:
    if isinstance(value, Link):
        return [value]
    if isinstance(value, tuple):
        return [link for one in value for link in _links(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [link for name in value.__dataclass_fields__ for link in _links(getattr(value, name))]
    return []


def test_the_book_has_one_title() -> None:
    assert f'project = "{load_world(REPOSITORY).contents.title}"\n' in (REPOSITORY / "conf.py").read_text(
        encoding="utf-8"
    )


def test_ids_and_digests_are_those_of_the_book_wherever_it_stands() -> None:
    world = load_world(REPOSITORY)
    quiz = real_quiz("the-life-of-a-token-practice")
    bare, full = (bank_of(quiz, 3, places=one) for one in (None, Places(world.contents, quiz.quiz.chapter, SITE)))
    assert [(one.id, one.digest) for one in bare.questions] == [(one.id, one.digest) for one in full.questions]
    assert bare.questions != full.questions


def test_quoted_works_are_named_after_the_solution() -> None:
    quoting: Rich = (Paragraph((Words("They say "), Marked("no", "S001", True), Marked("nor", "S009", True))),)
    variant = replace(SLOTS[0][1][0], stem=(*quoting, *quoting))
    assert list(sources(variant.stem)) == ["S001", "S009"] * 2
    found = Places(BOOK, "first").cited(variant)
    assert to_plain(found.solution[len(variant.solution) :]) == "[S001] is An Author, a work, https://example.org/work"
