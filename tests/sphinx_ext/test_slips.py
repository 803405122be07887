"""Slips in pages: each is one warning at its file, line and column, which says what was meant (``slips.txt``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.sphinx_ext.building import Book, Built, small_book

HERE = Path(__file__).parent
MARK = "‸"


@dataclass(frozen=True)
class Case:
    """A page with slips; ``expected`` has line, column, subtype and beginning of the message of each warning."""

    name: str
    page: str
    expected: tuple[tuple[int, int, str, str], ...]

    @property
    def docname(self) -> str:
        return "book/slips/" + "-".join(self.name.replace(",", "").split())


def read_case(text: str) -> Case:
    name, _, rest = text.partition("\n")
    lines = rest.rstrip().split("\n")
    messages = [line.removeprefix(">>> ").partition(": ") for line in lines if line.startswith(">>>")]
    page = [line for line in lines if not line.startswith(">>>")]
    places: list[tuple[int, int]] = []
    for row, line in enumerate(page, 1):
        before = 0
        for part in line.split(MARK)[:-1]:
            before += len(part)
            places.append((row, before + 1))
    assert len(places) == len(messages), name
    expected = tuple((*place, kind, said) for place, (kind, _, said) in zip(places, messages, strict=True))
    return Case(name.strip(), "\n".join(page).replace(MARK, "") + "\n", expected)


CASES = [read_case(text) for text in (HERE / "slips.txt").read_text(encoding="utf-8").split("\n%%% ")[1:]]


GONE = """\
provider: gone
name: Gone
first_party: true
pricing: https://example.org/gone
models:
  gone-1:
    name: Gone 1
    retired: 2026-01-01
    rates:
      - known_from: 2025-01-01
        input: 1.00
        output: 2.00
        edition: 1
        source: {via: a price list, url: https://example.org/gone, checked: 2025-12-01}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """All pages in one book; the index names them."""
    book = small_book(tmp_path_factory.mktemp("slips"), {case.docname: case.page for case in CASES})
    for path in (book.root / "book/data/prices").glob("*.yaml"):
        if path.name != "example.yaml":
            path.unlink()
    book.write("book/data/prices/gone.yaml", GONE)
    return book


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    return book.build("dummy")


WARNING = re.compile(r"(\d+):(\d+): WARNING: (.*) \[costbook\.([a-z]+)\]")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_slip(book: Book, built: Built, case: Case) -> None:
    file = f"{book.root / case.docname}.md:"
    found = sorted(
        (int(match[1]), int(match[2]), match[4], match[3])
        for line in built.warnings
        if line.startswith(file) and (match := WARNING.fullmatch(line.removeprefix(file)))
    )
    begins = [expected[3] for expected in case.expected] + [""] * len(found)
    shortened = [(*place, said[: len(begin)] or said) for (*place, said), begin in zip(found, begins, strict=False)]
    assert shortened == list(case.expected)
