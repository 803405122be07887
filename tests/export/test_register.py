"""The register of exports: what it keeps, and how it tells that a bank is stale."""

from __future__ import annotations

from datetime import date

import pytest
from tests.export.test_bank import DEARER, WORLD, quiz

from costbook.export.bank import bank_of, digests
from costbook.export.register import BadRegister, Exported, aged, exported, read_register, with_exports

BANK = bank_of(quiz(WORLD), 4)
ENTRY = exported(BANK, "moodle", "/tmp/banks")


def test_what_was_exported_is_read_again() -> None:
    text = with_exports((), [ENTRY])
    assert read_register(text) == (ENTRY,)
    assert (ENTRY.edition, ENTRY.as_of, len(ENTRY.questions)) == (7, date(2026, 11, 22), 8)
    assert "1,000" not in text  # no text of a question


def test_a_later_export_to_the_same_place_replaces_the_earlier() -> None:
    later = Exported("small", "moodle", "/tmp/banks", 8, date(2026, 12, 2), {})
    elsewhere = exported(BANK, "canvas", "/tmp/banks")
    assert read_register(with_exports([ENTRY, elsewhere], [later])) == (later, elsewhere)


def test_a_bank_grows_stale() -> None:
    """The four questions about five move; nothing moves in the same edition of the same quiz."""
    assert not aged(ENTRY, digests(quiz(WORLD))).stale
    found = aged(ENTRY, digests(quiz(DEARER)))
    assert found.stale
    assert set(found.moved) == {id_ for id_ in ENTRY.questions if "model=five" in id_}
    assert found.gone == ()
    one = next(iter(ENTRY.questions))
    without = {id_: digest for id_, digest in ENTRY.questions.items() if id_ != one}
    assert (aged(ENTRY, without).gone, aged(ENTRY, without).moved) == ((one,), ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is no register of exports (Expecting value"),
        ("[]", "it is no register of exports ("),
        ("{}", "it is no register of exports ('version')"),
        ('{"version": 2, "exports": []}', "it is of version 2, and this is version 1; use a newer costbook"),
        ('{"version": 1, "exports": [{"quiz": "small"}]}', "it is no register of exports ("),
        ('{"version": 1, "exports": [7]}', "it is no register of exports ("),
    ],
)
def test_a_file_that_is_no_register(text: str, why: str) -> None:
    with pytest.raises(BadRegister) as raised:
        read_register(text)
    assert str(raised.value).startswith(why)
