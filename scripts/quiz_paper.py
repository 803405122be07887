"""Quizzes on paper: question sheets, answer sheets, keys and rubric sheets as PDF files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.progress import track
from scripts.quiz_export import cannot_write, put
from scripts.quiz_shelf import BOOK, SECRET, Shelf, console, note, resolved, secret_of, shelf, warn_if_guessed

from costbook import money
from costbook.assessment import codes
from costbook.export.downloads import editions_page
from costbook.export.forms import Form, for_students, lettered, of_code
from costbook.export.paper import FOLDERS, Size, options_of, papers, stacks
from costbook.export.pdf import NotPrinted, pdf
from costbook.export.roster import Student, hashed, read_roster
from costbook.quizzes.resolved import ResolvedQuiz

IDS = "roster-ids.csv"
"""Whose the hashed ids on sheets are."""
EXAMPLES = """\b
Examples:
  python scripts/quizzes.py paper the-life-of-a-token-check
  python scripts/quizzes.py paper bill-autopsy --forms 4 --together
  python scripts/quizzes.py paper my-quiz --roster class.csv --salt-file salt.txt --secret-file secret.txt
  python scripts/quizzes.py paper the-life-of-a-token-check --code 5R6N-0104-RAY0-0023
"""


@click.command("paper", epilog=EXAMPLES)
@BOOK
@SECRET
@click.option("--forms", type=click.IntRange(1, 1000), help="Forms A, B, C and so on (one by default).")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with a column `id`: a form for each student.",
)
@click.option(
    "--salt-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with a salt: the ids of the roster are hashed with it, and names are left out.",
)
@click.option("--code", "texts", multiple=True, metavar="CODE", help="The form that a code stands for, once more.")
@click.option("--seed", type=click.IntRange(0, codes.MOST_SEEDS - 1), default=0, show_default=True, help="Of form A.")
@click.option("--size", type=click.Choice([one.value for one in Size]), default=Size.A4.value, show_default=True)
@click.option("--together", is_flag=True, help="All forms in one file of each kind, to print in one go.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/paper"),
    show_default=True,
    help="The folder, with one below it for each kind of sheet.",
)
@click.option("--site", help="The address of the published site: sheets then name its page of editions.")
@click.argument("name", metavar="QUIZ")
def paper(
    *,
    name: str,
    forms: int | None,
    roster: Path | None,
    salt_file: Path | None,
    texts: tuple[str, ...],
    seed: int,
    size: str,
    together: bool,
    out: Path,
    site: str | None,
    secret_file: Path | None,
    book: Path,
) -> None:
    """Print QUIZ: sheets to hand out, in large type too, answer sheets, keys with working, and rubric sheets.

    A key and a sheet are never in one file. The code on a sheet gives the same sheet again; a private one only with
    your secret. Nothing of a roster leaves this machine.
    """
    one_of(**{"--forms": forms, "--roster": roster, "--code": texts or None})
    if salt_file is not None and roster is None:
        raise click.UsageError("--salt-file hashes the ids of a roster: give it together with --roster")
    found = shelf(book)
    quiz = resolved(found, name, secret_of(secret_file))
    roll = None if roster is None else roll_of(roster, salt_file)
    drawn = forms_of(found, quiz, roll, texts, lambda: lettered(quiz, forms or 1, seed))
    options = options_of(quiz.quiz, found.world, Size(size), editions_page(site))
    documents = (stacks if together else papers)(quiz, drawn, options)
    steps = track(documents.items(), "Printing", console=Console(stderr=True), transient=True)
    files: dict[Path, bytes] = {}
    for file, document in steps:
        try:
            files[out / file] = pdf(document)
        except NotPrinted as error:
            raise click.ClickException(f"{file}: {error}\nNo file was written.") from None
    if roll is not None and salt_file is not None:
        files[out / IDS] = ids_of(roll)
    with cannot_write(out):
        put(files)
    for path in files:
        console.print(f"Wrote {path}", markup=False)
    sheets, *_ = files
    console.print(f"Open {sheets} first: a sheet to hand out; its key is in {out / 'keys'}", markup=False)
    say_left(left_from_before(out, name, found.quizzes, files))


def one_of(**given: object) -> None:
    """Refuse options of which only one can be meant."""
    if sum(value is not None for value in given.values()) > 1:
        raise click.UsageError(f"use only one of {', '.join(given)}")


def left_from_before(out: Path, quiz: str, quizzes: Iterable[str], written: Iterable[Path]) -> list[Path]:
    """Papers of this quiz in the same folders that this run has not written: of another seed, roster or edition."""
    new = set(written)
    others = tuple(f"{one}-" for one in quizzes if one.startswith(f"{quiz}-"))
    found = [path for path in out.glob(f"*/{quiz}-*.pdf") if path.parent.name in FOLDERS]
    found += out.glob(IDS)
    return sorted(path for path in found if path not in new and not path.name.startswith(others))


def say_left(left: Sequence[Path]) -> None:
    """Name the papers that lie there from before, which were not touched."""
    if left:
        files = money.some(len(left), "file")
        note(f"Left by an earlier run, no part of this one: {files}. Remove what you no longer need:", "yellow")
        for path in left:
            console.print(f"  {path}", style="yellow", markup=False)


class Roll(NamedTuple):
    """The students of a roster, and as whom each is printed."""

    students: tuple[Student, ...]
    printed: tuple[Student, ...]


def roll_of(roster: Path, salt_file: Path | None) -> Roll:
    """Who is on a roster; with a salt, printed under other ids."""
    try:
        students = read_roster(roster.name, roster.read_bytes())
        if salt_file is None:
            return Roll(students, students)
        salt = salt_file.read_bytes().strip()
        printed = hashed(students, salt)
        warn_if_guessed(salt_file, salt)
        return Roll(students, printed)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot read {error.filename}: {error.strerror}") from None


def forms_of(
    found: Shelf,
    quiz: ResolvedQuiz,
    roll: Roll | None,
    texts: tuple[str, ...],
    otherwise: Callable[[], tuple[Form, ...]],
) -> tuple[Form, ...]:
    """The forms that are asked for: of a roster, of codes, or others."""
    try:
        if roll is not None:
            return for_students(quiz, roll.printed)
        for text in texts:
            whose = found.of_code(codes.read(text))
            if whose != quiz.quiz.id:
                raise codes.BadCode(f"the code {text} is of the quiz {whose}; give that name instead of {quiz.quiz.id}")
        return tuple(of_code(quiz, text) for text in texts) or otherwise()
    except ValueError as error:  # a code or a number of forms
        raise click.ClickException(str(error)) from None


def ids_of(roll: Roll) -> bytes:
    """Which printed id is whose, as a table for the educator alone."""
    text = StringIO(newline="")
    pairs = zip(roll.students, roll.printed, strict=True)
    csv.writer(text).writerows([("id", "printed"), *((one.id, other.id) for one, other in pairs)])
    return text.getvalue().encode("utf-8-sig")
