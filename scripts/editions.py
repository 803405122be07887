"""Editions: pack the built site as the offline copy of its edition, and publish it beside the copies of the others."""

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
from costbook.export.offline import address  # noqa: E402

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
  python scripts/editions.py publish --to ../published
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Keep every edition as a zip file that is read offline, at an address that stays: editions/edition-1.zip."""


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
    name = address(done.edition.serial)
    if done.kept:
        console.print(f"{name} stays as it was published; what is new comes into the copy of the next edition")
    else:
        console.print(f"{name} is new, and stays as it is from now on")
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
