"""The offline copy of the book, unzipped into a folder: nothing in it leads to a file that it does not have."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from scripts.editions import main

from .gates.links import links
from .gates.model import LAPTOP, View
from .gates.site import Site
from .gates.strangers import requested, written
from .gates.visit import visits
from .support import passes

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def copy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The book as somebody has it who unzipped an offline copy."""
    folder = tmp_path_factory.mktemp("offline")
    shutil.copytree(built_site, folder / "site")
    ran = CliRunner().invoke(main, ["pack", "--site", str(folder / "site")])
    assert ran.exit_code == 0, ran.output
    (packed,) = (folder / "site/editions").glob("*.zip")
    with ZipFile(packed) as found:
        found.extractall(folder)
        (top,) = {name.partition("/")[0] for name in found.namelist()}
    assert top == f"the-price-of-a-token-{packed.stem}"
    return Site(folder / top)


def test_every_page_is_there(copy: Site, built_site: Path) -> None:
    assert copy.pages == Site(built_site).pages


def test_nothing_leads_out_of_it(copy: Site) -> None:
    passes(links(copy))
    passes(written(copy))


def test_neither_copies_nor_feed_are_named(copy: Site) -> None:
    """The link checker lets links to copies pass, because on the published site they are there."""
    addresses = {reference.value for document in copy.documents.values() for reference in document.references}
    assert not [address for address in addresses if address.endswith(".atom") or "editions/" in address]
    assert not (copy.root / "editions").exists()


def opens_from_the_disk(browser: Browser, pages: Site) -> None:
    seen = visits(browser, pages, View("light", LAPTOP))
    assert [(one.page, one.failed, one.errors, one.violations) for one in seen] == [
        (page, [], [], []) for page in pages.pages
    ]
    passes(requested(pages, seen))


# The pages are those of the site, whose links are looked at above: one of each kind stands for all.
@pytest.mark.browser
def test_it_opens_from_the_disk(browser: Browser, copy: Site) -> None:
    opens_from_the_disk(browser, copy.specimens)


@pytest.mark.slow
@pytest.mark.browser
def test_every_page_opens_from_the_disk(browser: Browser, copy: Site) -> None:
    opens_from_the_disk(browser, copy)
