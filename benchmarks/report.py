"""Writes a section of RESULTS.md: what was measured, when, at which commit."""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
TOP = "# Measured results\n\nEach section is written by the script it names; dev halves of public data and the five seeds.\n"


def commit() -> str:
    """The short hash of HEAD, with `+` when the work tree differs from it."""

    def run(*words: str) -> str:
        done = subprocess.run(["git", *words], capture_output=True, text=True, cwd=RESULTS.parent)
        return done.stdout.strip()

    return run("rev-parse", "--short", "HEAD") + ("+" if run("status", "--porcelain", "-uno") else "")


def write(section: str, script: str, lines: list[str]) -> None:
    """Puts `lines` under `## section`, in place of what stood there; sections stay sorted."""
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else TOP
    parts = re.split(r"(?m)^(?=## )", text)
    stamp = f"`{script}`, {datetime.date.today().isoformat()}, commit {commit()}"
    body = f"## {section}\n\n{stamp}\n\n" + "\n".join(lines).strip() + "\n\n"
    rest = [p.rstrip() + "\n\n" for p in parts[1:] if not p.startswith(f"## {section}\n")]
    RESULTS.write_text(parts[0].rstrip() + "\n\n" + "".join(sorted([*rest, body])).rstrip() + "\n", "utf-8")
