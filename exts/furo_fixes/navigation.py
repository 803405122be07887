"""The navigation tree, computed once a build.

Defect: for every page Sphinx copies the entries of all toctrees, renders them, and Furo parses the result with
Beautiful Soup and keeps it in a cache without limit. Each step costs as much as the book has pages, so a build
costs their square: at 300 pages four fifths of the time and, in the cache, one tree a page. And a page that is not
read again keeps the navigation it was written with, so after a chapter was added or renamed an incremental build
shows it on some pages only.

Here the tree is resolved, rendered and given to Furo once, with everything marked as current. From that one text
come the tree of every folder (its links are relative) and, by changing the few tags of one branch, the tree of
every page. The result is the HTML that Furo writes itself, to the byte. When the tree has changed since the last
build, every page is written (not read) again.

Remove when: Furo asks for its tree once a build (https://github.com/pradyunsg/furo, `furo.navigation`).
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from furo.navigation import get_navigation_tree
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

# A character of the private use area marks a docname where a link will stand: no address begins with it.
_MARK = "\ue000"
# Stands for "no page": a page of this name cannot exist, so nothing is current.
_NOWHERE = f"{_MARK}nowhere"
_DIGEST = "furo_fixes_navigation"

_TAG = re.compile(r"<(?P<close>/?)(?P<name>ul|li|a|input)\b[^>]*>")
_CLASS = re.compile(r' class="(?P<words>[^"]*)"')
_LINK = re.compile(rf'href="{_MARK}(?P<docname>[^"#]*)(?P<anchor>[^"]*)"')


@dataclass(frozen=True)
class _Tag:
    """One opening tag: outside of the current branch, inside it, and as the entry of the current page."""

    plain: str
    current: str
    own: str


@dataclass(frozen=True)
class _Entry:
    """One link of the tree, with the tags that change on the page it leads to."""

    slot: int  # the tag of the link
    docname: str
    anchor: str  # "" or "#…"
    branch: tuple[int, ...]  # the tags of the lists and items around it, outermost first
    item: int  # the tag of the item that holds it


@dataclass(frozen=True)
class _Text:
    """The tree as every page of one folder shows it, with no page current."""

    text: str
    starts: Sequence[int]  # where the tag of each slot starts
    ends: Sequence[int]


class NavigationTree:
    """Furo's navigation tree with everything marked as current, cut into the tags that differ from page to page."""

    def __init__(self, everything: str, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._tags: list[_Tag] = []
        self._between: list[str] = []
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._links: dict[int, _Entry] = {}
        self._switches: dict[int, list[int]] = defaultdict(list)  # item -> its checkbox
        self._cut(everything)
        # Pages are written in the order of their names, so the pages of a folder follow one another.
        self._folder = lru_cache(maxsize=4)(self._write_folder)

    def _cut(self, everything: str) -> None:
        end = 0
        opened: list[int] = []
        items: list[int] = []
        for match in _TAG.finditer(everything):
            if match["close"]:
                if match["name"] in {"ul", "li"}:
                    opened.pop()
                if match["name"] == "li":
                    items.pop()
                continue
            slot = len(self._tags)
            self._between.append(everything[end : match.start()])
            self._tags.append(_variants(match.group()))
            end = match.end()
            match match["name"]:
                case "ul":
                    opened.append(slot)
                case "li":
                    opened.append(slot)
                    items.append(slot)
                case "input":
                    self._switches[items[-1]].append(slot)
                case "a":
                    self._note_link(slot, tuple(opened), items[-1])
        self._between.append(everything[end:])

    def _note_link(self, slot: int, branch: tuple[int, ...], item: int) -> None:
        link = _LINK.search(self._tags[slot].plain)
        if link is None:  # an address outside of the book
            return
        entry = _Entry(slot, html.unescape(link["docname"]), link["anchor"], branch, item)
        self._links[slot] = entry
        self._entries[entry.docname].append(entry)

    def _write_folder(self, folder: str) -> _Text:
        """The tree for the pages of *folder*: an address, empty or ending in a slash."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for slot, (between, tag) in enumerate(zip(self._between, self._tags, strict=False)):
            text = tag.plain
            if entry := self._links.get(slot):
                # From no page in particular: a page's links to itself are among its changes.
                uri = relative_uri(folder + _NOWHERE, self._builder.get_target_uri(entry.docname))
                text = _with_link(text, html.escape(uri) + entry.anchor)
            starts.append(at + len(between))
            at = starts[-1] + len(text)
            ends.append(at)
            parts += (between, text)
        return _Text("".join([*parts, self._between[-1]]), starts, ends)

    def page(self, pagename: str) -> str:
        """The tree as *pagename* shows it."""
        folder, slash, _ = self._builder.get_target_uri(pagename).rpartition("/")
        text = self._folder(folder + slash)
        changes = self._changes(pagename)
        if not changes:
            return text.text
        cuts = sorted(changes)
        parts = [text.text[: text.starts[cuts[0]]]]
        for slot, following in pairwise([*cuts, None]):
            until = len(text.text) if following is None else text.starts[following]
            parts += (changes[cast("int", slot)], text.text[text.ends[cast("int", slot)] : until])
        return "".join(parts)

    def _changes(self, pagename: str) -> dict[int, str]:
        """The tags that are different on *pagename*, by slot."""
        changes: dict[int, str] = {}
        last: _Entry | None = None
        for entry in self._entries.get(pagename, ()):
            tag = self._tags[entry.slot]
            # A link to a part of the page is not the page: its branch is not marked.
            changes[entry.slot] = _with_link(tag.plain if entry.anchor else tag.current, entry.anchor or "#")
            if entry.anchor:
                continue
            last = entry
            for slot in entry.branch:
                changes[slot] = self._tags[slot].current
                changes |= {switch: self._tags[switch].current for switch in self._switches.get(slot, ())}
        if last:
            changes[last.item] = self._tags[last.item].own
        return changes


def _variants(tag: str) -> _Tag:
    """Take the marks off one opening tag of the tree in which everything is marked."""
    match = _CLASS.search(tag)
    words = match["words"].split() if match else []
    inside = [word for word in words if word != "current-page"]
    outside = [word for word in inside if word != "current"]

    def spell(wanted: list[str]) -> str:
        if match is None:
            return tag
        attribute = f' class="{" ".join(wanted)}"' if wanted else ""
        return tag[: match.start()] + attribute + tag[match.end() :]

    return _Tag(spell(outside).replace(' checked=""', ""), spell(inside), spell([*inside, "current-page"]))


def _with_link(tag: str, href: str) -> str:
    return _LINK.sub(lambda _: f'href="{href}"', tag)


class _Docnames:
    """Stands for the builder where Sphinx asks it for links: the link to a document is its marked name."""

    @staticmethod
    def get_relative_uri(_from: str, to: str, _typ: str | None = None) -> str:
        return f"{_MARK}{to}"


class Navigation:
    """What one application knows of its navigation during one build."""

    def __init__(self) -> None:
        self._removed = False
        self._read = False
        self._resolved: nodes.Element | None = None
        self._tree: NavigationTree | None = None
        self._held: Any = None

    def connect(self, app: Sphinx) -> None:
        app.connect("env-get-outdated", self._note_removed)
        app.connect("env-before-read-docs", self._start_build)
        # After Sphinx's own listener, which numbers the entries.
        app.connect("env-get-updated", self._write_all_when_changed, priority=900)
        # Furo listens at 500.
        app.connect("html-page-context", self._hold_toctree, priority=100)
        app.connect("html-page-context", self._give_tree, priority=900)

    def _note_removed(
        self, _app: Sphinx, _env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
    ) -> Sequence[str]:
        self._removed = bool(removed)
        return ()

    def _start_build(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._read = bool(docnames) or self._removed
        self._resolved = None
        self._tree = None

    def _write_all_when_changed(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Every page, when the tree is not the one of the last build."""
        if not self._read or not _is_concerned(app):
            return ()
        tree = self._resolve(env, app.builder)
        digest = hashlib.sha256(tree.pformat().encode() if tree else b"").hexdigest()
        before = getattr(env, _DIGEST, digest)
        setattr(env, _DIGEST, digest)
        return () if digest == before else env.found_docs

    def _resolve(self, env: BuildEnvironment, builder: Builder) -> nodes.Element | None:
        if self._resolved is None:
            self._resolved = global_toctree_for_doc(
                env,
                _NOWHERE,
                cast("Builder", _Docnames()),
                tags=builder.tags,
                # As Furo asks for it.
                collapse=False,
                titles_only=True,
                maxdepth=-1,
                includehidden=True,
            )
            # Sphinx caches the root document it took the toctrees from, would pickle it with the environment, and
            # find in it the toctrees of this build in the next one.
            env.__dict__.pop("master_doctree", None)
        return self._resolved

    def _hold_toctree(
        self, app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Without `toctree` in the context Furo makes no tree."""
        if _is_concerned(app):
            self._held = context.pop("toctree", None)

    def _give_tree(self, app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        if self._held is None:
            return
        context["toctree"], self._held = self._held, None
        # Made with the first page, which is written before Sphinx forks: the other processes inherit it.
        if self._tree is None:
            self._tree = _furo_tree(self._resolve(app.env, app.builder), cast("StandaloneHTMLBuilder", app.builder))
        context["furo_navigation_tree"] = self._tree.page(pagename)


def _is_concerned(app: Sphinx) -> bool:
    """Whether this build writes one file a page, with Furo. In a single file Sphinx makes the tree in another way."""
    return app.builder.name in {"html", "dirhtml"} and "furo" in app.extensions


def _furo_tree(resolved: nodes.Element | None, builder: StandaloneHTMLBuilder) -> NavigationTree:
    for node in _markable(resolved):
        node["classes"].append("current")
    return NavigationTree(get_navigation_tree(builder.render_partial(resolved)["fragment"]), builder)


def _markable(resolved: nodes.Element | None) -> Iterator[nodes.Element]:
    if resolved is not None:
        for node in resolved.findall():
            if isinstance(node, (nodes.bullet_list, nodes.list_item, nodes.reference)):
                yield node


def setup(app: Sphinx) -> None:
    Navigation().connect(app)
