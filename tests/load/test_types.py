"""The wrong kind of value, at every place of every file: each is told where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from tests.load.conftest import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.load.conftest import Book


def nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every value below a node: what a key stands for, and what a list holds."""
    children = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else node.value
    for child in children if isinstance(node, yaml.CollectionNode) else ():
        yield child
        yield from nodes(child)


def values(text: str, kind: type[yaml.Node]) -> list[tuple[int, int, int, int]]:
    """Start, end, line and column of every value of a kind, read by PyYAML's own parser."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return [
        (node.start_mark.index, node.end_mark.index, node.start_mark.line + 1, node.start_mark.column + 1)
        for node in nodes(root)
        if isinstance(node, kind) and getattr(node, "style", None) not in {"|", ">"}
    ]


def told_at(book: Book, file: str, text: str, line: int, column: int) -> bool:
    """Whether the broken file has a problem at this place."""
    book.write(file, text)
    return any(problem.startswith(f"{file}:{line}:{column}: ") for problem in book.problems())


YAML_FILES = [file for file in FILES if file.endswith(".yaml")]


@pytest.mark.parametrize("file", YAML_FILES)
@pytest.mark.parametrize("wrong", ["{}", "[[x], {y: z}]"])
def test_a_list_or_a_mapping_in_place_of_a_value(book: Book, file: str, wrong: str) -> None:
    text = FILES[file]
    found = values(text, yaml.ScalarNode)
    # a count may be a mapping, {text: ID}; an empty one is told at the same place
    silent = [
        (line, column)
        for start, end, line, column in found
        if not told_at(book, file, text[:start] + wrong + text[end:], line, column)
    ]
    assert len(found) >= 2
    assert silent == []


@pytest.mark.parametrize("file", YAML_FILES)
def test_a_word_in_place_of_a_list_or_a_mapping(book: Book, file: str) -> None:
    text = FILES[file]
    # A collection in braces or brackets is replaced where it stands; one of lines would take its lines with it.
    flow = [one for one in values(text, yaml.CollectionNode) if text[one[0]] in "{["]
    silent = [
        (line, column)
        for start, end, line, column in flow
        if not told_at(book, file, f"{text[:start]}x{text[end:]}", line, column)
    ]
    assert silent == []


@pytest.mark.parametrize("file", YAML_FILES)
def test_a_key_that_is_left_out_changes_the_world_or_is_told(book: Book, file: str) -> None:
    """No key is read by nobody: without it the book is another one, or none."""
    text = FILES[file]
    before = book.load()
    lines = text.splitlines(keepends=True)
    unread = []
    for number, line in enumerate(lines):
        if line.rstrip().endswith((":", "|-")) or ": " not in line:
            continue  # what has lines below it is not left out with its first
        if line.lstrip().startswith("- "):
            continue  # the dash would go with it
        book.write(file, "".join(lines[:number] + lines[number + 1 :]))
        if not book.problems() and book.load() == before:
            unread.append(line.strip())
    # These say what is so without them.
    assert set(unread) <= {"requires: []", "helped_by: []", "alias: false"}
