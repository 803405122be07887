"""Pictures of built pages, as readers see them: 320 and 1280 px wide, light and dark.

Run it from the root of the repository, after ``make site``::

    python tests/browser/screenshots.py index.html book/01-the-life-of-a-token.html
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from playwright.sync_api import sync_playwright

# A script sees its own folder only.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.gates.browser import launch, window
from tests.browser.gates.model import VIEWS
from tests.browser.gates.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

# A long page makes several pictures, each of at most this height in CSS pixels, so that its text can be read.
PART = 2_000


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option(
    "--site",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="build/html",
    show_default=True,
    help="The built site.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default="build/screenshots",
              show_default=True, help="Where the pictures go.")  # fmt: skip
def screenshots(pages: tuple[str, ...], root: Path, out: Path) -> None:
    """Take pictures of PAGEs, named by their paths in the site, or of every page."""
    site = Site(root)
    if unknown := [page for page in pages if page not in site.pages]:
        raise click.BadParameter(f"{', '.join(unknown)}: not among {', '.join(site.pages)}", param_hint="PAGE")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for view in VIEWS:
            with window(browser, view) as page:
                for name in pages or site.pages:
                    page.goto(site.url(name))
                    stem = name.removesuffix(".html").replace("/", "-")
                    for picture in _parts(page, out, f"{stem}.{view}"):
                        click.echo(picture)


def _parts(page: Page, out: Path, stem: str) -> Iterator[Path]:
    """Take the pictures of an open page from top to bottom."""
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    for number, top in enumerate(range(0, height, PART), start=1):
        picture = out / f"{stem}.{number}.png"
        page.screenshot(
            path=picture,
            full_page=True,
            clip={"x": 0, "y": top, "width": width, "height": min(PART, height - top)},
            animations="disabled",
        )
        yield picture


if __name__ == "__main__":
    screenshots()
