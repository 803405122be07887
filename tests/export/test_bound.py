"""The book as one document for paper, from a page such as Sphinx writes it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from costbook.export.book_pdf import book_pdf
from costbook.export.bound import Title, bound
from costbook.export.pdf import NotPrinted

TITLE = Title("Bits & Bytes", "Edition 3, priced at 2026-11-22", date(2026, 11, 22))
PAGE = """<!DOCTYPE html><html lang="en"><body>
<div class="sidebar-tree"><p class="caption"><span>Part I</span></p>
<ul><li><a href="#document-book/01-one">One</a></li><li><a href="#document-book/two">Two</a></li></ul>
<p class="caption"><span>Appendices</span></p><ul><li><a href="#document-last">Last</a></li></ul></div>
<article role="main"><section id="bits"><h1>Bits<a class="headerlink" href="#bits">¶</a></h1>
<p>See <a href="#document-book/two#money">money</a> and <a href="#document-last">the last</a>.</p>
<section id="who"><h2>Who</h2>
<div class="toctree-wrapper compound">
<span id="document-book/01-one"></span><section id="one"><h3>One</h3>
<p>A formula: <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mi>I</mi><mo>·</mo>
<msub><mi>p</mi><mi>I</mi></msub></math>.</p>
<section id="money"><h4>Money</h4><p><a href="#money">here</a></p></section></section>
<span id="document-book/two"></span><section id="two"><h3>Two</h3>
<section id="money"><h4>Money</h4><p>
<svg class="cb-chart" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><linearGradient id="g"/></svg></p></section>
</section>
</div>
<div class="toctree-wrapper compound"><span id="document-last"></span><section id="last"><h3>Last</h3></section></div>
</section></section></article>
<footer><div class="copyright">Copyright © the &lt;makers&gt;</div></footer></body></html>
"""


@pytest.fixture(scope="module")
def made() -> BeautifulSoup:
    return BeautifulSoup(bound(PAGE, TITLE), "html.parser")


def test_every_document_has_its_own_first_heading(made: BeautifulSoup) -> None:
    headings = [(one.name, one.get_text()) for one in made.select("main :is(h1, h2, h3, h4)")]
    assert headings == [("h1", "Bits"), ("h2", "Who"), ("h1", "One"), ("h2", "Money"), ("h1", "Two"), ("h2", "Money"),
                        ("h1", "Last")]  # fmt: skip


def test_contents_stand_under_the_captions_of_the_site(made: BeautifulSoup) -> None:
    """Sections are named of chapters only."""
    lines = [one.get_text(" ", strip=True) for one in made.select(".contents :is(p, li)")]
    assert lines == ["Bits", "Part I", "One", "Money", "Two", "Appendices", "Last"]


def test_every_link_leads_to_the_one_place_it_means(made: BeautifulSoup) -> None:
    """Two sections of one name, in two documents."""
    ids = [one["id"] for one in made.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in made.select("a[href^='#']")} <= set(ids)
    told = {link.get_text(): link["href"] for link in made.select("main a")}
    assert told == {"money": "#book-two--money", "the last": "#last", "here": "#book-01-one--money"}


def test_a_formula_is_text_with_lowered_letters(made: BeautifulSoup) -> None:
    formula = made.select_one(".formula")
    assert formula is not None
    assert formula.decode_contents() == "<i>I</i> · <i>p</i><sub><i>I</i></sub>"


def test_a_drawing_keeps_its_capital_letters_and_gets_its_colours() -> None:
    html = bound(PAGE, TITLE)
    assert 'viewBox="0 0 9 9"' in html
    assert "<linearGradient" in html
    assert "#a34700" in html.partition("<svg")[2].partition("</svg>")[0]


def test_what_is_for_a_window_is_left_out(made: BeautifulSoup) -> None:
    assert not made.select(".headerlink")


def test_title_page(made: BeautifulSoup) -> None:
    page = made.select_one(".title-page")
    assert page is not None
    assert page.get_text("|", strip=True) == ("Bits & Bytes|Edition 3, priced at 2026-11-22|Copyright © the <makers>")


def test_a_page_that_is_no_book_is_refused() -> None:
    with pytest.raises(ValueError, match="build it with: python -m sphinx -b singlehtml"):
        bound("<html><body><p>Nothing</p></body></html>", TITLE)


# ---------------------------------------------------------------- the PDF


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book_pdf(bound(PAGE, TITLE), tmp_path_factory.mktemp("pictures"))


def test_the_pdf_is_tagged_and_says_what_it_is(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    assert reader.xmp_metadata is not None
    assert b'pdfuaid:part="1"' in reader.xmp_metadata.stream.get_data() or b"<pdfuaid:part>1<" in (
        reader.xmp_metadata.stream.get_data()
    )
    assert reader.metadata is not None
    assert reader.metadata.title == "Bits & Bytes"


def test_the_contents_of_the_pdf_name_its_pages(pdf: bytes) -> None:
    """Title page, contents, then a page for each of four documents: `Last` stands on page 6."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) == 6
    assert pages[5].split()[:2] == ["Last", "Last"]  # in the running head, and as its heading
    assert any(line.startswith("Last") and line.endswith(" 6") for line in pages[1].splitlines())


def test_the_pdf_has_bookmarks(pdf: bytes) -> None:
    outline = PdfReader(BytesIO(pdf)).outline
    assert [one.title for one in outline if not isinstance(one, list)] == ["Contents", "Bits", "One", "Two", "Last"]


def test_the_same_book_is_the_same_pdf(pdf: bytes, tmp_path: Path) -> None:
    assert book_pdf(bound(PAGE, TITLE), tmp_path) == pdf


def test_a_link_that_leads_nowhere_is_no_pdf(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted, match="#nowhere"):
        book_pdf(bound(PAGE.replace('href="#money"', 'href="#document-nowhere"'), TITLE), tmp_path)
