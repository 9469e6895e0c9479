"""Learns the weights of `digest/rules/en/residue-weights.yaml` from public pages.

    python -m venv /tmp/t && /tmp/t/bin/pip install scikit-learn -r requirements
    BENCH=../shared/bench PYTHONHASHSEED=0 /tmp/t/bin/python -m benchmarks.train_lines [--check]

Data: the development pages of WCXB (`wx`, CC-BY-4.0), Fundus (`ft`, MIT) and
Readability (`rd`, Apache-2.0); see docs/decisions/101. `--joints` follows the
lines: it fits the joints on the weights as they are. Needs scikit-learn, which the product itself does not.
Each page is shown three ways (light scrape, heavy scrape, clean text), so
that a clean text is left alone. The second regression is fitted on scores
that the first gave to pages of domains it had not seen. `--check` only
prints figures by four-fold cross-validation over domains.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
from digest.clean.learned import RULE, WORDS, table  # noqa: E402
from digest.clean.lines import pieces  # noqa: E402
from digest.rules import rules_for  # noqa: E402

OUT = ROOT / "digest/rules/en/residue-weights.yaml"
DOMAINS = 12  # a word of a short line counts when it stands on so many sites; thrice that in prose
SEEN = 8  # pages that show a feature
FOLDS = 4
JOINTS = 5  # joints that show a sign
SOURCES = ("wx", "ft", "rd")
SMALLEST = 0.1  # logits: smaller weights are dropped from the table
BINNED = binned()
KINDS = {"gold": 0, "boiler": 1, "none": 2}


@dataclass
class Page:
    domain: str
    task: str
    news: bool
    gold: str
    lines: list[str]
    labels: list[int]
    sights: list[Sight]
    around: list[list[int]]


def pages(source: str, step: int = 1) -> Iterator[Page]:
    """Every `step`-th development text of a source, in each of its guises."""
    rules = rules_for()
    lines = gzip.decompress((BENCH / "text.dev.jsonl.gz").read_bytes()).decode().rstrip("\n").split("\n")
    chosen = [d for line in lines if (d := json.loads(line))["source"] == source]
    for d in chosen[::step]:
        for task, text in shown(d):
            labelled = bench.label_lines(text, d["gold"])
            sights, _ = sights_of(pieces(text), rules)
            yield Page(
                d["domain"],
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
        w for w, d in seen[1].items() if len(d) >= 3 * DOMAINS
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


def targets(every: list[Page]) -> tuple[np.ndarray, np.ndarray]:
    labels = np.array([k for p in every for k in p.labels])
    weight = [
        np.full(
            len(p.labels),
            min(1, 120 / len(p.labels)) * (0.7 if p.task == "noharm" else 1) * (2 if p.news else 1),
        )
        for p in every
    ]
    return labels, np.concatenate(weight)


def fitted(x, labels: np.ndarray, weight: np.ndarray, strength: float) -> LogisticRegression:
    used = labels != KINDS["none"]
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, tol=0.005)
    return model.fit(x[used], labels[used], sample_weight=weight[used])


def report(every: list[Page], logits: np.ndarray, cut: float, news: bool = False) -> None:
    rows, at = defaultdict(list), 0
    for page in every:
        n = len(page.labels)
        gone, at = logits[at : at + n] > cut, at + n
        if page.task == "clean" or (news and not page.news):
            continue
        out = "\n".join(line for line, g in zip(page.lines, gone, strict=True) if not g)
        c, lab = bench.shingle_counts(page.gold, out), np.array(page.labels)
        hits = [((lab == 1) & gone).sum(), ((lab == 0) & gone).sum(), ((lab == 1) & ~gone).sum()]
        rows[page.task].append([bench.prec(*c), bench.rec(*c), *hits, bench.tok(page.gold) == bench.tok(out)])
    for task, found in rows.items():
        r = np.array(found, float)
        tp, fp, fn = r[:, 2:5].sum(0)
        lp, lr = tp / (tp + fp + 1e-9), tp / (tp + fn + 1e-9)
        print(
            f"  cut {cut:.1f} {'news ' if news else ''}{task:<7} text F1 {bench.f1(r[:, 0].mean(), r[:, 1].mean()):.4f}"
            f" (P {r[:, 0].mean():.3f} R {r[:, 1].mean():.3f}) removed-line F1 {2 * lp * lr / (lp + lr + 1e-9):.3f}"
            f" (P {lp:.3f} R {lr:.3f}) untouched {r[:, 5].mean():.3f}"
        )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true", help="print cross-validated figures, write nothing")
    ap.add_argument("--strength", type=float, default=0.1)
    ap.add_argument(
        "--joints", action="store_true", help="learn the joints alone, on the weights as they are"
    )
    args = ap.parse_args()
    if args.joints:
        learn_joints()
        return
    every = [p for source in SOURCES for p in pages(source)]
    known = vocabulary(every)
    number = numbered(every, known)
    x, (labels, weight) = matrix(every, known, number), targets(every)
    domains = np.concatenate([[p.domain] * len(p.labels) for p in every])
    folds = list(GroupKFold(FOLDS).split(x, labels, domains))
    first = np.zeros(len(labels))
    for train, test in folds:
        first[test] = fitted(x[train], labels[train], weight[train], args.strength).decision_function(x[test])
    looks = second(every, first)
    if args.check:
        final = np.zeros(len(labels))
        for train, test in folds:
            final[test] = fitted(looks[train], labels[train], weight[train], 1).decision_function(looks[test])
        for cut in (0.0, 0.4):
            report(every, final, cut)
        report(every, final, 0.2, news=True)
        return
    write(number, fitted(x, labels, weight, args.strength), fitted(looks, labels, weight, 1))


Joint = tuple[str, list[str], int]


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


def joint_rows() -> Iterator[Joint]:
    """Domain, signs and truth of every joint that may be one."""
    rules = rules_for()
    weights = table(rules)
    lines = gzip.decompress((BENCH / "text.dev.jsonl.gz").read_bytes()).decode().rstrip("\n").split("\n")
    for d in map(json.loads, lines):
        for shown_, true in glued(d):
            text = "\n".join(shown_)
            found = pieces(text)
            offsets = [glue.joints(p.text) for p in found]
            whole = glue.around(text, found, offsets, rules)
            for i, (piece, at) in enumerate(zip(found, true, strict=True)):
                every = offsets[i]
                for n, x in enumerate(every):
                    if whole.names.get(glue.token(piece.text, x), 0) < glue.LISTED:
                        look = glue.signs(piece.text, every, n, i, whole, rules, weights)
                        yield d["domain"], look, int(x == at)


def learn_joints() -> None:
    """Fits the joints on the weights as they are and writes their part of the table."""
    rows = list(joint_rows())
    count, sites = Counter(n for _, look, _ in rows for n in look), Counter(d for d, _, _ in rows)
    number = {n: i for i, n in enumerate(sorted(n for n, k in count.items() if k >= JOINTS))}
    ends, columns = [0], []
    for _, look, _ in rows:
        columns += [number[n] for n in look if n in number]
        ends.append(len(columns))
    x = csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), len(number)))
    y = np.array([t for _, _, t in rows])
    weight = np.array([min(1, (30 / sites[d]) ** 0.5) for d, _, _ in rows])
    model = LogisticRegression(C=0.2, solver="liblinear", fit_intercept=False)
    groups = np.array([d for d, _, _ in rows])
    p = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, groups):
        p[test] = model.fit(x[train], y[train], sample_weight=weight[train]).predict(x[test])
    print("joints of sites not seen:", y.sum(), "found", int(p[y == 1].sum()), "wrong", int(p[y == 0].sum()))
    model.fit(x, y, sample_weight=weight)
    items = [f"{n}={model.coef_[0][i]:.2f}" for n, i in number.items() if abs(model.coef_[0][i]) >= 0.05]
    text = OUT.read_text("utf-8").split("  joint:\n")[0]
    OUT.write_text(text + "\n".join(["  joint:", *rolled(items)]) + "\n", "utf-8")


def rolled(items: list[str]) -> list[str]:
    """The items as YAML strings of twelve each."""
    return ["  - '" + " ".join(items[i : i + 12]).replace("'", "''") + "'" for i in range(0, len(items), 12)]


def write(number: dict, one: LogisticRegression, two: LogisticRegression) -> None:
    lists: dict[str, list[str]] = defaultdict(list)
    for (group, value), i in number.items():
        if abs(w := one.coef_[0][i]) >= SMALLEST:
            lists[group].append(f"{value}={w:.2f}")
    lists["second"] = [f"{n}={w:.3f}" for n, w in zip([*NAMES, *BINNED], two.coef_[0], strict=True)]
    lists["second"].append(f"bias={two.intercept_[0]:.3f}")
    out = [
        "# Written by benchmarks/train_lines.py: do not edit by hand.",
        "kind: residue-weights",
        "about: >",
        "  Logits by feature: how far a line's shape, words and surroundings speak for residue.",
        "  Learned from public pages (WCXB CC-BY-4.0, Fundus MIT, Readability Apache-2.0: docs/decisions/101).",
        "lists:",
        f"  bias: ['{one.intercept_[0]:.3f}']",
    ]
    for name in (*GROUPS, *WORDS, "second"):
        out.append(f"  {name}:")
        out += rolled(lists[name])
        if not lists[name]:
            out[-1] += " []"
    OUT.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
