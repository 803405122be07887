"""Editions: pack the built site, bind the book as EPUB and PDF, and publish all of it beside the copies of others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Python looks beside a script, not around it

from scripts import publication  # noqa: E402
from scripts.publication import Refused, read_site  # noqa: E402

from costbook import money  # noqa: E402
from costbook.export.book_pdf import book_pdf  # noqa: E402
from costbook.export.bound import Title, bound  # noqa: E402
from costbook.export.offline import Copy  # noqa: E402
from costbook.export.pdf import NotPrinted  # noqa: E402

console = Console(highlight=False, soft_wrap=True)
progress = Console(stderr=True)
KILOBYTE = 1000


class Stop(click.ClickException):
    """Something cannot be read or written, or must not be."""

    exit_code = 2


SITE = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "build/html",
    help="The built HTML site (build/html by default).",
)
EXAMPLES = """\b
Examples:
  python scripts/editions.py pack
  make ebooks
  python scripts/editions.py publish --to ../published
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Keep every edition at addresses that stay: editions/edition-1.zip to read offline, .epub and .pdf."""


@main.command(epilog="\b\nExample:\n  make site && python scripts/editions.py pack")
@SITE
def pack(*, site: Path) -> None:
    """Pack the built site into editions/edition-N.zip below it, with a checksum beside it.

    The same site gives the same bytes. Links to offline copies and to the feed of editions are left out, because those
    do not lie in the copy.
    """
    with stopping(site, "the site is as before"), progress.status(f"Packing {shown(site)}"):
        found = read_site(site)
        made = publication.pack(found, site)
    size = made.stat().st_size / KILOBYTE
    console.print(f"Packed edition {found.edition.serial}: {shown(made)}, {size:,.0f} kB")
    if without := found.past_without(site):
        console.print(f"{editions(without)}: the copy is on the published site only; its link leads nowhere here")


@main.command(epilog="\b\nExample:\n  make ebooks")
@SITE
@click.option(
    "--epub",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "build/epub",
    help="What Sphinx built with -b epub (build/epub by default).",
)
@click.option(
    "--page",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "build/single",
    help="What Sphinx built with -b singlehtml (build/single by default).",
)
def bind(*, site: Path, epub: Path, page: Path) -> None:
    """Bind the book as EPUB and PDF into editions/edition-N.epub and edition-N.pdf below the built site.

    The PDF is tagged for screen readers and takes about half a minute.
    """
    with stopping(site, "the site is as before"):
        found = read_site(site)
        with progress.status("Binding the PDF"):
            books = {Copy.EPUB: built_epub(epub), Copy.PDF: built_pdf(page, found)}
        made = publication.keep(found, books, site)
    for path in made:
        console.print(f"Bound edition {found.edition.serial}: {shown(path)}, {path.stat().st_size / KILOBYTE:,.0f} kB")


def built_epub(folder: Path) -> bytes:
    """The EPUB that Sphinx built into a folder."""
    for path in sorted(folder.glob("*.epub")):
        return path.read_bytes()
    raise Refused(f"{folder} holds no EPUB; build it first with: make ebooks")


def built_pdf(folder: Path, site: publication.Site) -> bytes:
    """The PDF of the single page that Sphinx built into a folder."""
    if not (folder / "index.html").is_file():
        raise Refused(f"{folder} holds no book in one page; build it first with: make ebooks")
    edition = site.edition
    title = Title(site.title, f"Edition {edition.serial}, priced at {edition.as_of}", edition.as_of)
    try:
        return book_pdf(bound((folder / "index.html").read_text(encoding="utf-8"), title), folder)
    except (ValueError, NotPrinted) as error:
        raise Refused(str(error)) from None


@main.command(epilog="\b\nExample:\n  make publish TO=../published")
@SITE
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="An empty folder, or that of the last publication.",
)
def publish(*, site: Path, to: Path) -> None:
    """Put the built site into a folder, in the place of the last one, and add the offline copy of its edition.

    A copy that was published never changes: a text that is mended within an edition stands on the site, and comes into
    the copy of the next edition. Files that no publication wrote stay. A run that was stopped is finished by the next.
    """
    if to.resolve().is_relative_to(site.resolve()):
        raise Stop(f"{to} lies in the site itself; name a folder outside of it")
    with stopping(to, "nothing that was published is lost"), progress.status(f"Publishing to {shown(to)}"):
        done = publication.publish(read_site(site), to)
    console.print(
        f"Published edition {done.edition.serial} of {done.edition.as_of} to {shown(to)}: "
        f"{money.some(done.written, 'file')} written, {done.removed} removed",
        style="green",
    )
    for name in done.new:
        console.print(f"{name} is new, and stays as it is from now on")
    for name in done.kept:
        console.print(f"{name} stays as it was published; what is new comes into the copy of the next edition")
    if done.without:
        console.print(
            f"{editions(done.without)}: no copy was ever published here, so nothing links to one", style="yellow"
        )


def editions(serials: list[int] | tuple[int, ...]) -> str:
    """``Edition 1``, ``Editions 1, 2``."""
    return f"Edition{'s' if len(serials) > 1 else ''} {', '.join(map(str, serials))}"


def shown(path: Path) -> str:
    """A path as short as it can be typed here."""
    found = path.resolve()
    return str(found.relative_to(Path.cwd()) if found.is_relative_to(Path.cwd()) else path)


@contextmanager
def stopping(folder: Path, otherwise: str) -> Iterator[None]:
    """End with one message where something is refused or cannot be written."""
    try:
        yield
    except Refused as error:
        raise Stop(f"{error}.\nNothing was changed.") from None
    except OSError as error:
        what = error.filename or folder
        raise Stop(f"cannot write {what}: {error.strerror}\nMend this and run it again; {otherwise}.") from None


if __name__ == "__main__":
    main()
