"""An EPUB after the build: what a checker asks of it beyond Sphinx, and bytes that know no clock."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from defusedxml import ElementTree

from costbook.export.epub import finished

DAY = date(2026, 11, 22)
OPF = "{http://www.idpf.org/2007/opf}"
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="en" unique-identifier="book">
  <metadata xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:title>Bits &amp; Bytes</dc:title>
    <dc:identifier id="book">urn:uuid:1</dc:identifier>
    <dc:date>2031-01-01T10:11:12Z</dc:date>
    <meta property="dcterms:modified">2031-01-01T10:11:12Z</meta>
    <meta property="ibooks:version">1</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="a" href="plain.xhtml" media-type="application/xhtml+xml"/>
    <item id="b" href="book/maths.xhtml" media-type="application/xhtml+xml"/>
    <item id="c" href="book/both.xhtml" media-type="application/xhtml+xml"/>
    <item id="d" href="drawing.svg" media-type="image/svg+xml"/>
  </manifest>
</package>
"""
NCX = """<?xml version="1.0"?>
<ncx version="2005-1" xmlns="http://www.daisy.org/z3986/2005/ncx/"><head>
<meta name="dtb:uid" content="book"/><meta name="dtb:depth" content="2"/></head></ncx>
"""
FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": "<container/>",
    "content.opf": PACKAGE,
    "toc.ncx": NCX,
    "nav.xhtml": "<html><svg/></html>",
    "plain.xhtml": "<html>&lt;math&gt; is written so</html>",
    "book/maths.xhtml": '<html><math display="block"/></html>',
    "book/both.xhtml": "<html><svg width='1'/><math/></html>",
    "drawing.svg": "<svg/>",
}


def packed(year: int) -> bytes:
    """As Sphinx packs it: the day of the files is that of the machine."""
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name, text in FILES.items():
            made.writestr(name, text, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
            made.infolist()[-1].date_time = (year, 1, 1, 0, 0, 0)
    return stream.getvalue()


@pytest.fixture(scope="module")
def book() -> ZipFile:
    return ZipFile(BytesIO(finished(packed(2031), DAY)))


def test_pages_are_declared_by_what_they_hold(book: ZipFile) -> None:
    items = ElementTree.fromstring(book.read("content.opf")).iter(f"{OPF}item")
    assert {item.get("href"): item.get("properties") for item in items} == {
        "nav.xhtml": "nav svg",
        "plain.xhtml": None,
        "book/maths.xhtml": "mathml",
        "book/both.xhtml": "mathml svg",
        "drawing.svg": None,
    }


def test_it_is_dated_at_its_edition(book: ZipFile) -> None:
    package = book.read("content.opf").decode()
    assert package.count("2026-11-22T00:00:00Z") == 2
    assert "2031" not in package
    assert {info.date_time for info in book.infolist()} == {(2026, 11, 22, 0, 0, 0)}


def test_both_tables_of_contents_name_the_same_book(book: ZipFile) -> None:
    """Otherwise a reading program takes them for those of two books."""
    assert 'name="dtb:uid" content="urn:uuid:1"' in book.read("toc.ncx").decode()
    assert 'name="dtb:depth" content="2"' in book.read("toc.ncx").decode()


def test_its_type_stands_first_and_as_it_is(book: ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert sorted(book.namelist()) == sorted(FILES)


def test_what_it_does_not_change_stays(book: ZipFile) -> None:
    for name in FILES.keys() - {"content.opf", "toc.ncx"}:
        assert book.read(name).decode() == FILES[name]
    assert "Bits &amp; Bytes" in book.read("content.opf").decode()


def test_readers_are_told_what_it_offers(book: ZipFile) -> None:
    metas = ElementTree.fromstring(book.read("content.opf")).iter(f"{OPF}meta")
    told = {meta.text for meta in metas if (meta.get("property") or "").startswith("schema:accessibilityFeature")}
    assert told == {"alternativeText", "MathML", "structuralNavigation", "tableOfContents"}


def test_the_clock_leaves_no_trace() -> None:
    assert finished(packed(2031), DAY) == finished(packed(2027), DAY)
