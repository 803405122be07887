"""A whole book in small, to be broken in one place at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from costbook.load import DataErrors, load_world
from costbook.world import World

EDITION = """\
edition: 3
as_of: 2026-11-22
houses: {everyday: five, seed: moved}
contrasts: [moved]
"""

MAKER = """\
provider: maker
name: The Maker
first_party: true
pricing: https://example.org/maker
models:
  five:
    name: Five
    context: 400000
    encoding: o200k_base
    rates:
      - from: 2026-01-01
        input: 2.00
        cached: 0.20
        write: 2.50
        write_1h: 4.00
        output: 10.00
        tiers:
          - {above: 200000, input: 4.00, cached: 0.40, write: 5.00, write_1h: 8.00, output: 15.00}
        edition: 1
        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}
        note: The price since January
  moved:
    name: Moved
    rates:
      - from: 2024-05-13
        until: 2024-08-06
        input: 5.00
        output: 15.00
        edition: 1
        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}
      - unknown: {from: 2024-08-06, until: 2024-10-16, why: nobody wrote it down, edition: 2}
      - known_from: 2024-10-16
        input: 2.50
        output: 10.00
        edition: 2
        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}
  five:batch:
    name: Five (batch)
    billing: In batches
    retired: 2026-12-31
    rates:
      - from: 2026-01-01
        input: 1.00
        output: 5.00
        edition: 1
        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}
"""

HOST = """\
provider: host
name: The Host
first_party: false
pricing: https://example.org/host
models:
  hosted:
    name: Hosted
    alias: false
    rates:
      - known_from: 2026-11-22
        input: 0.59
        output: 0.79
        edition: 1
        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}
"""

TEXTS = """\
texts:
  greeting:
    text: |-
      Good morning,
      everybody
    note: Two lines
    source: this test
"""

SCENARIOS = """\
scenarios:
  chat:
    name: Chat
    usage: {input: 800, output: 300, reasoning: 0, cached: 0, write: 0, write_1h: 0}
    requests: 1000
    about: A chat
    source: this test
  support:
    name: Support
    usage: {input: 5000, output: 0}
    shared: 5000
    requests: 10000
  typed:
    name: Typed
    usage: {input: {text: greeting}, output: 10}
    requests: 1
sets:
  pair: [chat, support]
"""

CONTENTS = """\
parts:
  - {id: part-one, title: The first part}
chapters:
  - id: first
    number: 1
    part: part-one
    title: The first
    question: Why?
    requires: []
    helped_by: []
  - id: second
    number: 2
    part: part-one
    title: The second
    question: How?
    requires: [first]
    helped_by: [third]
  - {id: third, number: 3, part: part-one, title: The third, question: When}
paths:
  - id: all
    title: Everybody
    chapters: [first, second, third]
"""

OBJECTIVES = """\
objectives:
  - id: first-explain
    chapter: first
    level: understand
    process: explaining
    verb: explain
    statement: Explain it.
    evidence: an account
    seed: {file: "000", part: assessment/1, said: Distinguish}
  - id: first-infer
    chapter: first
    level: understand
    process: inferring
    verb: predict
    statement: Predict it.
    evidence: four of five
"""

LESSON = """\
id: first
chapter: first
title: Teaching the first
audience: Anyone
prerequisites: [Can count]
objectives: [first-explain, first-infer]
materials: [Paper]
activities:
  - id: look
    title: Look
    objectives: [first-explain]
    minutes: 5
    do: Look at it.
    ask: What is it?
    expect: A thing.
    listen: A different thing.
    then: Look again.
  - {id: talk, title: Talk, objectives: [first-infer], minutes: 10, do: Do, ask: Ask, expect: E, listen: L, then: T}
modes:
  chapter: {title: In the chapter, minutes: 5, activities: [look]}
  workshop: {title: As a workshop, minutes: 15, activities: [look, talk]}
notes:
  - title: A note
    text: NOTE
"""

REVIEW = """\
id: seen
title: A review
of: external
subject: {name: A simulation, url: https://example.org/sim, source: S000}
reviewer: {name: A reviewer, kind: peer}
objective: Explain it
verdict: Good
stated: 87
strengths:
  - {id: works-1, dimension: objective-fit, title: It fits, text: It does., assessable: "yes"}
gaps:
  - {id: gap-1, dimension: variation, impact: 3, title: No variation, text: None., assessable: "yes"}
  - {id: gap-2, dimension: amounts, impact: 2, title: No amounts, text: None., assessable: "no", because: It is drawn.}
accessibility:
  - {id: a11y-1, title: Contrast, stated: Good, measured: Poor}
load:
  - {id: load-1, title: Density, stated: Low}
follow_ups:
  - {id: ticket-1, gap: gap-2, text: A meter}
recommendation: Keep it
evidence: Read
"""

FILES = {
    "book/data/edition.yaml": EDITION,
    "book/data/prices/maker.yaml": MAKER,
    "book/data/prices/host.yaml": HOST,
    "book/data/texts.yaml": TEXTS,
    "book/data/scenarios.yaml": SCENARIOS,
    "book/data/contents.yaml": CONTENTS,
    "assessments/objectives.yaml": OBJECTIVES,
    "assessments/lessons/first.yaml": LESSON,
    "assessments/reviews/seen.yaml": REVIEW,
    "book/01-first.md": "# The first\n",
}

MARK = "¦"


@dataclass
class Book:
    """A small book on disk. In what a test writes, ``¦`` marks the place that a problem must name."""

    root: Path

    def write(self, file: str, text: str) -> str:
        """Write a file without its mark; gives ``file:line:column`` of the mark."""
        plain = text.replace(MARK, "")
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plain, encoding="utf-8", newline="")
        before = text.partition(MARK)[0]
        return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def edit(self, file: str, old: str, new: str) -> str:
        """Replace the one place where a text stands; gives the place of the mark."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        return self.write(file, text.replace(old, new))

    def load(self) -> World:
        """The world of this book."""
        return load_world(self.root)

    def problems(self) -> list[str]:
        """What is wrong with this book, in order; empty where it loads."""
        try:
            self.load()
        except DataErrors as errors:
            return str(errors).splitlines()
        return []


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A small book without a fault."""
    small = Book(tmp_path / "root")
    for file, text in FILES.items():
        small.write(file, text)
    return small
