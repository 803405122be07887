"""PDFs: the same bytes everywhere, and one clear line where none can be made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.export.sheets import A, paper, printed, quiz_of, reader, sample
from tests.sphinx_ext.building import REPOSITORY
from tests.sphinx_ext.quiz_pages import SLOTS
from tests.test_structure import graph

from costbook.assessment.rich import words
from costbook.export.pdf import NotPrinted, pdf

FOLDERS = ("questions", "questions-large", "answer-sheets", "keys", "rubrics")
DIGESTS = """
import hashlib
from tests.export.sheets import paper, pdf, sample
for folder in {folders}:
    print(hashlib.sha256(pdf(paper(sample(), folder))).hexdigest())
"""


def _digests_in(folder: Path, zone: str, hash_seed: str) -> list[str]:
    """The digests of every paper as another process makes them, in a folder and a time zone."""
    folder.mkdir()
    path = os.pathsep.join([str(REPOSITORY / "exts"), str(REPOSITORY)])
    run = subprocess.run(
        [sys.executable, "-c", DIGESTS.format(folders=FOLDERS)],
        cwd=folder,
        env={**os.environ, "TZ": zone, "PYTHONPATH": path, "PYTHONHASHSEED": hash_seed, "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split()


def test_the_same_document_gives_the_same_bytes_in_any_folder_time_zone_and_on_any_day(tmp_path: Path) -> None:
    # Kiritimati is 25 hours ahead of Pago Pago: there it is always another day.
    found = [
        _digests_in(tmp_path / "one", "Pacific/Kiritimati", "1"),
        _digests_in(tmp_path / "another", "Pacific/Pago_Pago", "2"),
        [hashlib.sha256(printed(paper(sample(), folder))).hexdigest() for folder in FOLDERS],
    ]
    assert len(found[0]) == len(FOLDERS)
    assert found[0] == found[1] == found[2]


def test_a_pdf_is_dated_by_the_edition_alone() -> None:
    document = paper(sample(), "questions")
    assert document.dated == date(2026, 11, 22)
    dates = {name: text for name, text in (reader(document).metadata or {}).items() if name.endswith("Date")}
    assert dates == {"/CreationDate": "D:20261122000000Z", "/ModDate": "D:20261122000000Z"}


def test_a_machine_without_typst_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NotPrinted) as caught:
        pdf(paper(sample(), "questions"))
    assert str(caught.value) == "Printing needs one more package: python -m pip install typst"


def test_a_sign_that_no_font_has_is_said_in_one_line() -> None:
    variant = replace(SLOTS[5][1][0], stem=words("Which sign is \U0010fffd?"))
    with pytest.raises(NotPrinted, match="install a font that has these signs, or change the text") as caught:
        pdf(paper(quiz_of([variant]), "questions"))
    assert "\n" not in str(caught.value)
    assert "10fffd" in str(caught.value)


def test_the_fonts_are_in_the_file() -> None:
    for folder in FOLDERS:
        for page in reader(paper(sample(), folder)).pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                held = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                assert "/FontFile3" in held or "/FontFile2" in held
                assert any(name in str(held["/FontName"]) for name in ("Libertinus", "DejaVu", "NewCM"))


def test_only_one_module_knows_typst() -> None:
    assert [name for name, targets in graph().items() if "typst" in targets] == ["costbook.export.pdf"]


def test_a_code_gives_the_same_bytes_again() -> None:
    assert printed(paper(sample(), "questions", A)) == pdf(paper(sample(), "questions", A))
