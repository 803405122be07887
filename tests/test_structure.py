"""Three floors, arrows only go down: the imports themselves are read, wherever in a module they stand."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "exts" / "costbook"

TOP = {"sphinx_ext", "export", "feed"}
MIDDLE = {
    "questions",
    "quizzes",
    "world",
    "load",
    "pages",
    "changes",
    "sims",
    "contents",
    "charts",
    "writing",
    "scaffold",
}
BOTTOM = {"economy", "assessment", "language"}
# Display and name look-up know nothing of the rest, and anybody may use them.
ANYBODY = {"money", "names"}


def name_of(path: Path, package: Path) -> str:
    """``costbook.economy.rates`` for a file; a package is called by its folder."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(package: Path = PACKAGE) -> dict[str, Path]:
    """Every module of the package."""
    return {name_of(path, package): path for path in sorted(package.rglob("*.py"))}


def imports(path: Path, name: str, known: set[str]) -> Iterator[str]:
    """What a module imports: ``from costbook.load import source`` is an import of ``costbook.load.source``."""
    inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                above = inside.split(".")
                start = ".".join([*above[: len(above) - node.level + 1], *([start] if start else [])])
            for alias in node.names:
                full = f"{start}.{alias.name}"
                yield full if full in known else start


@cache
def graph(package: Path = PACKAGE) -> dict[str, set[str]]:
    """Modules with what they import."""
    found = modules(package)
    return {name: set(imports(path, name, set(found))) for name, path in found.items()}


def unit(name: str) -> str:
    """The part of the package a module belongs to: ``economy`` for ``costbook.economy.rates``."""
    return [*name.split("."), ""][1]


def arrows(units: set[str]) -> list[tuple[str, str]]:
    """Imports within the package that start in some of its parts, as pairs of parts."""
    return sorted(
        (unit(name), unit(target))
        for name, targets in graph().items()
        if unit(name) in units
        for target in targets
        if target.startswith("costbook.")
    )


def test_every_part_has_a_floor() -> None:
    parts = {unit(name) for name in modules()} - {""}
    assert parts <= TOP | MIDDLE | BOTTOM | ANYBODY
    assert {"economy", "assessment", "questions", "quizzes", "world", "load", "money", "names", "contents"} <= parts


@pytest.mark.parametrize("part", sorted(BOTTOM))
def test_the_bottom_floor_rests_on_itself(part: str) -> None:
    assert {target for _, target in arrows({part})} <= {part} | ANYBODY


def test_display_and_names_rest_on_nothing() -> None:
    assert arrows(ANYBODY) == []


def test_the_middle_floor_does_not_know_the_top() -> None:
    assert {target for _, target in arrows(MIDDLE)} <= MIDDLE | BOTTOM | ANYBODY


def test_nothing_imports_the_scripts() -> None:
    everything = {target.split(".")[0] for targets in graph().values() for target in targets}
    assert "scripts" not in everything
    assert "tests" not in everything


def test_questions_do_not_know_who_reads_the_files() -> None:
    assert ("questions", "load") not in arrows({"questions"})
    assert {target for _, target in arrows({"world"})} <= {"contents"} | BOTTOM | ANYBODY


def test_only_the_extension_knows_sphinx() -> None:
    users = {
        unit(name)
        for name, targets in graph().items()
        for target in targets
        if target.split(".")[0] in {"sphinx", "docutils", "myst_parser", "furo"}
    }
    assert users <= {"sphinx_ext"}


def test_only_the_loader_reads_files() -> None:
    """YAML and schemas are the loader's business; nothing else below the extension opens a data file."""
    users = {
        unit(name)
        for name, targets in graph().items()
        for target in targets
        if target.split(".")[0] in {"yaml", "pydantic", "ruamel"}
    }
    assert users <= {"load"}


def test_only_the_adapter_knows_the_price_feed() -> None:
    """No build depends on what another package says about prices, and the second opinion is never imported at all."""
    users = {name: {target.split(".")[0] for target in targets} for name, targets in graph().items()}
    assert {name for name, packages in users.items() if "genai_prices" in packages} == {"costbook.feed.genai"}
    assert not any("litellm" in packages for packages in users.values())
    assert {name for name, target in arrows(TOP | MIDDLE | BOTTOM | ANYBODY) if target == "feed"} <= {"feed"}


def test_no_module_imports_itself_in_a_circle() -> None:
    found = graph()
    inside = {name: {target for target in targets if target in found} for name, targets in found.items()}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other: {' <- '.join(error.args[1])}")


# --- the reader of imports itself ------------------------------------------------------------------------------------


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A package with every form of import."""
    package = tmp_path / "costbook"
    (package / "load").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "load" / "__init__.py").write_text("from . import source\nfrom .. import money\n")
    (package / "load" / "source.py").write_text(
        "import sphinx.util\nfrom costbook import load, money\n"
        "def late():\n    from ..money import rate\n    import costbook.load.source\n"
    )
    (package / "money.py").write_text("from decimal import Decimal\n")
    return package


def test_every_form_of_import_is_seen(sample: Path) -> None:
    assert graph(sample) == {
        "costbook": set(),
        "costbook.load": {"costbook.load.source", "costbook.money"},
        "costbook.load.source": {"sphinx.util", "costbook.load", "costbook.money", "costbook.load.source"},
        "costbook.money": {"decimal"},
    }
