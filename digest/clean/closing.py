"""The short last sentence of a story, above a box: `He was 84.`

The table judges a line by its neighbours, and below the last sentence stand
newsletter, donation and links: a short one goes with them. What is a whole
sentence about somebody or something, says nothing of the page and its
readers, and stands right below the story's prose, is the story's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.clean.lines import Piece, Verdict, normal, words

SHORTEST, LONGEST = 3, 16  # words
PROSE = 9  # words of the line above, which ends as a sentence does
NEAR = 30  # lines above in which a name is looked for
IN_A_ROW = 2  # such sentences below one another
STOPS = '.!?”"’'
SENTENCE = re.compile(r"[A-Z“\"][^.!?:;|…]*\.”?\"?")
BEGINS = frozenset(
    "the a an he she it they his her its their no nobody none police both neither all three two four five six".split()
)
SAYS = frozenset(
    "is are was were has have had will would can could may might must did does said says continue continues continued remain remains"
    " leave leaves left deny denies denied die died dies survive survived survives begin begins began run runs end ends due".split()
)
PAGE = frozenset(
    "you your yours we our ours us my i me click sign subscribe subscribed subscribers read reads see follow join share comment comments"
    " photo photos photograph photographs image images picture pictures getty file video videos writer reporter editor author columnist"
    " correspondent journalist contributor contributed article articles story stories reporting newsletter newsletters email e-mail"
    " copyright reserved advertisement advertising advertiser sponsored affiliate commission updated published apply terms privacy cookies"
    " here more below above website site page pages post posts blog podcast app download free offer offers price prices available editorial"
    " book books tags topics edited produced translated originally appeared version views opinions expressed magazine content product products".split()
)


def kept(found: Sequence[Piece], out: Mapping[int, Verdict]) -> list[int]:
    """The lines of `out` that the table alone took and that close the story above them."""
    lines: list[int] = []
    for i in sorted(out):
        above = i - 1
        if not i or not out[i].rule.startswith("learned.") or found[i].glued or found[above].glued:
            continue
        follows = above in lines[-1:] and lines[-IN_A_ROW:] != list(range(i - IN_A_ROW, i))
        if not follows and (above in out or not _prose(found[above])):
            continue
        if _closes(found[i].text, [p.text for p in found[max(0, i - NEAR) : i]]):
            lines.append(i)
    return lines


def _closes(line: str, above: Sequence[str]) -> bool:
    """Whether a line is a short whole sentence that tells of somebody or something; a name stands in lines `above`."""
    if len(line) > 12 * LONGEST or not SENTENCE.fullmatch(line):
        return False
    said = words(normal(line))
    if not SHORTEST <= len(said) <= LONGEST or not PAGE.isdisjoint(said):
        return False
    if SAYS.isdisjoint(said) and not any(w.endswith("ed") for w in said[1:4]):
        return False
    return said[0] in BEGINS or any(f" {line.split()[0]}" in x for x in above)


def _prose(piece: Piece) -> bool:
    return piece.text[-1] in STOPS and len(piece.text.split(None, PROSE)) >= PROSE
