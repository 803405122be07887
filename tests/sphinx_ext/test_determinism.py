"""The same sources give the same bytes: in another folder, time zone, locale, with other hashes, readers and clock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from tests.sphinx_ext.building import differences, real_book

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


# Where and how the site of all tests is built is a matter of whoever runs them; this is elsewhere and otherwise.
FOLDER = "elsewhere/a folder with spaces"
ENVIRONMENT = {"TZ": "Asia/Kolkata", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711"}


def test_another_place_and_another_machine_a_year_later(built_site: Path, tmp_path: Path) -> None:
    """A clone of the book with the code that builds it, built one page after another."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(LATER, encoding="utf-8")
    book = real_book(tmp_path / FOLDER, extensions=True)
    ran = book.run("-q", "-W", "-j", "1", env={**ENVIRONMENT, "PYTHONPATH": str(tmp_path / "clock")})
    assert (ran.code, ran.complained) == (0, "")
    assert differences(built_site, book.out) == []


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
