"""Banks that were exported from this machine and that a change makes stale."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from costbook.changes.report import Section
from costbook.export.bank import digests
from costbook.export.register import FILE, Aged, aged, read_register
from costbook.load import PRIVATE, load_private
from costbook.quizzes.resolve import Unresolvable, resolve
from costbook.world import World

REGISTER = f"{PRIVATE}/{FILE}"
"""What was exported from this machine."""
HEAD = ("Quiz", "Target", "Exported from", "Folder", "Questions", "Move", "Gone")


def stale_banks(book: Path, world: World) -> tuple[Aged, ...]:
    """What has become of every bank in the register of a book, where anything has.

    Raises:
        BadRegister: the register cannot be read.
        DataErrors: an educator's own quizzes have slips.
    """
    register = book / REGISTER
    if not register.is_file():
        return ()
    exports = read_register(register.read_text(encoding="utf-8"))
    quizzes = {**world.quizzes, **load_private(book, world)}
    now: dict[str, dict[str, str]] = {}
    for name in {one.quiz for one in exports}:
        try:
            now[name] = digests(resolve(quizzes[name], world)[0]) if name in quizzes else {}
        except Unresolvable:
            now[name] = {}  # the impact lists the items that lose their variants
    return tuple(found for one in exports if (found := aged(one, now[one.quiz])).stale)


def bank_sections(banks: Sequence[Aged]) -> tuple[Section, ...]:
    """The banks as a section of the report, where there are any."""
    if not banks:
        return ()
    rows = tuple(
        (
            one.exported.quiz,
            one.exported.target,
            f"edition {one.exported.edition}",
            one.exported.folder,
            str(len(one.exported.questions)),
            str(len(one.moved)),
            str(len(one.gone)),
        )
        for one in banks
    )
    return (Section("Exported banks to export and import again", len(banks), HEAD, rows),)


def banks_as_json(banks: Sequence[Aged]) -> list[dict[str, Any]]:
    """The banks as plain data, with the stable ids of the questions that move."""
    return [
        {
            "quiz": one.exported.quiz,
            "target": one.exported.target,
            "folder": one.exported.folder,
            "edition": one.exported.edition,
            "moved": list(one.moved),
            "gone": list(one.gone),
        }
        for one in banks
    ]
