"""Sentences of quotes with what the site knows of them: whose, and in which article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.across import Facts, Spoken
from digest.link.speakers import Name, name_of
from digest.site import Article, QuoteItem


class Unit(NamedTuple):
    """One sentence of one quote. `order` is the article's rank by date of addition."""

    order: int
    article: str
    spoken: Spoken
    person: str
    name: Name | None

    @property
    def key(self) -> tuple[int, str, str, int, str]:
        """First-added article first, then as in the text."""
        s = self.spoken
        return (self.order, self.article, s.part, s.start, s.id)


def ranks(articles: Sequence[Article]) -> dict[str, int]:
    """The rank of each article: the first added first, those without a date last, then by id."""
    ranked = sorted(articles, key=lambda a: (a.added is None, a.added.timestamp() if a.added else 0.0, a.id))
    return {a.id: i for i, a in enumerate(ranked)}


def units(
    articles: Sequence[Article],
    facts: Mapping[str, Facts],
    quotes: Iterable[QuoteItem],
    known: Mapping[str, str],
) -> list[Unit]:
    """All sentences of quotes, first-added article first, in the order of each text.

    `known` gives the name of an entity: a quote whose speaker has a page goes by it.
    """
    person = {q.id: q.person for q in quotes if q.person}
    rank = ranks(articles)
    out = []
    for article in sorted(rank, key=lambda a: rank[a]):
        for s in facts[article].spoken:
            who = person.get(s.quote, "")
            out.append(Unit(rank[article], article, s, who, name_of(known.get(who) or s.speaker)))
    return out
