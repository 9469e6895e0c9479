"""The feeds that a site has, and the page that lists them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from digest import dates
from digest.model import MentionKind
from digest.views.known import Known, address_of

KINDS: tuple[MentionKind, ...] = ("person", "organisation", "product")


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed: whose it is ("" for that of everything and of corrections), its folder, the page it goes with."""

    name: str
    kind: str
    folder: str
    page: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """The feeds of one kind; of all texts and of corrections together, as the kind `all`."""

    kind: str
    feeds: tuple[FeedLine, ...]


@dataclass(frozen=True, slots=True)
class FeedsView:
    groups: tuple[FeedGroup, ...]


def feeds(known: Known) -> tuple[FeedLine, ...]:
    """Every feed that the site has, by kind; the render stage makes exactly these."""
    out = [FeedLine("", "all", "", ""), FeedLine("", "corrections", "log/", "log/")]
    dated = {a.id for a in known.standing if a.added or dates.exact(a.date.value)}
    for s in known.site.stories:
        if dated & set(s.articles):
            out.append(FeedLine(s.title, "story", f"s/{s.id}/", f"s/{s.id}/"))
    for kind in KINDS:
        for e in known.site.entities:
            if e.kind == kind and dated & {s.article for s in known.seen_in.get(e.id, ())}:
                out.append(FeedLine(e.name, kind, address_of(e), address_of(e)))
    for o in known.site.outlets:
        if dated & {a.id for a in known.articles_of(o)}:
            out.append(FeedLine(o.name, "outlet", f"src/{o.id}/", f"src/{o.id}/"))
    return tuple(out)


def feeds_view(known: Known) -> FeedsView:
    """The feeds as their page lists them, by kind."""
    grouped = groupby(feeds(known), key=lambda f: "all" if f.kind == "corrections" else f.kind)
    return FeedsView(tuple(FeedGroup(kind, tuple(lines)) for kind, lines in grouped))
