"""An EPUB as it should leave the build: what Sphinx does not declare is declared, and its bytes say nothing of the day.

Sphinx (9.0) names no page as one with MathML or SVG in it, which the standard asks for (EPUB 3.3, section 5.3.4), gives
the older table of contents the id of the identifier in its place, and dates book and files by the clock.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from costbook.export.zips import packed

PACKAGE, CONTENTS = "content.opf", "toc.ncx"
TYPE = "mimetype"
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
PAGE = "application/xhtml+xml"
DECLARED = {"mathml": re.compile(rb"<math\b"), "svg": re.compile(rb"<svg\b")}
"""What a page must be declared to hold, and how it is found."""
ACCESSIBLE = (
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityFeature", "MathML"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
)
"""What a reader who chooses by it is told (EPUB Accessibility 1.1, section 2); charts have their tables."""


def finished(book: bytes, day: date) -> bytes:
    """The EPUB, declared and dated at a day: the same files give the same bytes."""
    with ZipFile(BytesIO(book)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    package = _package(files, day)
    files[PACKAGE] = _xml(package)
    files[CONTENTS] = _contents(files[CONTENTS], package)
    kind = files.pop(TYPE)
    return _with_type_first(kind, packed(files, day), day)


def _package(files: dict[str, bytes], day: date) -> ElementTree.Element:
    ElementTree.register_namespace("", OPF)
    ElementTree.register_namespace("dc", DC)
    root = ElementTree.fromstring(files[PACKAGE])
    metadata = root.find(f"{{{OPF}}}metadata")
    assert metadata is not None
    for dated in (*metadata.iter(f"{{{DC}}}date"), *metadata.iterfind(f"{{{OPF}}}meta[@property='dcterms:modified']")):
        dated.text = f"{day}T00:00:00Z"
    for name, value in ACCESSIBLE:
        ElementTree.SubElement(metadata, f"{{{OPF}}}meta", property=name).text = value
    for item in root.iterfind(f"{{{OPF}}}manifest/{{{OPF}}}item[@media-type='{PAGE}']"):
        found = [name for name, mark in DECLARED.items() if mark.search(files.get(item.get("href", ""), b""))]
        if found:
            item.set("properties", " ".join([*item.get("properties", "").split(), *found]))
    return root


def _contents(contents: bytes, package: ElementTree.Element) -> bytes:
    """The older table of contents, with the identifier of the book."""
    ElementTree.register_namespace("", NCX)
    root = ElementTree.fromstring(contents)
    for uid in root.iterfind(f"{{{NCX}}}head/{{{NCX}}}meta[@name='dtb:uid']"):
        uid.set("content", package.findtext(f".//{{{DC}}}identifier", ""))
    return _xml(root)


def _xml(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _with_type_first(kind: bytes, rest: bytes, day: date) -> bytes:
    """The file that names the type comes first and as it is, so that a look at the first bytes tells what this is."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as made, ZipFile(BytesIO(rest)) as others:
        made.writestr(ZipInfo(TYPE, (day.year, day.month, day.day, 0, 0, 0)), kind, ZIP_STORED)
        for info in others.infolist():
            made.writestr(info, others.read(info), info.compress_type, 9)
    return stream.getvalue()
