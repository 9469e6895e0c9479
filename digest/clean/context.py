"""The second look: how a line's own score sits among its neighbours' scores.

A comment that is good prose is told by where it stands: below the end of
the story. The story is taken to be the stretch of lines with the greatest
sum of evidence (Kadane's algorithm, 1984); what lies outside is doubted more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp, sqrt
from operator import mul
from typing import NamedTuple

NAMES = (
    "score, score-squared, above-3, above-2, above-1, below-1, below-2, below-3, in-story, before-story,"
    " after-story, far-before, far-after, near-2, near-5, near-10, page, page-words, residue-lines, any-residue,"
    " long, long-score, long-in-story, long-page, long-after, story-score, story-page, lower-neighbour,"
    " higher-neighbour, all-above, all-below, score-over, score-under, score-far-over, score-far-under,"
    " above-2-over, above-2-under, above-1-over, above-1-under, below-1-over, below-1-under, below-2-over,"
    " below-2-under"
).split(", ")
BINS = {
    "strong": (1, 2, 5, 12, 30),  # lines of the page that are surely residue
    "mean": (0.05, 0.12, 0.25, 0.45),  # share of the page that is likely residue
    "ruled": (1, 3, 8),  # lines that fit a residue rule
}
SHAPES = 6
CLIP = 6.0  # logits: beyond it a neighbour says no more
BEND, FAR = 1.0, 3.0  # logits: from here on a score counts by another slope, over zero and under it


def context(scores: Sequence[float], words: Sequence[int], long_: Sequence[bool]) -> list[tuple[float, ...]]:
    """Values by NAMES for each line; `scores` are logits for residue, `words` counts by line."""
    if not scores:
        return []
    s = _clipped(scores)
    chances = [1 / (1 + exp(-x)) for x in s]
    big = [1.0 if x else 0.0 for x in long_]
    columns = _beside(s) | _bent(s) | _story(s, words) | _shares(chances) | _page(chances, words)
    columns |= _products(s, big, columns)
    return list(zip(*[columns[name] for name in NAMES], strict=True))


Columns = dict[str, list[float]]


def _beside(s: list[float]) -> Columns:
    """A line's score, its neighbours' and the lower and higher of the nearest two; no line counts as 0."""
    n = len(s)
    p = [0.0, 0.0, 0.0, *s, 0.0, 0.0, 0.0]
    up, down = p[2 : n + 2], p[4 : n + 4]
    return {
        "score": s,
        "score-squared": [x * abs(x) / 6 for x in s],
        "above-3": p[:n],
        "above-2": p[1 : n + 1],
        "above-1": up,
        "below-1": down,
        "below-2": p[5 : n + 5],
        "below-3": p[6:],
        "lower-neighbour": list(map(min, up, down)),
        "higher-neighbour": list(map(max, up, down)),
    }


def _bent(s: list[float]) -> Columns:
    """By how much the score of a line, and of those beside it, lies beyond BEND, its own beyond FAR too."""
    over, under = _beyond(s, BEND)
    far = _beyond(s, FAR)
    n = len(s)
    made = {"score-over": over, "score-under": under, "score-far-over": far[0], "score-far-under": far[1]}
    for side, values in (("over", over), ("under", under)):
        p = [0.0, 0.0, *values, 0.0, 0.0]
        places = zip(("above-2", "above-1", "below-1", "below-2"), (0, 1, 3, 4), strict=True)
        made |= {f"{place}-{side}": p[at : at + n] for place, at in places}
    return made


def _beyond(s: Sequence[float], edge: float) -> tuple[list[float], list[float]]:
    """How far each score lies over `edge`, and how far under its negative."""
    return [x - edge if x > edge else 0.0 for x in s], [-edge - x if x < -edge else 0.0 for x in s]


def _story(s: Sequence[float], words: Sequence[int]) -> Columns:
    """Whether a line lies in, before or after the story, and how far from it."""
    n = len(s)
    first, last = story(s, words)
    return {
        "in-story": [*[0.0] * first, *[1.0] * (last - first), *[0.0] * (n - last)],
        "before-story": [*[1.0] * first, *[0.0] * (n - first)],
        "after-story": [*[0.0] * last, *[1.0] * (n - last)],
        "far-before": [*[min(first - i, 20) / 20 for i in range(first)], *[0.0] * (n - first)],
        "far-after": [*[0.0] * last, *[min(i - last + 1, 20) / 20 for i in range(last, n)]],
    }


def _shares(chances: Sequence[float]) -> Columns:
    """How much residue stands near a line, above and below it: means of the chances."""
    n = len(chances)
    sums = [0.0, *accumulate(chances)]
    total = sums[-1]
    out = {
        "all-above": [x / i for i, x in enumerate(sums[:n], 1)],
        "all-below": [(total - x) / i for i, x in zip(range(n, 0, -1), sums[1:], strict=True)],
    }
    for k in (2, 5, 10):
        heads, tails = [0.0] * min(k, n), [total] * min(k, n)
        near = zip([*heads, *sums][:n], [*sums[k + 1 :], *tails], _widths(n, k), strict=True)
        out[f"near-{k}"] = [(b - a) / width for a, b, width in near]
    return out


def _widths(n: int, k: int) -> list[int]:
    """How many of `n` lines each has within `k` of it, with itself."""
    if n <= 2 * k:
        return [min(n, i + k + 1) - max(0, i - k) for i in range(n)]
    return [*range(k + 1, 2 * k + 1), *[2 * k + 1] * (n - 2 * k), *range(2 * k, k, -1)]


def _page(chances: Sequence[float], words: Sequence[int]) -> Columns:
    """How much residue the page holds: the same for each of its lines."""
    n = len(chances)
    weights = [min(40, w) for w in words]
    strong = sum(x > 0.9 for x in chances)
    return {
        "page": [sum(chances) / n] * n,
        "page-words": [sum(map(mul, chances, weights)) / (sum(weights) or 1)] * n,
        "residue-lines": [min(1.0, strong / 10)] * n,
        "any-residue": [float(strong > 0)] * n,
    }


def _products(s: Sequence[float], big: list[float], of: Columns) -> Columns:
    """What length and the story say together with the other values."""
    inside, page = of["in-story"], of["page"]
    return {
        "long": big,
        "long-score": list(map(mul, big, s)),
        "long-in-story": list(map(mul, big, inside)),
        "long-page": list(map(mul, big, page)),
        "long-after": list(map(mul, big, of["after-story"])),
        "story-score": list(map(mul, inside, s)),
        "story-page": list(map(mul, inside, page)),
    }


class Weighed(NamedTuple):
    """The second look at a page: by line, and the page's bin in each of BINS."""

    sums: list[float]  # of the values of `context`, each times its weight
    scores: list[float]  # as `context` reads them
    bins: tuple[int, ...]


def weighed(
    scores: Sequence[float], words: Sequence[int], long_: Sequence[bool], ruled: int, w: Mapping[str, float]
) -> Weighed:
    """What `context` and `bins` find, summed by the weights `w` of NAMES; what lines share is summed once."""
    if not scores:
        return Weighed([], [], _binned((), ruled))
    s = _clipped(scores)
    chances = [1 / (1 + exp(-x)) for x in s]
    page = {name: column[0] for name, column in _page(chances, words).items()}
    first, last = story(s, words)
    squared, bend = w["score-squared"] / 6, (w["higher-neighbour"] - w["lower-neighbour"]) / 2
    up3, down3 = w["above-3"], w["below-3"]
    p = [0.0, 0.0, 0.0, *s, 0.0, 0.0, 0.0]
    flat = [_flat(zone, page, w) for zone in range(3)]
    zones = [*[flat[0]] * first, *[flat[1]] * (last - first), *[flat[2]] * (len(s) - last)]
    rest = zip(_weighed_shares(chances, w), *_weighed_bends(s, w), strict=True)
    lines = zip(zones, long_, map(sum, rest), p, p[2:], s, p[4:], p[6:], strict=False)
    sums = [
        (zone[big][0] + share + x * (zone[big][1] + squared * abs(x)) + bend * abs(above - below))
        + (up3 * above3 + down3 * below3)
        for zone, big, share, above3, above, x, below, below3 in lines
    ]
    for i in range(first):
        sums[i] += w["far-before"] * min(first - i, 20) / 20
    for i in range(last, len(s)):
        sums[i] += w["far-after"] * min(i - last + 1, 20) / 20
    return Weighed(sums, s, _binned(chances, ruled))


def _weighed_bends(s: Sequence[float], w: Mapping[str, float]) -> list[list[float]]:
    """What the scores of the two lines above and below weigh, straight and bent, and what is bent of a line's own."""
    over, under = _beyond(s, BEND)
    mean = (w["higher-neighbour"] + w["lower-neighbour"]) / 2
    made = []
    for place, k in (("above-2", 2), ("above-1", 1), ("below-1", -1), ("below-2", -2)):
        a, b, c = w[place] + (mean if abs(k) == 1 else 0.0), w[f"{place}-over"], w[f"{place}-under"]
        said = [a * x + b * more + c * less for x, more, less in zip(s, over, under, strict=True)]
        none = [0.0] * min(abs(k), len(s))
        made.append([*none, *said[:-k]][: len(s)] if k > 0 else [*said[-k:], *none])
    far, deep = _beyond(s, FAR)
    a, b, c, d = [w[f"score-{name}"] for name in ("over", "under", "far-over", "far-under")]
    own = zip(over, under, far, deep, strict=True)
    return [*made, [a * x + b * y + c * z + d * u for x, y, z, u in own]]


ZONES = "before-story", "in-story", "after-story"


def _flat(
    zone: int, page: Mapping[str, float], w: Mapping[str, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """What all short and all long lines of a zone weigh, and what each of their scores weighs besides."""
    base = sum(w[name] * value for name, value in page.items()) + w[ZONES[zone]]
    slope, more, steep = w["score"], w["long"] + w["long-page"] * page["page"], w["long-score"]
    if zone == 1:
        base += w["story-page"] * page["page"]
        slope += w["story-score"]
        more += w["long-in-story"]
    elif zone == 2:
        more += w["long-after"]
    return (base, slope), (base + more, slope + steep)


def _weighed_shares(chances: Sequence[float], w: Mapping[str, float]) -> list[float]:
    """The values of `_shares` by their weights."""
    shares = _shares(chances)
    a, b, c, d, e = [w[name] for name in shares]
    return [
        a * above + b * below + c * near2 + d * near5 + e * near10
        for above, below, near2, near5, near10 in zip(*shares.values(), strict=True)
    ]


def bins(scores: Sequence[float], ruled: int) -> tuple[int, ...]:
    """The page's bin in each of BINS; `ruled` lines of it fit a residue rule.

    A text that is clean already shows none of this: there the same line must be surer to go.
    """
    return _binned([1 / (1 + exp(-x)) for x in _clipped(scores)], ruled)


def _binned(chances: Sequence[float], ruled: int) -> tuple[int, ...]:
    strong = sum([x > 0.9 for x in chances])
    mean = sum(chances) / (len(chances) or 1)
    return tuple(bisect_right(BINS[k], v) for k, v in zip(BINS, (strong, mean, ruled), strict=True))


def binned() -> list[str]:
    """Names of the weights of every bin and every shape, each with its slope on the score."""
    names = [f"{k}:{i}" for k, edges in BINS.items() for i in range(len(edges) + 1)]
    names += [f"shape:{i}" for i in range(SHAPES)]
    return [x for n in names for x in (n, f"{n}*score")]


def _clipped(scores: Sequence[float]) -> list[float]:
    return [x if -CLIP < x < CLIP else max(-CLIP, min(CLIP, x)) for x in scores]


def story(scores: Sequence[float], words: Sequence[int]) -> tuple[int, int]:
    """First line and line after the last of the stretch that is most surely the story."""
    best = sum_ = 0.0
    start = 0
    found = (0, 0)
    for i, (score, count) in enumerate(zip(scores, words, strict=True)):
        if sum_ <= 0:
            sum_, start = 0.0, i
        sum_ -= score * sqrt(min(count, 25) + 1) / 3
        if sum_ > best:
            best, found = sum_, (start, i + 1)
    return found
