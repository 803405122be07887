"""Put a question to the price book, in the grammar that pages use."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from costbook.load import DEFAULT_MODEL, DataErrors, load_world
from costbook.questions import KINDS, Unanswerable, Unreadable, parse_line, text_of

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = """\b
Examples:
  python scripts/ask.py bill chat-reply on gpt-4o
  python scripts/ask.py price output on gpt-4o at 2024-05-13
  python scripts/ask.py saving-share verbose-1k to concise-1k on gpt-4o
  python scripts/ask.py side 1500+250 on gpt-5.5
  python scripts/ask.py --kinds
"""


def list_kinds(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Print how each kind of question is written, and stop."""
    if not wanted or context.resilient_parsing:
        return
    table = Table("Write", "It answers", box=None, pad_edge=False)
    for kind in sorted(KINDS):
        cls = KINDS[kind]
        meaning = (cls.__doc__ or "").strip().splitlines()[0]
        form = cls.usage_line().removeprefix("write ").replace(" as ", " ", 1)
        table.add_row(escape(form), escape(meaning.split(" Formula:")[0].replace("`", "")))
    Console().print(table)
    context.exit()


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--kinds", is_flag=True, is_eager=True, expose_value=False, callback=list_kinds, help="List every kind.")
@click.option(
    "--book",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The book's folder (this repository by default).",
)
@click.argument("question", nargs=-1, required=True)
def ask(question: tuple[str, ...], book: Path) -> None:
    """Print the answer to QUESTION with its working and its sources.

    A question that names no model is about the everyday model of the edition.
    """
    console = Console(highlight=False, soft_wrap=True)
    try:
        world = load_world(book)
        answer = parse_line(" ".join(question)).on_page(DEFAULT_MODEL).answer(world)
    except DataErrors as errors:
        console.print(str(errors), style="red", markup=False)
        sys.exit(2)
    except (Unreadable, Unanswerable, LookupError) as error:
        raise click.ClickException(str(error)) from None
    console.print(text_of(answer), style="bold", markup=False)
    working = getattr(answer, "working", None)
    if working is not None:
        console.print(working.words, markup=False)
        console.print(working.symbols, markup=False)
        for source in working.sources:
            console.print(f"{source.via}, checked {source.checked}: {source.url}", style="dim", markup=False)
    elif hasattr(answer, "why"):
        console.print(answer.why, markup=False)


if __name__ == "__main__":
    ask()
