"""Lab: streaming against not streaming: first text, last text, bill."""

from __future__ import annotations

import click

import asking
from asking import asks
from book_prices import bill_words, price_book
from costbook.world import World
from endpoint import Reply, ask_streaming, ask_waiting
from local_endpoint import Pace

EXAMPLES = """\b
Examples:
  python book/labs/stream_or_wait.py
  python book/labs/stream_or_wait.py --pace 2 60
  OPENAI_API_KEY=… python book/labs/stream_or_wait.py --model gpt-4o --max-tokens 200
"""


def compared(waited: Reply, streamed: Reply, model: str, world: World) -> str:
    """First text, last text, tokens and bill of both, one under the other."""
    rows = [
        f"{'':14}{'first text':>12}{'last text':>12}{'input':>8}{'output':>8}",
        *(_row(words, reply) for words, reply in (("not streaming", waited), ("streaming", streamed))),
    ]
    bills = [bill_words(world, model, reply.usage) if reply.usage else _NO_USAGE for reply in (waited, streamed)]
    if bills[0] == bills[1]:
        return "\n".join([*rows, f"The bill of each: {bills[0]}"])
    said = [f"Bill, not streaming: {bills[0]}", f"Bill, streaming: {bills[1]}"]
    if waited.usage != streamed.usage:
        said.append("The token counts differ, so the bills do: a model may write another reply each time.")
    return "\n".join([*rows, *said])


_NO_USAGE = "not known: the endpoint reports no token counts"


def _row(words: str, reply: Reply) -> str:
    arrivals, usage = reply.arrivals, reply.usage
    counts = f"{usage.prompt:>8}{usage.written:>8}" if usage else f"{'?':>8}{'?':>8}"
    return f"{words:14}{f'{arrivals.first:.2f} s':>12}{f'{arrivals.last:.2f} s':>12}{counts}"


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@asks
def stream_or_wait(*, prompt: str, model: str, max_tokens: int | None, local: bool, pace: Pace | None) -> None:
    """Ask the same twice, without streaming and with it, and compare what changes.

    The endpoint is that of OPENAI_BASE_URL and OPENAI_API_KEY, where both requests are billed. Without a key a small
    local one answers.
    """
    asked = asking.question(prompt, model, max_tokens)
    with asking.client(local, pace) as client:
        click.echo("--- not streaming ---")
        waited = ask_waiting(client, asked)
        click.echo(waited.text.rstrip())
        click.echo("--- streaming ---")
        streamed = ask_streaming(client, asked, asking.show)
    click.echo(f"\n{compared(waited, streamed, model, price_book())}")


if __name__ == "__main__":
    stream_or_wait()
