"""The helper that turns a copy of the book back to its first edition."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner
from scripts.prices import main
from tests.editions import FIRST, REPOSITORY, first_world, turn_back
from tests.feed.books import RECORDED, first_edition

from costbook.feed.book import read_book


def texts(root: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.yaml"))}


def test_what_later_editions_added_is_taken_out(tmp_path: Path) -> None:
    """Rows of models that were there, a new model of a provider that was, and a new provider."""
    book = first_edition(tmp_path)
    before = texts(book)
    openai = book / "book/data/prices/openai.yaml"
    row = "    rates:\n      - {known_from: 2026-11-24, input: 1.00, output: 2.00, edition: 2, source: {via: it, url: "
    row += "https://example.org, checked: 2026-11-24}}\n"
    openai.write_text(f"{before['openai.yaml']}\n  new:\n    name: New\n{row}", encoding="utf-8")
    head = "provider: maker\nname: Maker\nfirst_party: true\npricing: https://example.org\nmodels:\n"
    new = f"{head}  m:\n    name: M\n{row}"
    (book / "book/data/prices/maker.yaml").write_text(new, encoding="utf-8")
    options = ["--as-of", "2026-11-25", "--allow", "deepseek-v4-pro", "--allow", "mistral-small-latest"]
    ran = CliRunner().invoke(
        main, ["update", "--book", str(book), "--feed", str(RECORDED / "0.1.4.json"), *options], catch_exceptions=False
    )
    assert ran.exit_code == 0, ran.output
    assert {"new", "m"} <= set(read_book(book).models)
    assert sum(texts(book)[name] != text for name, text in before.items()) == 6  # five price files and the edition
    assert texts(turn_back(book)) == before


def test_the_same_world_without_a_copy(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "book/data", tmp_path / "book/data")
    read = read_book(turn_back(tmp_path))
    world = first_world()
    assert (read.edition.serial, read.edition.as_of) == (world.edition.serial, world.edition.as_of) == (1, FIRST.as_of)
    assert {name: model.periods for name, model in read.models.items()} == {
        name: model.periods for name, model in world.models.items()
    }
