"""What links pages: related articles with the reason, and a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import log

from digest.across import Dated, FigureGroup, Reason, Related, Utterance
from digest.model import Figure
from digest.site import Article, FigureItem, Story

MOST = 5  # related articles shown
CROWD = 24  # articles that share something; beyond that it makes nobody related
WORTH = {"lineage": 8.0, "utterance": 4.0, "figure": 3.0, "story": 3.0, "entity": 1.0}
LEAST = 2.0  # nats: two names that one text in twenty has
Key = tuple[str, str]
KINDS = ("lineage", "story", "utterance", "figure", "entity")


class Relations:
    """For each article the nearest others, with what they share; made anew where that changed.

    `tried` counts the articles whose nearest were looked for.
    """

    def __init__(self) -> None:
        self.tried = 0
        self._held: dict[Key, tuple[str, ...]] = {}
        self._names: Mapping[str, str] = {}
        self._found: dict[str, tuple[Related, ...]] = {}
        self._size = 0

    def update(
        self, standing: Iterable[str], held: dict[Key, tuple[str, ...]], names: Mapping[str, str]
    ) -> tuple[Related, ...]:
        """By article, nearest first. `held` gives the articles that share each thing, sorted."""
        articles = sorted(standing)
        size = max(2, len(articles))
        stale = self._stale(held, names) if size == self._size else set(articles)
        self._held, self._names, self._size = held, names, size
        shared: dict[str, list[Key]] = {}
        for key in sorted(k for k, a in held.items() if _joins(k, a) and not stale.isdisjoint(a)):
            for a in held[key]:
                if a in stale:
                    shared.setdefault(a, []).append(key)
        why: dict[Key, tuple[Reason, ...]] = {}  # of pairs: both sides have one
        for a in sorted(stale):
            self.tried += 1
            near = _nearest(a, shared.get(a, ()), held, size)
            self._found[a] = tuple(_related(a, near, shared.get(a, ()), held, names, why))
        self._found = {a: self._found.get(a, ()) for a in articles}
        return tuple(chain.from_iterable(self._found.values()))

    def _stale(self, held: Mapping[Key, tuple[str, ...]], names: Mapping[str, str]) -> set[str]:
        """The articles that share something else than before, or what is called otherwise now."""
        out: set[str] = set()
        for key in held.keys() | self._held.keys():
            before, now = self._held.get(key, ()), held.get(key, ())
            if before != now or (key[0] == "entity" and names.get(key[1]) != self._names.get(key[1])):
                out.update(before if _joins(key, before) else (), now if _joins(key, now) else ())
        return out


def shared_by(
    utterances: Iterable[Utterance],
    groups: Iterable[FigureGroup],
    owner: Mapping[str, str],
    entities: Mapping[str, Sequence[str]],
    stories: Iterable[Story],
    lineage_of: Mapping[str, str],
) -> dict[Key, tuple[str, ...]]:
    """The articles that share each thing, sorted: `owner` has each figure's, `entities` those that name one."""
    held: dict[Key, tuple[str, ...]] = {("entity", e): tuple(a) for e, a in entities.items()}
    for u in utterances:
        held["utterance", u.id] = tuple(sorted({m.article for m in u.members if m.quote}))
    for g in groups:  # a figure may begin two groups: of those that are the same, and of those that should be
        before = held.get(("figure", g.id), ())
        held["figure", g.id] = tuple(sorted({*before, *(owner[f] for f in g.figures)}))
    for s in stories:
        held["story", s.id] = tuple(sorted(set(s.articles)))
    lineages: dict[str, list[str]] = {}
    for a, lineage in sorted(lineage_of.items()):
        lineages.setdefault(lineage, []).append(a)
    held.update((("lineage", k), tuple(a)) for k, a in lineages.items())
    return held


def _joins(key: Key, articles: Sequence[str]) -> bool:
    return len(articles) > 1 and (key[0] != "entity" or len(articles) <= CROWD)


def _nearest(
    a: str, shared: Sequence[Key], held: Mapping[Key, Sequence[str]], size: int
) -> Sequence[tuple[float, str]]:
    """The articles nearest to one, each after its score below zero."""
    scores: dict[str, float] = {}
    for key in shared:
        worth = WORTH[key[0]] * log((size + 1) / len(held[key]) + 1)
        for b in held[key][: 2 * CROWD]:
            scores[b] = scores.get(b, 0.0) + worth
    scores.pop(a, None)
    return sorted(((-s, b) for b, s in scores.items() if s >= LEAST))[:MOST]


def _related(
    a: str,
    near: Iterable[tuple[float, str]],
    shared: Iterable[Key],
    held: Mapping[Key, Sequence[str]],
    names: Mapping[str, str],
    why: dict[Key, tuple[Reason, ...]],
) -> Iterator[Related]:
    for score, b in near:
        found = why.pop((b, a), None)
        if found is None:
            found = why[a, b] = tuple(_reasons([k for k in shared if b in held[k]], names))
        yield Related(a, b, round(-score, 2), found)


def _reasons(keys: Sequence[Key], names: Mapping[str, str]) -> Iterator[Reason]:
    by: dict[str, list[str]] = {}
    for kind, name in keys:
        by.setdefault(kind, []).append(name)
    for kind in KINDS:
        ids = by.get(kind, [])
        if ids:
            yield Reason(kind, _phrase(kind, ids, names), tuple(ids))  # type: ignore[arg-type]


def _phrase(kind: str, ids: Sequence[str], names: Mapping[str, str]) -> str:
    n = len(ids)
    if kind == "entity":
        shown = ", ".join(sorted(names.get(i, i) for i in ids)[:3])
        return f"{shown} and {n - 3} more names" if n > 3 else shown
    return {
        "lineage": "seem to share an original",
        "story": "the same story" if n == 1 else f"{n} stories in common",
        "utterance": "the same sentence quoted" if n == 1 else f"{n} sentences that both quote",
        "figure": "the same figure" if n == 1 else f"{n} figures that both have",
    }[kind]


def timeline(articles: Sequence[Article], figures: Sequence[FigureItem]) -> tuple[Dated, ...]:
    """Articles and figures with a date of their own, oldest first."""
    out = [Dated(a.date.value, "article", a.id, a.id, a.title) for a in articles if a.date.value]
    for f in figures:
        item = f.noted.item
        if isinstance(item, Figure) and item.when and item.when[:1].isdigit():
            out.append(Dated(item.when, "figure", f.id, f.article, f.noted.sentence))
    return tuple(sorted(out, key=lambda d: (d.when, d.kind, d.id)))
