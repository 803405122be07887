"""What a narrow window hides behind a menu button, the keyboard opens, uses and closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.menus import menus
from .gates.model import PHONE, VIEWS, View
from .support import EVERY_VIEW, passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", PHONE)

BODY = """<button id="menu" aria-expanded="false">Menu</button>
<nav class="sidebar-drawer" inert><a href="#start">A chapter</a></nav>"""
CSS = """.sidebar-drawer { position: fixed; left: -300px; width: 200px; transition: left 0.2s }
.sidebar-drawer.open { left: 0 }"""
SCRIPT = """
const menu = document.getElementById('menu'), drawer = document.querySelector('.sidebar-drawer');
const show = (open) => {
  drawer.classList.toggle('open', open);
  drawer.inert = !open;
  menu.setAttribute('aria-expanded', open);
};
menu.addEventListener('click', () => show(drawer.inert));
addEventListener('keydown', (event) => { if (event.key === 'Escape' && !drawer.inert) { show(false); menu.focus(); } });
"""


# The template makes the menus, so that those of one page of each kind stand for all.
@EVERY_VIEW
def test_book(browser: Browser, site: Site, view: View) -> None:
    passes(menus(browser, site.specimens, view))


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_page(browser: Browser, site: Site, view: View) -> None:
    passes(menus(browser, site, view))


def test_sound_menu_passes(browser: Browser, plant: Planter) -> None:
    passes(menus(browser, plant(BODY, CSS, SCRIPT), VIEW))


def test_page_without_a_closed_drawer_passes(browser: Browser, plant: Planter) -> None:
    passes(menus(browser, plant(BODY), VIEW))


@pytest.mark.parametrize(
    ("sound", "spoiled", "rule"),
    [
        ("<button", "<button tabindex=-1", "menu-no-control"),
        ("'click'", "'dblclick'", "menu-no-control"),
        (' aria-expanded="false"', "", "menu-no-control"),
        ("('aria-expanded', open)", "('aria-expanded', false)", "menu-state"),
        ("drawer.inert = !open;", "", "menu-order"),
        ('aria-expanded="false"', 'aria-expanded="false" aria-controls="start"', "menu-no-control"),
        ("'Escape'", "'F9'", "menu-escape"),
        ("menu.focus()", "menu.blur()", "menu-focus"),
    ],
)
def test_broken_menu_is_found(browser: Browser, plant: Planter, sound: str, spoiled: str, rule: str) -> None:
    assert sound in BODY + SCRIPT
    site = plant(BODY.replace(sound, spoiled), CSS, SCRIPT.replace(sound, spoiled))
    (finding,) = menus(browser, site, VIEW)
    assert (finding.page, finding.rule, finding.selector) == ("index.html", rule, ".sidebar-drawer")


def test_violation_inside_a_drawer_is_found_when_it_is_open(browser: Browser, plant: Planter) -> None:
    hidden = ".sidebar-drawer { visibility: hidden; background: white } .sidebar-drawer.open { visibility: visible }"
    (finding,) = menus(browser, plant(BODY, f"{CSS} {hidden} nav a {{ color: #ccc }}", SCRIPT), VIEW)
    assert (finding.rule, finding.view) == ("axe color-contrast", VIEW)
