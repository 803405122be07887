"""Rosters: who gets a form. A CSV file with a column ``id`` and, where wanted, ``name``; other columns are not read.

Spreadsheets save what they call CSV in several ways, so commas, semicolons and tabs are read, UTF-8 and UTF-16.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import NamedTuple

SEPARATORS = ",;\t"
LARGEST = 5_000_000
WORKBOOK = b"PK"
SAVED = "save the table as “CSV UTF-8 (comma delimited)”"
LONGEST = {"id": 40, "name": 80}
"""Characters that fit on a sheet; the id stands in the foot of each page."""
HASHED = 10
"""Characters of a hashed id: 40 bits, so that even among 100,000 students two share one with a chance of 1 in 200."""

_CUT = re.compile(r"[0-9]([.,][0-9]*)?E\+[0-9]+", re.IGNORECASE)
_QUOTED = re.compile(r'="(?P<text>.*)"')
_SEPARATOR = re.compile(r"sep=(?P<sign>.)", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of what nobody sees, or sees differently on each machine."""
_JOINERS = "\u200c\u200d"
"""Unseen, and part of names in several scripts."""


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who gets a form: an id, and a name where the roster has one."""

    id: str
    name: str = ""

    @property
    def shown(self) -> str:
        """Who it is, as a sheet says it."""
        return f"{self.name} ({self.id})" if self.name else self.id


class Slip(NamedTuple):
    """Something wrong in a line of a roster, and what to do about it; lines count from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class BadRoster(ValueError):
    """A roster that cannot be used; the message has every slip in a line of its own."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        self.slips = tuple(slips)
        super().__init__("\n".join(map(str, self.slips)))


def read_roster(name: str, raw: bytes) -> tuple[Student, ...]:
    """The students of a roster, in its order; ``name`` is what messages call the file.

    Raises:
        BadRoster: with every slip found.
    """
    rows = list(_rows(name, _decoded(name, raw)))
    if not rows:
        raise BadRoster([Slip(name, 1, "is empty; write a first line `id,name` and one line for each student")])
    (line, head), *body = rows
    columns = _columns(name, line, head)
    found: dict[str, tuple[int, Student]] = {}
    slips: list[Slip] = []
    for line, row in body:
        try:
            student = _student(row, columns)
            first, other = found.setdefault(student.id.casefold(), (line, student))
            if first != line:
                same = "" if other.id == student.id else f" as {other.id!r}, and capitals make no difference"
                raise ValueError(f"the id {student.id!r} stands in line {first} already{same}; give each student one")
        except ValueError as error:
            slips.append(Slip(name, line, str(error)))
    if slips:
        raise BadRoster(slips)
    if not found:
        raise BadRoster([Slip(name, line, "has no students; write one line for each below the names of the columns")])
    return tuple(student for _, student in found.values())


def hashed(students: Sequence[Student], salt: bytes) -> tuple[Student, ...]:
    """The students without names, their ids replaced by ones that only whoever has the salt can make again.

    Raises:
        ValueError: for an empty salt, with which anybody could; or where two ids become the same.
    """
    if not salt:
        raise ValueError("the salt is empty; ids hashed without one can be guessed")
    made = tuple(replace(one, id=_hashed(one.id, salt), name="") for one in students)
    if len({one.id for one in made}) < len(made):
        raise ValueError("two ids become the same with this salt; take another")
    return made


def _hashed(id_: str, salt: bytes) -> str:
    return hmac.digest(salt, id_.encode(), hashlib.sha256).hex()[:HASHED]


def _decoded(name: str, raw: bytes) -> str:
    """The text of a file, without its byte-order mark."""
    if len(raw) > LARGEST:
        raise BadRoster([Slip(name, 1, f"is {len(raw):,} bytes long; a roster has at most {LARGEST:,}")])
    if raw.startswith(WORKBOOK):
        raise BadRoster([Slip(name, 1, f"is a workbook; {SAVED}")])
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in raw and not wide:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise BadRoster([Slip(name, line, f"is no text here (a zero byte); {SAVED}")])
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadRoster([Slip(name, line, f"is not {'UTF-16' if wide else 'UTF-8'} here; {SAVED}")]) from None


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line, cells without spaces around them."""
    sign, skipped = _separator(text)
    # Line breaks as they are, or a carriage return within a cell would count as no line.
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [_cell(cell) for cell in row]
            if any(cells) and line > skipped:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"is no CSV from here on ({error}); look for a quotation mark that is not closed"
        raise BadRoster([Slip(name, line, what)]) from None


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and how many lines say only that: Excel reads a first line ``sep=;``."""
    lines = enumerate(StringIO(text, newline=""), start=1)
    number, first = next(((number, line) for number, line in lines if line.strip()), (0, ""))
    said = _SEPARATOR.fullmatch(first.strip("\r\n").strip('"'))
    return (said["sign"], number) if said else (max(SEPARATORS, key=first.count), 0)


def _cell(text: str) -> str:
    """A cell as it was meant: ``="007"`` is how zeros in front are kept from a spreadsheet."""
    text = unicodedata.normalize("NFC", text.strip())
    kept = _QUOTED.fullmatch(text)
    return kept["text"].strip() if kept else text


class _Columns(NamedTuple):
    """How many columns there are, and which of them have the ids and the names."""

    width: int
    id: int
    name: int | None


def _columns(name: str, line: int, head: list[str]) -> _Columns:
    titles = [title.casefold() for title in head]
    for title in ("id", "name"):
        if titles.count(title) > 1:
            raise BadRoster([Slip(name, line, f"has {titles.count(title)} columns {title!r}; leave one")])
    if "id" not in titles:
        shown = ", ".join(repr(title[:40]) for title in head[:8])
        what = f"has no column 'id' but {shown}; the first line names the columns, as in `id,name`"
        raise BadRoster([Slip(name, line, what)])
    return _Columns(len(head), titles.index("id"), titles.index("name") if "name" in titles else None)


def _student(row: list[str], columns: _Columns) -> Student:
    if any(row[columns.width :]):
        extra = "put a cell that has the separator in it in quotation marks"
        raise ValueError(f"has {len(row)} cells, and the first line names {columns.width}; {extra}")
    cells = [*row, *[""] * columns.width]
    student = Student(cells[columns.id], "" if columns.name is None else cells[columns.name])
    if not student.id:
        raise ValueError("has no id; every student needs one, any text will do")
    if _CUT.fullmatch(student.id):
        remedy = "format the column as text and enter it again"
        raise ValueError(f"the id {student.id!r} was shortened by a spreadsheet; {remedy}")
    for what, text in (("id", student.id), ("name", student.name)):
        if len(text) > LONGEST[what]:
            raise ValueError(f"the {what} has {len(text)} characters; {LONGEST[what]} fit on a sheet")
        unseen = next((one for one in text if unicodedata.category(one) in _UNSEEN and one not in _JOINERS), None)
        if unseen is not None:
            raise ValueError(f"the {what} has the invisible character U+{ord(unseen):04X}; type it again")
    return student
