"""Lines into which a scrape ran many blocks: the whole story in one, paragraph glued to paragraph.

A page's text taken without a mark between its blocks (`get_text()`) holds the menu, the headline and the story in
one line. Such a line is parted where blocks met: at wide gaps, and where sentence after sentence begins without a
blank. One such place in a paragraph is a slip of the pen, for `glue` to look at; several are a scrape.
"""

from __future__ import annotations

import re

from digest.text import Edit

LONG = 400  # characters: paragraphs are seldom longer, and hold no joints then
MANY = 3  # joints in a line
GAP = re.compile(r"(?<=\S)[ \t\u00a0]{4,}(?=[^\sa-z])")
# a stop behind a word in lower case or a number, and a sentence behind it: no initials, no address, no version
JOINT = re.compile(r"[.!?…](?<=[a-z0-9%)”’].)[\"”’)]*(?=[“‘\"]?[A-Z][a-z’']*[\s,’'])")
BLANKS = "a wide gap where the page had two blocks"
GLUED = "two blocks of the page were glued together here without a blank"


def parted(text: str) -> list[Edit]:
    """Edits by which lines that hold many blocks have one in each line; none for most texts."""
    out: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        if len(line) > LONG:
            out += _of(text, start, start + len(line), line)
        start += len(line) + 1
    return out


def _of(text: str, start: int, end: int, line: str) -> list[Edit]:
    found = []
    if "\t" in line or "\u00a0" in line or "    " in line:
        found = [_edit(m.start(), m.end(), BLANKS) for m in GAP.finditer(text, start, end)]
    joints = [m.end() for m in JOINT.finditer(text, start, end)]
    if len(joints) >= MANY:
        found += [_edit(at, at, GLUED) for at in joints]
    return sorted(found)


def _edit(start: int, end: int, why: str) -> Edit:
    return Edit(start, end, "\n", "space", "block-break", "space.parted", why)
