"""The whole book as one document for paper, made of the single page that Sphinx writes.

A page for a window becomes one for a printer: every document starts a page of its own under its part, ids and links say
which document they are of, formulas are set as text, and a table of contents stands in front, whose page numbers the
printing engine fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag

from costbook.export.formulas import set_as_html
from costbook.export.rendering import render

DOCUMENT = "document-"
"""What Sphinx begins the anchor of a document with, and a link to one."""
LEFT_OUT = ".headerlink, .copybtn, script"
"""What is for a window only."""
_CHAPTER = re.compile(r"book-\d+-")
"""Documents of which the table of contents names the sections too."""
DRAWING_STYLE = Path(__file__).parent / "templates/drawing.css"
ROOT = "start"
"""The id of what the root document says itself."""
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_HEADING = re.compile("^h[1-6]$")
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)


@dataclass(frozen=True)
class Title:
    """What the title page says, and the day of the document; the rights are those of the page."""

    name: str
    edition: str
    day: date


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    id: str
    text: str
    level: int


@dataclass(frozen=True)
class Part:
    """Documents under one caption; those before the first caption have none."""

    caption: str
    headings: tuple[Heading, ...]
    html: str


def bound(page: str, title: Title, language: str = "en") -> str:
    """The document to print.

    Raises:
        ValueError: ``page`` is no single page of a book.
    """
    drawings: list[str] = []
    soup = BeautifulSoup(_without_drawings(_without_formulas(page), drawings), "html.parser")
    body = soup.select_one("[role=main]")
    if body is None or not body.find("section"):
        raise ValueError("the page holds no book; build it with: python -m sphinx -b singlehtml")
    for left_out in body.select(LEFT_OUT):
        left_out.decompose()
    for link in body.select("a.image-reference"):
        link.unwrap()
    parts = list(_parts(soup, body))
    html = render("bound.html.j2", title=title, rights=_rights(soup), language=language, parts=parts).decode()
    return _with_drawings(html, drawings)


def _without_drawings(page: str, drawings: list[str]) -> str:
    """Drawings stand aside while a parser for HTML is at work, which knows no capital letters in names."""

    def aside(found: re.Match[str]) -> str:
        drawings.append(found[0])
        return f'<span data-drawing="{len(drawings) - 1}"></span>'

    return _SVG.sub(aside, page)


def _with_drawings(html: str, drawings: list[str]) -> str:
    """A style sheet for the page does not reach into drawings: each is given its own."""
    style = f"<style>{DRAWING_STYLE.read_text(encoding='utf-8')}</style>"
    for number, drawing in enumerate(drawings):
        styled = re.sub(r"(<svg\b[^>]*>)", lambda found: found[0] + style, drawing, count=1)
        html = html.replace(f'<span data-drawing="{number}"></span>', styled)
    return html


def _without_formulas(page: str) -> str:
    return _MATH.sub(lambda found: set_as_html(ElementTree.fromstring(found[0])), page)


def _parts(soup: BeautifulSoup, body: Tag) -> Iterator[Part]:
    """The book taken apart: what the root document says itself, then the documents by the captions of the sidebar."""
    captions, documents = _captions(soup), list(_documents(body))
    for wrapper in body.select("div.toctree-wrapper"):
        wrapper.decompose()
    root = body.find("section")
    assert isinstance(root, Tag)
    grouped: dict[str, list[tuple[str, Tag]]] = {"": [(ROOT, root)]}
    for name, section in documents:
        grouped.setdefault(captions.get(name, ""), []).append((_slug(name), section))
    for caption, group in grouped.items():
        headings: list[Heading] = []
        html = []
        for name, section in group:
            _name_ids(section, name)
            _level(section, 1)
            headings += _headings(section, name)
            html.append(f'<div class="document" id="{name}">{section}</div>')
        yield Part(caption, tuple(headings), "\n".join(html))


def _rights(soup: BeautifulSoup) -> str:
    """What the foot of the page says of them."""
    found = soup.select_one("footer .copyright")
    return found.get_text(" ", strip=True) if found else ""


def _captions(soup: BeautifulSoup) -> dict[str, str]:
    """Document -> the caption of the table of contents that it stands in."""
    found = {}
    for caption in soup.select(".sidebar-tree p.caption"):
        listed = caption.find_next_sibling("ul")
        for link in listed.find_all("a", href=re.compile(f"^#{DOCUMENT}")) if isinstance(listed, Tag) else ():
            found[str(link["href"])[1:].removeprefix(DOCUMENT)] = caption.get_text(" ", strip=True)
    return found


def _documents(body: Tag) -> Iterator[tuple[str, Tag]]:
    """The documents in the order of the book, each taken out of the page: an anchor, and the section behind it."""
    for anchor in body.find_all("span", id=re.compile(f"^{DOCUMENT}")):
        section = anchor.find_next_sibling("section")
        if isinstance(section, Tag):
            yield str(anchor["id"]).removeprefix(DOCUMENT), section.extract()


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name)


def _name_ids(section: Tag, name: str) -> None:
    """Ids with the document's name before them: two documents may have a section of one name."""
    for one in [section, *section.find_all(id=True)]:
        if one.get("id"):
            one["id"] = f"{name}--{one['id']}"
    for link in section.find_all("a", href=re.compile("^#")):
        target = str(link["href"])[1:]
        if target.startswith(DOCUMENT):
            document, _, place = target.removeprefix(DOCUMENT).partition("#")
            link["href"] = f"#{_slug(document)}" + (f"--{place}" if place else "")
        else:
            link["href"] = f"#{name}--{target}"


def _level(section: Tag, level: int) -> None:
    """Headings by the depth of their section: the document's own is the first."""
    for child in section.find_all(True, recursive=False):
        if _HEADING.match(child.name):
            child.name = f"h{min(level, 6)}"
        elif child.name == "section":
            _level(child, level + 1)


def _headings(section: Tag, name: str) -> Iterator[Heading]:
    for heading in section.find_all(["h1", "h2"] if _CHAPTER.match(name) else "h1"):
        level, home = int(heading.name[1]), heading.find_parent("section")
        assert home is not None
        yield Heading(name if level == 1 else str(home["id"]), heading.get_text(" ", strip=True), level)
