"""The pages ask what a build stores: read from their sources, they are compared with the domain of a real build."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from scripts.generated_book import Plan
from tests.sphinx_ext.building import REPOSITORY, Book, generated, small_book
from tests.worlds import make_world

from costbook.load import Place, load_world
from costbook.pages import DIRECTIVES, SILENT, Asked, Piece, Shown, asked_by, page_of, read_pages
from costbook.pages.markdown import Directive, Role
from costbook.questions import Question, parse_line
from costbook.sphinx_ext import setup
from costbook.world import World

# Every directive, with defaults and options, on a page of a model of its own; and what asks in unusual places.
PAGES = {
    "tables": """
```{scenario-table} practice chat
```

```{scenario-table} letter
:on: example
:show: input requests
```

:::{price-table} example small
:::

```{ratio-table} example
:at: 2026-01-01 2026-06-01
```

```{ratio-table} small
```

```{bill} letter
```

```{text-table} order
```

```{text-table} order
:on: example-large
:in: cl100k_base
```

```{cut} order
:in: cl100k_base
```

```{bill} 10+20
:on: example-large
```

```{price-history} output
:on: example
```

```{scenario-table} letter chat
:show: saved margin
```
""",
    "boxes": """
# Boxes

```{objectives}
```

```{paths}
```

```{objectives-map}
```

```{review-scores}
```

```{rubrics}
```

```{not-assessed}
```
""",
    "places": """
# Places

| a | {ratio}`example-large` |
|---|---|
| {bill}`letter` | {tokens}`order` |

- a list with {name}`small`

  > and {price}`output on
  > small`

````{note}
With {edition}`serial`, [{edition}`date`](https://example.org),
```{tip}
and {side}`letter`
```
````

% {bill}`chat`

`{bill}` and ``{bill}`chat` ``.[^1]

[^1]: {break-even}`chat on small`

```{claim} side letter is output
It costs {monthly}`letter`.
```
""",
    "none": """
# Nothing asked

Words.
""",
}


def stored(book: Book) -> tuple[dict[str, set[Any]], dict[str, set[Any]]]:
    """What the domain kept of a build: the questions of each page, and its claims with their lines and columns."""
    environment = pickle.loads((book.trees / "environment.pickle").read_bytes())
    data = environment.domaindata["costbook"]
    claims = {
        name: {(claim.condition, claim.place.line, claim.place.column) for claim in found}
        for name, found in data["claims"].items()
    }
    assert set(environment.found_docs) >= set(data["asked"])
    asked = {name: set(data["asked"].get(name, ())) for name in environment.found_docs}
    return asked, claims


def read(root: Path) -> tuple[dict[str, set[Any]], dict[str, set[Any]]]:
    """The same from the sources."""
    world = load_world(root)
    asked, claims = {}, {}
    for page in read_pages(root, world):
        found = asked_by(page, world, partial(put, world))
        assert found.failed == ()
        asked[page.docname] = {one.question for one in found.asked}
        if found.claims:
            claims[page.docname] = {(one.condition, one.place.line, one.place.column) for one in found.claims}
    return asked, claims


def test_the_real_book_asks_what_its_build_stores(built_book: Book) -> None:
    """Page by page the same questions and the same claims, with no exception."""
    asked, claims = read(built_book.root)
    their_asked, their_claims = stored(built_book)
    assert asked == their_asked
    assert claims == their_claims
    assert sum(map(len, asked.values())) > 150  # so that no page was lost on both sides
    assert sum(map(len, claims.values())) >= 23


def test_every_place_holds_what_asks(built_book: Book) -> None:
    """At each line and column stand a role of that kind, or the argument of a directive."""
    world = load_world(built_book.root)
    for page in read_pages(built_book.root, world):
        lines = (built_book.root / page.file).read_text(encoding="utf-8").splitlines()
        for one in asked_by(page, world, partial(put, world)).asked:
            rest = lines[one.place.line - 1][one.place.column - 1 :]
            if one.shown.by == "text" and page.docname != "book/teach/rubrics":
                assert rest.startswith(f"{{{one.question.kind}}}`")


def test_a_generated_book_asks_what_its_build_stores(tmp_path: Path) -> None:
    book = generated(tmp_path, Plan(6, theme="basic"))
    book.build()
    assert read(book.root) == stored(book)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Book:
    matter = "---\nchapter: chapter-1\nmodel: example-small\n---\n\n"
    pages = {f"book/{name}": matter + text for name, text in PAGES.items()}
    return small_book(tmp_path_factory.mktemp("small"), pages)


def test_every_directive_and_place_asks_what_a_build_stores(small: Book) -> None:
    small.build(overrides={"myst_enable_extensions": ["colon_fence", "deflist"]})
    asked, claims = read(small.root)
    assert (asked, claims) == stored(small)
    assert len(asked["book/places"]) == 10
    assert asked["book/none"] == set()


def test_every_directive_of_the_extension_is_known() -> None:
    """A new directive that asks something must be read here too."""
    app = MagicMock()
    setup(app)
    assert {call.args[0] for call in app.add_directive.call_args_list} == DIRECTIVES | SILENT


def test_nothing_of_sphinx_is_imported() -> None:
    """What pages ask is known without a build: the module does not load the builder's packages."""
    code = "import sys, costbook.changes, costbook.pages; print({'sphinx', 'docutils'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def essence(pieces: Iterable[Piece]) -> set[tuple[object, ...]]:
    """What pieces ask, wherever they stand; between words, spaces are alike."""
    return {
        (one.name, " ".join(one.content.split()))
        if isinstance(one, Role)
        else (one.name, one.argument, tuple(one.options.items()))
        for one in pieces
        if isinstance(one, Role) or (isinstance(one, Directive) and one.name in DIRECTIVES)
    }


def test_a_glance_misses_nothing(built_book: Book) -> None:
    """Pages that a change does not concern are told at a glance; it may see more than there is, and never less."""
    pages = [
        *read_pages(built_book.root, load_world(built_book.root)),
        *(page_of(f"{one}.md", PAGES[one]) for one in PAGES),
    ]
    seen = [essence(page.pieces) for page in pages]
    assert [pieces - essence(page.glance) for pieces, page in zip(seen, pages, strict=True)] == [set()] * len(pages)
    assert sum(map(len, seen)) > 150


@pytest.mark.parametrize(
    "text",
    [
        "Not `{bill}` but {price}`input\nof six`.\n",
        "> quoted {bill}`chat\n> on six`\n> and {bill}``rag``\n",
        "- a list\n\n  1. in a list {bill}`chat\n     on six`\n",
        "- ```{price-table} six\n  :show: input\n  ```\n",
        "> :::{ratio-table} six\n> :at: 2026-01-01\n>   2026-02-01\n> :::\n",
        "~~~~{price-table} six\n---\nshow: >-\n  input\n  output\n---\n~~~~\n",
        "- ~~~{price-table} six\n  ---\n  show: >-\n    input\n    output\n  ---\n  ~~~\n",
        "````{note}\n```{claim} side chat is output\n{bill}`a`{bill}`b`\n```\n````\n",
        "| {bill}`a` | `` {bill} `` | {bill}`b` |\n|---|---|---|\n\r\n```{bill} chat\r\n:on: six\r\n```\r\n",
    ],
)
def test_a_glance_at_unusual_places(text: str) -> None:
    page = page_of("a.md", text)
    assert essence(page.pieces)
    assert essence(page.pieces) <= essence(page.glance)


# --- one page, by hand -----------------------------------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    """``five`` (the everyday model) costs $2 in and $10 out."""
    return make_world()


def put(world: World, question: Question[Any]) -> Any:
    return question.answer(world)


def asks(world: World, text: str) -> Iterator[Asked]:
    yield from asked_by(page_of("book/a.md", text), world, partial(put, world)).asked


def questions(world: World, text: str) -> list[str]:
    return [str(one.question) for one in asks(world, text) if one.shown != Shown("stamp")]


def test_a_page_that_shows_figures_says_its_edition_below_its_title(world: World) -> None:
    """Names alone are no figures."""
    *_, day, serial = asks(world, "{bill}`chat`\n")
    assert [str(one.question) for one in (day, serial)] == ["edition date", "edition serial"]
    assert (day.shown, day.place) == (Shown("stamp"), Place("book/a.md", 1, 1))
    assert [str(one.question) for one in asks(world, "{name}`six`\n")] == ["name six"]


def test_a_question_without_a_model_is_about_the_pages(world: World) -> None:
    assert questions(world, "{bill}`chat`, {bill}`chat on six`\n") == ["bill chat on everyday", "bill chat on six"]
    assert questions(world, "---\nmodel: long\n---\n\n{bill}`chat`\n") == ["bill chat on long"]


def test_how_an_answer_is_shown(world: World) -> None:
    text, row, *_ = asks(world, "{bill}`chat`\n\n```{price-table} six\n:show: input ratio\n```\n")
    assert (text.shown, text.place) == (Shown("text"), Place("book/a.md", 1, 1))
    assert (row.shown, row.place) == (Shown("price-table", ("input", "ratio")), Place("book/a.md", 3, 18))
    defaults = next(iter(asks(world, "```{scenario-table} chat\n```\n")))
    assert defaults.shown.columns == ("input", "output", "input-bill", "output-bill", "share", "side")


def test_a_table_asks_for_every_row_and_column(world: World) -> None:
    """Two workloads on one model: their counts, then a cell for each priced column; whose prices, and of which day."""
    assert questions(world, "```{scenario-table} pair\n:on: six\n:show: input bill saved\n```\n") == [
        "scenarios pair",
        "WorkloadOf rag on six",
        "bill rag on six",
        "WorkloadOf chat on six",
        "bill chat on six",
        "saving-share rag to chat on six",
        "name six",
        "edition date",
    ]


def test_a_population_is_asked_of_the_world(world: World) -> None:
    fewer = make_world(models=[model for model in world.models.values() if model.id != "six"])
    page = page_of("book/a.md", "```{ratio-table} maker\n```\n")
    both = [{str(one.question) for one in asked_by(page, each, partial(put, each)).asked} for each in (world, fewer)]
    assert both[0] - both[1] == {"name six", "price input on six", "price output on six", "ratio six"}


def test_what_cannot_be_asked_is_noted_at_its_place(world: World) -> None:
    text = "{bill}`chat of six`\n\n```{price-table} seven\n```\n\n```{claim} side chat\nWords.\n```\n\n{bill}`chat`\n"
    found = asked_by(page_of("book/a.md", text), world, partial(put, world))
    assert [(one.place.line, one.literal) for one in found.failed] == [
        (1, "{bill}`chat of six`"),
        (3, "{price-table} seven"),
        (6, "{claim} side chat"),
    ]
    assert "'of'" in found.failed[0].why
    assert "unknown model 'seven'" in found.failed[1].why
    stamp = [parse_line("edition date"), parse_line("edition serial")]
    assert [one.question for one in found.asked] == [parse_line("bill chat").on_page("everyday"), *stamp]


def test_a_table_with_a_cell_that_fails_asks_nothing(world: World) -> None:
    """Its first cells were answered, but nothing of it is printed."""
    text = "```{scenario-table} chat\n:on: five gone\n:show: bill\n```\n"
    found = asked_by(page_of("book/a.md", text), world, partial(put, world))
    assert found.asked == ()
    assert "gone was retired" in found.failed[0].why


def test_a_claim_is_kept_with_its_words(world: World) -> None:
    found = asked_by(
        page_of("a.md", "```{claim} side chat  is output\nWords.\n```\n"), world, lambda question: question
    )
    (claim,) = found.claims
    assert (claim.text, claim.place.column) == ("side chat is output", 12)
    assert claim.condition.check(world).ok


def test_the_pages_of_this_repository_are_those_of_its_configuration() -> None:
    names = {page.docname for page in read_pages(REPOSITORY, load_world(REPOSITORY))}
    assert {"index", "book/glossary", "book/teach/rubrics", "assessments/quizzes/bill-autopsy"} <= names
    assert not any(name.startswith(("tests", "exts", "build")) for name in names)
