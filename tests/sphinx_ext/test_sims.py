"""The directive ``microsim``: what builders get, slips of an author, and which pages are read again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import Book, small_book

TEXTS = """
  haiku-prompt: {text: Compose a haiku about rain., source: test}
  haiku: {text: "Winter evening rain:\\ndrop following patient drop\\nuntil morning comes", source: test}
  haiku-explained: {text: "Winter evening rain, explained.", source: test}
"""
SIM = """\
---
model: example-small
---

# With a simulation

```{microsim} token-lifecycle
Press the *button*; see {doc}`/book/without`, {bill}`letter` and {ref}`the end <end>`.
```

(end)=

## The end
"""
WITHOUT = "# Without\n\nA letter costs {bill}`letter on example-large`.\n"


def with_texts(book: Book) -> Book:
    """The small book with the texts that the simulation cuts."""
    path = book.root / "book/data/texts.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + TEXTS, encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    made = with_texts(small_book(tmp_path_factory.mktemp("sims"), {"book/with": SIM, "book/without": WITHOUT}))
    assert made.build().warnings == ()
    return made


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_the_page_of_its_own_says_what_it_is_about(book: Book) -> None:
    page = soup(book.out / "sims/token-lifecycle.html")
    (about,) = page.select(".cb-sim-about")
    assert [one["content"] for one in page.select("head meta[name=description]")] == [about.get_text()]


def test_the_page_and_the_page_of_its_own(book: Book) -> None:
    for name, here in (("book/with.html", "chapter"), ("sims/token-lifecycle.html", "own")):
        page = soup(book.out / name)
        (host,) = page.select("cb-token-lifecycle")
        assert '"model":"example-small"' in str(host["data-facts"])
        assert len(host.select("table tbody tr")) == 4
        scripts = [str(script["src"]).partition("?")[0] for script in page.select("script[src]")]
        (box,) = page.select(".cb-sim-box")
        later = [address.partition("?")[0] for address in str(box.get("data-scripts", "")).split()]
        wanted = ["../_static/kit.js", "../_static/sims/token-lifecycle.js"]
        # In a chapter they come when a reader is near.
        assert (later if here == "chapter" else [one for one in scripts if one in wanted]) == wanted
        assert bool(later) == (here == "chapter") == ("../_static/near.js" in scripts)
        assert bool(page.select("a.cb-sim-own")) == (here == "chapter")
        ids = [str(node["id"]) for node in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for link in page.select(".cb-sim-box a[href]"):
            address = str(link["href"]).partition("#")[0]
            assert "://" in address or not address or (book.out / name).parent.joinpath(address).is_file(), address


def test_on_its_own_page_links_to_places_of_the_chapter_are_words(book: Book) -> None:
    use = soup(book.out / "sims/token-lifecycle.html").select_one(".cb-sim-use")
    assert use is not None
    assert [str(link["href"]) for link in use.select("a")] == ["../book/without.html"]
    assert "the end" in use.get_text()
    assert "Without" in use.get_text()


def test_other_pages_load_nothing_of_it(book: Book) -> None:
    assert "kit." not in (book.out / "book/without.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("builder", ["text", "singlehtml", "epub"])
def test_builders_without_scripts_get_the_first_state_and_the_table(book: Book, tmp_path: Path, builder: str) -> None:
    built = book.build(builder, out=tmp_path / "out", trees=tmp_path / "trees")
    assert [line for line in built.warnings if "microsim" in line or "sim_" in line] == []
    if builder == "epub":
        (packed,) = built.out.glob("*.epub")
        with zipfile.ZipFile(packed) as found:
            said = found.read("book/with.xhtml").decode()
    else:
        (path,) = built.out.rglob("with.txt") if builder == "text" else built.out.glob("index.html")
        said = path.read_text(encoding="utf-8")
    for wanted in (
        "Token lifecycle",
        "␣rain",
        "What each prompt and reply comes to",
        "generate: one pass each",
        "Press the",
    ):
        assert wanted in said
    for unwanted in ("cb-token-lifecycle", "kit.js", "Full screen"):
        assert unwanted not in said


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        (
            "```{microsim} token-lifecycl\nUse it.\n```\n",
            "3:15: WARNING: unknown simulation 'token-lifecycl'; did you mean",
        ),
        ("```{microsim}\nUse it.\n```\n", "argument"),
        ("```{microsim} token-lifecycle\n```\n", "Content block expected"),
        ("```{microsim} token-lifecycle\nIt costs $3.\n```\n", "$3"),
    ],
)
def test_slips(tmp_path: Path, directive: str, said: str) -> None:
    book = with_texts(small_book(tmp_path, {"book/with": f"# With\n\n{directive}"}))
    (warning,) = [line for line in book.build().warnings if "with.md" in line]
    assert said in warning


def test_a_price_of_its_model_reads_its_page_again_and_no_other(book: Book) -> None:
    try:
        assert book.build().read == ()
        (name,) = [
            path.relative_to(book.root).as_posix()
            for path in (book.root / "book/data/prices").glob("*.yaml")
            if "example-small:" in path.read_text(encoding="utf-8")
        ]
        text = (book.root / name).read_text(encoding="utf-8")
        start = text.index("example-small:")
        changed = text[:start] + text[start:].replace("input: ", "input: 1", 1)
        book.write(name, changed)
        assert book.build().read == ("book/with",)
    finally:
        book.restore()
