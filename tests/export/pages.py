"""Reading a page that stands alone: as XML and as a browser does, and what it must not have."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from lxml import etree

NOT_HERE = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg", "video", "audio", "source"}
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "style", "ping"}


def read(page: bytes) -> BeautifulSoup:
    """The page as a browser reads it, once it is known to be well-formed, alone, and the same to a reader of XML."""
    root = etree.fromstring(page, etree.XMLParser(resolve_entities=False, no_network=True))
    soup = BeautifulSoup(page, "lxml")
    assert [one.tag for one in root.iter(etree.Element)] == [one.name for one in soup.find_all(True)]
    for place in ("title", "body"):
        as_xml, as_html = root.find(f".//{place}"), soup.find(place)
        assert as_xml is not None
        assert isinstance(as_html, Tag)
        assert spaced("".join(as_xml.itertext())) == spaced("".join(as_html.strings))
    assert page.startswith(b"<!DOCTYPE html>\n")
    assert isinstance(soup.html, Tag)
    assert soup.html["lang"] == "en"
    for element in soup.find_all(True):
        assert element.name not in NOT_HERE
        assert not {name for name in element.attrs if name in LOADS or name.startswith("on")}, element
    assert not re.search(r"url\(|@import", "".join(style.get_text() for style in soup.find_all("style")))
    return soup


def spaced(text: str) -> str:
    """A text whose white space does not count."""
    return " ".join(text.split())


def text(element: Tag | None) -> str:
    """What an element says."""
    assert element is not None
    return spaced(element.get_text(" "))


def rows(soup: BeautifulSoup) -> list[list[str]]:
    """The cells of the only table."""
    (table,) = soup.find_all("table")
    return [[text(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
