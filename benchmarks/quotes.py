"""Measures quotes on the shared bench and writes the section of RESULTS.md.

python benchmarks/quotes.py [--set dev]     (BENCH: the bench's folder, default ../shared/bench)

Besides the bench's own figures: speakers right by rule, from which the
`cert` and `measured` of `digest/rules/en/attribution.yaml` are taken.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import report  # noqa: E402

from digest.pipeline import read  # noqa: E402

SKIP = ("clean", "repair", "figures")
SPEECH = {"direct", "partial", "continuation", "block", "broken"}
BARS = {
    "overlap F1": ">= 95",
    "precision": ">= 97",
    "joint F1": ">= 85",
    "speaker as mentioned": ">= 90 %",
    "speaker as person (named)": ">= 80 %",
    "traps taken": "<= 3 of 47",
    "ms per 1,000 words": "<= 15",
}


def bench() -> ModuleType:
    """The shared bench's own module."""
    folder = Path(os.environ.get("BENCH") or HERE.parent.parent / "shared" / "bench") / "quotes"
    if not (folder / "bench.py").exists():
        sys.exit(f"no bench at {folder}: set BENCH")
    spec = importlib.util.spec_from_file_location("quotes_bench", folder / "bench.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(text: str) -> list[dict[str, Any]]:
    """Our quotes in the bench's form."""
    document = read(text, skip=SKIP)
    out = []
    for q in document.quotes:
        if q.kind in SPEECH:
            start, end = document.body.raw_span(q.start, q.end)
            out.append(
                {
                    "quote_start": start,
                    "quote_end": end,
                    "speaker_text": q.speaker,
                    "speaker_full": q.speaker_full,
                    "rule": q.rule,
                }
            )
    return out


def by_rule(module: ModuleType, records: list[dict[str, Any]]) -> dict[str, list[int]]:
    """For each rule, quotations with a gold speaker that it attributed and how many of them rightly."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for r in records:
        text = r["text"]
        gold = [
            (s, g)
            for g in r["quotes"]
            if g.get("source")
            for s in module.split_lines(text, g["start"], g["end"])
        ]
        for q in found(text):
            for span in module.split_lines(text, q["quote_start"], q["quote_end"]):
                for s, g in gold:
                    if module.iou(span, s) >= 0.8:
                        right = module.same(q["speaker_text"], g["source"]) or module.same(
                            q["speaker_full"], g["source"]
                        )
                        counts[q["rule"]][0] += 1
                        counts[q["rule"]][1] += bool(right)
    return counts


def cert(right: int, all_: int) -> str:
    """high from .9, medium from .75, else low; below five cases nothing is proved."""
    share = right / all_ if all_ else 0
    return "unproved" if all_ < 5 else "high" if share >= 0.9 else "medium" if share >= 0.75 else "low"


def lines(r: dict[str, Any], rules: dict[str, list[int]], name: str) -> list[str]:
    """The section's lines: the bars, then speakers right by rule."""
    overlap, joint = r["overlap_PRF"], r["joint_PRF"]
    got = {
        "overlap F1": overlap[2],
        "precision": overlap[0],
        "joint F1": joint[2],
        "speaker as mentioned": f"{r['speaker_mention_acc']} % of {r['sp_n']}",
        "speaker as person (named)": f"{r['speaker_entity_acc']} % of {r['ent_n']}",
        "traps taken": f"{r['fp_trap']} of {r['traps']}",
        "ms per 1,000 words": r["ms_per_1000_words"],
    }
    out = [
        f"PolNeAR `{name}`: {r['articles']} articles, {r['gold']} quotations, {r['words']} words; errors {r.get('crash', 0)}.",
        "",
        "| | measured | bar on held-out articles |",
        "|---|---|---|",
    ]
    out += [f"| {k} | {v} | {BARS[k]} |" for k, v in got.items()]
    out += ["", "| rule | right | of | share | cert |", "|---|---|---|---|---|"]
    for rule, (n, right) in sorted(rules.items(), key=lambda kv: (-kv[1][0], kv[0])):
        out.append(f"| {rule} | {right} | {n} | {right / n:.2f} | {cert(right, n)} |")
    return out


def main() -> None:
    """Runs the bench and writes the section."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--set", default="dev")
    name = args.parse_args().set
    module = bench()
    records = module.load(name)
    found("“Warm up,” said Ann Lee.")
    made = lines(module.run(found, records), by_rule(module, records), name)
    print("\n".join(made))
    if name == "dev":
        report.write("Quotes", "benchmarks/quotes.py", made)


if __name__ == "__main__":
    main()
