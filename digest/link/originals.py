"""Lineages of a site: the machine's edges with their evidence, the editor's word over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest import dates
from digest.across import CopyKind, Facts, Line, LineageEdge, Match
from digest.link.lineages import Kinship, Texts, kinship, together
from digest.link.units import ranks
from digest.link.words import Weights
from digest.site import Article, Lineage
from digest.text import Cert

# Measured on 923 US news articles and the seeds (benchmarks/linking.py).
ORDER = 6.0  # deviations; independent reports of one event reach 5
RUN = 0.08  # of both texts' weight; they reach .06
SURE_RUN = 0.3  # every known copy among the 923 is above, no other pair
VERBATIM_LINES = 3
VERBATIM_SHARE = 0.15  # of the shorter text: notices and one shared paragraph stay below
APART = 31  # days between two dated copies of one original
NAMES = 10  # shown as evidence
MATCHED = 6.0  # nats that two sentences must share to be shown side by side
MATCHES = 12


@dataclass(frozen=True, slots=True)
class Originals:
    """Lineages with what speaks for them, and each article's lineage."""

    lineages: tuple[Lineage, ...]
    edges: tuple[LineageEdge, ...]
    lineage_of: Mapping[str, str]


def originals(
    articles: Sequence[Article], facts: Mapping[str, Facts], weights: Weights, editors: Sequence[Lineage]
) -> Originals:
    """All lineages: the editor's, and the machine's where the editor is silent."""
    by_id = {a.id: a for a in articles}
    said = {m[0]: k.id for k in editors for m in k.members if m[0] in by_id}
    edges = tuple(_judged(e, said) for e in _edges(by_id, facts, weights))
    standing = [(e.a, e.b) for e in edges if e.status != "overruled"]
    made = []
    lineage_of = {a: said.get(a, a) for a in sorted(by_id)}
    rank = ranks(articles)
    for group in together(standing):
        known = sorted({said[a] for a in group if a in said})
        ordered = sorted(group, key=lambda a: rank[a])
        if not known:
            made.append(_lineage(ordered, by_id, edges))
        name = known[0] if known else made[-1].id
        lineage_of.update((a, name) for a in group if a not in said)
    return Originals((*editors, *made), edges, lineage_of)


def _judged(e: LineageEdge, said: Mapping[str, str]) -> LineageEdge:
    """The edge with the editor's word on it."""
    if e.a not in said or e.b not in said:
        return e
    return replace(e, status="confirmed" if said[e.a] == said[e.b] else "overruled")


def _lineage(ordered: Sequence[str], by_id: Mapping[str, Article], edges: Sequence[LineageEdge]) -> Lineage:
    """A lineage that the machine proposes."""
    members = []
    for a in ordered:
        own = [e for e in edges if a in (e.a, e.b) and e.status != "overruled"]
        kind = next((e.kind for e in own if e.b == a), "unknown")
        members.append((a, kind, "; ".join(own[0].evidence) if own else ""))
    certs = [e.cert for e in edges if e.a in ordered and e.b in ordered]
    title = f"Texts that seem to share an original with “{by_id[ordered[0]].title}”"
    return Lineage(f"shared-{ordered[0]}", title, False, tuple(members), "", "machine", _least(certs))


def _least(certs: Sequence[Cert]) -> Cert:
    return min(certs, key=("low", "medium", "high").index, default="low")


def _edges(
    by_id: Mapping[str, Article], facts: Mapping[str, Facts], weights: Weights
) -> Iterator[LineageEdge]:
    texts = Texts(facts, weights)
    same = texts.verbatim()
    for x, y in sorted({*texts.candidates(), *same}):
        found = kinship(texts.sketch(x), texts.sketch(y), weights, same[x, y])
        shorter = min(len(facts[x].lines), len(facts[y].lines))
        cert = _cert(found, shorter)
        if cert and _near(by_id[x], by_id[y]):
            yield _edge(by_id[x], by_id[y], facts, found, cert, weights)


def _cert(k: Kinship, lines: int) -> Cert | None:
    """How sure it is that two texts share an original; None: they need not."""
    if k.verbatim >= VERBATIM_LINES and k.verbatim >= VERBATIM_SHARE * lines:
        return "high"
    if k.order < ORDER or k.run < RUN:
        return None
    return "high" if k.run >= SURE_RUN else "medium"


def _near(a: Article, b: Article) -> bool:
    """Whether the dates allow one original; unknown ones do."""
    x, y = dates.exact(a.date.value), dates.exact(b.date.value)
    return x is None or y is None or abs((x - y).days) <= APART


def _edge(
    x: Article, y: Article, facts: Mapping[str, Facts], k: Kinship, cert: Cert, weights: Weights
) -> LineageEdge:
    rank = ranks((x, y))
    a, b = sorted((x, y), key=lambda t: (-len(t.shown.quotes), rank[t.id]))
    shared = set(k.words)
    matches = tuple(_matches(a, b, facts, shared, weights))
    return LineageEdge(
        a.id,
        b.id,
        _kind(b, facts[b.id], k),
        tuple(_evidence(a, b, k, matches)),
        cert,
        round(k.run, 3),
        matches,
    )


def _kind(b: Article, facts: Facts, k: Kinship) -> CopyKind:
    """How `b` was made: by the share of sentences word for word, then by its signs of damage."""
    if k.verbatim >= 0.2 * len(facts.lines):  # a rewriter leaves hardly a sentence whole
        return "copy"
    signs = {name: s for name, s in b.shown.diagnosis if s.open}
    worst = max(signs, key=lambda n: (signs[n].score, n), default="")
    named: dict[str, CopyKind] = {"spun": "spun", "back_translated": "back-translated"}
    return named.get(worst, "paraphrase")


def _evidence(a: Article, b: Article, k: Kinship, matches: Sequence[Match]) -> Iterator[str]:
    if k.verbatim:
        yield f"{k.verbatim} sentence{'s are' if k.verbatim > 1 else ' is'} word for word the same"
    yield f"{len(k.words)} of {k.shared} telling words that both use stand in the same order"
    names = _names(a, b)
    if len(names) > 2:
        yield (
            f"{len(names)} names first stand in the same order: "
            + ", ".join(names[:NAMES])
            + (", …" if len(names) > NAMES else "")
        )
    if matches:
        yield f"{len(matches)} sentences answer to each other, in order"


def _names(a: Article, b: Article) -> list[str]:
    """Names of both texts whose first mentions stand in the same order: the longest such row."""
    first: list[dict[str, tuple[int, str]]] = []
    for article in (a, b):
        own: dict[str, tuple[int, str]] = {}
        for m in article.shown.mentions:
            if m.part == "body" and m.entity:
                own.setdefault(m.entity, (m.start, " ".join(m.text.split())))
        first.append(own)
    both = sorted((e for e in first[0] if e in first[1]), key=lambda e: first[0][e])
    tails: list[tuple[tuple[int, str], list[str]]] = []
    for e in both:
        place = first[1][e]
        k = sum(t[0] < place for t in tails)
        row = [*(tails[k - 1][1] if k else []), first[0][e][1]]
        tails[k : k + 1] = [(place, row)]
    return tails[-1][1] if tails else []


def _matches(
    a: Article, b: Article, facts: Mapping[str, Facts], shared: set[str], weights: Weights
) -> Iterator[Match]:
    """Sentences that share telling words of the run, in order; where each stands if it is shown."""
    at: dict[str, int] = {}
    for j, line in enumerate(facts[b.id].lines):
        for s in line.stems:
            at.setdefault(s, j)
    seen: set[str] = set()
    weight: dict[tuple[int, int], float] = {}
    for i, line in enumerate(facts[a.id].lines):
        for s in line.stems:
            if s in shared and s not in seen:
                seen.add(s)
                weight[i, at[s]] = weight.get((i, at[s]), 0.0) + weights.of(s)
    best = sorted((p for p in weight if weight[p] >= MATCHED), key=lambda p: (-weight[p], p))[:MATCHES]
    last = -1
    for i, j in sorted(best):
        if j >= last:
            last = j
            left, right = facts[a.id].lines[i], facts[b.id].lines[j]
            yield Match(a.id, b.id, *_place(a, left), *_place(b, right), round(weight[i, j], 1))


def _place(article: Article, line: Line) -> tuple[int, int]:
    return (line.start, line.end) if article.shown.mode == "full" else (-1, -1)
