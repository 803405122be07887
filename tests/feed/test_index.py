"""Other releases of the feed, from a package index made here on disk, and no index at all. pip itself runs."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from scripts.prices import main
from tests.feed.books import AS_OF, typed_release
from tests.feed.releases import release
from tests.worlds import day

from costbook.feed import index
from costbook.feed.quotes import Quote
from costbook.feed.recorded import read_recorded


def check(*options: str, book: Path) -> tuple[int, str]:
    run = CliRunner().invoke(main, ["check", "--book", str(book), *options])
    return run.exit_code, run.output


@typed_release
def test_a_newer_feed_that_says_otherwise(packages: Path, first: Path, tmp_path: Path) -> None:
    release(packages, "0.2.3")
    price = "input_mtok=Decimal('0.66'), cache_read_mtok=Decimal('0.022'), output_mtok=Decimal('%s')"
    release(packages, "0.10.0", price % "1.98", price % "1.89")
    code, said = check("--latest", book=first)
    assert code == 1, said
    assert "2 retired, 51 equal" in said  # what the installed one says
    assert "A newer feed is genai-prices 0.10.0" in said
    assert re.search(r"deepseek-v4-pro +output +\$1\.98 +\$1\.89 +−4\.5%", said)
    assert "1 changed, 2 retired, 50 equal" in said
    assert importlib.metadata.version("genai-prices") != "0.10.0"  # the one that is installed stays

    file = tmp_path / "feed.json"
    run = CliRunner().invoke(
        main, ["record", "--book", str(first), str(file), "--version", "0.10.0", "--day", "2026-12-02"]
    )
    assert run.exit_code == 0, run.output
    assert "genai-prices 0.10.0 on 2026-12-02, 53 ids" in run.output
    argon = read_recorded(file).quote("google", "gemini-4-argon", day("2026-12-02"))
    assert isinstance(argon, Quote)
    assert argon.now.prices.input == 4


@typed_release
def test_no_newer_feed(packages: Path, first: Path) -> None:
    release(packages, "0.0.1")
    code, said = check("--latest", book=first)
    assert code == 0
    assert "No newer feed: genai-prices 0.2.3 is the newest release" in said
    # pip says which release it could not find
    with pytest.raises(index.Offline, match=r"genai-prices==9\.9"):
        index.read_release("9.9", (), AS_OF)


@typed_release
@pytest.mark.usefixtures("offline")
def test_offline_is_said_and_the_check_is_made(first: Path) -> None:
    code, said = check("--latest", book=first)
    assert code == 0, said
    assert "Offline, so no newer feed was looked for" in said
    assert "2 retired, 51 equal" in said


@pytest.mark.slow
@typed_release
def test_a_newer_feed_that_cannot_be_read(packages: Path, first: Path) -> None:
    release(packages, "99.0", "from .types import *", "from .types import yesterday")
    code, said = check("--latest", book=first)
    assert code == 2
    assert "another release of genai-prices cannot be read" in said
    assert "yesterday" in said


@pytest.mark.slow
def test_an_index_without_the_feed(packages: Path) -> None:
    (packages / "genai-prices").mkdir()
    (packages / "genai-prices/index.html").write_text("<!DOCTYPE html><html><body></body></html>")
    with pytest.raises(index.Offline):
        index.newest()


@pytest.mark.parametrize(
    ("one", "other", "is_newer"),
    [("0.2.3", "0.2.3", False), ("0.10.0", "0.9.9", True), ("1.0", "0.99", True), ("0.2", "0.2.3", False)],
)
def test_which_release_is_newer(one: str, other: str, is_newer: bool) -> None:
    assert index.newer(one, other) is is_newer
