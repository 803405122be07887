"""Token counts from the ranks that are part of the package."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, NoReturn

import pytest
import tiktoken.registry
from hypothesis import given, settings
from hypothesis import strategies as st

from costbook.economy import tokens
from costbook.economy.tokens import (
    CACHE_VARIABLE,
    DEFAULT_ENCODING,
    ENCODINGS,
    count_tokens,
    count_words,
    pieces,
    token_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No encoding has been loaded yet, by the book or by tiktoken."""
    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})
    tokens._encoding.cache_clear()
    count_tokens.cache_clear()
    yield
    tokens._encoding.cache_clear()
    count_tokens.cache_clear()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way to another machine is closed."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise ConnectionError("there is no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("requests.get", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What's the best smart glasses?", 6),  # the other prompt of the article, behind its printed $2.67
        ("You are a helpful assistant. What are the best smart glasses?", 13),
        ("Compose a haiku about rain.", 7),
        ("Winter evening rain:\ndrop following patient drop\nuntil morning comes", 12),
        ("", 0),
    ],
)
def test_texts_whose_tokens_are_known(text: str, count: int) -> None:
    assert count_tokens(text) == count


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_is_cut_where_the_ranks_say(encoding: str) -> None:
    assert pieces("Ray-Ban", encoding) == ("Ray", "-B", "an")
    assert count_tokens("Ray-Ban", encoding) == 3


def test_the_encodings_are_those_with_shipped_ranks() -> None:
    assert ENCODINGS == ("o200k_base", "cl100k_base")
    assert DEFAULT_ENCODING == "o200k_base"
    assert tiktoken.get_encoding("o200k_base").n_vocab == 200019
    assert tiktoken.get_encoding("cl100k_base").n_vocab == 100277


def test_the_two_encodings_are_not_one() -> None:
    # The newer one has twice the vocabulary and more of it in other scripts: Hindi takes far fewer pieces.
    hindi = "भारत एक विशाल देश है"
    assert count_tokens(hindi, "o200k_base") < count_tokens(hindi, "cl100k_base")
    assert count_tokens(hindi) == count_tokens(hindi, "o200k_base")


@pytest.mark.parametrize("special", ["<|endoftext|>", "<|endofprompt|>", "<|fim_prefix|>"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_looks_like_a_special_token_is_text(special: str, encoding: str) -> None:
    assert count_tokens(special, encoding) > 1
    assert "".join(pieces(special, encoding)) == special


@settings(max_examples=30)
@given(st.text(st.characters(max_codepoint=0x7F), max_size=60), st.sampled_from(ENCODINGS))
def test_the_pieces_make_up_the_text(text: str, encoding: str) -> None:
    assert "".join(pieces(text, encoding)) == text


@settings(max_examples=30)
@given(st.text(max_size=20), st.sampled_from(ENCODINGS))
def test_there_are_as_many_pieces_as_tokens(text: str, encoding: str) -> None:
    assert len(pieces(text, encoding)) == count_tokens(text, encoding)


@pytest.mark.usefixtures("nothing_loaded", "no_network")
def test_counting_needs_no_network() -> None:
    assert count_tokens("What's the best smart glasses?") == 6
    assert pieces("Ray-Ban", "cl100k_base") == ("Ray", "-B", "an")


@pytest.mark.usefixtures("nothing_loaded", "no_network")
def test_the_network_is_really_closed_in_that_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tokens, "RANKS", tmp_path)
    with pytest.raises(ConnectionError, match="no network"):
        count_tokens("a text")


@pytest.mark.usefixtures("nothing_loaded")
@pytest.mark.parametrize("before", [None, "/somewhere/else"])
def test_the_place_of_an_authors_own_ranks_is_restored(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    if before is None:
        monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(CACHE_VARIABLE, before)
    count_tokens("a text", "cl100k_base")
    assert os.environ.get(CACHE_VARIABLE) == before


@pytest.mark.usefixtures("nothing_loaded")
def test_it_is_restored_after_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, "/somewhere/else")
    with pytest.raises(ValueError, match="no_such_encoding"):
        count_tokens("a text", "no_such_encoding")
    assert os.environ[CACHE_VARIABLE] == "/somewhere/else"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one", 1),
        ("two  words\nhere", 3),
        ("", 0),
        ("l’été à Paris", 3),
        ("階段", None),
        ("メモ note", None),
        ("한국어 단어", 2),
    ],
)
def test_words(text: str, words: int | None) -> None:
    """Korean puts spaces between words; Chinese and Japanese do not, also where a few Latin words are mixed in."""
    assert count_words(text) == words


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["", "plain words", "👩‍🍳🎉", "正面玄関の横"])
def test_the_bytes_of_tokens_are_the_text(text: str, encoding: str) -> None:
    cut = token_bytes(text, encoding)
    assert b"".join(cut).decode() == text
    assert len(cut) == count_tokens(text, encoding)
