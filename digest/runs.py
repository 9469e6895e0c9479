"""What of the raw text still stands, as runs: carried through edits, and followed back.

Runs stand in the order of the text and of the raw text alike; they never
overlap, and two that touch in both are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from digest.edit import Edit, Kept, Span

RAW_START = attrgetter("raw_start")
Patch = tuple[
    int, int, int, int
]  # words written by edits: start and end in the text, and of what they replaced
Written = Callable[[], Sequence[Patch]]  # the patches of a text, left to right
Tracer = Callable[[int, int], tuple[int, int]]  # start and end in the text -> in the raw text


def untouched(start: int, end: int) -> tuple[int, int]:
    """The same stretch: the tracer of a text that was never changed."""
    return start, end


def applied(value: str, kept: Sequence[Kept], applied: Sequence[Edit]) -> tuple[str, tuple[Kept, ...]]:
    """The new value, and what of the raw text still stands in it."""
    pieces: list[str] = []
    gaps: list[tuple[int, int, int]] = []  # new start, old start, length
    pos = size = 0
    for e in applied:
        start, end, new = e[:3]
        if start > pos:
            pieces.append(value[pos:start])
            gaps.append((size, pos, start - pos))
            size += start - pos
        if new:
            pieces.append(new)
            size += len(new)
        pos = end
    if pos < len(value):
        pieces.append(value[pos:])
        gaps.append((size, pos, len(value) - pos))
    if kept == ((0, 0, len(value)),):  # nothing was changed before: most texts of most layers
        return "".join(pieces), tuple(map(Kept._make, gaps))
    return "".join(pieces), tuple(_cross(kept, gaps))


def _cross(kept: Sequence[Kept], runs: Sequence[tuple[int, int, int]]) -> Iterable[Kept]:
    """The runs that stand, cut where `kept` is cut; neighbours joined."""
    last: Kept | None = None
    i = 0
    for new_start, start, length in runs:
        end = start + length
        while i < len(kept) and kept[i].start + kept[i].length <= start:
            i += 1
        j = i
        while j < len(kept) and kept[j].start < end:
            lo = max(start, kept[j].start)
            hi = min(end, kept[j].start + kept[j].length)
            now = Kept(new_start + lo - start, kept[j].raw_start + lo - kept[j].start, hi - lo)
            if last and _continues(last, now):
                last = Kept(last.start, last.raw_start, last.length + now.length)
            else:
                if last:
                    yield last
                last = now
            j += 1
    if last:
        yield last


def _continues(a: Kept, b: Kept) -> bool:
    return a.start + a.length == b.start and a.raw_start + a.length == b.raw_start


def raw_span(
    kept: Sequence[Kept], start: int, end: int, raw_length: int, written: Written | None = None
) -> Span:
    """The raw stretch behind a stretch of the text, widened to the whole of what an edit replaced.

    Where `written` is not given, what was cut beside the words that an edit
    wrote counts as replaced by it.
    """
    if not kept and (end <= start or not written):
        return Span(0, raw_length)
    if end <= start:
        at = raw_start(kept, start, raw_length)
        return Span(at, at)
    i = _find(kept, start)
    if i >= 0 and end <= kept[i].start + kept[i].length:  # within one run: nearly always
        shift = kept[i].raw_start - kept[i].start
        return Span(start + shift, end + shift)
    lo, hi = raw_start(kept, start, raw_length), raw_end(kept, end, raw_length)
    if written and not _stands(kept, start):
        lo = _patch(written(), start, (0, 0, lo, 0))[2]
    if written and not _stands(kept, end - 1):
        hi = _patch(written(), end - 1, (0, 0, 0, hi))[3]
    return Span(lo, hi)


def _stands(kept: Sequence[Kept], at: int) -> bool:
    """Whether the character at `at` is one of the raw text."""
    i = _find(kept, at)
    return i >= 0 and at < kept[i].start + kept[i].length


def _patch(written: Sequence[Patch], at: int, default: Patch) -> Patch:
    """The words written by edits that the character at `at` is among."""
    i = bisect_left(written, (at + 1,)) - 1
    return written[i] if i >= 0 and at < written[i][1] else default


def tracer(kept: Sequence[Kept], other: Tracer) -> Tracer:
    """`raw_span` for many stretches of one text; `other` is asked for those that no run holds whole."""
    starts = [k.start for k in kept]
    ends = [k.start + k.length for k in kept]
    shifts = [k.raw_start - k.start for k in kept]

    def span(start: int, end: int) -> tuple[int, int]:
        """The raw stretch behind `start` to `end` of the text."""
        i = bisect_right(starts, start) - 1
        if i < 0 or not start < end <= ends[i]:
            return other(start, end)
        shift = shifts[i]
        return start + shift, end + shift

    return span


def span_of_raw(kept: Sequence[Kept], start: int, end: int) -> Span | None:
    """What is left of a raw stretch, in the text; None when nothing is."""
    # runs stand in raw order, so that two searches find the first and the last that is touched
    j = bisect_left(kept, end, key=RAW_START) - 1
    i = max(0, bisect_right(kept, start, key=RAW_START) - 1)
    if i <= j and kept[i].raw_start + kept[i].length <= start:
        i += 1
    if i > j or start >= end:
        return None
    first, last = kept[i], kept[j]
    lo, hi = max(start, first.raw_start), min(end, last.raw_start + last.length)
    return Span(first.start + lo - first.raw_start, last.start + hi - last.raw_start)


def _find(kept: Sequence[Kept], at: int) -> int:
    """Index of the last run that begins at or before `at`; -1 if none."""
    # a tuple of one sorts before all that begin like it: ten times as fast as a key function
    return bisect_left(kept, (at + 1,)) - 1


def raw_start(kept: Sequence[Kept], at: int, raw_length: int) -> int:
    """The raw offset of what begins at `at`."""
    i = _find(kept, at)
    if i < 0:
        return 0
    k = kept[i]
    if at < k.start + k.length:
        return k.raw_start + at - k.start
    if i + 1 < len(kept) and kept[i + 1].start == at:
        return kept[i + 1].raw_start
    return k.raw_start + k.length


def raw_end(kept: Sequence[Kept], at: int, raw_length: int) -> int:
    """The raw offset of what ends at `at`."""
    i = _find(kept, at - 1)
    if i >= 0:
        k = kept[i]
        if at <= k.start + k.length:
            return k.raw_start + at - k.start
    return kept[i + 1].raw_start if i + 1 < len(kept) else raw_length
