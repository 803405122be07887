"""The real book as its first edition had it. Numbers about real prices that are worked by hand are worked from these.

An update appends rows for a later edition, and an old edition still answers what it answered then: so a test that asks
the first edition stays right whatever the providers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from costbook.load import load_world
from costbook.world import Edition, World

REPOSITORY = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 11, 22)
FIRST = Edition(
    1,
    AS_OF,
    {"everyday": "gpt-6.1-sol", "small": "gpt-6-luna", "frontier": "claude-opus-5-5", "seed": "gpt-4o"},
    ("gpt-4o", "deepseek-v4-pro"),
)


def first_world() -> World:
    """The world of this repository, with the prices, the day and the house models of its first edition."""
    return load_world(REPOSITORY, texts_asked=False).in_edition(FIRST)


def turn_back(root: Path) -> Path:
    """Take what later editions added out of the data of a copied book; every other byte of its prices stays."""
    for path in sorted((root / "book/data/prices").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if all(serial > FIRST.serial for _, _, serial in _rows(text)):
            path.unlink()
            continue
        lines = text.splitlines(keepends=True)
        for begin, end, serial in reversed(list(_rows(text))):
            if serial > FIRST.serial:
                del lines[begin:end]
        path.write_text("".join(lines), encoding="utf-8")
    file = root / "book/data/edition.yaml"
    houses = {**yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)["houses"], **FIRST.houses}
    roles = ", ".join(f"{role}: {model}" for role, model in houses.items())
    file.write_text(
        f"# The first edition.\nedition: 1\nas_of: {AS_OF}\nhouses: {{{roles}}}\n"
        f"contrasts: [{', '.join(FIRST.contrasts)}]\n",
        encoding="utf-8",
    )
    return root


def forget_past(root: Path) -> Path:
    """Take the editions before the present one out of a copied book, as if there had been none.

    What the page about editions says of them depends on every page, and so it is read again with any.
    """
    file = root / "book/data/edition.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^past:.*\n(?:[ -].*\n|\n)*", "", text), encoding="utf-8")
    return root


def _rows(text: str) -> Iterator[tuple[int, int, int]]:
    """The rows of a price file in order: first line, the line after the last, and edition.

    A model that has none of the first edition is as one row, with its id and the empty line above.
    """
    lines, root = text.splitlines(), yaml.compose(text, yaml.SafeLoader)
    assert root is not None
    for id_, model in _entry(root, "models").value:
        rows = [(*_span(row, lines), _edition(row)) for row in _entry(model, "rates").value]
        serial = min(serial for _, _, serial in rows)
        if serial > FIRST.serial:
            begin = id_.start_mark.line
            yield begin - (not lines[begin - 1].strip()), _span(model, lines)[1], serial
        else:
            yield from rows


def _entry(mapping: yaml.Node, key: str) -> yaml.Node:
    found: yaml.Node = next(value for name, value in mapping.value if name.value == key)
    return found


def _edition(row: yaml.Node) -> int:
    inner = [value for name, value in row.value if name.value == "unknown"]
    return int(_entry(inner[0] if inner else row, "edition").value)


def _span(node: yaml.Node, lines: list[str]) -> tuple[int, int]:
    """The lines of a node, without empty ones and comments behind it."""
    last = node.end_mark.line if _inside(node, lines) else node.end_mark.line - 1
    while not lines[last].strip() or lines[last].lstrip().startswith("#"):
        last -= 1
    return node.start_mark.line, last + 1


def _inside(node: yaml.Node, lines: list[str]) -> bool:
    """Whether a node ends within a line, as one in braces does, and not before the next thing."""
    mark = node.end_mark
    return mark.line < len(lines) and bool(lines[mark.line][: mark.column].strip(" -"))
