"""Rosters as spreadsheets save them, and as they should not be."""

from __future__ import annotations

import csv
import hashlib
import hmac
from io import StringIO
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from costbook.export.roster import BadRoster, Student, hashed, read_roster

ZOE = Student("s0042", "Zoë Ångström")
TWO = (Student("s0042", "Zoë"), Student("007", "James"))


def read(text: str | bytes) -> tuple[Student, ...]:
    return read_roster("roster.csv", text.encode() if isinstance(text, str) else text)


def slips(text: str | bytes) -> list[str]:
    with pytest.raises(BadRoster) as caught:
        read(text)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    "raw",
    [
        "id,name\ns0042,Zoë Ångström\n".encode(),
        "id,name\r\ns0042,Zoë Ångström\r\n".encode("utf-8-sig"),  # Excel's "CSV UTF-8"
        "ID;Name\r\ns0042;Zoë Ångström".encode(),  # Excel where the comma is the decimal mark
        "sep=;\r\nid;name\r\ns0042;Zoë Ångström\r\n".encode(),
        '"sep=;"\nid;name\ns0042;Zoë Ångström\n'.encode(),
        "id\tname\r\ns0042\tZoë Ångström\r\n".encode("utf-16"),  # Excel's "Unicode text"
        "name,mail,id\nZoë Ångström,z@example.org,s0042\n".encode(),
        'id,name\n" s0042 ","Zoë Ångström"\n'.encode(),
        "\n\nid,name,,\n\ns0042,Zoë Ångström,,\n,,,\n".encode(),
        "id,name\rs0042,Zoë Ångström\r".encode(),
        "id,name\ns0042,Zoe\u0308 A\u030angstro\u0308m\n".encode(),  # accents apart, as a Mac writes them
    ],
)
def test_however_a_spreadsheet_saves_it(raw: bytes) -> None:
    assert read(raw) == (ZOE,)


def test_no_names_are_needed() -> None:
    assert read("id\ns2\ns1\n") == (Student("s2"), Student("s1"))
    assert read("id,name\ns2,\ns1\n") == (Student("s2"), Student("s1"))
    assert [one.shown for one in (Student("s2"), ZOE)] == ["s2", "Zoë Ångström (s0042)"]


def test_zeros_in_front_stay() -> None:
    assert read('id,name\n007,A\n="0042",B\n"=""0043""",C\n') == (
        Student("007", "A"),
        Student("0042", "B"),
        Student("0043", "C"),
    )


def test_a_name_may_have_a_comma_and_joiners_of_its_script() -> None:
    assert read('id,name\ns1,"Lovelace, Ada"\n')[0].name == "Lovelace, Ada"
    assert read("id,name\ns1,علی\u200cرضا\n")[0].name == "علی\u200cرضا"


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("", "roster.csv:1: is empty; write a first line `id,name` and one line for each student"),
        ("\n \n", "roster.csv:1: is empty; write a first line `id,name` and one line for each student"),
        ("id,name\n", "roster.csv:1: has no students; write one line for each below the names of the columns"),
        (
            "s1,Ada\ns2,Bob\n",
            "roster.csv:1: has no column 'id' but 's1', 'Ada'; the first line names the columns, as in `id,name`",
        ),
        ("id,ID\ns1,s2\n", "roster.csv:1: has 2 columns 'id'; leave one"),
        ("id,name\n\n,Ada\n", "roster.csv:3: has no id; every student needs one, any text will do"),
        ("id\ns1\ns2\ns1\n", "roster.csv:4: the id 's1' stands in line 2 already; give each student one"),
        (
            "id\ns1\nS1\n",
            "roster.csv:3: the id 'S1' stands in line 2 already as 's1', and capitals make no difference; "
            "give each student one",
        ),
        (
            "id,name\n1.23457E+11,Ada\n",
            "roster.csv:2: the id '1.23457E+11' was shortened by a spreadsheet; "
            "format the column as text and enter it again",
        ),
        (
            "id,name\ns1,Lovelace, Ada\n",
            "roster.csv:2: has 3 cells, and the first line names 2; "
            "put a cell that has the separator in it in quotation marks",
        ),
        ("id\n" + "x" * 41, "roster.csv:2: the id has 41 characters; 40 fit on a sheet"),
        ("id,name\ns1," + "x" * 81, "roster.csv:2: the name has 81 characters; 80 fit on a sheet"),
        ("id\ns\u202e1\n", "roster.csv:2: the id has the invisible character U+202E; type it again"),
        (
            'id,name\ns1,Ada\ns2,"Bob\ns3,Cy\n',
            "roster.csv:3: is no CSV from here on (unexpected end of data); "
            "look for a quotation mark that is not closed",
        ),
        (
            "id,name\ns1,Zoë\n".encode("cp1252"),
            "roster.csv:2: is not UTF-8 here; save the table as “CSV UTF-8 (comma delimited)”",
        ),
        (
            "id,name\ns1,Zoë\n".encode("utf-16-le"),
            "roster.csv:1: is no text here (a zero byte); save the table as “CSV UTF-8 (comma delimited)”",
        ),
        (b"PK\x03\x04rest", "roster.csv:1: is a workbook; save the table as “CSV UTF-8 (comma delimited)”"),
        (b"\xff\xfei\x00d", "roster.csv:1: is not UTF-16 here; save the table as “CSV UTF-8 (comma delimited)”"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_remedy(text: str | bytes, slip: str) -> None:
    assert slips(text) == [slip]


def test_every_slip_is_told_at_once() -> None:
    found = slips('id,name\n,A\ns1,"two\nlines"\ns2,B\ns2,B\n1E+9,C\n')
    assert [line.split(":")[1] for line in found] == ["2", "3", "6", "7"]


def test_a_huge_file_is_not_read() -> None:
    assert "has at most 5,000,000" in slips(b"id\n" + b"x" * 5_000_000)[0]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_roster_or_located_messages(raw: bytes) -> None:
    try:
        found = read(raw)
    except BadRoster as error:
        told = str(error).splitlines()
    else:
        assert len({one.id.casefold() for one in found}) == len(found) > 0
        return
    assert all(line.startswith("roster.csv:") for line in told)


CELLS = st.text(st.characters(categories=["L", "N"], include_characters=" ,;\"'.-_@"), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and not text.startswith("=")
)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5, unique_by=lambda row: row[0].casefold()), st.booleans()
)
def test_what_a_csv_writer_writes_is_read_back(rows: list[tuple[str, str]], bom: bool) -> None:
    rows = [(normalize("NFC", id_), normalize("NFC", name)) for id_, name in rows]
    assume(len({id_.casefold() for id_, _ in rows}) == len(rows))
    stream = StringIO()
    csv.writer(stream).writerows([("id", "name"), *rows])
    found = read(stream.getvalue().encode("utf-8-sig" if bom else "utf-8"))
    assert [(one.id, one.name) for one in found] == rows


# ---- Hashed ids


def test_hashed_ids_are_an_hmac_without_names() -> None:
    found = hashed(TWO, b"salt")
    assert found == tuple(
        Student(hmac.new(b"salt", id_.encode(), hashlib.sha256).hexdigest()[:10]) for id_ in ("s0042", "007")
    )
    assert hashed(TWO, b"other salt") != found
    assert hashed(TWO[::-1], b"salt") == found[::-1]


def test_an_empty_salt_hides_nothing() -> None:
    with pytest.raises(ValueError, match="the salt is empty"):
        hashed(TWO, b"")
