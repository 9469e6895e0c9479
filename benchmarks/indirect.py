"""Measures reported statements on the seeds and writes the section of RESULTS.md.

python benchmarks/indirect.py [--sample]     (BENCH: the bench's folder, default ../shared/bench)

The seeds' gold has eight reported statements with their speakers. Precision
has no gold: `--sample` prints 40 statements found in PolNeAR's dev set (drawn
with a fixed seed) for a person to read; JUDGED holds the verdict.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import report  # noqa: E402

from digest.model import Indirect  # noqa: E402
from digest.pipeline import read  # noqa: E402

SKIP = ("clean", "repair", "figures")
SAMPLE, DRAWN_WITH = 40, 20261121
# of the sample as drawn at a commit: statement and speaker both right, statement right
JUDGED, JUDGED_AT = (33, 36), "09554a3"


def bench() -> Path:
    """The shared bench's folder."""
    return Path(os.environ.get("BENCH") or HERE.parent.parent / "shared" / "bench")


def gold() -> list[dict[str, Any]]:
    """The seeds' reported statements as a person reads them."""
    path = bench().parent / "gold" / "seeds-quotes.json"
    return json.loads(path.read_text("utf-8"))["indirect_links"] if path.exists() else []


def spoken(found: list[tuple[int, int, Indirect]], g: dict[str, Any]) -> Indirect | None:
    """The statement found that shares most of its words with a gold item, at least half of the shorter."""
    best, most = None, 0
    for start, end, i in found:
        shared = min(end, g["end"]) - max(start, g["start"])
        if shared > most and shared * 2 >= min(end - start, g["end"] - g["start"]):
            best, most = i, shared
    return best


def seeds() -> list[str]:
    """The table of the seeds: statements found, gold spans found, speakers right."""
    out = ["| seed | found | gold | spans | speakers |", "|---|---|---|---|---|"]
    sums = [0, 0, 0, 0]
    every = gold()
    for path in sorted((HERE.parent / "seeds").glob("*.txt")):
        document = read(path.read_bytes().decode("utf-8"))
        found = [(*document.body.raw_span(i.start, i.end), i) for i in document.indirect]
        wanted = [g for g in every if g["seed"] == path.name]
        hits = [(g, spoken(found, g)) for g in wanted]
        spans = sum(1 for _, i in hits if i)
        right = sum(1 for g, i in hits if i and (i.speaker_full or i.speaker) == g["speaker"])
        row = [len(found), len(wanted), spans, right]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        out.append(f"| {path.name[:3]} | " + " | ".join(map(str, row)) + " |")
    return [*out, "| all | " + " | ".join(map(str, sums)) + " |"]


def statements() -> Iterator[tuple[str, Indirect]]:
    """Every reported statement found in the dev set, with the sentence's surroundings."""
    with gzip.open(bench() / "quotes" / "polnear_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = read(json.loads(line)["text"], skip=SKIP)
            text = document.body.value
            for i in document.indirect:
                yield text[max(0, i.start - 160) : i.end + 100], i


def main() -> None:
    """Prints the sample, or measures and writes the section."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--sample", action="store_true")
    every = list(statements())
    if args.parse_args().sample:
        for around, i in random.Random(DRAWN_WITH).sample(every, SAMPLE):
            print(f"[{i.rule}] {i.speaker} = {i.speaker_full} | {i.cue} | {i.text}\n    … {around!r}\n")
        return
    made = [*seeds(), "", f"PolNeAR dev: {len(every)} reported statements found."]
    made.append(
        f"Of {SAMPLE} drawn at random (seed {DRAWN_WITH}, commit {JUDGED_AT}), judged by reading (one reader, "
        f"a session of the project, no gold): {JUDGED[1]} statements right, {JUDGED[0]} with the right speaker too."
    )
    print("\n".join(made))
    report.write("Reported statements", "benchmarks/indirect.py", made)


if __name__ == "__main__":
    main()
