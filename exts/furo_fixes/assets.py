"""The folder of static files, copied into the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_STATIC = Path(__file__).parent / "static"


def add_static_files(app: Sphinx, *on_every_page: str) -> None:
    """Copy the folder `static` into the site, and put some of its files on every page."""

    def add(app: Sphinx) -> None:
        if app.builder.format != "html":
            return
        if str(_STATIC) not in app.config.html_static_path:
            app.config.html_static_path.append(str(_STATIC))
        for name in on_every_page:
            if name.endswith(".css"):
                app.add_css_file(name, priority=650)  # after Furo's last at 600
            else:
                app.add_js_file(name)

    app.connect("builder-inited", add)
