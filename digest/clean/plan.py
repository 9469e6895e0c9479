"""From verdicts to edits: one for each removed line, and one blank line between what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.clean.lines import Piece, Verdict
from digest.text import Edit

BREAK = "\n\n"
LABEL = "a label of the page stood here without a blank on either side"


def plan(
    text: str, found: Sequence[Piece], verdicts: Mapping[int, Verdict], labels: Mapping[int, int]
) -> Iterator[Edit]:
    """Edits after which the pieces without a verdict are joined by blank lines.

    `labels` are the starts of the labels inside lines, by their ends: what stays
    on both sides of one is one line again, joined by a blank.

    The line break beside a removed line goes with it: the one after it at
    the head of the text, else the one before it. Adjacent, never overlapping.
    """
    if not found:
        if text:
            yield _space(0, len(text), "")
        return
    if found[0].start:
        yield _space(0, found[0].start, "")
    kept_before, kept_to = False, -1
    for i, piece in enumerate(found):
        before = found[i - 1].end if i else piece.start
        after = found[i + 1].start if i + 1 < len(found) else piece.end
        verdict = verdicts.get(i)
        if verdict and kept_before:
            yield _removal(before, piece.end, verdict)
        elif verdict:
            yield _removal(piece.start, after, verdict)
        elif i and found[i - 1].glued and i - 1 not in verdicts:
            pass  # both halves stay: rejoined as found, for the repair stage to mend
        elif kept_before and labels.get(piece.start) == kept_to:
            yield Edit(piece.start, piece.start, " ", "split", "glued", "split.label", LABEL)
        elif kept_before and text[before : piece.start] != BREAK:
            yield _join(before, piece.start)
        if not verdict:
            kept_before, kept_to = True, piece.end
    if found[-1].end < len(text):
        yield _space(found[-1].end, len(text), "")


def _removal(start: int, end: int, v: Verdict) -> Edit:
    return Edit(start, end, "", "move" if v.move else "excise", v.cls, v.rule, v.why, v.cert)


def _join(start: int, end: int) -> Edit:
    if start == end:
        why = "two texts were glued together here without a blank"
        return Edit(start, end, BREAK, "split", "glued", "split.glued", why)
    return _space(start, end, BREAK)


def _space(start: int, end: int, new: str) -> Edit:
    return Edit(start, end, new, "space", "block-break", "space.block", "one blank line between blocks")
