"""Learns the weights of `digest/rules/en/residue-weights.yaml` from public pages.

    python -m venv /tmp/t && /tmp/t/bin/pip install scikit-learn -r requirements
    BENCH=../shared/bench PYTHONHASHSEED=0 /tmp/t/bin/python -m benchmarks.train_lines [--check]

Data: the WCXB articles of the development half (source `wx`, CC-BY-4.0; see
docs/decisions/101). Needs scikit-learn, which the product itself does not.
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
from digest.clean.context import NAMES, context  # noqa: E402
from digest.clean.features import GROUPS, Sight, surroundings  # noqa: E402
from digest.clean.judge import sights_of  # noqa: E402
from digest.clean.learned import WORDS, table  # noqa: E402
from digest.clean.lines import pieces  # noqa: E402
from digest.rules import rules_for  # noqa: E402

OUT = ROOT / "digest/rules/en/residue-weights.yaml"
DOMAINS = 12  # a word of a short line counts when it stands on so many sites; thrice that in prose
SEEN = 8  # pages that show a feature
FOLDS = 4
SMALLEST = 0.1  # logits: smaller weights are dropped from the table
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


def second(every: list[Page], first: np.ndarray) -> np.ndarray:
    out, at = [], 0
    for page in every:
        n = len(page.labels)
        words = [len(line.split()) for line in page.lines]
        out.append(context(list(map(float, first[at : at + n])), words, [s.shape >= 4 for s in page.sights]))
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
    every = list(pages("wx"))
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
    one, two = fitted(x, labels, weight, args.strength), fitted(looks, labels, weight, 1)
    if not args.check:
        write(number, one, two)
        return
    others = [p for source in ("ft", "rd") for p in pages(source)]
    scored = two.decision_function(second(others, one.decision_function(matrix(others, known, number))))
    print("other sources (never trained on)")
    for cut in (0.0, 0.4):
        report(others, scored, cut)
    report(others, scored, 0.2, news=True)


def joint_rows(every: list[Page]) -> Iterator[tuple[list[float], int]]:
    """Every possible joint of lines glued as the bench glues them, and of clean lines: true or not."""
    rules = rules_for()
    weights = table(rules)
    for page in every:
        if page.task not in ("text", "noharm"):
            continue
        names = glue.camel("\n".join(page.lines))
        last = 2
        for i, (line, label) in enumerate(zip(page.lines, page.labels, strict=True)):
            before = page.lines[i - 1].strip() if i and last == 1 and label == 0 else ""
            whole = before + line.strip()
            for at in glue.joints(whole):
                yield glue.signs(whole, at, max(0, i - 1), names, rules, weights), int(at == len(before))
            last = label


def learn_joints() -> None:
    """Fits the joints on the weights as they are and writes their line of the table."""
    rows, truth = zip(*joint_rows(list(pages("wx", 3))), strict=True)
    model = LogisticRegression(C=1, solver="liblinear", fit_intercept=False).fit(
        np.array(rows), np.array(truth)
    )
    for source in ("ft",):
        x, y = zip(*joint_rows(list(pages(source))), strict=True)
        p = model.predict(np.array(x))
        y = np.array(y)
        print(source, "joints", len(y), "true", y.sum(), "found", (p & y).sum(), "wrong", (p & ~y & 1).sum())
    line = "  joint: ['" + " ".join(f"{w:.2f}" for w in model.coef_[0]) + "']"
    kept = [t for t in OUT.read_text("utf-8").splitlines() if not t.startswith("  joint:")]
    OUT.write_text("\n".join([*kept, line]) + "\n", "utf-8")


def write(number: dict, one: LogisticRegression, two: LogisticRegression) -> None:
    lists: dict[str, list[str]] = defaultdict(list)
    for (group, value), i in number.items():
        if abs(w := one.coef_[0][i]) >= SMALLEST:
            lists[group].append(f"{value}={w:.2f}")
    lists["second"] = [f"{n}={w:.3f}" for n, w in zip(NAMES, two.coef_[0], strict=True)]
    lists["second"].append(f"bias={two.intercept_[0]:.3f}")
    out = [
        "# Written by benchmarks/train_lines.py: do not edit by hand.",
        "kind: residue-weights",
        "about: >",
        "  Logits by feature: how far a line's shape, words and surroundings speak for residue.",
        "  Learned from the WCXB development articles (CC-BY-4.0, docs/decisions/101).",
        "lists:",
        f"  bias: ['{one.intercept_[0]:.3f}']",
    ]
    for name in (*GROUPS, *WORDS, "second"):
        out.append(f"  {name}:")
        items = lists[name]
        for i in range(0, len(items), 12):
            out.append("  - '" + " ".join(items[i : i + 12]).replace("'", "''") + "'")
        if not items:
            out[-1] += " []"
    OUT.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
