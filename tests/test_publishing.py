"""The files by which hosts build and publish the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> dict[str, Any]:
    """A file as texts: YAML would read `on` as true and 3.10 as a number."""
    found: dict[str, Any] = yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def test_read_the_docs_builds_as_authors_do() -> None:
    found = read(".readthedocs.yaml")
    assert found["version"] == "2"
    assert tuple(map(int, found["build"]["tools"]["python"].split("."))) >= (3, 11)
    assert found["sphinx"] == {"configuration": "conf.py", "builder": "html", "fail_on_warning": "true"}
    (installed,) = found["python"]["install"]
    for name in (installed["requirements"], found["sphinx"]["configuration"]):
        assert (ROOT / name).is_file()


def test_read_the_docs_adds_the_offline_copy() -> None:
    """Sphinx makes none, and the page of editions links to it."""
    (command,) = read(".readthedocs.yaml")["build"]["jobs"]["post_build"]
    assert command == "PYTHONPATH=exts python scripts/editions.py pack --site $READTHEDOCS_OUTPUT/html"


def test_pages_get_the_site_of_the_main_branch() -> None:
    found = read(".github/workflows/publish.yml")
    assert found["on"]["push"] == {"branches": ["main"]}
    assert found["permissions"] == {"contents": "write"}
    steps = found["jobs"]["publish"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == ["make site ebooks", ".ci/publish gh-pages"]
    built = next(step for step in steps if step.get("run") == commands[0])
    assert built["env"] == {"SITE_URL": "${{ vars.SITE_URL }}"}
    assert (ROOT / ".ci/publish").stat().st_mode & 0o111
