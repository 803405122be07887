"""Files on the pages that use them, and on no other.

Defect: sphinx-design and sphinx-copybutton put their styles and scripts on every page, and Furo its styles for them.
Together they are 19 kB of a first visit, a quarter of a chapter, also where nothing is folded into cards and there is
no code to copy. Sphinx does so with the colours of code, and with 4 kB of scripts that do two things on a page.

furo-fixes-extras.js does those two, and loads them, and what copies code, when a reader needs them.

Remove when: the extensions and Sphinx do so themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from furo_fixes.assets import add_static_files

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_SCRIPT = "furo-fixes-extras.js"
_COPIES = "copybutton.js"
_CODE = "<pre"
# The end of a file's name -> the markup without which it does nothing; none where the script loads it.
_NEEDS = {
    "sphinx-design.min.css": ("sd-",),
    "design-tabs.js": ("sd-tab",),
    "pygments.css": ('class="highlight',),
    "furo-extensions.css": ("sd-", _CODE, "rst-versions"),
    "copybutton.css": (),
    _COPIES: (),
    "clipboard.min.js": (),
    "documentation_options.js": (),
    "doctools.js": (),
    "sphinx_highlight.js": (),
}


def leave_out(app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Take from a document's page the files that it has no use for; of other pages only a template knows the markup."""
    if app.builder.name not in {"html", "dirhtml"}:
        return
    if doctree is None:
        app.add_js_file(_SCRIPT)
        return
    body = context.get("body", "")
    copied = _CODE in body and any(_name(one).endswith(_COPIES) for one in context["script_files"])
    app.add_js_file(_SCRIPT, **({"data-copied": app.config.copybutton_selector} if copied else {}))
    unused = tuple(name for name, needs in _NEEDS.items() if not any(markup in body for markup in needs))
    for files in ("css_files", "script_files"):
        context[files] = [one for one in context[files] if not _name(one).endswith(unused)]


def _name(file: object) -> str:
    """The name of a file, without the digest that Sphinx appends; an inline script has none."""
    return str(getattr(file, "filename", None) or "").partition("?")[0]


def setup(app: Sphinx) -> None:
    add_static_files(app)
    app.connect("html-page-context", leave_out, priority=800)  # after extensions, and before the policy is written
