"""The targets that banks are written for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from costbook.export import canvas, cartridge, csv_table, gift, moodle, qti3
from costbook.export.bank import Bank
from costbook.export.losses import Fates


@dataclass(frozen=True)
class Target:
    """A format of banks: its name on the command line, its title, and what it keeps and loses.

    ``write`` gives files by their names; the same bank gives the same bytes. ``cautions`` has a line for each question
    of a bank that it may grade otherwise than the site.
    """

    name: str
    title: str
    fates: Fates
    write: Callable[[Bank], Mapping[str, bytes]]
    cautions: Callable[[Bank], tuple[str, ...]] = lambda _: ()


TARGETS = {
    one.name: one
    for one in (
        Target("moodle", "Moodle XML", moodle.FATES, moodle.write, moodle.cautions),
        Target(
            "canvas",
            "Canvas zip (QTI 1.2)",
            canvas.FATES,
            canvas.write,
            canvas.cautions,
        ),
        Target("gift", "GIFT", gift.FATES, gift.write, moodle.cautions),
        Target("cartridge", "Common Cartridge 1.1", cartridge.FATES, cartridge.write),
        Target("qti3", "QTI 3.0", qti3.FATES, qti3.write),
        Target("csv", "CSV", csv_table.FATES, csv_table.write),
    )
}
"""Every target, by its name."""
