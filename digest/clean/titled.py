"""A page names its headline itself: a line moved as such that says something else is the standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.text import Edit

WORD = re.compile(r"\w+")
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


def _alike(one: str, other: str) -> bool:
    a, b = ({w.casefold() for w in WORD.findall(x)} for x in (one, other))
    return len(a & b) >= ALIKE * min(len(a), len(b))
