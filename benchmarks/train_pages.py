"""Learns what the markup of a page says of its lines: the list `markup` of residue-weights.yaml.

Called by train_lines.py. A page's lines are scored as plain text by a table
that has not seen its site, since the product meets such pages.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.train_lines import BENCH, KINDS, SMALLEST, bench, fold
from digest.clean import dom, html
from digest.clean.judge import scored_lines
from digest.clean.learned import table
from digest.clean.lines import Piece
from digest.rules import Rules

SITES = 12  # that show a sign
MOST = 150  # lines of a page: the lines of a longer one count less


@dataclass
class Marked:
    """The lines of a page as a regression sees them."""

    domain: str
    signs: list[list[str]]
    looks: list[tuple[float, ...]]
    labels: list[int]
    weights: list[float]


@cache
def pages() -> list[dict[str, Any]]:
    """The development pages as the bench keeps them."""
    rows = gzip.decompress((BENCH / "pages.dev.jsonl.gz").read_bytes()).decode().rstrip("\n").split("\n")
    return [json.loads(row) for row in rows]


def marked(tables: Sequence[Rules]) -> Iterator[Marked]:
    """Every page, its lines scored by that one of `tables` that has not seen its site."""
    for d in pages():
        tree, _ = html._tree(d["html"])
        body = tree.find("body") if tree is not None else None
        found = dom.lines(body) if body is not None else []
        if not found:
            continue
        rules = tables[fold(d["domain"])]
        weights = rules.once(table)
        assert weights
        scored = scored_lines([Piece(0, len(x.text), x.text) for x in found], rules, weights)
        share = min(1.0, MOST / len(found)) * (2 if d["source"] == "ft" else 1)
        yield Marked(
            d["domain"],
            list(dom.signs(found, dom.places(found))),
            dom.looks(scored),
            [KINDS[k] for _, k in bench.label_lines("\n".join(x.text for x in found), d["gold"])],
            [share * min(40, 1 + len(x.text.split())) ** 0.5 for x in found],
        )


def learned_pages(every: Sequence[Marked], strength: float = 0.03) -> list[str]:
    """The table's list of a page's signs, as these pages teach it."""
    sites = defaultdict(set)
    for page in every:
        for sign in {s for line in page.signs for s in line}:
            sites[sign].add(page.domain)
    number = {s: i for i, s in enumerate(sorted(s for s, d in sites.items() if len(d) >= SITES))}
    ends, columns = [0], []
    for line in (line for page in every for line in page.signs):
        columns += [number[s] for s in line if s in number]
        ends.append(len(columns))
    x = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(ends) - 1, len(number)))
    x = hstack([x, csr_matrix(np.array([look for p in every for look in p.looks]) / dom.CLIP * 2)]).tocsr()
    labels, weight = (np.array([v for p in every for v in row(p)]) for row in (_labels, _weights))
    used = labels != KINDS["none"]
    model = LogisticRegression(C=strength, solver="liblinear", tol=0.005, max_iter=300)
    model.fit(x[used], labels[used], sample_weight=weight[used] / weight.mean())
    named = dict(zip(number, model.coef_[0], strict=False))
    items = [f"{s}={w:.2f}" for s, w in named.items() if abs(w) >= SMALLEST]
    slopes = model.coef_[0][len(number) :] / dom.CLIP * 2
    items += [f"{name}={w:.3f}" for name, w in zip(dom.LOOKS, slopes, strict=True)]
    return [f"bias={model.intercept_[0]:.3f}", *items]


def _labels(page: Marked) -> list[int]:
    return page.labels


def _weights(page: Marked) -> list[float]:
    return page.weights
