"""A search index that an incremental build does not shorten.

Defect: Sphinx writes the terms of indexes and glossaries into the search index only for pages that this build writes.
It does not read back those of all other pages, so that after the second build a search for a term of the glossary no
longer leads there. And it keeps the words of pages that are gone, leading nowhere.

Remove when: `sphinx.search.IndexBuilder` restores `indexentries` in `load`, and drops empty words in `prune`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.search import js_index

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

# Term, id of its target, and "main" for a main entry: as `IndexBuilder.feed` keeps them.
_Entry = tuple[str, str, str]


def complete_index(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object) -> None:
    """Make the index that of all pages; the search page is made after the others and before the index is written."""
    indexer = getattr(app.builder, "indexer", None)
    if pagename != "search" or indexer is None:
        return
    entries: dict[str, list[_Entry]] = indexer._index_entries
    for docname, earlier in _last_written(Path(app.outdir, "searchindex.js")).items():
        if docname in app.env.all_docs:
            entries.setdefault(docname, sorted(earlier))
    # In the order of a build of everything.
    for docname in sorted(entries):
        entries[docname] = entries.pop(docname)
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]


def _last_written(path: Path) -> dict[str, list[_Entry]]:
    """The entries of each page in the index that the last build wrote."""
    try:
        frozen = js_index.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none, or not Sphinx's: then Sphinx writes all pages
        return {}
    found: dict[str, list[_Entry]] = {}
    for term, places in frozen.get("indexentries", {}).items():
        for number, target, main in places:
            found.setdefault(frozen["docnames"][number], []).append((term, target, "main" if main else ""))
    return found


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", complete_index)
