"""What is not the article: found, classed, and cut or moved with a reason.

Segment the text into lines, judge each (`judge`), write the verdicts as edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.clean.glue import unglued
from digest.clean.html import page
from digest.clean.judge import verdicts
from digest.clean.labels import labels
from digest.clean.lines import pieces
from digest.clean.markdown import headings, unmarked
from digest.clean.markup import untagged
from digest.clean.memory import corpus
from digest.clean.parted import parted
from digest.clean.plan import plan
from digest.clean.reflow import reflowed
from digest.clean.within import within
from digest.model import Block
from digest.rules import Rules
from digest.text import Edit

__all__ = ["corpus", "edits", "headings", "page", "parted", "reflowed", "unmarked", "untagged"]


def edits(text: str, rules: Rules, hints: Sequence[Block] = ()) -> Iterable[Edit]:
    """Edits after which the text is the article's blocks joined by blank lines.

    `hints` are blocks whose kind the page's markup declares, in `text`.
    """
    found = unglued(text, pieces(text), rules)
    out = verdicts(found, rules, hints)
    inside = _apart((*labels(text, found, out, rules), *within(text, found, out, rules)))
    return (*plan(text, found, out), *inside)


def _apart(inside: Sequence[Edit]) -> list[Edit]:
    """The edits less those that lie over one before them."""
    made: list[Edit] = []
    for e in sorted(inside, key=lambda e: (e.start, e.end)):
        if not made or e.start >= made[-1].end:
            made.append(e)
    return made
