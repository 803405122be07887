"""The zip of a site: the same bytes wherever it is made, and nothing in it that leads out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.sphinx_ext.building import REPOSITORY

from costbook.export.offline import Copy, address, archive, feed_link, link, linked, of_site, offline_files

DAY = date(2026, 11, 22)
FILES = {"index.html": b"<p>x", "book/\u00fc.html": b"y" * 5000, "_static/a.css": b""}


def test_an_address_is_made_of_the_serial() -> None:
    assert address(12) == "editions/edition-12.zip"


def test_a_zip_has_one_folder_with_every_file_readable() -> None:
    with ZipFile(BytesIO(archive("the-book-edition-1", DAY, FILES))) as found:
        assert found.testzip() is None
        infos = found.infolist()
        assert {info.filename: found.read(info) for info in infos} == {
            f"the-book-edition-1/{name}": content for name, content in FILES.items()
        }
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {(info.date_time, info.external_attr >> 16, info.create_system) for info in infos} == {
        ((2026, 11, 22, 0, 0, 0), 0o100644, 3)  # a regular file that all may read, as Unix says it
    }
    assert {info.compress_type for info in infos} == {ZIP_DEFLATED}
    assert max(info.compress_size for info in infos) < 100  # five thousand times the same letter


def test_the_order_of_files_decides_nothing() -> None:
    assert archive("a", DAY, FILES) == archive("a", DAY, dict(reversed(FILES.items())))
    assert archive("a", DAY, FILES) != archive("a", DAY, {**FILES, "index.html": b"<p>z"})


def test_neither_time_zone_nor_rights_nor_hashes_decide_anything() -> None:
    code = (
        "import os, sys, hashlib; os.umask(int(sys.argv[1], 8))\n"
        "from datetime import date\n"
        "from costbook.export.offline import archive\n"
        "files = {name: name.encode() * 99 for name in {'b.html', 'a.html', 'c/d.html'}}\n"
        "print(hashlib.sha256(archive('a', date(2026, 11, 22), files)).hexdigest())"
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


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("index.html", True),
        ("book/editions.html", True),
        ("editions.atom", True),
        ("objects.inv", True),
        ("editions/edition-1.zip", False),
        ("editions/edition-1.zip.sha256", False),
        (".buildinfo", False),
        (".doctrees/index.doctree", False),
        ("book/.index.html.swp", False),
    ],
)
def test_what_is_part_of_a_site(name: str, part: bool) -> None:
    assert of_site(name) is part


def test_links_to_copies_that_are_not_there_are_words() -> None:
    page = f"<td>{link('../editions/edition-1.zip')}</td><td>{link('editions/edition-12.zip')}</td>"
    assert linked(page, {"editions/edition-12.zip"}) == (
        '<td>offline copy</td><td><a class="cb-offline" href="editions/edition-12.zip">offline copy</a></td>'
    )
    assert linked(page, {"editions/edition-1.zip", "editions/edition-12.zip"}) == page


def test_each_form_of_a_copy_is_looked_for_by_itself() -> None:
    page = f"{link('editions/edition-1.epub', Copy.EPUB)}, {link('editions/edition-1.pdf', Copy.PDF)}"
    assert linked(page, {"editions/edition-1.zip", "editions/edition-1.pdf"}) == (
        'EPUB, <a class="cb-offline" href="editions/edition-1.pdf">PDF</a>'
    )


def test_other_links_stay() -> None:
    page = (
        '<a class="cb-offline" href="https://example.org/editions/edition-1.zip">offline copy</a>'
        '<a class="external" href="editions/edition-1.zip">offline copy</a>'
        "&lt;a class=&quot;cb-offline&quot; href=&quot;editions/edition-1.zip&quot;&gt;offline copy&lt;/a&gt;"
    )
    assert linked(page, set()) == page


def test_a_copy_has_neither_feed_nor_links_to_it() -> None:
    head = feed_link('Editions of "A > B"', "../editions.atom")
    site = {
        "editions.atom": b"<feed/>",
        "book/a.html": f"<head>{head}<title>A</title></head>{link('../editions/edition-1.zip')} \u00fc".encode(),
        "code.js": link("editions/edition-1.zip").encode(),
    }
    assert offline_files(site) == {
        "book/a.html": "<head><title>A</title></head>offline copy \u00fc".encode(),
        "code.js": site["code.js"],  # no page
    }
