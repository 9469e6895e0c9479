"""Times reading of hostile texts and pages by the ratio of two lengths in one run.

    .venv/bin/python benchmarks/hostile.py [--size 60000] [--write]
    .venv/bin/python benchmarks/hostile.py --search 200 [--seed 1] [--html]

Each text is a piece that stands again and again; it is read whole (all stages)
at a length and at four times that length, with fresh caches. Linear time is a
ratio of 4, quadratic time 16; above 7 a row is marked. `--search` makes
pieces of its own, drawn from parts that rules and patterns look for, and shows
those that grow. Either ends in 1 if a row is marked or shown. `tests/effort.py` counts the same without a clock; it does not
see what one pattern does inside. `--write` writes "Hostile input" of RESULTS.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import digest
from benchmarks.report import write

TIMES, BAR = 4, 7.0
MARK = " **above**"
TEXTS = {
    "one-word lines": "word\n",
    "one line of words": "word ",
    "one word": "a",
    "joints": "end.The ",
    "capitals": "Ab",
    "opening marks": "“",
    "straight marks": '"',
    "apostrophes": "’",
    "quotation, speaker": "“We are here,” said Ann Lee. ",
    "dialogue without end": "“We are here,” she said.\n\n“It is so.\n\n“More.”\n\n",
    "blocks of lines": "Ann Lee wrote:\n“For us:\n“A b c.”\nno\nyes. “\n",
    "cues": "he said that according to ",
    "names": "Ann Lee and Bob Roe of Tarn Ltd, ",
    "offices": "chief engineer Ines Duarte, the boss of Tarn, ",
    "commas of numbers": "1,",
    "money": "$5 to $6 million a year, ",
    "number words": "one hundred and ",
    "appeals": "Your support helps us. ",
    "residue lines": "Share on Facebook\nComments (3)\nRead more: The town\n",
    "tags in text": "<b>x</b> &amp; <a href='y'>z</a>\n",
    "open tags in text": "<a <b ",
    "entities": "&amp;amp;",
    "Markdown links": "[a](b) ![c](d) ",
    "open brackets": "[[(",
    "quoted mail": "> > x\n",
    "hyphens at line ends": "some hyphen-\nated words\n",
    "a narrow column": "the words of a text that is cut at\nsome narrow width, as a column is\n",
    "dates": "Monday, 3 March 2025 at 12:30 | ",
    "addresses": "https://a.example/b?c=d, e@f.example, @g #h ",
    "combining marks": "e\u0301\u0301\u0301\u0301",
    "controls": "\x00\x07\u200b\u202e\n",
    "right to left": "مرحبا بالعالم ",
    "spun phrases": "one.4 cents for every 1mn tokens and a whole lot of thousands ",
    "the same sentence": "The council voted on Monday to close the bridge over the Tarn. ",
    "whole quotations": "“We are not going to the sea today.”\n",
    "open quotations in lines": "“We are not going to the sea today.\n",
    "signed quotations": "“We are not going to the sea today.”\n— Zed\n",
    "turns of an outlet": "Echo: Why now?\nReed: I had time.\n",
    "turns": "Q: Why now?\nA: Because.\nANN LEE: No.\n",
}
PAGES = {
    "paragraphs": "<p>The council voted on Monday to close it.</p>",
    "links": "<a href=/>word</a> ",
    "classes": "<div class='a b-c d_e'>x</div>",
    "tables": "<table><tr><td>x<td>y</table>",
    "open boxes": "<div>x",
    "open quotations": "<blockquote><p>x",
    "captions": "<figure><img src=a alt=b><figcaption>c</figcaption></figure>",
    "captions of one figure": "<figcaption>c</figcaption>",
    "JSON-LD": '<script type="application/ld+json">{"@type":"NewsArticle","author":[[{"name":"A"}]]}</script>',
    "metadata": "<meta property=og:title content=a><meta name=date content=2025-02-01>",
    "comments": "<!-- x --><![CDATA[ y ]]>",
    "unknown tags": "<x-y z='1'>w</x-y>",
}
ONCE = {"captions of one figure": "<blockquote>x</blockquote><figure>"}  # what stands before the first piece
PARTS = (
    "“ ” ‘ ’ \" ' « » — – - … . , ; : ? ! ( ) [ ] { } < > & | * # / \\ \n \n\n \t \u00a0 \u200b "
    "a I A. U.S. Ann Lee Mr. Dr. Tarn said says that who which, according to told wrote added: by By BY of the The and "
    "1 12 3,000 $5 €6m 2.5% 1/2 one ten hundred million mn thousand of-the 2025 Monday March 12:30 AM GMT "
    "Advertisement Share Comments Photo: Image: Read more Sign up newsletter your support subscribe © 2025 "
    "https://a.example/b @c #d e@f.example &amp; <b> </b> <a href='x'> [x](y) > Q: A: ANN: "
    "e\u0301 é 日本 и م ß ﬁ ½ one.4 end.The doesn't whom's to to the the"
).split(" ")

TAGS = (
    "<div> </div> <p> </p> <table> <tr> <td> </table> <ul> <li> </ul> <h2> </h2> <blockquote> </blockquote> <br> <hr> "
    "<a href='/x'> </a> <span class='byline'> </span> <figure> <img alt='x'> <figcaption> </figure> <article> </article> <aside> </aside> "
    "<nav> </nav> <footer> <b> </b> <i> <q> </q> <form> <input> <script>x</script> <style>y</style> <svg> </svg> <!--c--> &nbsp; &lt; "
    "<section> </section> <div class='newsletter'> <div id='comments'> <time datetime='2025-02-01'> <cite> </cite> <pre> <template> <math>"
).split(" ")


def seconds(text: str, kind: str) -> float:
    start = time.thread_time()
    digest.read(text, kind=kind)  # type: ignore[arg-type]
    return time.thread_time() - start


def grown(unit: str, kind: str, size: int, once: str = "") -> tuple[float, float]:
    """Seconds for `size` characters of the piece, and for `TIMES` as many."""
    short = unit * max(size // len(unit), 1)
    page: Callable[[str], str] = lambda t: f"<html><body>{once}{t}" if kind == "html" else t  # noqa: E731
    few = min(
        seconds(page(short), kind), seconds(page(short + unit), kind)
    )  # the same again would be remembered
    return few, seconds(page(short * TIMES), kind)


def invented(rng: random.Random, kind: str) -> Iterator[str]:
    """Pieces of one to six parts, with blanks between them or none."""
    pool = PARTS + TAGS * 3 if kind == "html" else PARTS
    while True:
        parts = [p or " " for p in rng.choices(pool, k=rng.randint(1, 6))]
        yield rng.choice(["", " ", " ", "\n"]).join(parts) + rng.choice(["", " ", "\n"])


def search(count: int, seed: int, kind: str, size: int) -> int:
    """Prints the pieces that grow; how many there are."""
    shown = 0
    made = invented(random.Random(seed), kind)
    for n in range(count):
        unit = next(made)
        few, many = grown(unit, kind, size)
        if many > BAR * max(few, 0.004) or few > size / 25_000:
            print(f"{n:4} {few:7.3f} {many:7.3f} {many / few:5.1f}  {unit!r}", flush=True)
            shown += 1
    return shown


def table(size: int) -> list[str]:
    """The rows for RESULTS.md, printed as they come."""
    lines = [f"| input | s at {size:,} characters | s at {TIMES} times | ratio |", "|---|---|---|---|"]
    for kind, units in (("text", TEXTS), ("html", PAGES)):
        for name, unit in units.items():
            few, many = grown(unit, kind, size, ONCE.get(name, ""))
            mark = MARK if many > BAR * max(few, 0.01) else ""
            lines.append(f"| {kind}: {name} | {few:.3f} | {many:.3f} | {many / few:.1f}{mark} |")
            print(lines[-1], flush=True)
    return lines


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--size", type=int, default=60_000)
    ap.add_argument("--search", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--html", action="store_true", help="search pages, not texts")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    digest.read(TEXTS["dialogue without end"] * 50)
    if args.search:
        sys.exit(search(args.search, args.seed, "html" if args.html else "text", args.size) > 0)
    lines = table(args.size)
    if args.write:
        write("Hostile input", "benchmarks/hostile.py", lines)
    sys.exit(any(MARK in line for line in lines))


if __name__ == "__main__":
    main()
