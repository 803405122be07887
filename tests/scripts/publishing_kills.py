"""Kill publishing at every line, or at every so many, and look at what is left.

It is a program of its own, so that it may fork without threads: ``python -m tests.scripts.publishing_kills FOLDER
STEP``. It prints two JSON objects: of a publication over an earlier one, and of one into an empty folder.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from scripts import publication
from scripts.publication import LIST, STAGE, publish, read_site
from tests.scripts.sites import write_site
from tests.sphinx_ext.building import files

WRITER = publication.__file__


@dataclass
class Outcome:
    """How many children were killed, before and after the new copy was there, and what went wrong."""

    killed: int = 0
    before: int = 0
    between: int = 0
    after: int = 0
    failures: list[str] = field(default_factory=list)


def stopped_at(point: int, site: Path, folder: Path) -> bool:
    """Publish in a child that is killed at a line; False where it came to its end before."""
    made = os.fork()
    if made == 0:
        lines = count(1)

        def trace(frame: FrameType, event: str, _argument: Any) -> Any:
            if frame.f_code.co_filename != WRITER:
                return None
            if event == "line" and next(lines) == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        found = read_site(site)
        sys.settrace(trace)
        publish(found, folder)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(made, 0)[1])


def public(folder: Path) -> dict[str, bytes]:
    """What readers get."""
    hidden = (LIST, STAGE)
    return {name: content for name, content in files(folder).items() if not name.startswith(hidden)}


def look(root: Path, folder: Path, whole: dict[str, bytes], earlier: dict[str, bytes], outcome: Outcome) -> None:
    """No copy that was published is another one, every file is whole, and the next run finishes it."""
    found, where = public(folder), f"kill {outcome.killed}"
    outcome.before += found == earlier
    outcome.after += found == whole
    outcome.between += found not in (earlier, whole)
    for name, content in earlier.items():
        if name.startswith("editions/") and found.get(name) != content:
            outcome.failures.append(f"{where}: {name} is not as it was published")
    for name, content in found.items():
        if content not in (earlier.get(name), whole.get(name)):
            outcome.failures.append(f"{where}: {name} is neither the old nor the new one")
    for page in ("editions.atom", "book/editions.html"):
        if b"edition-2.zip" in found.get(page, b"") and "editions/edition-2.zip" not in found:
            outcome.failures.append(f"{where}: {page} links to a copy that is not there")
    try:
        publish(read_site(root / "second"), folder)
    except Exception as error:  # the outcome is what is tested
        outcome.failures.append(f"{where}: {type(error).__name__}: {error}")
    if files(folder) != {**whole, LIST: files(root / "whole")[LIST]}:
        outcome.failures.append(f"{where}: the next run does not finish it")


def at_lines(root: Path, step: int, *, first: bool) -> Outcome:
    """Publish the second edition after the first one, or into an empty folder, and kill it at lines a step apart."""
    write_site(root / "second", 2, pages=("book/new.html",))
    write_site(root / "first", 1, pages=("book/old.html", "gone/old.html"))
    before = root / "before"
    before.mkdir(parents=True)
    if not first:
        publish(read_site(root / "first"), before)
    shutil.copytree(before, root / "whole")
    publish(read_site(root / "second"), root / "whole")
    whole, earlier = public(root / "whole"), public(before)
    outcome = Outcome()
    for point in count(1, step):
        folder = root / "published"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        if not stopped_at(point, root / "second", folder):
            return outcome
        outcome.killed += 1
        look(root, folder, whole, earlier, outcome)
    raise AssertionError


if __name__ == "__main__":
    base, apart = Path(sys.argv[1]), int(sys.argv[2])
    over, empty = at_lines(base / "over", apart, first=False), at_lines(base / "empty", apart, first=True)
    print(json.dumps([asdict(over), asdict(empty)]))
