"""Lines that the page's markup declares part of the story, which the learned table alone would cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.clean.lines import Piece, Verdict
from digest.model import Block


def signed(found: Sequence[Piece], out: Mapping[int, Verdict], hints: Sequence[Block]) -> list[int]:
    """Lines of declared quotations that the table alone would cut, and the lines below that say whose they are."""
    said: set[int] = set()
    credited = {b.start for b in hints if b.kind == "attribution"}
    if not credited:
        return []
    above: list[int] = []
    for b in hints:
        if b.kind == "attribution":
            said.update(above)
        above = [*above, b.start] if b.kind == "block-quote" else []
    stays = [i for i, v in out.items() if found[i].start in said and v.rule.startswith("learned.")]
    gone = out.keys() - stays
    return stays + [i for i in gone if found[i].start in credited and i and i - 1 not in gone]


def items(found: Sequence[Piece], out: Mapping[int, Verdict], hints: Sequence[Block]) -> list[int]:
    """Declared list items that the table alone would cut out of a list of which another item stays."""
    declared = {b.start for b in hints if b.kind == "list-item"}
    if not declared:
        return []
    listed = [piece.start in declared for piece in found]
    stays: list[int] = []
    first = 0
    for i in range(1, len(found) + 1):
        if i == len(found) or listed[i] != listed[first]:
            if listed[first] and any(k not in out for k in range(first, i)):
                stays += [k for k in range(first, i) if k in out and out[k].rule.startswith("learned.")]
            first = i
    return stays
