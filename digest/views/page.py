"""What every page record is made of. Addresses are relative to the site's root ("a/8473/")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from digest.site import Basis


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; plain words when `href` is ""."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: where it goes, its template, all that the template may show.

    `updated` is the day for the sitemap ("" when the data give none). A page
    that is not `listed` tells crawlers so and stays out of the sitemap.
    `feed` is the folder of the page's own feeds. `crumbs` lead here.
    """

    path: str
    template: str
    view: Any
    updated: str = ""
    listed: bool = True
    feed: str = ""
    crumbs: tuple[Link, ...] = ()
    changed: tuple[CorrectionCard, ...] = ()  # corrections of the page, where its own view does not show them

    @property
    def address(self) -> str:
        """The page's address relative to the site's root."""
        return self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact about an article in words; `unknown` ones have an empty value.

    Their `href`, if any, leads to a removed line that may tell it.
    """

    value: str
    basis: Basis
    reason: str = ""
    href: str = ""
    data: str = ""  # the value as a machine reads it (a date)


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as lists show it."""

    id: str
    title: str
    href: str
    outlet: FactCard
    author: FactCard
    date: FactCard
    copy: FactCard
    mode: str
    removed: int = 0
    mended: int = 0
    open: int = 0
    quotes: int = 0
    figures: int = 0
    words: int = 0
    withdrawn: str = ""
    added: datetime | None = None
    ours: bool = False  # the headline is the editor's, not the text's
    scraped: Link = Link("")  # then the text's own, and where it was removed


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote as lists and its own page show it; `sentence` only for the page."""

    id: str
    words: str
    href: str
    anchor: str
    kind: str
    speaker: Link
    resolved: bool
    article: Link
    outlet: FactCard
    date: FactCard
    cue: str
    venue: str
    frame: str
    verbatim: bool
    cert: str
    sentence: tuple[str, str, str]
    key: str = ""  # article and raw offsets, for the check of its words
    wordings: int = 1
    texts: int = 1
    lineages: int = 1
    by: str = "machine"
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A figure as tables and its own page show it. `low`, `high`: exact decimals or ""."""

    id: str
    text: str
    href: str
    anchor: str
    low: str
    high: str
    unit: str
    per: str
    change: str
    approx: bool
    bound: str
    subject: str
    claimant: Link
    status: str
    when: str
    damaged: bool
    cert: str
    article: Link
    outlet: FactCard
    date: FactCard
    sentence: tuple[str, str, str]
    by: str = "machine"
    note: str = ""
    scraped: str = ""  # a damaged one's words as scraped, where the text mode shows them


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """Another text worth reading, and why."""

    card: ArticleCard
    reasons: tuple[tuple[str, int], ...]  # what they share, how many


@dataclass(frozen=True, slots=True)
class EntityLine:
    """A person, organisation or product in a list."""

    name: str
    href: str
    kind: str
    texts: int = 0
    quotes: int = 0
    occasions: int = 0  # on which they were said: copies of one post are one


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A correction as the log shows it."""

    date: datetime
    page: Link
    before: str
    after: str
    reason: str
    who: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one page of a long list stands among the others."""

    number: int
    total: int
    before: str = ""
    after: str = ""
