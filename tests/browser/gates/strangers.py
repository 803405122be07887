"""Gate: no page contacts anybody: what it loads, lies in the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from .css import addresses
from .model import Finding
from .site import Site
from .visit import Visit

# Addresses that hold their own content.
INSIDE = {"data", "blob", "about"}


def requested(site: Site, visits: Iterable[Visit]) -> list[Finding]:
    """Requests of a first visit for anything but a file of the site."""
    return [
        Finding(seen.page, "third-party-request", url, view=seen.view)
        for seen in visits
        for url in dict.fromkeys(seen.requests)
        if urlsplit(url).scheme not in INSIDE and site.file(url) is None
    ]


def written(site: Site) -> list[Finding]:
    """Resources on other hosts in markup and style sheets, also those that no visit happens to load."""
    return [*_in_pages(site), *_in_sheets(site)]


def _in_pages(site: Site) -> Iterator[Finding]:
    for page, document in site.documents.items():
        for reference in document.references:
            if reference.kind == "resource" and _foreign(reference.value):
                yield Finding(page, "third-party-resource", "would be loaded", f"{reference}")
        for style in document.styles:
            yield from (_in_style(page, url) for url in _foreign_in(style))


def _in_sheets(site: Site) -> Iterator[Finding]:
    for path in sorted(site.root.rglob("*.css")):
        sheet = path.relative_to(site.root).as_posix()
        for url in _foreign_in(path.read_text(encoding="utf-8")):
            yield _in_style(sheet, url)


def _in_style(file: str, url: str) -> Finding:
    return Finding(file, "third-party-resource", "would be loaded", f"url({url})")


def _foreign_in(css: str) -> list[str]:
    return [url for url in addresses(css) if _foreign(url)]


def _foreign(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ws", "wss"}
