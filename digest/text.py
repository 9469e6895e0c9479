"""Text that is never changed, only revised.

A `Text` holds the characters of now and every layer of edits that led to
them from the raw text. All offsets are half-open and count code points.
The edit log is kept, never guessed back by comparing two texts, because it
is the apparatus that the reader sees.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple

EditKind = Literal["decode", "excise", "move", "split", "space", "emend", "flag"]
Cert = Literal["high", "medium", "low"]
Status = Literal["applied", "proposed", "flagged"]


class Span(NamedTuple):
    """A stretch of some text: half-open, in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """One proposed change of the text that a stage was given.

    `start` and `end` index that text (not the raw one). `cls` says what kind
    of thing was found ("donation", "spinner"); for a `move` it names where
    the words went ("headline"). Only edits with status "applied" change the
    text; the others are kept beside it.
    """

    start: int
    end: int
    new: str
    kind: EditKind
    cls: str
    rule: str
    why: str
    cert: Cert = "high"
    status: Status = "applied"
    by: str = "machine"


class Kept(NamedTuple):
    """A run of raw characters that still stands, untouched."""

    start: int
    raw_start: int
    length: int


RAW_START, PLACE = attrgetter("raw_start"), itemgetter(0, 1)  # PLACE: start and end of an edit, raw or not


@dataclass(frozen=True, slots=True)
class Layer:
    """One revision: the text before it, the edits in its coordinates."""

    name: str
    before: str
    applied: tuple[Edit, ...]
    noted: tuple[Edit, ...]
    kept: tuple[Kept, ...]  # of `before`, against the raw text


class RawEdit(NamedTuple):
    """An edit traced to the raw text, as the reader sees it.

    `old` is exactly `raw[raw_start:raw_end]`. Applied raw edits never
    overlap; put into the raw text from left to right they give the text.
    Where a later layer touched what an earlier one had written, the two are
    shown as one, under the later one's rule. `start` and `end` say where its
    words, or what it only notes, stand in the text; -1 when they do not.
    """

    raw_start: int
    raw_end: int
    old: str
    edit: Edit
    layer: str
    new: str
    start: int = -1
    end: int = -1


class OverlapError(ValueError):
    """Two applied edits of one layer touch the same characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text as it stands (`value`) and the layers that made it."""

    value: str
    layers: tuple[Layer, ...] = ()
    kept: tuple[Kept, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.layers and not self.kept and self.value:
            object.__setattr__(self, "kept", (Kept(0, 0, len(self.value)),))

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
        applied = tuple(e for e in ordered if e.status == "applied" and (e.new or e.end > e.start))
        noted = tuple(e for e in ordered if e.status != "applied")
        _check(self.value, ordered, applied)
        layer = Layer(name, self.value, applied, noted, self.kept)
        value, kept = _apply(self.value, self.kept, applied)
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
        what that edit replaced.
        """
        return _raw_span(self.kept, start, end, len(self.raw))

    def span_of_raw(self, raw_start: int, raw_end: int) -> Span | None:
        """What is left in `value` of a raw stretch; None when nothing is."""
        # runs stand in raw order, so that two searches find the first and the last that is touched
        j = bisect_left(self.kept, raw_end, key=RAW_START) - 1
        i = max(0, bisect_right(self.kept, raw_start, key=RAW_START) - 1)
        if i <= j and self.kept[i].raw_start + self.kept[i].length <= raw_start:
            i += 1
        if i > j or raw_start >= raw_end:
            return None
        first, last = self.kept[i], self.kept[j]
        lo, hi = max(raw_start, first.raw_start), min(raw_end, last.raw_start + last.length)
        return Span(first.start + lo - first.raw_start, last.start + hi - last.raw_start)

    def raw_edits(self) -> tuple[RawEdit, ...]:
        """Every edit of every layer in raw coordinates, in raw order."""
        return _raw_edits(self)


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
    for e in ordered:
        if not 0 <= e.start <= e.end <= len(value):
            raise ValueError(f"edit outside the text: {e.rule} {e.start}-{e.end} of {len(value)}")
    for a, b in pairwise(applied):
        if _overlap(a, b):
            raise OverlapError(f"{a.rule} {a.start}-{a.end} and {b.rule} {b.start}-{b.end}")


def _apply(value: str, kept: Sequence[Kept], applied: Sequence[Edit]) -> tuple[str, tuple[Kept, ...]]:
    """The new value, and what of the raw text still stands in it."""
    pieces: list[str] = []
    gaps: list[tuple[int, int, int]] = []  # old start, old end, new start
    pos = size = 0
    for e in (*applied, None):
        end = e.start if e else len(value)
        if end > pos:
            pieces.append(value[pos:end])
            gaps.append((pos, end, size))
            size += end - pos
        if e:
            pieces.append(e.new)
            size += len(e.new)
            pos = e.end
    if kept == ((0, 0, len(value)),):  # nothing was changed before: most texts of most layers
        return "".join(pieces), tuple([Kept(new, start, end - start) for start, end, new in gaps])
    return "".join(pieces), tuple(_cross(kept, gaps))


def _cross(kept: Sequence[Kept], runs: Sequence[tuple[int, int, int]]) -> Iterable[Kept]:
    """The runs that stand, cut where `kept` is cut; neighbours joined."""
    last: Kept | None = None
    i = 0
    for start, end, new_start in runs:
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


def _raw_span(kept: Sequence[Kept], start: int, end: int, raw_length: int) -> Span:
    if not kept:
        return Span(0, raw_length)
    if end <= start:
        at = _raw_start(kept, start, raw_length)
        return Span(at, at)
    i = _find(kept, start)
    if i >= 0 and end <= kept[i].start + kept[i].length:  # within one run: nearly always
        shift = kept[i].raw_start - kept[i].start
        return Span(start + shift, end + shift)
    return Span(_raw_start(kept, start, raw_length), _raw_end(kept, end, raw_length))


def _find(kept: Sequence[Kept], at: int) -> int:
    """Index of the last run that begins at or before `at`; -1 if none."""
    # a tuple of one sorts before all that begin like it: ten times as fast as a key function
    return bisect_left(kept, (at + 1,)) - 1


def _raw_start(kept: Sequence[Kept], at: int, raw_length: int) -> int:
    i = _find(kept, at)
    if i < 0:
        return 0
    k = kept[i]
    if at < k.start + k.length:
        return k.raw_start + at - k.start
    if i + 1 < len(kept) and kept[i + 1].start == at:
        return kept[i + 1].raw_start
    return k.raw_start + k.length


def _raw_end(kept: Sequence[Kept], at: int, raw_length: int) -> int:
    i = _find(kept, at - 1)
    if i >= 0:
        k = kept[i]
        if at <= k.start + k.length:
            return k.raw_start + at - k.start
    return kept[i + 1].raw_start if i + 1 < len(kept) else raw_length


class _Patch(NamedTuple):
    """Words written by edits, where they stand now, and what they replaced."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    edit: Edit
    layer: str


def _raw_edits(text: Text) -> tuple[RawEdit, ...]:
    raw, value = text.raw, text.value
    patches: list[_Patch] = []
    out: list[RawEdit] = []
    for layer in text.layers:
        for e in layer.noted:
            lo, hi = _raw_span(layer.kept, e.start, e.end, len(raw))
            now = text.span_of_raw(lo, hi) or Span(-1, -1)
            out.append(RawEdit(lo, hi, raw[lo:hi], e, layer.name, e.new, *now))
        patches = _patched(patches, layer)
    for p in patches:
        if p.raw_start < p.raw_end or p.start < p.end:  # else a later layer took it back
            old, new = raw[p.raw_start : p.raw_end], value[p.start : p.end]
            out.append(RawEdit(p.raw_start, p.raw_end, old, p.edit, p.layer, new, p.start, p.end))
    return tuple(sorted(out, key=PLACE))


def _patched(patches: list[_Patch], layer: Layer) -> list[_Patch]:
    """`patches` carried through one more layer: those it touches are joined with its edits."""
    if not patches:
        return _first_patches(layer)
    if not layer.applied:
        return patches
    return _joined(patches, layer)


def _first_patches(layer: Layer) -> list[_Patch]:
    """The patches of a layer before which nothing was written: most texts have no other.

    Applied edits never overlap and come in order, so that each is a patch of its own.
    """
    out: list[_Patch] = []
    kept, shift, before = layer.kept, 0, None
    whole = len(kept) == 1 and kept[0].start == kept[0].raw_start  # nothing was changed before
    for e in layer.applied:
        start, end = e.start, e.end
        if start < end and whole:
            lo, hi = start, end
        elif start < end:
            lo, hi = _raw_start(kept, start, 0), _raw_end(kept, end, 0)
        elif before and before.end == start:
            lo = hi = out[-1].raw_end
        else:
            lo = hi = _raw_end(kept, start, 0) if start else 0
        grown = len(e.new) - (end - start)
        out.append(_Patch(start + shift, end + shift + grown, lo, hi, e, layer.name))
        shift, before = shift + grown, e
    return out


def _joined(patches: list[_Patch], layer: Layer) -> list[_Patch]:
    """Patches and a layer's edits, those that touch each other made one."""
    items: list[_Patch | Edit] = [*patches, *layer.applied]
    items.sort(key=lambda x: (x.start, x.end, isinstance(x, Edit)))
    out: list[_Patch] = []
    shift = i = 0
    while i < len(items):
        item = items[i]
        if isinstance(item, _Patch) and (i + 1 == len(items) or not _touch(items[i + 1], item)):
            out.append(_Patch(item.start + shift, item.end + shift, *item[2:]))  # untouched: the most are
            i += 1
            continue
        j = _group_end(items, i)
        group, i = items[i:j], j
        first, last = group[0], max(group, key=lambda x: x.end)
        edits = [x for x in group if isinstance(x, Edit)]
        lo, hi = _raw_bounds(group, layer.kept, items[j] if j < len(items) else None, out, shift)
        grown = sum(len(e.new) - (e.end - e.start) for e in edits)
        top, name = (edits[0], layer.name) if edits else _signed(group[0])
        out.append(_Patch(first.start + shift, last.end + shift + grown, lo, hi, top, name))
        shift += grown
    return out


def _signed(item: _Patch | Edit) -> tuple[Edit, str]:
    assert isinstance(item, _Patch)
    return item.edit, item.layer


def _group_end(items: Sequence[_Patch | Edit], i: int) -> int:
    """Index after the last item that hangs together with `items[i]`."""
    latest = {isinstance(items[i], Edit): items[i]}
    j = i + 1
    while j < len(items) and any(_touch(items[j], x) for x in latest.values()):
        latest[isinstance(items[j], Edit)] = items[j]
        j += 1
    return j


def _touch(a: _Patch | Edit, b: _Patch | Edit) -> bool:
    """Whether an edit meets words that an earlier layer wrote."""
    if isinstance(a, Edit) == isinstance(b, Edit):
        return False
    return a.start < b.end and b.start < a.end


def _raw_bounds(
    group: Sequence[_Patch | Edit],
    kept: Sequence[Kept],
    after: _Patch | Edit | None,
    done: Sequence[_Patch],
    shift: int,
) -> tuple[int, int]:
    """The raw stretch that a group replaces."""
    first, last = group[0], max(group, key=lambda x: (x.end, isinstance(x, _Patch)))
    if len(group) == 1 and isinstance(first, Edit) and first.start == first.end:
        if done and done[-1].end - shift == first.start:
            at = done[-1].raw_end
        elif isinstance(after, _Patch) and after.start == first.start:
            at = after.raw_start
        else:
            at = _raw_end(kept, first.start, 0) if first.start else 0
        return at, at
    lead = next((x for x in group if isinstance(x, _Patch)), None)
    lo = lead.raw_start if lead and lead.start <= first.start else _raw_start(kept, first.start, 0)
    hi = last.raw_end if isinstance(last, _Patch) else _raw_end(kept, last.end, 0)
    return lo, hi
