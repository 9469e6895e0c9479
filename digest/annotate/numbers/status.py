"""Fact, claim, plan or estimate: what the words of its sentence make of a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon
from digest.model import ClaimStatus
from digest.sentences import sentences
from digest.text import Span

STATUSES: tuple[ClaimStatus, ...] = ("plan", "estimate", "claim", "fact")  # the stronger first
CLAIM, FACT = 2, 3  # places in STATUSES
DATING = frozenset(
    "in on by since until till last this next of from to through early late mid and between during before after".split()
)
DAY = re.compile(r"may,? \d")
BEFORE, BEHIND = 60, 25  # how near its figure the word of a plan or estimate stands


class Sayings:
    """The status words of one text, looked for in the sentences that hold figures unless `cues` tells where all are."""

    def __init__(self, text: str, low: str, lex: Lexicon, cues: Sequence[tuple[int, int]] | None) -> None:
        self.text, self.low, self.lex = text, low, lex
        self.all: list[tuple[int, int]] | None = None  # of the whole text, where they are known
        if cues is not None:
            self.all = sorted([(a, lex.cues[low[a:b]]) for a, b in cues if not _month(text, low, a)])
        self.line = (0, -1)  # the one last looked at, and its sentences: figures come in their order
        self.sentences: list[Span] = []
        self.found: dict[Span, tuple[list[tuple[int, int]], bool]] = {}

    def of(self, start: int, end: int) -> ClaimStatus:
        """The status of the figure at `start` to `end`.

        A plan or an estimate must be said near it; a claim anywhere in its sentence.
        """
        places, claimed = self._words(self._sentence(start))
        if not places:
            return STATUSES[FACT]
        near = places[bisect_left(places, (start - BEFORE,)) : bisect_left(places, (end + BEHIND,))]
        best = min([rank for _, rank in near], default=FACT)
        return STATUSES[min(best, CLAIM) if claimed else best]

    def _sentence(self, at: int) -> Span:
        """The sentence that begins last at or before `at`."""
        if not self.line[0] <= at < self.line[1]:
            end = self.text.find("\n", at)
            self.line = self.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.text)
            self.sentences = sentences(self.text, *self.line)
        return self.sentences[max(0, bisect_left(self.sentences, (at + 1,)) - 1)]

    def _words(self, span: Span) -> tuple[list[tuple[int, int]], bool]:
        """Where the status words of a sentence stand, in order, each with its rank; whether one says a claim."""
        if span in self.found:
            return self.found[span]
        if self.all is not None:
            places = self.all[bisect_left(self.all, (span.start,)) : bisect_left(self.all, (span.end,))]
        else:
            said = " " + self.low[span.start : span.end]  # the pattern begins with what stands before a word
            ranks = self.lex.cues
            places = [(span.start + m.start(), ranks.get(m[1], 0)) for m in self.lex.cue.finditer(said)]
            places = [p for p in places if not _month(self.text, self.low, p[0])]
        self.found[span] = places, any([rank == CLAIM for _, rank in places])
        return self.found[span]


def _month(text: str, low: str, at: int) -> bool:
    """Whether the word at `at` is the month of May and says no doubt: `in May`, `May 12`, but not `Bank May Cut Jobs`."""
    if not (low.startswith("may", at) and text[at] == "M"):
        return False
    return low[max(0, at - 12) : at].rpartition(" ")[0].rpartition(" ")[2] in DATING or bool(
        DAY.match(low, at)
    )
