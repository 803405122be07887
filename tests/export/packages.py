"""Zip files and the XML in them, read as carefully as a stranger's."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

from bs4 import BeautifulSoup
from lxml import etree

from costbook.assessment.rich import Rich, to_plain

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+=-]*(/[A-Za-z0-9_][A-Za-z0-9_.+=-]*)*")
ACTIVE = {"script", "iframe", "object", "embed", "style", "form", "link", "meta", "img", "svg", "base"}


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a zip, whose names are safe, sorted and each there once."""
    with ZipFile(BytesIO(content)) as found:
        assert found.testzip() is None
        infos = found.infolist()
        names = [info.filename for info in infos]
        assert names == sorted(set(names))
        assert all(NAME.fullmatch(name) and name.isascii() for name in names)
        assert {(info.external_attr >> 16, info.create_system) for info in infos} == {(0o100644, 3)}
        return {info.filename: found.read(info) for info in infos}


def parsed(content: bytes) -> etree._Element:
    """The root of an XML document that declares no entities of its own."""
    root = etree.fromstring(content, PARSER)
    assert root.getroottree().docinfo.internalDTD is None
    return root


@cache
def said(html: str) -> str:
    """What a reader sees of a piece of HTML, which has nothing active in it."""
    found = BeautifulSoup(html, "html.parser")
    for tag in found(True):
        assert tag.name not in ACTIVE, html
        assert not any(name.startswith("on") for name in tag.attrs), html
        assert not str(tag.get("href", "")).strip().lower().startswith(("javascript:", "data:")), html
    return squeezed(found.get_text(" "))


def squeezed(text: str) -> str:
    """Text without its spaces: elements part words in one place and not in another."""
    return re.sub(r"\s+", "", text)


def writable(text: str) -> str:
    """A text as any XML document may hold it: what none may hold is replaced."""
    return "".join(one if _allowed(ord(one)) else "\ufffd" for one in text)


def _allowed(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def words_of(rich: Rich) -> str:
    """What a reader should see of a text that has no lists and formulas."""
    return squeezed(writable(to_plain(rich)))
