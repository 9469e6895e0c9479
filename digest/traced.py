"""Every edit of every layer traced to the raw text: the apparatus that the reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from digest.edit import Edit, Kept, Layer
from digest.runs import raw_end, raw_span, raw_start, span_of_raw

PLACE = itemgetter(0, 1)  # start and end


class _Patch(NamedTuple):
    """Words written by edits, where they stand now, and what they replaced."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    edit: Edit
    layer: str


Row = tuple[int, int, str, Edit, str, str, int, int]  # the fields of a RawEdit


def rows(raw: str, value: str, layers: Sequence[Layer], kept: Sequence[Kept]) -> list[Row]:
    """The edits of `layers`, which lead from `raw` to `value`, in raw order; `kept` are the runs of `value`."""
    out: list[Row] = []
    for layer in layers:
        for e in layer.noted:
            lo, hi = raw_span(layer.kept, e.start, e.end, len(raw))
            now = span_of_raw(kept, lo, hi) or (-1, -1)
            out.append((lo, hi, raw[lo:hi], e, layer.name, e.new, *now))
    changing = [layer for layer in layers if layer.applied]
    if changing:
        first, *later = changing
        patches: Sequence[tuple[int, int, int, int, Edit, str]] = _first_patches(first)
        for layer in later:
            patches = _joined([_Patch(*p) for p in patches], layer)
        out += [
            (lo, hi, raw[lo:hi], edit, name, value[start:end], start, end)
            for start, end, lo, hi, edit, name in patches
            if lo < hi or start < end  # else a later layer took it back
        ]
    out.sort(key=PLACE)
    return out


def _first_patches(layer: Layer) -> list[tuple[int, int, int, int, Edit, str]]:
    """The patches of a layer before which nothing was written: most texts have no other.

    Applied edits never overlap and come in order, so that each is a patch of its own.
    """
    out: list[tuple[int, int, int, int, Edit, str]] = []
    name, kept, shift = layer.name, layer.kept, 0
    last = lo = hi = 0  # where the edit before ended, in this text and in the raw one
    whole = len(kept) == 1 and kept[0].start == kept[0].raw_start  # nothing was changed before
    for e in layer.applied:
        start, end, new = e[:3]
        if start < end and whole:
            lo, hi = start, end
        elif start < end:
            lo, hi = raw_start(kept, start, 0), raw_end(kept, end, 0)
        elif out and last == start:
            lo = hi
        else:
            lo = hi = raw_end(kept, start, 0) if start else 0
        at = start + shift
        now = at + len(new)
        out.append((at, now, lo, hi, e, name))
        shift, last = now - end, end
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
            at = raw_end(kept, first.start, 0) if first.start else 0
        return at, at
    lead = next((x for x in group if isinstance(x, _Patch)), None)
    lo = lead.raw_start if lead and lead.start <= first.start else raw_start(kept, first.start, 0)
    hi = last.raw_end if isinstance(last, _Patch) else raw_end(kept, last.end, 0)
    return lo, hi
