"""Measures what each stage of `read --jsonl` costs and writes its section of RESULTS.md.

    BENCH=../shared/bench .venv/bin/python benchmarks/speed.py [--limit 60] [--rounds 3] [--dry]

The seeds, and where the bench is there every development page of its cleaning
set (`--limit`: so many of them, evenly drawn). Processor time of one thread;
of each text the quickest of some rounds counts, so that a busy machine does
less harm. A round reads each text twice: as it is, for the whole, and with a
clock around each stage, for the shares. A stage's time is its own, without
that of the stages it calls; the clocks themselves fall to `the rest`.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import thread_time
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import report  # noqa: E402

from digest import annotate, clean, decode, exchange, language, marks, pipeline, repair, stream  # noqa: E402
from digest.rules import rules_for  # noqa: E402
from digest.text import Text  # noqa: E402

BENCH = Path(os.environ.get("BENCH") or HERE.parent.parent / "shared" / "bench")
BAR = 200  # pages a second on one core
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("decode", decode, "edits"),
    ("language", language, "foreign"),
    ("clean", clean, "edits"),
    ("marks", marks, "scopes"),
    ("repair", repair, "diagnosis"),
    ("repair", repair, "edits"),
    ("resolve", pipeline, "resolved"),
    ("layers", Text, "revise"),
    ("layers", Text, "raw_edits"),
    ("JSON", exchange, "line"),
)
NAMES = (*dict.fromkeys(name for name, *_ in STAGES), *annotate.NAMES, "blocks")


class Clock:
    """Seconds by stage; what runs within a stage under a name of its own is taken off."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within = 0.0

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function` with its time counted under `name`; an iterator is run to its end."""

        def timed(*args: Any, **named: Any) -> Any:
            outer, self._within, start = self._within, 0.0, thread_time()
            made = function(*args, **named)
            made = tuple(made) if isinstance(made, Iterator) else made
            took = thread_time() - start
            self.spent[name] += took - self._within
            self._within = outer + took
            return made

        return timed


@contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """The stages with a clock around each, for as long as the block runs."""
    before = [(owner, name, getattr(owner, name)) for _, owner, name in STAGES]
    before += [(annotate, "ANNOTATORS", annotate.ANNOTATORS), (annotate, "blocks", annotate.blocks)]
    for label, owner, name in STAGES:
        setattr(owner, name, clock.around(label, getattr(owner, name)))
    annotate.ANNOTATORS = tuple((n, clock.around(n, find)) for n, find in annotate.ANNOTATORS)
    annotate.blocks = clock.around("blocks", annotate.blocks)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def seconds(line: bytes) -> float:
    """Processor time of one answer of the stream."""
    marks._scopes.cache_clear()
    start = thread_time()
    stream.answer(line)
    return thread_time() - start


def staged(line: bytes) -> dict[str, float]:
    """Processor time of one answer by stage."""
    clock = Clock()
    marks._scopes.cache_clear()
    with clocked(clock):
        stream.answer(line)
    return dict(clock.spent)


def measured(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Seconds for all `texts`: the whole, and by stage; the sums of each text's best round."""
    lines = [json.dumps({"text": t}).encode() for t in texts]
    best: list[dict[str, float]] = [{} for _ in lines]
    for _ in range(rounds):
        for line, so_far in zip(lines, best, strict=True):
            for name, took in {"whole": seconds(line), **staged(line)}.items():
                so_far[name] = min(took, so_far.get(name, took))
        gc.collect()
    return {name: sum(b.get(name, 0.0) for b in best) for name in ("whole", *NAMES)}


def bench_pages(limit: int | None) -> list[str]:
    """The light scrapes among the development pages; [] where there is no bench."""
    path = BENCH / "cleaning" / "text.dev.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [d["text"] for d in map(json.loads, lines) if d["group"] == "mix"]
    return texts[:: max(1, len(texts) // limit)] if limit else texts


def row(name: str, texts: Sequence[str], found: dict[str, float]) -> str:
    words = sum(len(t.split()) for t in texts)
    whole = found["whole"]
    rest = whole - sum(found[n] for n in NAMES)
    cells = [name, len(texts), words // len(texts), f"{len(texts) / whole:.0f}", f"{whole * 1e6 / words:.2f}"]
    cells += [f"{s * 1e6 / words:.2f}" for s in (*(found[n] for n in NAMES), rest)]
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Measures, prints, and writes the section unless told not to."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--limit", type=int, help="pages of the bench")
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--dry", action="store_true", help="print, write nothing")
    given = args.parse_args()
    sets = {"seeds": [p.read_bytes().decode() for p in sorted((HERE.parent / "seeds").glob("*.txt"))]}
    if pages := bench_pages(given.limit):
        sets["cleaning text, dev"] = pages
    rules_for()
    gc.freeze()
    gc.disable()  # as `read --jsonl` does
    head = ["texts", "number", "words each", "texts a second", "whole", *NAMES, "the rest"]
    lines = [f"Milliseconds of processor time per 1,000 words. Bar: {BAR} pages a second.", ""]
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [row(name, texts, measured(texts, given.rounds)) for name, texts in sets.items() if texts]
    print("\n".join(lines))
    if not given.dry:
        report.write("Speed", "benchmarks/speed.py", lines)


if __name__ == "__main__":
    main()
