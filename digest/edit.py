"""The nouns of a revised text: where something stands, what is changed there, what still stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

EditKind = Literal["decode", "excise", "move", "split", "space", "emend", "flag"]
Cert = Literal["high", "medium", "low"]
Status = Literal["applied", "proposed", "flagged"]
LAID = (
    "decode",
    "reflow",
    "clean",
)  # the layers that lay the text out; headline and standfirst go through them, too


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
