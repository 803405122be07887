"""What the times of a reply say: pure functions of timestamps in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When a request was sent, and when each piece of visible text arrived, in seconds of one clock.

    A reply that comes in one piece has one arrival. The endpoint decides how many tokens are in a piece.
    """

    sent: float
    texts: tuple[float, ...]

    @property
    def first(self) -> float:
        """Seconds from the request to the first visible text: the time to first token (TTFT).

        Source: NVIDIA, "Metrics" of its guide to benchmarking language models
        (https://docs.nvidia.com/nim/benchmarking/llm/latest/metrics.html): from sending the query to the first
        token received, where answers without text do not count. It includes the network and any wait in a queue.
        """
        return self.texts[0] - self.sent

    @property
    def last(self) -> float:
        """Seconds from the request to the last visible text."""
        return self.texts[-1] - self.sent


def token_rate(tokens: int, arrivals: Arrivals) -> float | None:
    """Tokens per second after the first one: (O - 1) / (last - first).

    O visible tokens have O - 1 intervals between them; the wait before the first
    belongs to the time to first token. None where there is no interval to measure:
    fewer than two tokens, or all text in one piece. The first piece of text is
    taken as one token; where it brings more, the rate is a little too high.

    Source: the inverse of the inter-token latency in the same guide of NVIDIA,
    (whole time - TTFT) / (tokens - 1).
    """
    seconds = arrivals.last - arrivals.first
    if tokens <= 1 or seconds <= 0:
        return None
    return (tokens - 1) / seconds
