"""Where quotations run: shared by every stage, since words in them are sacred.

First version: paragraph by paragraph, an opening mark looked for by its
neighbours, its partner in the same paragraph; a paragraph that opens and
does not close runs on when the next one opens again, else it is doubtful to
its end. A block quotation without marks follows a line that announces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import Scope
from digest.text import Span

PARTNER = {"“": "”", "«": "»", "„": "“", "‘": "’", '"': '"', "''": "''", "‹": "›"}
LINE = re.compile(r"[^\n]+")


def scopes(text: str) -> tuple[Scope, ...]:
    """Every quotation in `text`, by start, outer before inner."""
    out: list[Scope] = []
    for line in LINE.finditer(text):
        out.extend(_in_line(text, line.start(), line.end()))
    return tuple(sorted(out, key=lambda s: (s.outer_start, -s.outer_end)))


def protected(text: str) -> tuple[Span, ...]:
    """Stretches whose words must not be changed: every quotation, a doubtful one too."""
    return tuple(Span(s.outer_start, s.outer_end) for s in scopes(text))


def _in_line(text: str, start: int, end: int) -> Iterator[Scope]:
    pos = start
    while pos < end:
        mark = text[pos]
        if mark in PARTNER and (mark not in '"‘' or pos == start or text[pos - 1] in " (—–-"):
            close = text.find(PARTNER[mark], pos + 1, end)
            stop = close if close >= 0 else end
            yield Scope(pos + 1, stop, pos, min(end, stop + 1), mark, doubtful=close < 0)
            pos = stop
        pos += 1
