"""Style sheets are served without comments and white space, and say the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.furo_fixes.books import Book, Built

SHEETS = sorted((Path(__file__).parents[2] / "exts").glob("*/static/*.css"))
# The rules of a sheet, as a browser understands them; the white space in `var()` it keeps as it was written.
RULES = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s*([(),])\\s*/g, '$1'));
}"""


@pytest.fixture
def book_with_all(book: Book) -> Book:
    book.write("index.md", "# Index\n\n```python\nx = 1\n```\n")
    for path in SHEETS:
        book.write(f"static/{path.name}", path.read_text(encoding="utf-8"))
    book.config["html_static_path"] = ["static"]
    return book


def sheets(made: Built) -> dict[Path, str]:
    static = made.root / "_static"
    return {path.relative_to(static): path.read_text(encoding="utf-8") for path in static.rglob("*.css")}


def test_smaller_and_the_same_rules(book_with_all: Book, browser: Browser) -> None:
    before, after = (
        sheets(book_with_all.build(*piece, name=f"{len(piece)}")) for piece in ((), ("furo_fixes.sheets",))
    )
    own = {Path(path.name) for path in SHEETS}
    assert own | {Path("pygments.css"), Path("styles/furo.css")} <= before.keys() == after.keys()
    assert sum(len(after[path]) for path in own) < 0.8 * sum(len(before[path]) for path in own)
    page = browser.new_page()
    try:
        for path, sheet in before.items():
            rules = page.evaluate(RULES, sheet)
            assert page.evaluate(RULES, after[path]) == rules, path
            assert len(after[path]) <= len(sheet)
            assert rules or path == Path("custom.css"), path
    finally:
        page.close()


def test_a_second_build_leaves_them(book_with_all: Book) -> None:
    first = sheets(book_with_all.build("furo_fixes.sheets"))
    book_with_all.write("index.md", "# Index\n\nMore.\n\n```python\nx = 1\n```\n")
    assert sheets(book_with_all.build("furo_fixes.sheets")) == first
