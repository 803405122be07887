"""A small OpenAI-compatible endpoint on this machine, which streams a fixed text at a set pace. No model runs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click

from costbook.economy.tokens import count_tokens, pieces
from stopped import Stopped

HOST = "127.0.0.1"
KEY = "local"
"""The only key that this endpoint takes."""
PATH = "/v1/chat/completions"
LARGEST_REQUEST = 10_000_000
REPLY = (
    "A language model writes one token at a time. It reads the whole prompt in a first pass and picks the first token "
    "of its reply. That token joins the context, and another pass picks the next one. So it goes on, a pass for every "
    "token, until the model picks its end mark or reaches a limit.\n\n"
    "What you watch in a stream is this loop at work. The text is not finished and then shown slowly: "
    "the end of this sentence did not exist when you read its beginning.\n"
)
EXAMPLES = """\b
Examples:
  python book/labs/local_endpoint.py
  python book/labs/local_endpoint.py --port 8001 --pace 2 10
Then, in another terminal:
  OPENAI_BASE_URL=http://127.0.0.1:8001/v1 OPENAI_API_KEY=local python book/labs/stream_speed.py
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds until the first token, and tokens per second from there on."""

    first: float = 0.8
    rate: float = 40.0

    def __str__(self) -> str:
        """As ``--pace`` takes it."""
        return f"{self.first:g} {self.rate:g}"

    def due(self, index: int) -> float:
        """Seconds after the request at which a token is sent; the first has index 0."""
        return self.first + index / self.rate


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds, and a way to wait for some seconds."""

    now: Callable[[], float] = time.perf_counter
    wait: Callable[[float], None] = time.sleep


def paced(tokens: tuple[str, ...], pace: Pace, clock: Clock) -> Iterator[str]:
    """The tokens, each when it is due. A late one does not make the ones after it late."""
    began = clock.now()
    for index, token in enumerate(tokens):
        early = pace.due(index) - (clock.now() - began)
        if early > 0:
            clock.wait(early)
        yield token


class LocalEndpoint(ThreadingHTTPServer):
    """The server; ``url`` is what OPENAI_BASE_URL takes. Port 0 takes any free one."""

    daemon_threads = True

    def __init__(self, pace: Pace, port: int = 0, clock: Clock | None = None) -> None:
        super().__init__((HOST, port), _Handler)
        self.pace = pace
        self.clock = clock or Clock()
        self.tokens = pieces(REPLY)

    @property
    def url(self) -> str:
        """The base address, with the port that was taken."""
        return f"http://{HOST}:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: LocalEndpoint
    protocol_version = "HTTP/1.1"  # a client can tell a stream that broke off from one that ended

    def do_POST(self) -> None:
        """Answer one request, or refuse it as OpenAI does."""
        asked = self._asked()
        if self.path != PATH:
            self._refuse(404, f"this endpoint has only {PATH}")
        elif self.headers.get("Authorization") != f"Bearer {KEY}":
            self._refuse(401, f"incorrect API key; this endpoint takes {KEY!r}")
        elif asked is None:
            self._refuse(400, "the request is not a JSON object with messages")
        else:
            with suppress(ConnectionError):  # the reader left
                self._answer(asked)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the lab's own output is what to look at."""

    def _asked(self) -> Mapping[str, Any] | None:
        """The request, or None where it is none."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdecimal() or int(length) > LARGEST_REQUEST:
            self.close_connection = True  # what follows cannot be told from the next request
            return None
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return asked if isinstance(asked, dict) and isinstance(asked.get("messages"), list) else None

    def _answer(self, asked: Mapping[str, Any]) -> None:
        limit = asked.get("max_tokens")
        cut = isinstance(limit, int) and 0 <= limit < len(self.server.tokens)
        tokens = self.server.tokens[:limit] if cut else self.server.tokens
        end = "length" if cut else "stop"
        read = count_tokens("".join(str(one.get("content", "")) for one in asked["messages"] if isinstance(one, dict)))
        usage = {"prompt_tokens": read, "completion_tokens": len(tokens), "total_tokens": read + len(tokens)}
        common = {"id": "chatcmpl-local", "created": 0, "model": str(asked.get("model", "local"))}
        coming = paced(tokens, self.server.pace, self.server.clock)
        if asked.get("stream"):
            self._stream({**common, "object": "chat.completion.chunk"}, coming, end, usage if _counts(asked) else None)
        else:
            said = {"role": "assistant", "content": "".join(coming)}
            choice = {"index": 0, "message": said, "finish_reason": end}
            self._send(200, {**common, "object": "chat.completion", "choices": [choice], "usage": usage})

    def _stream(
        self, common: Mapping[str, Any], coming: Iterator[str], end: str, usage: Mapping[str, int] | None
    ) -> None:
        """Server-sent events: one per token, one with the end, one with the usage where it was asked for."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for token in coming:
            self._event({**common, "choices": [_choice({"content": token})]})
        self._event({**common, "choices": [_choice({}, end)]})
        if usage is not None:
            self._event({**common, "choices": [], "usage": usage})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, data: Mapping[str, Any]) -> None:
        self._chunk(f"data: {json.dumps(data)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _refuse(self, status: int, why: str) -> None:
        self._send(status, {"error": {"message": why, "type": "invalid_request_error", "code": None}})

    def _send(self, status: int, data: Mapping[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _choice(delta: Mapping[str, str], end: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": end}


def _counts(asked: Mapping[str, Any]) -> bool:
    """Whether the usage was asked for."""
    options = asked.get("stream_options")
    return isinstance(options, dict) and bool(options.get("include_usage"))


@contextmanager
def running(pace: Pace) -> Iterator[LocalEndpoint]:
    """The endpoint, for as long as the block runs."""
    with LocalEndpoint(pace) as endpoint:
        thread = threading.Thread(target=endpoint.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield endpoint
        finally:
            endpoint.shutdown()
            thread.join()


def read_pace(_context: click.Context, _parameter: click.Parameter, given: tuple[float, float] | None) -> Pace | None:
    """The pace of two numbers."""
    if given is None:
        return None
    first, rate = given
    if not (0 <= first <= 60 and 0 < rate <= 100_000):  # noqa: PLR2004 - said in the message
        raise click.BadParameter("the first token comes after 0 to 60 seconds, and the rate is above 0, up to 100,000")
    return Pace(first, rate)


pace_option = click.option(
    "--pace",
    type=float,
    nargs=2,
    callback=read_pace,
    metavar="SECONDS RATE",
    help=f"Of the local endpoint: seconds to the first token, then tokens per second (by default {Pace()}).",
)


@click.command(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@pace_option
def serve(port: int, pace: Pace | None) -> None:
    """Stream a fixed text to any OpenAI-compatible client on this machine, until Ctrl+C."""
    try:
        endpoint = LocalEndpoint(pace or Pace(), port)
    except OSError as problem:
        raise Stopped(f"port {port} cannot be used ({problem.strerror}); name another with --port") from None
    with endpoint, suppress(KeyboardInterrupt):
        click.echo(f"OPENAI_BASE_URL={endpoint.url} OPENAI_API_KEY={KEY}")
        click.echo("The text is fixed and no model runs. Ctrl+C ends it.")
        endpoint.serve_forever()


if __name__ == "__main__":
    serve()
