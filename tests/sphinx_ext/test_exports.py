"""``export-losses``: the table of what targets keep, for all of them and for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.sphinx_ext.building import Book, Built, small_book

from costbook.export import paper
from costbook.export.losses import Feature
from costbook.export.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from costbook.export.losses import Fates

PAGES = {
    "book/all": "# All\n\n```{export-losses}\n```\n",
    "book/one": "# One\n\n```{export-losses} moodle\n```\n",
    "book/sheets": "# Sheets\n\n```{export-losses} paper\n```\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return small_book(tmp_path_factory.mktemp("exports"), PAGES)


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    built = book.build()
    assert built.warnings == ()
    return built


def rows(built: Built, name: str) -> list[list[str]]:
    (table,) = BeautifulSoup(built.page(f"book/{name}"), "html.parser").select("table.cb-losses")
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in table.select("tr")]


def targets() -> Mapping[str, tuple[str, Fates]]:
    return {one.name: (one.title, one.fates) for one in TARGETS.values()} | {"paper": ("Paper", paper.FATES)}


def test_every_feature_has_a_row_and_every_target_a_column(built: Built) -> None:
    head, *body = rows(built, "all")
    assert {"Moodle XML", "Paper"} < set(head)
    assert head[1:] == [title for title, _ in targets().values()]
    assert [row[0].lower() for row in body] == [feature.value for feature in Feature]
    for column, (_, fates) in enumerate(targets().values(), start=1):
        assert [row[column] for row in body] == [fates[feature].keep.value for feature in Feature]
    assert {cell for row in body for cell in row[1:]} == {"kept", "partly", "lost"}


@pytest.mark.parametrize(("page", "target"), [("one", "moodle"), ("sheets", "paper")])
def test_one_target_says_what_becomes_of_each(built: Built, page: str, target: str) -> None:
    _, fates = targets()[target]
    head, *body = rows(built, page)
    assert head == ["What a bank may have", "What becomes of it"]
    said = {row[0].lower(): row[1] for row in body}
    assert set(said) == {feature.value for feature in Feature}
    for feature in Feature:
        keep, how = fates[feature]
        assert said[feature.value] == f"{keep.value.capitalize()}: {how}"


def test_the_first_column_names_its_row(built: Built) -> None:
    page = BeautifulSoup(built.page("book/all"), "html.parser")
    assert len(page.select("table.cb-losses tbody th.stub")) == len(Feature)


def test_a_slip_in_the_name_is_one_located_warning(book: Book) -> None:
    book.write("book/one.md", "# One\n\nWords.\n\n```{export-losses} modle\n```\n")
    try:
        (warning,) = book.build().warnings
    finally:
        book.restore()
    place = f"{book.root / 'book/one.md'}:5:20"
    assert warning.startswith(f"{place}: WARNING: unknown target 'modle'; did you mean 'moodle'?")
