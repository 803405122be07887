"""Roles and directives are found where an author wrote them, as MyST finds them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from docutils.utils import new_document
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from costbook.pages.markdown import Directive, Role, parser, read_markdown, read_matter

ROOT = Path(__file__).resolve().parents[2]


def found(text: str) -> list[tuple[str, str, int, int]]:
    """Name, content or argument, line and column of each piece."""
    return [
        (one.name, one.content if isinstance(one, Role) else one.argument, one.line, one.column)
        for one in read_markdown(text)
    ]


def options(text: str) -> dict[str, str]:
    piece = read_markdown(text)[0]
    assert isinstance(piece, Directive)
    return dict(piece.options)


def test_the_parser_has_the_syntax_of_the_book() -> None:
    """Rule by rule what MyST makes of ``conf.py``."""
    conf = runpy.run_path(str(ROOT / "conf.py"))
    config = MdParserConfig(
        enable_extensions=set(conf["myst_enable_extensions"]), disable_syntax=conf["myst_disable_syntax"]
    )
    theirs = create_md_parser(config, DocutilsRenderer)
    theirs.options["document"] = new_document("")
    rules = theirs.get_active_rules()
    rules["core"].remove("wordcount")
    assert parser().get_active_rules() == rules


def test_roles_in_running_text() -> None:
    assert found("One {bill}`a on b`, and\ntwo {name}`c`{name}`c`.\n") == [
        ("bill", "a on b", 1, 5),
        ("name", "c", 2, 5),
        ("name", "c", 2, 14),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# A title {name}`c`\n", 1, 11),
        ("> quoted\n> {name}`c`\n", 2, 3),
        ("1. first\n2. then\n\n   *{name}`c`*\n", 4, 5),
        ("| a | b |\n|---|---|\n| x | {name}`c` |\n", 3, 7),
        ("[a link to {name}`c`](https://example.org)\n", 1, 12),
        ("Term\n: its meaning, {name}`c`\n", 2, 16),
        ("Text.[^1]\n\n[^1]: {name}`c`\n", 3, 7),
        ("```{note}\nHere {name}`c`.\n```\n", 2, 6),
        (":::{note}\n:class: tip\n\nHere {name}`c`.\n:::\n", 4, 6),
        ("```{figure} x.svg\n---\nalt: words\n---\n{name}`c`\n```\n", 5, 1),
        ("```{admonition} About {name}`c`\nText.\n```\n", 1, 23),
        ("- item\n\n  ````{note}\n  ```{tip}\n  {name}`c`\n  ```\n  ````\n", 5, 3),
        ("```{glossary}\nterm\n    Its meaning,\n    {name}`c`.\n```\n", 4, 5),
        ("```{glossary}\nterm\n    Its meaning.\n\n    {name}`c`.\n```\n", 5, 5),
        ("---\nmodel: x\n---\n\n{name}`c`\n", 5, 1),
        ("(target)=\n\nText {name}``c``\n", 3, 6),
        ("Not `{name}` but\r\n{name}`c`\r\n", 2, 1),
    ],
)
def test_a_role_is_found_wherever_text_is(text: str, line: int, column: int) -> None:
    assert [one for one in found(text) if one[0] == "name"] == [("name", "c", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "`{name}` `c`\n",
        "``{name}`c` ``\n",
        "\\{name}`c`\n",
        "    {name}`c`\n",
        "```\n{name}`c`\n```\n",
        "```{code-block} text\n{name}`c`\n```\n",
        "```{math}\n{name}`c`\n```\n",
        "% a comment with {name}`c`\n",
        "![{name}`c`](x.svg)\n",
    ],
)
def test_code_comments_and_alternatives_ask_nothing(text: str) -> None:
    assert [one for one in found(text) if one[0] == "name"] == []


def test_a_role_over_two_lines() -> None:
    assert found("What {bill}`chat-reply\non everyday` costs.\n") == [("bill", "chat-reply on everyday", 1, 6)]


def test_directives_stand_where_their_argument_does() -> None:
    text = "Text.\n\n```{claim}  side rag is input\nWords {name}`c`.\n```\n\n:::{paths}\n:::\n"
    assert found(text) == [("claim", "side rag is input", 3, 13), ("name", "c", 4, 7), ("paths", "", 7, 4)]


def test_a_directive_interrupts_a_paragraph() -> None:
    assert found("Text\n:::{paths}\n:::\n```{bill} haiku\n```\n") == [("paths", "", 2, 4), ("bill", "haiku", 4, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "```{scenario-table} a\n:on: b c\n:show: d\n```\n",
        ":::{scenario-table} a\n:on: b c\n:show: d\n:::\n",
        "```{scenario-table} a\n---\non: b c\nshow: d\n---\n```\n",
        "```{scenario-table} a\n:on: >-\n:  b\n:  c\n:show: 'd'\n```\n",
        "- in a list\n\n  ```{scenario-table} a\n  :on: b c\n  :show: d\n  ```\n",
    ],
)
def test_options_in_every_form(text: str) -> None:
    assert options(text) == {"on": "b c", "show": "d"}


def test_front_matter() -> None:
    matter = read_matter('---\nchapter: the-life\nmodel: "gpt-4o"  # a comment\n---\n\n# Title\n')
    assert matter == {"chapter": "the-life", "model": "gpt-4o"}
    assert read_matter("# Title\n\n---\nmodel: x\n---\n") == {}
