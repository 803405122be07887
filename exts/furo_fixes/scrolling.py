"""Wide tables, formulas and code that scroll by keyboard.

Defect: on a narrow screen these scroll sideways, and not every browser gives what scrolls the focus, so that the
end of a row cannot be read without a pointer (axe: scrollable-region-focusable).

A script gives the focus, a role and a name to what really scrolls, and takes them away when the window is wide
enough.

Remove when: Furo's wrappers do so, or all browsers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from furo_fixes.assets import add_static_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    add_static_files(app, "furo-fixes-scrolling.js")
