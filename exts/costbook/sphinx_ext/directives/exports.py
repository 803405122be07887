"""``export-losses``: what each target of a bank, and paper, keeps and loses, feature by feature."""

from __future__ import annotations

from docutils import nodes

from costbook.export import paper
from costbook.export.losses import Fate, Fates, Feature
from costbook.export.targets import TARGETS
from costbook.names import look_up
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.tables import Cell, table, words


class ExportLosses(CostDirective):
    """Every feature by row: how much each target keeps, or what becomes of it in the one that is named.

    It asks the world nothing: what a target does with a bank depends on no price.
    """

    required_arguments = 0
    optional_arguments = 1

    def made(self) -> list[nodes.Node]:
        if self.arguments:
            title, fates = look_up(_targets(), self.arguments[0], "target")
            head = [words("What a bank may have"), words("What becomes of it")]
            rows = [[words(_name(feature)), _told(fates[feature])] for feature in Feature]
            return [table(f"What {title} keeps of a bank", head, rows, "cb-losses")]
        targets = _targets().values()
        head = [words("What a bank may have"), *(words(title) for title, _ in targets)]
        rows = [
            [words(_name(feature)), *(words(fates[feature].keep.value) for _, fates in targets)] for feature in Feature
        ]
        return [table("What each target keeps of a bank", head, rows, "cb-losses", "cb-compared")]


def _targets() -> dict[str, tuple[str, Fates]]:
    """The title of each target and of paper, and what becomes of a bank there, by name."""
    return {**{one.name: (one.title, one.fates) for one in TARGETS.values()}, "paper": ("Paper", paper.FATES)}


def _told(fate: Fate) -> Cell:
    return Cell([nodes.strong("", fate.keep.value.capitalize()), nodes.Text(f": {fate.how}")])


def _name(feature: Feature) -> str:
    return feature.value.capitalize()
