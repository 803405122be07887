"""Begin something new in the book: a chapter that meets the contract, with a gap for each text to be written."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from costbook.load import DataErrors, load_world
from costbook.load.gaps import gaps_in
from costbook.names import Unknown
from costbook.scaffold import FEWEST, MOST, Refused, Scaffold, scaffold, touched
from costbook.writing import write_all_or_none

ROOT = Path(__file__).resolve().parent.parent
console = Console(highlight=False, soft_wrap=True)
EXAMPLES = """\b
Examples:
  python scripts/new.py chapter inside-one-pass
  python scripts/new.py chapter inside-one-pass --objectives 4 --dry-run
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Begin something new in the book."""


@main.command(epilog=EXAMPLES)
@click.option("--objectives", type=click.IntRange(FEWEST, MOST), default=3, show_default=True, help="How many it has.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--book",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The book's folder (this repository by default).",
)
@click.argument("name")
def chapter(name: str, objectives: int, dry_run: bool, book: Path) -> None:
    """Write the files of the planned chapter NAME, an id of book/data/contents.yaml.

    Every text to be written is a gap, and a strict build fails at each of them. All files are written or none; where
    a run was killed, the next one writes the rest.
    """
    try:
        world = load_world(book, texts_asked=False)
        existing = {file: (book / file).read_text("utf-8") for file in touched(name) if (book / file).is_file()}
        made = scaffold(world, name, objectives, existing)
        if not dry_run:
            write_all_or_none({book / file: text.encode() for file, text in made.files.items()})
    except DataErrors as errors:
        console.print(str(errors), style="red", markup=False)
        sys.exit(2)
    except (Unknown, Refused) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or book}: {error.strerror}; nothing was written") from None
    _report(made, dry_run)


def _report(made: Scaffold, dry_run: bool) -> None:
    """What was written, with its gaps, and what to do next."""
    table = Table("Would write" if dry_run else "Wrote", "Gaps", "", box=None, pad_edge=False)
    for file, text in made.files.items():
        table.add_row(file, str(len(tuple(gaps_in(file, text)))), "added to" if file in made.changed else "new")
    console.print(table)
    console.print(
        f"\nNext: write {made.page} under `make serve`, which shows what is not written yet; `make site` fails at\n"
        "each gap until it is. Exchange the sample workloads, conditions and figures for the chapter's own. Then\n"
        "enter its terms in book/glossary.md, its sources in book/data/references.bib and its misconceptions in\n"
        "assessments/misconceptions.yaml, run `scripts/quizzes.py lint`, and write the review last.",
        markup=False,
    )


if __name__ == "__main__":
    main()
