"""What follows the reader's model is marked, and the answers for other models lie beside the pages, exactly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from scripts.generated_book import Plan
from tests.sphinx_ext.building import Book, Built, differences, files, generated, small_book

# Prices of the generated book, in and out: small 2.50 and 12.50, large 3.00 and 18.00. A letter reads 300 tokens and
# writes 900.
ONE = """\
---
model: example-small
---

# One

A letter costs {bill}`letter`; on the large model {bill}`letter on example-large`, and last year
{bill}`letter at 2025-01-01`. Its output is {share}`letter for output` of it. A link: [{bill}`search`](https://example.org).

```{claim} side letter is output
It costs {bill}`letter`, mostly for what is written.
```

```{claim} bill letter on example-large above bill letter on example-small
The large model takes {bill}`letter on example-large`, and this page's {bill}`letter`.
```

```{claim} side letter on example-large is output
On the large model it is {bill}`letter on example-large`.
```

```{scenario-table} letter
:show: input bill side
```

```{scenario-table} letter
:on: example-large
:show: bill
```

```{bill} letter
```

```{bill} letter
:on: example-small
```

````{claim} side letter is output
```{scenario-table} letter
:show: daily
```
````
"""
STAYS = "# Stays\n\nA letter costs {bill}`letter on example-small`.\n\n```{scenario-table} letter\n:show: input\n```\n"
CALL, END = "costbook.whatif(", ");\n"
PAGES = {"book/one": ONE, "book/stays": STAYS, "book/two": "# Two\n\nA search costs {bill}`search`.\n"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return small_book(tmp_path_factory.mktemp("whatif"), PAGES)


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    found = book.build()
    assert found.warnings == ()
    return found


def soup(built: Built, docname: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(docname), "html.parser")


def scripts(built: Built) -> dict[str, bytes]:
    return {name: content for name, content in files(built.out).items() if name.startswith("whatif/")}


def said(built: Built, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The figures and tables of a script."""
    text = (built.out / "whatif" / name).read_text(encoding="utf-8")
    page, model, figures, tables = json.loads(f"[{text[len(CALL) : -len(END)]}]")
    assert f"{page}/{model}.js" == name
    return figures, tables


def number(figure: Tag, page: BeautifulSoup) -> str:
    """The number of the entry that leads back to a figure."""
    for index, entry in enumerate(page.select("ol.cb-working > li"), start=1):
        if entry.select(f'a.cb-back[href="#{figure["id"]}"]'):
            return str(index)
    raise LookupError(figure["id"])


def test_what_follows_is_marked(built: Built) -> None:
    """300 x 2.50 + 900 x 12.50 = 12,000; the search reads 5,000 and writes 150: 12,500 + 1,875 = 14,375."""
    page = soup(built, "book/one")
    assert [one.get_text() for one in page.select("p > .cb-follows, a.external .cb-follows")] == [
        "$0.0120",
        "93.8%",
        "$0.0144",
        *("$0.0120", "output"),  # the cells of the first table
        "$0.0120",  # the total of the first bill
    ]
    assert [one["id"] for one in page.select("table.cb-follows")] == ["book-one-table-1", "book-one-table-3"]


def test_claims_stay_and_say_whether_they_are_about_the_page_s_model(built: Built) -> None:
    claims = soup(built, "book/one").select(".cb-claim")
    assert not any(claim.select(".cb-follows") for claim in claims)
    assert ["cb-of-page-model" in claim["class"] for claim in claims] == [True, True, False, True]


def test_answers_for_another_model(built: Built) -> None:
    """On the large one: 300 x 3 + 900 x 18 = 17,100, output 16,200 of it; the search 15,000 + 2,700."""
    page = soup(built, "book/one")
    figures, tables = said(built, "book/one/example-large.js")
    shown = {number(one, page) for one in page.select(".cb-figure.cb-follows")}
    assert shown == set(figures)
    own = [answer.get_text() for answer in page.select("ol.cb-working > li strong")]
    texts = {own[int(at) - 1]: figure[0] for at, figure in figures.items()}
    assert texts == {"$0.0120": "$0.0171", "93.8%": "94.7%", "$0.0144": "$0.0177", "output": "output"}
    assert tables["book-one-table-1"] == [
        "What each workload costs (Example large, prices of 2026-11-22)",
        [["Letter", "300", "", ""]],
        "",
    ]
    assert tables["book-one-table-3"][1] == [
        ["Input", "300", "$3.00", "$0.000900"],
        ["Output", "900", "$18.00", "$0.0162"],
        ["Total", "", "", ""],
    ]


def test_a_script_for_every_model_that_a_reader_may_choose_but_the_page_s_own(built: Built) -> None:
    names = {Path(name).name for name in scripts(built) if name.startswith("whatif/book/one/")}
    assert {"example-large.js", "example-seldom.js", "gpt-4o.js", "claude-opus-5-5.js", "GLM-5.3.js"} <= names
    assert "example-small.js" not in names
    assert not [name for name in names if "batch" in name or "latest" in name or "2024-05-13" in name]


def test_pages_on_which_nothing_follows_load_no_picker(built: Built) -> None:
    for docname, follows in {"book/one": True, "book/two": True, "book/stays": False, "index": False}.items():
        page = soup(built, docname)
        assert bool(page.select(".cb-picker")) is follows
        assert bool(page.select('script[src*="picker.js"]')) is follows
        assert bool(page.select('link[href*="working.css"]')) is (docname != "index")
    box = soup(built, "book/one").select_one(".cb-picker")
    assert box is not None
    assert (box["data-page"], box["data-model"], box["data-name"]) == ("book/one", "example-small", "Example small")
    assert box.get_text() == ""
    assert not (built.out / "whatif/book/stays").exists()


@pytest.mark.parametrize("builder", ["singlehtml", "text", "epub"])
def test_other_builders_have_neither_picker_nor_answers(book: Book, tmp_path: Path, builder: str) -> None:
    found = book.build(builder, out=tmp_path / "out", trees=tmp_path / "trees")
    assert not (found.out / "whatif").exists()
    assert not [name for name, content in files(found.out).items() if b'class="cb-picker' in content]


def test_a_directory_for_each_page_has_the_same_answers(book: Book, built: Built, tmp_path: Path) -> None:
    found = book.build("dirhtml", out=tmp_path / "out", trees=tmp_path / "trees")
    assert scripts(found) == scripts(built)


# --- from build to build


def times(built: Built) -> dict[str, int]:
    return {name: (built.out / name).stat().st_mtime_ns for name in scripts(built)}


@pytest.fixture
def fresh(tmp_path: Path) -> Book:
    return small_book(tmp_path, PAGES)


def test_nothing_is_written_where_nothing_changed(fresh: Book) -> None:
    before = times(fresh.build())
    assert times(fresh.build()) == before


def test_a_price_writes_the_answers_of_its_model_again(fresh: Book, tmp_path: Path) -> None:
    before = times(fresh.build())
    fresh.replace("book/data/prices/example.yaml", "output: 24.50", "output: 25.00")  # of example-quick
    after = fresh.build()
    assert after.read == ()
    assert {name for name, time in times(after).items() if before[name] != time} == {
        "whatif/book/one/example-quick.js",
        "whatif/book/two/example-quick.js",
    }
    assert differences(after.out / "whatif", fresh.cold(tmp_path).out / "whatif") == []


def test_a_workload_writes_them_all_again(fresh: Book, tmp_path: Path) -> None:
    fresh.build()
    fresh.replace("book/data/scenarios.yaml", "{input: 300, output: 900}", "{input: 300, output: 1000}")
    after = fresh.build()
    # 300 x 3 + 1,000 x 18 = 18,900
    assert "$0.0189" in {figure[0] for figure in said(after, "book/one/example-large.js")[0].values()}
    assert differences(after.out / "whatif", fresh.cold(tmp_path).out / "whatif") == []


def test_what_is_gone_goes(fresh: Book, tmp_path: Path) -> None:
    fresh.build()
    (fresh.root / "book/two.md").unlink()
    fresh.replace("index.md", "book/two", "")
    text = (fresh.root / "book/data/prices/example.yaml").read_text(encoding="utf-8")
    fresh.write("book/data/prices/example.yaml", text[: text.index("  example-unasked:")])
    after = fresh.build()
    assert not (after.out / "whatif/book/two").exists()
    assert not list((after.out / "whatif").rglob("example-unasked.js"))
    assert differences(after.out / "whatif", fresh.cold(tmp_path).out / "whatif") == []


def test_another_everyday_model(fresh: Book, tmp_path: Path) -> None:
    """The page of the role has answers for the model that lost it, and none for the one that has it."""
    fresh.build()
    fresh.give_role("everyday", "example-large")
    after = fresh.build()
    assert (after.out / "whatif/book/two/example-steady.js").exists()
    assert not (after.out / "whatif/book/two/example-large.js").exists()
    assert differences(after.out / "whatif", fresh.cold(tmp_path).out / "whatif") == []


def test_what_somebody_removed_is_written_again(fresh: Book) -> None:
    first = fresh.build()
    before = scripts(first)
    (first.out / "whatif/book/one/gpt-4o.js").unlink()
    assert scripts(fresh.build()) == before


def test_a_build_that_was_stopped_while_writing_is_made_good(fresh: Book, tmp_path: Path) -> None:
    first = fresh.build()
    fresh.replace("book/data/prices/example.yaml", "output: 24.50", "output: 25.00")
    blocked = first.out / "whatif/book/two/example-quick.js"
    blocked.unlink()
    blocked.mkdir()
    with pytest.raises(Exception, match="example-quick"):
        fresh.build()
    fresh.restore()
    blocked.rmdir()
    after = fresh.build()
    assert differences(after.out / "whatif", fresh.cold(tmp_path).out / "whatif") == []


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    book = generated(tmp_path, Plan(8))
    one, several = book.cold(tmp_path / "one"), book.cold(tmp_path / "several", jobs=2)
    assert len(scripts(one)) > 8
    assert scripts(one) == scripts(several)
    with_answers = {name.split("/")[2] for name in scripts(one)}
    assert with_answers == {f"{number:02d}-chapter-{number}" for number in range(1, 9)}  # and no document
