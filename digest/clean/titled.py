"""A page names its headline itself: a line moved as such that says something else is the standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.clean.lines import Piece, Verdict
from digest.text import Edit

WORD = re.compile(r"\w+")
TOP = 3  # lines: a section's name, a date may stand above the headline
WHOLE = 4  # words of a line that may be the headline's beginning
HEADLINE = Verdict("headline", "head.page-names", "the page calls it its headline", "high", True)
ALIKE = 0.4  # of the shorter one's words that the two share


def titled(edits: Iterable[Edit], text: str, told: str | None) -> Iterator[Edit]:
    """The edits, with the class of what was moved as headline mended by what the page calls its headline.

    `told` is the page's own word (its metadata, its only h1), `text` what the edits index.
    """
    for e in edits:
        wrong = e.kind == "move" and e.cls == "headline" and told
        if wrong and told and not _alike(text[e.start : e.end], told):
            why = "stands where a headline would; the page names another"
            e = Edit(e.start, e.end, e.new, e.kind, "standfirst", "head.page-tells", why, e.cert, e.status)
        yield e


def headed(found: Sequence[Piece], out: Mapping[int, Verdict], told: str) -> dict[int, Verdict]:
    """The verdict on a line at the top that is what the page calls its headline, where none is moved as such."""
    for i, piece in enumerate(found[:TOP]):
        if i in out:
            if out[i].cls == "headline":
                break
        elif _same(piece.text, told):
            return {i: HEADLINE}
    return {}


def _same(line: str, told: str) -> bool:
    """Whether a line is the headline; what the page tells may have its outlet behind it: `Bridge shut for a year | The Gazette`."""
    own, whole = ([w.casefold() for w in WORD.findall(x)] for x in (line, told))
    return bool(own) and (own == whole or (len(own) >= WHOLE and own == whole[: len(own)]))


def _alike(one: str, other: str) -> bool:
    a, b = ({w.casefold() for w in WORD.findall(x)} for x in (one, other))
    return len(a & b) >= ALIKE * min(len(a), len(b))
