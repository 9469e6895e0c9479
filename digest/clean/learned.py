"""How surely a line is residue, by a table of weights that a script learned.

The table (`rules/en/residue-weights.yaml`, written by
`benchmarks/train_lines.py`) is two logistic regressions: one over what each
line shows, one over how those scores lie around it. The weights add up, so
every decision can be told by its strongest terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from digest.clean.context import BINS, NAMES, SHAPES, weighed
from digest.clean.features import AROUND, GROUPS, OWN, Sight, columns
from digest.clean.lexicon import lexicon
from digest.clean.reasons import Tellings, Term, strong, tellings
from digest.rules import Rules

FILE = "residue-weights"
RULE = OWN.index("rule")
WEIGHT = itemgetter(0)
WORDS = "word-short word-long first-short last-short first-long".split()


@dataclass(frozen=True, slots=True)
class Table:
    """Weights by group and value, by word, and of the second look; sums are logits."""

    bias: float
    groups: tuple[Weights, ...]
    rows: Mapping[str, Rows]  # of AROUND: the same weights, by value and then by shape
    short: Words
    long: Words
    first_short: Mapping[str, float]
    last_short: Mapping[str, float]
    first_long: Mapping[str, float]
    second_bias: float
    second: Mapping[str, float]  # by NAMES
    bins: tuple[tuple[tuple[float, float], ...], ...]  # of the page: weight and slope on the score
    shapes: tuple[tuple[float, float], ...]  # the same by the line's shape
    tellings: Tellings
    joint: Mapping[str, float]
    joint_most: Mapping[str, float]  # the highest weight of all signs that begin so and end so
    joint_sums: dict[tuple[Any, ...], float] = field(default_factory=dict)  # of looks, as they were met
    hopes: dict[tuple[str, int, int], tuple[float, ...]] = field(default_factory=dict)

    def joint_hopes(self, kind: str, follow: int, ahead: int) -> tuple[float, ...]:
        """The most that the looks at a joint may still add after each step of `glue._likely`."""
        key = kind, follow, ahead
        if key not in self.hopes:
            kinds = f"alone:{kind}", f"right:*:{follow}", f"left:*:{ahead}", "rule", "ask"
            most = [self.joint_most.get(k, 0.0) for k in kinds]
            self.hopes[key] = sum(most), sum(most[1:]), sum(most[2:]), 0.0
        return self.hopes[key]


class Words(dict[str, float]):
    """Logits by word."""

    def __init__(self, pairs: Mapping[str, float]) -> None:
        super().__init__(pairs)
        self.among = frozenset(pairs).intersection  # a third of the time of `keys() &`


class Weights(dict[int, float]):
    """Logits by the value of a group; a value that has none weighs nothing."""

    def __init__(self, pairs: Mapping[int, float]) -> None:
        # filled up, since looking for a key that is missing takes four times as long
        super().__init__(dict.fromkeys(range(max(pairs, default=0) + 1), 0.0) | dict(pairs))

    def __missing__(self, value: int) -> float:
        return 0.0


class Rows(dict[int, tuple[float, ...]]):
    """Logits by value and shape; a value that has none weighs nothing."""

    def __init__(self, weights: Weights) -> None:
        values = range(max(weights) // SHAPES + 1)
        super().__init__({v: tuple([weights[v * SHAPES + s] for s in range(SHAPES)]) for v in values})

    def __missing__(self, value: int) -> tuple[float, ...]:
        return (0.0,) * SHAPES


def table(rules: Rules) -> Table | None:
    """The weights among `rules`; None for a language that has none. Meant for `rules.once`."""
    lists = rules.settings.get(FILE, {}).get("lists")
    if not lists:
        return None
    pairs = {name: dict(_pairs(" ".join(lists.get(name, ())))) for name in (*GROUPS, *WORDS, "second")}
    second = pairs["second"]
    numbers = {
        "0": 0,
        **rules.once(lexicon).numbers,
    }  # a rule is named in the table, so that another may stand before it
    pairs["rule"] = {str(numbers[id]): v for id, v in pairs["rule"].items() if id in numbers}
    groups = tuple(Weights({int(k): v for k, v in pairs[g].items()}) for g in GROUPS)
    bias = float(lists["bias"][0])
    looks = {n: second.get(n, 0.0) for n in NAMES}
    joint = dict(_pairs(" ".join(lists.get("joint", ()))))
    words = (
        Words(pairs["word-short"]),
        Words(pairs["word-long"]),
        pairs["first-short"],
        pairs["last-short"],
        pairs["first-long"],
    )
    rows = {name: Rows(w) for name, w in zip(GROUPS, groups, strict=True) if name in AROUND}
    return Table(
        bias,
        groups,
        rows,
        *words,
        second.get("bias", 0.0),
        looks,
        *_bins(second),
        tellings(GROUPS, groups, words),
        joint,
        _most(joint),
    )


def markup(rules: Rules) -> Mapping[str, float]:
    """The weights of a page's markup among `rules`, by sign. Meant for `rules.once`."""
    return dict(_pairs(" ".join(rules.words(FILE, "markup"))))


Lines = tuple[tuple[float, float], ...]


def _bins(second: Mapping[str, float]) -> tuple[tuple[Lines, ...], Lines]:
    """Weight and slope of each bin of the page, and of each shape of a line."""

    def read(name: str, n: int) -> Lines:
        keys = [f"{name}:{i}" for i in range(n)]
        return tuple((second.get(k, 0.0), second.get(f"{k}*score", 0.0)) for k in keys)

    return tuple(read(k, len(edges) + 1) for k, edges in BINS.items()), read("shape", SHAPES)


def _most(joint: Mapping[str, float]) -> dict[str, float]:
    """The highest weight, at least 0, of the signs of a kind: `alone:lower` and `left:*:4` name such kinds."""
    out: dict[str, float] = {}
    for name, weight in joint.items():
        head, *rest = name.split(":")
        for kind in (head, f"{head}:{rest[0]}", f"{head}:*:{rest[-1]}") if rest else (head,):
            out[kind] = max(weight, out.get(kind, 0.0))
    return out


def _pairs(text: str) -> Iterator[tuple[str, float]]:
    for item in text.split():
        key, _, weight = item.rpartition("=")
        yield key, float(weight)


@dataclass(frozen=True, slots=True)
class Scores:
    """First and final logits by line; above zero is residue."""

    table: Table
    sights: Sequence[Sight]
    columns: Mapping[str, Sequence[int]]  # by AROUND
    terms: Terms
    first: Sequence[float]
    final: Sequence[float]

    def why(self, i: int) -> str:
        """The strongest terms that speak against line `i`, as words."""
        s, near = self.sights[i], self.first[i] - self.final[i]
        told = self.table.tellings
        terms = told.own(s.own) + told.of_words(s) + self.terms.told(i, s.shape)
        terms.append((near, f"the scores around it ({-near:+.1f})"))
        terms.sort(key=WEIGHT)  # floats alone are quicker to sort than pairs
        n = 3
        while n < len(terms) and terms[n][0] == terms[2][0]:
            n += 1
        return "learned table: " + ", ".join([said for _, said in sorted(terms[:n])[:3]])


def scores(sights: Sequence[Sight], t: Table) -> Scores:
    """Logits for each line."""
    around = columns(sights)
    terms = _terms(sights, around, t)
    first = [*map(sum, terms.rows)]
    ruled = sum([s.own[RULE] > 0 for s in sights])
    seen = weighed(first, [s.length for s in sights], [s.shape >= 4 for s in sights], ruled, t.second)
    page = [of[i] for of, i in zip(t.bins, seen.bins, strict=True)]
    bias, slope = t.second_bias + sum([b for b, _ in page]), sum([m for _, m in page])
    lines = [(bias + more, slope + steep) for more, steep in t.shapes]  # by shape
    final = [
        total + lines[s.shape][0] + lines[s.shape][1] * score
        for s, total, score in zip(sights, seen.sums, seen.scores, strict=True)
    ]
    return Scores(t, sights, around, terms, first, final)


class Terms(NamedTuple):
    """What the surroundings of lines weigh, column by column."""

    rows: Sequence[tuple[float, ...]]  # for each line: its own weight, those of its place, that of the page
    row_told: Sequence[Mapping[float, Term]]  # how each weight of a row is told
    page_told: Sequence[
        list[Term]
    ]  # the strong terms of what is the same for every line, by the line's shape

    def told(self, i: int, shape: int) -> list[Term]:
        """The strong terms of where line `i` stands."""
        return strong(self.row_told, self.rows[i]) + self.page_told[shape]


def _terms(sights: Sequence[Sight], around: Mapping[str, Sequence[int]], t: Table) -> Terms:
    """What each line weighs by itself and in its surroundings; the sum of a row is its first logit."""
    shapes = [s.shape for s in sights]
    same = {k: t.rows[k][c[0]] for k, c in around.items() if c and c.count(c[0]) == len(c)}
    names = [name for name in around if name not in same]
    of_page = [sum(weights) for weights in zip(*same.values(), strict=True)] or [0.0] * SHAPES
    columns = [map(getitem, map(t.rows[k].__getitem__, around[k]), shapes) for k in names]
    lines = {id(s): s for s in sights}  # a line that stands twice is one and the same sight
    alone = {key: own(t, s) for key, s in lines.items()}
    rows = zip([alone[id(s)] for s in sights], *columns, [of_page[shape] for shape in shapes], strict=True)
    told = t.tellings.around
    page = [strong([told[k] for k in same], [w[shape] for w in same.values()]) for shape in range(SHAPES)]
    return Terms([*rows], [{}, *[told[k] for k in names]], page)


def own(t: Table, s: Sight) -> float:
    """What a line's shape and words say, without its surroundings: a logit."""
    total = sum(map(getitem, t.groups, s.own), t.bias)
    words = s.words
    if not words:
        return total
    if s.shape < 3:
        total += t.first_short.get(words[0], 0.0) + t.last_short.get(words[-1], 0.0)
        known = t.short
    else:
        total += t.first_long.get(words[0], 0.0)
        known = t.long
    # each word once; fsum, since its sum does not hang on the order of the set
    return total + fsum(map(known.__getitem__, known.among(words)))
