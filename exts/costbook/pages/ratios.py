"""What a table of the ratio survey asks, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from costbook import money
from costbook.pages.tables import Asker, Options, Slip, words_of
from costbook.questions import SpreadRow, SpreadRowOf, Surveyed, SurveyOf, Unreadable
from costbook.questions.ratios import Counted, Sort, SurveyFact
from costbook.questions.readers import Range, bounds


@dataclass(frozen=True)
class RatioSurvey:
    """A table of the survey: its bands, a row for each population, the day, and where the ratios were read."""

    bands: tuple[Range, ...]
    rows: tuple[SpreadRow, ...]
    as_of: str
    source: str


def ratio_survey(asker: Asker, argument: str, options: Options) -> RatioSurvey:
    """Populations by row, quartiles and bands by column; ``populations`` and ``sellers`` stand for all of a sort."""
    bands = tuple(_band(text) for text in words_of(options, "bands", ""))
    names: list[str] = []
    for word in argument.split():
        names += asker.ask(Surveyed(Sort(word)), word).ids if word in {*Sort} else [word]
    rows = tuple(asker.ask(SpreadRowOf(name, bands), name) for name in dict.fromkeys(names))
    as_of, source = (str(asker.ask(SurveyOf(fact), "")) for fact in (SurveyFact.DATE, SurveyFact.SOURCE))
    return RatioSurvey(bands, rows, as_of, source)


def _band(text: str) -> Range:
    try:
        return bounds(text)
    except Unreadable as error:
        raise Slip(str(error), text) from None


def band_words(band: Range) -> str:
    """``4× to 8×``; of a band that is one ratio, ``exactly 5×``."""
    low, high = money.multiple(band.low), money.multiple(band.high)
    return f"exactly {low}" if band.low == band.high else f"{low} to {high}"


def counted_words(counted: Counted) -> str:
    """``45.1% (857)``."""
    return f"{money.percentage(counted.share)} ({money.count(counted.inside)})"
