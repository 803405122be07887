"""Every question a page can put to the world, and the grammar that names it.

Importing this package registers all kinds; ``KINDS`` lists them.
"""

from costbook.economy.bills import NotOffered
from costbook.questions.base import (
    KINDS,
    Figure,
    Question,
    Side,
    Unanswerable,
    Unit,
    Unreadable,
    Verdict,
    Working,
    parse,
    parse_line,
    text_of,
)
from costbook.questions.bills import (
    Bill,
    BreakEven,
    CacheBreakEven,
    CachedBill,
    Daily,
    Margin,
    Monthly,
    Saving,
    SavingShare,
    Share,
    SideOf,
    Weight,
)
from costbook.questions.conditions import Condition, Holds, Relation, parse_condition
from costbook.questions.documents import EditionOf, LessonOf, NameOf, OpeningOf, ReviewOf, Routes
from costbook.questions.prices import Price, PriceRow, PriceRowOf, Rates, Ratio, Series
from costbook.questions.ratios import Band, QuartileOf, SpreadRow, SpreadRowOf, Surveyed, SurveyOf
from costbook.questions.readers import Slice
from costbook.questions.selections import Models, Scenarios, Selection
from costbook.questions.texts import (
    CutOf,
    Payback,
    RoughError,
    RoughTokens,
    TextBill,
    TextOf,
    TokenMultiple,
    Tokens,
    TokensPerWord,
    Words,
)
from costbook.questions.workloads import WorkedBillOf

FIGURES = (
    *(Bill, BreakEven, CacheBreakEven, CachedBill, Daily, Margin, Monthly, Payback, Price, Ratio),
    *(RoughError, RoughTokens, Saving, SavingShare, Share, SideOf, TextBill, TokenMultiple, Tokens, TokensPerWord),
    *(Weight, Words, WorkedBillOf),
)
"""Questions about the models, scenarios and texts that they name; no table has other rows for their answers."""

__all__ = [
    "FIGURES",
    "KINDS",
    "Band",
    "Bill",
    "BreakEven",
    "CacheBreakEven",
    "CachedBill",
    "Condition",
    "CutOf",
    "Daily",
    "EditionOf",
    "Figure",
    "Holds",
    "LessonOf",
    "Margin",
    "Models",
    "Monthly",
    "NameOf",
    "NotOffered",
    "OpeningOf",
    "Payback",
    "Price",
    "PriceRow",
    "PriceRowOf",
    "QuartileOf",
    "Question",
    "Rates",
    "Ratio",
    "Relation",
    "ReviewOf",
    "RoughError",
    "RoughTokens",
    "Routes",
    "Saving",
    "SavingShare",
    "Scenarios",
    "Selection",
    "Series",
    "Share",
    "Side",
    "SideOf",
    "Slice",
    "SpreadRow",
    "SpreadRowOf",
    "SurveyOf",
    "Surveyed",
    "TextBill",
    "TextOf",
    "TokenMultiple",
    "Tokens",
    "TokensPerWord",
    "Unanswerable",
    "Unit",
    "Unreadable",
    "Verdict",
    "Weight",
    "Words",
    "Working",
    "parse",
    "parse_condition",
    "parse_line",
    "text_of",
]
