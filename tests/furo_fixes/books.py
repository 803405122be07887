"""Small books, written and built inside a test, with or without a piece of `furo_fixes`."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from tests.browser.gates.site import Site

EXTENSIONS = Path(__file__).parents[2] / "exts"


@dataclass
class Book:
    """A book of a few pages; `build` may be called again and again, as an author does."""

    root: Path
    config: dict[str, Any] = field(default_factory=dict)
    app: Sphinx | None = None

    @property
    def source(self) -> Path:
        return self.root / "source"

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, *extensions: str, builder: str = "html", name: str = "fixed", **config: Any) -> Built:
        """Build with these extensions; builds of one *name* share their output, as those of one folder do."""
        warnings = io.StringIO()
        settings = self._settings(extensions, config)
        outdir, doctrees = self.root / builder / name, self.root / "doctrees" / builder / name
        with patch_docutils(), docutils_namespace():
            self.app = Sphinx(
                self.source, None, outdir, doctrees, builder, confoverrides=settings, status=None, warning=warnings
            )
            self.app.build()
        # Without the colours of a terminal.
        return Built(outdir, re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()))

    def build_in_parallel(self, *extensions: str, name: str, jobs: int = 3) -> Built:
        """Build in a process of its own: a test process has threads, and must not be forked."""
        settings = self._settings(extensions, {})
        self.write("conf.py", "\n".join(f"{key} = {value!r}" for key, value in settings.items()))
        outdir = self.root / "html" / name
        options = ["-q", "-j", str(jobs), "-b", "html", "-d", str(self.root / "doctrees" / name)]
        command = [sys.executable, "-m", "sphinx", *options, str(self.source), str(outdir)]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={"PYTHONPATH": str(EXTENSIONS), "NO_COLOR": "1"}
        )
        return Built(outdir, done.stderr)

    def _settings(self, extensions: tuple[str, ...], config: dict[str, Any]) -> dict[str, Any]:
        always = {
            "project": "Book",
            "html_theme": "furo",
            "html_copy_source": False,
            "html_show_search_summary": False,
            "exclude_patterns": ["conf.py"],
        }
        return always | self.config | config | {"extensions": ["myst_parser", *extensions]}


@dataclass(frozen=True)
class Built:
    """A built book."""

    root: Path
    warnings: str

    def page(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def pages(self) -> dict[str, str]:
        return {path.relative_to(self.root).as_posix(): path.read_text("utf-8") for path in self.root.rglob("*.html")}

    @property
    def site(self) -> Site:
        return Site(self.root)
