"""The targets that banks are written for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from costbook.export.bank import Bank
from costbook.export.losses import Fates


@dataclass(frozen=True)
class Target:
    """A format of banks: its name on the command line, its title, what reads it, and what it keeps and loses.

    ``write`` gives files by their names; the same bank gives the same bytes.
    """

    name: str
    title: str
    reads: str
    fates: Fates
    write: Callable[[Bank], Mapping[str, bytes]]


TARGETS: dict[str, Target] = {}
"""Every target, by its name."""
