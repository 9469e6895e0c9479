"""The wordings of an utterance side by side: each witness against a base, columns cut where all agree.

Collation against a base text, as in a critical apparatus. Words are matched
by stem (longest common subsequence), so that "profited" stands under
"profits", and are called the same only when they are the same word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from digest.across import Alignment, Cell, CellState
from digest.link.words import LONGEST, spelled, tokens


class Piece(NamedTuple):
    """A word as printed (with what stands before the next one), its stem, and itself without marks; its offsets."""

    shown: str
    stem: str
    bare: str
    start: int
    end: int


class Step(NamedTuple):
    """Base pieces [a, b) answer to witness pieces [c, d); `equal` when stem by stem."""

    a: int
    b: int
    c: int
    d: int
    equal: bool


@lru_cache(maxsize=500)
def pieces(text: str) -> tuple[Piece, ...]:
    """The words of a sentence; what stands between two words goes with the first."""
    found = tokens(text)[:LONGEST]
    out: list[Piece] = []
    for k, t in enumerate(found):
        start = t.start if k else 0
        end = found[k + 1].start if k + 1 < len(found) else len(text)
        bare = text[t.start : t.end].casefold().replace("’", "'")
        out.append(Piece(text[start:end], t.stem, bare, t.start, t.end))
    return tuple(out)


@lru_cache(maxsize=4000)
def wording(text: str) -> str:
    """A sentence as one wording: its words without case, marks and hyphens, as `pieces` has them bare."""
    return " ".join(spelled(text)[:LONGEST]).casefold().replace("’", "'")


def aligned(texts: Sequence[str], base: int) -> Alignment:
    """The texts in columns, each compared with `texts[base]`."""
    split = {t: pieces(t) for t in texts}
    own = split[texts[base]]
    if own and len({tuple(p.bare for p in words) for words in split.values()}) == 1:
        return Alignment(base, (tuple(Cell(" ".join(t.split()), "same") for t in texts),))
    steps = {t: _steps(own, p) for t, p in split.items()}
    bounds = _columns(len(own), steps.values())
    rows = {t: list(_row(own, split[t], s, bounds)) for t, s in steps.items()}
    rows[texts[base]] = [
        Cell("", "missing") if a == b else c for c, (a, b) in zip(rows[texts[base]], bounds, strict=True)
    ]
    columns = zip(*(rows[t] for t in texts), strict=True)
    return Alignment(base, tuple(_merged(columns)))


class Later(Alignment):
    """The alignment of texts, made when somebody asks for its columns: linking does not."""

    __slots__ = ("_columns", "_texts")
    _texts: tuple[str, ...]
    _columns: tuple[tuple[Cell, ...], ...] | None

    def __init__(self, texts: Iterable[str], base: int) -> None:
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "_texts", tuple(texts))
        object.__setattr__(self, "_columns", None)

    @property
    def columns(self) -> tuple[tuple[Cell, ...], ...]:
        """What `aligned` gives."""
        if self._columns is None:
            object.__setattr__(self, "_columns", aligned(self._texts, self.base).columns)
        return self._columns or ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Later) and (self.base, self._texts) == (other.base, other._texts):
            return True
        return isinstance(other, Alignment) and (self.base, self.columns) == (other.base, other.columns)

    def __hash__(self) -> int:
        return hash((self.base, self.columns))

    def __reduce__(self) -> tuple[type[Later], tuple[tuple[str, ...], int]]:
        return Later, (self._texts, self.base)


def _steps(base: Sequence[Piece], other: Sequence[Piece]) -> list[Step]:
    """How the witness answers the base, left to right; neighbours that differ are one step."""
    out: list[Step] = []
    for op in Indel.opcodes([p.stem for p in base], [p.stem for p in other]):
        equal = op.tag == "equal"
        if out and not equal and not out[-1].equal:
            out[-1] = Step(out[-1].a, op.src_end, out[-1].c, op.dest_end, False)
        else:
            out.append(Step(op.src_start, op.src_end, op.dest_start, op.dest_end, equal))
    return out


def _columns(size: int, witnesses: Iterable[Sequence[Step]]) -> list[tuple[int, int]]:
    """Stretches of the base, cut where no witness has a change running across; empty ones for additions."""
    inside = [False] * (size + 1)
    added: set[int] = set()
    for steps in witnesses:
        for s in steps:
            if not s.equal and s.a == s.b:
                added.add(s.a)
            elif not s.equal:
                for k in range(s.a + 1, s.b):
                    inside[k] = True
    cuts = [k for k in range(size + 1) if not inside[k]]
    out: list[tuple[int, int]] = []
    for n, k in enumerate(cuts):
        if k in added:
            out.append((k, k))
        if n + 1 < len(cuts):
            out.append((k, cuts[n + 1]))
    return out


def _row(
    base: Sequence[Piece], other: Sequence[Piece], steps: Sequence[Step], columns: Iterable[tuple[int, int]]
) -> Iterator[Cell]:
    """What one witness has in each column, of which all that may concern it is one step or a few."""
    first = 0
    for a, b in columns:
        while first < len(steps) and steps[first].b < a:
            first += 1
        last = first
        while last < len(steps) and steps[last].a <= b:
            last += 1
        yield _cell(base, other, steps[first:last], a, b)


def _cell(base: Sequence[Piece], other: Sequence[Piece], steps: Sequence[Step], a: int, b: int) -> Cell:
    """What one witness has where the base has pieces [a, b)."""
    low, high = len(other), 0
    for s in steps:
        if a == b:
            if not s.equal and s.a == s.b == a:
                low, high = s.c, s.d
        elif s.a < b and a < s.b:
            low = min(low, s.c + max(0, a - s.a) if s.equal else s.c)
            high = max(high, s.d - max(0, s.b - b) if s.equal else s.d)
        elif not s.equal and a < s.a == s.b < b:
            low, high = min(low, s.c), max(high, s.d)
    if low >= high:
        return Cell("", "missing")
    return Cell("".join(p.shown for p in other[low:high]), _state(base[a:b], other[low:high]))


def _state(base: Sequence[Piece], other: Sequence[Piece]) -> CellState:
    if not base:
        return "added"
    return "same" if [p.bare for p in base] == [p.bare for p in other] else "changed"


def _merged(columns: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """The columns, neighbours joined where every witness has the same there."""
    held: tuple[Cell, ...] | None = None
    for column in columns:
        if held is not None and all(c.state == "same" for c in (*held, *column)):
            held = tuple(Cell(a.words + b.words, "same") for a, b in zip(held, column, strict=True))
            continue
        if held is not None:
            yield _trimmed(held)
        held = column
    if held is not None:
        yield _trimmed(held)


def _trimmed(column: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(" ".join(c.words.split()), c.state) for c in column)
