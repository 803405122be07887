"""The options that the streaming labs share."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import click

from endpoint import Question, connected
from local_endpoint import Pace, pace_option

if TYPE_CHECKING:
    from openai import OpenAI

PROMPT = "Explain in two paragraphs how a language model writes its reply."


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what is asked, and who answers."""
    options: list[Callable[[Any], Any]] = [
        click.option("--prompt", default=PROMPT, show_default=True, help="What is asked."),
        click.option("--model", default="gpt-4o", show_default=True, help="Which model is asked."),
        click.option("--max-tokens", type=click.IntRange(min=1), help="Cut the reply off after so many tokens."),
        click.option("--local", is_flag=True, help="Ask the local endpoint, also where a key is set."),
        pace_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


def question(prompt: str, model: str, max_tokens: int | None) -> Question:
    """The question of the options."""
    return Question(model, prompt, max_tokens)


def client(local: bool, pace: Pace | None) -> AbstractContextManager[OpenAI]:
    """The endpoint of the options and the environment; says on the error stream who answers."""
    return connected(os.environ, local, pace, lambda words: click.echo(words, err=True))


def show(text: str) -> None:
    """Print a piece of a reply at once."""
    click.echo(text, nl=False)
