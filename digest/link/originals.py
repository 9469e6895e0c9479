"""Lineages of a site: the machine's edges with their evidence, the editor's word over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from math import inf

from digest import dates
from digest.across import CopyKind, LineageEdge, Match
from digest.lines import Line, number_of
from digest.link.lineages import Kinship, Likes, Lines, Worth, kinship, sketch, together
from digest.link.units import Text
from digest.link.words import Weights
from digest.site import Lineage
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
REWORDED = ("spun", "back-translated", "paraphrase")  # the editor's word for a copy
DRAWN = 64  # sketches held while texts are compared: 100 kB each


@dataclass(frozen=True, slots=True)
class Origins:
    """Lineages with what speaks for them, and each article's lineage."""

    lineages: tuple[Lineage, ...] = ()
    edges: tuple[LineageEdge, ...] = ()
    lineage_of: Mapping[str, str] = field(default_factory=dict)


class Originals:
    """The texts that share an original: compared by twos, as they come and go.

    `tried` counts the pairs that were compared.
    """

    def __init__(self, weights: Weights, editors: Sequence[Lineage]) -> None:
        self.weights, self.editors = weights, editors
        self.lines, self.likes = Lines(), Likes(weights)
        self.tried = 0
        self.found = Origins(tuple(editors))
        self._kin: dict[tuple[str, str], tuple[int, LineageEdge | None]] = {}

    def update(
        self, texts: Mapping[str, Text], gone: Sequence[Text], come: Sequence[Text], moved: frozenset[str]
    ) -> set[str]:
        """Take texts out and in; gives those whose lineage is another.

        `texts` are all that stand now, `moved` stems have another weight.
        """
        stale = {t.id for t in (*gone, *come)} | self.lines.update(gone, come)
        numbers = frozenset(map(number_of, moved))
        self.likes.update(texts, gone, come, numbers)
        same = self.lines.verbatim()
        pairs = sorted({*self.likes.pairs(), *same})
        if moved:
            stale |= {a for a in set(chain.from_iterable(pairs)) if texts[a].facts.lines.holds(numbers)}
        self._kin = dict(self._compared(texts, pairs, same, stale))
        before = self.found.lineage_of
        self.found = self._origins(texts)
        now = self.found.lineage_of
        return {a for a in before.keys() | now.keys() if before.get(a) != now.get(a)}

    def _compared(
        self,
        texts: Mapping[str, Text],
        pairs: Iterable[tuple[str, str]],
        same: Mapping[tuple[str, str], int],
        stale: set[str],
    ) -> Iterator[tuple[tuple[str, str], tuple[int, LineageEdge | None]]]:
        worth = Worth(self.weights)
        drawn = lru_cache(maxsize=DRAWN)(lambda a: sketch(texts[a], self.lines, worth))
        for pair in pairs:
            x, y = pair
            verbatim = same.get(pair, 0)
            held = self._kin.get(pair)
            if held is None or held[0] != verbatim or x in stale or y in stale:
                self.tried += 1
                least = ORDER if verbatim < VERBATIM_LINES else -inf
                found = kinship(drawn(x), drawn(y), worth, verbatim, least)
                shorter = min(len(texts[a].facts.lines) for a in pair)
                cert = _cert(found, shorter)
                near = cert and _near(texts[x], texts[y])
                held = (
                    verbatim,
                    _edge(texts[x], texts[y], found, cert, self.weights) if cert and near else None,
                )
            yield pair, held

    def _origins(self, texts: Mapping[str, Text]) -> Origins:
        """All lineages: the editor's, and the machine's where the editor is silent."""
        said = {m[0]: k.id for k in self.editors for m in k.members if m[0] in texts}
        edges = tuple(_judged(e, said) for _, e in self._kin.values() if e)
        standing = [e for e in edges if e.status != "overruled"]
        of: dict[str, list[LineageEdge]] = {}
        for e in standing:
            of.setdefault(e.a, []).append(e)
            of.setdefault(e.b, []).append(e)
        made = []
        lineage_of = {a: said.get(a, a) for a in sorted(texts)}
        for group in together((e.a, e.b) for e in standing):
            known = sorted({said[a] for a in group if a in said})
            if not known:
                made.append(_lineage(sorted((texts[a] for a in group), key=lambda t: t.place), of))
            name = known[0] if known else made[-1].id
            lineage_of.update((a, name) for a in group if a not in said)
        return Origins((*self.editors, *made), edges, lineage_of)


def _judged(e: LineageEdge, said: Mapping[str, str]) -> LineageEdge:
    """The edge with the editor's word on it."""
    if e.a not in said or e.b not in said:
        return e
    return replace(e, status="confirmed" if said[e.a] == said[e.b] else "overruled")


def _lineage(ordered: Sequence[Text], of: Mapping[str, Sequence[LineageEdge]]) -> Lineage:
    """A lineage that the machine proposes; `of` are each text's edges."""
    members = []
    for a in (t.id for t in ordered):
        own = of[a]
        unsure: CopyKind = "undecided" if any(e.kind == "undecided" for e in own) else "unknown"
        kind = next((e.kind for e in own if e.b == a), unsure)
        members.append((a, kind, "; ".join(own[0].evidence)))
    certs = [e.cert for t in ordered for e in of[t.id]]
    title = f"Texts that seem to share an original with “{ordered[0].title}”"
    return Lineage(f"shared-{ordered[0].id}", title, False, tuple(members), "", "machine", _least(certs))


def _least(certs: Sequence[Cert]) -> Cert:
    return min(certs, key=("low", "medium", "high").index, default="low")


def _cert(k: Kinship, lines: int) -> Cert | None:
    """How sure it is that two texts share an original; None: they need not."""
    if k.verbatim >= VERBATIM_LINES and k.verbatim >= VERBATIM_SHARE * lines:
        return "high"
    if k.order < ORDER or k.run < RUN:
        return None
    return "high" if k.run >= SURE_RUN else "medium"


def _near(a: Text, b: Text) -> bool:
    """Whether the dates allow one original; unknown ones do."""
    x, y = dates.exact(a.date), dates.exact(b.date)
    return x is None or y is None or abs((x - y).days) <= APART


def _edge(x: Text, y: Text, k: Kinship, cert: Cert, weights: Weights) -> LineageEdge:
    a, b, told = _directed(x, y)
    matches = tuple(_matches(a, b, set(k.words), weights))
    evidence = tuple(_evidence(a, b, k, matches))
    return LineageEdge(a.id, b.id, _kind(b, k, told), evidence, cert, round(k.run, 3), matches)


def _directed(x: Text, y: Text) -> tuple[Text, Text, bool]:
    """Two texts, the one nearer to the original first, and whether that can be told.

    It can by the editor's word, by damage that shows in one of them, and by
    their dates; else neither is accused, and the one with more quotes stands
    first.
    """
    signs = [(t.copy in REWORDED, t.facts.unsound) for t in (x, y)]
    days = [dates.exact(t.date) for t in (x, y)]
    for one, other in zip(*signs, strict=True):
        if one != other:
            return (y, x, True) if one else (x, y, True)
    if days[0] and days[1] and days[0] != days[1]:
        return (x, y, True) if days[0] < days[1] else (y, x, True)
    a, b = sorted((x, y), key=lambda t: (-t.facts.quotes, t.place))
    return a, b, b.facts.unsound


def _kind(b: Text, k: Kinship, told: bool) -> CopyKind:
    """How `b` was made: by the share of sentences word for word, then by its signs of damage; undecided without."""
    if k.verbatim >= 0.2 * len(b.facts.lines):  # a rewriter leaves hardly a sentence whole
        return "copy"
    return b.facts.copied if told else "undecided"


def _evidence(a: Text, b: Text, k: Kinship, matches: Sequence[Match]) -> Iterator[str]:
    x, y = dates.exact(a.date), dates.exact(b.date)
    if x and y and x < y:
        days = (y - x).days
        yield f"the first is dated {days} day{'s' * (days > 1)} earlier"
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


def _names(a: Text, b: Text) -> list[str]:
    """Names of both texts whose first mentions stand in the same order: the longest such row."""
    first: list[dict[str, tuple[int, str]]] = []
    for text in (a, b):
        own: dict[str, tuple[int, str]] = {}
        for n in sorted(text.facts.names, key=lambda n: (n.first, n.key)):
            if n.first >= 0:
                own.setdefault(n.key, (n.first, n.text))
        first.append(own)
    both = sorted((e for e in first[0] if e in first[1]), key=lambda e: first[0][e])
    tails: list[tuple[tuple[int, str], list[str]]] = []
    for e in both:
        place = first[1][e]
        k = sum(t[0] < place for t in tails)
        row = [*(tails[k - 1][1] if k else []), first[0][e][1]]
        tails[k : k + 1] = [(place, row)]
    return tails[-1][1] if tails else []


def _matches(a: Text, b: Text, shared: set[str], weights: Weights) -> Iterator[Match]:
    """Sentences that share telling words of the run, in order; where each stands if it is shown."""
    at: dict[str, int] = {}
    for j, line in enumerate(b.facts.lines):
        for s in line.stems:
            at.setdefault(s, j)
    seen: set[str] = set()
    weight: dict[tuple[int, int], float] = {}
    for i, line in enumerate(a.facts.lines):
        for s in line.stems:
            if s in shared and s not in seen:
                seen.add(s)
                weight[i, at[s]] = weight.get((i, at[s]), 0.0) + weights.of(s)
    best = sorted((p for p in weight if weight[p] >= MATCHED), key=lambda p: (-weight[p], p))[:MATCHES]
    last = -1
    for i, j in sorted(best):
        if j >= last:
            last = j
            left, right = _place(a, a.facts.lines[i]), _place(b, b.facts.lines[j])
            yield Match(a.id, b.id, *left, *right, round(weight[i, j], 1))


def _place(text: Text, line: Line) -> tuple[int, int]:
    return (line.start, line.end) if text.facts.full else (-1, -1)
