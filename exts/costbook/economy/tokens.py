"""Token counts with tiktoken, from rank files that are part of the package: no network."""

from __future__ import annotations

import os
import unicodedata
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

ENCODINGS = ("o200k_base", "cl100k_base")
DEFAULT_ENCODING = "o200k_base"
WORDS_PER_TOKEN = Fraction(3, 4)
"""The rule of thumb for English prose, as OpenAI's help pages give it: a token is about three quarters of a word."""
UNSPACED = ("CJK UNIFIED", "HIRAGANA", "KATAKANA", "THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ")
"""How the Unicode names of letters begin in scripts that put no spaces between words."""
RANKS = Path(__file__).parent.parent / "tokenizers"
CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    """Load an encoding from the shipped ranks; tiktoken's own cache points at them only while it loads."""
    import tiktoken  # noqa: PLC0415 - 0.3 s and 60 MB: only when a text has to be counted

    before = os.environ.get(CACHE_VARIABLE)
    os.environ[CACHE_VARIABLE] = str(RANKS)
    try:
        return tiktoken.get_encoding(name)
    finally:
        if before is None:
            del os.environ[CACHE_VARIABLE]
        else:
            os.environ[CACHE_VARIABLE] = before


@cache
def vocabulary(encoding: str) -> int:
    """Number of token ids that an encoding has room for: its ranks and its special tokens lie below it."""
    return int(_encoding(encoding).n_vocab)


def token_ids(text: str, encoding: str = DEFAULT_ENCODING) -> tuple[int, ...]:
    """The ids of the tokens of a text, in order; text that looks like a special token is ordinary text."""
    return tuple(_encoding(encoding).encode_ordinary(text))


@cache
def count_tokens(text: str, encoding: str = DEFAULT_ENCODING) -> int:
    """Number of tokens of a text; text that looks like a special token counts as ordinary text."""
    return len(token_ids(text, encoding))


def count_words(text: str) -> int | None:
    """Number of words, separated by white space; None for a text in a script that does not separate them."""
    if any(unicodedata.name(letter, "").startswith(UNSPACED) for letter in text):
        return None
    return len(text.split())


def pieces(text: str, encoding: str = DEFAULT_ENCODING) -> tuple[str, ...]:
    """The text cut at its token boundaries; a token that ends inside a character shows as U+FFFD."""
    found = _encoding(encoding)
    return tuple(found.decode([token]) for token in found.encode_ordinary(text))


def token_bytes(text: str, encoding: str = DEFAULT_ENCODING) -> tuple[bytes, ...]:
    """The UTF-8 bytes of each token of a text, in order; joined they are the text."""
    found = _encoding(encoding)
    return tuple(found.decode_single_token_bytes(token) for token in found.encode_ordinary(text))
