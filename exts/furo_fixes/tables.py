"""One element an id, for tables and formulas.

Defect: Furo wraps each table and each displayed formula in a container, and copies all attributes to it: where a
table has a caption or a name, its id stands on the page twice.

Remove when: Furo's `WrapTableAndMathInAContainerTransform` leaves the ids where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

WRAPPERS = frozenset({"table-wrapper", "math-wrapper"})


class KeepIdsInside(SphinxPostTransform):
    """Take from the wrapper what it copied from the element it wraps."""

    formats = ("html",)
    default_priority = 510  # Furo wraps at 500

    def run(self, **_kwargs: Any) -> None:
        for wrapper in self.document.findall(nodes.container):
            if WRAPPERS.isdisjoint(wrapper["classes"]):
                continue
            for wrapped in wrapper.children:
                if isinstance(wrapped, nodes.Element):
                    wrapper["ids"] = [name for name in wrapper["ids"] if name not in wrapped["ids"]]


def setup(app: Sphinx) -> None:
    app.add_post_transform(KeepIdsInside)
