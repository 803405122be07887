"""Building books in tests: in this process, where what Sphinx read can be seen, or as a process of its own."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.generated_book import Plan, write_book, write_frame
from sphinx.application import Sphinx
from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

REPOSITORY = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# A build of a test book takes a second or two; in seconds.
LIMIT = 300


@dataclass(frozen=True)
class Built:
    """What a build did: the documents it read, in order of name, its warnings, and where it wrote."""

    read: tuple[str, ...]
    warnings: tuple[str, ...]
    out: Path
    status: int

    def page(self, docname: str) -> str:
        """A written page."""
        return (self.out / f"{docname}.html").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """What a process said and returned, without colours."""

    code: int
    said: str
    complained: str


@dataclass
class Book:
    """The sources of a book, and the folders of its builds beside them."""

    root: Path
    out: Path
    trees: Path
    kept: dict[Path, tuple[bytes, int] | None] = field(default_factory=dict)

    def build(
        self,
        builder: str = "html",
        *,
        out: Path | None = None,
        trees: Path | None = None,
        jobs: int = 1,
        strict: bool = False,
        overrides: Mapping[str, Any] | None = None,
    ) -> Built:
        """Build in this process; an error stops it as it stops Sphinx.

        Raises:
            SphinxError: whatever the build stopped with.
        """
        target, said = out or self.out, io.StringIO()
        read: list[str] = []

        def note(_app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
            read.extend(docnames)

        with _alone(self.root):
            app = Sphinx(
                self.root,
                self.root,
                target,
                trees or self.trees,
                builder,
                confoverrides=dict(overrides or {}),
                status=None,
                warning=said,
                warningiserror=strict,
                parallel=jobs,
            )
            app.connect("env-before-read-docs", note)
            app.build()
        lines = COLOUR.sub("", said.getvalue()).splitlines()
        return Built(tuple(sorted(read)), tuple(line for line in lines if line), target, app.statuscode)

    def cold(self, folder: Path, builder: str = "html", *, jobs: int = 1) -> Built:
        """Build the same sources from scratch into folders of their own."""
        return self.build(builder, out=folder / "cold", trees=folder / "cold-trees", jobs=jobs)

    def run(self, *options: str, builder: str = "html", env: Mapping[str, str] | None = None) -> Ran:
        """Build with the command authors use."""
        command = ["-b", builder, "-d", str(self.trees), *options, str(self.root), str(self.out)]
        return run_sphinx(*command, env=env)

    # -- changes, which ``restore`` takes back with the times the files had

    def write(self, name: str, text: str) -> None:
        """Write a source file."""
        path = self.root / name
        self._keep(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str, *, times: int = 1) -> None:
        """Replace a text that stands in a file as often as told."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def give_role(self, role: str, model: str) -> None:
        """Give a role of the edition, and of none before it, to another model."""
        name = "book/data/edition.yaml"
        text = (self.root / name).read_text(encoding="utf-8")
        changed = re.sub(rf"(?m)^(houses: .*\b{role}: )[^,}}]+", rf"\g<1>{model}", text)
        assert changed != text
        self.write(name, changed)

    def touch(self, name: str) -> None:
        """Give a file the time of now."""
        self._keep(self.root / name)
        (self.root / name).touch()

    def restore(self) -> None:
        """Take all changes back."""
        for path, before in self.kept.items():
            if before is None:
                path.unlink()
            else:
                content, changed_ns = before
                path.write_bytes(content)
                os.utime(path, ns=(changed_ns, changed_ns))
        self.kept.clear()

    def _keep(self, path: Path) -> None:
        if path not in self.kept:
            self.kept[path] = (path.read_bytes(), path.stat().st_mtime_ns) if path.exists() else None


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """What a build changes in its process, put back: roles and directives, the path, the garbage collector."""
    path, thresholds = list(sys.path), gc.get_threshold()
    _file_checksum_inner.cache_clear()  # by path alone: as if no build of a process changed what another had written
    try:
        with patch_docutils(root), docutils_namespace():
            yield
    finally:
        sys.path[:] = path
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def run_sphinx(*options: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run Sphinx as a process of its own, with this repository's extensions."""
    whole = {**os.environ, "PYTHONPATH": str(REPOSITORY / "exts"), "NO_COLOR": "1", **(env or {})}
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", *options],
        env=whole,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )
    return Ran(ran.returncode, COLOUR.sub("", ran.stdout), COLOUR.sub("", ran.stderr))


def generated(folder: Path, plan: Plan) -> Book:
    """A generated book in a folder."""
    write_book(folder / "book", plan)
    return Book(folder / "book", folder / "out", folder / "trees")


def small_book(folder: Path, pages: Mapping[str, str]) -> Book:
    """Pages of a test's own with the data of a generated book of one chapter, in Sphinx's own plainest theme."""
    book = Book(folder / "book", folder / "out", folder / "trees")
    write_frame(book.root, Plan(1, documents=False, theme="basic"))
    listed = "\n".join(name for name in pages if name != "index")
    index = f"# Index\n\n```{{toctree}}\n{listed}\n```\n"
    for name, text in {"index": index, **pages}.items():
        path = book.root / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return book


def real_book(folder: Path, *, extensions: bool = False) -> Book:
    """A copy of this repository's book; ``extensions`` copies the code that builds it as well."""
    root = folder / "book"
    root.mkdir(parents=True)
    for name in ("conf.py", "index.md"):
        shutil.copy2(REPOSITORY / name, root)
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("book", "assessments", *(["exts"] if extensions else [])):
        shutil.copytree(REPOSITORY / name, root / name, ignore=unwanted)
    return Book(root, folder / "out", folder / "trees")


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences(one: Path, other: Path) -> list[str]:
    """Names of the files that two folders do not have alike."""
    left, right = files(one), files(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
