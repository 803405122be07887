"""Quizzes on paper: question sheets, answer sheets, keys and rubric sheets as PDF files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from scripts.quiz_export import cannot_write, put
from scripts.quiz_shelf import BOOK, SECRET, Shelf, console, secret_of, shelf

from costbook.assessment import codes
from costbook.assessment.codes import BadCode
from costbook.export.downloads import editions_page
from costbook.export.forms import Form, TooManyForms, for_students, lettered, of_code
from costbook.export.paper import Options, Size, intro_of, papers, stacks
from costbook.export.pdf import NotPrinted, pdf
from costbook.export.roster import BadRoster, Student, hashed, read_roster
from costbook.names import Unknown
from costbook.quizzes.resolve import Unresolvable
from costbook.quizzes.resolved import ResolvedQuiz

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
    if sum((forms is not None, roster is not None, bool(texts))) > 1:
        raise click.UsageError("take one of --forms, --roster and --code")
    if salt_file is not None and roster is None:
        raise click.UsageError("--salt-file hashes the ids of a --roster")
    found = shelf(book)
    quiz = resolved(found, name, secret_of(secret_file))
    drawn = forms_of(quiz, forms=forms, roster=roster, salt_file=salt_file, texts=texts, seed=seed)
    options = Options(Size(size), intro=intro_of(quiz.quiz, found.world), page=editions_page(site))
    documents = (stacks if together else papers)(quiz, drawn, options)
    steps = track(documents.items(), "Printing", console=Console(stderr=True), transient=True)
    files: dict[Path, bytes] = {}
    for file, document in steps:
        try:
            files[out / file] = pdf(document)
        except NotPrinted as error:
            raise click.ClickException(f"{file}: {error}\nNo file was written.") from None
    if salt_file is not None and roster is not None:
        students = read_roster(roster.name, roster.read_bytes())
        files[out / "roster-ids.csv"] = ids_of(students, [form.student for form in drawn if form.student])
    with cannot_write(out):
        put(files)
    for path in files:
        console.print(f"Wrote {path}", markup=False)


def resolved(found: Shelf, name: str, secret: bytes | None) -> ResolvedQuiz:
    """A quiz, or one clear line."""
    try:
        return found.resolved(name, secret)
    except (Unknown, Unresolvable) as error:
        raise click.ClickException(str(error)) from None


def forms_of(
    quiz: ResolvedQuiz,
    *,
    forms: int | None,
    roster: Path | None,
    salt_file: Path | None,
    texts: tuple[str, ...],
    seed: int,
) -> tuple[Form, ...]:
    """The forms that are asked for: of a roster, of codes, or by letter."""
    try:
        if roster is not None:
            students = read_roster(roster.name, roster.read_bytes())
            if salt_file is not None:
                students = hashed(students, salt_file.read_bytes().strip())
            return for_students(quiz, students)
        if texts:
            return tuple(of_code(quiz, text) for text in texts)
        return lettered(quiz, forms or 1, seed)
    except (BadRoster, BadCode, TooManyForms, ValueError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot read {error.filename}: {error.strerror}") from None


def ids_of(students: Sequence[Student], printed: Sequence[Student]) -> bytes:
    """Which printed id is whose, as a table for the educator alone."""
    text = StringIO(newline="")
    csv.writer(text).writerows(
        [("id", "printed"), *((one.id, other.id) for one, other in zip(students, printed, strict=True))]
    )
    return text.getvalue().encode("utf-8-sig")
