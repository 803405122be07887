"""Codes: what is written is read again, and no slip of the pen goes through."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costbook.assessment.codes import (
    MOST_EDITIONS,
    MOST_SEEDS,
    BadCode,
    Code,
    digest_number,
    fits,
    quiz_number,
    read,
    write,
)

# Crockford's table, written out: https://www.crockford.com/base32.html
VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U")}
READ_ALIKE = {"I": "1", "L": "1", "O": "0"}

CODES = st.builds(
    Code,
    quiz=st.integers(0, 2**20 - 1),
    edition=st.integers(0, 1023),
    private=st.booleans(),
    digest=st.integers(0, 2**24 - 1),
    seed=st.integers(0, 2**20 - 1),
)
LOWEST = Code(0, 0, False, 0, 0)
HIGHEST = Code(2**20 - 1, 1023, True, 2**24 - 1, 2**20 - 1)
SOME = Code(877836, 7, False, 15323329, 5)
DIGEST = "ab" * 32
SECRET = b"a long secret of one educator"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (LOWEST, "0000-0000-0000-0000"),
        # 2**75 - 1 modulo 37: 2**36 is 1 (Fermat), so 2**75 is 2**3 = 8, less 1 is 7.
        (HIGHEST, "ZZZZ-ZZZZ-ZZZZ-ZZZ7"),
        # A seed of 1 is the number 1; of 32, "10", and 32 modulo 37 is "*".
        (replace(LOWEST, seed=1), "0000-0000-0000-0011"),
        (replace(LOWEST, seed=32), "0000-0000-0000-010*"),
        # 33 to 36: the other symbols that only a check has.
        (replace(LOWEST, seed=33), "0000-0000-0000-011~"),
        (replace(LOWEST, seed=34), "0000-0000-0000-012$"),
        (replace(LOWEST, seed=35), "0000-0000-0000-013="),
        (replace(LOWEST, seed=36), "0000-0000-0000-014U"),
        # Private is bit 44: 2**44 = 16 * 32**8, a G in the ninth place from the right; modulo 37 it is 2**8 = 34.
        (replace(LOWEST, private=True), "0000-00G0-0000-000$"),
        # Edition 7 is 7 * 2**45 = 7 * 32**9; 2**45 = 2**9 = 512 = 31 modulo 37, and 7 * 31 = 217 = 32.
        (replace(LOWEST, edition=7), "0000-0700-0000-000*"),
    ],
)
def test_codes_worked_by_hand(code: Code, text: str) -> None:
    assert write(code) == text
    assert read(text) == code


@given(CODES)
def test_what_is_written_is_read(code: Code) -> None:
    assert read(write(code)) == code


@given(CODES)
def test_the_check_by_another_way(code: Code) -> None:
    """Horner's rule over the printed characters, modulo 37 at every step, and the parts from their place values."""
    signs = write(code).replace("-", "")
    payload, check = signs[:15], signs[15]
    rest = 0
    for sign in payload:
        rest = (rest * 32 + VALUES[sign]) % 37
    assert VALUES[check] == rest
    value = sum(VALUES[sign] * 32**place for place, sign in enumerate(reversed(payload)))
    assert value == code.seed + 2**20 * (code.digest + 2**24 * (code.private + 2 * (code.edition + 2**10 * code.quiz)))


@given(CODES, st.data())
def test_people_type_codes_as_they_like(code: Code, data: st.DataObject) -> None:
    typed = ""
    for sign in write(code):
        if sign == "-":
            typed += data.draw(st.sampled_from(["", "-", " ", "\u00a0", "\u2013", " - "]))
        else:
            alike = [other for other, digit in READ_ALIKE.items() if digit == sign]
            typed += data.draw(st.sampled_from([sign, sign.lower(), *alike, *map(str.lower, alike)]))
    assert read(typed) == code


def refused(text: str) -> bool:
    """Whether a text is no code."""
    try:
        read(text)
    except BadCode:
        return True
    return False


@pytest.mark.parametrize("code", [LOWEST, HIGHEST, SOME, replace(SOME, private=True), replace(LOWEST, seed=36)])
def test_every_slip_of_one_character_is_refused(code: Code) -> None:
    text = write(code).replace("-", "")
    for place, right in enumerate(text):
        for wrong in (*VALUES, "I", "L", "O", "#", "é"):
            if READ_ALIKE.get(wrong, wrong) != right:
                assert refused(text[:place] + wrong + text[place + 1 :]), f"{wrong} for {right} in place {place + 1}"


@pytest.mark.parametrize("code", [HIGHEST, SOME, replace(SOME, private=True), Code(1, 2, True, 3, 4)])
def test_every_exchange_of_neighbours_is_refused(code: Code) -> None:
    text = write(code).replace("-", "")
    exchanged = 0
    for place, (one, other) in enumerate(pairwise(text)):
        if one != other:
            exchanged += 1
            assert refused(text[:place] + other + one + text[place + 2 :]), f"{one}{other} in place {place + 1}"
    assert exchanged


@given(CODES, st.integers(0, 14), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"))
def test_slips_are_refused_in_any_code(code: Code, place: int, wrong: str) -> None:
    text = write(code).replace("-", "")
    if text[place] != wrong:
        assert refused(text[:place] + wrong + text[place + 1 :])
    if text[place] != text[place + 1]:
        assert refused(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


@given(st.text() | st.text(alphabet="0123456789abcdefgxyzILOU*~$=- ", min_size=14, max_size=22))
def test_any_other_text_is_read_or_refused(text: str) -> None:
    if not refused(text):
        assert read(write(read(text))) == read(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "16 characters, as in XXXX-XXXX-XXXX-XXXX; this one has 0"),
        ("TS8C-07EK-M610-005", "this one has 15"),
        ("TS8C-07EK-M610-005BB", "this one has 17"),
        ("TS8U-07EK-M610-005B", "'U' stands in no code before its last character; look for a mistyped character"),
        ("TS8C-07EK-M610-00ßB", "'ß' stands in no code"),
        ("TS8C-07EK-M610-005%", r"'%' ends no code; the last character is a digit, a letter or one of \* ~ \$ ="),
        ("TS8C-07EK-M610-005C", "does not fit the others; look for a mistyped character"),
    ],
)
def test_a_bad_code_says_what_to_do(text: str, message: str) -> None:
    with pytest.raises(BadCode, match=message):
        read(text)


@pytest.mark.parametrize(
    "parts", [(2**20, 0, False, 0, 0), (0, 1024, False, 0, 0), (0, 0, False, 2**24, 0), (0, 0, False, 0, -1)]
)
def test_a_code_holds_no_larger_number(parts: tuple[int, int, bool, int, int]) -> None:
    with pytest.raises(ValueError, match="a number from 0 to"):
        Code(*parts)


def test_the_room_of_a_code() -> None:
    assert (MOST_SEEDS, MOST_EDITIONS) == (1_048_576, 1024)


def test_numbers_are_heads_of_digests() -> None:
    """20 bits are five hex digits, 24 are six."""
    assert quiz_number("practice") == int(hashlib.sha256(b"quiz\0practice").hexdigest()[:5], 16)
    message = b"digest\0" + DIGEST.encode()
    assert digest_number(DIGEST, None) == int(hashlib.sha256(message).hexdigest()[:6], 16)
    assert digest_number(DIGEST, SECRET) == int(hmac.new(SECRET, message, "sha256").hexdigest()[:6], 16)


def code_of(secret: bytes | None) -> Code:
    """A code of the quiz ``practice`` in edition 7."""
    return Code(quiz_number("practice"), 7, secret is not None, digest_number(DIGEST, secret), 5)


@pytest.mark.parametrize(("made", "given"), [(None, None), (None, SECRET), (SECRET, SECRET)])
def test_a_code_fits_what_it_was_made_for(made: bytes | None, given: bytes | None) -> None:
    fits(code_of(made), quiz_id="practice", edition=7, digest_hex=DIGEST, secret=given)


@pytest.mark.parametrize(
    ("made", "asked", "message"),
    [
        (None, {"quiz_id": "check"}, "made for another quiz than 'check'"),
        (None, {"edition": 8}, "made for edition 7; this book is edition 8: check out that edition"),
        (None, {"digest_hex": "cd" * 32}, "made from another source of 'practice'; take the source"),
        (SECRET, {"secret": None}, "a private code, and no secret is given"),
        (SECRET, {"secret": b""}, "a private code, and no secret is given"),
        (SECRET, {"secret": b"guess"}, "another source of 'practice' or another secret"),
        (SECRET, {"digest_hex": "cd" * 32}, "another source of 'practice' or another secret"),
    ],
)
def test_a_code_of_something_else_says_what_differs(made: bytes | None, asked: dict[str, object], message: str) -> None:
    given: dict[str, object] = {"quiz_id": "practice", "edition": 7, "digest_hex": DIGEST, "secret": SECRET, **asked}
    with pytest.raises(BadCode, match=message):
        fits(code_of(made), **given)  # type: ignore[arg-type]


def test_a_code_made_public_or_private_by_hand_is_refused() -> None:
    """Whoever flips the private bit of a code has not the digest that goes with it."""
    for made in (None, SECRET):
        flipped = replace(code_of(made), private=made is None)
        with pytest.raises(BadCode, match="another source"):
            fits(flipped, quiz_id="practice", edition=7, digest_hex=DIGEST, secret=SECRET)
