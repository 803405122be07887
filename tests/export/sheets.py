"""Papers to look at in tests: a quiz made by hand with every kind of question, and PDFs read by pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from tests.sphinx_ext import quiz_pages
from tests.sphinx_ext.quiz_pages import ITEMS, QUIZ, SLOTS

from costbook.assessment.items import Slot
from costbook.export.forms import Form
from costbook.export.paper import Document, Options, papers
from costbook.export.pdf import pdf
from costbook.quizzes.resolved import ResolvedQuiz, ResolvedSlot, Variant

A = Form(0, "A")
FOOT = re.compile(r"(\n|\A)([^\n]* )?\S{19}\s+· page \d+ of \d+\s*\Z")


def quiz_of(*slots: Sequence[Variant], secret: bytes | None = None, **quiz: Any) -> ResolvedQuiz:
    """A quiz of these slots; ``quiz`` replaces fields of what its author wrote."""
    of_items = tuple(Slot((ITEMS[slot[0].item],)) for slot in slots)
    return ResolvedQuiz(
        replace(QUIZ, slots=of_items, **quiz),
        quiz_pages.PAGE.objectives,
        7,
        date(2026, 11, 22),
        "ab" * 32,
        secret,
        tuple(ResolvedSlot(tuple(slot), 1, ()) for slot in slots),
    )


def sample(**given: Any) -> ResolvedQuiz:
    """Every kind of question, in slots of 3, 1, 2, 1, 1, 1 and 1 variants."""
    return quiz_of(*(variants for _, variants in SLOTS), **given)


def paper(quiz: ResolvedQuiz, folder: str, form: Form = A, options: Options | None = None) -> Document:
    """One paper of a form."""
    found = papers(quiz, [form], options or Options())
    return next(document for name, document in found.items() if name.startswith(f"{folder}/"))


@cache
def printed(document: Document) -> bytes:
    """The PDF of a document, made once."""
    return pdf(document)


def reader(document: Document) -> PdfReader:
    """The PDF of a document, to read in."""
    return PdfReader(BytesIO(printed(document)))


@cache
def words_of(document: Document) -> str:
    """Everything that a PDF says but the feet of its pages, line breaks as spaces."""
    pages = (FOOT.sub("", page.extract_text()) for page in reader(document).pages)
    return " ".join(" ".join(pages).split())


def feet_of(document: Document) -> list[str]:
    """The foot of each page, from its left end to the number of the page."""
    found = [FOOT.search(page.extract_text()) for page in reader(document).pages]
    return [foot[0].strip() for foot in found if foot]


def bare(text: str) -> str:
    """A text without any space: where lines are broken is up to the page."""
    return re.sub(r"\s", "", text)


def structure(document: Document) -> list[str]:
    """The roles of all elements of a PDF's structure, in order of reading."""
    root: Any = reader(document).trailer["/Root"]
    return list(_roles(root["/StructTreeRoot"]["/K"]))


def _roles(kid: Any) -> Iterator[str]:
    kid = kid.get_object()
    if isinstance(kid, list):
        for one in kid:
            yield from _roles(one)
    elif isinstance(kid, DictionaryObject):
        if "/S" in kid:
            yield str(kid["/S"])
        if "/K" in kid:
            yield from _roles(kid["/K"])


class Piece(NamedTuple):
    """A piece of text: its page, where it begins (from the left and the lower edge) and its size, in points."""

    page: int
    left: float
    height: float
    size: float
    text: str


def pieces_of(document: Document) -> list[Piece]:
    """Every piece of text of a PDF."""
    found: list[Piece] = []
    for number, page in enumerate(reader(document).pages, start=1):
        page.extract_text(visitor_text=partial(_note, found, number))
    return found


def _note(found: list[Piece], page: int, *piece: Any) -> None:
    text, matrix, place, _, size = piece
    if text.strip():
        left = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
        height = matrix[1] * place[4] + matrix[3] * place[5] + matrix[5]
        found.append(Piece(page, left, height, abs(size * place[3] * matrix[3]), text.strip()))
