"""Which passes over a text can find anything: a look at its words is cheaper than most of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.annotate.numbers.lexicon import Lexicon
from digest.plain import SHORT

BLANKED = bytes(b if 97 <= b <= 122 else 32 for b in range(256))  # all but a to z
YEARS = ("19", "20", "’", "'")  # one of these is in whatever YEAR finds
YEAR = re.compile(r"[’'12](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=[’'])\d\d)")  # begins with a set: quick to search


Place = tuple[int, int]  # start and end


class Passes:
    """What the passes may find in lower-case text. Of expressions of time, `False` is sure and `True` a guess.

    `words`: the text's words of a to z, if they are known.

    Every pattern of these passes begins behind a character that is not of a
    to z and ends before one, so that its words are among those seen here.
    """

    __slots__ = ("_timed", "lex", "low", "seen")

    def __init__(self, low: str, lex: Lexicon, words: Sequence[bytes] | None = None) -> None:
        self.low, self.lex = low, lex
        self._timed: bool | None = None  # not looked at: each figure asks
        self.seen: frozenset[bytes] | None = None  # not looked at
        if words is None and len(low) <= SHORT:
            words = low.encode("ascii", "replace").translate(BLANKED).split()
        if words is not None:
            self.seen = lex.hints.every.intersection(words)

    def numbers(self) -> list[Place]:
        """Where the number words stand, left to right, never overlapping."""
        if self.seen is None:
            return [(m.start(), m.end() - 1) for m in self.lex.number.finditer(" " + self.low)]
        return self._standing(self.lex.hints.numbers)

    def cues(self) -> list[Place] | None:
        """Where words of claim and plan stand, as number words do; None: they are to be looked for."""
        if self.seen is None or b"ll" in self.seen:  # we’ll: a cue within a word
            return None
        if any(map(self.low.__contains__, self.lex.hints.small)):
            return None
        return self._standing(self.lex.hints.cues)

    def _standing(self, phrases: Mapping[bytes, Sequence[str]]) -> list[Place]:
        """What the pattern of all `phrases` would find: the longest at its place, by itself."""
        out: list[Place] = []
        low = self.low
        for word in self.seen or ():
            for phrase in phrases.get(word, ()):
                start = low.find(phrase)
                while start >= 0:
                    end = start + len(phrase)
                    after = low[end : end + 1]
                    if not (start and "a" <= low[start - 1] <= "z") and not (after.isalnum() or after == "_"):
                        out.append((start, end))
                    start = low.find(phrase, start + 1)
        return _apart(out) if len(out) > 1 else out

    def times(self) -> bool:
        """Whether expressions of time can."""
        if self._timed is None:
            self._timed = self._may_be_timed()
        return self._timed

    def _may_be_timed(self) -> bool:
        if self.seen is None or not self.seen.isdisjoint(self.lex.hints.times):
            return True
        if not any(map(self.low.__contains__, YEARS)):
            return False
        return YEAR.search(self.low) is not None


def _apart(places: list[Place]) -> list[Place]:
    """The places from the left, of those that overlap the first, of those that begin together the longest."""
    out: list[Place] = []
    end = -1
    for place in sorted(places, key=_order):
        if place[0] > end:
            out.append(place)
            end = place[1]
    return out


def _order(place: Place) -> Place:
    return place[0], -place[1]
