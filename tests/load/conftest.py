"""A whole book in small, to be broken in one place at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from costbook.load import DataErrors, load_world
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS as WRONG_WORLDS
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

MISCONCEPTIONS = "misconceptions:\n" + "".join(
    f"  - {{id: {name}, kind: {kind}, name: A mistake, did: You did it., why: It fails., look: Look again.}}\n"
    for kind, names in (("world", WRONG_WORLDS), ("belief", ("all-at-once", "letter-by-letter")))
    for name in names
)

RUBRIC = """\
id: account
title: An account
review: seen
criteria:
  - id: cause
    title: The cause
    findings: [works-1]
    levels:
      2: Names it and says why.
      1: Names it.
      0: Does not.
  - id: side
    title: The side
    findings: [works-1, gap-1]
    levels: {1: The right one., 0: Another.}
"""

# Every kind of item, siblings, and every source of parameters.
QUIZ = """\
id: first-practice
title: "Practice: the first"
chapter: first
use: practice
minutes: 20
pass: {share: 75%, why: One slip is allowed.}
intro: |
  Nine items about {name}`five`.
items:
  - siblings:
      - id: why-dear
        kind: choice
        objective: first-explain
        process: explaining
        points: 2
        minutes: 1.5
        stem: Why does a written token cost more?
        hint: Count the passes.
        options:
          - id: own-pass
            right: yes
            text: Each written token needs a pass of its own.
            feedback: Right.
          - id: letters
            misconception: letter-by-letter
            text: Each written token is made letter by letter.
            feedback: You took it for typing.
          - {id: at-once, misconception: all-at-once, text: The reply is written in one pass., feedback: It is not.}
      - id: why-cheap
        kind: choice
        objective: first-explain
        process: explaining
        points: 2
        minutes: 1.5
        stem: Why does a read token cost less?
        hint: Count the passes.
        options:
          - {id: shared, right: yes, text: The prompt shares one pass., feedback: Right.}
          - {id: skipped, misconception: letter-by-letter, text: The prompt is skipped., feedback: It is read.}
  - id: which-side
    kind: choice
    objective: first-infer
    process: inferring
    points: 1
    minutes: 1
    parameters:
      model: {models: [five, moved]}
      case: {usages: [1500+100, 400+800, 300+900]}
    require:
      - margin $case on $model above 10%
    stem: "{{ case.input | count }} tokens in, {{ case.output }} out on {name}`$model`: which side costs more?"
    hint: Weigh them.
    options:
      - {id: weighed, right: "yes", text: "{side}`$case on $model`, when weighed", feedback: Right.}
      - {id: counted, misconception: counts-only, text: "{side}`$case on $model`, when counted", feedback: You counted.}
  - id: how-much
    kind: choice
    objective: first-infer
    also: [first-explain]
    level: apply
    process: executing
    points: 2
    minutes: 2
    variants: 2
    parameters: {work: {scenarios: [chat, typed]}}
    stem: What does {{ work.name }} cost?
    hint: Two prices.
    key: bill $work on five
    answer: "{bill}`$work on five`"
    right: Right.
    misconceptions: [swapped-rates, output-at-input-rate, per-thousand]
    size: 3
    tolerance: {relative: 5%}
  - id: how-many
    kind: numeric
    objective: first-infer
    level: apply
    process: executing
    points: 2
    minutes: 2.25
    parameters:
      input: {range: [1000, 3000], step: 500}
      word: {values: [letter, page]}
    stem: A {{ word }} has {{ input | count }} tokens. From how many output tokens on does the reply cost more?
    hint: Divide.
    key: break-even $input+0 on five
    unit: tokens
    tolerance: {absolute: 1}
    misconceptions:
      output-at-input-rate: {feedback: You took one price.}
      swapped-rates: {feedback: You multiplied.}
    otherwise: Set both costs equal.
  - id: in-order
    kind: order
    objective: first-explain
    process: explaining
    points: 2
    minutes: 2
    stem: Put these in order.
    hint: What needs what?
    events:
      - {id: cut, text: The text is cut.}
      - {id: read, text: The prompt is read.}
      - {id: write, text: A token is written.}
    mistakes:
      - {early: write, late: read, misconception: all-at-once, feedback: It has to be read first.}
    right: Right.
    otherwise: Think of what each step needs.
  - id: beside
    kind: match
    objective: first-infer
    process: comparing
    points: 3
    minutes: 2
    stem: Put the side beside each workload.
    hint: Weigh them.
    pairs:
      - {id: long, left: A long prompt, right: input, feedback: It is read.}
      - {id: wordy, left: A long reply, right: output, feedback: It is written.}
    extra: [equal]
    right: Right.
  - id: one-word
    kind: short-text
    objective: first-infer
    process: inferring
    points: 1
    minutes: 0.75
    stem: On which side does a hidden token stand?
    hint: Who wrote it?
    accept: [output, the output side]
    mistakes:
      - {accept: [input], misconception: counts-only, feedback: It was not sent.}
    right: Right.
    otherwise: Input or output?
  - id: which-ones
    kind: multiple-choice
    objective: first-explain
    process: classifying
    points: 2
    minutes: 1
    stem: Which of these are billed as output?
    hint: Who wrote them?
    options:
      - {id: reply, right: yes, text: The reply, feedback: Right.}
      - {id: draft, right: yes, text: A draft, feedback: Right.}
      - {id: prompt, text: The prompt, feedback: It is read.}
  - id: in-words
    kind: open
    objective: first-explain
    process: explaining
    points: 3
    minutes: 5
    stem: Explain it.
    rubric: account
    words: [20, 60]
    model-answer: |
      Each token needs a pass. So output it is.
    anchors:
      - title: Full
        text: Each token needs a pass
          of its own, so it is the output.
        scores:
          cause: {points: 2, words: Each token needs a pass of its own}
          side: {points: 1, words: the output}
        why: Both.
      - title: Half
        text: There are more passes.
        scores: {cause: {points: 1, words: more passes}, side: {points: 0}}
        why: No side.
      - title: None
        text: No idea.
        scores: {cause: {points: 0}, side: {points: 0, words: No idea}}
        why: Nothing.
"""

TOYS = "book/data/next-tokens.yaml"
TEA = """\
toys:
  tea:
    name: Tea
    prompt: Tea?
    about: A toy.
    source: Invented.
    steps:
      - after: []
        chances: {yes: 0.60, no: 0.30, other tokens: 0.10}
      - after: [yes]
        chances: {" please": 0.5, end mark: 0.5}
      - after: [yes, " please"]
        chances: {end mark: 1}
      - after: [no]
        chances: {end mark: 0.75, other tokens: 0.25}
    paths:
      yes: [yes]
      polite: [yes, " please", end mark]
"""

FILES = {
    "book/data/edition.yaml": EDITION,
    "book/data/prices/maker.yaml": MAKER,
    "book/data/prices/host.yaml": HOST,
    "book/data/texts.yaml": TEXTS,
    "book/data/scenarios.yaml": SCENARIOS,
    "book/data/contents.yaml": CONTENTS,
    TOYS: TEA,
    "assessments/objectives.yaml": OBJECTIVES,
    "assessments/lessons/first.yaml": LESSON,
    "assessments/reviews/seen.yaml": REVIEW,
    "assessments/misconceptions.yaml": MISCONCEPTIONS,
    "assessments/rubrics/account.yaml": RUBRIC,
    "assessments/quizzes/first-practice.yaml": QUIZ,
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
