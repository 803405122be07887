"""What a reader is offered on every page: progress kept on the device, definitions of terms, and help with keys."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.sphinx_ext.sample_quiz import look, sample_book

from .gates.axe import violations
from .gates.browser import window
from .gates.model import LAPTOP, PHONE, View
from .gates.site import Site
from .gates.visit import visiting
from .quiz_learner import QUIZ, RIGHT, WRONG, Learner
from .support import EVERY_VIEW, passes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
CHAPTER, PROGRESS = "book/01-the-life-of-a-token.html", "book/your-progress.html"
CHECK = "assessments/quizzes/the-life-of-a-token-check.html"
ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "exts/costbook/static"
CHAPTERS = len([*ROOT.glob("book/[0-9][0-9]-*.md")])
QUIZZES = len([*ROOT.glob("assessments/quizzes/*.yaml")])
EVERYTHING = "Object.keys(localStorage).sort()"
KEPT = {"costbook-read": '{"the-life-of-a-token":"2026-11-23"}', "costbook-model": "gpt-4o"}


@contextmanager
def reading(browser: Browser, site: Site, name: str, width: int = LAPTOP) -> Iterator[Page]:
    """A reader who has never been there, on a page."""
    with window(browser, View("light", width)) as page:
        page.goto(site.url(name))
        yield page


def keep(page: Page, entries: dict[str, str]) -> None:
    """Put entries into the browser's storage, and open the page anew."""
    page.evaluate(
        "entries => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text))", entries
    )
    page.reload()


def in_sidebar(page: Page, title: str) -> Locator:
    """A link of the navigation, by what it begins with."""
    return page.locator(".sidebar-tree a").filter(has_text=re.compile(rf"^{title}")).first


# ---------------------------------------------------------------- progress


def test_a_chapter_is_marked_as_read_and_as_unread(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        button, entry = page.locator(".cb-mark button"), in_sidebar(page, "The life of a token")
        expect(button).to_have_text("Mark as read")
        assert entry.inner_text() == "The life of a token"
        assert page.evaluate(EVERYTHING) == []
        button.click()
        expect(button).to_have_text("Mark as unread")
        expect(page.locator(".cb-mark [role=status]")).to_have_text("Read. Kept on this device alone.")
        # A sign for those who see it, a word for those who hear it.
        expect(entry).to_have_text("The life of a token ✓, read")
        page.reload()
        expect(button).to_have_text("Mark as unread")
        expect(entry).to_have_text("The life of a token ✓, read")
        kept = json.loads(page.evaluate("localStorage.getItem('costbook-read')"))
        assert set(kept) == {"the-life-of-a-token"}
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", kept["the-life-of-a-token"])
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_text("Mark as read")
        expect(entry).to_have_text("The life of a token")
        assert page.evaluate("localStorage.getItem('costbook-read')") == "{}"


def test_the_button_stands_where_the_text_ends(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        assert page.locator(".cb-mark + section[id$=-working]").count() == 1
    with reading(browser, site, PROGRESS) as page:
        assert page.locator(".cb-mark").count() == 0


def test_a_quiz_is_done_when_every_question_was_checked(browser: Browser, sample: Site) -> None:
    """The sample has six questions that count and a seventh that is committed."""
    with window(browser, View("light", LAPTOP)) as page:
        page.goto(sample.url(QUIZ))
        learner, entry = Learner(page), page.locator(".sidebar-tree .current-page > a")
        for number, answer in RIGHT.items():
            expect(entry.locator(".cb-done")).to_have_count(0)
            learner.check(number, WRONG[number] if number == 1 else answer)
        expect(entry.locator(".cb-done")).to_have_count(0)
        page.locator(".cb-item textarea").fill("Words of mine, as many as it takes. " * 12)
        page.get_by_role("button", name="Commit my answer").click()
        expect(entry.locator(".cb-done")).to_have_text("✓, done")


def test_storage_that_is_spoilt_counts_as_nothing(browser: Browser, site: Site) -> None:
    quiz = "costbook-quiz/the-life-of-a-token-check/abc"
    for text in ("", "null", "no JSON", "[]", "{}", '{"1":null}', "7"):
        with visiting(browser, site, CHAPTER, View("light", LAPTOP)) as (page, record):
            keep(page, {"costbook-read": text, quiz: text})
            expect(page.locator(".cb-mark button")).to_have_text("Mark as read")
            expect(page.locator(".cb-done")).to_have_count(0)
        assert record.errors == []


def test_the_first_page_counts_what_exists(browser: Browser, site: Site) -> None:
    with reading(browser, site, "index.html") as page:
        line = page.locator(".cb-summary")
        expect(line).to_be_hidden()
        keep(page, KEPT)
        expect(line).to_have_text(f"On this device: 1 of {CHAPTERS} chapters read. Your progress")
        keep(page, {"costbook-quiz/bill-autopsy/1": '{"1":{"score":[0,1]},"2":{"committed":true}}'})
        counts = f"1 of {CHAPTERS} chapters read, 1 of {QUIZZES} quizzes done"
        expect(line).to_have_text(f"On this device: {counts}. Your progress")
        line.locator("a").click()
        assert page.url == site.url(PROGRESS)


def test_progress_is_saved_loaded_and_deleted(browser: Browser, site: Site, tmp_path: Path) -> None:
    with reading(browser, site, PROGRESS) as page:
        place, says = page.locator(".cb-your-progress"), page.locator(".cb-progress-says")
        expect(place).to_contain_text(f"0 of {CHAPTERS} chapters read.")
        expect(place).to_contain_text("Nothing is kept.")
        keep(page, {**KEPT, "theme": "dark", "of-another-site": "x"})
        expect(place).to_contain_text("The life of a token: read on 2026-11-23")
        expect(place).to_contain_text("Kept under: costbook-model, costbook-read.")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        assert json.loads(saved.read_text()) == {"format": "costbook reading 1", "kept": KEPT}

        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Delete everything").click()
        expect(says).to_have_text("Deleted.")
        expect(place).to_contain_text("The life of a token: not read")
        assert page.evaluate(EVERYTHING) == ["of-another-site"]
        page.locator("input[type=file]").set_input_files(saved)
        expect(says).to_have_text("Loaded: 2 entries.")
        expect(in_sidebar(page, "The life of a token")).to_have_text("The life of a token ✓, read")
        assert page.evaluate(EVERYTHING) == ["costbook-model", "costbook-read", "of-another-site"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        '{"format": "costbook reading 2", "kept": {}}',
        '{"format": "costbook reading 1"}',
        '{"format": "costbook reading 1", "kept": {"costbook-read": "{}", "theme": "dark"}}',
        '{"format": "costbook reading 1", "kept": {"costbook-read": 7}}',
        '{"format": "costbook reading 1", "kept": {"costbook-read": "' + "x" * 2_000_000 + '"}}',
    ],
    ids=["empty", "text", "other format", "nothing kept", "foreign key", "number", "large"],
)
def test_a_file_of_another_kind_changes_nothing(browser: Browser, site: Site, tmp_path: Path, text: str) -> None:
    (tmp_path / "file.json").write_text(text)
    with reading(browser, site, PROGRESS) as page:
        keep(page, KEPT)
        page.locator("input[type=file]").set_input_files(tmp_path / "file.json")
        expect(page.locator(".cb-progress-says")).to_have_text(
            "file.json was not saved from this page. Nothing was changed."
        )
        assert page.evaluate("({...localStorage})") == KEPT


def test_deleting_asks_first(browser: Browser, site: Site) -> None:
    with reading(browser, site, PROGRESS) as page:
        keep(page, KEPT)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="Delete everything").click()
        assert page.evaluate("({...localStorage})") == KEPT


def test_every_entry_is_named_on_the_page_about_privacy(site: Site) -> None:
    told = (site.root / "book/privacy.html").read_text(encoding="utf-8")
    names = {
        name
        for path in STATIC.rglob("*.js")
        if "localStorage" in (text := path.read_text(encoding="utf-8")) or "keep(" in text
        for name in re.findall(r'(?m)^ *const [A-Z]+ = "(costbook-[a-z]+)', text)
    }
    assert {"costbook-read", "costbook-keys", "costbook-quiz", "costbook-model"} <= names
    assert {name for name in names if f">{name}" not in told} == set()


def test_without_storage_nothing_breaks(browser: Browser, site: Site) -> None:
    with visiting(browser, site, "book/glossary.html", View("light", LAPTOP)) as (page, record):
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
        page.goto(site.url(CHAPTER))
        page.locator(".cb-mark button").click()
        expect(page.locator(".cb-mark [role=status]")).to_have_text("This browser keeps nothing.")
        expect(page.locator(".cb-mark button")).to_have_text("Mark as read")
    # The theme's own line, which every page of it has, does break.
    assert [error for error in record.errors if "reading.js" in error] == []


# ---------------------------------------------------------------- terms

DEFINITION = "The fixed list of pieces a tokenizer knows. That of o200k_base has 200,019 entries."


def term(page: Page) -> Locator:
    """A term's link in the text of chapter 1."""
    return page.locator("a[href$='#term-vocabulary']").first


def test_a_definition_opens_under_the_pointer_and_stays_there(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        panel = page.locator("[role=tooltip]")
        term(page).hover()
        expect(panel).to_have_text(DEFINITION)
        assert term(page).get_attribute("aria-describedby") == "cb-term"
        panel.hover()
        page.wait_for_timeout(400)
        expect(panel).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)
        assert term(page).get_attribute("aria-describedby") is None
        term(page).hover()
        expect(panel).to_be_visible()
        page.mouse.move(5, 5)
        expect(panel).to_have_count(0)


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_a_definition_opens_with_the_focus_inside_the_window(browser: Browser, site: Site, width: int) -> None:
    with reading(browser, site, CHAPTER, width) as page:
        panel = page.locator("[role=tooltip]")
        for link in page.locator("article a:has(> .std-term)").all()[:12]:
            # As by Tab: a focus that a pointer gives opens nothing.
            page.keyboard.press("Shift")
            link.focus()
            expect(panel).to_be_visible()
            box, edge = panel.bounding_box(), page.evaluate("document.documentElement.clientWidth")
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= edge
            assert page.evaluate("document.documentElement.scrollWidth") == edge
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)


def test_a_tap_follows_the_link(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 720}, has_touch=True, offline=True)
    try:
        page = context.new_page()
        page.goto(site.url(CHAPTER))
        term(page).tap()
        page.wait_for_url("**/glossary.html#term-vocabulary")
    finally:
        context.close()


def test_every_term_has_a_definition(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        term(page).hover()
        expect(page.locator("[role=tooltip]")).to_be_visible()
        ids = page.evaluate(
            "[...document.querySelectorAll('a:has(> .std-term)')].map(link => link.hash.slice(1))"
            ".filter(id => !costbook.terms[id])"
        )
        assert ids == []


def test_definitions_come_when_they_are_wanted(browser: Browser, site: Site) -> None:
    with visiting(browser, site, CHAPTER, View("light", LAPTOP)) as (page, record):
        record.settle(page)
        lazy = ("costbook-terms.js", "terms.js", "keys.js")
        assert not [url for url in record.requests if url.endswith(lazy)]
        term(page).hover()
        expect(page.locator("[role=tooltip]")).to_be_visible()
    assert len([url for url in record.requests if url.endswith(lazy)]) == 2
    assert (record.errors, record.violations) == ([], [])


# ---------------------------------------------------------------- keys


def test_the_list_of_keys(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        dialog = page.locator("dialog")
        page.keyboard.press("?")
        expect(dialog).to_be_visible()
        for key in ("Tab", "Enter", "Space", "Esc", "/", "?"):
            expect(dialog.locator("kbd", has_text=re.compile(rf"^{re.escape(key)}$")).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        button = page.get_by_role("button", name="Keyboard", exact=True)
        button.click()
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()


def test_who_types_opens_no_window(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        page.keyboard.press("/")
        field = page.locator("input[name=q]")
        expect(field).to_be_focused()
        page.keyboard.type("why? and/or")
        expect(field).to_have_value("why? and/or")
        assert page.locator("dialog").count() == 0


def test_keys_of_one_character_are_switched_off(browser: Browser, site: Site) -> None:
    with reading(browser, site, CHAPTER) as page:
        page.keyboard.press("?")
        page.get_by_role("checkbox", name="Use the keys / and ?").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("?")
        page.keyboard.press("/")
        page.wait_for_timeout(200)
        assert page.locator("dialog").count() == 0
        expect(page.locator("input[name=q]")).not_to_be_focused()
        page.get_by_role("button", name="Keyboard", exact=True).click()
        page.get_by_role("checkbox", name="Use the keys / and ?").check()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("?")
        expect(page.locator("dialog")).to_be_visible()


# ---------------------------------------------------------------- mistakes


def test_the_report_of_a_question_names_it(browser: Browser, tmp_path: Path) -> None:
    """Also after another variant has taken the place of the first."""
    repository = "https://github.com/example/book"
    built = sample_book(tmp_path).build(overrides={**look(), "costbook_repository": repository})
    with reading(browser, Site(built.out), QUIZ) as page:
        learner = Learner(page)
        for press in (None, "Another one like it"):
            if press:
                learner.check(3, RIGHT[3])
                learner.press(3, press)
            box = learner.question(3).locator(".cb-report")
            box.locator("summary").click()
            link = box.get_by_role("link", name="Report it")
            expect(link).to_have_count(1)
            address = urlsplit(link.get_attribute("href") or "")
            assert f"{address.scheme}://{address.netloc}{address.path}" == f"{repository}/issues/new"
            (body,) = parse_qs(address.query)["body"]
            assert "Page: assessments/quizzes/sample-practice\n" in body
            assert body.endswith(f"\nQuestion: {box.locator('.cb-name').inner_text()}\n")
            passes(violations(page, QUIZ, View("light", LAPTOP), ".cb-quiz"))


def test_without_a_repository_a_question_offers_no_report(browser: Browser, sample: Site) -> None:
    with reading(browser, sample, QUIZ) as page:
        box = page.locator(".cb-report").first
        box.locator("summary").click()
        expect(box.locator(".cb-name")).to_be_visible()
        assert box.locator("a").count() == 0


# ---------------------------------------------------------------- seen


@EVERY_VIEW
def test_what_opens_is_accessible(browser: Browser, site: Site, view: View) -> None:
    with window(browser, view) as page:
        page.goto(site.url(CHAPTER))
        page.locator(".cb-mark button").click()
        page.keyboard.press("Shift")
        term(page).focus()
        expect(page.locator("[role=tooltip]")).to_be_visible()
        passes(violations(page, CHAPTER, view))
        page.keyboard.press("?")
        expect(page.locator("dialog")).to_be_visible()
        passes(violations(page, CHAPTER, view))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(site.url(PROGRESS))
        passes(violations(page, PROGRESS, view))
        page.goto(site.url("index.html"))
        expect(page.locator(".cb-summary")).to_be_visible()
        passes(violations(page, "index.html", view))
