"""Whatever an author's text says, it stays text: in the form, in other variants, in feedback and in the exported file.

The pages here have no content security policy, which would hide what escaping let through.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.quiz_pages import PAGE, changed

from costbook.sphinx_ext.quizzes import Form

from .gates.browser import window
from .gates.model import LAPTOP, View
from .payloads import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from costbook.quizzes.page import QuizPage

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[2] / "exts/costbook/static"
ALARM = """
window.ran = [];
for (const name of ['alert', 'confirm']) window[name] = () => window.ran.push(name);
HTMLElement.prototype.focus = () => {}; // each would lay out the whole page
"""
FOREIGN = "script, img, svg, iframe, object, embed, style, base, meta, link, video, audio, form form"
# Every control is used; whatever comes out of folds, feedback and other variants is put on the page.
USE = """
for (const form of document.querySelectorAll('form.cb-quiz')) {
  for (let round = 0; round < 3; round++) {
    for (const item of form.querySelectorAll('.cb-item')) {
      for (const box of item.querySelectorAll('.cb-work input:not([type=text]), .cb-criterion input')) box.click();
      for (const text of item.querySelectorAll('.cb-work [type=text], textarea')) text.value = '7';
      item.querySelectorAll('select').forEach((select, place) => { select.selectedIndex = place + 1 });
      for (const fold of item.querySelectorAll('details')) fold.open = true;
      const [check, again] = item.querySelectorAll('.cb-do .cb-button');
      check.click();
      for (const box of item.querySelectorAll('.cb-work input')) box.click();
      for (const text of item.querySelectorAll('.cb-work [type=text]')) text.value = '8';
      item.querySelectorAll('select').forEach((select, place, all) => { select.selectedIndex = all.length - place });
      check.click();
      if (round < 2) again.click();
    }
  }
}
"""


class Skeleton(HTMLParser):
    """Tags and names of attributes, without any value or text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(sorted(name for name, _ in attrs))))


def form_of(page: QuizPage) -> Form:
    """The form of a page; formulas have a test of their own."""
    return Form(page, lambda _latex: "<math><mi>x</mi></math>")


def variants(form: Form) -> str:
    """The markup in the script of variants."""
    _, _, data = form.script().partition("] = ")
    return "".join(html for slot in json.loads(data.removesuffix(";\n"))[1] for html in slot)


def hostile(payload: str, number: int = 0) -> Form:
    """The quiz with the payload in every text."""
    page = changed(PAGE, lambda _text: payload)
    return form_of(replace(page, quiz=replace(page.quiz, id=f"hostile-{number}")))


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_survives_as_markup(payload: str) -> None:
    sound, spoilt = form_of(PAGE), hostile(payload)
    assert Skeleton(spoilt.html()).found == Skeleton(sound.html()).found
    assert Skeleton(variants(spoilt)).found == Skeleton(variants(sound)).found


def test_what_survives_is_found() -> None:
    markup = form_of(PAGE).html()
    for spoilt in (markup.replace("A summariser", "<b>A summariser</b>"), markup.replace("<p ", "<p onclick='1' ", 1)):
        assert Skeleton(spoilt).found != Skeleton(markup).found


def played(browser: Browser, folder: Path, forms: list[Form]) -> dict[str, object]:
    """Put forms on a page, use every control of each, and give what ran and what foreign elements there are."""
    scripts = []
    for number, form in enumerate(forms):
        (folder / f"variants-{number}.js").write_text(form.script(), encoding="utf-8")
        scripts.append(f'<script src="variants-{number}.js" defer></script>')
    (folder / "quiz.js").write_bytes((STATIC / "quiz.js").read_bytes())
    (folder / "index.html").write_text(
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>t</title><script>{ALARM}</script>"
        f"{''.join(scripts)}<script src='quiz.js' defer></script>{''.join(form.html() for form in forms)}</html>",
        encoding="utf-8",
    )
    with window(browser, View("light", LAPTOP)) as page:
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((folder / "index.html").as_uri())
        page.evaluate(USE)
        page.wait_for_timeout(200)
        found: dict[str, object] = page.evaluate(
            """(foreign) => {
              const inside = Array.from(document.querySelectorAll('form.cb-quiz, form.cb-quiz *'));
              const handlers = (one) => one.getAttributeNames().some((name) => name.startsWith('on'));
              const scripted = (one) => /^\\s*(javascript|data|vbscript):/i.test(one.getAttribute('href') || '');
              return {
                ran: window.ran,
                title: document.title,
                items: document.querySelectorAll('.cb-item .cb-says > *').length,
                foreign: inside.filter((one) => one.matches(foreign)).length,
                handlers: inside.filter(handlers).length,
                scripted: inside.filter(scripted).length,
              };
            }""",
            FOREIGN,
        )
    return {**found, "errors": wrong}


def test_no_payload_runs(browser: Browser, tmp_path: Path) -> None:
    forms = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
    found = played(browser, tmp_path, forms)
    says = found.pop("items")
    assert isinstance(says, int)
    assert says >= 7 * len(forms)  # each question of each form has said something
    assert found == {"ran": [], "title": "t", "foreign": 0, "handlers": 0, "scripted": 0, "errors": []}


def test_what_runs_is_found(browser: Browser, tmp_path: Path) -> None:
    """The alarm rings where a form does not escape."""

    class Open(Form):
        def html(self, tag: str = "form") -> str:
            return super().html(tag).replace("What makes", "<img src=x onerror=alert(1)>")

    found = played(browser, tmp_path, [Open(PAGE, str)])
    assert (found["foreign"], found["handlers"]) == (1, 1)
    assert "alert" in str(found["ran"])
