"""Quizzes as banks: what each target keeps and loses, and then the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scripts.quiz_shelf import BOOK, SECRET, console, secret_of, shelf

from costbook.assessment import codes
from costbook.export.bank import Bank, bank_of
from costbook.export.losses import Keep, Loss, losses
from costbook.export.register import BadRegister, exported, read_register, with_exports
from costbook.export.targets import TARGETS, Target
from costbook.load import PRIVATE
from costbook.names import Unknown
from costbook.quizzes.resolve import Unresolvable
from costbook.quizzes.resolved import ResolvedQuiz
from costbook.writing import clear, write_together

REGISTER = f"{PRIVATE}/exported.json"
"""What was exported from this machine, by which ``prices.py impact`` tells stale banks."""
MARKS = {Keep.KEPT: "kept", Keep.PARTLY: "[yellow]partly[/]", Keep.LOST: "[red]lost[/]"}
EDITIONS = "book/editions.html"
EXAMPLES = """\b
Examples:
  python scripts/quizzes.py export the-life-of-a-token-check --to moodle
  python scripts/quizzes.py export bill-autopsy --to canvas --variants 30 --out ~/banks
  python scripts/quizzes.py export my-quiz --secret-file ~/secret.txt --dry-run
"""


@dataclass(frozen=True)
class Made:
    """A bank for a target: what it keeps and loses, and its files by their names below the folder."""

    target: Target
    bank: Bank
    losses: tuple[Loss, ...]
    files: Mapping[str, bytes]


def make(
    quizzes: Sequence[ResolvedQuiz], targets: Sequence[Target], bank: Callable[[ResolvedQuiz], Bank]
) -> list[Made]:
    """Every quiz as a bank for every target."""
    pairs = [(one, target) for one in map(bank, quizzes) for target in targets]
    steps = track(pairs, "Making banks", console=Console(stderr=True), transient=True)
    return [
        Made(
            target,
            one,
            losses(one, target.fates),
            {f"{target.name}/{name}": content for name, content in target.write(one).items()},
        )
        for one, target in steps
    ]


def show_losses(made: Sequence[Made]) -> None:
    """What each target keeps of each bank, feature by feature, and in words what it does not."""
    by_bank: dict[str, list[Made]] = {}
    for one in made:
        by_bank.setdefault(one.bank.id, []).append(one)
    for found in by_bank.values():
        bank = found[0].bank
        size = f"{len(bank.questions)} questions in {len(bank.pools)} pools"
        console.print(f"{bank.title}: {size}, {bank.stamp}", style="bold", markup=False)
        table = Table("It has", "Questions", *(one.target.name for one in found), box=None, pad_edge=False)
        for row in zip(*(one.losses for one in found), strict=True):
            table.add_row(row[0].feature.value, str(row[0].questions), *(MARKS[loss.fate.keep] for loss in row))
        console.print(table)
        for one in found:
            for loss in one.losses:
                if loss.fate.keep is not Keep.KEPT:
                    said = f"{one.target.name}, {loss.feature.value} ({loss.fate.keep.value}): {loss.fate.how}"
                    console.print(f"  {said}", style="dim", markup=False)
        console.print()


@click.command("export", epilog=EXAMPLES)
@BOOK
@SECRET
@click.option("--to", "names_of_targets", multiple=True, type=click.Choice(list(TARGETS)), help="All by default.")
@click.option(
    "--variants", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many of each question."
)
@click.option(
    "--seed", type=click.IntRange(0, codes.MOST_SEEDS - 1), default=0, show_default=True, help="The first variant."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("build/banks"), show_default=True,
    help="The folder, with one below it for each target.",
)  # fmt: skip
@click.option("--site", help="The address of the published site: questions then link to its page of editions.")
@click.option("--dry-run", is_flag=True, help="Say what each target keeps and loses, and write nothing.")
@click.argument("names", metavar="QUIZ...", nargs=-1, required=True)
def export(
    *,
    names: tuple[str, ...],
    names_of_targets: tuple[str, ...],
    variants: int,
    seed: int,
    out: Path,
    site: str | None,
    dry_run: bool,
    secret_file: Path | None,
    book: Path,
) -> None:
    """Write QUIZ as banks of questions for learning-management systems.

    First it says what each target keeps and loses. Questions keep their ids from edition to edition, so that a bank
    that is imported again updates what is there. What was exported is noted in assessments/private/exported.json, on
    this machine only.
    """
    found, secret = shelf(book), secret_of(secret_file)
    page = None if site is None else f"{site.rstrip('/')}/{EDITIONS}"
    targets = [TARGETS[name] for name in names_of_targets or TARGETS]
    try:
        quizzes = [found.resolved(name, secret) for name in names]
    except (Unknown, Unresolvable) as error:
        raise click.ClickException(str(error)) from None
    made = make(quizzes, targets, lambda quiz: bank_of(quiz, variants, seed, page))
    show_losses(made)
    if dry_run:
        console.print("Dry run: nothing was written", style="yellow")
        return
    files = {out / name: content for one in made for name, content in one.files.items()}
    register = book / REGISTER
    try:
        before = read_register(register.read_text(encoding="utf-8")) if register.is_file() else ()
        entries = [exported(one.bank, one.target.name, str(out.resolve())) for one in made]
        for folder in {file.parent for file in files}:
            clear(folder)
        write_together({**files, register: with_exports(before, entries).encode()})
    except BadRegister as error:
        raise click.ClickException(f"{register}: {error}\nNothing was written.") from None
    except OSError as error:
        where = error.filename or out
        raise click.ClickException(f"cannot write {where}: {error.strerror}\nNo bank was changed.") from None
    for file in files:
        console.print(f"Wrote {file}", markup=False)
