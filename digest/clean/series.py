"""Lines that belong to a series of which most stays: the items of a numbered list, a line that recurs with other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from digest.clean.lines import Piece, Verdict

NUMBERED = re.compile(r"(\d{1,2})[.)] \S")
DIGITS = re.compile(r"\d+")
PLURAL = re.compile(r"\b(\w{3,})s\b")
FEWEST = 3  # members of a series
LONGEST = 120  # characters of a line that recurs


def kept(found: Sequence[Piece], out: Mapping[int, Verdict]) -> list[int]:
    """The lines of `out` that the table alone took out of a series of which it left most."""
    cut = {i for i, v in out.items() if v.rule.startswith("learned.") and _counts(found[i].text)}
    if not cut:
        return []  # as in most texts
    shapes = {_shape(found[i].text) for i in cut}
    return [
        i
        for group in (*_counted(found), *_alike(found, shapes))
        if len(group) >= FEWEST and 2 * sum(i in out for i in group) < len(group)
        for i in group
        if i in cut
    ]


def _counts(line: str) -> bool:
    return NUMBERED.match(line) is not None or _numbers(line)


def _numbers(line: str) -> bool:
    """Whether a line is short enough to recur and has a number."""
    return 8 < len(line) <= LONGEST and DIGITS.search(line) is not None


def _shape(line: str) -> str:
    """A line without what its numbers tell."""
    return PLURAL.sub(r"\1", DIGITS.sub("0", line))


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


def _alike(found: Sequence[Piece], shapes: Container[str]) -> list[list[int]]:
    """Lines of one of the `shapes`: they differ in their numbers alone."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(found):
        if _numbers(p.text) and (shape := _shape(p.text)) in shapes:
            groups[shape].append(i)
    return list(groups.values())
