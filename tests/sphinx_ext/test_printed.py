"""Everything that directives print comes from a question: whatever changes in the data, no page goes stale.

One page for each directive, and one small change after another, each where a page could print something that it did
not ask for. After each, the incremental output is that of a build from scratch.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.generated_book import Plan
from tests.sphinx_ext.building import Book, files, generated

PRICES, DATA = "book/data/prices/example.yaml", "book/data"
PAGES = {
    "counts": "```{scenario-table} letter chat\n:on: example-small example-large\n:show: input output requests\n```",
    "counts-of-one": "```{scenario-table} practice\n:on: example-large\n:show: input\n```",
    "bills": "```{scenario-table} practice\n:on: example-small example\n:show: bill monthly side saved\n```",
    "price-table": "```{price-table} example everyday\n:show: input write context tiers billing since source\n```",
    "ratio-table": "```{ratio-table} example-small example-large\n:at: 2025-01-01 2026-01-01\n```",
    "ratio-now": "```{ratio-table} small\n```",
    "bill": "```{bill} shared\n:on: example-large\n```",
    "texts": "```{text-table} order\n:on: example-large\n```\n\n```{cut} order\n```",
    "history": "```{price-history} output\n:on: example-small small\n```",
    "objectives": "```{objectives}\n```",
    "paths": "```{paths}\n```",
    "roles": "{price}`cached on example-small`, {band}`4..6 of example`, {tokens}`order`, {edition}`date`",
    "claim": "```{claim} side letter on example-small is output\nIt costs {bill}`letter on small`.\n```",
}
Change = tuple[str, str, str]
# Several at a time, none of which hides another: each is about other pages, or about another part of them.
CHANGES: dict[str, list[Change]] = {
    "names": [
        (PRICES, "name: Example small\n", "name: Example tiny\n"),
        (f"{DATA}/contents.yaml", "title: A short path", "title: A path"),
        ("assessments/reviews/generated.yaml", "name: Nobody", "name: Somebody"),
    ],
    "a name and a context": [
        (PRICES, "name: Example large\n", "name: Example huge\n    context: 128000\n"),
        (f"{DATA}/contents.yaml", "What does kind 2 cost?", "What does the second kind cost?"),
    ],
    "provider": [
        (PRICES, "provider: example\nname: Example\n", "provider: example\nname: Exemplar\n"),
        ("assessments/lessons/chapter-1.yaml", "title: Read\n", "title: Read it\n"),
    ],
    "cached price": [(PRICES, "cached: 0.300\n", "cached: 0.310\n")],
    "write price": [(PRICES, "cached: 0.250\n", "cached: 0.250\n        write: 3.00\n")],
    "scenarios": [
        (f"{DATA}/scenarios.yaml", "name: Letter,", "name: A letter,"),
        (
            f"{DATA}/scenarios.yaml",
            "{input: 900, output: 250}, requests: 1000",
            "{input: 900, output: 250}, requests: 10",
        ),
        ("assessments/objectives.yaml", "kind 2 compare its two halves", "kind 2 compare both halves"),
    ],
    "order of a set": [
        (f"{DATA}/scenarios.yaml", "practice: [letter, search, shared]", "practice: [search, letter, shared]")
    ],
    "house model": [(f"{DATA}/edition.yaml", "small: example-small", "small: example-large")],
    "text": [
        (f"{DATA}/texts.yaml", "Two lamps", "Twenty-two lamps"),
        (f"{DATA}/contents.yaml", "title: Chapter 1, question", "title: The first chapter, question"),
    ],
    "day": [(f"{DATA}/edition.yaml", "as_of: 2026-11-22", "as_of: 2026-11-24")],
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """One book for all changes, each made on top of those before."""
    book = generated(tmp_path_factory.mktemp("printed"), Plan(2, figures=3, asking=1, paragraphs=3, theme="basic"))
    listed = "\n".join(f"book/{name}" for name in PAGES)
    index = (book.root / "index.md").read_text(encoding="utf-8")
    book.write("index.md", f"{index}\n```{{toctree}}\n{listed}\n```\n")
    for name, text in PAGES.items():
        book.write(f"book/{name}.md", f"---\nchapter: chapter-2\nmodel: example-small\n---\n\n# {name}\n\n{text}\n")
    assert book.build("pseudoxml").warnings == ()
    return book


@pytest.mark.parametrize("what", CHANGES)
def test_no_page_goes_stale(chain: Book, tmp_path: Path, what: str) -> None:
    for change in CHANGES[what]:
        chain.replace(*change)
    built = chain.build("pseudoxml")
    assert built.warnings == ()
    everything = {*(f"book/{name}" for name in PAGES), "book/01-chapter-1", "book/02-chapter-2"}
    assert not everything <= set(built.read)
    cold = files(chain.cold(tmp_path, "pseudoxml").out)
    assert {name for name, text in files(built.out).items() if text != cold[name]} == set()
