"""Measures the clean stage on the shared bench and writes its section of RESULTS.md.

    BENCH=../shared/bench .venv/bin/python benchmarks/cleaning.py [--limit 100] [--task text …]

Development pages only. The table was learned on these very pages, so the
figures of clean_folds.py say more about pages not seen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import write  # noqa: E402

BENCH = Path(os.environ.get("BENCH", ROOT.parent / "shared/bench"))
TASKS = ("text", "heavy", "glue", "noharm", "html")
BARS = {
    "text": "F1 .955, removed lines .90",
    "heavy": "F1 .94",
    "glue": "joints .60",
    "noharm": "F1 .995, untouched .85",
    "html": "F1 .958",
}
HEAD = [
    "| task | pages | P | R | F1 | removed-line F1 | untouched | joints right | bar (on other pages) |",
    "|" + "---|" * 9,
]


def measured(task: str, limit: int | None) -> dict:
    """The summary that the bench writes for one task, all sources together and each alone."""
    function = "adapter:clean_html" if task == "html" else "adapter:clean"
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        argv = [
            sys.executable,
            str(BENCH / "cleaning/bench.py"),
            "--task",
            task,
            "--python",
            function,
            "--by-source",
        ]
        argv += ["--json", out.name, *(["--limit", str(limit)] if limit else [])]
        subprocess.run(argv, check=True, env=os.environ | {"PROJECT": str(ROOT)}, cwd=BENCH)
        return json.loads(Path(out.name).read_text("utf-8"))


def row(task: str, s: dict) -> str:
    line, joints = s.get("line_f1"), s.get("joints_right")
    cells = [
        task if s["tag"] == "all" else f"— {s['tag']}",
        str(s["pages"]),
        *(f"{s[k]:.3f}" for k in ("precision", "recall", "f1")),
        f"{line:.3f}" if line is not None and task != "noharm" else "",
        f"{s['perfect']:.3f}" if task == "noharm" else "",
        f"{joints:.3f}" if joints is not None else "",
        BARS[task] if s["tag"] == "all" else "",
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--limit", type=int, help="pages a task, for a quick look")
    ap.add_argument("--task", choices=TASKS, action="append")
    args = ap.parse_args()
    rows, speed = [], []
    for task in args.task or TASKS:
        result = measured(task, args.limit)
        rows += [row(task, s) for s in result["summary"]]
        pages = result["summary"][0]["pages"]
        speed.append(
            f"{task} {pages / result['secs']:.0f} pages/s ({result['mb'] / result['secs']:.1f} MB/s)"
        )
    note = "Whole pipeline. Speed by processor time: " + ", ".join(speed) + "."
    public = "Public tools on the set that the bars are for: text F1 trafilatura .896, jusText .894, C4's rule .930."
    seen = "Learned from these very pages: what to expect of others stands under “Cleaning by folds”."
    write("Cleaning", "benchmarks/cleaning.py", [*HEAD, *rows, "", note, "", seen, "", public])


if __name__ == "__main__":
    main()
