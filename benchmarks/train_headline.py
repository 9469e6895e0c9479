"""Learns what a headline looks like among the lines above a story: headline-weights.yaml.

    BENCH=../shared/bench PYTHONHASHSEED=0 /tmp/t/bin/python -m benchmarks.train_headline [--folds]

Each development page is laid out as naive text (top.py); the headline that it
declares is the line to find. The same page without that line teaches when to
find none. One softmax a page over its lines and “none”, fitted by L-BFGS; news
counts three times. `--folds` prints what tables say of sites they have not
seen. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from scipy.optimize import minimize

from benchmarks.top import BENCH, alike, told, words
from digest.clean.byline import first_names
from digest.clean.glue import unglued
from digest.clean.head import lead
from digest.clean.headline import FILE, NAMES, looks, story
from digest.clean.judge import removed
from digest.clean.lines import Piece, Verdict, pieces
from digest.rules import FOLDER, rules_for

FOLDS = 4
NEWS = 3.0  # times that a page of news counts
NONE = 0.5  # of it for a page whose headline was taken away
CAUTION = 2.0  # of the prior on the weights


class Page(NamedTuple):
    """What the lines of a page look like, the last row for none of them, and which is right."""

    domain: str
    news: bool
    x: np.ndarray
    right: np.ndarray
    weight: float


def shown() -> Iterator[Page]:
    """Every page that declares its headline, with it and without."""
    rules = rules_for()
    for line in gzip.decompress(BENCH.read_bytes()).splitlines():
        d = json.loads(line)
        text, title, _ = told(d) if d["en"] else ("", None, [])
        if not title:
            continue
        found = unglued(text, pieces(text), rules)
        out, _ = removed(found, rules)
        at = [i for i, p in enumerate(found) if alike(p.text, title) and len(words(p.text)) >= 3]
        weight = NEWS if d["news"] else 1.0
        if (made := page(d, found, out, at, weight)) and made.right[:-1].any():
            yield made
        left = [i for i in range(len(found)) if i not in at]
        less = {n: out[i] for n, i in enumerate(left) if i in out}
        if made := page(d, [found[i] for i in left], less, [], weight * NONE):
            yield made


def page(
    d: dict[str, Any], found: list[Piece], out: dict[int, Verdict], at: list[int], weight: float
) -> Page | None:
    out = out | lead(found, out)
    about = story(found, out)
    if about is None:
        return None
    seen = looks(found, out, about, rules_for().once(first_names))
    rows = [[float(signs.get(name, 0.0)) for name in NAMES] for signs in seen.values()]
    rows.append([float(name == "none") for name in NAMES])
    right = [i in at for i in seen]
    return Page(d["domain"], d["news"], np.array(rows), np.array([*right, not any(right)]), weight)


def learned(every: list[Page]) -> np.ndarray:
    """The weights by NAMES that make the right lines of these pages likeliest."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = CAUTION * (w @ w) / 2, CAUTION * w
        for p in every:
            s = p.x @ w
            chance = np.exp(s - s.max())
            chance /= chance.sum()
            right = chance * p.right
            total -= p.weight * np.log(right.sum() + 1e-12)
            slope = slope - p.weight * p.x.T @ (right / (right.sum() + 1e-12) - chance)
        return total, slope

    return minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x


def judged(every: list[Page]) -> None:
    """Prints by kind of page: pages, right, wrong lines, of sites that the table has not seen."""
    count: dict[tuple[bool, bool], list[int]] = {}
    for k in range(FOLDS):
        w = learned([p for p in every if crc32(p.domain.encode()) % FOLDS != k])
        for p in every:
            if crc32(p.domain.encode()) % FOLDS == k:
                best = int((p.x @ w).argmax())
                c = count.setdefault((p.news, bool(p.right[:-1].any())), [0, 0, 0])
                c[0] += 1
                c[1] += bool(p.right[best])
                c[2] += not p.right[best] and best < len(p.right) - 1
    for (news, has), (n, right, wrong) in sorted(count.items()):
        print(
            "news" if news else "other", "with" if has else "without", n, "right", right, "wrong line", wrong
        )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--folds", action="store_true")
    args = ap.parse_args()
    every = list(shown())
    if args.folds:
        judged(every)
        return
    pairs = [f"{n}={w:.2f}" for n, w in zip(NAMES, learned(every), strict=True) if abs(w) >= 0.05]
    out = [
        "# Written by benchmarks/train_headline.py: do not edit by hand.",
        "kind: residue-weights",
        "about: >",
        "  Logits by sign: how far a line above the story looks like its headline (docs/decisions/102).",
        "  Learned from public pages (WCXB CC-BY-4.0, Fundus MIT, Readability Apache-2.0: docs/decisions/101).",
        "lists:",
        "  headline:",
        *(f"  - '{' '.join(pairs[i : i + 8])}'" for i in range(0, len(pairs), 8)),
    ]
    (FOLDER / "en" / f"{FILE}.yaml").write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
