"""The domain: which page asked what, what it was told, and which pages to read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn

from sphinx.domains import Domain
from sphinx.util import logging

from costbook.economy.tokens import count_tokens
from costbook.load import DEFAULT_MODEL, DataErrors, Place, Problem, load_world
from costbook.questions import Condition, Question, Unanswerable

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from costbook.changes.moves import BookMoves
    from costbook.pages.whatif import Followed
    from costbook.world import World

logger = logging.getLogger(__name__)

NAME = "costbook"


class Stopped(SystemExit):
    """The book cannot be built, and every reason was logged at its place.

    Sphinx prints a traceback for any other exception that an author causes.
    """


def stop(problems: Sequence[Problem], remedy: str) -> NoReturn:
    """Log every problem at its place and what to do, and end the build before a page is written."""
    for place, what in problems:
        logger.error("%s", what, location=str(place), type=NAME)
    logger.error("The book was not built. %s", remedy, type=NAME)
    raise Stopped(2)


class Asked(NamedTuple):
    """What is kept of an answer that a page printed, and whether its question follows the page's model."""

    kept: Any
    follows: bool


class Claim(NamedTuple):
    """A condition that must hold for a page's sentence, and where it stands."""

    condition: Condition
    place: Place


class Seen(NamedTuple):
    """What a page was told of what moves in the book, and the digest of the sources that it was worked out from."""

    sources: str
    moves: BookMoves


class CostDomain(Domain):
    """Questions and claims by page. ``world`` is loaded for each build and never pickled."""

    name = NAME
    label = "costbook"
    data_version = 4
    initial_data: ClassVar[dict[str, Any]] = {
        "asked": {},
        "claims": {},
        "failures": {},
        "moves": {},
        "followed": {},
        "tokens": {},
    }
    world: World
    answers: dict[Question[Any], Any]
    """What this build has worked out; pages ask the same things."""
    seen: Seen | None
    """What this build has found to move in the book."""
    counted = False
    """Whether this build counted a text that was not remembered."""

    @property
    def asked(self) -> dict[str, dict[Question[Any], Asked]]:
        """docname -> question -> what the page was told."""
        return self.data["asked"]  # type: ignore[no-any-return]

    @property
    def claims(self) -> dict[str, list[Claim]]:
        """docname -> the claims on that page."""
        return self.data["claims"]  # type: ignore[no-any-return]

    @property
    def failures(self) -> dict[str, list[Problem]]:
        """docname -> what keeps that page from being made."""
        return self.data["failures"]  # type: ignore[no-any-return]

    @property
    def moves(self) -> dict[str, Seen]:
        """docname -> what the page was told of what moves in the book."""
        return self.data["moves"]  # type: ignore[no-any-return]

    @property
    def followed(self) -> dict[str, Followed]:
        """docname -> what follows the page's model, where something does."""
        return self.data["followed"]  # type: ignore[no-any-return]

    @property
    def token_counts(self) -> dict[tuple[str, str], int]:
        """(encoding, digest of the text) -> tokens: a build in which no text changed does not load a tokenizer."""
        return self.data["tokens"]  # type: ignore[no-any-return]

    def load(self, root: Path) -> None:
        """Load the world, with token counts remembered from build to build."""
        self.world = load_world(root, self.count)
        self.answers = {}
        self.seen = None

    def count(self, text: str, encoding: str) -> int:
        """Tokens of a text, from memory where it was counted before."""
        key = (encoding, sha256(text.encode()).hexdigest())
        if key not in self.token_counts:
            self.token_counts[key] = count_tokens(text, encoding)
            self.counted = True
        return self.token_counts[key]

    def put(self, docname: str, question: Question[Any], model: str = DEFAULT_MODEL) -> tuple[Question[Any], Any]:
        """Put a page's question to the world and remember the answer; gives the question with the page's model."""
        resolved = question.on_page(model)
        answer = self.answer(resolved)
        page = self.asked.setdefault(docname, {})
        if resolved not in page:
            page[resolved] = Asked(resolved.kept(answer), question.follows)
        return resolved, answer

    def answer(self, question: Question[Any]) -> Any:
        """The answer of this build's world, worked out once."""
        if question not in self.answers:
            self.answers[question] = question.answer(self.world)
        return self.answers[question]

    def claim(self, docname: str, claim: Claim) -> None:
        """Remember a page's claim."""
        self.claims.setdefault(docname, []).append(claim)

    def fail(self, docname: str, problem: Problem) -> None:
        """Remember that a page cannot be made: the build stops when all pages are read, with every reason."""
        self.failures.setdefault(docname, []).append(problem)

    def clear_doc(self, docname: str) -> None:
        self.asked.pop(docname, None)
        self.claims.pop(docname, None)
        self.failures.pop(docname, None)
        self.moves.pop(docname, None)
        self.followed.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        for table in ("asked", "claims", "failures", "moves", "followed"):
            self.data[table].update({doc: value for doc, value in otherdata[table].items() if doc in docnames})
        self.token_counts.update(otherdata["tokens"])

    def outdated(self) -> list[str]:
        """Pages whose questions have another answer now."""
        return [doc for doc, asked in self.asked.items() if any(self._moved(q, a) for q, a in asked.items())]

    def _moved(self, question: Question[Any], asked: Asked) -> bool:
        if question.still(asked.kept, self.world):
            return False
        try:
            return bool(question.kept(self.answer(question)) != asked.kept)
        except (LookupError, Unanswerable):
            return True

    def broken(self, docnames: Iterable[str]) -> list[Problem]:
        """The claims on some pages that do not hold, each at its place with what was found."""
        found = []
        for docname in docnames:
            for claim in self.claims.get(docname, ()):
                try:
                    holds = claim.condition.check(self.world)
                except (LookupError, Unanswerable) as error:
                    found.append(Problem(claim.place, f"this claim cannot be checked: {error}"))
                    continue
                if not holds.ok:
                    found.append(Problem(claim.place, f"this claim no longer holds: {holds.found}"))
        return sorted(found)


def cost_domain(env: BuildEnvironment) -> CostDomain:
    """The domain of an environment."""
    domain = env.get_domain(NAME)
    assert isinstance(domain, CostDomain)
    return domain


def load_data(app: Sphinx) -> None:
    """Load the world at the start of the build; a slip in the data stops it with every problem listed."""
    try:
        cost_domain(app.env).load(Path(app.srcdir))
    except DataErrors as errors:
        stop(errors.problems, "Mend the data files first; nothing was written.")


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read again exactly the pages whose questions have another answer; stop where a claim of a kept page broke."""
    domain = cost_domain(env)
    _stop_if_broken(domain.broken(set(domain.claims) - added - changed - removed))
    return [*domain.outdated(), *being_read(env)]


READING = "costbook-reading.txt"


def note_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Write down what is about to be read.

    A build that is stopped after reading leaves doctrees of its prices beside the answers of the build before; if the
    prices are then taken back, nothing else would tell that these pages have to be read again.
    """
    if docnames:
        (env.doctreedir / READING).write_text("\n".join(docnames), encoding="utf-8")


def forget_reading(app: Sphinx, exception: Exception | None) -> None:
    """The build came to its end: answers and doctrees agree."""
    if exception is None:
        (app.doctreedir / READING).unlink(missing_ok=True)


def being_read(env: BuildEnvironment) -> list[str]:
    """The pages that this build has read; before it reads any, those that a stopped build had begun to read."""
    path = env.doctreedir / READING
    return path.read_text(encoding="utf-8").split("\n") if path.exists() else []


def check_new_claims(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Check every claim once all pages are read, before any page is written."""
    domain = cost_domain(env)
    failed = sorted(problem for problems in domain.failures.values() for problem in problems)
    _stop_if_broken(domain.broken(domain.claims), failed)
    # Sphinx keeps what was counted only if a page changed; a text may change without changing an answer.
    return [app.config.root_doc] if domain.counted else []


def _stop_if_broken(broken: Sequence[Problem], failed: Sequence[Problem] = ()) -> None:
    remedies = []
    if broken:
        remedies.append("Change each sentence and its condition, or look at the price that moved")
    if failed:
        remedies.append("Mend each item, or look at the price that moved")
    if remedies:
        stop([*broken, *failed], f"{'. '.join(remedies)}; nothing was written.")
