"""The second look: how a line's own score sits among its neighbours' scores.

A comment that is good prose is told by where it stands: below the end of
the story. The story is taken to be the stretch of lines with the greatest
sum of evidence (Kadane's algorithm, 1984); what lies outside is doubted more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp, sqrt

NAMES = (
    "score, score-squared, above-3, above-2, above-1, below-1, below-2, below-3, in-story, before-story,"
    " after-story, far-before, far-after, near-2, near-5, near-10, page, page-words, residue-lines, any-residue,"
    " long, long-score, long-in-story, long-page, long-after, story-score, story-page, lower-neighbour,"
    " higher-neighbour, all-above, all-below"
).split(", ")
BINS = {
    "strong": (1, 2, 5, 12, 30),  # lines of the page that are surely residue
    "mean": (0.05, 0.12, 0.25, 0.45),  # share of the page that is likely residue
    "ruled": (1, 3, 8),  # lines that fit a residue rule
}
SHAPES = 6
CLIP = 6.0  # logits: beyond it a neighbour says no more


def context(scores: Sequence[float], words: Sequence[int], long_: Sequence[bool]) -> list[tuple[float, ...]]:
    """Values by NAMES for each line; `scores` are logits for residue, `words` counts by line."""
    n = len(scores)
    if not n:
        return []
    s = [max(-CLIP, min(CLIP, x)) for x in scores]
    q = [1 / (1 + exp(-x)) for x in s]
    first, last = story(s, words)
    sums = [0.0, *accumulate(q)]
    total = sums[-1]
    mean = total / n
    weights = [min(40, w) for w in words]
    page_words = sum(map(float.__mul__, q, map(float, weights))) / (sum(weights) or 1)
    strong = sum(x > 0.9 for x in q)
    few, some = min(1.0, strong / 10), float(strong > 0)
    pad = [0.0] * 3
    p = [*pad, *s, *pad]
    out = []
    for i in range(n):
        x = s[i]
        inside = 1.0 if first <= i < last else 0.0
        ahead = min(first - i, 20) / 20 if i < first else 0.0
        behind = min(i - last + 1, 20) / 20 if i >= last else 0.0
        after = 1.0 if i >= last else 0.0
        big = 1.0 if long_[i] else 0.0
        up, down = p[i + 2], p[i + 4]
        near = []
        for k in (2, 5, 10):
            a, b = i - k if i > k else 0, i + k + 1 if i + k < n else n
            near.append((sums[b] - sums[a]) / (b - a))
        out.append(
            (
                x,
                x * abs(x) / 6,
                p[i],
                p[i + 1],
                up,
                down,
                p[i + 5],
                p[i + 6],
                inside,
                1.0 if i < first else 0.0,
                after,
                ahead,
                behind,
                *near,
                mean,
                page_words,
                few,
                some,
                big,
                big * x,
                big * inside,
                big * mean,
                big * after,
                inside * x,
                inside * mean,
                min(up, down),
                max(up, down),
                sums[i] / (i + 1),
                (total - sums[i + 1]) / (n - i),
            )
        )
    return out


def bins(scores: Sequence[float], ruled: int) -> tuple[int, ...]:
    """The page's bin in each of BINS; `ruled` lines of it fit a residue rule.

    A text that is clean already shows none of this: there the same line must be surer to go.
    """
    chances = [_chance(x) for x in scores]
    strong = sum(x > 0.9 for x in chances)
    mean = sum(chances) / (len(chances) or 1)
    return tuple(bisect_right(BINS[k], v) for k, v in zip(BINS, (strong, mean, ruled), strict=True))


def binned() -> list[str]:
    """Names of the weights of every bin and every shape, each with its slope on the score."""
    names = [f"{k}:{i}" for k, edges in BINS.items() for i in range(len(edges) + 1)]
    names += [f"shape:{i}" for i in range(SHAPES)]
    return [x for n in names for x in (n, f"{n}*score")]


def _chance(score: float) -> float:
    return 1 / (1 + exp(-max(-CLIP, min(CLIP, score))))


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
