"""Gate: a first visit is light: the gzip of everything it loads, the search index left out."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urldefrag

from .model import Finding
from .site import Site
from .visit import Visit

# In bytes, 1 kB = 1,000 bytes: what the house allows a page.
LIMIT = 200_000
# Loaded by a reader who searches, not by one who reads.
NOT_COUNTED = {"searchindex.js"}
# How many of a heavy page's files a finding names.
_NAMED = 5


def weight(site: Site, visits: Iterable[Visit], limit: int = LIMIT) -> list[Finding]:
    """Pages whose first visit loads more than ``limit`` bytes."""
    sizes: dict[Path, int] = {}
    findings = []
    for seen in visits:
        loaded = _files(site, seen)
        for path in loaded - sizes.keys():
            sizes[path] = len(gzip.compress(path.read_bytes(), mtime=0))
        total = sum(sizes[path] for path in loaded)
        if total > limit:
            heaviest = sorted(loaded, key=lambda path: (-sizes[path], path))[:_NAMED]
            parts = ", ".join(f"{path.name} {sizes[path]:,}" for path in heaviest)
            message = f"{total:,} bytes, {limit:,} allowed; the heaviest: {parts}"
            findings.append(Finding(seen.page, "weight", message, view=seen.view))
    return findings


def _files(site: Site, seen: Visit) -> set[Path]:
    found = (site.file(urldefrag(url).url) for url in seen.requests)
    return {path for path in found if path and path.is_file() and path.name not in NOT_COUNTED}
