"""Text that is never changed, only revised.

A `Text` holds the characters of now and every layer of edits that led to
them from the raw text. All offsets are half-open and count code points.
The edit log is kept, never guessed back by comparing two texts, because it
is the apparatus that the reader sees.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from digest import runs, traced
from digest.edit import Cert, Edit, EditKind, Kept, Layer, RawEdit, Span, Status
from digest.runs import Patch, Tracer

__all__ = [
    "Cert",
    "Edit",
    "EditKind",
    "Kept",
    "Layer",
    "OverlapError",
    "RawEdit",
    "Span",
    "Status",
    "Text",
    "Tracer",
    "settled",
]

PLACE = itemgetter(0, 1)  # start and end of an edit


class OverlapError(ValueError):
    """Two applied edits of one layer touch the same characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text as it stands (`value`) and the layers that made it."""

    value: str
    layers: tuple[Layer, ...] = ()
    runs: tuple[Kept, ...] = field(default=(), compare=False)
    # what is worked out when it is first asked for
    _rows: list[traced.Row] = field(default_factory=list, compare=False, repr=False)
    _patches: list[Patch] = field(default_factory=list, compare=False, repr=False)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What of the raw text still stands, as runs: without layers, all of it."""
        if self.layers or self.runs or not self.value:
            return self.runs
        return (Kept(0, 0, len(self.value)),)

    @property
    def raw(self) -> str:
        """The text before the first layer."""
        return self.layers[0].before if self.layers else self.value

    def revise(self, name: str, edits: Iterable[Edit]) -> Text:
        """This text with one more layer; itself when there is nothing to do.

        Raises OverlapError when two applied edits share a character, and
        ValueError when an edit lies outside the text.
        """
        ordered = sorted(edits, key=PLACE)
        if not ordered:
            return self
        applied = tuple([e for e in ordered if e.status == "applied" and (e.new or e.end > e.start)])
        noted = tuple([e for e in ordered if e.status != "applied"]) if len(applied) < len(ordered) else ()
        _check(self.value, ordered, applied)
        layer = Layer(name, self.value, applied, noted, self.kept)
        value, kept = runs.applied(self.value, self.kept, applied)
        return Text(value, (*self.layers, layer), kept)

    def undo(self) -> str:
        """The raw text, won back by replaying every layer's edits backwards."""
        value = self.value
        for layer in reversed(self.layers):
            shift = sum(len(e.new) - (e.end - e.start) for e in layer.applied)
            for edit in reversed(layer.applied):
                shift -= len(edit.new) - (edit.end - edit.start)
                at = edit.start + shift
                old = layer.before[edit.start : edit.end]
                value = value[:at] + old + value[at + len(edit.new) :]
        return value

    def raw_span(self, start: int, end: int) -> Span:
        """The raw stretch behind `value[start:end]`.

        A bound that falls into words an edit wrote is widened to the whole of
        what that edit replaced, not to what was cut beside it.
        """
        return runs.raw_span(self.kept, start, end, len(self.raw), self._written)

    def _written(self) -> Sequence[Patch]:
        """The words that edits wrote, left to right."""
        if not self._patches:
            rows = ((r[6], r[7], r[0], r[1]) for r in self.raw_rows() if r[3].status == "applied")
            self._patches.extend(sorted(p for p in rows if p[0] < p[1]))
        return self._patches

    def tracer(self) -> Tracer:
        """`raw_span` for many stretches of this text: three times as fast."""
        return runs.tracer(self.kept, self.raw_span) if self.layers else runs.untouched

    def span_of_raw(self, raw_start: int, raw_end: int) -> Span | None:
        """What is left in `value` of a raw stretch; None when nothing is."""
        return runs.span_of_raw(self.kept, raw_start, raw_end)

    def raw_edits(self) -> tuple[RawEdit, ...]:
        """Every edit of every layer in raw coordinates, in raw order."""
        return tuple(map(RawEdit._make, self.raw_rows()))

    def raw_rows(self) -> Sequence[traced.Row]:
        """The fields of `raw_edits` as plain tuples, which are made in a third of the time."""
        if self.layers and not self._rows:
            self._rows.extend(traced.rows(self.raw, self.value, self.layers, self.kept))
        return self._rows


def settled(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """`edits` without applied ones that overlap an earlier-listed applied one.

    For stages with several rules: what comes first wins. What only notes is
    kept. The result is in the order of position.
    """
    taken: list[Edit] = []
    notes: list[Edit] = []
    for edit in edits:
        if edit.status != "applied":
            notes.append(edit)
            continue
        i = bisect_right(taken, PLACE(edit), key=PLACE)
        if i and (_overlap(taken[i - 1], edit)):
            continue
        if i < len(taken) and _overlap(edit, taken[i]):
            continue
        taken.insert(i, edit)
    return tuple(sorted([*taken, *notes], key=PLACE))


def _overlap(a: Edit, b: Edit) -> bool:
    """Whether two edits, `a` first, share a character or stand at one point."""
    return a.end > b.start or (a.start, a.end) == (b.start, b.end)


def _check(value: str, ordered: Sequence[Edit], applied: Sequence[Edit]) -> None:
    size = len(value)
    for e in ordered:
        start, end = e[:2]
        if not 0 <= start <= end <= size:
            raise ValueError(f"edit outside the text: {e.rule} {start}-{end} of {size}")
    before = -1
    for i, e in enumerate(applied):
        if e[0] <= before and _overlap(a := applied[i - 1], e):  # most lie apart
            raise OverlapError(f"{a.rule} {a.start}-{a.end} and {e.rule} {e.start}-{e.end}")
        before = e[1]
