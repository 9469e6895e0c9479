"""The top of a text: headline and standfirst, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digest.clean.lines import Piece, Verdict

HEADLINE = Verdict(
    "headline",
    "head.headline",
    "the first line that is not residue: short, no full stop, prose follows",
    "medium",
    True,
)
STANDFIRST = Verdict(
    "standfirst",
    "head.standfirst",
    "follows the headline: one unfinished sentence before the prose begins",
    "medium",
    True,
)
SENTENCE_END = re.compile(r"[.:;,…](?:[”’\"')\]]*)$")
START = re.compile(r"[\"“‘'(\[]*[A-Z0-9$€£]")
SHORTEST, LONGEST = 4, 24  # words of a headline; agency headlines run to 20 and more
STORY = -2.1  # logits: a first line that is so surely the story’s is a crosshead or a short sentence
PROSE = 20  # words of a first paragraph, with a full stop somewhere


def head(found: Sequence[Piece], out: Mapping[int, Verdict], logits: Sequence[float]) -> dict[int, Verdict]:
    """Verdicts by index for headline and standfirst; empty when the text begins with prose.

    `out` are the verdicts so far: what the learned table alone calls residue
    may be the headline. `logits` are the table's; () when there is none.
    """
    lines = [i for i, _ in zip(_open(found, out), range(5), strict=False)]
    if len(lines) < 2 or not _title(found[lines[0]].text):
        return {}
    if logits and logits[lines[0]] < STORY:
        return {}
    after = [i for i in lines[1:] if i not in out or _title(found[i].text)]
    if not any(_prose(found[i].text) for i in after):
        return {}
    made = {lines[0]: HEADLINE}
    if len(after) > 1 and _standfirst(found[after[0]].text) and _prose(found[after[1]].text):
        made[after[0]] = STANDFIRST
    return made


def _open(found: Sequence[Piece], out: Mapping[int, Verdict]) -> Iterator[int]:
    """Whole lines that no rule has taken, from the top."""
    return (
        i
        for i in range(len(found))
        if not found[i].glued and (i not in out or out[i].rule.startswith("learned."))
    )


def _standfirst(line: str) -> bool:
    return _title(line) and len(line.split()) > SHORTEST


def _title(line: str) -> bool:
    words = line.split()
    return (
        SHORTEST <= len(words) <= LONGEST
        and not SENTENCE_END.search(line)
        and START.match(line) is not None
        and not _prose(line)
    )


def _prose(line: str) -> bool:
    words = line.split()
    return len(words) >= PROSE and re.search(r"[a-z)”\"’][.!?…]", line) is not None
