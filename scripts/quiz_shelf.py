"""The quizzes that a command works on: those of the book, and an educator's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

import click
from rich.console import Console

from costbook.assessment import codes
from costbook.assessment.codes import BadCode
from costbook.assessment.items import Quiz
from costbook.load import DataErrors, load_private, load_world
from costbook.load.gaps import find_gaps
from costbook.names import Unknown, look_up
from costbook.quizzes.resolve import Unresolvable, resolve
from costbook.quizzes.resolved import ResolvedQuiz
from costbook.world import World

LEAST_LENGTH, LEAST_DISTINCT = 16, 10
"""Characters of a secret, and different ones among them, below which it is easily guessed."""
ASSESSMENTS = "assessments/"
ROOT = Path(__file__).resolve().parent.parent
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Shelf:
    """The book's quizzes and an educator's own."""

    world: World
    quizzes: Mapping[str, Quiz]

    def quiz(self, name: str) -> Quiz:
        """The quiz with an id."""
        return look_up(self.quizzes, name, "quiz")

    def resolved(self, name: str, secret: bytes | None = None) -> ResolvedQuiz:
        """A quiz, resolved."""
        return resolve(self.quiz(name), self.world, secret)[0]

    def of_code(self, code: codes.Code) -> str:
        """The id of the quiz that a code was made for."""
        for name in self.quizzes:
            if codes.quiz_number(name) == code.quiz:
                return name
        raise BadCode("no quiz of this book, nor of assessments/private, has this code")


def shelf(book: Path) -> Shelf:
    """Load the book, and the private quizzes beside it; a slip in the data ends the program with every place.

    So does a text that is not written yet: no bank shows a learner what its author was to write.
    """
    try:
        world = load_world(book)
        gaps = [gap for gap in find_gaps(book) if gap.place.file.startswith(ASSESSMENTS)]
        if gaps:
            raise DataErrors(gaps)
        return Shelf(world, {**world.quizzes, **load_private(book, world)})
    except DataErrors as errors:
        console.print(str(errors), style="red", markup=False)
        sys.exit(2)


BOOK = click.option(
    "--book",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The book's folder (this repository by default).",
)
SECRET = click.option(
    "--secret-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with an educator's secret; its codes regenerate nothing without it.",
)


def secret_of(path: Path | None) -> bytes | None:
    """An educator's secret, from its file."""
    if path is None:
        return None
    secret = path.read_bytes().strip()
    if not secret:
        raise click.ClickException(f"{path} is empty; write any long text into it and keep it to yourself")
    warn_if_guessed(path, secret)
    return secret


def warn_if_guessed(path: Path, secret: bytes) -> None:
    """Say so where a secret or a salt is so short, or so uniform, that somebody could find it by trying."""
    if len(secret) < LEAST_LENGTH or len(set(secret)) < LEAST_DISTINCT:
        click.echo(
            f"Warning: {path} has {len(secret)} characters, {len(set(secret))} of them different; a student could "
            f"guess it by trying. Take at least {LEAST_LENGTH}, for example those that this prints:\n"
            f'  {Path(sys.executable).name} -c "import secrets; print(secrets.token_urlsafe(24))"',
            err=True,
        )


def note(line: str, style: str) -> None:
    """A long line, wrapped and indented below its beginning."""
    text = fill(line, console.width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    console.print(text, style=style, markup=False)


def resolved(found: Shelf, name: str, secret: bytes | None) -> ResolvedQuiz:
    """A quiz, or one clear line."""
    try:
        return found.resolved(name, secret)
    except (Unknown, Unresolvable) as error:
        raise click.ClickException(str(error)) from None
