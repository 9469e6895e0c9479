"""Measures figures on the shared bench and writes the section of RESULTS.md.

python benchmarks/figures.py [--repeat 3]     (BENCH: the bench's folder, default ../shared/bench)

Each set runs through the bench's own script and adapter, so that time is the
processor time of `build.py read --jsonl`, with all that belongs to it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
import report  # noqa: E402

SETS = ("newsquant", "illinois", "recognizers", "duckling", "recspecs", "recranges", "quantulum", "seeds")
BARS = {
    "newsquant": "value 92.0, unit 85.6, change 88.1; wrong magnitude <= 3; 5,000 sentences/s",
    "illinois": "overlap 92.4",
    "recognizers": "value > 86.4, unit > 80.9",
    "duckling": "value > 64.6, unit > 56.0",
    "recranges": "recall 45.4",
    "seeds": "13 of 13, traps 0 of 38, wrong magnitude 0",
}


def folder() -> Path:
    """The bench's folder; ends the program when there is none."""
    path = Path(os.environ.get("BENCH") or HERE.parent.parent / "shared" / "bench")
    for found in (path, path.parent.parent.parent / "shared" / "bench"):
        if (found / "figures" / "bench.py").exists():
            return found.resolve()
    sys.exit(f"no bench at {path}: set BENCH")


def measured(name: str, bench: Path, repeat: int) -> dict[str, Any]:
    """The bench's result for one set."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "result.json"
        env = {**os.environ, "PYTHONPATH": str(bench), "PROJECT": str(HERE.parent), "PYTHON": sys.executable}
        command = [sys.executable, str(bench / "figures" / "bench.py"), "--set", name]
        command += ["--python", "adapter:figures", "--repeat", str(repeat), "--json", str(out)]
        subprocess.run(command, check=True, env=env, cwd=HERE.parent, stdout=subprocess.DEVNULL)
        result: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return result


def row(name: str, r: dict[str, Any]) -> str:
    """One line of the table."""
    v, o = r["value"], r["span_overlap"]
    values = [f"{v['P']} / {v['R']} / {v['F1']}", r["value_unit"]["F1"], r["value_change"]["F1"]]
    cells = [*(["–"] * 3 if name == "illinois" else values), o["F1"]]
    cells += [
        r["wrong_magnitude"],
        r["trap_hits"],
        r["errors"],
        round(r["cpu_sent_per_s"]),
        BARS.get(name, ""),
    ]
    return f"| {name} | {r['sentences']} / {r['gold']} | " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Runs every set and writes the section."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--repeat", type=int, default=3)
    repeat = args.parse_args().repeat
    head = "| set | sentences / figures | value P / R / F1 | value+unit F1 | value+change F1 | overlap F1 "
    lines = [
        "Dev halves; the bars are for the held-out halves. illinois has spans only; of recspecs and recranges read recall.",
        "",
        head + "| wrong magnitude | traps | errors | sentences per CPU second | bar |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(row(name, measured(name, folder(), repeat)) for name in SETS),
    ]
    print("\n".join(lines))
    report.write("Figures", "benchmarks/figures.py", lines)


if __name__ == "__main__":
    main()
