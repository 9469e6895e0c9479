"""Measures the cleaning of scrapes whose lines are broken or run together, by the pages' gold texts.

    BENCH=../shared/bench .venv/bin/python benchmarks/layouts.py [--pages 98] [--write]

The dev pages that declare themselves news, laid out as naive scrapers do:
the light scrape as it is and broken at 72 characters; the markup's text by
BeautifulSoup's `get_text` with a line break at every element, with none, and
with blanks alone. For each: F1 over runs of four words against the gold, and
how many of the gold's paragraphs of ten words or more stand whole, as lines of
their own; the same without the stage that lays lines out. `--write` writes
the section "Broken and glued lines" of RESULTS.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bs4 import BeautifulSoup

from benchmarks.report import write
from digest import clean
from digest.pipeline import SKIPPABLE, read

BENCH = Path(os.environ.get("BENCH", Path(__file__).resolve().parents[2] / "shared/bench")) / "cleaning"
WIDTH = 72
HEAD = [
    "| scrape | pages | F1 | whole paragraphs | F1 without | whole without |",
    "|---|---|---|---|---|---|",
]


def rows(name: str) -> Iterator[dict]:
    with gzip.open(BENCH / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


def broken(text: str) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, WIDTH)) or "" for line in text.split("\n"))


def of_markup(between: str, strip: bool) -> Callable[[dict], str]:
    def text(d: dict) -> str:
        soup = BeautifulSoup(d["html"], "lxml")
        for tag in soup(["script", "style", "noscript"]):
            tag.decompose()
        return soup.get_text(between, strip=strip)

    return text


SCRAPES: dict[str, Callable[[dict], str]] = {
    "lines as they were": lambda d: d["text"],
    f"broken at {WIDTH} characters": lambda d: broken(d["text"]),
    "a line for every element": of_markup("\n", True),
    "no break between elements": of_markup("", False),
    "blanks alone": of_markup(" ", True),
}


def f1(gold: str, out: str) -> float:
    g, o = (
        Counter(zip(*[re.findall(r"\w+", text.lower())[i:] for i in range(4)], strict=False))
        for text in (gold, out)
    )
    return 2 * (g & o).total() / max(1, g.total() + o.total())


def whole(gold: str, out: str) -> float:
    """The share of the gold's paragraphs that are lines of `out`, marks and blanks aside."""
    lines = {re.sub(r"\W+", "", line) for line in out.split("\n")}
    long = [re.sub(r"\W+", "", line) for line in gold.split("\n") if len(line.split()) >= 10]
    return sum(line in lines for line in long) / max(1, len(long))


def measured(pages: list[dict], scrape: Callable[[dict], str]) -> list[float]:
    skip = [s for s in SKIPPABLE if s != "clean"]
    texts = [(d["gold"], scrape(d)) for d in pages]
    made = [(gold, read(text, skip=skip).body.value) for gold, text in texts]
    return [sum(f(*m) for m in made) / len(made) for f in (f1, whole)]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pages", type=int, default=1000, help="at most so many")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    texts = {d["id"]: d for d in rows("text") if d["news"] and d["en"]}
    pages = [{**d, **texts[d["id"]]} for d in rows("pages") if d["id"] in texts][: args.pages]
    out = []
    for name, scrape in SCRAPES.items():
        with patch.object(clean, "reflowed", lambda _: []), patch.object(clean, "parted", lambda _: []):
            before = measured(pages, scrape)
        cells = [f"{x:.3f}" for x in (*measured(pages, scrape), *before)]
        out.append(f"| {name} | {len(pages)} | {' | '.join(cells)} |")
        print(out[-1], flush=True)
    if args.write:
        write("Broken and glued lines", "benchmarks/layouts.py", [*HEAD, *out])


if __name__ == "__main__":
    main()
