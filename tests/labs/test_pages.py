"""What the pages of the labs tell a reader to type, and what they say of the local endpoint, is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from costbook.economy.tokens import count_tokens
from count_cost import count_cost
from local_endpoint import REPLY, Pace, serve
from stream_or_wait import stream_or_wait
from stream_reply import stream_reply
from stream_speed import stream_speed

LABS = Path(__file__).resolve().parents[2] / "book" / "labs"
COMMANDS = {
    "count_cost.py": count_cost,
    "local_endpoint.py": serve,
    "stream_or_wait.py": stream_or_wait,
    "stream_reply.py": stream_reply,
    "stream_speed.py": stream_speed,
}
TYPED = re.compile(r"python book/labs/(\w+\.py)(.*)$", re.MULTILINE)


@pytest.mark.parametrize("path", sorted([*LABS.glob("*.md"), *LABS.glob("*.py")]), ids=lambda path: path.name)
def test_commands_can_be_typed(path: Path) -> None:
    """Each is parsed, and none is run."""
    for name, rest in TYPED.findall(path.read_text(encoding="utf-8")):
        arguments = shlex.split(rest)
        if arguments == ["--help"]:
            continue
        parsed = COMMANDS[name].make_context(name, arguments)
        assert isinstance(parsed, click.Context)


def test_every_lab_has_commands_on_a_page() -> None:
    typed = {name for path in LABS.glob("*.md") for name, _ in TYPED.findall(path.read_text(encoding="utf-8"))}
    assert typed == set(COMMANDS) - {"local_endpoint.py"}


def test_the_pace_that_a_prediction_starts_from() -> None:
    page = " ".join((LABS / "stream-speed.md").read_text(encoding="utf-8").split())
    pace = Pace()
    assert f"waits {pace.first:g} seconds before its first token and then sends {pace.rate:g} tokens a second" in page
    assert "has about 100 tokens" in page
    assert 95 <= count_tokens(REPLY) <= 105
    assert str(pace) == "0.8 40"
