"""The headline of a text that holds nothing else but its story.

Where a menu, a byline or a date stands, the headline is told by them (`head`, `headline`). A clean text has none of
these, and its first line without a full stop may be a crosshead, or a standfirst whose headline was left out: so it
must look like a headline in every way, above news, in a text with no other such line or in a headline's own grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.clean.features import TOLD
from digest.clean.headline import CREDIT, begins, stems
from digest.clean.lines import Piece, Verdict, normal, words

SHORTEST, LONGEST = 3, 16  # words
PARAGRAPH = 20  # words of the first paragraph, with a full stop
OPENING = re.compile(r"[“\"‘']?[A-Z0-9$€£]")
CLOSED = re.compile(r"[.:;,…!?)][”’\"']*\Z")
ENDED = re.compile(r"[.:;,…!?”\"’)][”’\"')\]]*\Z")
STOP = re.compile(r"[a-z0-9)”\"’][.!?…]")
# what a headline leaves out, and a standfirst or a sentence does not
SPELT = frozenset("the a an is are was were has have had there this these said says but and you your".split())
SAME, HALF = (
    3,
    0.5,
)  # content words in common with the story's beginning, and their share, above other short lines
FEWEST = 3  # paragraphs of the story
TELLING, REPORTING = 0.06, 0.15  # share of lines that report speech, as in news; above other short lines
LOOKED = 60  # lines


def clean_headline(found: Sequence[Piece], out: Mapping[int, Verdict]) -> int | None:
    """0 where the first line is the headline of a text that begins with it; None for none."""
    if len(found) <= FEWEST or found[0].glued or not _free(0, out) or 1 in out:
        return None
    line, first = found[0].text, found[1].text
    if not _shaped(line) or begins(found, out) != 1 or not _prose(first):
        return None
    below = [found[i].text for i in range(1, min(len(found), LOOKED)) if i not in out]
    if len(below) < FEWEST or _told(below) < TELLING:
        return None
    own = stems(line)
    if not any(_short(x) for x in below):
        return 0 if own & frozenset().union(*[stems(x) for x in below]) else None
    same = len(own & frozenset().union(*[stems(x) for x in below[:FEWEST]]))
    plain = SPELT.isdisjoint(words(normal(line))) and _told(below) >= REPORTING
    return 0 if plain and same >= max(SAME, HALF * len(own)) else None


def _free(i: int, out: Mapping[int, Verdict]) -> bool:
    """Whether no rule took line `i`."""
    return i not in out or out[i].rule.startswith("learned.")


def _shaped(line: str) -> bool:
    if CREDIT.search(line) or CLOSED.search(line) or not OPENING.match(line):
        return False
    return SHORTEST <= len(line.split(None, LONGEST)) <= LONGEST


def _prose(line: str) -> bool:
    return len(line.split(None, PARAGRAPH)) >= PARAGRAPH and STOP.search(line) is not None


def _short(line: str) -> bool:
    """Whether a line may be a crosshead, as the first may be one then."""
    return len(line.split(None, LONGEST)) <= LONGEST and not ENDED.search(line)


def _told(below: Sequence[str]) -> float:
    """The share of lines that report speech."""
    return sum(not TOLD.isdisjoint(words(normal(x))) for x in below) / len(below)
