"""Sentence bounds in a line of news, good enough to quote a sentence whole."""

from __future__ import annotations

import re

from digest.text import Span

# A stop, closing marks, a blank, and something that can begin a sentence.
END = re.compile(r"""[.!?…]["”’»')\]]*(?=\s+["“‘«'(\[]*[A-Z0-9ÀÖØ-Þ])""")
LINE = re.compile(r"[^\n]+")
# Words whose full stop does not end a sentence: titles, months, initials, U.S.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|etc|cf|al|approx)|\b[A-Z](?:\.[A-Z])*)\.\Z"
)


SMALL = frozenset("vs etc cf al approx".split())


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, in order; a line break always ends one.

    Offsets index `text`. Blanks between sentences belong to none.
    """
    out: list[Span] = []
    stop = len(text) if end is None else end
    for line in LINE.finditer(text, start, stop):
        at, last = line.span()
        for m in END.finditer(text, at, last):
            dot, after = m.span()
            if text[dot] == "." and _abbreviated(text, at, dot):
                continue
            out.append(Span(at, after))
            at = after
            while at < last and text[at].isspace():
                at += 1
        if text[at:last].strip():
            out.append(Span(at, last))
    return out


def _abbreviated(text: str, at: int, dot: int) -> bool:
    """Whether the dot at `dot` belongs to the word before it; nothing before `at` is looked at."""
    at = max(at, dot - 12)
    word = text[at:dot].rpartition(" ")[2]
    if word.isalpha() and (len(word) > 6 or (word.islower() and word not in SMALL)):
        return False  # nearly every dot, without the pattern
    return ABBREVIATION.search(text, at, dot + 1) is not None


def around(text: str, start: int, end: int) -> Span:
    """The whole sentences that `text[start:end]` lies in."""
    lo = text.rfind("\n", 0, start) + 1
    hi = text.find("\n", end)
    found = [s for s in sentences(text, lo, len(text) if hi < 0 else hi) if s.start < end and start < s.end]
    return Span(found[0].start, found[-1].end) if found else Span(start, end)
