"""The local endpoint: its pace by a scripted clock, and what it says to the real client."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from click.testing import CliRunner
from openai import OpenAI

from costbook.economy.bills import Usage
from costbook.economy.tokens import count_tokens
from endpoint import Question, ask_streaming, ask_waiting, connected
from local_endpoint import KEY, PATH, REPLY, Clock, LocalEndpoint, Pace, paced, running, serve

AT_ONCE = Pace(0, 100_000)


class Script:
    """A clock that moves only when somebody waits, or is told to."""

    def __init__(self) -> None:
        self.time = 100.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.wait)


def silent(_words: str) -> None:
    """Nobody looks."""


def ticking() -> Iterator[float]:
    """A clock that a second passes on at every look."""
    yield from map(float, range(10_000))


@pytest.fixture
def client() -> Iterator[OpenAI]:
    with connected({}, True, AT_ONCE, silent) as client:
        yield client


def test_pace() -> None:
    # The first after half a second, then four a second.
    script = Script()
    assert list(paced(("a", "b", "c"), Pace(0.5, 4), script.clock)) == ["a", "b", "c"]
    assert script.waits == [0.5, 0.25, 0.25]


def test_a_late_token_does_not_delay_the_others() -> None:
    script = Script()
    tokens = paced(("a", "b", "c", "d"), Pace(1, 2), script.clock)
    assert next(tokens) == "a"
    script.time += 0.75  # b was due after 0.5 s and goes at once; c is due 1 s after a, which is 0.25 s from here
    assert list(tokens) == ["b", "c", "d"]
    assert script.waits == [1, 0.25, 0.5]


def test_a_stream_brings_every_token_by_itself(client: OpenAI) -> None:
    shown: list[str] = []
    times = ticking()
    reply = ask_streaming(client, Question("any", "Hello"), shown.append, lambda: next(times))
    tokens = count_tokens(REPLY)
    assert "".join(shown) == reply.text == REPLY
    assert len(shown) == tokens > 80
    assert reply.usage == Usage(input=1, output=tokens)
    # Sent at 0, then a look at the clock for each piece.
    assert (reply.arrivals.first, reply.arrivals.last) == (1.0, float(tokens))
    assert not reply.cut


def test_without_streaming_there_is_one_arrival(client: OpenAI) -> None:
    times = ticking()
    reply = ask_waiting(client, Question("any", "Hello"), lambda: next(times))
    assert reply.text == REPLY
    assert reply.usage == Usage(input=1, output=count_tokens(REPLY))
    assert reply.arrivals.first == reply.arrivals.last == 1.0


def test_a_limit_cuts_both_off(client: OpenAI) -> None:
    question = Question("any", "Hello", limit=5)
    for reply in (ask_streaming(client, question, silent), ask_waiting(client, question)):
        assert reply.text == "A language model writes one"
        assert reply.usage == Usage(input=1, output=5)
        assert reply.cut


def test_nothing_comes_before_it_is_due() -> None:
    # Lower bounds only: a busy machine may be late, and never early.
    with connected({}, True, Pace(0.2, 100), silent) as client:
        reply = ask_streaming(client, Question("any", "Hello", limit=11), silent)
    assert reply.arrivals.first >= 0.199
    assert reply.arrivals.last >= 0.299  # ten intervals of a hundredth of a second later


@pytest.mark.parametrize(
    ("path", "key", "body", "status"),
    [
        (PATH, KEY, b"{", 400),
        (PATH, KEY, b"[]", 400),
        (PATH, KEY, b'{"messages": 1}', 400),
        (PATH, "other", b'{"messages": []}', 401),
        ("/v1/models", KEY, b"{}", 404),
    ],
)
def test_what_it_refuses_it_refuses_in_json(path: str, key: str, body: bytes, status: int) -> None:
    with running(AT_ONCE) as endpoint:
        url = endpoint.url.removesuffix("/v1") + path
        request = Request(url, body, {"Authorization": f"Bearer {key}", "Connection": "close"})
        with pytest.raises(HTTPError) as refused:
            build_opener(ProxyHandler({})).open(request)
        with refused.value as answer:
            assert answer.code == status
            assert json.loads(answer.read())["error"]["message"]


def test_a_reader_who_leaves_does_not_stop_it() -> None:
    with running(Pace(0, 100)) as endpoint:
        body = b'{"messages": [], "stream": true}'
        head = f"POST {PATH} HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", endpoint.server_address[1])) as reader:
            reader.sendall(head.encode() + body)
            assert reader.recv(12) == b"HTTP/1.1 200"
        with OpenAI(api_key=KEY, base_url=endpoint.url, max_retries=0) as client:
            assert ask_waiting(client, Question("any", "Hello", limit=1)).text == "A"


def test_a_taken_port_is_said_in_one_line() -> None:
    with LocalEndpoint(AT_ONCE) as endpoint:
        ran = CliRunner().invoke(serve, ["--port", str(endpoint.server_address[1])])
    assert ran.exit_code == 2
    assert ran.output.startswith(f"Error: port {endpoint.server_address[1]} cannot be used")
    assert "--port" in ran.output
