"""Asking an OpenAI-compatible endpoint with the real client, and keeping the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import local_endpoint
from costbook import money
from costbook.economy.bills import Usage
from local_endpoint import Pace
from measures import Arrivals
from stopped import Stopped

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import CompletionUsage

KEY, BASE_URL = "OPENAI_API_KEY", "OPENAI_BASE_URL"
OPENAI = "https://api.openai.com/v1"
TIMEOUT = 120.0
"""Seconds without any byte after which a request is given up."""

Now = Callable[[], float]
Show = Callable[[str], None]
CLOCK = time.perf_counter
_NO_TEXT = "{} answered without any text; is it an OpenAI-compatible endpoint, and is there room for a reply?"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a model, a prompt, and a limit on the reply in tokens where there is one."""

    model: str
    prompt: str
    limit: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of ``client.chat.completions.create``."""
        asked: dict[str, Any] = {"model": self.model, "messages": [{"role": "user", "content": self.prompt}]}
        return asked if self.limit is None else {**asked, "max_tokens": self.limit}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply: its text, when it arrived, what it is billed for, and whether the limit cut it off.

    ``usage`` is None where the endpoint does not report it.
    """

    text: str
    arrivals: Arrivals
    usage: Usage | None
    cut: bool


def ask_streaming(client: OpenAI, question: Question, show: Show, now: Now = CLOCK) -> Reply:
    """Send a request, show each piece of text as it arrives, and note the time.

    Raises:
        Stopped: when the endpoint cannot be reached, refuses, or breaks off.
    """
    texts: list[str] = []
    times: list[float] = []
    end, usage = None, None
    with _one_line(client, texts):
        sent = now()
        stream = client.chat.completions.create(
            **question.arguments,
            stream=True,
            stream_options={"include_usage": True},
        )
        for chunk in stream:
            usage = chunk.usage or usage
            for choice in chunk.choices:
                end = choice.finish_reason or end
                if choice.delta.content:
                    times.append(now())
                    texts.append(choice.delta.content)
                    show(choice.delta.content)
    if end is None and texts:
        raise Stopped(_broken(client, texts))
    if not texts:
        raise Stopped(_NO_TEXT.format(client.base_url))
    arrivals = Arrivals(sent, tuple(times))
    return Reply("".join(texts), arrivals, _usage(usage), cut=end == "length")


def ask_waiting(client: OpenAI, question: Question, now: Now = CLOCK) -> Reply:
    """Send a request without streaming: all of the text arrives at once.

    Raises:
        Stopped: when the endpoint cannot be reached or refuses.
    """
    with _one_line(client, []):
        sent = now()
        answer = client.chat.completions.create(**question.arguments, stream=False)
        arrived = now()
    choices = getattr(answer, "choices", None)  # the client hands on the text of a page that is no JSON
    choice = choices[0] if choices else None
    if choice is None or not choice.message.content:
        raise Stopped(_NO_TEXT.format(client.base_url))
    text, end = choice.message.content, choice.finish_reason
    return Reply(text, Arrivals(sent, (arrived,)), _usage(answer.usage), end == "length")


def _usage(reported: CompletionUsage | None) -> Usage | None:
    """Reported token counts in the book's parts: hidden reasoning is a part of the completion, cached of the prompt."""
    if reported is None:
        return None
    read, written = reported.prompt_tokens_details, reported.completion_tokens_details
    cached = (read.cached_tokens if read else 0) or 0
    hidden = (written.reasoning_tokens if written else 0) or 0
    return Usage(reported.prompt_tokens - cached, reported.completion_tokens - hidden, cached=cached, reasoning=hidden)


# --- the connection --------------------------------------------------------------------------------------------------


@contextmanager
def connected(
    environment: Mapping[str, str], local: bool, pace: Pace | None, say: Callable[[str], None]
) -> Iterator[OpenAI]:
    """A client of the endpoint that the environment names; of the local one where asked for, or where none is named.

    Raises:
        Stopped: without the package ``openai``, without a key for a named endpoint, or with a pace for one.
    """
    try:
        from openai import DefaultHttpxClient, OpenAI  # noqa: PLC0415 - the only lab package that a site can do without
    except ImportError:
        raise Stopped("the package openai is not installed; run: pip install openai") from None
    key, base = environment.get(KEY, ""), environment.get(BASE_URL, "")
    if local or not (key or base):
        say("The local endpoint answers, with a fixed text; no model runs." if local else _NO_KEY)
        with (
            local_endpoint.running(pace or Pace()) as endpoint,
            DefaultHttpxClient(trust_env=False) as http,  # a proxy is not for this machine
            OpenAI(api_key=local_endpoint.KEY, base_url=endpoint.url, max_retries=0, http_client=http) as client,
        ):
            yield client
        return
    if not key:
        raise Stopped(f"{BASE_URL} is set and {KEY} is not; set it, to any word where the endpoint asks for none")
    if pace is not None:
        raise Stopped("--pace is about the local endpoint; add --local")
    if base and not base.startswith(("http://", "https://")):
        raise Stopped(f"{BASE_URL} is {base!r}; it starts with http:// or https://, and mostly ends with /v1")
    with OpenAI(api_key=key, base_url=base or OPENAI, max_retries=0, timeout=TIMEOUT) as client:
        say(f"Asking {client.base_url}, which may bill you for it.")
        yield client


_NO_KEY = f"{KEY} is not set: the local endpoint answers, with a fixed text; no model runs."


@contextmanager
def _one_line(client: OpenAI, texts: list[str]) -> Iterator[None]:
    """Whatever the client raises, in one line that says what to do."""
    import openai  # noqa: PLC0415 - loaded with the client

    where = client.base_url
    try:
        yield
    except (openai.AuthenticationError, openai.PermissionDeniedError) as refused:
        raise Stopped(
            f"{where} refused the key in {KEY} ({refused.status_code}); is it a key of this endpoint?"
        ) from None
    except openai.APIStatusError as refused:
        said = " ".join(str(refused.message).split())
        raise Stopped(f"{where} refused the request: {said}") from None
    except (openai.OpenAIError, ValueError) as problem:
        if texts:
            raise Stopped(_broken(client, texts)) from None
        if isinstance(problem, openai.APITimeoutError):
            raise Stopped(f"{where} said nothing for {TIMEOUT:g} seconds; try again later") from None
        if isinstance(problem, openai.APIConnectionError):
            raise Stopped(f"{where} cannot be reached; does it run, and is {BASE_URL} right?") from None
        said = " ".join(str(problem).split())
        raise Stopped(f"{where} answered what the client cannot read: {said}") from None


def _broken(client: OpenAI, texts: list[str]) -> str:
    return (
        f"the stream from {client.base_url} broke off after {money.some(len(texts), 'piece')} of text, before its end; "
        "nothing was measured, so run it again"
    )
