"""Resolved text: whatever the words are, they come out as words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from costbook.assessment.rich import (
    Answer,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Listing,
    Marked,
    Maths,
    Paragraph,
    Quotation,
    Rich,
    Words,
    to_html,
    to_plain,
    words,
)


def maths(latex: str) -> str:
    """A formula as the pages of these tests write it."""
    return f"<i>{escape(latex)}</i>"


# Markup, quotes, what XML forbids, and anything else.
TEXTS = st.text(st.sampled_from("<>&\"'=/ a\f\x00\ufffe") | st.characters(exclude_characters="\r"), max_size=12)
FORMULAS = st.text("ab<>&\\{}", max_size=8)
HREFS = st.builds("https://example.org/{}".format, st.text("a?=&'\"<>;", max_size=8))
PLAIN_PARTS = st.one_of(
    st.builds(Words, TEXTS),
    st.builds(Code, TEXTS),
    st.builds(Maths, FORMULAS),
    st.builds(Answer, TEXTS, st.sampled_from([None, "input", "output"])),
    st.builds(Marked, TEXTS, TEXTS, st.booleans()),
    st.just(LineBreak()),
)
PARTS: st.SearchStrategy[Inline] = st.recursive(
    PLAIN_PARTS,
    lambda inner: (
        st.builds(Emphasis, st.lists(inner, max_size=2).map(tuple), st.booleans())
        | st.builds(Link, st.lists(inner, max_size=2).map(tuple), HREFS)
    ),
    max_leaves=4,
)
LINES = st.lists(PARTS, max_size=3).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.builds(Paragraph, LINES) | st.builds(CodeBlock, TEXTS),
    lambda inner: (
        st.builds(
            Listing, st.lists(st.lists(inner, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple), st.booleans()
        )
        | st.builds(Quotation, st.lists(inner, max_size=2).map(tuple))
    ),
    max_leaves=4,
)
RICH = st.lists(BLOCKS, max_size=3).map(tuple)


ELEMENTS: dict[type, list[str]] = {
    Words: [],
    Code: ["code"],
    CodeBlock: ["pre", "code"],
    Maths: ["i"],
    Answer: ["span"],
}


def parts_of(rich: Iterable[object]) -> tuple[str, list[str]]:
    """What a tree says in order of reading, and the elements that it becomes but ``p``; written without the code."""
    said, elements = "", list[str]()
    for part in rich:
        inner: Iterable[object] = ()
        match part:
            case Paragraph(inner):
                pass
            case Words(text) | Code(text) | CodeBlock(text) | Maths(text) | Answer(text):
                said, elements = said + text, [*elements, *ELEMENTS[type(part)]]
            case Marked(text, source, quoted):
                said, elements = (
                    said + (f"“{text}” [{source}]" if quoted else f"{text} [{source}]"),
                    [*elements, "span"],
                )
            case LineBreak():
                elements.append("br")
            case Emphasis(inner, strong):
                elements.append("strong" if strong else "em")
            case Link(inner, href):
                elements.append(f"a {href}")
            case Quotation(inner):
                elements.append("blockquote")
            case Listing(items, ordered):
                inner = [block for item in items for block in item]
                elements += ["ol" if ordered else "ul", *("li" for _ in items)]
        more, inside = parts_of(inner)
        said, elements = said + more, elements + inside
    return said, elements


@given(RICH)
def test_html_says_the_words_and_has_no_other_element(rich: Rich) -> None:
    """An XML parser reads the words back; what XML forbids stands as the sign for that (U+FFFD)."""
    root = ET.fromstring(f"<div>{to_html(rich, maths)}</div>")
    said, elements = parts_of(rich)
    assert "".join(root.itertext()) == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", said)
    found = [f"{one.tag} {one.get('href')}" if one.tag == "a" else one.tag for one in root.iter()]
    assert sorted(tag for tag in found if tag != "p") == sorted(["div", *elements])
    assert {key for one in root.iter() for key in one.attrib} <= {"class", "href"}


@pytest.mark.parametrize(
    ("rich", "html", "plain"),
    [
        (words("a < b"), "a &lt; b", "a < b"),
        ((), "", ""),
        ((*words("one"), *words("two")), "<p>one</p><p>two</p>", "one\n\ntwo"),
        ((Paragraph((Answer("$2", "output"),)),), '<span class="cb-answer cb-output">$2</span>', "$2"),
        ((Paragraph((Answer("7"),)),), '<span class="cb-answer">7</span>', "7"),
        (
            (Paragraph((Marked("$2.67", "S001", quoted=True),)),),
            '“$2.67” <span class="cb-source">[S001]</span>',
            "“$2.67” [S001]",
        ),
        (
            (Paragraph((Marked("30 days", "scenario", quoted=False),)),),
            '30 days <span class="cb-source">[scenario]</span>',
            "30 days [scenario]",
        ),
        (
            (Paragraph((Emphasis((Words("not"),), strong=True), LineBreak(), Emphasis((Words("so"),)))),),
            "<strong>not</strong><br/><em>so</em>",
            "not\nso",
        ),
        (
            (Paragraph((Link((Words("here"),), 'https://a.org/?b&"c'),)),),
            '<a class="reference external" href="https://a.org/?b&amp;&quot;c">here</a>',
            "here",
        ),
        ((Paragraph((Maths("a<b"), Code("x<y"))),), "<i>a&lt;b</i><code>x&lt;y</code>", "a<bx<y"),
        ((CodeBlock("\n  a\nb\n"),), "<pre><code>\n  a\nb\n</code></pre>", "\n  a\nb\n"),
        (
            (Listing((words("one"), words("two")), ordered=True), Quotation(words("said"))),
            "<ol><li>one</li><li>two</li></ol><blockquote><p>said</p></blockquote>",
            "1. one\n2. two\n\nsaid",
        ),
        (
            (Listing((((*words("one"), Listing((words("in"), words("out"))))), words("two"))),),
            "<ul><li><p>one</p><ul><li>in</li><li>out</li></ul></li><li>two</li></ul>",
            "- one\n\n  - in\n  - out\n- two",
        ),
    ],
)
def test_each_part_in_both_ways(rich: Rich, html: str, plain: str) -> None:
    assert to_html(rich, maths) == html
    assert to_plain(rich) == plain


PAYLOADS = [
    "<script>alert(1)</script>",
    "</p></div><script src=//x.org/x.js></script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "</code></pre><iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "\x00<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "{{ 7 * 7 }}${7*7}<%= 7 * 7 %>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_browser_finds_no_markup_in_words(payload: str) -> None:
    """HTML parsers forgive more than XML parsers: in no place does a payload become an element or an attribute."""
    line: tuple[Inline, ...] = (
        Words(payload),
        Code(payload),
        Answer(payload, payload),
        Marked(payload, payload, quoted=True),
        Link((Words(payload),), f"https://example.org/{payload}"),
    )
    rich: Rich = (Paragraph(line), CodeBlock(payload), Listing((words(payload),)), Quotation(words(payload)))
    page = lxml_html.fromstring(f"<html><body><div>{to_html(rich, maths)}</div></body></html>")
    allowed = {"html", "body", "div", "p", "code", "span", "a", "pre", "ul", "li", "blockquote"}
    assert {element.tag for element in page.iter()} <= allowed
    assert {key for element in page.iter() for key in element.attrib} <= {"class", "href"}
    shown = payload.replace("\x00", "\ufffd")
    assert page.text_content().count(shown) == 9
    assert [link.get("href") for link in page.iter("a")] == [f"https://example.org/{shown}"]
