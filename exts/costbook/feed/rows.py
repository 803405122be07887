"""A new row as text, and where it goes: lines are put into a price file, and every other byte of it stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from costbook.economy.rates import Part, Prices
from costbook.feed.quotes import Step
from costbook.load.source import NULLS, Document

PLACES = 2
PAST = "past"
PLAIN = re.compile(r"[A-Za-z0-9]((?!: |:$| #).)*")

Head: TypeAlias = Sequence[tuple[str, str]]
"""Keys and texts, as they stand before the rows of a model or the models of a provider."""


class CannotWrite(Exception):
    """A file that rows cannot be put into; the message says where and what to do."""


@dataclass(frozen=True)
class Row:
    """A row to be added to a model: prices from a day on, and where they were read.

    ``step.start`` is the row's start; ``step.dated`` decides between ``from`` and ``known_from``.
    """

    step: Step
    edition: int
    via: str
    url: str
    checked: date
    note: str = ""

    @property
    def start(self) -> date:
        """The first day of the row."""
        assert self.step.start is not None  # a row is made of a step that begins
        return self.step.start

    def lines(self, indent: int) -> list[str]:
        """The row as a list entry whose dash stands behind ``indent`` spaces."""
        pairs = [("from" if self.step.dated else "known_from", self.start.isoformat())]
        pairs += _prices(self.step.prices)
        if self.step.tiers:
            tiers = (_flow([("above", str(tier.above)), *_prices(tier.prices)]) for tier in self.step.tiers)
            pairs.append(("tiers", f"[{', '.join(tiers)}]"))
        source = [
            ("via", _text(self.via, flow=True)),
            ("url", _text(self.url, flow=True)),
            ("checked", self.checked.isoformat()),
        ]
        pairs += [("edition", str(self.edition)), ("source", _flow(source))]
        if self.note:
            pairs.append(("note", _text(self.note)))
        first, *others = (f"{key}: {value}" for key, value in pairs)
        return [f"{' ' * indent}- {first}", *(f"{' ' * (indent + 2)}{line}" for line in others)]


def price_text(price: Decimal) -> str:
    """A price as the data files write it: at least two decimals, no zeros after them."""
    digits = price.normalize()
    return f"{digits:.{max(PLACES, -int(digits.as_tuple().exponent))}f}"


def _prices(prices: Prices) -> list[tuple[str, str]]:
    order = (Part.INPUT, Part.CACHED, Part.WRITE, Part.WRITE_1H, Part.OUTPUT)
    return [(part.value, price_text(price)) for part in order if (price := prices.of(part)) is not None]


def _flow(pairs: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"


def _text(text: str, *, flow: bool = False) -> str:
    """A text as a scalar, quoted where it would be read as something else; ``flow``: between braces."""
    text = " ".join(text.split())
    if PLAIN.fullmatch(text) and text not in NULLS and not (flow and set(text) & set(",[]{}")):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_rows(document: Document, model: str, rows: Sequence[Row]) -> str:
    """The text of a price file with rows behind those that a model has.

    Raises:
        CannotWrite: the model's rows are not written as a list with dashes.
    """
    path = ("models", model, "rates")
    last = len(document.data["models"][model]["rates"]) - 1
    line, column = document.values[(*path, last)]
    lines = document.text.splitlines(keepends=True)
    before = lines[line - 1][: column - 1]
    if not re.fullmatch(r" *- +", before):
        raise CannotWrite(
            f"{document.file}:{line}:{column}: the rates of {model!r} are not a list with dashes; "
            "write each row on lines of its own"
        )
    indent = before.index("-")
    at = line  # behind the last line that is indented deeper than the dash of the last row
    for number, text in enumerate(lines[line:], line):
        if len(text) - len(text.lstrip(" ")) > indent and text.strip():
            at = number + 1
        elif text.strip() and not text.lstrip().startswith("#"):
            break
    return _inserted(lines, at, [text for row in rows for text in row.lines(indent)])


def with_model(document: Document, model: str, head: Head, rows: Sequence[Row]) -> str:
    """The text of a price file with a new model at its end; ``head`` is what stands before its rows."""
    lines = document.text.splitlines(keepends=True)
    while lines and not lines[-1].strip():
        lines.pop()
    first = next(iter(document.data["models"]))
    indent = document.keys[("models", first)][1] - 1
    return _inserted(lines, len(lines), ["", *_model(model, head, rows, indent)])


def new_file(head: Head, model: str, model_head: Head, rows: Sequence[Row]) -> str:
    """The text of the first price file of a provider; ``head`` is what stands before its models."""
    name = dict(head)["name"]
    lines = [
        f"# What {name} charges, in USD per million tokens. Rows are appended, never rewritten: a correction is a new",
        "# row.",
        *(f"{key}: {_text(value)}" for key, value in head),
        "models:",
        *_model(model, model_head, rows, 2),
    ]
    return "".join(f"{line}\n" for line in lines)


def _model(model: str, head: Head, rows: Sequence[Row], indent: int) -> list[str]:
    inner = " " * (indent + 2)
    return [
        f"{' ' * indent}{model}:",
        *(f"{inner}{key}: {_text(value)}" for key, value in head),
        f"{inner}rates:",
        *(text for row in rows for text in row.lines(indent + 4)),
    ]


def _inserted(lines: list[str], at: int, block: list[str]) -> str:
    """Lines with a block put in, in the line ends of the file."""
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    before = lines[:at]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    return "".join([*before, *(text + end for text in block), *lines[at:]])


def with_edition(document: Document, serial: int, as_of: date) -> str:
    """The text of ``edition.yaml`` with another serial and day; the edition that it had becomes the first past one.

    Raises:
        CannotWrite: the serial or the day is not plain text, or the past editions are not a list with dashes.
    """
    lines = document.text.splitlines(keepends=True)
    for key, value in (("edition", str(serial)), ("as_of", as_of.isoformat())):
        line, column = document.values[(key,)]
        old = lines[line - 1]
        found = re.match(r"[\"']?[0-9-]+[\"']?", old[column - 1 :])
        if found is None:
            raise CannotWrite(f"{document.file}:{line}:{column}: write {key} as plain text on the line of its key")
        lines[line - 1] = old[: column - 1] + value + old[column - 1 + found.end() :]
    entry = f"- {_past(document)}"
    if PAST not in document.data:
        return _inserted(lines, len(lines), [f"{PAST}:", f"  {entry}"])
    line, column = document.values.get((PAST, 0), document.values[(PAST,)])
    before = lines[line - 1][: column - 1]
    if not re.fullmatch(r" *- +", before):
        raise CannotWrite(f"{document.file}:{line}:{column}: write each past edition on a line of its own, with a dash")
    return _inserted(lines, line - 1, [before[: before.index("-")] + entry])


def _past(document: Document) -> str:
    """The edition of a file as one line, as its past editions are written."""
    data = document.data
    names = {role: _text(model, flow=True) for role, model in data["houses"].items()}
    contrasts = ", ".join(_text(model, flow=True) for model in data["contrasts"])
    return _flow(
        [
            ("edition", data["edition"]),
            ("as_of", data["as_of"]),
            ("houses", _flow(names.items())),
            ("contrasts", f"[{contrasts}]"),
        ]
    )
