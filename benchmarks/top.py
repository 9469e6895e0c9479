"""Measures headline and byline found in naive text, by what the page declares of itself.

    BENCH=../shared/bench .venv/bin/python benchmarks/top.py [--news] [--errors 20] [--write]

Each dev page's visible text is laid out line by line, menus and all, as one
would copy it from a browser; truth is what the page's metadata declare
(`digest.clean.metadata`), where it stands in that text as a line of its own.
The product never sees the markup. `--write` writes the section "Headline and
byline in naive text" of RESULTS.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import lxml.html

from benchmarks.report import write
from digest.clean.metadata import metadata
from digest.pipeline import SKIPPABLE, read

BENCH = Path(os.environ.get("BENCH", "../shared/bench")) / "cleaning" / "pages.dev.jsonl.gz"
UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "select", "iframe", "button"}
INLINE = set("a abbr b bdi cite code em font i ins mark q s small span strong sub sup time u wbr".split())
SKIP = tuple(s for s in SKIPPABLE if s != "clean")
NEAR = 0.8  # share of words two headlines have in common: site names are added, subtitles cut


def visible(tree: Any) -> str:
    """The page's text, a line for each block."""
    parts: list[str] = []
    todo: list[Any] = [tree]
    while todo:
        e = todo.pop()
        if isinstance(e, str):
            parts.append(e)
            continue
        if not isinstance(e.tag, str) or e.tag in UNSEEN:
            continue
        gap = [] if e.tag in INLINE else ["\n"]
        inside = [e.text or ""] + [x for child in e for x in (child, child.tail or "")]
        todo += reversed([*gap, *(x for x in inside if not isinstance(x, str) or x), *gap])
    raw = "".join(p if p == "\n" else re.sub(r"\s+", " ", p) for p in parts)
    return "\n".join(line.strip() for line in raw.split("\n") if line.strip())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def alike(a: str, b: str) -> bool:
    """Whether two headlines are the same but for a site's name or a subtitle."""
    x, y = words(a), words(b)
    short, long_ = sorted((x, y), key=len)
    return bool(short) and (
        long_[: len(short)] == short or len(set(x) & set(y)) >= NEAR * len(set(x) | set(y))
    )


def told(page: dict[str, Any]) -> tuple[str, str | None, list[str]]:
    """Its naive text, and headline and authors where they stand in it."""
    tree = lxml.html.fromstring(
        page["html"].encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
    )
    text, says = visible(tree), metadata(tree)
    lines = text.split("\n")
    headline = says["headline"]
    if headline and not any(alike(line, headline) and len(words(line)) >= 3 for line in lines):
        headline = None
    names = [
        n
        for n in re.split(r",\s*|\s+and\s+", says["byline"] or "")
        if 2 <= len(n.split()) <= 4 and "/" not in n
    ]
    short = [line.casefold() for line in lines if len(line) < 200]
    return text, headline, [n for n in names if any(n.casefold() in line for line in short)]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--news", action="store_true", help="pages that declare news only")
    ap.add_argument("--limit", type=int)
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    rows = [json.loads(line) for line in gzip.decompress(BENCH.read_bytes()).splitlines()]
    groups = {"news": [], "other": []}  # type: dict[str, list[dict[str, Any]]]
    for r in rows:
        if r["en"]:
            groups["news" if r["news"] else "other"].append(r)
    out = [
        "| pages | with a headline | found | wrong | with an author | found | wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, pages in groups.items():
        if args.news and name != "news":
            continue
        out.append(f"| {name} | " + " | ".join(map(str, counted(pages[: args.limit], args.errors))) + " |")
    print("\n".join(out))
    if args.write:
        write("Headline and byline in naive text", "benchmarks/top.py", out)


def counted(pages: list[dict[str, Any]], errors: int) -> list[int]:
    n = found = wrong = m = by = amiss = 0
    for page in pages:
        try:
            text, headline, names = told(page)
        except (ValueError, lxml.etree.ParserError):
            continue
        document = read(text, skip=SKIP)
        ours, byline = document.headline, document.byline
        if headline:
            n += 1
            good = bool(ours) and alike(ours, headline)
            found += good
            wrong += bool(ours) and not good
            if not good and errors > 0:
                errors -= 1
                print("H", page["id"], "|", headline, "|", ours)
        if names:
            m += 1
            good = bool(byline) and any(x.casefold() in byline.casefold() for x in names)
            by += good
            amiss += bool(byline) and not good
            if not good and errors > 0:
                errors -= 1
                print("B", page["id"], "|", names, "|", byline)
    return [n, found, wrong, m, by, amiss]


if __name__ == "__main__":
    main()
