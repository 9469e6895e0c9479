"""The nouns of a site: settings, articles as they may be shown, and what links them.

Nothing here holds more of a text than its text mode allows: a `Shown` is
made once (`textmode.py`), before any page, feed, index or data file, and is
all that those see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.across import (
    Dated,
    Derived,
    Facts,
    FigureGroup,
    LineageEdge,
    Related,
    Review,
    Slot,
    Statement,
    Utterance,
)
from digest.model import Block, Doubt, Figure, Indirect, Mention, MentionKind, Quote, Sign
from digest.text import Cert, EditKind, Status

Mode = Literal["full", "excerpt", "private"]
Basis = Literal["stated", "inferred", "unknown"]
TitleBasis = Literal["stated", "editor", "first-words"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about an article from outside its words, and how we know it.

    `stated`: the witness or the editor's source says so. `inferred`: by the
    editor, for `reason`. `unknown`: the value is "".
    """

    value: str = ""
    basis: Basis = "unknown"
    reason: str = ""
    moment: str = ""  # of a date: when in that day, as the witness writes it in ISO 8601


@dataclass(frozen=True, slots=True)
class Settings:
    """`site.yaml`. `base_url` is absolute and ends in a slash; `base_path` is its path."""

    title: str
    base_url: str = "http://localhost:8000/"
    base_path: str = "/"
    description: str = ""
    language: str = "en"
    text_mode: Mode = "excerpt"
    text_modes: Mapping[str, Mode] = field(default_factory=dict)
    feed_items: int = 50
    licence: str = ""
    report: str = ""
    code: str = ""
    editor: Literal["person", "software"] = "person"  # what the editor is, for data that must say
    max_seed_bytes: int = 5_000_000  # pages of large outlets have 3 million
    templates: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A scraped copy: the file in `seeds/`, what it hashes to, when it was obtained."""

    file: str
    sha256: str
    size: int
    encoding: str
    obtained: str = ""
    kind: Literal["text", "html"] = "text"


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """An edit as it may be shown. `at` is where it stands in `Shown.text` (-1: nowhere).

    In a restricted text mode `old` holds first words only and `cut` is true.
    `line` counts lines of the raw text from 1.
    """

    id: str
    kind: EditKind
    layer: str
    cls: str
    rule: str
    why: str
    cert: Cert
    status: Status
    by: str
    old: str
    new: str
    line: int
    raw_start: int
    raw_end: int
    at: int = -1
    end: int = -1
    cut: bool = False
    part: str = "body"


@dataclass(frozen=True, slots=True)
class Noted:
    """An annotation that is shown: its stable id within the article, and on the site."""

    id: str  # n…: the anchor on the article page
    page: str  # the id of its own page (/q/…/, /f/…/), "" if it has none
    item: Quote | Figure
    sentence: str  # the sentence(s) around it, as shown
    raw_start: int = 0
    raw_end: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be published of one text.

    Offsets of blocks and annotations index `text` (of a part: the headline or standfirst). `gaps` are block
    indices after which the text mode left something out. `raw` is the scraped text where the mode is full.
    """

    mode: Mode
    text: str
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    published: str = ""
    raw: str = ""
    raw_length: int = 0
    sha256: str = ""  # of the witness's bytes
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Noted, ...] = ()
    figures: tuple[Noted, ...] = ()
    indirect: tuple[Indirect, ...] = ()
    mentions: tuple[Mention, ...] = ()
    edits: tuple[ShownEdit, ...] = ()
    gaps: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    diagnosis: tuple[tuple[str, Sign], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()  # of an HTML page by the extraction: kinds and counts


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the digest: the editor's facts, its witnesses, what may be shown."""

    id: str
    title: str
    title_basis: TitleBasis
    shown: Shown
    witnesses: tuple[Witness, ...] = ()
    outlet: Fact = Fact()
    author: Fact = Fact()
    address: Fact = Fact()
    date: Fact = Fact()
    added: datetime | None = None
    language: str = "en"
    copy: Fact = Fact()  # what kind of copy the editor says it is
    note: str = ""  # the editor's note, Markdown
    withdrawn: str = ""  # the reason; "" while it stands
    doubts: tuple[str, ...] = ()
    has_content: bool = True  # the editor wrote a file for it
    held_back: tuple[str, ...] = ()  # addresses of pages that the text mode or a withdrawal leaves out
    recorded: int = -1  # its place among the articles of the register; -1: not in it
    facts: Facts | None = None  # what linking asks of the text; None: made from `shown` when asked


@dataclass(frozen=True, slots=True)
class Role:
    """What a text calls somebody, in its own words."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or product with a page; `by` says who vouches for it."""

    id: str
    kind: MentionKind
    name: str
    aliases: tuple[str, ...] = ()
    about: str = ""  # Markdown
    by: Literal["editor", "machine"] = "machine"
    roles: tuple[Role, ...] = ()  # as each text gives it; the machine's finds included


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published texts; `home` only when the editor gives it."""

    id: str
    name: str
    home: str = ""
    about: str = ""
    residue: tuple[str, ...] = ()
    text_mode: Mode | None = None
    aliases: tuple[str, ...] = ()  # other names that its pages give it


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, with the editor's summary (Markdown)."""

    id: str
    title: str
    summary: str
    articles: tuple[str, ...]
    added: datetime | None = None
    updated: datetime | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text has at a disputed place."""

    article: str
    words: str
    exact: str = ""  # the sentence in the text that carries it
    start: int = -1  # of `words` in the article's `Shown.text`; -1 if it does not stand there
    end: int = -1
    quote: str = ""  # page id of the quote the reading is about, if it is about one


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where the texts differ, as a question with readings; never a verdict.

    One by the machine is a proposal: `slot` says what is filled differently,
    `about` whose (an entity id, or an utterance's or figure group's id).
    `lineages` counts the lineages among its readings.
    """

    id: str
    question: str
    kind: Literal["disagreement", "damage", "slip"]
    readings: tuple[Reading, ...]
    note: str = ""
    by: Literal["editor", "machine"] = "editor"
    slot: Slot | None = None
    about: str = ""
    lineages: int = 0
    cert: Cert = "high"
    also: tuple[str, ...] = ()  # ids it would have if other texts had come first


@dataclass(frozen=True, slots=True)
class Lineage:
    """Texts that go back to one original; `held` says whether a member is that original.

    One by the machine is a proposal, made of `Site.lineage_edges`.
    """

    id: str
    title: str
    held: bool
    members: tuple[tuple[str, str, str], ...]  # article id, kind of copy, evidence
    note: str = ""
    by: Literal["editor", "machine"] = "editor"
    cert: Cert = "high"


@dataclass(frozen=True, slots=True)
class Term:
    """A term that texts use, explained by the editor. `meaning` is Markdown, `see` holds ids."""

    id: str
    term: str
    forms: tuple[str, ...]  # spellings, as the texts have them
    meaning: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure that goes into a comparison; `value` is a plain number in whole `unit`s."""

    name: str
    article: str
    words: str  # as scraped
    value: str
    unit: str
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What figures make of each other: `sum` is arithmetic over their names, `result` a plain number."""

    id: str
    statement: str  # Markdown
    figures: tuple[Compared, ...]
    sum: str
    result: str
    like_for_like: bool
    unit: str = ""
    note: str = ""  # Markdown
    exact: bool = True  # the result is not rounded


@dataclass(frozen=True, slots=True)
class Register:
    """`content/register.yaml`: old addresses and where they lead, what was published, articles first recorded first."""

    moved: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)  # address -> the words that stand there
    order: Mapping[str, int] = field(default_factory=dict)  # article -> its place


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated change of something published."""

    date: datetime
    page: str
    before: str
    after: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page of the editor's own (about): Markdown."""

    id: str
    title: str
    body: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """A quote on the site: its page, where it stands, whose it is."""

    id: str
    article: str
    noted: Noted
    person: str = ""  # entity id, "" when not resolved to one with a page


@dataclass(frozen=True, slots=True)
class FigureItem:
    """A figure on the site."""

    id: str
    article: str
    noted: Noted
    claimant: str = ""  # entity id


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity in an article: how often it is named, and where first (offsets into the text)."""

    entity: str
    article: str
    count: int
    spans: tuple[tuple[str, int, int], ...]  # part, start, end


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, linked. Articles and quotes stand newest first; everything else by name or id."""

    settings: Settings
    articles: tuple[Article, ...] = ()
    stories: tuple[Story, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    entities: tuple[Entity, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    quotes: tuple[QuoteItem, ...] = ()
    figures: tuple[FigureItem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    lineages: tuple[Lineage, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pages: tuple[ContentPage, ...] = ()
    glossary: tuple[Term, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)  # old address -> new one
    also: Mapping[str, str] = field(default_factory=dict)  # address with fewer articles -> address now
    utterances: tuple[Utterance, ...] = ()  # the same sentence in two or more wordings or places
    statements: tuple[Statement, ...] = ()  # what was said on one occasion
    lineage_edges: tuple[LineageEdge, ...] = ()  # evidence for each pair of a lineage
    lineage_of: Mapping[str, str] = field(default_factory=dict)  # article -> its lineage, or its own id
    figure_groups: tuple[FigureGroup, ...] = ()
    derived: tuple[Derived, ...] = ()  # ratios and differences, worked out by the program
    related: tuple[Related, ...] = ()  # by article, nearest first
    timeline: tuple[Dated, ...] = ()  # oldest first
    review: tuple[Review, ...] = ()  # names that a person should decide
