"""The codes of variants: a short text that gives the same item again, on any machine, or says why it cannot.

A code is 75 bits in Crockford's base 32, most significant first: quiz (20), edition (10), private (1), digest of the
quiz (24), seed (20). They make 15 characters; the sixteenth is Crockford's check symbol, the number modulo 37. It
notices every mistyped character and every two neighbours exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

from costbook.assessment.generator import SEED_BYTES, seed_of

BITS = {"quiz": 20, "edition": 10, "private": 1, "digest": 24, "seed": 20}
"""The parts of a code and their sizes, most significant first."""
MOST_SEEDS = 1 << BITS["seed"]
MOST_EDITIONS = 1 << BITS["edition"]

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = f"{SYMBOLS}*~$=U"
PAYLOAD, GROUP = 15, 4
LENGTH = PAYLOAD + 1
SIGNS = {letter.lower(): letter for letter in CHECKS} | dict.fromkeys("ILil", "1") | dict.fromkeys("Oo", "0")
"""What a sign is read as: small letters as capitals, and the letters that look like a digit as that digit."""
DASHES = "-_\u2010\u2011\u2012\u2013\u2014\u2212"
"""Hyphens, what word processors make of them, and the underscores of file names."""


class BadCode(ValueError):
    """A text that is no code, or a code of something else; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: numbers that stand for a quiz and its digest, the edition, and the seed of the variant.

    ``private``: the digest is keyed with an educator's secret, and nothing is drawn again without it.
    """

    quiz: int
    edition: int
    private: bool
    digest: int
    seed: int

    def __post_init__(self) -> None:
        for name, bits in BITS.items():
            if not 0 <= getattr(self, name) < 1 << bits:
                raise ValueError(f"the {name} of a code is a number from 0 to {(1 << bits) - 1}")


def write(code: Code) -> str:
    """The code in four groups of four characters."""
    number = 0
    for name, bits in BITS.items():
        number = number << bits | int(getattr(code, name))
    base = len(SYMBOLS)
    text = "".join(SYMBOLS[number // base**place % base] for place in reversed(range(PAYLOAD)))
    text += CHECKS[number % len(CHECKS)]
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(text: str) -> Code:
    """The code of a text as a person may type it: small letters, other groups, I or L for 1, O for 0.

    Raises:
        BadCode: saying what to look for.
    """
    typed = [sign for sign in text if not sign.isspace() and sign not in DASHES]
    if len(typed) != LENGTH:
        raise BadCode(f"a code has {LENGTH} characters, as in XXXX-XXXX-XXXX-XXXX; this one has {len(typed)}")
    signs = [SIGNS.get(sign, sign) for sign in typed]
    number = 0
    for sign, shown in zip(signs[:PAYLOAD], typed, strict=False):
        if sign not in SYMBOLS:
            raise BadCode(f"{shown!r} stands in no code before its last character; look for a mistyped character")
        number = number * len(SYMBOLS) + SYMBOLS.index(sign)
    if signs[-1] not in CHECKS:
        raise BadCode(f"{typed[-1]!r} ends no code; the last character is a digit, a letter or one of * ~ $ =")
    if CHECKS.index(signs[-1]) != number % len(CHECKS):
        raise BadCode("its last character does not fit the others; look for a mistyped character")
    parts: dict[str, int] = {}
    for name, bits in reversed(BITS.items()):
        number, parts[name] = divmod(number, 1 << bits)
    return Code(parts["quiz"], parts["edition"], bool(parts["private"]), parts["digest"], parts["seed"])


def quiz_number(quiz_id: str) -> int:
    """The number that stands for a quiz."""
    return _number("quiz", quiz_id)


def digest_number(digest_hex: str, secret: bytes | None = None) -> int:
    """The number that stands for the digest of a quiz; with a secret, only its owner can make or check it."""
    return _number("digest", digest_hex, secret=secret)


def _number(part: str, name: str, *, secret: bytes | None = None) -> int:
    return seed_of(part, name, secret=secret) >> (8 * SEED_BYTES - BITS[part])


def fits(code: Code, *, quiz_id: str, edition: int, digest_hex: str, secret: bytes | None = None) -> None:
    """Check that a code was made for this quiz, in this edition, from this digest and with this secret.

    A public code needs no secret, and one that is given plays no part.

    Raises:
        BadCode: naming what differs, so that nobody is silently given another question.
    """
    if code.quiz != quiz_number(quiz_id):
        raise BadCode(f"made for another quiz than {quiz_id!r}")
    if code.edition != edition:
        raise BadCode(f"made for edition {code.edition}; this book is edition {edition}: check out that edition")
    if code.private and not secret:
        raise BadCode("a private code, and no secret is given; it can be read only with the secret it was made with")
    if code.digest != digest_number(digest_hex, secret if code.private else None):
        also = " or another secret" if code.private else ""
        raise BadCode(f"made from another source of {quiz_id!r}{also}; take the source it was made from")
