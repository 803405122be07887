"""Simulations on their pages: the custom element of each, its scripts, and a page of its own for embedding.

What stands inside the element is shown without a script, on paper and in books of one file; the script hides it on
screen and shows what it has made instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sphinx import addnodes
from sphinx.jinja2glue import SphinxFileSystemLoader
from sphinx.util import docname_join
from sphinx.util.osutil import relative_uri

from costbook.sims import SimOf
from costbook.sims.base import PIECES
from costbook.sphinx_ext.assets import STATIC, WITH_SCRIPT
from costbook.sphinx_ext.book_script import MODELS, use_book
from costbook.sphinx_ext.domain import cost_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator

FOLDER = "sims"
"""Where the pages of simulations lie in the site, and their scripts among the static files."""
TEMPLATES = Path(__file__).parent / "templates"
PAGE = "sim_page.html"
KIT = "kit.js"
ABOUT = "cb-sim-about"
"""The class of the sentence that says what a simulation is about."""
SHEETS = ("costbook.css", "kit.css")
OWN_PAGE = ("furo-fixes-scrolling.js",)
"""What else a page of its own needs: tables that scroll take the focus."""


EMBED = """\
<iframe src="{address}" title="{title}: a simulation" width="100%" height="{height}"></iframe>
<script>
addEventListener("message", (event) => {{
  const frames = [...document.querySelectorAll("iframe")];
  const frame = frames.find(({{ contentWindow }}) => contentWindow === event.source);
  if (frame && event.data.type === "sim-height") frame.height = event.data.h;
}});
</script>"""
"""What a page elsewhere says to show a simulation; it listens to its own frames only."""


class sim_box(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes this way
    """A simulation with everything round it; ``name``, ``title``, ``height`` and ``scripts`` are its attributes."""


class count_box(nodes.General, nodes.Element):  # noqa: N801
    """The counter of a reader's own text with what is said about it; ``name`` is that of its script."""


class sim_host(nodes.General, nodes.Element):  # noqa: N801
    """The custom element; its children are shown without the script. ``facts`` is JSON for it."""


class sim_tools(nodes.General, nodes.Element):  # noqa: N801
    """Full screen, embedding and source: for pages that may run a script."""


def element(name: str) -> str:
    """The custom element of a simulation."""
    return f"cb-{name}"


def page_of(name: str) -> str:
    """The name of a simulation's own page."""
    return f"{FOLDER}/{name}"


# ---------------------------------------------------------------- writing


def visit_box(translator: HTML5Translator, node: sim_box) -> None:
    """Open the box; on the page of a chapter it names its scripts, for ``near.js`` to load."""
    own = translator.builder.current_docname == page_of(node["name"])
    scripts = "" if own else _when_near(translator, scripts_of(node))
    translator.body.append(f'<div class="cb-sim-box" id="sim-{node["name"]}"{scripts}>\n')


def visit_count_box(translator: HTML5Translator, node: count_box) -> None:
    """Open the box of the counter, which has no page of its own."""
    scripts = _when_near(translator, [PIECES, f"{node['name']}.js"])
    translator.body.append(f'<div class="cb-sim-box" id="sim-{node["name"]}"{scripts}>\n')


def _when_near(translator: HTML5Translator, scripts: list[str]) -> str:
    """The attribute that tells ``near.js`` what to load besides the kit, where a page may run a script."""
    builder = translator.builder
    if builder.name not in WITH_SCRIPT:
        return ""
    here = builder.get_target_uri(builder.current_docname)
    addresses = [relative_uri(here, f"_static/{name}{_version(name)}") for name in (KIT, *scripts)]
    return f' data-scripts="{" ".join(addresses)}"'


@cache
def _version(script: str) -> str:
    """What tells one version of a script from another where browsers keep it."""
    return f"?v={sha256((STATIC / script).read_bytes()).hexdigest()[:8]}"


def depart_box(translator: HTML5Translator, node: sim_box | count_box) -> None:
    """Close the box."""
    translator.body.append("</div>\n")


def visit_host(translator: HTML5Translator, node: sim_host) -> None:
    """Open the element, with its data where its script runs."""
    tag, attributes = "div", 'class="cb-sim"'
    if translator.builder.name in WITH_SCRIPT:
        tag = element(node["name"])
        attributes += f' data-facts="{translator.attval(node["facts"])}"'
    translator.body.append(f"<{tag} {attributes}>\n")


def depart_host(translator: HTML5Translator, node: sim_host) -> None:
    """Close the element."""
    tag = element(node["name"]) if translator.builder.name in WITH_SCRIPT else "div"
    translator.body.append(f"</{tag}>\n")


def visit_tools(translator: HTML5Translator, node: sim_tools) -> None:
    """Write the links; the page of the simulation itself gets none to itself."""
    builder = translator.builder
    if builder.name not in WITH_SCRIPT:
        raise nodes.SkipNode
    name, here = node["name"], builder.get_target_uri(builder.current_docname)
    own = builder.get_target_uri(page_of(name))
    base = builder.config.html_baseurl
    address = f"{base.rstrip('/')}/{own}" if base else own
    html = (
        _templates()
        .get_template("sim_tools.html.j2")
        .render(
            own=None if builder.current_docname == page_of(name) else relative_uri(here, own),
            address=None if base else address,
            code=EMBED.format(address=address, title=node["title"], height=node["height"]),
            script=relative_uri(here, f"_static/{FOLDER}/{name}.js"),
        )
    )
    translator.body.append(html)
    raise nodes.SkipNode


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def make_ordinary_sims(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave what is shown without a script, for builders that do not write HTML."""
    if app.builder.format == "html":
        return
    for tools in list(doctree.findall(sim_tools)):
        tools.parent.remove(tools)
    for kind in (sim_host, sim_box, count_box):
        for node in list(doctree.findall(kind)):
            _put(node, [*node.children])


# ---------------------------------------------------------------- scripts


def give_sim_scripts(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put on a page with simulations what they need, and nowhere else; in a chapter their scripts wait to be near."""
    if app.builder.format != "html":
        return
    own = context.get("sim_scripts", ())
    if not own and (doctree is None or not any(isinstance(node, sim_box | count_box) for node in doctree.findall())):
        return
    app.add_css_file("kit.css")
    if app.builder.name in WITH_SCRIPT:
        use_book(app, context)
        for script in (KIT, *own) if own else ("near.js",):
            app.add_js_file(script, loading_method="defer")


def scripts_of(box: sim_box) -> list[str]:
    """What a simulation needs besides the kit, in order: what it shares with others comes first."""
    return [*box["scripts"], f"{FOLDER}/{box['name']}.js"]


# ---------------------------------------------------------------- pages of their own


def find_templates(app: Sphinx) -> None:
    """Let the theme's templates find the page; this late, or the folder's path would be part of ``.buildinfo``."""
    if app.builder.name in WITH_SCRIPT:
        app.builder.templates.loaders.append(SphinxFileSystemLoader(TEMPLATES))


def sim_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of each simulation, from the first chapter that has it."""
    if app.builder.name not in WITH_SCRIPT:
        return
    seen: set[str] = set()
    for docname, asked in sorted(cost_domain(app.env).asked.items()):
        if not any(isinstance(question, SimOf) for question in asked):
            continue
        for box in app.env.get_doctree(docname).findall(sim_box):
            if box["name"] not in seen:
                seen.add(box["name"])
                yield page_of(box["name"]), _context(app, docname, box), PAGE


def _context(app: Sphinx, docname: str, box: sim_box) -> dict[str, Any]:
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    here = page_of(box["name"])
    alone = box.deepcopy()
    for title in list(alone.findall(nodes.rubric)):
        title.parent.remove(title)  # it is the heading of the page
    _without_references(alone, builder, here)
    # What the builder sets for each page that it writes.
    builder.current_docname, builder.secnumbers, builder.fignumbers = here, {}, {}
    fragment = builder.render_partial(alone)["fragment"]
    return {
        "sim": box["name"],
        "title": box["title"],
        "about": next(one.astext() for one in box.findall(nodes.paragraph) if ABOUT in one["classes"]),
        "fragment": Markup(fragment),
        "chapter": docname,
        "chapter_title": app.env.titles[docname].astext(),
        "sheets": [f"_static/{name}" for name in SHEETS],
        "sim_scripts": scripts_of(box),
        "scripts": [f"_static/{name}" for name in (*OWN_PAGE, MODELS, KIT, *scripts_of(box))],
    }


def _without_references(box: nodes.Element, builder: StandaloneHTMLBuilder, here: str) -> None:
    """Links to documents lead there from the new place; others, to places of the chapter, become their words."""
    for table in list(box.findall(nodes.table)):
        table.parent.replace(table, nodes.container("", table.deepcopy(), classes=["table-wrapper"]))
    for reference in list(box.findall(addnodes.pending_xref)):
        docname = docname_join(reference.get("refdoc", ""), reference["reftarget"])
        parts: list[nodes.Node] = [*reference.children]
        if reference["reftype"] == "doc" and docname in builder.env.found_docs:
            address = relative_uri(builder.get_target_uri(here), builder.get_target_uri(docname))
            title = builder.env.titles[docname].astext()
            words = parts if reference["refexplicit"] else [nodes.Text(title)]
            parts = [nodes.reference("", "", *words, refuri=address, internal=True)]
        _put(reference, parts)
    for link in list(box.findall(nodes.reference)):
        if "refuri" not in link:
            _put(link, [*link.children])


def _put(node: nodes.Node, instead: list[nodes.Node]) -> None:
    """Replace a node; ids that it had are gone with it."""
    assert node.parent is not None
    node.parent.replace(node, instead)
