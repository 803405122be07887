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
from costbook.questions.chances import Candidate, Candidates, Chance, GreedyReply, Likeliest, PathOf, Step
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
"""Questions about the models, scenarios and texts that they name; no table has other rows for their answers.

A page that asks any of them says of which day its prices are. Chances of toys are none of them: they have no day."""

__all__ = [
    "FIGURES",
    "KINDS",
    "Band",
    "Bill",
    "BreakEven",
    "CacheBreakEven",
    "CachedBill",
    "Candidate",
    "Candidates",
    "Chance",
    "Condition",
    "CutOf",
    "Daily",
    "EditionOf",
    "Figure",
    "GreedyReply",
    "Holds",
    "LessonOf",
    "Likeliest",
    "Margin",
    "Models",
    "Monthly",
    "NameOf",
    "NotOffered",
    "OpeningOf",
    "PathOf",
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
    "Step",
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
