"""Breaking files on purpose: what is put into them, and what may come of it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from costbook.load import DataErrors, Place, Problem, load_world
from costbook.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PIECES = st.sampled_from(
    [
        "", " ", "\n", "\t", ":", "-", "- ", "[", "]", "{", "}", ",", '"', "'", "&a", "*a", "!t", "|", ">-", "#",
        "%", "~", "? ", "---\n", "...\n", "null", "NaN", "1e400", "9" * 400, "-1", "é", "価", "\x00", "\x07",
        "\ufeff", "\u2028", "\x85", "\r",
        "{bill}`x`", "{bill}`rag on zzz`", "# heading\n", "2026-13-01", "unknown: ", "from: ",
        "edition: 9", "🎲", "[" * 30, "](x)", "`", "$5",
    ]
)  # fmt: skip


def files_of(root: Path) -> list[Path]:
    """Every file that is loaded."""
    return sorted(root.rglob("*.yaml"))


def lines_in(file: Path) -> int:
    """Lines as an editor counts them, and the empty one behind the last line break."""
    return len((file.read_text(encoding="utf-8-sig", errors="replace") + ".").splitlines())


def try_to_load(root: Path) -> tuple[Problem, ...]:
    """Load: what comes out is a world, or problems in files that exist, on lines that they have."""
    problems: tuple[Problem, ...] = ()
    try:
        assert isinstance(load_world(root), World)
    except DataErrors as errors:
        problems = errors.problems or (Problem(Place("", 0, 0), "no problem at all"),)
    for place, what in problems:
        assert what.strip()
        assert 1 <= place.line <= lines_in(root / place.file), (place, what)
        assert place.column >= 1
        assert len(what) < 2000
    return problems


def broken(text: str, cuts: list[tuple[float, int, str, bool]]) -> str:
    """A text after some cuts: at a place, remove a few characters or whole lines, and put a piece there."""
    for where, size, piece, whole_lines in cuts:
        if whole_lines:
            lines = text.splitlines(keepends=True)
            at = int(where * len(lines))
            text = "".join(lines[:at]) + piece + "".join(lines[at + size :])
        else:
            at = int(where * len(text))
            text = text[:at] + piece + text[at + size :]
    return text


CUTS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 4),
        st.one_of(PIECES, st.text(st.characters(codec="utf-8"), max_size=4)),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


def run(root: Path, file: Path, break_it: Callable[[bytes], bytes]) -> tuple[Problem, ...]:
    """Break one file, load, and put it back."""
    before = file.read_bytes()
    try:
        file.write_bytes(break_it(before))
        return try_to_load(root)
    finally:
        file.write_bytes(before)


# --- trees: the file stays YAML, its values become others -------------------------------------------------------------

Step = tuple[int, str, Any]
"""Where, by any number, what to do, and with what."""


def nested(levels: int) -> list[Any]:
    """Lists in lists."""
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


HOSTILE = st.sampled_from(
    [
        None, [], {}, [[]], {"": ""}, {"id": {"id": "x"}}, nested(9), nested(25), ["x"] * 500, {"<choice>": "x"},
        "", " ", "0", "-1", "1.5", "1e9", "9" * 13, "9" * 5001, "yes", "no", "null", "75%", "100.5%", "２", "½",
        "x" * 4999, "x" * 6000, "[" * 4900, "> " * 2400, "*a_" * 1600, "![[[" * 1200, "`" * 4000, "- " * 2000,
        "{{", "{{ x }}", "{{ 1/0 }}", "{{ ''.__class__.__mro__ }}", "{% for x in range(9) %}{{ x }}{% endfor %}",
        "{{ x" * 900, "{{ " + "(" * 500 + ")" * 500 + " }}", "{{ " + "(" * 24 + "x" + ")" * 24 + " }}",
        "{{ " + "-" * 50 + "x }}",
        "{% raw %}", "{# x", "&#123;{ x }}", "{\\{ x }}", "{{ x|count|count|words }}", "{{ model.input.output }}",
        "$x", "$model $case $work", "bill $model on $case", "side 1+1 on five", "ratio five",
        "bill chat on $model at 2024-09-01",
        "{bill}`$x`", "{bill}`chat on $case`", "{side}``", "{quoted}`x`", "{math}`\\frac{1}{0}`", "{name}`five`" * 300,
        "# heading", "```{note}\nx\n```", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://x.y)",
        "all of the above", "Which is not billed?", "Always. Never. 5 %",
        "\u202e\u2066x", "\u0000\u0007", "\ud7ff\uffff🎲", "a\u0301" * 2000,
        "choice", "multiple-choice", "numeric", "order", "match", "short-text", "open", "graded", "check", "understand",
        "explaining", "swapped-rates", "counts-only", "all-at-once", "account", "dollars", "percent", "five",
        "1500+250", "0+0",
        "999999999+999999999", "first-explain", "works-1",
    ]
)  # fmt: skip

NUMBERS = st.integers(0, 2**16)
ANYTHING = st.one_of(HOSTILE, HOSTILE, st.text(st.characters(codec="utf-8"), max_size=30))
WRITE = st.tuples(NUMBERS, st.just("write"), ANYTHING.filter(lambda value: isinstance(value, str) and value.strip()))
CHANGE = st.tuples(NUMBERS, st.sampled_from(["put", "put", "drop", "double", "swap", "rename"]), ANYTHING)
# As often as not only texts are others: then every name is still known, and the world is asked.
STEPS = st.one_of(st.lists(WRITE, min_size=1, max_size=3), st.lists(CHANGE | WRITE, min_size=1, max_size=3))


def pick(number: int, length: int) -> int:
    """An index by any number; numbers beside each other give indices far apart."""
    return number * 40503 % 65537 % length


def spots(data: Any) -> list[tuple[Any, Any]]:
    """Every place of a tree, as what holds it and its key."""
    found: list[tuple[Any, Any]] = []
    if isinstance(data, dict | list):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            found.append((data, key))
            found += spots(data[key])
    return found


def prose(places: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The places that hold sentences, keys and conditions."""
    return [(holder, key) for holder, key in places if isinstance(holder[key], str) and " " in holder[key]]


def shaken(data: Any, steps: list[Step]) -> Any:
    """A tree after some steps: ``write`` puts a text in place of prose, ``put`` anything in place of anything."""
    for number, what, value in steps:
        places = spots(data)
        if what == "write":
            places = prose(places)
        if not places:
            return value
        holder, key = places[pick(number, len(places))]
        other, its_key = places[pick(number + 1, len(places))]
        if what == "drop":
            del holder[key]
        elif what == "double" and isinstance(holder, list):
            holder.insert(key, holder[key])
        elif what == "rename" and isinstance(holder, dict):
            holder[str(value)] = holder.pop(key)
        elif what == "swap":
            holder[key], other[its_key] = str(other[its_key]), str(holder[key])
        else:
            holder[key] = deepcopy(value)
    return data
