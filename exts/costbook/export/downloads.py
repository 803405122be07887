"""What an educator takes from the page of a quiz: its banks and printed form, made of the variants that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from costbook.export.bank import bank_of
from costbook.export.forms import lettered
from costbook.export.paper import options_of, papers
from costbook.export.pdf import pdf
from costbook.export.pointers import Places
from costbook.export.targets import TARGETS
from costbook.quizzes.page import QuizPage
from costbook.world import World

FOLDER = "downloads"
"""Where they lie, below the root of the site; each quiz has a folder there."""
BANKS = ("moodle", "canvas")
PAPERS = {"questions": "Printed form", "questions-large": "Printed form, large type", "keys": "Answer key"}
RUBRICS = {".csv": ", rubrics"}
"""What a bank has beside its questions."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file for educators: what it is, and its address below the root of the site."""

    title: str
    address: str


def editions_page(site: str | None) -> str | None:
    """The address of the page that says whether a bank is stale, on a site with an address."""
    return f"{site.rstrip('/')}/book/editions.html" if site else None


def links(page: QuizPage) -> tuple[Download, ...]:
    """What a page offers."""
    printed = (Download(f"{title} (PDF)", _printed(page, kind)) for kind, title in PAPERS.items())
    return (*(download for download, _ in _banks(page)), *printed)


def contents(page: QuizPage, world: World, site: str) -> Iterator[tuple[str, bytes]]:
    """The files that a page offers, by their addresses.

    ``site`` is the address of the site, or nothing where it has none: with one, questions link to their chapters, and
    questions and sheets to the page of editions.
    """
    quiz, editions = page.resolved, editions_page(site)
    places = Places(world.contents, quiz.quiz.chapter, site or None)
    yield from ((download.address, content) for download, content in _banks(page, editions, places))
    options = options_of(quiz.quiz, world, page=editions)
    for name, document in papers(quiz, lettered(quiz, 1), options).items():
        kind = name.partition("/")[0]
        if kind in PAPERS:
            yield _printed(page, kind), pdf(document)


def _banks(
    page: QuizPage, editions: str | None = None, places: Places | None = None
) -> Iterator[tuple[Download, bytes]]:
    bank = bank_of(page.resolved, max(len(slot.variants) for slot in page.slots), page=editions, places=places)
    for target in BANKS:
        for name, content in TARGETS[target].write(bank).items():
            title = TARGETS[target].title + RUBRICS.get(PurePosixPath(name).suffix, "")
            yield Download(title, f"{FOLDER}/{bank.id}/{name}"), content


def _printed(page: QuizPage, kind: str) -> str:
    return f"{FOLDER}/{page.quiz.id}/{kind}.pdf"
