"""Gate: whatever the site names inside itself is there: file, and place in the file; and no id is used twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from .css import addresses
from .model import Finding
from .site import Site

# Addresses that name nothing in the site. `javascript:` is not among them: a policy without inline scripts blocks it.
ELSEWHERE = {"http", "https", "mailto", "tel", "data", "blob", "about"}
# A web server sends this page for addresses of any depth, so that its own references start at the site's root.
NOT_FOUND_PAGE = "404.html"
# The offline copies of editions: a build makes none, and those of past editions lie on the published site only. That
# each of them is there is tested where a site is published.
OFFLINE_COPY = re.compile(r"editions/edition-[1-9][0-9]*\.(zip|epub|pdf)")


def links(site: Site) -> list[Finding]:
    """References of pages and style sheets that lead nowhere, and ids that lead to two places."""
    return [*_duplicate_ids(site), *_page_references(site), *_sheet_references(site)]


def _duplicate_ids(site: Site) -> Iterator[Finding]:
    for page, document in site.documents.items():
        for name, count in Counter(document.ids).items():
            if count > 1:
                yield Finding(page, "duplicate-id", f"{count} elements have this id", f"#{name}")


def _page_references(site: Site) -> Iterator[Finding]:
    for page, document in site.documents.items():
        for reference in document.references:
            if wrong := resolve(site, page, reference.value):
                yield Finding(page, "link", wrong, f"{reference}")
        for style in document.styles:
            for address in addresses(style):
                if wrong := resolve(site, page, address):
                    yield Finding(page, "link", wrong, f"style: {address!r}")


def _sheet_references(site: Site) -> Iterator[Finding]:
    for path in sorted(site.root.rglob("*.css")):
        sheet = path.relative_to(site.root).as_posix()
        for address in addresses(path.read_text(encoding="utf-8")):
            if wrong := resolve(site, sheet, address):
                yield Finding(sheet, "link", wrong, f"url({address})")


def resolve(site: Site, source: str, value: str) -> str | None:
    """What is wrong with a reference made in the file ``source``; None where it leads to its place."""
    parts = urlsplit(value)
    if parts.scheme in ELSEWHERE or parts.netloc:
        return None
    if parts.scheme:
        return f"{parts.scheme}: does not work in this site"
    path = unquote(parts.path)
    if path.startswith("/") and source != NOT_FOUND_PAGE:
        return "starts at the server's root, which a site on a disk or under a sub-path does not have"
    target = normpath(PurePosixPath(source).parent / path.lstrip("/")) if path else source
    if target.startswith(".."):
        return "leaves the site"
    if OFFLINE_COPY.fullmatch(target):
        return None
    if (site.root / target).is_dir():
        return "names a folder, which shows a listing when the site is read from a disk"
    if not (site.root / target).is_file():
        return "names a file that the site does not have"
    fragment = unquote(parts.fragment)
    document = site.documents.get(target)
    if not fragment or fragment == "top" or document is None:
        return None
    if fragment not in document.ids and fragment not in document.names:
        return f"{target} has no element with this id"
    return None
