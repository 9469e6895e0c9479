"""The editor's words held against the texts: nothing quoted, counted, named or linked that is not there.

    python benchmarks/truth.py [--write]

Prints every breach as `path: kind: what`, and exits with 1 if there is one;
`--write` puts the counts into RESULTS.md. What is checked, in all of
`content/` but the emendations, which hold words that stand nowhere by design:

- words in double curly marks stand word for word in a scraped text (the
  first letter's case, a comma or full stop at the end and nested marks may
  differ); a conflict's sentences stand in the very text that they name;
- numbers in figures stand in a scraped text or follow from a comparison,
  whose sums are worked out again;
- dates stand beside the words "general knowledge" or "infer…";
- capitalised names stand in a scraped text or a registry file, or beside
  words that mark them as an inference;
- web addresses stand in a scraped text or an article's front matter, and
  addresses within the site lead to something that the content makes.

What it cannot see: numbers in words, and whether a true sentence is fair.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from digest import assemble, load, strict  # noqa: E402
from digest.sums import rounds_to, worked_out  # noqa: E402

PROSE = {
    "about", "question", "note", "title", "evidence", "reason", "headline", "meaning", "statement", "subject",
}  # fmt: skip
MARKS = re.compile(r"“([^“”]+)”")
NUMBER = re.compile(r"(?<![\w.,-])\$?\d+(?:[.,]\d+)*(?:tn|mn|bn|GW|%)?(?!\w)")
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:\d{{1,2}} )?(?:{MONTH}) \d{{4}}\b")
INFERRED = re.compile(r"general knowledge|\binfer|probably|is how \w+ invites", re.I)
DATED_BY = re.compile(r"general knowledge|\binfer", re.I)
LINK = re.compile(r"\]\(([^)\s]+)\)")
WEB = re.compile(r"https?://[^\s)>\"'\]]+")
NAME = re.compile(r"(?<![.!?:|*] )(?<![\n“‘(\[*-])(?<![\n|] )(?<!- )\b[A-Z][\w’-]*[a-z][\w’-]*")
PAGES = {
    "glossary",
    "f/compared",
    "tree",
    "log",
    "method",
    "search",
    "feeds",
    "data",
    "c",
    "f",
    "p",
    "o",
    "t",
    "src",
    "archive",
    "",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the editor's prose, and where it stands."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Breach:
    """Something in the editor's prose that nothing carries."""

    where: str
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.what}"


class Folder:
    """One digest's texts and the editor's words about them."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root

    @cached_property
    def content(self) -> load.Content:
        return load.content(self.root)

    @cached_property
    def witnesses(self) -> Mapping[str, str]:
        """The scraped texts by article id, each on one line."""
        return {e.id: flat(" ".join(s.text for s in e.seeds)) for e in self.content.entries}

    @cached_property
    def all_words(self) -> str:
        return " ".join(self.witnesses.values())

    @cached_property
    def files(self) -> list[tuple[str, Any, str]]:
        """Path, data and Markdown of every file of content but the emendations."""
        found = []
        for path in sorted((self.root / "content").rglob("*")):
            shown = path.relative_to(self.root).as_posix()
            if path.suffix not in (".yaml", ".md") or shown.startswith("content/emendations/"):
                continue
            text = path.read_text("utf-8")
            head, body = (text, "") if path.suffix == ".yaml" else text.split("\n---\n", 1)
            found.append((shown, strict.load(head.removeprefix("---\n"), shown).value, body))
        return found

    @cached_property
    def comparisons(self) -> list[dict[str, Any]]:
        return next((d["comparisons"] for p, d, _ in self.files if p == "content/comparisons.yaml"), [])

    @cached_property
    def mended(self) -> str:
        """Figures as they read once mended, as the comparisons declare them."""
        return " ".join(f.get("mended", "") for c in self.comparisons for f in c["figures"])

    @cached_property
    def known_words(self) -> set[str]:
        """Words of the texts and of the registry's names."""
        names = [n for e in self.content.entities for n in (e.name, *e.aliases)]
        names += [o.name for o in self.content.outlets]
        return set(re.findall(r"\w+", " ".join([self.all_words, *names]).casefold()))

    def pieces(self) -> Iterator[Piece]:
        for path, data, body in self.files:
            yield from (Piece(f"{path} {key}", text) for key, text in prose(data))
            yield from (Piece(path, p) for p in paragraphs(body))


def flat(text: str) -> str:
    return " ".join(text.split())


def prose(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The editor's sentences in a file's data, each with its key."""
    if isinstance(data, dict):
        for k, v in data.items():
            yield from prose(v, str(k))
    elif isinstance(data, list):
        for v in data:
            yield from prose(v, key)
    elif isinstance(data, str) and key in PROSE:
        yield key, flat(data)


def paragraphs(body: str) -> Iterator[str]:
    """Paragraphs, list items and table rows, each on one line."""
    for block in re.split(r"\n\s*\n|\n(?=[-|#]|\d+\. )", body):
        if block.strip():
            yield flat(re.sub(r"^\d+\. |^[#-]+ ", "", block.strip()))


def bare(text: str) -> str:
    """`text` without the targets of its links."""
    return LINK.sub("]", text)


def stands(words: str, texts: str) -> bool:
    """Whether the words stand in the texts, as a careful writer may quote them."""
    tries = {words, words.rstrip(",.")}
    tries |= {t.replace("‘", "“").replace("’", "”") for t in tries}
    tries |= {t[:1].swapcase() + t[1:] for t in tries if t}
    return any(t in texts for t in tries)


def quotations(folder: Folder) -> Iterator[Breach]:
    for piece in folder.pieces():
        for m in MARKS.finditer(bare(piece.text).replace("**", "")):
            if not stands(m[1].replace("[", "").replace("]", ""), folder.all_words):
                yield Breach(piece.where, "words in no text", m[1])
    for c in folder.content.conflicts:
        for r in c.readings:
            for words in filter(None, (r.words, r.exact)):
                if flat(words) not in folder.witnesses.get(r.article, ""):
                    yield Breach(f"content/conflicts/{c.id}.yaml", f"words not in article {r.article}", words)


def numbers(folder: Folder) -> Iterator[Breach]:
    reckoned = set(scaled(folder.comparisons))
    for piece in folder.pieces():
        text = bare(piece.text)
        for m in DATE.finditer(text):
            if m[0] not in folder.all_words and not DATED_BY.search(text):
                yield Breach(piece.where, "date without its ground", m[0])
        text = DATE.sub(" ", text)
        for m in NUMBER.finditer(text):
            if m[0] in folder.witnesses or (
                piece.where.startswith("content/comparisons") and m[0] in reckoned
            ):
                continue
            if not re.search(
                rf"(?<![\d.,]){re.escape(m[0])}(?!\d|[.,]\d)", f"{folder.all_words} {folder.mended}"
            ):
                yield Breach(piece.where, "number in no text", m[0])


def scaled(comparisons: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Results and values of comparisons, plain and in thousands, millions, billions, with and without commas."""
    for c in comparisons:
        for value in (c["result"], *(f["value"] for f in c["figures"])):
            for scale in (1, 10**3, 10**6, 10**9):
                n = (Decimal(value) / scale).normalize()
                yield from (f"{n:f}", f"{n:,f}")


def sums(folder: Folder) -> Iterator[Breach]:
    """Comparisons whose figures are not in their text, or whose sum does not give their result."""
    for c in folder.comparisons:
        where = f"content/comparisons.yaml {c['id']}"
        for f in c["figures"]:
            if f["words"] not in folder.witnesses.get(str(f["article"]), ""):
                yield Breach(where, f"words not in article {f['article']}", f["words"])
        got = worked_out(c["sum"], {f["name"]: Decimal(f["value"]) for f in c["figures"]})
        wanted = Decimal(c["result"])
        if not rounds_to(got, c["result"]):
            yield Breach(where, "sum", f"{c['sum']} gives {got}, not {c['result']}")
        digits = {c["result"], f"{wanted:,f}"}
        if not any(re.search(rf"(?<![\d.,]){re.escape(d)}(?!\d|[.,]\d)", c["statement"]) for d in digits):
            yield Breach(where, "the statement does not hold the result", c["result"])


def names(folder: Folder) -> Iterator[Breach]:
    for piece in folder.pieces():
        text = DATE.sub(" ", re.sub(r"[\[\]]", "", bare(piece.text)))
        text = MARKS.sub(" ", text)
        if INFERRED.search(text):
            continue
        for m in NAME.finditer(" " + text if text[:1].islower() else text[1:]):
            parts = re.findall(r"\w+", re.sub(r"’s?$", "", m[0]).casefold())
            if not all(p in folder.known_words for p in parts):
                yield Breach(piece.where, "name in no text", m[0])


def addresses(folder: Folder) -> Iterator[Breach]:
    there = set(targets(folder))
    stated = {e.address.value for e in folder.content.entries}
    for piece in folder.pieces():
        for m in WEB.finditer(piece.text):
            if m[0] not in stated and m[0] not in folder.all_words:
                yield Breach(piece.where, "address in no text", m[0])
        for m in LINK.finditer(piece.text):
            if m[1].startswith("/") and m[1].partition("#")[0].strip("/") not in there:
                yield Breach(piece.where, "leads nowhere", m[1])


def targets(folder: Folder) -> Iterator[str]:
    """Addresses of pages that the content makes, without their slashes."""
    c = folder.content
    yield from PAGES
    for e in c.entries:
        yield from (f"a/{e.id}", f"a/{e.id}/clean")
    site = assemble.assembled(c).site
    kinds = {"person": "p", "organisation": "o", "product": "t"}
    yield from (f"{kinds[e.kind]}/{e.id}" for e in site.entities if e.kind in kinds)
    yield from (f"src/{o.id}" for o in site.outlets)
    yield from (f"c/{x.id}" for x in c.conflicts)
    yield from (f"s/{s.id}" for s in c.stories)
    yield from (p.id for p in c.pages)
    yield from (f"q/{q.id}" for q in site.quotes)
    yield from (f"f/{f.id}" for f in site.figures)


CHECKS = (quotations, numbers, sums, names, addresses)


def breaches(root: Path = ROOT) -> list[Breach]:
    """Everything in the editor's prose that nothing carries."""
    folder = Folder(root)
    return [b for check in CHECKS for b in check(folder)]


def counts(folder: Folder) -> dict[str, int]:
    """How much was checked."""
    pieces = list(folder.pieces())
    return {
        "stretches of prose": len(pieces),
        "words quoted": sum(len(MARKS.findall(bare(p.text))) for p in pieces),
        "sentences in conflicts": sum(len(c.readings) for c in folder.content.conflicts),
        "numbers": sum(len(NUMBER.findall(DATE.sub(" ", bare(p.text)))) for p in pieces),
        "dates": sum(len(DATE.findall(bare(p.text))) for p in pieces),
        "links": sum(len(LINK.findall(p.text)) for p in pieces),
        "sums": len(folder.comparisons),
    }


def main(arguments: list[str]) -> int:
    found = breaches()
    print(*found, sep="\n", end="\n" if found else "")
    counted = counts(Folder())
    print(json.dumps(counted | {"breaches": len(found)}))
    if "--write" in arguments:
        from report import write

        kinds = Counter(b.kind.split(" article ")[0] for b in found)
        lines = ["The editor's prose held against the texts.", "", "| checked | |", "|---|---|"]
        lines += [f"| {k} | {n} |" for k, n in counted.items()]
        lines += [f"| **breaches** | {len(found)} |", *(f"| {k} | {n} |" for k, n in sorted(kinds.items()))]
        write("Truth of the editor's words", "benchmarks/truth.py", lines)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
