"""What a change of the data moves in the book: between revisions, between days, or since the last commit."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from costbook.changes import Impact, impact
from costbook.changes.report import WHERE, as_json, heading, markdown, sections, summary
from costbook.export.register import Aged, BadRegister
from costbook.load import DataErrors, load_world
from costbook.pages import read_pages
from costbook.world import World

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Python looks beside a script, not around it

from scripts.price_banks import REGISTER, bank_sections, banks_as_json, stale_banks  # noqa: E402

SOURCES = ("index.md", "book", "assessments")
"""What of a revision is read: pages and data."""
UNCOMMITTED = "the working tree"
EXAMPLES = """\b
Examples:
  python scripts/prices.py impact
  python scripts/prices.py impact --at 2026-12-02
  python scripts/prices.py impact --from HEAD~3 --to HEAD --format markdown
"""


def git(book: Path, *arguments: str) -> bytes:
    """What git says about a book.

    Raises:
        click.ClickException: where there is no git, or no repository.
    """
    try:
        ran = subprocess.run(["git", "-C", str(book), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise click.ClickException("git is not installed; name two days of the same data with --at DATE") from None
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip()
        raise click.ClickException(said.removeprefix("fatal: ").removeprefix("error: "))
    return ran.stdout


def commit_of(book: Path, revision: str) -> str:
    """The commit that a revision names.

    Raises:
        click.ClickException: outside a repository, and for an unknown revision.
    """
    try:
        git(book, "rev-parse", "--show-toplevel")
    except click.ClickException as error:
        if "not a git repository" not in error.message:
            raise
        what = f"{book} is in no git repository, so there is nothing to compare it with"
        raise click.ClickException(f"{what}; compare two days of its data with --at DATE") from None
    known = f"{revision}^{{commit}}"
    try:
        if revision.startswith("-"):
            raise click.ClickException("an option is no revision")
        return git(book, "rev-parse", "--verify", "--quiet", known).decode().strip()
    except click.ClickException:
        what = f"unknown revision {revision!r}; name a commit, branch or tag, such as HEAD~1"
        raise click.ClickException(what) from None


@contextmanager
def sources(book: Path, revision: str | None) -> Iterator[Path]:
    """A folder with the sources of a book as they were at a revision; None is the book as it is."""
    if revision is None:
        yield book
        return
    commit = commit_of(book, revision)
    there = git(book, "ls-tree", "--name-only", commit).decode().splitlines()
    wanted = [name for name in SOURCES if name in there]
    if "book" not in wanted:
        raise click.ClickException(f"the revision {revision!r} has no book in {book}")
    packed = git(book, "archive", "--format=zip", "-0", commit, "--", *wanted)
    with tempfile.TemporaryDirectory() as name:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(name)
        yield Path(name)


def load(root: Path, revision: str | None) -> World:
    """The world of some sources; a slip in the data themselves ends the program with every place.

    What has no answer in a text is what the impact is about, so the texts are not asked.
    """
    try:
        return load_world(root, texts_asked=False)
    except DataErrors as errors:
        complain(f"The data of {named(revision)} cannot be read, and so not compared. Mend them first:", errors)
        sys.exit(2)


def load_new(root: Path, revision: str | None) -> tuple[World, bool]:
    """The same for the new side, and whether a build would stop for its texts: for each it is said where."""
    try:
        return load_world(root), False
    except DataErrors as errors:
        found = load(root, revision)
        complain(f"Texts of {named(revision)} have no answer here, or a slip, and a build would stop:", errors)
        return found, True


def named(revision: str | None) -> str:
    """A side in words."""
    return UNCOMMITTED if revision is None else f"the revision {revision!r}"


def complain(lead: str, problems: DataErrors) -> None:
    """Print problems beside the report."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(lead, markup=False)
    console.print(str(problems), style="red", markup=False)


class Compared(NamedTuple):
    """What moves in the book, and in the banks that were exported from it on this machine."""

    impact: Impact
    banks: tuple[Aged, ...]


def compare(book: Path, old: str | None, new: str | None, day: date | None) -> Compared:
    """What moves from one revision of a book to another (None: as it is), and to a day."""
    with sources(book, old) as old_root, sources(book, new) as new_root:
        after, stopped = load_new(new_root, new)
        before = after if old_root == new_root else load(old_root, old)
        try:
            pages = read_pages(new_root, after)
            if day is not None:
                after = after.on(day)
            return Compared(impact(before, after, pages), banks_of(book, after))
        except (ValueError, LookupError):
            if not stopped and not load_new(old_root, old)[1]:
                raise
            sys.exit(2)  # a text that nobody can read; it was complained of


def banks_of(book: Path, world: World) -> tuple[Aged, ...]:
    """The exported banks that are stale in a world; what keeps them from being looked at is said beside the report."""
    try:
        return stale_banks(book, world)
    except DataErrors as errors:
        complain("The exported banks were not looked at, because your own quizzes have slips:", errors)
    except (BadRegister, OSError) as error:
        Console(stderr=True).print(
            f"The exported banks were not looked at: {REGISTER}: {error}", style="red", markup=False
        )
    return ()


def show(found: Impact, banks: Sequence[Aged]) -> None:
    """Print a report for a person: a table for each section and file."""
    console = Console(highlight=False)
    console.print(heading(found), style="bold", markup=False)
    console.print(summary(found), style="red" if found.stops else "", markup=False)
    for section in (*sections(found), *bank_sections(banks)):
        console.print(f"\n{section.title} ({section.count})", style="bold", markup=False)
        if section.head[0] != WHERE:
            console.print(_table(section.head, section.rows))
            continue
        for file, rows in groupby(section.rows, lambda row: row[0].rpartition(":")[0]):
            console.print(file, style="cyan", markup=False)
            console.print(_table(("Line", *section.head[1:]), [(row[0].rpartition(":")[2], *row[1:]) for row in rows]))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold", justify="right" if head in {"Line", "Change", "Texts"} else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


@click.command("impact", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--from", "old", metavar="REV", help="The old side: a git revision. HEAD by default.")
@click.option("--to", "new", metavar="REV", help="The new side: a git revision. The working tree by default.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Price the new side at this day; alone, the old side is the same data at the edition's day.",
)
@click.option(
    "--format", "form", type=click.Choice(["terminal", "markdown", "json"]), default="terminal", show_default=True
)
@click.option(
    "--book",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The book's folder (this repository by default).",
)
def impact_command(old: str | None, new: str | None, at: datetime | None, form: str, book: Path) -> None:
    """Say what a change of prices moves in the book, before it is built.

    Broken claims come first, then verdicts and keys that flip, distractors, feedback and figures, each with its page
    and line. Without options, the working tree is compared with the last commit.
    """
    day = None if at is None else at.date()
    if old is None and (new is not None or day is None):
        old = "HEAD"
    found, banks = compare(book, old, new, day)
    if form == "json":
        click.echo(json.dumps({**as_json(found), "banks": banks_as_json(banks)}, ensure_ascii=False, indent=1))
    elif form == "markdown":
        click.echo(markdown(found, bank_sections(banks)), nl=False)
    else:
        show(found, banks)


if __name__ == "__main__":
    impact_command(prog_name="impact")
