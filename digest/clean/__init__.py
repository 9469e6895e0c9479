"""What is not the article: found, classed, and cut or moved with a reason.

Segment the text into lines, judge each (`judge`), write the verdicts as edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.clean.glue import unglued
from digest.clean.html import declared, page
from digest.clean.judge import verdicts
from digest.clean.labels import labelled, labels, without
from digest.clean.lines import pieces
from digest.clean.markdown import headings, unmarked
from digest.clean.markup import untagged
from digest.clean.memory import corpus
from digest.clean.parted import parted
from digest.clean.plan import plan
from digest.clean.reflow import reflowed
from digest.clean.titled import headed, titled
from digest.clean.within import within
from digest.model import Block
from digest.rules import Rules
from digest.text import Edit

__all__ = [
    "corpus",
    "declared",
    "edits",
    "headings",
    "page",
    "parted",
    "reflowed",
    "titled",
    "unmarked",
    "untagged",
]


def edits(text: str, rules: Rules, hints: Sequence[Block] = (), told: str | None = None) -> Iterable[Edit]:
    """Edits after which the text is the article's blocks joined by blank lines.

    `hints` are blocks whose kind the page's markup declares, in `text`;
    `told` is what the page calls its headline.
    """
    lines = pieces(text)
    some = labels(text, lines, rules)
    found = unglued(text, without(lines, some) if some else lines, rules)
    out = verdicts(found, rules, hints)
    if told:
        out |= headed(found, out, told)
    if some:
        found, out = labelled(text, found, out, some)
    ends = {label.end: label.start for label in some}
    return (*plan(text, found, out, ends), *within(text, found, out, rules))
