"""The book, built once for every test that looks at its pages, and the browser they are looked at with."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright
from tests.browser.gates.browser import launch
from tests.sphinx_ext.building import real_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from tests.sphinx_ext.building import Book

# A busy machine, or the first text that is counted, may take longer than any limit worth having.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

REPOSITORY = Path(__file__).resolve().parent.parent
# Names an already built site; for looking at one page again and again without a build between.
SITE = "COSTBOOK_SITE"
# A cold build of the whole book takes seconds; in seconds.
BUILD_LIMIT = 600


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the HTML site, built without a warning; all workers of a parallel run share one build."""
    if given := os.environ.get(SITE):
        return Path(given).resolve()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out, done, log = shared / "site", shared / "site.done", shared / "site.log"
    try:
        (shared / "site.lock").mkdir()
    except FileExistsError:
        _wait_for(done)
    else:
        _build(out, shared / "doctrees", log)
        done.touch()
    if said := log.read_text(encoding="utf-8"):
        pytest.fail(f"the book does not build:\n{said}", pytrace=False)
    return out


def _build(out: Path, doctrees: Path, log: Path) -> None:
    """Run Sphinx as authors do; the log stays empty unless the build fails."""
    options = ["-q", "-W", "-n", "--keep-going", "-j", "auto", "-b", "html", "-d", str(doctrees)]
    command = [sys.executable, "-m", "sphinx", *options, str(REPOSITORY), str(out)]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    log.write_text(f"{ran.stdout}{ran.stderr}" if ran.returncode else "", encoding="utf-8")


def _wait_for(done: Path) -> None:
    """Another worker builds: wait until it has."""
    end = time.monotonic() + BUILD_LIMIT
    while not done.exists():
        if time.monotonic() > end:
            pytest.fail(f"{done} did not appear within {BUILD_LIMIT} s", pytrace=False)
        time.sleep(0.1)


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy of the real book, built in each worker that asks for it; who changes its sources puts them back."""
    book = real_book(tmp_path_factory.mktemp("real"))
    assert book.build().warnings == ()
    return book


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once a worker: Playwright refuses a second start in the same process."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()
