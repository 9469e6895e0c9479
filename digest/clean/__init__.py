"""What is not the article: found, classed, and cut or moved with a reason.

Segment the text into lines, judge each by the lexicon, by appeals that run
over several lines and by the page's head, then write the verdicts as edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.clean.appeal import appeals
from digest.clean.glue import unglued
from digest.clean.head import head
from digest.clean.html import page
from digest.clean.lexicon import lexicon, verdict
from digest.clean.lines import Verdict, normal, pieces
from digest.clean.memory import corpus
from digest.clean.plan import plan
from digest.model import Block
from digest.rules import Rules
from digest.text import Edit

__all__ = ["corpus", "edits", "page"]


def edits(text: str, rules: Rules, hints: Sequence[Block] = ()) -> Iterable[Edit]:
    """Edits after which the text is the article's blocks joined by blank lines.

    `hints` are blocks whose kind the page's markup declares, in `text`.
    """
    found = unglued(pieces(text), rules)
    normals = [normal(p.text) for p in found]
    verdicts: dict[int, Verdict] = {}
    known = rules.once(lexicon)
    for i, line in enumerate(normals):
        if (rule := known.find(line)) and (v := verdict(rule)):
            verdicts[i] = v
    for i, v in appeals(found, normals, rules).items():
        verdicts.setdefault(i, v)
    for i, v in head(found, [i in verdicts for i in range(len(found))]).items():
        verdicts[i] = v
    return plan(text, found, verdicts)
