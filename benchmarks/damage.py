"""Damage: the seeds against the gold, and how often sound news is accused or changed.

    python benchmarks/damage.py

Reads the bench at $BENCH (default ../shared/bench beside the repository).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("BENCH") or ROOT.parent / "shared" / "bench")
if not BENCH.exists():
    BENCH = Path("/work/shared/bench")
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

import report  # noqa: E402

import digest  # noqa: E402


def sound() -> Iterator[tuple[str, str]]:
    """Sound texts by name: gold bodies of the cleaning bench, news of the quotes bench."""
    for file, key in (("cleaning/text.dev.jsonl.gz", "gold"), ("quotes/polnear_train.jsonl.gz", "text")):
        with gzip.open(BENCH / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                d = json.loads(line)
                if d.get("en", True):
                    yield d["id"], d[key]


def seeds() -> list[str]:
    """The last lines of the bench's own scorer."""
    env = {**os.environ, "PROJECT": str(ROOT)}
    command = [sys.executable, str(BENCH / "damage" / "score.py")]
    out = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=True).stdout
    return [line for line in out.splitlines() if re.match(r"exact|diagnosis|s\d", line)]


def main() -> None:
    words = 0
    counts: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    start = time.process_time()
    for _, text in sound():
        document = digest.read(text, skip=("clean", "mentions", "quotes", "figures"))
        words += len(text.split())
        opened.update(name for name, sign in document.diagnosis if sign.open)
        for e in document.body.raw_edits():
            if e.layer == "repair":
                counts[f"{e.edit.status} {e.edit.kind}"] += 1
    spent = time.process_time() - start
    false = counts["applied emend"]
    asked = sum(n for k, n in counts.items() if not k.startswith("applied"))
    report.write(
        "damage",
        "benchmarks/damage.py",
        [
            "Seeds, visible gold, rules alone (the editor's layer not counted):",
            "",
            *(f"- {line}" for line in seeds()),
            "",
            f"Sound news, {words:,} words:",
            "",
            f"- opened: {dict(sorted(opened.items())) or 'none'} (bar: none; mojibake is real there)",
            f"- words replaced: {false}, {false / words * 1e5:.3f} per 100,000 words (bar 0.1)",
            f"- blanks put between glued sentences: {counts['applied split']}",
            f"- flags and proposals: {asked}, {asked / words * 1e4:.2f} per 10,000 words (bar 1)",
            f"- decode, marks and repair: {spent / words * 1e6:.2f} ms per 1,000 words",
        ],
    )


if __name__ == "__main__":
    main()
