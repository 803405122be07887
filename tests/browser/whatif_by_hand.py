"""What the followed figures of a page must say of a model, worked out apart from costbook.

The page's source is read for what follows, the price files and the workloads as plain YAML. Arithmetic is of fractions,
and the rule of display is written here once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

MTOK, MONTH = 1_000_000, 30
NOT_OFFERED = "not offered"
FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[a-z-]+)\} *(?P<argument>.*)$")
ROLE = re.compile(r"\{(?P<kind>[a-z-]+)\}`(?P<text>[^`]+)`")
KINDS = {
    "bill",
    "daily",
    "monthly",
    "share",
    "side",
    "margin",
    "break-even",
    "weight",
    "price",
    "saving",
    "saving-share",
}
COLUMNS = "input output input-bill output-bill share side"


# --- display: half up, once


def rounded(value: Fraction, places: int) -> str:
    """A number with so many decimals, with commas."""
    units = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
    whole, rest = divmod(units, 10**places)
    return f"{'−' if value < 0 else ''}{whole:,}{f'.{rest:0{places}d}' if places else ''}"


def digits(value: Fraction, least: int, wanted: int) -> str:
    """At least so many decimals, or so many significant digits where those reach further."""
    size, power = abs(value), 0  # the power of ten of the first digit
    if not size:
        return rounded(value, least)
    while size >= Fraction(10) ** (power + 1):
        power += 1
    while size < Fraction(10) ** power:
        power -= 1
    places = max(least, wanted - 1 - power)
    if size + Fraction(1, 2) / 10**places >= Fraction(10) ** (power + 1):  # rounding brings a digit more
        places = max(least, wanted - 2 - power)
    return rounded(value, places)


def amount(value: Fraction) -> str:
    text = digits(value, 2, 3)
    return f"−${text[1:]}" if text.startswith("−") else f"${text}"


def rate(value: Fraction) -> str:
    places = 2
    while (value * 10**places).denominator != 1:
        places += 1
    return f"${rounded(value, places)}"


def percentage(value: Fraction) -> str:
    value *= 100
    return f"{rounded(value, 0) if value.denominator == 1 else digits(value, 1, 2)}%"


def count(value: Fraction) -> str:
    return rounded(value, 0 if value.denominator == 1 else 1)


# --- the price files and the workloads


@dataclass(frozen=True)
class Listed:
    """A model: its name, its context, and its prices by the prompt's least number of tokens."""

    name: str
    context: int | None
    tiers: tuple[tuple[int, Mapping[str, Any]], ...]

    def price(self, part: str, prompt: int = 0) -> Fraction | None:
        found = [prices for above, prices in self.tiers if prompt > above or not above][-1]
        return Fraction(found[part]) if part in found else None


class Files:
    """The data of a book, read as plain YAML."""

    def __init__(self, root: Path) -> None:
        self.root = root
        edition = self._read("book/data/edition.yaml")
        self.as_of, self.serial, self.houses = edition["as_of"], int(edition["edition"]), edition["houses"]
        self.models = dict(self._models())
        workloads = self._read("book/data/scenarios.yaml")
        self.scenarios, self.sets = workloads["scenarios"], workloads["sets"]

    def _read(self, name: str) -> Any:
        return yaml.load((self.root / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    def _models(self) -> Iterator[tuple[str, Listed]]:
        """Those that a reader may choose: no variant, no alias, not retired, with a price on the day."""
        for path in sorted((self.root / "book/data/prices").glob("*.yaml")):
            for name, model in self._read(f"book/data/prices/{path.name}")["models"].items():
                if ":" in name or model.get("alias") == "true" or model.get("retired", "9") <= self.as_of:
                    continue
                row = self._in_force(model["rates"])
                if row is not None:
                    tiers = [(int(tier["above"]), tier) for tier in row.get("tiers", [])]
                    context = int(model["context"]) if "context" in model else None
                    yield name, Listed(model["name"], context, ((0, row), *sorted(tiers, key=lambda tier: tier[0])))

    def _in_force(self, rows: list[Any]) -> Any:
        begun = []
        for row in rows:
            inner = row.get("unknown", row)
            start = inner.get("from") or inner["known_from"]
            if int(row.get("edition") or inner["edition"]) <= self.serial and start <= self.as_of:
                begun.append((start, int(row.get("edition") or inner["edition"]), row))
        if not begun:
            return None
        row = max(begun, key=lambda one: one[:2])[2]
        return None if "unknown" in row or row.get("until", "9") <= self.as_of else row

    def model(self, name: str) -> str:
        """An id, of a house role too."""
        return str(self.houses.get(name, name))


# --- arithmetic


@dataclass(frozen=True)
class Costed:
    """A workload on a model: tokens read and written, what each side costs, and requests a day."""

    read: int
    written: int
    read_cost: Fraction
    written_cost: Fraction
    requests: int
    read_price: Fraction
    written_price: Fraction

    @property
    def total(self) -> Fraction:
        return self.read_cost + self.written_cost

    def part(self, name: str | None) -> Fraction:
        return {None: self.total, "input": self.read_cost, "output": self.written_cost}[name]


@dataclass(frozen=True)
class Page:
    """What follows on a page, asked of any model."""

    files: Files
    text: str

    def expected(self, model: str) -> list[str]:
        """The texts of all followed figures, in the order of the page."""
        return [text for part in self._parts() for text in self._said(part, model)]

    def tables(self, model: str) -> list[list[list[str]] | None]:
        """The cells of all followed tables, without heads; None where a bill is not offered."""
        found = [part for part in self._parts() if isinstance(part, tuple)]
        return [self._table(*table, model) for table in found if self._figures(*table)]

    def _parts(self) -> Iterator[str | tuple[str, str, Mapping[str, str]]]:
        """Roles as they stand, tables as directive, argument and options; claims and what names a model left out."""
        lines = iter(self.text.splitlines())
        for line in lines:
            fence = FENCE.match(line)
            if fence is None:
                for role in ROLE.finditer(line):
                    words = role["text"].split()
                    if role["kind"] in KINDS and "on" not in words and "at" not in words:
                        yield f"{role['kind']} {role['text']}"
                continue
            if fence["name"] not in {"claim", "scenario-table", "bill"}:
                continue
            body = []
            for inner in lines:
                if inner == fence["fence"]:
                    break
                body.append(inner)
            options = dict(re.findall(r"^:([a-z]+): *(.*)$", "\n".join(body), re.MULTILINE))
            if fence["name"] != "claim" and "on" not in options:
                yield fence["name"], fence["argument"].strip(), options

    def _said(self, part: str | tuple[str, str, Mapping[str, str]], model: str) -> list[str]:
        if isinstance(part, str):
            return [self.say(part, model)]
        table = self._table(*part, model)
        figures = self._figures(*part)
        # The figure of a bill that is not offered stays in its hidden table.
        return [NOT_OFFERED] if table is None else [table[row][column] for row, column in figures]

    def _figures(self, directive: str, argument: str, options: Mapping[str, str]) -> list[tuple[int, int]]:
        """The places of figures in a table: not counts, not an empty cell."""
        if directive == "bill":
            return [(-1, -1)]
        columns = options.get("show", COLUMNS).split()
        return [
            (row, column)
            for row, _ in enumerate(self._workloads(argument))
            for column, name in enumerate(columns, start=1)
            if name not in {"input", "output", "requests"} and not (name == "saved" and row == 0)
        ]

    def _workloads(self, argument: str) -> list[str]:
        return [one for name in argument.split() for one in self.files.sets.get(name, [name])]

    def _table(self, directive: str, argument: str, options: Mapping[str, str], model: str) -> list[list[str]] | None:
        if directive == "bill":
            return self._bill(argument, model)
        workloads = self._workloads(argument)
        return [
            [
                self.files.scenarios[one]["name"],
                *(self._cell(column, workloads[0], one, model) for column in options.get("show", COLUMNS).split()),
            ]
            for one in workloads
        ]

    def _cell(self, column: str, first: str, one: str, model: str) -> str:
        if column == "saved":
            return "" if one == first else self.say(f"saving-share {first} to {one}", model)
        asked = {
            "bill": f"bill {one}",
            "input-bill": f"bill {one} for input",
            "output-bill": f"bill {one} for output",
            "input-daily": f"daily {one} for input",
            "output-daily": f"daily {one} for output",
            "input-share": f"share {one} for input",
            "share": f"share {one} for output",
            "side": f"side {one}",
            "margin": f"margin {one}",
            "break-even": f"break-even {one}",
            "daily": f"daily {one}",
            "monthly": f"monthly {one}",
        }
        if column in asked:
            return self.say(asked[column], model)
        usage = self.files.scenarios[one]
        written = int(usage["usage"]["output"]) + int(usage["usage"].get("reasoning", 0))
        counts = {"input": int(usage["usage"]["input"]), "output": written, "requests": int(usage["requests"])}
        return f"{counts[column]:,}"

    def _bill(self, argument: str, model: str) -> list[list[str]] | None:
        costed = self._costed(argument, model)
        if costed is None:
            return None
        lines = (
            ("Input", costed.read, costed.read_price, costed.read_cost),
            ("Output", costed.written, costed.written_price, costed.written_cost),
        )
        return [
            *([name, f"{tokens:,}", rate(price), amount(cost)] for name, tokens, price, cost in lines if tokens),
            ["Total", "", "", amount(costed.total)],
        ]

    def _costed(self, load: str, model: str) -> Costed | None:
        listed = self.files.models[model]
        if "+" in load:
            (read, written), requests = map(int, load.split("+")), 0
        else:
            scenario = self.files.scenarios[load]
            usage, requests = scenario["usage"], int(scenario["requests"])
            assert set(usage) <= {"input", "output", "reasoning"}, f"teach this test the usage of {load}"
            read, written = int(usage["input"]), int(usage["output"]) + int(usage.get("reasoning", 0))
        if listed.context is not None and read + written > listed.context:
            return None
        read_price, written_price = listed.price("input", read), listed.price("output", read)
        assert read_price is not None
        assert written_price is not None
        return Costed(
            read, written, read * read_price / MTOK, written * written_price / MTOK, requests, read_price, written_price
        )

    def say(self, question: str, model: str) -> str:
        """What a figure says of a model."""
        kind, subject, *rest = question.split()
        clauses = dict(zip(rest[::2], rest[1::2], strict=True))
        if kind == "price":
            price = self.files.models[model].price(subject.replace("-", "_"))
            return NOT_OFFERED if price is None else rate(price)
        costed = self._costed(subject, model)
        other = self._costed(clauses["to"], model) if "to" in clauses else costed
        if costed is None or other is None:
            return NOT_OFFERED
        if kind in {"bill", "daily", "monthly"}:
            times = {"bill": 1, "daily": costed.requests, "monthly": costed.requests * MONTH}[kind]
            return amount(costed.part(clauses.get("for")) * times)
        if kind == "share":
            return percentage(costed.part(clauses["for"]) / costed.total)
        if kind == "side":
            if costed.read_cost == costed.written_cost:
                return "equal"
            return "input" if costed.read_cost > costed.written_cost else "output"
        if kind == "margin":
            larger = max(costed.read_cost, costed.written_cost)
            return percentage(abs(costed.read_cost - costed.written_cost) / larger)
        if kind == "break-even":
            return count(costed.read_cost * MTOK / costed.written_price)
        if kind == "weight":
            return count(costed.written * costed.written_price / costed.read_price)
        before, after = (one.total * one.requests * MONTH for one in (costed, other))
        return amount(before - after) if kind == "saving" else percentage((before - after) / before)
