"""What a damaged copy has lost: marks without a partner, a colon before nothing.

Sound prose has such places too (a list after a colon, a house style that
opens every paragraph of a speech), so they are marked only in a copy that
is plainly damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from digest import marks
from digest.rules import Rules
from digest.text import Edit

LINE = re.compile(r"[^\n]+")
SHOWN = 90  # characters before the colon in which the lost thing must be named


def lost(text: str, rules: Rules) -> Iterator[Edit]:
    """Flags for what is missing in `text`; offsets index `text`, nothing is changed."""
    yield from _unpaired(text)
    yield from _nothing_follows(text, rules)


def _unpaired(text: str) -> Iterator[Edit]:
    """The opening mark of each quotation whose end is not certain."""
    for s in marks.scopes(text):
        start, end = (s.outer_start, s.start) if s.outer_start < s.start else (s.end, s.outer_end)
        if s.doubtful and start < end:
            why = "a quotation mark without a certain partner: where the quotation ends is open"
            yield Edit(start, end, "", "flag", "mark", "mark.unpaired", why, "medium", "flagged")


def _nothing_follows(text: str, rules: Rules) -> Iterator[Edit]:
    """A colon at the end of a line that announces a picture or post which is not there."""
    words = rules.words("damage-joins", "embeds")
    if not words:
        return
    announced = re.compile(rf"\b(?:{'|'.join(words)})\b[^.:]*:$")
    lines = list(LINE.finditer(text))
    for line, after in zip_longest(lines, lines[1:]):
        shown = line[0].rstrip()
        if not shown.endswith(":") or not announced.search(shown[-SHOWN:]):
            continue
        if after is None or re.match(r"[A-Z][^“\"‘:]{40,}", after[0]):
            at = line.start() + len(shown) - 1
            why = "a colon announces something that was lost (a picture, a post)"
            yield Edit(at, at + 1, "", "flag", "lost", "lost.after-colon", why, "medium", "flagged")
