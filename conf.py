"""How Sphinx builds the site. The source directory is the root of the repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# The extensions of this repository, from its own folder also where it is not installed.
sys.path.insert(0, str(Path(__file__).parent / "exts"))

project = "The Price of a Token"
author = "the contributors"
# The year stands where Sphinx does not look for the current one: no build asks the clock.
copyright = "the contributors, since 2026. Code under MIT, text and data under CC BY 4.0."
language = "en"
version = release = "0.1.0"

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "furo_fixes",
    "costbook.sphinx_ext",
]

# Sources. Each YAML document is a page; one pattern a folder (braces would match nothing, silently).
include_patterns = [
    "index.md",
    "book/**.md",
    "assessments/quizzes/*.yaml",
    "assessments/reviews/*.yaml",
    "assessments/lessons/*.yaml",
]
# Sphinx walks every folder before it asks which files to include.
exclude_patterns = [".*", "build", "node_modules", "exts", "scripts", "tests", "assessments/private"]

# MyST. A `$` is money, not a formula; an author's HTML is text, so that no script comes in with it.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_disable_syntax = ["html_block", "html_inline"]
myst_url_schemes = ["http", "https", "mailto"]
myst_heading_anchors = 3

# Typographic quotes are typed by the author. Curling them costs 8 % of a build, and gets code in running text wrong.
smartquotes = False
highlight_language = "text"
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"

bibtex_bibfiles = ["book/data/references.bib"]
bibtex_reference_style = "author_year"

html_theme = "furo"
html_title = project
html_favicon = "book/figures/favicon.svg"
html_math_renderer = "mathml"
html_last_updated_fmt = None
# Sources hold the keys of quizzes; and a summary of a search result fetches them, which `file://` does not allow.
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False

# The whole book as an EPUB. The identifier is the book's own, in every edition.
epub_basename = "the-price-of-a-token"
epub_description = "What language models cost to use and why, with every number worked out from one dated price book."
epub_identifier = "urn:uuid:6d2b7c1e-5a0f-4b7e-9c55-3c1f8a0e7d42"
epub_scheme = "UUID"
epub_uid = "book"
epub_contributor = author
epub_show_urls = "no"
epub_tocscope = "includehidden"
epub_tocdepth = 2
epub_use_index = False
epub_css_files = ["ebook.css"]

# The repository, where mistakes are reported. No address is written here: the site of a copy leads to the copy.
_GITHUB = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}".format_map(os.environ) if "GITHUB_REPOSITORY" in os.environ else ""
_FOUND = os.environ.get("REPOSITORY_URL") or os.environ.get("READTHEDOCS_GIT_CLONE_URL") or _GITHUB
costbook_repository = _FOUND.removesuffix(".git") if _FOUND.startswith("https://") else ""
# Words of the glossary that a chapter also uses as everybody does ("tool calls"): their first use need not be a link.
costbook_everyday_words = ["call"]
# The address of the site that Read the Docs publishes; `make site` takes SITE_URL.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")

# With a repository that Furo knows, a button on each page leads to its source.
_EDIT = {"top_of_page_buttons": ["edit"], "source_repository": costbook_repository, "source_branch": "main"}
_KNOWN = costbook_repository.startswith(("https://github.com/", "https://gitlab.com/"))

# Copied code without its prompts.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

_READING = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif'
html_theme_options = {
    **(_EDIT if _KNOWN else {"top_of_page_buttons": []}),
    # Paper and ink. Input is blue and output is orange wherever amounts are shown, so links are neither. Each colour
    # of text has a contrast of at least 4.5:1 on the page, in the sidebar and on a table's head.
    "light_css_variables": {
        "font-stack": _READING,
        "color-foreground-primary": "#1f1c17",
        "color-foreground-secondary": "#514c44",
        "color-foreground-muted": "#655f55",
        "color-foreground-border": "#8a8377",
        "color-background-primary": "#fdfcf8",
        "color-background-secondary": "#f6f3ea",
        "color-background-hover": "#ece7d9",
        "color-background-hover--transparent": "#ece7d900",
        "color-background-border": "#e2dccd",
        "color-brand-primary": "#1d5c52",
        "color-brand-content": "#1d5c52",
        "color-brand-visited": "#63437a",
        "color-link-underline": "#8fb3aa",
        "color-admonition-background": "#f6f3ea",
    },
    "dark_css_variables": {
        "color-foreground-primary": "#dcd8ce",
        "color-foreground-secondary": "#b3aea3",
        "color-foreground-muted": "#9b968b",
        "color-foreground-border": "#7d786e",
        "color-background-primary": "#17181a",
        "color-background-secondary": "#1e2022",
        "color-background-hover": "#2a2c2e",
        "color-background-hover--transparent": "#2a2c2e00",
        "color-background-border": "#36383a",
        "color-brand-primary": "#84c9bb",
        "color-brand-content": "#84c9bb",
        "color-brand-visited": "#c3a4dd",
        "color-link-underline": "#4d7d73",
        "color-admonition-background": "#1e2022",
    },
}
