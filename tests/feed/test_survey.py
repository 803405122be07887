"""The survey of price ratios: what is counted, under which name, and the file that is written.

The table of the first survey was typed from a count made for the first edition by other means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from genai_prices.data_snapshot import DataSnapshot
from genai_prices.types import (
    ClauseEquals,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
)
from genai_prices.types import Tier as FeedTier
from tests.feed.books import AS_OF, RECORDED, typed_release
from tests.worlds import day

from costbook.economy.ratios import Quartile, Spread, Survey
from costbook.feed.genai import GenaiFeed, installed_feed
from costbook.feed.quotes import FeedError
from costbook.feed.survey import FILE, NOT_TEXT, Listed, read_survey_file, take, written
from costbook.load import DataErrors
from costbook.load.ratios import read_survey
from costbook.load.source import parse_source, read_source

if TYPE_CHECKING:
    pass

FIRST = RECORDED / "ratios-0.2.3.yaml"
BOOK_NAMES = {
    "openai": "OpenAI", "anthropic": "Anthropic", "google": "Google", "mistral": "Mistral AI", "deepseek": "DeepSeek",
    "x-ai": "xAI", "moonshotai": "Moonshot AI", "zai": "Z.AI", "meta": "Meta", "minimax": "MiniMax",
    "cohere": "Cohere", "groq": "Groq",
}  # fmt: skip

#  population                    n      min       Q1   median       Q3        max  =1  =2  =3  =4  =5 =8 4-8  2-5  <2 >8
COUNTED = """
all-sellers                   1902        1        2 3.571429        5 142.857143 307 107 195 245 336 50 857 1218 434 52
first-party-labs               224        1        3        4        5         10  20  12  27  44  50 12 135  159  29  3
open-weight-hosts              715        1 1.493494 3.076923        4         14 162  39  77  70  61  8 228  445 198 14
routers                        734        1        2 3.666667        5 142.857143 105  54  76 103 113 28 328  434 182 30
big-three                      126        1        4        5        5   8.333333   9   5  10  28  39 12  96   84  13  2
anthropic-list                  27        3        5        5        5          5   0   0   2   0  25  0  25   27   0  0
arcee-list                      11        2      2.7 3.142857 3.666667   5.454545   0   2   1   1   1  0   3   10   0  0
avian-list                      10        2        2 3.071429 3.833333          5   0   4   1   2   1  0   3   10   0  0
aws-list                       114        1        4        5        5         10  10   2   6  11  61  0  82   88  15  4
azure-list                      14        1        4        4        4          4   1   0   0  13   0  0  13   13   1  0
baseten-list                    16        2 3.107143 3.238095        4          5   0   1   2   4   2  0   6   16   0  0
cerebras-list                    2 1.505051 1.664502 1.823954 1.983405   2.142857   0   0   0   0   0  0   0    1   1  0
cloudflare-list                 33        1 2.142857 3.333333 6.588235  13.795918   2   0   4   2   0  0  12   14   8  3
cohere-list                      6        2     3.25        4        4          4   0   1   1   4   0  0   4    6   0  0
cursor-list                      8        3        3        3    4.625          5   0   0   5   0   2  0   3    8   0  0
databricks-list                 14        2 3.035714 3.333333 4.214286         10   0   1   3   2   1  1   5   12   0  1
deepseek-list                    8      1.5  2.62963 3.750168        4   4.074074   0   0   1   2   0  0   3    6   2  0
doubleword-list                 28        2 3.107143 4.105263 6.166667         12   0   3   1   1   4  1  12   20   0  3
fireworks-list                  48        1 3.142857        4   4.0125          6   4   2   2  15   6  0  27   43   4  0
github-copilot-list             39        3        5        5        6          8   0   0   3   0  24  2  36   28   0  0
google-list                     42        1        5        5        5   8.333333   1   0   2   7  25  1  37   34   1  2
groq-list                       28        1        1 1.329492 1.767095          5  12   0   2   2   1  0   3    7  21  0
huggingface_cerebras-list        3        1 1.252525 1.505051 1.823954   2.142857   1   0   0   0   0  0   0    1   2  0
huggingface_fireworks-ai-list    6        1        4        4        4          5   1   0   0   4   1  0   5    5   1  0
huggingface_groq-list            5 1.338983 2.034483 3.090909        5          5   0   0   0   0   2  0   2    4   1  0
huggingface_hyperbolic-list     12        1        1        1        1          1  12   0   0   0   0  0   0    0  12  0
huggingface_nebius-list         26 2.857143        3        3 3.916667          6   0   0  16   2   0  0   7   24   0  0
huggingface_novita-list         85        1  2.97619 3.571429 4.210526         10   7   5   8   9   5  3  33   61  11  3
huggingface_nscale-list         24        1        1        3 3.135714       12.5   8   0   5   2   0  0   2   14   9  1
huggingface_ovhcloud-list       11        1     1.25      3.6 5.604069   6.787234   3   0   0   0   0  0   4    3   4  0
huggingface_publicai-list       13        1        2        2        3          4   1   8   1   1   0  0   1   12   1  0
huggingface_sambanova-list       8      1.4    1.875        2        2   2.681818   0   5   0   0   0  0   0    6   2  0
huggingface_together-list       33        1        2 3.142857        4         10   6   1   3   3   1  0  10   21   8  1
meta-list                        6        2     2.35      3.4      3.4          5   0   2   0   0   1  0   1    6   0  0
minimax-list                    10        4        4        4        4        5.5   0   0   0   8   0  0  10    8   0  0
mistral-list                    30        1        1        3 3.107143          5  10   0  10   3   3  0   6   18  12  0
modal-list                      11        3 3.238095      3.4 4.083333          5   0   0   2   2   2  0   5   11   0  0
moonshotai-list                  6 4.210526 4.210526 4.605263        5          5   0   0   0   0   3  0   6    6   0  0
novita-list                    110        1        1        3        4          8  29   6  12  10   5  3  33   64  35  0
openai-list                     78        1        3        4        6          8   8   5   6  21  10 11  55   44  12  0
openrouter-list                734        1        2 3.666667        5 142.857143 105  54  76 103 113 28 328  434 182 30
ovhcloud-list                   16        1        1 2.138889  4.09127   6.787234   7   0   0   0   0  0   4    4   8  0
perplexity-list                 15        1     2.75        4        5         10   3   0   1   3   4  0   7   11   3  1
quicksilverpro-list             69        2 3.142857        5        5         14   0   1   9   3  27  0  41   60   0  2
together-list                   93        1        1        1 1.470588          6  69   0   5   5   2  0  10   22  70  0
x-ai-list                       18 1.666667    2.125     2.75        5        7.5   0   4   3   0   4  0   6   15   1  0
zai-list                        17        1 3.142857 3.378378 4.045455         10   1   0   2   0   0  0   4   13   1  1
zhipuai-list                    15        1        1  3.50136 3.996981          6   6   0   0   0   0  0   3    8   6  0
"""


@dataclass(frozen=True)
class Lists:
    """A feed that lists what a test says."""

    rows: tuple[Listed, ...]
    name: str = "genai-prices 9.9.9"
    home: str = "https://example.org/feed"

    def listed(self, _day: date) -> Iterator[Listed]:
        yield from self.rows


def row(
    seller: str, model: str, given: str | None = "1", output: str | None = "5", *, deprecated: bool = False
) -> Listed:
    """An id in a list; its ratio is 5 unless the test says otherwise."""
    prices = (None if one is None else Decimal(one) for one in (given, output))
    return Listed(seller, seller.title(), model, deprecated, *prices)


# One model for each population that must not be empty.
ROWS = (row("openai", "gpt-9"), row("groq", "hosted"), row("openrouter", "routed"))


def survey(*rows: Listed) -> Survey:
    """The survey of some rows and those that must be there."""
    return take(Lists((*ROWS, *rows)), AS_OF, AS_OF, {}).survey


def counts(found: Survey, listing: str) -> dict[str, int]:
    """How many models of a list have each ratio."""
    return {str(ratio): count for ratio, count in found.listings[listing].spread.counts}


def first_survey() -> Survey:
    """The survey of the first edition."""
    found = read_survey(read_source(FIRST, FIRST.parent))
    assert found is not None
    return found


# --- the first survey -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", COUNTED.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_first_survey_counts_what_was_counted_by_other_means(line: str) -> None:
    name, n, *numbers = line.split()
    least, first, median, third, most, *counted = map(float, numbers)
    found = first_survey()
    spread = found.spread(found.named[name])
    assert spread.n == int(n)
    ratios = [ratio for ratio, _ in spread.counts]
    cuts = [spread.cut(quartile).value for quartile in Quartile]
    for exact, expected in zip([ratios[0], *cuts, ratios[-1]], [least, first, median, third, most], strict=True):
        assert abs(float(exact) - expected) < 1e-6  # typed with six decimals
    exactly = [spread.within(Fraction(ratio), Fraction(ratio)) for ratio in (1, 2, 3, 4, 5, 8)]
    below = spread.n - spread.within(Fraction(2), Fraction(10**6))
    above = spread.n - spread.within(Fraction(0), Fraction(8))
    bands = [spread.within(Fraction(4), Fraction(8)), spread.within(Fraction(2), Fraction(5))]
    assert [*exactly, *bands, below, above] == counted


def test_the_table_leaves_no_large_seller_out() -> None:
    found = first_survey()
    typed = {line.split()[0] for line in COUNTED.strip().splitlines()}
    assert [*found.populations] == [
        "all-sellers", "base-ids", "first-party-labs", "big-three", "open-weight-hosts", "routers"
    ]  # fmt: skip
    assert {*found.named} - typed == {"base-ids"}
    # 734 ids of the router, of which 20 begin with ~ and 88 end in :batch; 1,902 - 108 = 1,794.
    assert found.listings["openrouter:moving"].spread.n == 20
    assert found.listings["openrouter:batch"].spread.n == 88
    assert found.spread(found.populations["base-ids"]).n == 1794
    # Claude in Google's list, and DeepSeek and GLM in Mistral's.
    assert found.listings["google:others"].spread.n == 21
    assert found.listings["mistral:others"].spread.n == 3


@typed_release
def test_the_feed_gives_the_first_survey_again() -> None:
    taken = take(installed_feed(), AS_OF, AS_OF, BOOK_NAMES)
    assert written(taken.survey) == FIRST.read_text(encoding="utf-8")
    # 2,330 ids: 286 without a price, 61 deprecated, 81 not for text, 1,902 counted
    for said in ("286 ids without a price", "61 that the feed marks", "81 whose id contains"):
        assert said in taken.survey.method
    assert taken.ungrouped == ("aws", "azure", "cursor", "github-copilot", "perplexity", "zhipuai")


# --- what is counted --------------------------------------------------------------------------------------------------


def test_ratios_are_exact_and_counted_by_seller() -> None:
    found = survey(row("host", "a", "0.30", "2.50"), row("host", "b", "3", "25"), row("host", "c", "0.1", "0.4"))
    assert counts(found, "host") == {"4": 1, "25/3": 2}
    assert counts(found, "groq") == {"5": 1}


@pytest.mark.parametrize("part", NOT_TEXT)
def test_an_id_that_is_not_for_text_is_left_out(part: str) -> None:
    found = survey(row("host", f"the-{part.upper()}-model"), row("host", "plain"))
    assert counts(found, "host") == {"5": 1}
    assert "1 whose id contains one of audio, banana," in found.method


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (row("host", "a", None), "1 ids without a price"),
        (row("host", "a", "1", None), "1 ids without a price"),
        (row("host", "a", "0", "5"), "1 ids without a price"),
        (row("host", "a", "1", "0"), "1 ids without a price"),
        (row("host", "a", deprecated=True), "1 that the feed marks as deprecated"),
        (row("host", "a", None, deprecated=True), "0 that the feed marks as deprecated"),  # the first reason counts
    ],
)
def test_an_id_that_is_left_out_is_said(left: Listed, said: str) -> None:
    found = survey(left, row("host", "b"))
    assert counts(found, "host") == {"5": 1}
    assert said in found.method


def test_a_seller_without_any_model_has_no_list() -> None:
    assert "host" not in survey(row("host", "a", None)).listings


@pytest.mark.parametrize(
    ("seller", "model", "listing"),
    [
        ("google", "gemini-9", "google"),
        ("google", "claude-9", "google:others"),
        ("mistral", "zai-glm-9", "mistral:others"),
        ("openai", "gpt-oss-9", "openai"),
        ("anthropic", "Claude-9", "anthropic"),
        ("zai", "GLM-9", "zai"),
        ("openrouter", "anthropic/claude-9", "openrouter"),
        ("openrouter", "~anthropic/claude-latest", "openrouter:moving"),
        ("openrouter", "openai/gpt-9:batch", "openrouter:batch"),
        ("host", "claude-9", "host"),
        ("host", "gpt-9:batch", "host"),
    ],
)
def test_the_part_of_a_list_an_id_is_counted_in(seller: str, model: str, listing: str) -> None:
    found = survey(row(seller, model, "1", "7"))
    assert counts(found, listing)["7"] == 1
    assert found.populations["all-sellers"].listings == tuple(sorted(found.listings))


def test_who_is_in_which_population() -> None:
    rows = [row("google", "claude-9"), row("anthropic", "claude-9"), row("xyz", "a"), row("huggingface_xyz", "a")]
    rows += [row("openrouter", "~a"), row("openrouter", "a:batch"), row("mistral", "mistral-9")]
    found = survey(*rows)
    assert {name: set(one.listings) for name, one in found.populations.items() if name != "all-sellers"} == {
        "base-ids": {
            "anthropic", "google:others", "groq", "huggingface_xyz", "mistral", "openai", "openrouter", "xyz"
        },
        "first-party-labs": {"anthropic", "mistral", "openai"},
        "big-three": {"anthropic", "openai"},
        "open-weight-hosts": {"groq", "huggingface_xyz"},
        "routers": {"openrouter", "openrouter:batch", "openrouter:moving"},
    }  # fmt: skip
    assert take(Lists((*ROWS, *rows)), AS_OF, AS_OF, {}).ungrouped == ("xyz",)


def test_a_seller_is_called_as_the_book_calls_it() -> None:
    found = take(Lists((*ROWS, row("openrouter", "~a"))), AS_OF, AS_OF, {"openai": "OpenAI"}).survey
    assert found.listings["openai"].name == "OpenAI"
    assert found.listings["groq"].name == "Groq"
    assert found.listings["openrouter:moving"].name == "Openrouter, moving names"


# --- feeds that cannot be counted -------------------------------------------------------------------------------------


@pytest.mark.parametrize("price", ["-1", "NaN", "Infinity", "1e400"])
@pytest.mark.parametrize("at", ["given", "output"])
def test_a_value_that_is_no_price_is_refused(price: str, at: str) -> None:
    with pytest.raises(FeedError, match=r"genai-prices 9\.9\.9: a price of a \(host\) is .*, which is no price"):
        survey(row("host", "a", price) if at == "given" else row("host", "a", "1", price))


def test_a_number_that_is_no_decimal_is_refused() -> None:
    with pytest.raises(FeedError, match=r"is 2\.5, which is no price"):
        survey(row("host", "a")._replace(input=2.5))  # type: ignore[arg-type]


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(FeedError, match="lists a twice for host"):
        survey(row("host", "a"), row("host", "a", "2"))
    assert survey(row("host", "a"), row("other", "a")).listings["other"].spread.n == 1


def test_a_population_without_models_is_refused() -> None:
    with pytest.raises(FeedError, match="has no model on 2026-11-22 for first-party-labs, big-three"):
        take(Lists(ROWS[1:]), AS_OF, AS_OF, {})


# --- the walk over the package ----------------------------------------------------------------------------------------


def usd(given: Decimal | TieredPrices | None, output: Decimal | TieredPrices | None) -> ModelPrice:
    return ModelPrice(input_mtok=given, output_mtok=output)


def test_the_package_is_walked_at_noon_of_the_day_on_its_base_tier() -> None:
    tiers = TieredPrices(Decimal(2), [FeedTier(200_000, Decimal(4))])
    later = ConditionalPrice(StartDateConstraint(day("2026-12-01")), prices=usd(Decimal(4), Decimal(20)))
    models = [
        ModelInfo("tiered", ClauseEquals("tiered"), prices=usd(tiers, Decimal(8))),
        ModelInfo("later", ClauseEquals("later"), prices=[ConditionalPrice(prices=usd(Decimal(2), Decimal(8))), later]),
        ModelInfo("gone", ClauseEquals("gone"), prices=usd(None, Decimal(8)), deprecated=True),
    ]
    maker = Provider("maker", "The Maker", "api", models=models)
    feed = GenaiFeed(DataSnapshot([maker], from_auto_update=False), "9.9.9")
    before, after = list(feed.listed(AS_OF)), list(feed.listed(day("2026-12-01")))
    assert before == [
        Listed("maker", "The Maker", "tiered", False, Decimal(2), Decimal(8)),
        Listed("maker", "The Maker", "later", False, Decimal(2), Decimal(8)),
        Listed("maker", "The Maker", "gone", True, None, Decimal(8)),
    ]
    assert after == [before[0], before[1]._replace(input=Decimal(4), output=Decimal(20)), before[2]]


# --- the file ---------------------------------------------------------------------------------------------------------


def read(text: str) -> Survey:
    document = parse_source(FILE, text)
    found = read_survey(document)
    assert document.problems == []
    assert found is not None
    return found


def test_a_survey_written_is_read_back() -> None:
    found = survey(row("host", "a", "0.30", "2.50"), row("google", "claude-9"))
    assert read(written(found)) == found


def test_names_with_signs_of_yaml_are_read_back() -> None:
    names = {"host": 'A "host": with \\ and # signs'}
    found = take(Lists((*ROWS, row("host", "a"))), AS_OF, AS_OF, names).survey
    assert read(written(found)) == found


def test_the_order_of_the_feed_does_not_matter() -> None:
    rows = [row("host", f"m{number}", "1", str(number)) for number in range(1, 60)]
    assert written(survey(*rows)) == written(survey(*reversed(rows)))


def test_a_line_is_no_longer_than_the_house_allows() -> None:
    text = written(survey(*(row("host", f"m{number}", "7", str(number)) for number in range(1, 200))))
    assert max(map(len, text.splitlines())) <= 120
    assert not any(line.endswith(":") and "/" in line for line in text.splitlines())


def test_another_day_of_checking_is_no_other_survey(tmp_path: Path) -> None:
    rows = Lists(ROWS)
    first = take(rows, AS_OF, AS_OF, {})
    again = take(rows, AS_OF, day("2026-12-24"), {})
    assert again.same_as(first.survey)
    assert not take(rows, day("2026-12-24"), AS_OF, {}).same_as(first.survey)
    other = replace(first.survey.listings["groq"], spread=Spread.of({Fraction(6): 1}))
    moved = replace(first.survey, listings={**first.survey.listings, "groq": other})
    assert not again.same_as(moved)


def test_the_file_of_a_book(tmp_path: Path) -> None:
    assert read_survey_file(tmp_path) is None
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    found = survey()
    file.write_text(written(found), encoding="utf-8")
    assert read_survey_file(tmp_path) == found
    file.write_text(written(found).replace("as_of: 2026-11-22", "as_of: today"), encoding="utf-8")
    with pytest.raises(DataErrors, match=r"ratios\.yaml:4:8: as_of: 'today' is not a date"):
        read_survey_file(tmp_path)
