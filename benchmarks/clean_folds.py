"""Measures the cleaning on sites its table has not seen, by source, beside public tools.

    BENCH=../shared/bench PYTHONHASHSEED=0 /tmp/t/bin/python -m benchmarks.clean_folds [--task text …] [--write]

The product's table is learned from all development pages, so their figures
flatter. Here the sites are dealt into four parts, a table is learned from
three of them (lines, second look, joints) and cleans the pages of the
fourth. Needs scikit-learn, see train_lines.py. `--write` writes the section
"Cleaning by folds" of RESULTS.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.report import write
from benchmarks.train_lines import (
    BENCH,
    FOLDS,
    SOURCES,
    bench,
    fold,
    folded,
    learned_joints,
    pages,
    texts,
    with_table,
)
from benchmarks.train_pages import learned_pages, marked
from digest.pipeline import SKIPPABLE, read
from digest.rules import Rules, rules_for

NOTE = (
    "Sites not seen by the table that cleans them. Public tool: C4's rule on text, trafilatura on html."
    " “news”: pages that declare NewsArticle."
)
TASKS = ("text", "heavy", "glue", "noharm", "html")
GROUPS = ("all", *SOURCES, "news")
HEAD = [
    "| task | pages | by folds: P | R | F1 | removed-line F1 | untouched | joints right | public tool: F1 | removed-line F1 | untouched |",
    "|" + "---|" * 11,
]


@cache
def tables(strength: float = 0.1) -> list[Rules]:
    """For each part of the sites, the rules with a table learned from the other parts."""
    folds, sites = range(FOLDS), {d["domain"] for d in texts()}
    parts = folded([p for source in SOURCES for p in pages(source)], strength)
    every = list(marked([with_table(rules_for(), lists) for lists in parts]))
    for k, lists in zip(folds, parts, strict=True):
        lists["markup"] = learned_pages([p for p in every if fold(p.domain) != k])
        lists["joint"] = learned_joints(with_table(rules_for(), lists), {s for s in sites if fold(s) != k})
    return [with_table(rules_for(), lists) for lists in parts]


@cache
def part_of(task: str) -> dict[str, int]:
    """The part to which each input of a task belongs, as the bench makes the inputs."""
    out = {}
    for d in bench.load(str(BENCH), "dev", task):
        if task == "html":
            text = d["html"]
        elif task == "noharm":
            text = re.sub(r"\n+", "\n", d["gold"])
        elif task == "glue":
            text = bench.glue(d["text"], d["gold"])
        else:
            text = d["heavy" if task == "heavy" else "text"]
        out[text] = fold(d["domain"])
    return out


def cleaner(task: str):
    """A function for the bench that cleans each input by the table that has not seen its site."""
    done: dict[str, str] = {}

    def clean(text: str) -> str:
        if text not in done:
            rules = tables()[part_of(task)[text]]
            skip = [s for s in SKIPPABLE if s != "clean"]
            kind = "html" if task == "html" else "text"
            done[text] = read(text, rules, kind=kind, skip=skip).body.value  # type: ignore[arg-type]
        return done[text]

    return clean


def trafilatura(markup: str) -> str:
    from trafilatura import extract

    return extract(markup, include_comments=False, with_metadata=False) or ""


current = None  # the function that the bench calls by name


def ask(text: str) -> str:
    assert current is not None
    return current(text)


def measured(task: str, *tool: str) -> dict[str, dict]:
    """The bench's summaries by group of pages."""
    out = {}
    for flags in (["--by-source"], ["--news"]):
        with tempfile.NamedTemporaryFile(suffix=".json") as f, contextlib.redirect_stdout(io.StringIO()):
            sys.argv = ["bench", "--task", task, "--data", str(BENCH), "--json", f.name, *tool, *flags]
            bench.main()
            for s in json.loads(Path(f.name).read_text())["summary"]:
                out["news" if flags == ["--news"] else s["tag"]] = s
    return out


def row(task: str, group: str, ours: dict, public: dict) -> str:
    def cells(s: dict, *names: str) -> list[str]:
        return [f"{s[n]:.3f}" if n in s else "" for n in names]

    if task == "noharm":
        for s in (ours, public):
            s.pop("line_f1", None)
    else:
        for s in (ours, public):
            s.pop("perfect", None)
    mine = cells(ours, "precision", "recall", "f1", "line_f1", "perfect", "joints_right")
    name = task if group == "all" else f"— {group}"
    return (
        "| "
        + " | ".join([name, str(ours["pages"]), *mine, *cells(public, "f1", "line_f1", "perfect")])
        + " |"
    )


def main() -> None:
    global current
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--task", choices=TASKS, action="append")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    sys.modules["clean_folds"] = sys.modules[__name__]  # by which the bench finds `ask`
    tables()
    rows = []
    for task in args.task or TASKS:
        current = cleaner(task)
        ours = measured(task, "--python", "clean_folds:ask")
        current = trafilatura
        public = measured(task, *(("--python", "clean_folds:ask") if task == "html" else ("--tool", "c4")))
        for g in GROUPS:
            rows.append(row(task, g, ours[g], public[g]))
            print(rows[-1], flush=True)
    if args.write:
        write("Cleaning by folds", "benchmarks/clean_folds.py", [*HEAD, *rows, "", NOTE])


if __name__ == "__main__":
    main()
