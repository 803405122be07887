"""Lab: time to first token, and token rate of a stream."""

from __future__ import annotations

import click

import asking
from asking import asks
from costbook import money
from costbook.economy.tokens import count_tokens
from endpoint import Reply, ask_streaming
from local_endpoint import Pace
from measures import token_rate

EXAMPLES = """\b
Examples:
  python book/labs/stream_speed.py
  python book/labs/stream_speed.py --pace 2 15
  OPENAI_API_KEY=… python book/labs/stream_speed.py --model gpt-4o
"""


def speed_words(reply: Reply) -> str:
    """Both measures of a streamed reply, with what the rate was worked out from."""
    arrivals = reply.arrivals
    tokens = reply.usage.output if reply.usage else count_tokens(reply.text)
    counted = "as the endpoint reports" if reply.usage else "counted with o200k_base, as the endpoint reports none"
    lines = [
        f"Time to first token: {arrivals.first:.2f} s",
        f"Last text: {arrivals.last:.2f} s",
        f"Visible tokens: {tokens} ({counted}), in {money.some(len(arrivals.texts), 'piece')}",
    ]
    rate = token_rate(tokens, arrivals)
    if rate is None:
        lines.append("Token rate: none, because all of the text came at once")
    else:
        seconds = arrivals.last - arrivals.first
        lines.append(f"Token rate: ({tokens} − 1) ÷ {seconds:.2f} s = {rate:.1f} tokens per second")
    if reply.usage and reply.usage.reasoning:
        hidden = money.some(reply.usage.reasoning, "hidden token")
        lines.append(f"Before the first text the model wrote {hidden}, which you wait for and pay")
    return "\n".join(lines)


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@asks
def stream_speed(*, prompt: str, model: str, max_tokens: int | None, local: bool, pace: Pace | None) -> None:
    """Stream a reply; print how long the first text took, and how many tokens a second came after it.

    The endpoint is that of OPENAI_BASE_URL and OPENAI_API_KEY. Without a key a small local one answers.
    """
    with asking.client(local, pace) as client:
        reply = ask_streaming(client, asking.question(prompt, model, max_tokens), asking.show)
    click.echo(f"\n{speed_words(reply)}")


if __name__ == "__main__":
    stream_speed()
