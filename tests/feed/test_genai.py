"""The adapter on the feed as it is installed, one test for each trap, and on snapshots with values that are no prices.

Expected prices were typed from the comparison of price lists made for the first edition.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from genai_prices import data_snapshot
from genai_prices.data_snapshot import DataSnapshot
from genai_prices.types import (
    ClauseEquals,
    ClauseStartsWith,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
    Usage,
)
from genai_prices.types import Tier as FeedTier
from tests.feed.books import AS_OF, typed_release
from tests.worlds import day, prices

from costbook.economy.rates import Tier
from costbook.feed.genai import GenaiFeed, installed_feed
from costbook.feed.quotes import FeedError, Quote, Reason, Silence, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

FEED = installed_feed()


def quoted(provider: str, model: str, on: date = AS_OF, feed: GenaiFeed = FEED) -> Quote:
    """A quote that there is."""
    found = feed.quote(provider, model, on)
    assert isinstance(found, Quote), found
    return found


def silent(provider: str, model: str, on: date = AS_OF, feed: GenaiFeed = FEED) -> Silence:
    """A reason why there is none."""
    found = feed.quote(provider, model, on)
    assert isinstance(found, Silence), found
    return found


# --- snapshots made here ----------------------------------------------------------------------------------------------


def usd(input: object = "2", output: object = "10", **others: object) -> ModelPrice:
    """Prices; texts are decimals, None is left out, anything else is taken as it is."""
    given = {"input_mtok": input, "output_mtok": output, **others}
    return ModelPrice(**{key: Decimal(one) if isinstance(one, str) else one for key, one in given.items()})  # type: ignore[arg-type]


def since(start: str, price: ModelPrice) -> ConditionalPrice:
    return ConditionalPrice(StartDateConstraint(day(start)), prices=price)


def hours(start: int, end: int, price: ModelPrice) -> ConditionalPrice:
    return ConditionalPrice(TimeOfDateConstraint(time(start, tzinfo=UTC), time(end, tzinfo=UTC)), prices=price)


def batch(start: str | None, price: ModelPrice) -> PriceVariant:
    return PriceVariant({"processing": "batch"}, price, StartDateConstraint(day(start)) if start else None)


def always(price: ModelPrice) -> ConditionalPrice:
    return ConditionalPrice(prices=price)


def model(prices: Any, model_id: str = "five", variants: Sequence[PriceVariant] = ()) -> ModelInfo:
    return ModelInfo(model_id, ClauseEquals(model_id), prices=prices, price_variants=list(variants))


def feed(*models: ModelInfo, provider: str = "maker", **others: Any) -> GenaiFeed:
    """A feed of one provider."""
    of = Provider(provider, "The Maker", "api", models=list(models), **others)
    return GenaiFeed(DataSnapshot([of], from_auto_update=False), "9.9.9")


# --- trap 1: an unpinned clock ----------------------------------------------------------------------------------------


@typed_release
def test_a_price_is_that_of_the_day_asked_and_not_of_today() -> None:
    assert quoted("google", "gemini-4-argon", day("2026-11-30")).now.prices == prices("2", "10", "0.1")
    assert quoted("google", "gemini-4-argon", day("2026-12-01")).now.prices == prices("4", "20", "0.2")
    assert quoted("google", "gemini-4-argon", day("2031-01-01")).now.prices == prices("4", "20", "0.2")


@typed_release
def test_no_clock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(datetime):
        @classmethod
        def now(cls, _zone: Any = None) -> NoClock:
            pytest.fail("the feed asked the clock")

    monkeypatch.setattr(data_snapshot, "datetime", NoClock)
    monkeypatch.setattr("genai_prices.types.datetime", NoClock)
    assert quoted("openai", "gpt-4o").now.prices == prices("2.5", "10", "1.25")
    assert quoted("openai", "gpt-4o:batch").now.prices == prices("1.25", "5", "1.25")


@typed_release
def test_the_moment_of_a_day_is_noon_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    real = ModelInfo.get_prices

    def listen(self: ModelInfo, moment: datetime, *others: Any) -> ModelPrice:
        asked.append(moment)
        return real(self, moment, *others)

    monkeypatch.setattr(ModelInfo, "get_prices", listen)
    for wanted in (("deepseek", "deepseek-v4-pro"), ("google", "gemini-4-argon:batch")):
        quoted(*wanted)
    assert asked
    assert {(moment.timetz().isoformat()) for moment in asked} == {"12:00:00+00:00"}


# --- trap 2 and 3: no history of an alias, no launch date -------------------------------------------------------------


@typed_release
def test_a_price_that_holds_for_ever_has_no_start() -> None:
    # gpt-4o cost 5 and 15 at its launch; the feed answers 2.5 and 10 for that day too, and so must not date them.
    at_launch = quoted("openai", "gpt-4o", day("2024-06-01")).now
    assert at_launch.prices == prices("2.5", "10", "1.25")
    assert at_launch.start is None
    assert not at_launch.dated
    assert quoted("openai", "gpt-6-sol", day("2020-01-01")).now.start is None


@typed_release
def test_a_dated_start_is_given_and_what_came_before() -> None:
    large = quoted("mistral", "mistral-large-4")
    assert large.now == Step(prices("0.7", "2.1", "0.07"), (), day("2026-10-29"), dated=True)
    assert [step.start for step in large.past] == [None, day("2026-10-20")]
    assert large.past[0].prices == prices("0.68", "2.09", "0.07")
    assert large.scheduled == ()


def test_a_start_without_another_price_is_no_step() -> None:
    of = feed(model([always(usd()), since("2026-05-01", usd()), since("2026-06-01", usd("3"))]))
    found = quoted("maker", "five", feed=of)
    assert [step.start for step in (*found.past, found.now)] == [None, day("2026-06-01")]


# --- trap 4: hours of the day -----------------------------------------------------------------------------------------


@typed_release
def test_a_band_of_hours_is_an_id_of_its_own() -> None:
    plain, peak = quoted("deepseek", "deepseek-v4-pro"), quoted("deepseek", "deepseek-v4-pro:peak")
    assert plain.now.prices == prices("0.66", "1.98", "0.022")
    assert plain.now.start == day("2026-08-17")
    assert peak.now.prices == prices("1.32", "3.96", "0.044")
    assert peak.now.start is None  # the feed dates no band
    assert peak.hours == "01:00 to 04:00 and 06:00 to 10:00 UTC"
    assert peak.via == "genai-prices 0.2.3 deepseek-v4-pro (peak hours)"


@typed_release
def test_a_band_does_not_leak_into_the_time_before_it() -> None:
    # At 02:00 UTC of that day the feed says 1.32 and 3.96; one price held at every hour then.
    assert quoted("deepseek", "deepseek-v4-pro", day("2026-07-01")).now.prices == prices("0.435", "0.87", "0.003625")
    said = silent("deepseek", "deepseek-v4-pro:peak", day("2026-07-01"))
    assert said.reason is Reason.ABSENT
    assert "does not date its peak hours" in said.why


@typed_release
def test_a_model_without_bands_has_no_peak() -> None:
    assert silent("openai", "gpt-4o:peak").reason is Reason.ABSENT


def test_cheap_hours_are_off_peak() -> None:
    of = feed(model([always(usd("2", "10")), hours(16, 23, usd("1", "5"))]))
    assert quoted("maker", "five:off-peak", feed=of).now.prices == prices("1", "5")
    assert quoted("maker", "five", feed=of).now.prices == prices("2", "10")
    assert silent("maker", "five:peak", feed=of).reason is Reason.ABSENT


def test_a_band_around_noon_is_refused() -> None:
    of = feed(model([always(usd("2", "10")), hours(9, 17, usd("4", "20"))]))
    said = silent("maker", "five", feed=of)
    assert said.reason is Reason.BAD
    assert "five at noon UTC is that of a band (09:00 to 17:00 UTC)" in said.why
    assert quoted("maker", "five:peak", feed=of).now.prices == prices("4", "20")


def test_two_different_peaks_are_refused() -> None:
    of = feed(model([always(usd("2", "10")), hours(1, 4, usd("4", "20")), hours(6, 9, usd("5", "25"))]))
    assert "more than one price" in silent("maker", "five:peak", feed=of).why


# --- trap 5: matching by the beginning of a name ----------------------------------------------------------------------


@typed_release
@pytest.mark.parametrize(
    ("provider", "asked", "other"),
    [
        ("anthropic", "claude-sonnet-4-6-zzz", "claude-sonnet-4-6"),
        ("deepseek", "deepseek-v4-pro-9", "deepseek-v4-pro"),
        ("mistral", "mistral-medium", "mistral-medium-3-1"),
        ("openai", "gpt-4o-2024-08-06", "gpt-4o"),
    ],
)
def test_an_answer_about_another_id_is_refused(provider: str, asked: str, other: str) -> None:
    said = silent(provider, asked)
    assert said == Silence(Reason.OTHER, f"genai-prices 0.2.3 answers with the price of {other}, another model")


@typed_release
def test_an_id_that_begins_like_another_but_is_listed_is_itself() -> None:
    assert quoted("anthropic", "claude-opus-5-5").now.prices == prices("4", "20", "0.2", "5", "8")
    assert quoted("openai", "gpt-4o-2024-05-13").now.prices == prices("5", "15")
    assert quoted("openai", "gpt-4o:extended").now.prices == prices("6", "18")


def test_a_provider_by_another_name_and_one_of_another_list_are_refused() -> None:
    # Google's list falls back on Anthropic's for models it does not have itself.
    maker = Provider("maker", "Maker", "api", provider_match=ClauseStartsWith("ma"), models=[model(usd())])
    host = Provider("host", "Host", "api", fallback_model_providers=["maker"])
    of = GenaiFeed(DataSnapshot([maker, host], from_auto_update=False), "9.9.9")
    assert silent("host", "five", feed=of).reason is Reason.OTHER
    assert silent("many", "five", feed=of) == Silence(
        Reason.OTHER, "genai-prices 9.9.9 answers with the price of the provider maker, not many"
    )
    assert quoted("maker", "five", feed=of).now.prices == prices("2", "10")


@typed_release
def test_an_unknown_id_and_an_unknown_provider_are_not_in_the_feed() -> None:
    for wanted in (("openai", "zzz"), ("nobody", "gpt-4o"), ("openai", "gpt-4o:zzz"), ("openai", "zzz:batch")):
        assert silent(*wanted).reason is Reason.ABSENT


# --- trap 6: missing prices -------------------------------------------------------------------------------------------


@typed_release
def test_a_missing_price_is_not_offered_and_never_that_of_another_part() -> None:
    gpt = quoted("openai", "gpt-4o").now.prices
    assert gpt.write is None  # the package bills a cache write as plain input
    assert gpt.write_1h is None


@pytest.mark.parametrize(("given", "part"), [({"input": None}, "input"), ({"output": None}, "output")])
def test_a_model_without_input_or_output_price_has_no_quote(given: dict[str, Any], part: str) -> None:
    said = silent("maker", "five", feed=feed(model(usd(**given))))
    assert said == Silence(Reason.BAD, f"genai-prices 9.9.9: no {part} price of five is given")


def test_a_model_without_prices_has_no_quote() -> None:
    assert silent("maker", "five", feed=feed(model([]))).reason is Reason.BAD
    assert silent("maker", "five", feed=feed(model(ModelPrice()))).reason is Reason.BAD


# --- trap 7 and 8: thresholds and cliffs ------------------------------------------------------------------------------


@typed_release
def test_a_threshold_that_is_included_and_one_that_is_not() -> None:
    grok, gemini = quoted("x-ai", "grok-4.7").now, quoted("google", "gemini-2.5-pro").now
    assert [tier.above for tier in grok.tiers] == [199_999]  # xAI: "200k and more"
    assert grok.prices_for(199_999).input == Decimal(2)
    assert grok.prices_for(200_000).input == Decimal(4)
    assert [tier.above for tier in gemini.tiers] == [200_000]  # Google: "more than 200k"
    assert gemini.prices_for(200_000).input == Decimal("1.25")
    assert gemini.prices_for(200_001).input == Decimal("2.5")


@typed_release
def test_a_tier_prices_every_part_again() -> None:
    gemini = quoted("google", "gemini-2.5-pro").now
    assert gemini.prices_for(1_000_000) == prices("2.5", "15", "0.25")


@typed_release
def test_our_tiers_bill_what_the_package_bills() -> None:
    for tokens in (199_999, 200_000, 200_001):
        for provider, name in (("x-ai", "grok-4.7"), ("google", "gemini-2.5-pro")):
            usage = Usage(input_tokens=tokens, output_tokens=1_000)
            theirs = FEED.snapshot.calc(usage, name, provider, None, datetime(2026, 11, 22, 12, tzinfo=UTC))
            paid = quoted(provider, name).now.prices_for(tokens)
            assert theirs.total_price == (paid.input * tokens + paid.output * 1_000) / 1_000_000


def test_parts_with_different_thresholds() -> None:
    tiers = TieredPrices(Decimal(2), [FeedTier(100, Decimal(3)), FeedTier(300, Decimal(4))])
    flat = TieredPrices(Decimal(10), [FeedTier(200, Decimal(20))])
    found = quoted("maker", "five", feed=feed(model(usd(tiers, flat, cache_read_mtok="1")))).now
    assert found.prices == prices("2", "10", "1")
    assert found.tiers == (
        Tier(100, prices("3", "10", "1")),
        Tier(200, prices("3", "20", "1")),
        Tier(300, prices("4", "20", "1")),
    )


@pytest.mark.parametrize("starts", [(-5,), (100, 100), (1.5,)])
def test_thresholds_that_cannot_be(starts: tuple[Any, ...]) -> None:
    tiers = TieredPrices(Decimal(2), [FeedTier(start, Decimal(3)) for start in starts])
    said = silent("maker", "five", feed=feed(model(usd(tiers))))
    assert said.reason is Reason.BAD
    assert "tiers of the input price of five" in said.why


# --- announced prices and batch ---------------------------------------------------------------------------------------


@typed_release
def test_announced_prices_are_told_with_their_day() -> None:
    flash = quoted("google", "gemini-3.8-flash")
    assert flash.now.prices == prices("0.75", "3.75", "0.075")
    assert flash.scheduled == (Step(prices("1.5", "7.5", "0.15"), (), day("2027-01-01"), dated=True),)
    assert flash.at(day("2026-12-31")) is flash.now
    assert flash.at(day("2027-01-01")) is flash.scheduled[0]


@typed_release
def test_batch_prices_are_another_id() -> None:
    gpt = quoted("openai", "gpt-4o:batch")
    # The batch table has no price of cached input, so that keeps its standard price.
    assert gpt.now.prices == prices("1.25", "5", "1.25")
    assert gpt.via == "genai-prices 0.2.3 gpt-4o (processing batch)"
    sol = quoted("openai", "gpt-6.1-sol:batch").now
    assert sol.prices == prices("1", "5", "0.05", "1.25")
    assert sol.tiers == (Tier(272_000, prices("2", "7.5", "0.1", "2.5")),)


@typed_release
def test_the_day_somebody_looked_is_not_the_day_a_price_began() -> None:
    argon = quoted("google", "gemini-4-argon:batch")
    assert argon.now == Step(prices("1", "5", "0.05"), (), day("2026-10-14"), dated=False)
    assert argon.scheduled == (Step(prices("2", "10", "0.1"), (), day("2026-12-01"), dated=True),)


@typed_release
def test_standard_prices_are_never_taken_for_batch_prices() -> None:
    # Asked with the batch context, the package answers with the standard price of a model that has none.
    info = FEED.snapshot.find_provider_model("command-a", None, "cohere", None)[1]
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert info.get_prices(moment, {"processing": "batch"}) == info.get_prices(moment)
    said = silent("cohere", "command-a:batch")
    assert said == Silence(Reason.ABSENT, "genai-prices 0.2.3 has no batch price of command-a on 2026-11-22")
    assert silent("openai", "gpt-4o:batch", day("2026-10-13")).reason is Reason.ABSENT
    assert silent("deepseek", "deepseek-v4-pro:batch").reason is Reason.ABSENT  # a model with dated prices


def test_a_batch_price_that_was_always_there() -> None:
    of = feed(model([always(usd()), since("2026-05-01", usd("4", "20"))], variants=[batch(None, usd("1", "5"))]))
    assert quoted("maker", "five:batch", feed=of).now == Step(prices("1", "5"))


# --- the same traps on a feed made here, whatever release is installed ------------------------------------------------


def test_an_id_that_only_begins_like_a_listed_one() -> None:
    begins = ModelInfo("five", ClauseStartsWith("five"), prices=usd())
    said = silent("maker", "five-and-a-half", feed=feed(begins))
    assert said == Silence(Reason.OTHER, "genai-prices 9.9.9 answers with the price of five, another model")
    assert quoted("maker", "five", feed=feed(begins)).now.prices == prices("2", "10")
    assert silent("maker", "five:turbo", feed=feed(begins)).reason is Reason.OTHER


def test_a_price_that_is_announced() -> None:
    of = feed(model([always(usd()), since("2026-12-01", usd("4", "20"))]))
    assert quoted("maker", "five", day("2026-11-30"), of).now.prices == prices("2", "10")
    assert quoted("maker", "five", day("2026-11-30"), of).scheduled[0].start == day("2026-12-01")
    assert quoted("maker", "five", day("2026-12-01"), of).now == Step(
        prices("4", "20"), (), day("2026-12-01"), dated=True
    )


def test_a_peak_before_a_dated_change() -> None:
    of = feed(model([always(usd("1", "5")), since("2026-08-17", usd()), hours(1, 4, usd("4", "20"))]))
    assert quoted("maker", "five:peak", feed=of).now.prices == prices("4", "20")
    assert quoted("maker", "five", day("2026-07-01"), of).now.prices == prices("1", "5")
    assert silent("maker", "five:peak", day("2026-07-01"), of).reason is Reason.ABSENT


def test_batch_prices_that_are_not_there_or_not_yet() -> None:
    of = feed(model(usd(cache_read_mtok="0.2"), variants=[batch("2026-10-14", usd("1", "5"))]), model(usd(), "six"))
    found = quoted("maker", "five:batch", feed=of).now
    assert found == Step(prices("1", "5", "0.2"), (), day("2026-10-14"), dated=False)
    assert silent("maker", "five:batch", day("2026-10-13"), of).reason is Reason.ABSENT
    assert silent("maker", "six:batch", feed=of).reason is Reason.ABSENT


# --- values that are no prices ----------------------------------------------------------------------------------------

BAD = {
    "0": "what lists write where they know no price",
    "-1": "is negative",
    "NaN": "is not a number",
    "Infinity": "is not a number",
    "1e400": "is too large",
    "0.0000001": "more than 6 decimals",
}


@pytest.mark.parametrize(("value", "why"), BAD.items())
@pytest.mark.parametrize("key", ["input_mtok", "output_mtok", "cache_read_mtok", "cache_write_1h_mtok"])
def test_a_value_that_is_no_price(value: str, why: str, key: str) -> None:
    price = usd()
    object.__setattr__(price, key, Decimal(value))
    said = silent("maker", "five", feed=feed(model(price)))
    assert said.reason is Reason.BAD
    assert "price of five, " in said.why
    assert why in said.why


@pytest.mark.parametrize("value", [2, 2.5, "2", True])
def test_a_value_that_is_no_decimal(value: object) -> None:
    price = usd()
    object.__setattr__(price, "input_mtok", value)
    assert "is not a decimal number" in silent("maker", "five", feed=feed(model(price))).why


def test_a_bad_value_in_a_tier_or_in_what_is_announced() -> None:
    tiers = TieredPrices(Decimal(2), [FeedTier(200_000, Decimal("NaN"))])
    assert silent("maker", "five", feed=feed(model(usd(tiers)))).reason is Reason.BAD
    later = [always(usd()), since("2027-01-01", usd("-4"))]
    assert silent("maker", "five", feed=feed(model(later))).reason is Reason.BAD


def test_a_model_that_stands_twice() -> None:
    said = silent("maker", "five", feed=feed(model(usd()), model(usd("9", "99"))))
    assert said == Silence(Reason.BAD, "genai-prices 9.9.9 lists five 2 times; which of them holds is not said")


def test_a_feed_whose_data_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices.data", None)
    data_snapshot._bundled_snapshot.cache_clear()
    try:
        with pytest.raises(FeedError, match=f"{re.escape(FEED.name)} cannot be read"):
            installed_feed()
    finally:
        data_snapshot._bundled_snapshot.cache_clear()


# --- what else a quote says -------------------------------------------------------------------------------------------


@typed_release
def test_context_name_and_address() -> None:
    opus = quoted("anthropic", "claude-opus-5-5")
    assert (opus.context, opus.name) == (1_000_000, "Claude Opus 5.5")
    assert opus.url == "https://www.anthropic.com/pricing#api"
    assert quoted("google", "gemini-2.5-pro").context is None
    assert FEED.seller("mistral") == ("Mistral", "https://mistral.ai/pricing/api")
    with pytest.raises(FeedError, match="did you mean 'mistral'"):
        FEED.seller("mistrl")


@typed_release
def test_every_day_of_two_years_has_one_answer() -> None:
    """A quote of a day is what the package says at noon of that day, for a model with dates and bands."""
    info = FEED.snapshot.find_provider_model("deepseek-v4-flash", None, "deepseek", None)[1]
    for number in range(0, 730, 7):
        on = date(2025, 6, 1) + timedelta(number)
        theirs = info.get_prices(datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        assert quoted("deepseek", "deepseek-v4-flash", on).now.prices.input == theirs.input_mtok
