"""A reader without a mouse reaches everything, always sees the focus, and is never trapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.keyboard import keyboard
from .gates.model import PHONE, WIDTHS, View
from .support import passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", PHONE)
END = "<button>End</button>"


@pytest.mark.parametrize("width", WIDTHS)
def test_book(browser: Browser, site: Site, width: int) -> None:
    passes(keyboard(browser, site.specimens, View("light", width)))


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_at_every_width(browser: Browser, site: Site, width: int) -> None:
    passes(keyboard(browser, site, View("light", width)))


def test_sound_page_passes(browser: Browser, plant: Planter) -> None:
    body = """
      <p><button>One</button> <button disabled>Never</button> <input type="date" aria-label="Date"></p>
      <p>far down</p><details><summary>More</summary><a href="#start">Inside</a></details>
      <p><label><input type="radio" name="r"> A</label> <label><input type="radio" name="r"> B</label></p>
      <div hidden><a href="#start">Hidden</a></div><div inert><a href="#start">Inert</a></div>
      <a href="#start" tabindex="-1">Not a stop</a>
      <a href="#start"><svg width="200" height="1000"><rect width="200" height="1000"/></svg></a>
    """
    passes(keyboard(browser, plant(body, "p { margin-bottom: 900px }"), VIEW))


def test_stop_that_vanishes_with_its_focus_passes(browser: Browser, plant: Planter) -> None:
    script = """
      const stop = document.getElementById('stop');
      addEventListener('keydown', () => { stop.hidden ||= document.activeElement === stop }, true);
    """
    passes(keyboard(browser, plant(f'<button id="stop">Stop</button>{END}', script=script), VIEW))


def test_stop_that_comes_up_during_the_walk_need_not_be_reached(browser: Browser, plant: Planter) -> None:
    script = """
      const [start, late] = document.querySelectorAll('a, button');
      const back = (event) => event.shiftKey && document.activeElement === start;
      addEventListener('keydown', (event) => { if (back(event)) late.hidden = false });
    """
    passes(keyboard(browser, plant(f"<button hidden>Late</button>{24 * END}", script=script), VIEW))


def test_page_without_a_stop_passes(browser: Browser, plant: Planter) -> None:
    plant.write("bare.html", "<p>Nothing here</p>")
    passes(keyboard(browser, plant(), VIEW))


@pytest.mark.parametrize(
    ("css", "rule", "message"),
    [
        ("#stop { position: fixed; left: -500px }", "focus-visible-on-screen", "off the screen, at -500,"),
        ("#stop { opacity: 0 }", "focus-visible-on-screen", "invisible"),
        ("#stop { position: absolute; width: 0; padding: 0; border: 0; overflow: hidden }",
         "focus-visible-on-screen", "invisible"),
        ("#lid { position: fixed; inset: 200px 0 0; background: white } #stop { margin-top: 300px }",
         "focus-visible-on-screen", "covered by #lid"),
        ("#stop { outline: none }", "focus-indicator", "looks the same"),
    ],
)  # fmt: skip
def test_stop_that_cannot_be_seen_is_found(browser: Browser, plant: Planter, css: str, rule: str, message: str) -> None:
    (finding,) = keyboard(browser, plant('<button id="stop">Stop</button><div id="lid"></div>', css), VIEW)
    assert (finding.page, finding.rule, finding.view) == ("index.html", rule, VIEW)
    assert finding.selector == '#stop "Stop"'
    assert message in finding.message


def test_stop_under_a_sticky_header_is_found_on_the_way_back(browser: Browser, plant: Planter) -> None:
    # Going back, the browser centres "After"; "Stop", 300 px above it, is inside the window then, but under the header.
    # So many buttons at the end that the walk there, in steps of 20 presses, overshoots to the start of the page.
    css = """
      header { position: fixed; inset: 0 0 auto; height: 200px; background: white }
      button { display: block; height: 50px } #stop { margin: 300px 0 250px } #after { margin-bottom: 3000px }
    """
    body = '<header></header><button id="stop">Stop</button><button id="after">After</button>' + 15 * END
    findings = {finding.selector: finding.message for finding in keyboard(browser, plant(body, css), VIEW)}
    assert findings['#stop "Stop"'] == "has the focus and is covered by main > header (Shift+Tab)"


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        ("stop.onkeydown = (event) => { if (event.key === 'Tab') event.preventDefault() }", "keyboard-trap"),
        ("after.onblur = () => stop.focus()", "keyboard-trap"),
        (
            "stop.onkeydown = (event) => { if (event.key === 'Tab' && event.shiftKey) event.preventDefault() }",
            "keyboard-trap",
        ),
        ("onkeydown = (event) => event.preventDefault()", "keyboard-unreachable"),
    ],
)
def test_trap_is_found(browser: Browser, plant: Planter, script: str, rule: str) -> None:
    script = f"const [stop, after] = document.querySelectorAll('button'); {script}"
    site = plant('<button id="stop">Stop</button><button id="after">After</button>', script=script)
    assert {finding.rule for finding in keyboard(browser, site, VIEW)} == {rule}


def test_stop_that_is_skipped_is_found(browser: Browser, plant: Planter) -> None:
    body = '<button id="before">Before</button><button id="skipped">Skipped</button><button id="after">After</button>'
    script = """
      const [before, skipped, after] = document.querySelectorAll('button');
      skipped.onfocus = (event) => (event.relatedTarget === before ? after : before).focus();
    """
    findings = keyboard(browser, plant(body, script=script), VIEW)
    assert [(finding.rule, finding.selector) for finding in findings] == [
        ("keyboard-unreachable", '#skipped "Skipped"')
    ]
