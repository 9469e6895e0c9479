"""The entries of a live page: a time, often a title and who writes, then a few sentences; the newest stands first.

The table has learned stories: it takes times and titles for labels, and an
entry of one sentence for a teaser. Where several times stand alone above
prose, the lines between them are kept unless a rule knows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.clean.lines import Piece, Verdict

TIME = r"\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?|\d{1,2} ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,4})?"
STAMP = re.compile(rf"(?:{TIME})(?:(?: ?[-–—|:])? [^\n]{{2,120}})?(?<![.,;])")
PROSE = 10  # words of a line that ends as a sentence does
FEWEST = 3  # entries with prose, and half of all
TITLES = 3  # lines below a time that may be title and writer
NEAR = 7  # lines in which an entry's prose begins
LIST = re.compile(r"[-–—•*·] \S")
UPDATED = re.compile(r"(?i)(?:last )?updated\b|posted\b|share\b|copy link|by [A-Z]|\d+ comments?")
STOPS = '.!?…”"’'


def kept(found: Sequence[Piece], out: Mapping[int, Verdict]) -> list[int]:
    """The lines of `out` that are a live page's own: its times, and what the table alone took of its entries."""
    last = next((i for i, v in sorted(out.items()) if v.cls == "comments"), len(found))
    stamps = [i for i, p in enumerate(found[:last]) if p.text[0].isdigit() and STAMP.fullmatch(p.text)]
    if len(stamps) < FEWEST:
        return []
    spans = list(zip(stamps, [*stamps[1:], last], strict=True))
    told = sum(any(_prose(p.text) for p in found[i : min(j, i + NEAR)]) for i, j in spans)
    if told < FEWEST or 2 * told < len(stamps):
        return []
    return [
        k
        for i, j in spans
        for k in _entry(found, out, i, j)
        if k in out and out[k].rule.startswith("learned.")
    ]


def _entry(found: Sequence[Piece], out: Mapping[int, Verdict], start: int, stop: int) -> list[int]:
    """The lines of one entry: up to what a rule cuts behind its prose, and no label behind the last sentence."""
    lines: list[int] = []
    prose = False
    for k in range(start, stop):
        text = found[k].text
        if k in out and not out[k].rule.startswith("learned."):
            if prose and out[k].cls in ("related", "comments", "copyright", "newsletter", "subscription"):
                break
            continue
        sentence = _sentence(text)
        if found[k].glued or (k and found[k - 1].glued):
            continue  # half of a line: the time beside a name of the page's list
        titled = not prose and k - start <= TITLES and text[0].isupper()
        if k == start or sentence or ((titled or LIST.match(text)) and not UPDATED.match(text)):
            lines.append(k)
        prose = prose or sentence
    return (
        lines
        if any(k != start and (_sentence(found[k].text) or LIST.match(found[k].text)) for k in lines)
        else []
    )


def _sentence(text: str) -> bool:
    if text[0] in "—–" or "http" in text or "pic.twitter" in text:  # who posted, and what is left of a post
        return False
    return text[-1] in STOPS + ":" and len(text.split(None, 1)) > 1 and not UPDATED.match(text)


def _prose(text: str) -> bool:
    return text[-1] in STOPS and len(text.split(None, PROSE)) >= PROSE
