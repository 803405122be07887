"""``prices.py survey``: what an author types, what is written, and what a second run does."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from genai_prices.data_snapshot import DataSnapshot
from genai_prices.types import ClauseEquals, ModelInfo, ModelPrice, Provider
from scripts import prices
from scripts.prices import main
from tests.feed.books import Shelf

from costbook.feed.genai import GenaiFeed
from costbook.feed.survey import FILE, read_survey_file

MODELS = {
    "openai": {"gpt-9": ("2", "10"), "gpt-8": ("1", "4"), "gpt-audio": ("1", "9")},
    "groq": {"hosted": ("0.59", "0.79")},
    "openrouter": {"routed": ("1", "3")},
    "maker": {"five": ("2", "10")},
}


def feed(models: dict[str, dict[str, tuple[str, str]]], version: str = "9.9.9") -> GenaiFeed:
    """A feed with these models; the prices are texts."""

    def model(name: str, given: str, output: str) -> ModelInfo:
        return ModelInfo(
            name, ClauseEquals(name), prices=ModelPrice(input_mtok=Decimal(given), output_mtok=Decimal(output))
        )

    sellers = [
        Provider(seller, seller.title(), "api", models=[model(name, *both) for name, both in listed.items()])
        for seller, listed in models.items()
    ]
    return GenaiFeed(DataSnapshot(sellers, from_auto_update=False), version)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A small book on disk, of edition 1."""
    return Shelf(tmp_path / "small").write()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed of this test in place of the installed one."""
    monkeypatch.setattr(prices, "installed", lambda: feed(MODELS))


def run(shelf: Shelf, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["survey", "--book", str(shelf.root), *arguments])


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file, with the moment it was written."""
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("installed")
def test_a_survey_is_written_on_the_day_of_the_edition(shelf: Shelf) -> None:
    ran = run(shelf)
    assert ran.exit_code == 0, ran.output
    assert f"Wrote {FILE}" in ran.output
    # openai: 5 and 4, so a first quartile of 4.25 and a third of 4.75
    assert "big-three          2       4.25×           4.5×    4.75×" in ran.output
    assert "Only among all sellers: maker" in ran.output
    found = read_survey_file(shelf.root)
    assert found is not None
    assert found.as_of.isoformat() == "2026-11-22"
    assert found.listings["maker"].name == "The Maker"  # the book's name for it
    assert found.listings["groq"].name == "Groq"
    assert "1 whose id contains one of audio" in found.method
    text = (shelf.root / FILE).read_text(encoding="utf-8")
    assert "ratios:\n      {79/59: 1}\n" in text


@pytest.mark.usefixtures("installed")
def test_a_second_run_changes_nothing(shelf: Shelf) -> None:
    run(shelf)
    before = files(shelf.root)
    ran = run(shelf)
    assert ran.exit_code == 0
    assert "Nothing to do: book/data/ratios.yaml says what genai-prices 9.9.9 says on 2026-11-22" in ran.output
    assert files(shelf.root) == before


@pytest.mark.usefixtures("installed")
def test_another_day_is_another_survey(shelf: Shelf) -> None:
    run(shelf)
    ran = run(shelf, "--as-of", "2026-12-02")
    assert f"Wrote {FILE}" in ran.output
    found = read_survey_file(shelf.root)
    assert found is not None
    assert found.as_of.isoformat() == "2026-12-02"


@pytest.mark.usefixtures("installed")
def test_a_dry_run_shows_the_file_and_writes_nothing(shelf: Shelf) -> None:
    before = files(shelf.root)
    ran = run(shelf, "--dry-run")
    assert "+as_of: 2026-11-22" in ran.output
    assert "Dry run: nothing was changed" in ran.output
    assert files(shelf.root) == before


def test_a_bad_price_changes_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {**MODELS, "host": {"a": ("1", "NaN")}}
    monkeypatch.setattr(prices, "installed", lambda: feed(bad))
    before = files(shelf.root)
    ran = run(shelf)
    assert ran.exit_code == 1
    assert (
        "Error: genai-prices 9.9.9: a price of a (host) is NaN, which is no price\nNothing was changed." in ran.output
    )
    assert files(shelf.root) == before


@pytest.mark.usefixtures("installed")
def test_a_survey_that_was_edited_badly_is_told_with_its_place(shelf: Shelf) -> None:
    run(shelf)
    file = shelf.root / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("79/59", "158/118"), encoding="utf-8")
    before = files(shelf.root)
    ran = run(shelf)
    assert ran.exit_code == 2
    assert "'158/118' is not in lowest terms; write 79/59" in ran.output
    assert f"{FILE}:" in ran.output
    assert files(shelf.root) == before


@pytest.mark.usefixtures("installed")
def test_a_disk_that_is_full_leaves_the_file_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    run(shelf)
    before = files(shelf.root)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device", str(shelf.root / FILE))

    monkeypatch.setattr(os, "fsync", full)
    ran = run(shelf, "--as-of", "2026-12-02")
    assert ran.exit_code == 2
    assert "No space left on device" in ran.output
    assert files(shelf.root) == before


def test_help_has_examples() -> None:
    said = CliRunner().invoke(main, ["survey", "--help"]).output
    assert "python scripts/prices.py survey --dry-run" in said
    assert "--as-of" in said
