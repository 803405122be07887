"""The exact pin of the feed: read from two files, raised in both, and left alone where nothing newer can be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripts.prices import main
from tests.feed.books import REPOSITORY
from tests.feed.releases import release

from costbook.feed.pin import FILES, read_pin
from costbook.feed.quotes import FeedError

PROJECT = """\
prices = ["genai-prices==0.2.3"]  # the feed
test = [
    "genai-prices==0.2.3",
    "not-genai-prices==0.2.3",
]
"""
LOCK = "# Exact versions.\r\ncodespell==2.4.3\r\ngenai-prices==0.2.3\r\nhttpx2==2.16.2\r\n"


@pytest.fixture
def pinned(first: Path) -> Path:
    """The prices of the first edition, with the two files that name the feed."""
    (first / "pyproject.toml").write_bytes(PROJECT.encode())
    (first / "requirements-test.txt").write_bytes(LOCK.encode())
    return first


def texts(root: Path) -> dict[str, str]:
    return {name: (root / name).read_bytes().decode() for name in FILES}


def pin(book: Path) -> Result:
    return CliRunner().invoke(main, ["pin", "--book", str(book)])


def test_the_files_of_this_repository_name_one_release() -> None:
    found = read_pin(REPOSITORY)
    assert found.raised(found.version) == found.texts
    assert found.raised("99.1")["pyproject.toml"].count('"genai-prices==99.1"') == 2
    assert "\ngenai-prices==99.1\n" in found.raised("99.1")["requirements-test.txt"]


def test_a_newer_release_is_named_in_both_files(packages: Path, pinned: Path) -> None:
    release(packages, "0.2.3")
    release(packages, "0.10.0")
    ran = pin(pinned)
    assert ran.exit_code == 0, ran.output
    assert "The feed is pinned to genai-prices 0.10.0; install it with: make .venv/.test" in ran.output
    # Every other byte stays, the name that only ends alike and the ends of lines too.
    assert texts(pinned) == {
        "pyproject.toml": PROJECT.replace('"genai-prices==0.2.3"', '"genai-prices==0.10.0"'),
        "requirements-test.txt": LOCK.replace("genai-prices==0.2.3", "genai-prices==0.10.0"),
    }
    assert [path.name for path in pinned.iterdir() if path.name.endswith(".new")] == []
    again = pin(pinned)
    assert again.exit_code == 0
    assert "No newer feed: genai-prices 0.10.0 is the newest release" in again.output


def test_a_run_that_was_stopped_between_the_files_is_finished(packages: Path, pinned: Path) -> None:
    release(packages, "0.10.0")
    (pinned / "pyproject.toml").write_text(PROJECT.replace("==0.2.3", "==0.10.0"))
    assert read_pin(pinned).version == "0.2.3"
    assert pin(pinned).exit_code == 0
    assert read_pin(pinned).version == "0.10.0"


@pytest.mark.usefixtures("offline")
def test_offline_is_said_and_the_pin_stays(pinned: Path) -> None:
    before = texts(pinned)
    ran = pin(pinned)
    assert ran.exit_code == 0
    assert "Offline, so no newer feed was looked for" in ran.output
    assert texts(pinned) == before


def test_a_release_that_cannot_be_read_is_not_pinned(packages: Path, pinned: Path) -> None:
    release(packages, "99.0", "from .types import *", "from .types import yesterday")
    before = texts(pinned)
    ran = pin(pinned)
    assert ran.exit_code == 2
    assert "another release of genai-prices cannot be read" in ran.output
    assert texts(pinned) == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("pyproject.toml", b"prices = []\n", "pyproject.toml names no release of the feed; write genai-prices== and"),
        ("requirements-test.txt", b"\xff\xfe", "requirements-test.txt cannot be read"),
        ("requirements-test.txt", None, "requirements-test.txt cannot be read"),
    ],
    ids=["no pin", "bytes", "no file"],
)
def test_files_without_a_pin(pinned: Path, name: str, content: bytes | None, said: str) -> None:
    (pinned / name).unlink()
    if content is not None:
        (pinned / name).write_bytes(content)
    with pytest.raises(FeedError, match=said.replace("(", r"\(")):
        read_pin(pinned)
    ran = pin(pinned)
    assert ran.exit_code == 2
    assert said in ran.output
