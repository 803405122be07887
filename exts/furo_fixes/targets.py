"""Targets of at least 24 by 24 pixels, and a focus that is seen.

Defect: the icon that changes the colours is 20 pixels wide, the links of "On this page" stand 22 pixels apart (WCAG
2.2 AA asks for 24); the search field shows its focus by a change of its background alone; the skip link takes a
third of a second to appear. A focused link may lie under the fixed header; form controls keep the colours of the
system when the reader chose others; code is cut off in print; the page glides to what takes the focus, also for
readers who asked for less movement; the unseen mark of a heading may stand on a line of its own.

Remove when: Furo's styles do so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from furo_fixes.assets import add_static_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    add_static_files(app, "furo-fixes-targets.css")
