"""The streaming labs from the command line, with the real client; and what goes wrong, in one line."""

from __future__ import annotations

import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

import click
import pytest
from click.testing import CliRunner, Result

from book_prices import price_book
from costbook.economy.bills import Usage
from endpoint import Reply
from local_endpoint import KEY, REPLY, Pace, running
from measures import Arrivals
from stream_or_wait import compared, stream_or_wait
from stream_reply import stream_reply
from stream_speed import speed_words, stream_speed

LABS = [stream_reply, stream_speed, stream_or_wait]
FAST = ("--pace", "0", "100000")


def run(lab: click.Command, *arguments: str, key: str | None = None, base: str | None = None) -> Result:
    return CliRunner().invoke(lab, arguments, env={"OPENAI_API_KEY": key, "OPENAI_BASE_URL": base})


def one_line(ran: Result) -> str:
    """The error of a lab that ended with exit code 2: one line, the last."""
    assert ran.exit_code == 2, ran.output
    assert "Traceback" not in ran.output
    (line,) = [line for line in ran.output.splitlines() if "Error: " in line]
    assert ran.output.endswith(f"{line}\n")
    return line.partition("Error: ")[2]


# --- they run ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_help_has_examples_and_names_the_environment(lab: click.Command) -> None:
    said = run(lab, "--help").output
    assert re.search(r"Examples:\n +python book/labs/stream_\w+\.py\n", said)
    assert "OPENAI_BASE_URL" in said
    assert "OPENAI_API_KEY" in said


def test_without_a_key_the_local_endpoint_answers_and_the_lab_says_so() -> None:
    ran = run(stream_reply, *FAST)
    assert ran.exit_code == 0
    assert ran.stdout == f"{REPLY}\n"
    assert ran.stderr == "OPENAI_API_KEY is not set: the local endpoint answers, with a fixed text; no model runs.\n"


def test_local_goes_before_a_key() -> None:
    ran = run(stream_reply, "--local", *FAST, key="mine", base="http://127.0.0.1:9/v1")
    assert ran.exit_code == 0
    assert ran.stderr == "The local endpoint answers, with a fixed text; no model runs.\n"


def test_an_endpoint_is_named_by_the_environment() -> None:
    with running(Pace(0, 100_000)) as endpoint:
        ran = run(stream_reply, "--max-tokens", "5", key=KEY, base=endpoint.url)
    assert ran.exit_code == 0
    assert ran.stdout == "A language model writes one\n"
    assert f"Asking {endpoint.url}/, which may bill you" in ran.stderr
    assert "The limit cut the reply off" in ran.stderr


def test_speed_of_a_local_stream() -> None:
    ran = run(stream_speed, *FAST)
    assert ran.exit_code == 0
    assert ran.stdout.startswith(REPLY)
    assert re.search(r"^Time to first token: \d+\.\d\d s\nLast text: \d+\.\d\d s\n", ran.stdout, re.MULTILINE)
    assert re.search(r"^Visible tokens: (\d+) \(as the endpoint reports\), in \1 pieces$", ran.stdout, re.MULTILINE)
    assert re.search(r"^Token rate: \(\d+ − 1\) ÷ \d+\.\d\d s = \d+\.\d tokens per second$", ran.stdout, re.MULTILINE)


def test_streaming_changes_neither_text_nor_bill() -> None:
    ran = run(stream_or_wait, *FAST)
    assert ran.exit_code == 0
    assert ran.stdout.count(REPLY) == 2
    assert re.search(r"^The bill of each: \$[\d.]+ on GPT-4o, at its prices of [\d-]+$", ran.stdout, re.MULTILINE)


# --- what they say, worked by hand ------------------------------------------------------------------------------------


def test_speed_words() -> None:
    # 41 visible tokens, 2 s from first to last: 40 ÷ 2 = 20 a second. The 60 hidden ones came before the first.
    reply = Reply("…", Arrivals(5.0, (6.5, 7.0, 8.5)), Usage(10, 41, reasoning=60), cut=False)
    assert speed_words(reply).splitlines() == [
        "Time to first token: 1.50 s",
        "Last text: 3.50 s",
        "Visible tokens: 41 (as the endpoint reports), in 3 pieces",
        "Token rate: (41 − 1) ÷ 2.00 s = 20.0 tokens per second",
        "Before the first text the model wrote 60 hidden tokens, which you wait for and pay",
    ]


def test_tokens_are_counted_where_the_endpoint_reports_none() -> None:
    said = speed_words(Reply("Winter evening rain", Arrivals(0.0, (1.0,)), None, cut=False))
    assert "Visible tokens: 3 (counted with o200k_base, as the endpoint reports none), in 1 piece" in said
    assert said.endswith("Token rate: none, because all of the text came at once")


def test_comparison() -> None:
    world = price_book().on(date(2026, 11, 22))
    waited = Reply("…", Arrivals(0.0, (4.0,)), Usage(1000, 200), cut=False)
    streamed = Reply("…", Arrivals(10.0, (10.5, 14.0)), Usage(1000, 200), cut=False)
    # 1,000 × 2.50 + 200 × 10.00 = 4,500 per million.
    assert compared(waited, streamed, "gpt-4o", world).splitlines() == [
        "                first text   last text   input  output",
        "not streaming       4.00 s      4.00 s    1000     200",
        "streaming           0.50 s      4.00 s    1000     200",
        "The bill of each: $0.00450 on GPT-4o, at its prices of 2026-11-22",
    ]


def test_comparison_of_replies_of_different_lengths() -> None:
    world = price_book().on(date(2026, 11, 22))
    waited = Reply("…", Arrivals(0.0, (4.0,)), Usage(1000, 200), cut=False)
    streamed = Reply("…", Arrivals(0.0, (0.5, 6.0)), Usage(1000, 300), cut=False)
    said = compared(waited, streamed, "gpt-4o", world).splitlines()
    assert said[-3].startswith("Bill, not streaming: $0.00450 on ")
    assert said[-2].startswith("Bill, streaming: $0.00550 on ")
    assert said[-1].startswith("The token counts differ, so the bills do")
    unknown = compared(Reply("…", Arrivals(0.0, (4.0,)), None, cut=False), streamed, "gpt-4o", world)
    assert "Bill, not streaming: not known: the endpoint reports no token counts" in unknown


# --- what goes wrong --------------------------------------------------------------------------------------------------


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """An endpoint that reads one request, says these bytes, and hangs up."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer_one() -> None:
            connection, _ = listening.accept()
            with connection:
                asked = b""
                while b"\r\n\r\n" not in asked or not asked.endswith(b"}"):
                    asked += connection.recv(65_536)
                connection.sendall(answer)

        thread = threading.Thread(target=answer_one, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        thread.join(10)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
PIECE = b'data: {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [{"index": 0, "delta": {"content": "One"}}]}\n\n'  # noqa: E501
CHUNK = f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK,
        HEAD + b"Connection: close\r\n\r\n" + PIECE,
        HEAD + b"Connection: close\r\n\r\n" + PIECE + b"data: {oops\n\n",
        HEAD + b"Connection: close\r\n\r\n" + PIECE + b'data: {"error": {"message": "overloaded"}}\n\n',
    ],
    ids=["cut connection", "no end", "half an event", "an error in the stream"],
)
def test_a_broken_stream(answer: bytes) -> None:
    with answering(answer) as base:
        ran = run(stream_speed, key="mine", base=base)
    assert one_line(ran).startswith(f"the stream from {base}/ broke off after 1 piece of text, before its end")
    assert "Time to first token" not in ran.output


def test_a_refused_key() -> None:
    with running(Pace(0, 100_000)) as endpoint:
        ran = run(stream_or_wait, key="wrong", base=endpoint.url)
    assert one_line(ran) == f"{endpoint.url}/ refused the key in OPENAI_API_KEY (401); is it a key of this endpoint?"


def test_a_dead_endpoint() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    base = f"http://127.0.0.1:{port}/v1"
    assert one_line(run(stream_reply, key="mine", base=base)) == (
        f"{base}/ cannot be reached; does it run, and is OPENAI_BASE_URL right?"
    )


def test_a_wrong_path() -> None:
    with running(Pace(0, 100_000)) as endpoint:
        ran = run(stream_reply, key=KEY, base=endpoint.url.removesuffix("/v1"))
    line = one_line(ran)
    assert "refused the request: Error code: 404" in line
    assert "this endpoint has only /v1/chat/completions" in line


@pytest.mark.parametrize("lab", [stream_reply, stream_or_wait], ids=lambda lab: lab.name)
def test_a_page_that_is_no_endpoint(lab: click.Command) -> None:
    page = b"<!doctype html><p>It works!</p>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
    with answering(head.encode() + page) as base:
        assert f"{base}/ answered " in one_line(run(lab, key="mine", base=base))


@pytest.mark.parametrize("lab", [stream_reply, stream_or_wait], ids=lambda lab: lab.name)
def test_a_reply_without_text(lab: click.Command) -> None:
    event = PIECE.replace(b'{"content": "One"}', b"{}").replace(b'"delta"', b'"finish_reason": "length", "delta"')
    whole = b'{"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": []}'
    kind, body = (b"text/event-stream", event) if lab is stream_reply else (b"application/json", whole)
    with answering(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nConnection: close\r\n\r\n" + body) as base:
        assert "without any text" in one_line(run(lab, key="mine", base=base))


@pytest.mark.parametrize(
    ("arguments", "key", "base", "what"),
    [
        ([], None, "http://127.0.0.1:9/v1", "OPENAI_BASE_URL is set and OPENAI_API_KEY is not"),
        ([], "mine", "127.0.0.1:9", "it starts with http:// or https://"),
        (list(FAST), "mine", None, "add --local"),
        (["--pace", "-1", "10"], None, None, "after 0 to 60 seconds"),
        (["--pace", "1", "nan"], None, None, "the rate is above 0"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], key: str | None, base: str | None, what: str) -> None:
    assert what in one_line(run(stream_reply, *arguments, key=key, base=base))


def test_the_client_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    assert one_line(run(stream_reply)) == "the package openai is not installed; run: pip install openai"
