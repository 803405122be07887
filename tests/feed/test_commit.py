"""An update that is stopped, a full disk, and what is left of the book."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.feed.books import MAKER, REPOSITORY, Shelf, plan_of, quote, step

from costbook.feed.commit import clear, commit

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "exts"), str(REPOSITORY)])}
DEARER = {("maker", "five"): quote(step("3", "10", "0.2"))}


def killed(*arguments: str) -> dict[str, Any]:
    """What stopping many updates left."""
    command = [sys.executable, "-m", "tests.feed.kills", *arguments]
    run = subprocess.run(command, cwd=REPOSITORY, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


# --- stopped ----------------------------------------------------------------------------------------------------------


def test_a_kill_at_any_line_of_the_writing(tmp_path: Path) -> None:
    """Every line that the writing of two price files and the edition runs is the last one of a process once."""
    found = killed(str(tmp_path))
    assert found["failures"] == []
    assert found["killed"] > 60
    # Killed before the first file was replaced, between the first and the edition, and after it.
    assert found["untouched"] > 20
    assert found["half"] > 5
    assert found["done"] > 3
    assert found["untouched"] + found["half"] + found["done"] == found["killed"]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["small", "command"])
def test_two_hundred_kills_at_random_times(tmp_path: Path, what: str) -> None:
    """An update of a small book; and the command itself on the real one, twice on one date and once in the future."""
    found = killed(str(tmp_path), what, "200", "4")
    assert found["failures"] == []
    assert found["killed"] == 200
    assert found["half"] > 0


def test_what_a_stopped_update_left_is_cleared(shelf: Shelf) -> None:
    before = shelf.texts
    (shelf.root / "book/data/prices/.maker.yaml.new").write_text("provider: mak")
    (shelf.root / "book/data/.edition.yaml.new").write_text("")
    assert shelf.book.models  # no file of the book
    clear(shelf.root)
    assert shelf.texts == before


# --- what a file keeps ------------------------------------------------------------------------------------------------


def test_rights_links_and_a_byte_order_mark_stay(shelf: Shelf) -> None:
    file, kept = shelf.root / "book/data/prices/maker.yaml", shelf.root / "kept.txt"
    kept.write_bytes(b"\xef\xbb\xbf" + MAKER.encode())
    kept.chmod(0o640)
    file.unlink()
    file.symlink_to(kept)
    shelf.update(DEARER)
    assert file.is_symlink()
    assert kept.read_bytes().startswith(b"\xef\xbb\xbf# What the maker charges.\n")
    assert "input: 3.00" in kept.read_text(encoding="utf-8-sig")
    assert kept.stat().st_mode & 0o777 == 0o640


def test_the_edition_is_replaced_last(shelf: Shelf) -> None:
    plan = plan_of(shelf.book, {**DEARER, ("host", "long"): quote(step("1", "9"), model="long")})
    assert list(plan.texts)[-1] == "book/data/edition.yaml"
    assert len(plan.texts) == 3


# --- no room ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where the system lets a test have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk may be mounted here; the limit on the size of a file is tried below")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to its last block."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 512)
    return filler


def test_a_full_disk_changes_nothing(small_disk: Path) -> None:
    shelf = Shelf(small_disk).write()
    filler, before = fill(small_disk), shelf.texts
    with pytest.raises(OSError, match="No space left on device") as raised:
        shelf.update(DEARER)
    assert raised.value.errno == errno.ENOSPC
    assert shelf.texts == before
    filler.unlink()
    shelf.update(DEARER)
    assert shelf.book.models["five"].rate_on(shelf.book.edition.as_of).prices.input == 3


def test_a_disk_that_fills_up_after_the_first_file(small_disk: Path) -> None:
    """Room for one new file and no more: it is found before any file is replaced."""
    shelf = Shelf(small_disk).write()
    filler = fill(small_disk)
    filler.write_bytes(b"x" * (filler.stat().st_size - 4096))
    before = shelf.texts
    with pytest.raises(OSError, match="No space left on device"):
        commit(shelf.root, {name: text + "# more\n" for name, text in shelf.files.items()})
    assert shelf.texts == before


def test_a_limit_on_the_size_of_files_and_the_command(shelf: Shelf) -> None:
    """What the system says when it takes no more bytes, as the author reads it."""
    text = json.dumps({"feed": "genai-prices 9", "day": "2026-11-22", "answers": {"maker": {"five": {
        "via": "genai-prices 9 five", "now": {"input": "3", "cached": "0.2", "output": "10"}}}}})  # fmt: skip
    (shelf.root / "feed.json").write_text(text)
    before = shelf.texts
    script = [str(REPOSITORY / "scripts/prices.py"), "update", "--book", str(shelf.root), "--as-of", "2026-11-22"]
    run = subprocess.run(
        [sys.executable, *script, "--feed", str(shelf.root / "feed.json")],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        # Python ignores the signal that goes with it, and the write fails.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert run.returncode == 2
    assert "File too large" in run.stderr
    assert "The book builds as before" in run.stderr
    assert "Traceback" not in run.stderr
    assert shelf.texts == before
