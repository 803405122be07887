"""Broken files of every kind: a load ends with a world, or with problems that have a place, and with nothing else.

The files broken here are those of this repository: whatever they come to hold is tried too.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.load.breaking import CUTS, broken, files_of, run, try_to_load

from costbook.load import DataErrors, load_world
from costbook.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
# The whole book would load in every example; these two providers have tiers, aliases, batches and several periods.
PROVIDERS = ("deepseek", "x-ai")
EDITION = """\
edition: 1
as_of: 2026-11-22
houses: {everyday: deepseek-v4-pro, small: deepseek-v4-flash, frontier: grok-4.7, seed: grok-4.5}
contrasts: [grok-4.5, deepseek-v4-pro]
"""


def copy_of_the_book(root: Path) -> Path:
    """A copy of what is loaded, with two providers only; quizzes have a test of their own."""
    (root / "book/data/prices").mkdir(parents=True)
    for name in ("texts", "scenarios", "contents", "ratios"):
        shutil.copy(ROOT / f"book/data/{name}.yaml", root / "book/data")
    for name in PROVIDERS:
        shutil.copy(ROOT / f"book/data/prices/{name}.yaml", root / "book/data/prices")
    (root / "book/data/edition.yaml").write_text(EDITION)
    shutil.copytree(ROOT / "assessments", root / "assessments", ignore=shutil.ignore_patterns("private", "quizzes"))
    # The plans of later chapters name models and toys that this copy leaves out.
    for plan in (root / "assessments/lessons").glob("*.yaml"):
        if plan.stem != "the-life-of-a-token":
            plan.unlink()
    return root


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy for all examples: each puts back what it broke."""
    root = copy_of_the_book(tmp_path_factory.mktemp("book") / "root")
    assert isinstance(load_world(root), World)
    before = {file: file.read_bytes() for file in files_of(root)}
    yield root
    assert {file: file.read_bytes() for file in files_of(root)} == before


def file_of(root: Path, number: int) -> Path:
    """One of the files, by any number."""
    files = files_of(root)
    return files[number % len(files)]


def check_cuts(root: Path, number: int, cuts: list[tuple[float, int, str, bool]]) -> None:
    """One example of broken text."""
    run(root, file_of(root, number), lambda raw: broken(raw.decode(), cuts).encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100), CUTS)
def test_a_broken_file_ends_in_a_world_or_in_problems(
    copy: Path, number: int, cuts: list[tuple[float, int, str, bool]]
) -> None:
    check_cuts(copy, number, cuts)


@pytest.mark.slow
@settings(max_examples=10000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100), CUTS)
def test_ten_thousand_broken_files(copy: Path, number: int, cuts: list[tuple[float, int, str, bool]]) -> None:
    check_cuts(copy, number, cuts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100), st.floats(0, 1), st.integers(0, 255))
def test_a_broken_byte_does_no_worse(copy: Path, number: int, where: float, byte: int) -> None:
    def swap(raw: bytes) -> bytes:
        at = int(where * len(raw))
        return raw[:at] + bytes([byte]) + raw[at + 1 :]

    run(copy, file_of(copy, number), swap)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_file_in_place_of_another_does_no_worse(copy: Path, number: int, other: int) -> None:
    files = files_of(copy)
    run(copy, file_of(copy, number), lambda _: files[other % len(files)].read_bytes())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100), st.text(max_size=200))
def test_any_text_at_all_does_no_worse(copy: Path, number: int, text: str) -> None:
    run(copy, file_of(copy, number), lambda _: text.encode("utf-8", errors="surrogatepass"))


@pytest.mark.parametrize("cut", [0.0, 0.25, 0.5, 0.75, 0.999])
def test_a_file_cut_off_does_no_worse(copy: Path, cut: float) -> None:
    for number in range(len(files_of(copy))):
        run(copy, file_of(copy, number), lambda raw: raw[: int(len(raw) * cut)])


def test_the_check_itself_fails_where_it_should(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("not a problem of the data")

    monkeypatch.setattr("costbook.load.read_texts", crash)
    with pytest.raises(RuntimeError, match="not a problem of the data"):
        try_to_load(copy)


def test_thousands_of_slips_are_all_told(copy: Path) -> None:
    file = copy / "book/data/edition.yaml"
    before = file.read_bytes()
    try:
        file.write_text(EDITION + "".join(f"k{number}: 1\n" for number in range(2000)))
        with pytest.raises(DataErrors) as caught:
            load_world(copy)
        assert len(caught.value.problems) == 2000
    finally:
        file.write_bytes(before)
