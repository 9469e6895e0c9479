"""Containers within one another, cut down to a depth that a parser keeps.

libxml2 drops what stands deeper than 2,048 elements, and with it the story of
a page that some tool has wrapped a thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLAIN = re.compile(r"<(?P<end>/?)(?:div|span|section|center|font|main|article)\b[^<>]*>", re.I)
DEEPEST = 200  # containers within one another that are kept: pages of news stay below 60


def flattened(markup: str) -> str:
    """The markup without the tags of plain containers that stand deeper than DEEPEST; itself for any page of news."""
    if markup.count("<") <= DEEPEST:
        return markup
    depth = deepest = 0
    for m in PLAIN.finditer(markup):
        depth = max(0, depth - 1) if m["end"] else depth + 1
        deepest = max(deepest, depth)
    return "".join(_kept(markup)) if deepest > DEEPEST else markup


def _kept(markup: str) -> Iterator[str]:
    """The markup in pieces, less the tags that open or close a container too deep; each tag is white space."""
    depth = at = 0
    for m in PLAIN.finditer(markup):
        depth += not m["end"]
        if depth > DEEPEST:
            yield markup[at : m.start()]
            yield " "
            at = m.end()
        depth = max(0, depth - bool(m["end"]))
    yield markup[at:]
