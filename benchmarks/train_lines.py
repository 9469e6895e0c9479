"""Learns the weights of `digest/rules/en/residue-weights.yaml` from public pages.

    python -m venv /tmp/t && /tmp/t/bin/pip install scikit-learn -r requirements
    BENCH=../shared/bench PYTHONHASHSEED=0 /tmp/t/bin/python -m benchmarks.train_lines

Data: the development pages of WCXB (`wx`, CC-BY-4.0), Fundus (`ft`, MIT) and
Readability (`rd`, Apache-2.0); see docs/decisions/101. the joints of glued lines
are learned last, on the weights of the lines. Needs scikit-learn, which the product itself does not.
Each page is shown three ways (light scrape, heavy scrape, clean text), so
that a clean text is left alone. The second regression is fitted on scores
that the first gave to pages of domains it had not seen. How good
such a table is on sites it has not seen: benchmarks/clean_folds.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("BENCH", ROOT.parent / "shared/bench")) / "cleaning"
sys.path[:0] = [str(ROOT), str(BENCH)]

import bench  # noqa: E402

from digest.clean import glue  # noqa: E402
from digest.clean.context import BINS, NAMES, binned, bins, context  # noqa: E402
from digest.clean.features import GROUPS, Sight, surroundings  # noqa: E402
from digest.clean.judge import sights_of  # noqa: E402
from digest.clean.learned import FILE as TABLE  # noqa: E402
from digest.clean.learned import RULE, WORDS, table  # noqa: E402
from digest.clean.lexicon import lexicon  # noqa: E402
from digest.clean.lines import pieces  # noqa: E402
from digest.rules import Rules, rules_for  # noqa: E402

OUT = ROOT / "digest/rules/en/residue-weights.yaml"
DOMAINS = 8  # a word of a short line counts when it stands on so many sites; twice that in prose
SEEN = 8  # pages that show a feature
FOLDS = 4
JOINTS = 5  # joints that show a sign
SOURCES = ("wx", "ft", "rd")
SMALLEST = 0.1  # logits: smaller weights are dropped from the table
CLEAN = 1.2  # weight of a text that is clean already, in the second look, which sees what page it is
BINNED = binned()
KINDS = {"gold": 0, "boiler": 1, "none": 2}


@dataclass
class Page:
    domain: str
    source: str
    task: str
    news: bool
    gold: str
    lines: list[str]
    labels: list[int]
    sights: list[Sight]
    around: list[list[int]]


@cache
def texts() -> list[dict]:
    """The development texts as the bench keeps them."""
    lines = gzip.decompress((BENCH / "text.dev.jsonl.gz").read_bytes()).decode().rstrip("\n").split("\n")
    return [json.loads(line) for line in lines]


def pages(source: str) -> Iterator[Page]:
    """Every development text of a source, in each of its guises."""
    rules = rules_for()
    for d in texts():
        if d["source"] != source:
            continue
        for task, text in shown(d):
            labelled = bench.label_lines(text, d["gold"])
            sights, _ = sights_of(pieces(text), rules)
            yield Page(
                d["domain"],
                source,
                task,
                d["news"],
                d["gold"],
                [line for line, _ in labelled],
                [KINDS[k] for _, k in labelled],
                sights,
                surroundings(sights),
            )


def shown(d: dict) -> Iterator[tuple[str, str]]:
    if d["group"] in ("mix", "clean"):
        yield ("text" if d["group"] == "mix" else "clean"), d["text"]
    if 0.3 <= d["hshare"] <= 0.97:
        yield "heavy", d["heavy"]
    yield "noharm", re.sub(r"\n+", "\n", d["gold"])


def vocabulary(every: list[Page]) -> tuple[set[str], set[str]]:
    seen: tuple[dict, dict] = (defaultdict(set), defaultdict(set))
    for page in every:
        for s in page.sights:
            for word in s.words:
                seen[s.shape >= 3][word].add(page.domain)
    return {w for w, d in seen[0].items() if len(d) >= DOMAINS}, {
        w for w, d in seen[1].items() if len(d) >= 2 * DOMAINS
    }


def terms(s: Sight, around: list[int], known: tuple[set[str], set[str]]) -> Iterator[tuple[str, str]]:
    yield from ((g, str(v)) for g, v in zip(GROUPS, (*s.own, *around), strict=True))
    if not s.words:
        return
    if s.shape < 3:
        yield "first-short", s.words[0]
        yield "last-short", s.words[-1]
    else:
        yield "first-long", s.words[0]
    name = "word-short" if s.shape < 3 else "word-long"
    yield from ((name, w) for w in set(s.words) & known[s.shape >= 3])


def numbered(every: list[Page], known: tuple[set[str], set[str]]) -> dict[tuple[str, str], int]:
    count: Counter[tuple[str, str]] = Counter()
    for page in every:
        count.update({t for s, a in zip(page.sights, page.around, strict=True) for t in terms(s, a, known)})
    return {t: i for i, t in enumerate(sorted(t for t, n in count.items() if n >= SEEN))}


def matrix(every: list[Page], known: tuple[set[str], set[str]], number: dict) -> csr_matrix:
    ends, columns = [0], []
    for page in every:
        for s, a in zip(page.sights, page.around, strict=True):
            columns += [number[t] for t in terms(s, a, known) if t in number]
            ends.append(len(columns))
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(ends) - 1, len(number)))


def spread(on: list[str], score: float) -> list[float]:
    """Values by `binned()`: one for each name in `on`, and the score beside it."""
    out = [0.0] * len(BINNED)
    for name in on:
        at = BINNED.index(name)
        out[at : at + 2] = 1.0, score
    return out


def second(every: list[Page], first: np.ndarray) -> np.ndarray:
    out, at = [], 0
    for page in every:
        n = len(page.labels)
        words = [len(line.split()) for line in page.lines]
        scores = list(map(float, first[at : at + n]))
        looks = context(scores, words, [s.shape >= 4 for s in page.sights])
        ruled = sum(s.own[RULE] > 0 for s in page.sights)
        of_page = [f"{k}:{i}" for k, i in zip(BINS, bins(scores, ruled), strict=True)]
        out.append(
            [
                (*look, *spread([*of_page, f"shape:{s.shape}"], look[0]))
                for look, s in zip(looks, page.sights, strict=True)
            ]
        )
        at += n
    return np.array([row for rows in out for row in rows])


def targets(every: list[Page], clean: float = 0.7) -> tuple[np.ndarray, np.ndarray]:
    """Labels and weights of all lines; news counts more, most where its gold is its publisher's own markup.

    `clean` is how much a text counts that is clean already.
    """
    labels = np.array([k for p in every for k in p.labels])
    weight = [
        np.full(
            len(p.labels),
            min(1, 120 / len(p.labels))
            * (clean if p.task == "noharm" else 1)
            * (2 if p.news else 1)
            * (3 if p.source == "ft" else 1),
        )
        for p in every
    ]
    return labels, np.concatenate(weight)


def fitted(x, labels: np.ndarray, weight: np.ndarray, strength: float) -> LogisticRegression:
    used = labels != KINDS["none"]
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, tol=0.005)
    return model.fit(x[used], labels[used], sample_weight=weight[used])


def with_table(rules: Rules, lists: dict[str, list[str]]) -> Rules:
    """The rules with this table in place of theirs."""
    return replace(rules, settings={**rules.settings, TABLE: {"lists": lists}}, _made={})


def learned(every: list[Page], strength: float) -> dict[str, list[str]]:
    """The table's lists, but for the joints, as these pages teach them.

    The second look learns on scores of pages whose sites the first had not seen.
    """
    known = vocabulary(every)
    number = numbered(every, known)
    x, (labels, weight) = matrix(every, known, number), targets(every)
    domains = np.concatenate([[p.domain] * len(p.labels) for p in every])
    first = np.zeros(len(labels))
    for train, test in GroupKFold(FOLDS).split(x, labels, domains):
        first[test] = fitted(x[train], labels[train], weight[train], strength).decision_function(x[test])
    two = fitted(second(every, first), labels, targets(every, CLEAN)[1], 1)
    return listed(number, fitted(x, labels, weight, strength), two)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--strength", type=float, default=0.1)
    args = ap.parse_args()
    from benchmarks.train_pages import learned_pages, marked  # which needs what is above

    every = [p for source in SOURCES for p in pages(source)]
    parts = [with_table(rules_for(), lists) for lists in folded(every, args.strength)]
    lists = learned(every, args.strength)
    lists["joint"] = learned_joints(with_table(rules_for(), lists), {d["domain"] for d in texts()})
    lists["markup"] = learned_pages(list(marked(parts)))
    write(lists)


def fold(domain: str) -> int:
    """The part of the sites to which one belongs."""
    return crc32(domain.encode()) % FOLDS


def folded(every: list[Page], strength: float) -> list[dict[str, list[str]]]:
    """For each part of the sites, the lists that the other parts teach, but for joints and pages."""
    return [learned([p for p in every if fold(p.domain) != k], strength) for k in range(FOLDS)]


class Joint(NamedTuple):
    """A joint that may be one: where it stands, its signs, and whether it is one."""

    domain: str
    page: int
    lines: int  # of that page
    line: int
    signs: list[str]
    true: int


def glued(d: dict) -> Iterator[tuple[list[str], list[int]]]:
    """Lines with the offset of the joint in each (0: none), glued as the bench glues them, and clean."""
    lines: list[str] = []
    true: list[int] = []
    last = ""
    for line, kind in bench.label_lines(d["text"], d["gold"]) if d["group"] == "mix" else ():
        if last == "boiler" and kind == "gold":
            true[-1] = len(lines[-1])
            lines[-1] += line.strip()
        else:
            lines.append(line.strip())
            true.append(0)
        last = kind
    yield lines, true
    clean = [line.strip() for line in d["gold"].split("\n") if line.strip()]
    yield clean, [0] * len(clean)


def joint_rows(rules: Rules, sites: Container[str]) -> Iterator[Joint]:
    """Every joint that may be one, on pages of `sites`."""
    weights = table(rules)
    shown_ = ((d["domain"], *page) for d in texts() if d["domain"] in sites for page in glued(d))
    for page, (domain, lines, true) in enumerate(shown_):
        text = "\n".join(lines)
        found = pieces(text)
        offsets = [glue.joints(p.text) for p in found]
        whole = glue.around(text, found, offsets, rules)
        for i, (piece, at) in enumerate(zip(found, true, strict=True)):
            every = offsets[i]
            for n, x in enumerate(every):
                if whole.names.get(glue.token(piece.text, x), 0) < glue.LISTED:
                    look = glue.signs(piece.text, every, n, i, whole, rules, weights)
                    yield Joint(domain, page, len(found), i, look, int(x == at))


def learned_joints(rules: Rules, sites: Container[str]) -> list[str]:
    """The table's list of joints, fitted on the weights of the lines as `rules` have them."""
    rows = list(joint_rows(rules, sites))
    count, many = Counter(n for row in rows for n in row.signs), Counter(row.domain for row in rows)
    number = {n: i for i, n in enumerate(sorted(n for n, k in count.items() if k >= JOINTS))}
    ends, columns = [0], []
    for row in rows:
        columns += [number[n] for n in row.signs if n in number]
        ends.append(len(columns))
    x = csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), len(number)))
    y = np.array([row.true for row in rows])
    weight = np.array([min(1, (30 / many[row.domain]) ** 0.5) for row in rows])
    logits = np.zeros(len(rows))  # of joints on sites not seen
    for train, test in GroupKFold(FOLDS).split(x, y, [row.domain for row in rows]):
        logits[test] = joint_model(x[train], y[train], weight[train]).decision_function(x[test])
    model = joint_model(x, y, weight)
    kept = [f"{n}={model.coef_[0][i]:.2f}" for n, i in number.items() if abs(model.coef_[0][i]) >= 0.05]
    return kept + learned_crowds(rows, logits)


def joint_model(x, y: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=0.2, solver="liblinear", fit_intercept=False).fit(x, y, sample_weight=weight)


def learned_crowds(rows: list[Joint], logits: np.ndarray) -> list[str]:
    """Weights of how many joints a page's other lines seem to have, beside a joint's own logit."""
    best: dict[tuple[int, int], tuple[float, Joint]] = {}
    for row, logit in zip(rows, logits, strict=True):
        at = row.page, row.line
        if 1 / (1 + np.exp(-logit)) > glue.WEAK and (at not in best or logit > best[at][0]):
            best[at] = logit, row
    chance = {at: 1 / (1 + np.exp(-logit)) for at, (logit, _) in best.items()}
    total: Counter[int] = Counter()
    for (page, _), p in chance.items():
        total[page] += p
    names = [f"crowd:{i}" for i in range(len(glue.CROWDS) + 1)]
    of = [names.index(glue.crowd((total[at[0]] - chance[at]) / row.lines)) for at, (_, row) in best.items()]
    x = np.column_stack([[logit for logit, _ in best.values()], np.eye(len(names))[of]])
    model = LogisticRegression(C=1, solver="liblinear", fit_intercept=False)
    model.fit(x, [row.true for _, row in best.values()])
    return [f"{n}={w:.2f}" for n, w in zip(names, model.coef_[0][1:], strict=True)]


def rolled(items: list[str]) -> list[str]:
    """The items as YAML strings of twelve each."""
    return ["  - '" + " ".join(items[i : i + 12]).replace("'", "''") + "'" for i in range(0, len(items), 12)]


def listed(number: dict, one: LogisticRegression, two: LogisticRegression) -> dict[str, list[str]]:
    """The lists of the table: `value=weight` by group."""
    lists: dict[str, list[str]] = {name: [] for name in ("bias", *GROUPS, *WORDS, "second")}
    lists["bias"].append(f"{one.intercept_[0]:.3f}")
    named = {n: id for id, n in rules_for().once(lexicon).numbers.items()}
    for (group, value), i in number.items():
        if abs(w := one.coef_[0][i]) >= SMALLEST:
            shown_ = named.get(int(value), "0") if group == "rule" else value
            lists[group].append(f"{shown_}={w:.2f}")
    lists["second"] = [f"{n}={w:.3f}" for n, w in zip([*NAMES, *BINNED], two.coef_[0], strict=True)]
    lists["second"].append(f"bias={two.intercept_[0]:.3f}")
    return lists


def write(lists: dict[str, list[str]]) -> None:
    out = [
        "# Written by benchmarks/train_lines.py: do not edit by hand.",
        "kind: residue-weights",
        "about: >",
        "  Logits by feature: how far a line's shape, words and surroundings speak for residue.",
        "  Learned from public pages (WCXB CC-BY-4.0, Fundus MIT, Readability Apache-2.0: docs/decisions/101).",
        "lists:",
    ]
    for name, items in lists.items():
        out.append(f"  {name}:")
        out += rolled(items)
        if not items:
            out[-1] += " []"
    OUT.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
