"""Stop updates at every line of the writing, or at random times, and look at what is left.

It is a program of its own, so that it may fork without threads. It prints a JSON object.

``python -m tests.feed.kills FOLDER``
    updates a small book; a child is killed at the first line that ``commit`` runs, another at the second, and so on
    until one gets through.
``python -m tests.feed.kills FOLDER small | command KILLS SEED``
    kills so many children after a random time, half of them once they have begun to write. ``command`` is the command
    ``update`` on the real book, from one recorded release of the feed to the next: twice on one date, and once more
    with a date in the future.
"""

from __future__ import annotations

import io
import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from scripts.prices import main
from tests.feed.books import RECORDED, Shelf, feed, first_edition, quote, step
from tests.worlds import day

from costbook import writing
from costbook.feed.commit import clear, commit
from costbook.feed.plan import Update

ANSWERS = {
    ("maker", "five"): quote(step("3", "10", "0.2")),
    ("maker", "soon"): quote(step("2", "12"), step("4", "20", start="2026-12-01"), model="soon"),
    ("host", "typed"): quote(step("1.5", "2"), model="typed"),
}
WRITER = writing.__file__


@dataclass
class Outcome:
    """How many children were killed, and what they left: the book as before, some of its files new, or the update."""

    killed: int = 0
    untouched: int = 0
    half: int = 0
    done: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A book that nothing has happened to, and the updates of it that are stopped, each with its day."""

    before: Shelf
    updates: tuple[tuple[date, Callable[[Shelf], object]], ...]

    def update(self, shelf: Shelf) -> None:
        """Make every update that is not of a day before the edition's, as somebody who begins again does."""
        for as_of, update in self.updates:
            if as_of >= shelf.book.edition.as_of:
                update(shelf)

    def between(self, root: Path) -> list[Shelf]:
        """The book before, and after each of the updates."""
        found = [self.before]
        for number, (_, update) in enumerate(self.updates):
            shutil.copytree(found[-1].root, root / f"{number}")
            found.append(Shelf(root / f"{number}"))
            update(found[-1])
        return found

    def fresh(self, root: Path) -> Shelf:
        """A copy of the book before."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.before.root, root)
        return Shelf(root)


def small(root: Path) -> Case:
    """A small book, two of whose files and the edition change."""

    def update(shelf: Shelf) -> None:
        on = day("2026-11-30")
        plan = Update(feed(ANSWERS), on, on, allowed=frozenset(["typed"])).plan(shelf.book)
        clear(shelf.root)
        commit(shelf.root, plan.texts)

    return Case(Shelf(root).write(), ((day("2026-11-30"), update),))


def command(root: Path) -> Case:
    """The real prices as the old release of the feed had them, and the command that brings them up to the new one."""

    def run(release: str, as_of: str, *allowed: str) -> Callable[[Shelf], object]:
        allow = [text for model in allowed for text in ("--allow", model)]
        options = ["--feed", str(RECORDED / f"{release}.json"), "--as-of", as_of, *allow]

        def update(shelf: Shelf) -> None:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                main(["update", "--book", str(shelf.root), *options], standalone_mode=False)

        return update

    first_edition(root)
    run("0.1.4", "2026-11-22", "deepseek-v4-pro", "mistral-small-latest")(Shelf(root))
    days = ("2026-11-22", "2026-11-22", "2099-01-01")
    return Case(Shelf(root), tuple((day(on), run("0.2.3", on, "deepseek-v4-pro")) for on in days))


def child(work: Callable[[], None]) -> int:
    """Run some work in another process; its id."""
    made = os.fork()
    if made == 0:
        try:
            work()
        finally:
            os._exit(0)
    return made


def was_killed(made: int) -> bool:
    """Wait for a child; whether it was killed."""
    return os.WIFSIGNALED(os.waitpid(made, 0)[1])


def look(shelf: Shelf, outcome: Outcome, where: str, case: Case, known: list[Shelf]) -> None:
    """What stopped updates left, and whether the next ones finish them; ``known`` is the book before and after each.

    A book some of whose files are new reads as it did before the update.
    """
    try:
        files = {name: text for name, text in shelf.texts.items() if not name.endswith(".new")}
        outcome.untouched += files == known[0].texts
        outcome.done += files == known[-1].texts
        if files not in [one.texts for one in known]:
            outcome.half += 1
            read = [one.book for one in (shelf, *known)]
            if (read[0].edition, read[0].models) not in [(one.edition, one.models) for one in read[1:]]:
                outcome.failures.append(f"{where}: the book is neither as before nor as after")
        case.update(shelf)
        if shelf.texts != known[-1].texts:
            outcome.failures.append(f"{where}: the next run does not finish it")
    except Exception as error:  # the outcome is what is tested
        outcome.failures.append(f"{where}: {type(error).__name__}: {error}")


def at_every_line(root: Path) -> Outcome:
    """Kill at the first line of the writing, at the second, …"""
    case = small(root / "before")
    known = case.between(root)
    outcome = Outcome()
    for point in count(1):
        shelf = case.fresh(root / "book")

        def stopped(at: int = point, book: Shelf = shelf) -> None:
            lines = count(1)

            def trace(frame: FrameType, event: str, _argument: Any) -> Any:
                if frame.f_code.co_filename != WRITER:
                    return None
                if event == "line" and next(lines) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace

            sys.settrace(trace)
            case.update(book)

        if not was_killed(child(stopped)):
            return outcome
        outcome.killed += 1
        look(shelf, outcome, f"line {point}", case, known)
    raise AssertionError


def at_random(root: Path, what: Callable[[Path], Case], kills: int, seed: int) -> Outcome:
    """Kill after random times."""
    case = what(root / "before")
    started = time.monotonic()
    known = case.between(root)
    whole = time.monotonic() - started
    draw, outcome = random.Random(seed), Outcome()
    while outcome.killed < kills:
        shelf, (reader, writer) = case.fresh(root / "book"), os.pipe()

        def work(book: Shelf = shelf, pipe: int = writer) -> None:
            stage = writing._stage

            def told(file: Path, new: Path, content: bytes) -> None:
                os.write(pipe, b".")
                stage(file, new, content)

            writing._stage = told
            case.update(book)

        made = child(work)
        if draw.random() < 1 / 2:
            select.select([reader], [], [], 5)
            time.sleep(draw.uniform(0, whole / 4))
        else:
            time.sleep(draw.uniform(0, whole * 1.2))
        os.kill(made, signal.SIGKILL)
        os.close(reader)
        os.close(writer)
        if was_killed(made):
            outcome.killed += 1
            look(shelf, outcome, f"kill {outcome.killed}", case, known)
    return outcome


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    cases = {"small": small, "command": command}
    chosen = sys.argv[2:]
    found = at_random(folder, cases[chosen[0]], *map(int, chosen[1:])) if chosen else at_every_line(folder)
    print(json.dumps(asdict(found)))
