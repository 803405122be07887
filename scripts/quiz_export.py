"""Quizzes as banks: what each target keeps and loses, and then the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scripts.quiz_shelf import BOOK, SECRET, console, note, resolved, secret_of, shelf

from costbook import money
from costbook.assessment import codes
from costbook.assessment.items import Quiz
from costbook.export import paper
from costbook.export.bank import Bank, bank_of
from costbook.export.downloads import editions_page
from costbook.export.forms import Form
from costbook.export.lesson import lesson_html
from costbook.export.loss_page import Report, loss_html
from costbook.export.losses import Keep, Loss, losses
from costbook.export.paper import options_of, papers
from costbook.export.pdf import NotPrinted, pdf
from costbook.export.pointers import Places
from costbook.export.register import FILE, BadRegister, exported, read_register, with_exports
from costbook.export.targets import TARGETS, Target
from costbook.load import PRIVATE
from costbook.quizzes.page import chapters_of
from costbook.quizzes.resolved import ResolvedQuiz
from costbook.world import World
from costbook.writing import clear, write_together

PAPER = "paper"
REPORT = "kept-and-lost.html"
"""What to open first in the folder of a quiz."""
REGISTER = f"{PRIVATE}/{FILE}"
"""What was exported from this machine, by which ``prices.py impact`` tells stale banks."""
MARKS = {Keep.KEPT: "kept", Keep.PARTLY: "[yellow]partly[/]", Keep.LOST: "[red]lost[/]"}
EXAMPLES = """\b
Examples:
  python scripts/quizzes.py export the-life-of-a-token-check --to moodle
  python scripts/quizzes.py export bill-autopsy --to canvas --variants 30 --out ~/banks
  python scripts/quizzes.py export my-quiz --secret-file ~/secret.txt --dry-run
"""


@dataclass(frozen=True)
class Made:
    """A bank for a target: what it keeps and loses, and its files by their names below the folder of the quiz."""

    target: str
    title: str
    bank: Bank
    losses: tuple[Loss, ...]
    files: Mapping[str, bytes]
    cautions: tuple[str, ...] = ()


def make(
    quizzes: Sequence[ResolvedQuiz], names: Sequence[str], bank: Callable[[ResolvedQuiz], Bank], world: World
) -> list[Made]:
    """Every quiz for every target, and on paper."""
    pairs = [(quiz, bank(quiz), name) for quiz in quizzes for name in names]
    steps = track(pairs, "Making banks", console=Console(stderr=True), transient=True)
    return [_on_paper(quiz, one, world) if name == PAPER else _for(TARGETS[name], one) for quiz, one, name in steps]


def _for(target: Target, bank: Bank) -> Made:
    files = {f"{target.name}/{name}": content for name, content in target.write(bank).items()}
    return Made(target.name, target.title, bank, losses(bank, target.fates), files, target.cautions(bank))


def _on_paper(quiz: ResolvedQuiz, bank: Bank, world: World) -> Made:
    """The form of the bank's first questions."""
    options = options_of(quiz.quiz, world, page=bank.page)
    documents = papers(quiz, [Form(codes.read(bank.code).seed, "A")], options)
    files = {f"{PAPER}/{name}": pdf(document) for name, document in documents.items()}
    return Made(PAPER, "Paper (PDF)", bank, losses(bank, paper.FATES), files)


def beside(made: Sequence[Made], quiz: Quiz, world: World) -> dict[str, bytes]:
    """What lies beside the banks of a quiz: lesson plans of what it is about, and what each target keeps and loses."""
    chapters = {chapter.id for chapter in chapters_of(quiz, world.contents)}
    plans = {
        f"{lesson.id}-lesson.html": lesson_html(lesson, world)
        for lesson in world.lessons.values()
        if lesson.chapter in chapters
    }
    return {**plans, REPORT: loss_html(made[0].bank, [Report(one.title, one.losses, one.cautions) for one in made])}


def show_losses(made: Sequence[Made]) -> None:
    """What each target keeps of each bank, feature by feature, and in words what it does not."""
    by_bank: dict[str, list[Made]] = {}
    for one in made:
        by_bank.setdefault(one.bank.id, []).append(one)
    for found in by_bank.values():
        bank = found[0].bank
        size = f"{money.some(len(bank.questions), 'question')} in {money.some(len(bank.pools), 'pool')}"
        console.print(f"{bank.title}: {size}, {bank.stamp}", style="bold", markup=False)
        table = Table(
            "It has",
            f"of {len(bank.questions)}",
            *(one.target for one in found),
            box=None,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        for row in zip(*(one.losses for one in found), strict=True):
            table.add_row(row[0].feature.value, str(row[0].questions), *(MARKS[loss.fate.keep] for loss in row))
        console.print(table)
        console.print()
    said = dict.fromkeys(
        f"{one.target}, {loss.feature.value} ({loss.fate.keep.value}): {loss.fate.how}"
        for one in sorted(made, key=lambda one: [*TARGETS, PAPER].index(one.target))
        for loss in one.losses
        if loss.fate.keep is not Keep.KEPT
    )
    for line in said:
        note(line, "dim")
    for one in made:
        for caution in one.cautions:
            note(f"{one.target}: {caution}", "yellow")


@click.command("export", epilog=EXAMPLES)
@BOOK
@SECRET
@click.option("--to", "targets", multiple=True, type=click.Choice([*TARGETS, PAPER]), help="All by default.")
@click.option(
    "--variants", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many of each question."
)
@click.option(
    "--seed", type=click.IntRange(0, codes.MOST_SEEDS - 1), default=0, show_default=True, help="The first variant."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("build/banks"), show_default=True,
    help="The folder, with one below it for each quiz.",
)  # fmt: skip
@click.option("--site", help="The address of the published site: questions then link to its page of editions.")
@click.option("--dry-run", is_flag=True, help="Say what each target keeps and loses, and write nothing.")
@click.argument("names", metavar="QUIZ...", nargs=-1, required=True)
def export(
    *,
    names: tuple[str, ...],
    targets: tuple[str, ...],
    variants: int,
    seed: int,
    out: Path,
    site: str | None,
    dry_run: bool,
    secret_file: Path | None,
    book: Path,
) -> None:
    """Write QUIZ as a folder to assign: banks for learning-management systems, paper, the lesson plans of its chapters.

    First it says what each target keeps and loses. Questions keep their ids from edition to edition, and their digests
    tell a stale bank. What was exported is noted in assessments/private/exported.json, on this machine only.
    """
    found, secret = shelf(book), secret_of(secret_file)
    quizzes = [resolved(found, name, secret) for name in names]
    try:
        made = make(
            quizzes,
            targets or (*TARGETS, PAPER),
            lambda quiz: bank_of(
                quiz, variants, seed, editions_page(site), Places(found.world.contents, quiz.quiz.chapter, site)
            ),
            found.world,
        )
    except NotPrinted as error:
        raise click.ClickException(str(error)) from None
    show_losses(made)
    if dry_run:
        console.print("Dry run: nothing was written", style="yellow")
        return
    files: dict[Path, bytes] = {}
    about = {one.quiz.id: one.quiz for one in quizzes}
    for bank, group in groupby(made, lambda one: one.bank.id):
        of_bank = list(group)
        every = {name: content for one in of_bank for name, content in one.files.items()}
        files |= {
            out / bank / name: content
            for name, content in {**every, **beside(of_bank, about[bank], found.world)}.items()
        }
    register = book / REGISTER
    entries = [exported(one.bank, one.target, str((out / one.bank.id).resolve())) for one in made]
    with cannot_write(out):
        try:
            before = read_register(register.read_text(encoding="utf-8")) if register.is_file() else ()
        except BadRegister as error:
            raise click.ClickException(f"{register}: {error}\nNothing was written.") from None
        put({**files, register: with_exports(before, entries).encode()})
    for file in files:
        console.print(f"Wrote {file}", markup=False)
    for bank in dict.fromkeys(one.bank.id for one in made):
        console.print(
            f"Open {out / bank / REPORT} first: what each target keeps and loses, and what to do", markup=False
        )


def put(files: Mapping[Path, bytes]) -> None:
    """Write files, all of them or none, after removing what a stopped run has left beside them."""
    for folder in {file.parent for file in files}:
        clear(folder)
    write_together(files)


@contextmanager
def cannot_write(out: Path) -> Iterator[None]:
    """One clear line where a file cannot be written."""
    try:
        yield
    except OSError as error:
        where = error.filename or out
        raise click.ClickException(f"cannot write {where}: {error.strerror}\nNo file was changed.") from None
