"""Lines that belong to a series of which most stays: the items of a numbered list, a line that recurs with other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from digest.clean.lines import Piece, Verdict

NUMBERED = re.compile(r"(\d{1,2})[.)] \S")
DIGITS = re.compile(r"\d+")
FEWEST = 3  # members of a series
LONGEST = 120  # characters of a line that recurs


def kept(found: Sequence[Piece], out: Mapping[int, Verdict]) -> list[int]:
    """The lines of `out` that the table alone took out of a series of which it left most."""
    return [
        i
        for group in (*_counted(found), *_alike(found))
        if len(group) >= FEWEST and 2 * sum(i in out for i in group) < len(group)
        for i in group
        if i in out and out[i].rule.startswith("learned.")
    ]


def _counted(found: Sequence[Piece]) -> list[list[int]]:
    """Rows of lines that are numbered 1, 2, 3 and so on."""
    rows: list[list[int]] = []
    expected = 0
    for i, p in enumerate(found):
        m = NUMBERED.match(p.text)
        if m is None:
            continue
        n = int(m[1])
        if n == 1:
            rows.append([])
        elif n != expected or not rows:
            expected = 0
            continue
        rows[-1].append(i)
        expected = n + 1
    return rows


def _alike(found: Sequence[Piece]) -> list[list[int]]:
    """Lines that differ in their numbers alone."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(found):
        if len(p.text) <= LONGEST and len(p.text) > 8 and (shape := DIGITS.sub("0", p.text)) != p.text:
            groups[re.sub(r"\b(\w{3,})s\b", r"\1", shape)].append(i)
    return list(groups.values())
