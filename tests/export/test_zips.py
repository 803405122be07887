"""Zips whose names are safe and whose bytes are always the same."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sphinx_ext.building import REPOSITORY

from costbook.export.idents import LONGEST, ident
from costbook.export.zips import archive

DAY = date(2026, 11, 22)
FILES = {"imsmanifest.xml": b"<manifest/>", "items/a.b-c_1.xml": b"x" * 5000, "empty": b""}


def test_a_zip_has_every_file_under_its_name() -> None:
    with ZipFile(BytesIO(archive(FILES, DAY))) as found:
        assert found.testzip() is None
        assert {info.filename: found.read(info) for info in found.infolist()} == FILES
        assert [info.filename for info in found.infolist()] == sorted(FILES)
        assert {(info.date_time, info.external_attr >> 16, info.create_system) for info in found.infolist()} == {
            ((2026, 11, 22, 0, 0, 0), 0o100644, 3)  # a regular file that all may read, as Unix says it
        }


def test_the_order_of_files_decides_nothing() -> None:
    assert archive(FILES, DAY) == archive(dict(reversed(FILES.items())), DAY)


def test_neither_time_zone_nor_rights_nor_hashes_decide_anything() -> None:
    code = (
        "import os, sys, hashlib; os.umask(int(sys.argv[1], 8))\n"
        "from datetime import date\n"
        "from costbook.export.zips import archive\n"
        "files = {name: name.encode() * 99 for name in {'b.xml', 'a.xml', 'c/d.xml'}}\n"
        "print(hashlib.sha256(archive(files, date(2026, 11, 22))).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, umask],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY / "exts"), "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for umask, zone, seed in (("077", "Asia/Kolkata", "1"), ("000", "America/Lima", "2"))
    }
    assert len(said) == 1


ELSEWHERE = ["/etc/passwd", "../a", "a/../b", "a//b", "a/", ".", "..", ".hidden", "a/.b", "C:\\a", "a\\b", "ü.xml"]


@pytest.mark.parametrize("name", [*ELSEWHERE, "", "a b", "a\nb"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        archive({"a.xml": b"", name: b""}, DAY)


@given(st.text(max_size=150))
def test_any_identifier_is_the_name_of_a_file(text: str) -> None:
    archive({f"items/{ident(text)}.xml": b""}, DAY)
    assert len(ident(text)) <= LONGEST
