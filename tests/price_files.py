"""The price files read as plain YAML, apart from the loader: expected numbers about real prices are worked from it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


class PriceFiles:
    """The row of each model that is in force on the day of the edition, from the files."""

    def __init__(self, root: Path) -> None:
        edition = yaml.load((root / "book/data/edition.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        self.houses, self.as_of, self.serial = edition["houses"], edition["as_of"], int(edition["edition"])
        self.rows: dict[str, dict[str, Any]] = {}
        for path in (root / "book/data/prices").glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for name, model in yaml.load(text, Loader=yaml.BaseLoader)["models"].items():
                begun = [row for row in model["rates"] if "input" in row and self.seen(row)]
                # Of two rows from the same day, the one added last is in force.
                self.rows[name] = max(begun, key=lambda row: (self.start(row), int(row["edition"])), default={})

    def seen(self, row: Mapping[str, str]) -> bool:
        """Whether the edition sees a row that has begun on its day."""
        return int(row["edition"]) <= self.serial and self.start(row) <= self.as_of

    @staticmethod
    def start(row: Mapping[str, str]) -> str:
        return row.get("from") or row["known_from"]

    def of(self, name: str) -> tuple[Decimal, Decimal]:
        """Input and output price."""
        row = self.rows[self.houses.get(name, name)]
        return Decimal(row["input"]), Decimal(row["output"])
