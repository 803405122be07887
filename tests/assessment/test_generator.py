"""The generator, by vectors that others published and that a C compiler agreed with."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costbook.assessment.generator import SplitMix64, seed_of


@pytest.mark.parametrize(
    ("seed", "drawn"),
    [
        # Published with Rosetta Code's task "Pseudo-random numbers/Splitmix64".
        (
            1234567,
            [
                6457827717110365317,
                3203168211198807973,
                9817491932198370423,
                4593380528125082431,
                16408922859458223821,
            ],
        ),
        # Printed by splitmix64.c, compiled with gcc; the seed is the largest a uint64_t holds, and -1.
        (2**64 - 1, [16490336266968443936, 16834447057089888969, 4048727598324417001]),
        (-1, [16490336266968443936]),
        (0, [16294208416658607535, 7960286522194355700, 487617019471545679]),
    ],
)
def test_the_reference_vectors(seed: int, drawn: list[int]) -> None:
    generator = SplitMix64(seed)
    assert [generator.next() for _ in drawn] == drawn


def test_the_published_counts_of_a_long_run() -> None:
    """The same task: of 100,000 numbers from seed 987654321, so many lie in each fifth of the range."""
    generator = SplitMix64(987654321)
    fifths = Counter(generator.next() * 5 >> 64 for _ in range(100_000))
    assert [fifths[fifth] for fifth in range(5)] == [20027, 19892, 20073, 19978, 20030]


def test_below_takes_the_remainder_of_the_next_number() -> None:
    generator = SplitMix64(1234567)
    # 6457827717110365317 ends in 317 and 3203168211198807973 in 973.
    assert [generator.below(1000), generator.below(100)] == [317, 73]


def test_below_draws_again_where_a_remainder_would_be_favoured() -> None:
    """Of three numbers in four below 2**64, the last quarter has no place: 3 * 2**62 + 1 goes once into 2**64.

    With seed 0 the first number, 16294208416658607535, lies above 13835058055282163713 and is left out; the second,
    7960286522194355700, is below.
    """
    assert SplitMix64(0).below(3 * 2**62 + 1) == 7960286522194355700


@pytest.mark.parametrize("n", [0, -1, 2**64 + 1])
def test_below_nothing_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        SplitMix64(1).below(n)


@given(st.integers(0, 2**64 - 1), st.integers(1, 2**64))
def test_below_stays_below(seed: int, n: int) -> None:
    assert 0 <= SplitMix64(seed).below(n) < n


def test_a_shuffle_worked_by_hand() -> None:
    """Seed 1234567 draws …365317, …807973, …370423, that is 1 below 4, 1 below 3 and 1 below 2.

    abcd, 3 with 1: adcb; 2 with 1: acdb; 1 with 1: acdb.
    """
    assert [6457827717110365317 % 4, 3203168211198807973 % 3, 9817491932198370423 % 2] == [1, 1, 1]
    assert SplitMix64(1234567).shuffled("abcd") == ("a", "c", "d", "b")


@given(st.integers(0, 2**64 - 1), st.lists(st.integers()))
def test_a_shuffle_keeps_what_it_is_given(seed: int, items: list[int]) -> None:
    before = list(items)
    assert sorted(SplitMix64(seed).shuffled(items)) == sorted(items)
    assert items == before


def test_every_order_is_about_as_likely() -> None:
    """24,000 shuffles of four: each of 24 orders comes 1,000 times, give or take five standard deviations of 31."""
    generator = SplitMix64(1)
    orders = Counter(generator.shuffled("abcd") for _ in range(24_000))
    assert set(orders) == set(permutations("abcd"))
    assert all(845 < times < 1155 for times in orders.values())


def test_a_seed_is_the_head_of_a_digest() -> None:
    """SHA-256 of ``abc`` begins with ba7816bf 8f01cfea (FIPS 180-2, appendix B.1)."""
    assert seed_of("abc") == 0xBA7816BF8F01CFEA
    joined = b"quiz\0item\x007"
    assert seed_of("quiz", "item", "7") == int(hashlib.sha256(joined).hexdigest()[:16], 16)


def test_a_keyed_seed_is_the_head_of_an_hmac() -> None:
    """RFC 4231, test case 2: the key ``Jefe``, 5bdcc146 bf60754e first."""
    assert seed_of("what do ya want for nothing?", secret=b"Jefe") == 0x5BDCC146BF60754E
    assert seed_of("a", "b", secret=b"k") == int(hmac.new(b"k", b"a\0b", "sha256").hexdigest()[:16], 16)


def test_parts_are_kept_apart() -> None:
    assert len({seed_of("a", "bc"), seed_of("ab", "c"), seed_of("abc"), seed_of("abc", "")}) == 4


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret is empty"):
        seed_of("a", secret=b"")
