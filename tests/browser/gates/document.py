"""What the gates need of a page's markup: its ids, what it refers to, and its policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

# A resource is loaded with the page; a link waits for the reader.
Kind = Literal["resource", "link"]

_RESOURCES = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("image", "href"), ("image", "xlink:href"),
    ("img", "src"), ("input", "src"), ("object", "data"), ("script", "src"), ("source", "src"), ("track", "src"),
    ("use", "href"), ("use", "xlink:href"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
_LINKS = {("a", "href"), ("a", "xlink:href"), ("area", "href"), ("form", "action"), ("blockquote", "cite")}
_LINK_LOADS = {
    "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest",
    "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender",
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A value of an attribute that names another file or another place, and the line it is on."""

    line: int
    tag: str
    value: str
    kind: Kind

    def __str__(self) -> str:
        return f"line {self.line}: <{self.tag}> {self.value!r}"


@dataclass
class Document:
    """The facts of one page, in document order."""

    ids: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    loads_before_policy: str | None = None
    redirects: bool = False

    @classmethod
    def parse(cls, markup: str) -> Document:
        """Read a page's markup; a page with invalid markup still gives its ids and references."""
        reader = _Reader()
        reader.feed(markup)
        reader.close()
        return reader.document


class _Reader(HTMLParser):
    """Collects a :class:`Document`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        if "id" in values:
            self.document.ids.append(values["id"])
        if tag == "a" and "name" in values:
            self.document.names.add(values["name"])
        if tag == "meta":
            self._meta(values)
        elif tag in {"script", "style"} or (tag == "link" and _loads(values)):
            self._note_load(tag)
        self._references(tag, values)
        if "style" in values:
            self.document.styles.append(values["style"])

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.document.styles.append(data)

    def _meta(self, values: dict[str, str]) -> None:
        match values.get("http-equiv", "").lower():
            case "content-security-policy":
                self.document.policies.append(values.get("content", ""))
            case "refresh":
                self.document.redirects = True
                _, _, target = values.get("content", "").partition("=")
                self._refer("meta", target.strip(" '\""), "link")

    def _note_load(self, tag: str) -> None:
        """A policy in a meta tag holds for what comes after it only."""
        if not self.document.policies and self.document.loads_before_policy is None:
            self.document.loads_before_policy = f"<{tag}> in line {self.getpos()[0]}"

    def _references(self, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            if (tag, name) in _RESOURCES:
                self._refer(tag, value, "resource")
            elif (tag, name) in _LINKS:
                self._refer(tag, value, "link")
            elif name in {"srcset", "imagesrcset"}:
                for candidate in value.split(","):
                    self._refer(tag, candidate.split()[0] if candidate.split() else "", "resource")
            elif (tag, name) == ("link", "href"):
                self._refer(tag, value, "resource" if _loads(values) else "link")

    def _refer(self, tag: str, value: str, kind: Kind) -> None:
        self.document.references.append(Reference(self.getpos()[0], tag, value.strip(), kind))


def _loads(link: dict[str, str]) -> bool:
    """Whether a ``link`` element makes the browser contact what it names."""
    return bool(_LINK_LOADS & set(link.get("rel", "").lower().split()))
