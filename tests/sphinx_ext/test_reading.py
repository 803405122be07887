"""What pages offer their readers: the stamp, descriptions, reports of mistakes, the list of pages, terms."""

from __future__ import annotations

import json
import os
import re
import runpy
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import REPOSITORY, Book, small_book

from costbook.sphinx_ext.heads import shortened
from costbook.sphinx_ext.reading import new_issue

CHAPTER = "---\nchapter: chapter-1\n---\n\n# Chapter 1\n\n"
LETTER = "{bill}`letter`"
FIGURE = f"A letter costs {LETTER}.\n"
EDITIONS = "# Editions\n\nNothing has moved.\n"
GLOSSARY = """\
# Glossary

```{glossary}
token
  A piece of text, `as` a *tokenizer* cuts it: 2 < 3.

input token
  A {term}`token` that is sent.

pass
forward pass
  One run through the model.
```
"""
FURO = {"html_theme": "furo"}


def soup(book: Book, page: str, **overrides: object) -> BeautifulSoup:
    built = book.build(overrides={**FURO, **overrides})
    assert built.warnings == ()
    return BeautifulSoup(built.page(page), "html.parser")


# --- the stamp --------------------------------------------------------------------------------------------------------


def words(count: int) -> str:
    return " ".join(["word"] * count) + "\n\n"


def test_stamp_of_a_chapter(tmp_path: Path) -> None:
    """660 words of prose and 4 of the sentence with the figure: 664 / 220 is 3.02; code and table are not read."""
    table = f"| {words(400).strip()} |\n|---|\n| {words(300).strip()} |\n\n"
    text = f"{CHAPTER}{words(400)}- {words(260)}```text\n{words(500)}```\n\n{table}{FIGURE}"
    book = small_book(tmp_path, {"book/01-chapter-1": text, "book/editions": EDITIONS})
    page = soup(book, "book/01-chapter-1")
    (stamp,) = page.select(".cb-stamp")
    assert stamp.get_text().strip() == "Prices of 2026-11-22, edition 99 · about 3 minutes to read"
    assert [link["href"] for link in stamp.select("a")] == ["editions.html"]
    heading = page.find("h1")
    assert heading is not None
    assert heading.find_next_sibling() == stamp


def test_stamp_only_where_figures_are(tmp_path: Path) -> None:
    pages = {"book/with": f"# With\n\n{FIGURE}", "book/without": "# Without\n\nPriced at {edition}`date`.\n"}
    book = small_book(tmp_path, pages)
    assert soup(book, "book/with").select_one(".cb-stamp p") is not None
    # Without a page of editions it is text alone, and what is no chapter has no time to read.
    assert soup(book, "book/with").select(".cb-stamp")[0].get_text().strip() == "Prices of 2026-11-22, edition 99"
    assert soup(book, "book/without").select(".cb-stamp") == []


def test_stamp_moves_with_the_edition(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"book/with": f"# With\n\n{FIGURE}", "book/without": "# Without\n\nWords.\n"})
    book.build()
    book.replace("book/data/edition.yaml", "as_of: 2026-11-22", "as_of: 2026-11-23")
    built = book.build()
    assert built.read == ("book/with",)
    assert "Prices of 2026-11-23, edition 99" in built.page("book/with")


def test_stamp_is_text_elsewhere(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"book/01-chapter-1": f"{CHAPTER}{FIGURE}", "book/editions": EDITIONS})
    text = (book.build("text").out / "book/01-chapter-1.txt").read_text(encoding="utf-8")
    assert "Prices of 2026-11-22, edition 99 · about 1 minute to read" in text


# --- descriptions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("One. Two. Three.", 20, "One. Two. Three."),
        ("One. Two. Three.", 10, "One. Two."),
        ("It costs $0.00500 a call. Then more.", 30, "It costs $0.00500 a call."),
        ("It costs $0.00500 a call and more.", 20, "It costs $0.00500 a …"),
        ("It costs $0.00500 a call and more.", 14, "It costs …"),
        ("Words, and more words", 8, "Words …"),
        ("", 10, ""),
    ],
)
def test_shortened(text: str, longest: int, expected: str) -> None:
    assert shortened(text, longest) == expected


def test_description_is_the_first_paragraph_or_the_authors(tmp_path: Path) -> None:
    pages = {
        "book/first": f'# First\n\n```{{price-table}} example\n```\n\nHe said "{LETTER}" & left.\n\nSecond.\n',
        "book/own": "---\ndescription: Words of the author.\n---\n\n# Own\n\nFirst.\n",
        "book/none": "# None\n",
    }
    book = small_book(tmp_path, pages)
    made = {name: soup(book, name) for name in pages}
    found = {name: page.select_one("meta[name=description]") for name, page in made.items()}
    assert found["book/none"] is None
    assert found["book/own"] is not None
    assert found["book/own"]["content"] == "Words of the author."
    assert found["book/first"] is not None
    said = str(found["book/first"]["content"])
    assert re.fullmatch(r'He said "\$[\d.]+" & left\.', said)
    shared = {str(meta["property"]): meta["content"] for meta in made["book/first"].select("meta[property]")}
    assert shared == {
        "og:type": "article",
        "og:site_name": "A generated book",
        "og:title": "First",
        "og:description": said,
    }


def test_address_of_the_site(tmp_path: Path) -> None:
    """With it, pages name theirs and there is a list of them; without it, neither."""
    book = small_book(tmp_path, {"book/page": "# Page\n\nText.\n"})
    out = book.build(overrides=FURO).out
    assert not (out / "sitemap.xml").exists()
    page = soup(book, "book/page", html_baseurl="https://example.org/a&b/")
    assert [meta["content"] for meta in page.select("meta[property='og:url']")] == [
        "https://example.org/a&b/book/page.html"
    ]
    listed = ElementTree.parse(out / "sitemap.xml").getroot()
    assert [found.text for found in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://example.org/a&b/book/page.html",
        "https://example.org/a&b/index.html",
    ]


# --- links in the footer ----------------------------------------------------------------------------------------------

ABOUT = {
    "book/accessibility": "# Accessibility\n\n(report-a-mistake)=\n\n## Report a mistake\n\nWrite.\n",
    "book/privacy": "# Privacy\n\nNothing.\n",
    "book/your-progress": "# Your progress\n\nNothing.\n",
}


def footer(page: BeautifulSoup) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in page.select("footer .icons a")}


def test_without_a_repository_a_report_is_explained(tmp_path: Path) -> None:
    book = small_book(tmp_path, {**ABOUT, "book/deep/page": "# Page\n\nText.\n"})
    assert footer(soup(book, "book/deep/page")) == {
        "Report a mistake": "../accessibility.html#report-a-mistake",
        "Your progress": "../your-progress.html",
        "Accessibility": "../accessibility.html",
        "Privacy": "../privacy.html",
    }
    page = soup(book, "book/accessibility")
    assert footer(page)["Report a mistake"] == "#report-a-mistake"
    assert page.select("#report-a-mistake")
    # Pages that no document makes have it too.
    assert set(footer(soup(book, "search"))) == set(footer(soup(book, "book/privacy")))


def test_with_a_repository_a_report_names_page_and_edition(tmp_path: Path) -> None:
    book = small_book(tmp_path, {**ABOUT, "book/page": "# Read & write\n\nText.\n"})
    address = footer(soup(book, "book/page", costbook_repository="https://github.com/example/book"))["Report a mistake"]
    parts = urlsplit(address)
    assert (parts.netloc, parts.path) == ("github.com", "/example/book/issues/new")
    assert parse_qs(parts.query) == {
        "title": ["Mistake: Read & write"],
        "body": [
            "What is wrong, and what should it say?\n\n\n\nPage: book/page\nEdition: edition 99, priced at 2026-11-22\n"
        ],
    }
    # The item of a quiz is appended to the text, which is therefore the last part.
    assert list(parse_qs(parts.query)) == ["title", "body"]


def test_new_issue_of_an_address_as_git_clones_it() -> None:
    assert new_issue("https://codeberg.org/a/b.git/", "T", "B").startswith("https://codeberg.org/a/b")


def test_a_book_without_these_pages_has_no_links_to_them(tmp_path: Path) -> None:
    assert footer(soup(small_book(tmp_path, {"book/page": "# Page\n\nText.\n"}), "book/page")) == {}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ""),
        ({"REPOSITORY_URL": "https://example.org/a.git"}, "https://example.org/a"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b"}, "https://github.com/a/b"),
        ({"READTHEDOCS_GIT_CLONE_URL": "https://gitlab.com/a/b.git"}, "https://gitlab.com/a/b"),
        ({"READTHEDOCS_GIT_CLONE_URL": "git@github.com:a/b.git"}, ""),
        (
            {"REPOSITORY_URL": "https://example.org/a", "READTHEDOCS_GIT_CLONE_URL": "https://gitlab.com/a/b.git"},
            "https://example.org/a",
        ),
    ],
)
def test_the_repository_is_the_one_the_site_is_built_from(
    given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REPOSITORY_URL", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "READTHEDOCS_GIT_CLONE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name, value in given.items():
        monkeypatch.setitem(os.environ, name, value)
    conf = runpy.run_path(str(REPOSITORY / "conf.py"))
    assert conf["costbook_repository"] == expected
    known = expected.startswith(("https://github.com/", "https://gitlab.com/"))
    assert (conf["html_theme_options"].get("source_repository") == expected) == known


def test_nothing_of_it_in_an_ebook(tmp_path: Path) -> None:
    book = small_book(tmp_path, {**ABOUT, "book/page": f"# Page\n\n{FIGURE}"})
    out = book.build("epub", overrides={"version": "1", "epub_show_urls": "no"}).out
    (epub,) = out.glob("*.epub")
    with ZipFile(epub) as found:
        text = b"".join(found.read(name) for name in found.namelist() if name.endswith(".xhtml")).decode()
    assert "reading.js" not in text
    assert "og:title" not in text
    assert "Prices of 2026-11-22, edition 99" in text


# --- terms ------------------------------------------------------------------------------------------------------------


def test_definitions_are_a_script(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"book/glossary": GLOSSARY})
    path = book.build(overrides=FURO).out / "_static/costbook-terms.js"
    text = path.read_text(encoding="utf-8")
    assert "<" not in text
    assert json.loads(text.partition(" = ")[2].rstrip(";\n")) == {
        "term-token": "A piece of text, as a tokenizer cuts it: 2 < 3.",
        "term-input-token": "A token that is sent.",
        "term-pass": "One run through the model.",
        "term-forward-pass": "One run through the model.",
    }
    book.replace("book/glossary.md", "One run", "A run")
    book.build(overrides=FURO)
    assert "A run through" in path.read_text(encoding="utf-8")


def slips(tmp_path: Path, text: str, **overrides: object) -> list[str]:
    """Where a chapter should link to a term, and what the lint says there."""
    book = small_book(tmp_path, {"book/glossary": GLOSSARY, "book/01-chapter-1": f"{CHAPTER}{text}"})
    first = book.build(overrides=overrides).warnings
    assert book.build(overrides=overrides).warnings == first  # a second build says it again
    return [line.partition("01-chapter-1.md:")[2] for line in first]


SAID = (
    "WARNING: the glossary explains '{0}', which this chapter uses here for the first time; write {1} [costbook.term]"
)


def test_first_use_without_a_link(tmp_path: Path) -> None:
    text = "## Tokens and a pass\n\nText, and\nits **Tokens** follow. A {term}`token` comes late, tokens too.\n"
    assert slips(tmp_path, text) == ["10:7: " + SAID.format("token", "{term}`Tokens <token>`")]


def test_a_longer_term_is_no_use_of_a_shorter_one(tmp_path: Path) -> None:
    text = "An input token is sent. Then a {term}`token`.\n"
    assert slips(tmp_path, text) == ["7:4: " + SAID.format("input token", "{term}`input token`")]


def test_either_name_of_an_entry_will_do(tmp_path: Path) -> None:
    assert (
        slips(tmp_path, "A {term}`forward pass <pass>` is long. Each pass is, and each bypass, pass-through.\n") == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "In `token` and {math}`token`, ```token```.\n",
        "Said: {quoted}`a token [S1]`.\n",
        "[A token](https://example.org/) elsewhere.\n",
        "```text\ntoken\n```\n",
        "## The token\n\nNothing.\n",
    ],
)
def test_what_is_not_running_text_is_no_use(tmp_path: Path, text: str) -> None:
    assert slips(tmp_path, text) == []


def test_an_everyday_word_needs_no_link(tmp_path: Path) -> None:
    text = "A pass over the hills.\n"
    assert slips(tmp_path / "a", text) != []
    assert slips(tmp_path / "b", text, costbook_everyday_words=["pass"]) == []


def test_other_pages_may_use_any_word(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"book/glossary": GLOSSARY, "book/page": "# Page\n\nA token.\n"})
    assert book.build().warnings == ()
