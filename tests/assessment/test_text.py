"""Texts in YAML: CommonMark and roles, and what else of MyST an author may have in mind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costbook.assessment import text as texts
from costbook.assessment.text import Fault, Role, faults, roles

KNOWN = frozenset({"bill", "share", "break-even"})


def literals(text: str) -> list[str]:
    """The literal of each fault."""
    return [fault.literal for fault in faults(text, KNOWN)]


def test_roles_are_found_in_order() -> None:
    text = "Costs {bill}`chat on five`, break-even {break-even}`rag`;\nmore **{share}`rag for input`**."
    assert list(roles(text)) == [
        Role("bill", "chat on five", "{bill}`chat on five`"),
        Role("break-even", "rag", "{break-even}`rag`"),
        Role("share", "rag for input", "{share}`rag for input`"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "`` {bill}`chat` ``",
        "    {bill}`chat`\n",
        "```\n{bill}`chat`\n```",
        "{bill} `chat`",
        "{bill}chat",
        "\\{bill}",
    ],
)
def test_what_is_no_role(text: str) -> None:
    assert list(roles(text)) == []


@pytest.mark.parametrize(
    "text", ["- {bill}`chat`", "> {bill}`chat`", "*{bill}`chat`*", "[{bill}`chat`](https://a.org)"]
)
def test_roles_inside_other_markup(text: str) -> None:
    assert [role.name for role in roles(text)] == ["bill"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("see {cite}`book`", Fault("{cite}`book`", "the role 'cite' cannot be used in a YAML text")),
        ("{quoted}`$2`", Fault("{quoted}`$2`", "quoted needs its source; write quoted as TEXT [SOURCE]")),
        ("{assumed}`[S001]`", Fault("{assumed}`[S001]`", "assumed needs its source; write assumed as TEXT [SOURCE]")),
        ("# Head", Fault("# Head", "a heading cannot stand in a YAML text; its page has its own")),
        ("Head\n===", Fault("Head", "a heading cannot stand in a YAML text; its page has its own")),
        ("```{note} Title\nx\n```", Fault("```{note} Title", "a directive cannot stand in a YAML text")),
        ("![a](https://a.org/b.png)", Fault("![", "an image cannot stand in a YAML text")),
        ("[a](b.md)", Fault("](b.md", "the link 'b.md' must start with https://, http:// or mailto:")),
        ("[a](//a.org)", Fault("](//a.org", "the link '//a.org' must start with https://, http:// or mailto:")),
        ("<ftp://a.org>", Fault("<ftp://a.org", "the link 'ftp://a.org' must start with https://, http:// or mailto:")),
        ("[a][b]\n\n[b]: c.md", Fault("](c.md", "the link 'c.md' must start with https://, http:// or mailto:")),
    ],
)
def test_a_fault_has_its_literal(text: str, fault: Fault) -> None:
    assert list(faults(text, KNOWN)) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "{bill}`chat`, {math}`O > I/r`, {quoted}`$2 [S001]`, {assumed}`10 [test]`",
        "[a](https://a.org), [b](http://b.org), [c](mailto:c@d.org), <https://e.org>",
        "```python\nprint(1)\n```",
        "a # b",
        "**bold**, *italic*, `code`\n\n- list\n\n1. list\n\n> quote\n\n---",
        "<b>not HTML</b> and <script>alert(1)</script>",
    ],
)
def test_what_a_text_may_have(text: str) -> None:
    assert literals(text) == []


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_an_address_that_runs_is_no_link_at_all(scheme: str) -> None:
    # the renderer leaves such a link as the text it is; where it does make a link, it is a fault
    links = [token for token in texts._tokens(f"[x]({scheme})") if token.type == "link_open"]
    assert bool(links) == bool(literals(f"[x]({scheme})"))


def test_every_fault_is_found() -> None:
    text = "# One\n\n{foo}`a` {foo}`a` {bar}`b`\n\n![x](https://a.org) [y](z.md)\n\n## Two"
    assert sorted(literals(text)) == sorted(["# One", "{foo}`a`", "{foo}`a`", "{bar}`b`", "![", "](z.md", "## Two"])


PIECES = st.lists(
    st.sampled_from(
        ["# ", "a", "\n", "\n\n", "===", "---", "- ", "> ", "    ", "[", "](", ")", "b.md", "<", "ftp://c", ">", "![",
         "```", "{bill}", "{foo}", "`", "x", ": ", "[a]", "&#35; ", "\\", "*", " "]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_no_text_is_spared_that_has_a_fault(text: str) -> None:
    """Texts without any markup are not parsed, for speed: that must not hide anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "MARKUP", re.compile(""))
        everything = list(faults(text, KNOWN))
    assert list(faults(text, KNOWN)) == everything
