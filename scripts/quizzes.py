"""Quizzes: list them, see what the guarantee left out, take them to a course, and regenerate a form from its code."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from costbook import money
from costbook.assessment import codes
from costbook.assessment.codes import BadCode
from costbook.assessment.rich import to_plain
from costbook.names import Unknown
from costbook.quizzes.keys import UNIT_WORDS
from costbook.quizzes.resolve import Unresolvable
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ResolvedSlot,
    Variant,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Python looks beside a script, not around it

from scripts.quiz_export import export  # noqa: E402
from scripts.quiz_paper import paper  # noqa: E402
from scripts.quiz_shelf import BOOK, SECRET, console, resolved, secret_of, shelf  # noqa: E402

EXAMPLES = """\b
Examples:
  python scripts/quizzes.py list
  python scripts/quizzes.py lint
  python scripts/quizzes.py export the-life-of-a-token-practice --to moodle
  python scripts/quizzes.py paper the-life-of-a-token-check --forms 3
  python scripts/quizzes.py code the-life-of-a-token-practice --seed 3
  python scripts/quizzes.py show ABCD-EFGH-JKMN-PQRS
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """List the quizzes, check their variants, take them to a course, and give a form again from its code."""


main.add_command(export)
main.add_command(paper)


@main.command("list")
@BOOK
def list_quizzes(book: Path) -> None:
    """List every quiz: its use, slots, points and minutes."""
    found = shelf(book)
    table = Table("Quiz", "Use", "Slots", "Items", "Points", "Minutes", box=None, pad_edge=False)
    for quiz in found.quizzes.values():
        points = sum(slot.first.points for slot in quiz.slots)
        minutes = sum(slot.first.minutes for slot in quiz.slots)
        counts = len(quiz.slots), len(list(quiz.items)), points, f"{minutes} of {quiz.minutes}"
        table.add_row(quiz.id, quiz.use.value, *map(str, counts))
    console.print(table)


@main.command()
@BOOK
@click.argument("names", metavar="[QUIZ]...", nargs=-1)
def lint(names: tuple[str, ...], book: Path) -> None:
    """Verify every variant of some quizzes (all by default) and print what the guarantee left out.

    Exits with 1 where an item has too few variants left.
    """
    found = shelf(book)
    failed: list[str] = []
    for name in track(names or tuple(found.quizzes), "Verifying", console=Console(stderr=True), transient=True):
        try:
            resolved = found.resolved(name)
        except Unknown as error:
            raise click.ClickException(str(error)) from None
        except Unresolvable as error:
            failed += map(str, error.items)
            continue
        for slot in resolved.slots:
            _print_pool(slot)
    for line in failed:
        console.print(line, style="red", markup=False)
    sys.exit(1 if failed else 0)


def _print_pool(slot: ResolvedSlot) -> None:
    """The number of variants of each item of a slot, and below it what was left out."""
    for item, variants in Counter(one.item for one in slot.variants).items():
        console.print(f"{variants:>4}  {item}", markup=False)
        for one in slot.excluded:
            if one.item == item:
                console.print(f"      {one.count} left out: {one.reason} ({one.example})", style="dim", markup=False)
        verdicts = {one.verdict for one in slot.variants if one.item == item}
        if variants > 1 and len(verdicts) == 1 and verdicts != {""}:
            console.print(
                f"      every key states {verdicts.pop()!r}: a retry never brings another verdict", style="yellow"
            )


@main.command("code")
@BOOK
@SECRET
@click.option("--seed", type=click.IntRange(0, codes.MOST_SEEDS - 1), default=0, show_default=True)
@click.argument("name", metavar="QUIZ")
def code_of(name: str, seed: int, secret_file: Path | None, book: Path) -> None:
    """Print the code that stands for a form of QUIZ."""
    console.print(resolved(shelf(book), name, secret_of(secret_file)).code(seed), markup=False)


@main.command()
@BOOK
@SECRET
@click.option("--key", is_flag=True, help="Print the answers too.")
@click.argument("code")
def show(code: str, key: bool, secret_file: Path | None, book: Path) -> None:
    """Print the form that CODE stands for, or say why this book cannot make it."""
    found, secret = shelf(book), secret_of(secret_file)
    try:
        read = codes.read(code)
        name = found.of_code(read)
        resolved = found.resolved(name, secret if read.private else None)
        codes.fits(read, quiz_id=name, edition=resolved.edition, digest_hex=resolved.digest, secret=secret)
    except BadCode as error:
        raise click.ClickException(f"{code}: {error}") from None
    except Unresolvable as error:
        raise click.ClickException(str(error)) from None
    console.print(f"{resolved.quiz.title}, {codes.write(read)}", style="bold", markup=False)
    for number, slot in enumerate(resolved.slots, start=1):
        _print(number, slot.variant(read.seed), key=key)


def _print(number: int, variant: Variant, *, key: bool) -> None:
    """One question as on paper; with the key also its id, by which learners report it."""
    points = money.some(variant.points, "point")
    name = f" [{variant.item}]" if key else ""
    console.print(f"\n{number}. {to_plain(variant.stem).strip()} ({points}){name}", markup=False)
    lines, letters = _to_fill_in(variant)
    console.print("\n".join(f"  {line}" for line in lines), markup=False)
    if key:
        console.print(f"  Answer: {letters}{to_plain(variant.solution)}", style="green", markup=False)


def _to_fill_in(variant: Variant) -> tuple[list[str], str]:
    """What a learner fills in, and the letters of the right options."""
    match variant.body:
        case ChoiceBody(options) | MultipleBody(options):
            lines = ["Several may be right."] if isinstance(variant.body, MultipleBody) else []
            lettered = list(zip(LETTERS, options, strict=False))
            right = ", ".join(letter for letter, one in lettered if one.right)
            return [*lines, *(f"{letter}) {to_plain(one.text)}" for letter, one in lettered)], f"{right}: "
        case NumericBody(unit=unit):
            return [f"______ {UNIT_WORDS[unit]}"], ""
        case OrderBody(events=events):
            return ["Number the events.", *(f"__ {to_plain(event.text)}" for event in events)], ""
        case MatchBody(lefts, rights):
            choices = [f"{letter}) {to_plain(one.text)}" for letter, one in zip(LETTERS, rights, strict=False)]
            return ["Write a letter beside each.", *(f"__ {to_plain(one.text)}" for one in lefts), *choices], ""
        case OpenBody(least_words=least, most_words=most):
            return [f"{least} to {most} words: ______"], ""
        case _:
            return ["______"], ""


if __name__ == "__main__":
    main()
