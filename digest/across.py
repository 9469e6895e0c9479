"""The nouns of what is found across texts: utterances, lineages, like figures, kin.

`link` makes them, pages show them. Everything holds ids and short spans of
what is shown anyway (`Shown`), never a text of its own beyond its mode.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from digest.lines import Lines
from digest.model import Figure, MentionKind
from digest.text import Cert

CellState = Literal["same", "changed", "added", "missing"]
Joined = Literal["alone", "words", "order", "reported"]
CopyKind = Literal["copy", "spun", "back-translated", "paraphrase", "original", "undecided", "unknown"]
Slot = Literal["venue", "role", "owner", "compared", "value", "word"]
Vouched = Literal["machine", "editor"]


# What one text says, small enough to keep for ten thousand texts


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text puts into a slot: somebody's role, a firm's owner, what a product is compared with.

    `subject` and `words` are the text's own words, `key` is what two texts
    must share to be compared (the folded subject). `start` and `end` (of
    `words`) index `Shown.text`; `sentence` is the sentence around them. Both
    are the witness's words: `emended` says that the editor has changed them,
    so that `Shown.text[start:end]` reads otherwise.
    """

    slot: Slot
    subject: str
    key: str
    words: str
    start: int
    end: int
    sentence: str = ""
    emended: bool = False
    now: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence of a quote (or of a statement reported without marks), as compared.

    `id` is the page id of the quote for its first sentence, `QUOTE-N` for its
    N-th; `quote` that page id ("" if reported), `anchor` the anchor in the
    article. `root` is the outermost quote that holds it: two sentences of one
    root are never one utterance. `also` are pages of quotes within it with
    the same words. Offsets index the part named, as shown, and `text` is what
    stands there. `full` is the speaker's fullest name in the text ("" if only
    a pronoun or a nominal is there), by which a person's page is found; `gap`
    the words since the sentence before it in this list, 0 in another part.
    """

    id: str
    quote: str
    anchor: str
    part: str
    start: int
    end: int
    stems: tuple[str, ...]
    speaker: str
    root: str
    also: tuple[str, ...] = ()
    text: str = ""
    full: str = ""
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a quote was published or said, by its bare name ("Threads" for "a post to Threads").

    `start` and `end` index `Shown.text`, -1 if the name does not stand there;
    `exact` is the sentence that says so.
    """

    quote: str
    name: str
    exact: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure with a unit and a value, as compared: stems of its subject and of its sentence."""

    id: str
    item: Figure
    sentence: str
    subject: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a text calls one entity: each form with how often, and where the body names it first (-1: nowhere)."""

    kind: MentionKind
    key: str
    forms: tuple[tuple[str, int], ...]
    first: int
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the comparison of texts asks of one; made once, with the reading, and kept without its text.

    `quotes` counts the quotes that are shown; `full` says that the whole text
    is. `unsound`: a kind of damage shows clearly; `damage` sums all signs of it, `copied` is how the worst
    says the text was made.
    """

    lines: Lines = Lines()
    claims: tuple[Claim, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    reported: tuple[Spoken, ...] = ()
    venues: tuple[Venue, ...] = ()
    numbers: tuple[Numeral, ...] = ()
    names: tuple[Named, ...] = ()
    quotes: int = 0
    full: bool = True
    unsound: bool = False
    damage: float = 0.0
    copied: CopyKind = "paraphrase"


# The same words


@dataclass(frozen=True, slots=True)
class Member:
    """One sentence of one quote, as a witness of an utterance.

    `id` is the quote's page id for the quote's first sentence and
    `QUOTE-N` for its N-th (from 2): the witness's stable name. `quote` is the
    page id of the quote ("" for a statement reported without marks, whose
    `via` is "reported"), `anchor` its anchor in the article. Offsets index the
    article's `Shown.text` (or the part named), half-open, and `text` is
    exactly what stands there. `via` says why it is here: "alone" for the
    first-added member, "words" (shared words, `score` 0-1), "order" (the same
    place in the same post, few or no words in common), "reported". `also` are
    pages of quotes within or around this one that hold the same words.
    """

    id: str
    quote: str
    article: str
    anchor: str
    start: int
    end: int
    text: str
    part: str = "body"
    via: Joined = "words"
    score: float = 1.0
    cert: Cert = "high"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness has in one column. `missing`: nothing, `words` is ""."""

    words: str
    state: CellState


@dataclass(frozen=True, slots=True)
class Alignment:
    """The witnesses of an utterance side by side.

    `columns[c][m]` is the cell of `Utterance.members[m]`; every column has
    one cell for each member that is not "reported" (those come last in
    `members` and have no cell). `base` is the index of the witness that the
    others are compared with, in the best condition. Its own cells are
    "same", or "missing" where only others have words ("added" there). The
    words of a member's row, joined with blanks, are its text.
    """

    base: int
    columns: tuple[tuple[Cell, ...], ...]

    def row(self, member: int) -> tuple[Cell, ...]:
        """The cells of one member, left to right; empty for a reported one."""
        return tuple(c[member] for c in self.columns if member < len(c))

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each member's index with its cells, the base first."""
        size = len(self.columns[0]) if self.columns else 0
        for m in sorted(range(size), key=lambda m: (m != self.base, m)):
            yield m, self.row(m)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often, without counting a copy twice: "3 wordings in 4 texts, 4 lineages"."""

    wordings: int = 0
    texts: int = 0
    lineages: int = 0


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence that somebody said, with every wording of it in the texts (two or more).

    `id` is that of the first-added member and does not change when others
    join; the page of its quote shows it. Members: first-added first,
    "reported" ones last. `person` is an entity id or "".
    """

    id: str
    person: str
    speaker: str  # as the texts name the speaker, fullest form; "" if none does
    members: tuple[Member, ...]
    alignment: Alignment
    tally: Tally = Tally()
    statement: str = ""  # id of the Statement it is part of, if any
    cert: Cert = "high"


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said on one occasion (a post, a speech): utterances and quotes that belong together.

    `quotes` are page ids, first-added article first, in the order of the
    text; `utterances` are ids in the order of the fullest witness. `id` is
    that of the first quote. `reported` are sentences next to the quotes
    that give more of it without marks.
    """

    id: str
    person: str
    speaker: str
    quotes: tuple[str, ...]
    utterances: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    reported: tuple[Member, ...] = ()
    tally: Tally = Tally()


# The same original


@dataclass(frozen=True, slots=True)
class Match:
    """Two sentences of two texts that say the same: offsets into each `Shown.text`, -1 if not shown."""

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    score: float


@dataclass(frozen=True, slots=True)
class LineageEdge:
    """Two texts that go back to one original: how, why we think so, how sure.

    `a` is the text nearer to the original, as far as that can be told. `kind`
    is how `b` relates to it; "undecided": either may be retold from the other. `evidence` are sentences for the reader, strongest first;
    `matches` the aligned sentences behind them. `status`: "proposed" by the
    machine, "confirmed" when the editor's lineage holds both, "overruled" when
    the editor's lineages hold both apart; only the first two count.
    """

    a: str
    b: str
    kind: CopyKind
    evidence: tuple[str, ...]
    cert: Cert
    score: float
    matches: tuple[Match, ...] = ()
    status: Literal["proposed", "confirmed", "overruled"] = "proposed"
    by: Vouched = "machine"


# The same number


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of several texts on one thing. `differ`: they should be the same and are not.

    `figures` are page ids (`FigureItem.id`), first-added article first;
    `value` is the commonest one as printed. `subject` and `unit` are what they
    share.
    """

    id: str  # that of the first-added figure
    figures: tuple[str, ...]
    value: str
    unit: str
    subject: str
    differ: bool
    reason: str
    tally: Tally = Tally()


@dataclass(frozen=True, slots=True)
class Derived:
    """What two figures of one unit and base make of each other, worked out by the program.

    `figures` and `values` name the larger one first; `values` are exact
    decimals in `unit` (cents in whole currency). `result` is how many times
    as large it is, or by how much larger; not `exact` means rounded to three
    digits. `unlike` is why an editor says that they are not like for like.
    """

    id: str
    kind: Literal["ratio", "difference"]
    figures: tuple[str, str]  # `FigureItem.id`
    values: tuple[str, str]
    unit: str
    per: str | None
    result: str
    exact: bool
    approx: bool
    where: Literal["sentence", "paragraph", "texts"]
    unlike: str = ""


# Who is near whom


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two articles are related: what they share, how many, the ids for links.

    `kind` says which ids: utterances, figure groups, entities, the story or
    the lineage. `text` is a phrase for the reader ("5 shared utterances").
    """

    kind: Literal["utterance", "figure", "entity", "story", "lineage"]
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """`other` is worth reading with `article`; for each article the nearest first."""

    article: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement with a date of its own, for the timeline: an EDTF date, where it stands."""

    when: str
    kind: Literal["article", "figure", "quote"]
    id: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """Something about names that a person should decide.

    "unknown": an entity no editor's file knows. "same-name": two people of
    one name, kept apart. "short": a name that may be several entities.
    `ids` are the entities in question.
    """

    kind: Literal["unknown", "same-name", "short"]
    name: str
    message: str
    ids: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
