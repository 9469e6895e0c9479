"""The lines of a text and what kind each is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import Block, BlockKind, Reading
from digest.rules import Rules

LINE = re.compile(r"[^\n]*\S[^\n]*")
LIST_ITEM = re.compile(r"(?:[•‣▪◦·*–-]|\(?\d{1,2}[.)])\s+\S")


def blocks(reading: Reading, rules: Rules) -> Iterator[Block]:
    """Every non-blank line of the text, in order, with its kind."""
    for line in LINE.finditer(reading.text):
        yield Block(_kind(line[0]), line.start(), line.end())


def _kind(line: str) -> BlockKind:
    return "list-item" if LIST_ITEM.match(line) else "paragraph"
