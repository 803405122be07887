"""Valid and accessible markup where docutils, Sphinx and Furo write something else.

Each test builds with the piece and without it: when "without" fails, upstream has mended it, and the piece can go.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book, Built

TABLE = """\
# Page

```{table} A caption
:name: rates

| a | b |
|---|---|
| 1 | 2 |
```

```{math}
:label: cost

a = b
```

See [the table](#rates) and {eq}`cost`.
"""


def _repeated_ids(built: Built) -> list[str]:
    (document,) = (built.site.documents[name] for name in ["index.html"])
    return [name for name, count in Counter(document.ids).items() if count > 1]


def test_an_id_stands_once(book: Book) -> None:
    book.write("index.md", TABLE)
    # Furo wraps tables and formulas alike.
    assert _repeated_ids(book.build(name="without")) == ["rates", "equation-cost"]
    built = book.build("furo_fixes.tables")
    assert _repeated_ids(built) == []
    page = built.page("index.html")
    assert re.search(r'<table class="[^"]*" id="rates">', page)
    assert re.search(r'<div class="math[^"]*" id="equation-cost">', page)
    assert 'href="#rates"' in page


def test_a_wrapper_keeps_an_id_of_its_own(book: Book) -> None:
    """A container that an author calls so is not one of Furo's."""
    book.write("index.md", "# Page\n\n```{container} table-wrapper\n:name: mine\n\nText.\n```\n")
    assert re.search(r'<div class="table-wrapper[^"]*" id="mine">', book.build("furo_fixes.tables").page("index.html"))


def test_a_bibliography_is_a_list_of_items(book: Book) -> None:
    for key in ("one", "two"):
        reference = f"@book{{{key}, author={{Ann {key.title()}}}, title={{T}}, publisher={{P}}, year={{2020}}}}\n"
        (book.source / "refs.bib").parent.mkdir(parents=True, exist_ok=True)
        with (book.source / "refs.bib").open("a") as file:
            file.write(reference)
    book.write("index.md", "# Page\n\nAs {cite}`one` and {cite}`two` say.\n\n```{bibliography}\n```\n")
    book.config["bibtex_bibfiles"] = ["refs.bib"]

    def roles(*pieces: str) -> list[str]:
        page = book.build("sphinxcontrib.bibtex", *pieces, name="-".join(pieces) or "without").page("index.html")
        found = re.search(r'<div role="list" class="citation-list">.*?</article>', page, re.DOTALL)
        assert found
        return re.findall(r'<div class="citation"[^>]*role="([^"]*)"', found.group())

    assert roles() == ["doc-biblioentry", "doc-biblioentry"]
    assert roles("furo_fixes.bibliography") == ["listitem", "listitem"]


def test_captions_of_toctrees_have_a_level(book: Book) -> None:
    book.write("index.md", "# Page\n\n```{toctree}\n:caption: Part one\n\nother\n```\n")
    book.write("other.md", '# Other\n\n`<p class="caption" role="heading">`\n')

    def captions(built: Built, name: str) -> list[str]:
        return re.findall(r'<p [^>]*class="caption"[^>]*role="heading"[^>]*>', built.page(name))

    without = book.build("furo_fixes.navigation", name="without")
    assert captions(without, "index.html") == ['<p class="caption" role="heading">'] * 2
    fixed = book.build("furo_fixes.navigation", "furo_fixes.captions")
    assert captions(fixed, "index.html") == ['<p aria-level="2" class="caption" role="heading">'] * 2
    assert captions(fixed, "other.html") == ['<p aria-level="2" class="caption" role="heading">']
