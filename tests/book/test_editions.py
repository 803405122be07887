"""The page about editions of the real book."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_provider_has_a_history() -> None:
    """Without one, its prices are in no chart: add a heading and a ``provider-history`` to the page."""
    text = (ROOT / "book/editions.md").read_text(encoding="utf-8")
    shown = [line.removeprefix("```{provider-history} ") for line in text.splitlines() if "{provider-history}" in line]
    assert sorted(shown) == sorted(path.stem for path in (ROOT / "book/data/prices").glob("*.yaml"))
