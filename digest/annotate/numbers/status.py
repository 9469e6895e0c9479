"""Fact, claim, plan or estimate: what the words of its sentence make of a figure."""

from __future__ import annotations

from bisect import bisect_right

from digest.annotate.numbers.lexicon import Lexicon
from digest.model import ClaimStatus
from digest.sentences import sentences

STATUSES: tuple[ClaimStatus, ...] = ("plan", "estimate", "claim", "fact")  # the stronger first
BEFORE, BEHIND = 60, 25  # how near its figure the word of a plan or estimate stands


class Sayings:
    """The status words of one text, looked for in the sentences that hold figures."""

    def __init__(self, text: str, low: str, lex: Lexicon) -> None:
        self.low, self.lex = low, lex
        self.spans = sentences(text)
        self.starts = [s.start for s in self.spans]
        self.found: dict[int, list[tuple[int, int]]] = {}

    def of(self, start: int, end: int) -> ClaimStatus:
        """The status of the figure at `start` to `end`.

        A plan or an estimate must be said near it; a claim anywhere in its sentence.
        """
        best = 3
        for at, rank in self._words(max(0, bisect_right(self.starts, start) - 1)):
            if rank < best and (rank == 2 or start - BEFORE <= at < end + BEHIND):
                best = rank
        return STATUSES[best]

    def _words(self, i: int) -> list[tuple[int, int]]:
        """Where the status words of sentence `i` stand, each with its rank."""
        if i not in self.found:
            ranks = self.lex.cues
            a, b = self.spans[i] if self.spans else (0, len(self.low))
            self.found[i] = [(m.start(), ranks.get(m[0], 0)) for m in self.lex.cue.finditer(self.low, a, b)]
        return self.found[i]
