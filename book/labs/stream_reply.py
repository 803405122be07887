"""Lab: a reply, printed as it is written."""

from __future__ import annotations

import click

import asking
from asking import asks
from endpoint import ask_streaming
from local_endpoint import Pace

EXAMPLES = """\b
Examples:
  python book/labs/stream_reply.py
  python book/labs/stream_reply.py --max-tokens 20
  OPENAI_API_KEY=… python book/labs/stream_reply.py --prompt "What is a token?" --model gpt-4o
"""


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@asks
def stream_reply(*, prompt: str, model: str, max_tokens: int | None, local: bool, pace: Pace | None) -> None:
    """Ask a model and print its reply piece by piece.

    The endpoint is that of OPENAI_BASE_URL and OPENAI_API_KEY. Without a key a small local one answers.
    """
    with asking.client(local, pace) as client:
        reply = ask_streaming(client, asking.question(prompt, model, max_tokens), asking.show)
    click.echo()
    if reply.cut:
        click.echo("The limit cut the reply off. It does not make a model write briefly; the prompt can.", err=True)


if __name__ == "__main__":
    stream_reply()
