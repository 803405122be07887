"""The copies of an edition that are kept: its whole site in one zip file, an EPUB and a PDF, at addresses that stay.

On the published site the copies of all editions lie beside the pages. In a copy they do not, and neither does the feed,
so that nothing in it points to them: links become words. What is taken out is found by the exact markup that
``link`` and ``feed_link`` write here, and nothing else can look like it: in the text of a page ``<`` is escaped. A
parser that writes the page again would change other bytes of it, and with them the hashes of its security policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import date
from enum import StrEnum
from html import escape
from pathlib import PurePosixPath

from costbook.export.zips import packed

FOLDER = "editions"
"""Where the copies lie, below the root of the site."""
FEED = "editions.atom"
"""The feed that announces editions, at the root of the site."""


class Copy(StrEnum):
    """A form in which an edition is kept; the value is the ending of its file."""

    ZIP = "zip"
    EPUB = "epub"
    PDF = "pdf"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return "offline copy" if self is Copy.ZIP else self.name


_LINK = re.compile(
    rf'<a class="cb-offline" href="(?:\.\./)*{FOLDER}/edition-(?P<serial>[0-9]+)\.(?P<copy>{"|".join(Copy)})">'
    rf"(?P<words>{'|'.join(copy.words for copy in Copy)})</a>"
)
_FEED_LINK = re.compile(rf'<link rel="alternate" type="application/atom\+xml" title="[^"]*" href="(?:\.\./)*{FEED}">')


def address(serial: int, copy: Copy = Copy.ZIP) -> str:
    """The stable address of an edition's copy, below the root of the site."""
    return f"{FOLDER}/edition-{serial}.{copy}"


def link(href: str, copy: Copy = Copy.ZIP) -> str:
    """The link of a page to a copy."""
    return f'<a class="cb-offline" href="{href}">{copy.words}</a>'


def feed_link(title: str, href: str) -> str:
    """What the head of a page says of the feed."""
    return f'<link rel="alternate" type="application/atom+xml" title="{escape(title)}" href="{href}">'


def linked(page: str, there: Set[str]) -> str:
    """A page whose links to copies are words, but for the addresses that are there."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if address(int(found["serial"]), Copy(found["copy"])) in there else found["words"]

    return _LINK.sub(kept, page)


def of_site(name: str) -> bool:
    """Whether a file below the root of a built site is part of it: no copy, and nothing that building left."""
    parts = PurePosixPath(name).parts
    return parts[0] != FOLDER and not any(part.startswith(".") for part in parts)


def offline_files(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a copy: those of a site, without the feed, and with no link to it or to a copy."""
    kept = {name: content for name, content in site.items() if name != FEED}
    return {name: _alone(content) if name.endswith(".html") else content for name, content in kept.items()}


def archive(folder: str, day: date, files: Mapping[str, bytes]) -> bytes:
    """A zip of files in one folder, each dated at a day."""
    return packed({f"{folder}/{name}": content for name, content in files.items()}, day)


def _alone(page: bytes) -> bytes:
    return linked(_FEED_LINK.sub("", page.decode()), frozenset()).encode()
