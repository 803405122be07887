"""The menus on a phone, and the navigation tree on every screen, by keyboard.

Defect: Furo's drawers and the branches of its tree are opened by labels of hidden checkboxes, which no key can
reach; and the links in a closed drawer take the focus, off the screen. (https://github.com/pradyunsg/furo/pull/660)

Here each label becomes a button that says whether its drawer is open. An open drawer has a button to close it,
Escape closes it, and the focus goes in and comes back; what it covers is inert. A closed drawer is hidden, and the
switches of the tree are unseen but there. All but the buttons works without scripts.

Remove when: Furo's page has buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from furo_fixes.assets import add_static_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    add_static_files(app, "furo-fixes-menu.css", "furo-fixes-menu.js")
