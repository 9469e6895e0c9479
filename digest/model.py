"""The nouns: what a reading of one text is made of. Frozen, without behaviour.

Offsets are half-open and count Unicode code points. They index the text of
the part that is named (the body unless told), as it is printed; an offset
into the raw text has `raw_` in its name.

What is made for each word, number or sentence of a text, and the document
made of each, is a named tuple, which is made five to ten times as fast as a
frozen dataclass (decisions 304, 402), and twice as fast again by `_make`;
the rest are dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from digest.text import Cert, Span, Text

PartName = Literal["body", "headline", "standfirst"]
BlockKind = Literal[
    "paragraph", "heading", "list-item", "block-quote", "correction", "caption", "attribution"
]
QuoteKind = Literal["direct", "partial", "block", "continuation", "term", "title", "broken"]
Frame = Literal["asserted", "denied", "attributed-to-others", "asked"]
Change = Literal["=", "~", ">", "<", "up", "down"]
ClaimStatus = Literal["fact", "claim", "plan", "estimate"]
MentionKind = Literal["person", "organisation", "product", "place"]


class Block(NamedTuple):
    """A paragraph, crosshead, list item …: a line of the body, never split."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a quotation runs.

    `start` and `end` are the words, the marks lie outside: `outer_start` and
    `outer_end` hold them too. `mark` is the opening mark as found, "" for a
    block quotation without marks. `depth` is 0 for an outer quotation, 1 for
    one within it. `doubtful`: a mark is missing or could be read otherwise;
    for repair that counts as inside, always.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    mark: str
    depth: int = 0
    doubtful: bool = False
    continues: bool = False  # no closing mark: the next paragraph opens again


class Quote(NamedTuple):
    """Words in quotation marks (or a block quotation without), and whose they are."""

    start: int
    end: int
    text: str
    kind: QuoteKind
    rule: str
    part: PartName = "body"
    speaker: str | None = None
    speaker_span: Span | None = None
    speaker_full: str | None = None
    cue: str | None = None
    venue: str | None = None
    frame: Frame = "asserted"
    verbatim: bool = True
    cert: Cert = "medium"
    why: str = ""
    note: str = ""  # the editor's, plain words


class Indirect(NamedTuple):
    """A reported statement without marks."""

    start: int
    end: int
    text: str
    rule: str
    speaker: str | None = None
    speaker_span: Span | None = None
    speaker_full: str | None = None
    cue: str | None = None
    frame: Frame = "asserted"
    cert: Cert = "medium"


class Figure(NamedTuple):
    """A number that says something: value, unit, what it counts, who says so.

    `low` and `high` are exact decimal strings in whole units ("5600000", not
    millions); None is an open end. `unit` is an ISO 4217 code, a UCUM code or
    an English noun.
    """

    start: int
    end: int
    text: str
    low: str | None
    high: str | None
    rule: str
    part: PartName = "body"
    unit: str | None = None
    per: str | None = None
    change: Change = "="
    approx: bool = False
    bound: str | None = None
    subject: str | None = None
    claimant: str | None = None
    status: ClaimStatus = "fact"
    when: str | None = None
    key: bool = False
    damaged: bool = False
    cert: Cert = "high"
    note: str = ""  # the editor's, plain words
    unlike: str = ""  # the editor's: why sums with it are not like for like


class Mention(NamedTuple):
    """Words that name a person, organisation, product or place."""

    start: int
    end: int
    text: str
    kind: MentionKind
    entity: str | None = None
    part: PartName = "body"
    rule: str = "name"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; never an exception, fatal with --strict."""

    raw_start: int
    raw_end: int
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Sign:
    """How strongly one kind of damage shows; `open` lets lexical repairs through."""

    score: float = 0.0
    open: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Words taken out of the body and kept elsewhere (headline, byline, caption …)."""

    cls: str
    text: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Part:
    """Headline or standfirst: a text of its own over the same raw text."""

    name: PartName
    text: Text


@dataclass(frozen=True, slots=True)
class Page:
    """What was taken out of an HTML page before reading.

    `text` is the raw text for all that follows. `hints` are blocks whose kind
    the markup declares, in `text`. The metadata are the page's own words.
    """

    text: str
    hints: tuple[Block, ...] = ()
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: str | None = None
    site_name: str | None = None
    canonical: str | None = None
    language: str | None = None
    left_out: tuple[tuple[str, int], ...] = ()


Annotation = Block | Quote | Indirect | Figure | Mention


class Reading(NamedTuple):
    """What an annotator is given: one part's text and what earlier ones found.

    `around` is the body's reading when a headline or standfirst is read.
    `known` are names the editor vouches for (evidence).
    """

    text: str
    part: PartName = "body"
    blocks: tuple[Block, ...] = ()
    scopes: tuple[Scope, ...] = ()
    found: tuple[Annotation, ...] = ()
    known: tuple[KnownName, ...] = ()
    around: Reading | None = None


class Document(NamedTuple):
    """Everything `read` says of one text."""

    id: str
    kind: Literal["text", "html"]
    body: Text
    page: Page | None = None
    parts: tuple[Part, ...] = ()
    moved: tuple[Moved, ...] = ()
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    indirect: tuple[Indirect, ...] = ()
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    diagnosis: tuple[tuple[str, Sign], ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def part_text(self, name: PartName) -> Text:
        """The text that a span of this part indexes; KeyError if there is none."""
        if name == "body":
            return self.body
        return {p.name: p.text for p in self.parts}[name]


# Evidence: what is known from outside the text, handed to `read` as data.


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name the editor vouches for: one entity, all its spellings."""

    entity: str
    kind: MentionKind
    name: str
    aliases: tuple[str, ...] = ()
    gender: Literal["f", "m", "n"] | None = None


@dataclass(frozen=True, slots=True)
class Residue:
    """A line that is not the article: it recurs in other stories, or the editor says so."""

    phrase: str
    why: str
    by: str = "machine"


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a text, by its words: exact, with what stands before and after."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Emendation:
    """The editor's decision at one place, for the editor layer.

    `where` says in which file and line it was written, for errors.
    """

    target: Target
    action: Literal["emend", "sic", "lacuna", "reject", "note"]
    why: str
    text: str = ""
    witness: str = ""
    by: str = "editor"
    date: str = ""
    status: Literal["applied", "proposed"] = "applied"
    cert: Cert = "high"
    where: str = ""


@dataclass(frozen=True, slots=True)
class QuoteOverride:
    """The editor's word on one quote: its speaker, or that it is none."""

    target: Target
    speaker: str | None = None
    kind: QuoteKind | None = None
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class FigureOverride:
    """The editor's word on one figure."""

    target: Target
    subject: str | None = None
    claimant: str | None = None
    status: ClaimStatus | None = None
    key: bool | None = None
    note: str = ""
    where: str = ""
    unlike: str | None = None  # why what is worked out with it is not like for like


Evidence = KnownName | Residue | Emendation | QuoteOverride | FigureOverride
