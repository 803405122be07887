"""The same sources give the same bytes: in another folder, time zone, locale, with other hashes, readers and clock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.sphinx_ext.building import Book, differences, real_book

# Put in front of everything a process imports: its clock is a year and a day ahead.
LATER = """\
import datetime
import time

AHEAD = 366 * 86400.0
_time, _gmtime, _localtime, _date, _datetime = time.time, time.gmtime, time.localtime, datetime.date, datetime.datetime


class Date(_date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class Datetime(_datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


time.time = lambda: _time() + AHEAD
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
_strftime = time.strftime
time.strftime = lambda form, when=None: _strftime(form, time.localtime() if when is None else when)
datetime.date, datetime.datetime = Date, Datetime
"""


@dataclass(frozen=True)
class Setting:
    """Where and how a book is built."""

    folder: str
    jobs: str
    env: dict[str, str]


HERE = Setting("here", "1", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"})
THERE = Setting(
    "elsewhere/a folder with spaces", "2", {"TZ": "Asia/Kolkata", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711"}
)


def built(base: Path, setting: Setting, path: str = "") -> Book:
    """A clone of the repository's book, with the code that builds it, built by a process of its own."""
    book = real_book(base / setting.folder, extensions=True)
    env = {**setting.env, "PYTHONPATH": path}
    ran = book.run("-q", "-W", "-j", setting.jobs, env=env)
    assert (ran.code, ran.complained) == (0, "")
    return book


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return built(tmp_path_factory.mktemp("determinism"), HERE)


def test_another_place_and_another_machine_a_year_later(here: Book, tmp_path: Path) -> None:
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(LATER, encoding="utf-8")
    assert differences(here.out, built(tmp_path, THERE, str(tmp_path / "clock")).out) == []


def test_the_clock_of_that_test_is_ahead(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    asked = (
        "import datetime as d, time; print(d.date.today(), d.datetime.now(), time.strftime('%Y-%m-%d'), time.time())"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True).stdout
    day, moment, _, formatted, seconds = said.split()
    assert day == moment == formatted
    assert (date.fromisoformat(day) - date.today()).days >= 365
    assert float(seconds) - time.time() > 365 * 86400
