"""The top of a text: headline and standfirst, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
PROSE = 20  # words of a first paragraph, with a full stop somewhere


def head(found: Sequence[Piece], gone: Sequence[bool]) -> dict[int, Verdict]:
    """Verdicts by index for headline and standfirst; empty when the text begins with prose."""
    kept = [i for i, lost in enumerate(gone) if not lost][:4]
    if len(kept) < 2 or not _title(found[kept[0]].text):
        return {}
    after = [found[i].text for i in kept[1:]]
    if not any(_prose(line) for line in after):
        return {}
    out = {kept[0]: HEADLINE}
    if len(after) > 1 and _title(after[0]) and len(after[0].split()) > SHORTEST and _prose(after[1]):
        out[kept[1]] = STANDFIRST
    return out


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
