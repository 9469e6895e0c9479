"""A text with its names, as claims are read off it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from digest.across import Claim, Slot
from digest.link.words import tokens
from digest.model import Mention
from digest.sentences import sentences
from digest.site import Shown, ShownEdit
from digest.text import Span

LONG = 500  # characters of a sentence to either side of a claim that are kept


class Page:
    """A text with its names, and the editor's emendations that can be taken back."""

    def __init__(self, shown: Shown, names: Sequence[Mention]) -> None:
        self.text = shown.text
        self.names = names
        self.starts = [m.start for m in names]
        self.sentences = sentences(shown.text)
        self.bounds = [s.start for s in self.sentences]
        self.edits = sorted(
            (e for e in shown.edits if e.layer == "editor" and e.kind == "emend" and e.part == "body"
             and e.status == "applied" and 0 <= e.at < e.end),
            key=lambda e: e.at,
        )  # fmt: skip
        count = Counter(m.entity for m in names if m.kind == "organisation" and m.entity)
        self.topic = max(count, key=lambda e: (count[e], e), default="")
        self.topic_name = next((m.text for m in names if m.entity == self.topic), "") if self.topic else ""

    def around(self, start: int, end: int) -> Span:
        """The sentence that [start, end) stands in; of a very long one the part nearby."""
        at = max(0, bisect_right(self.bounds, start) - 1)
        if not self.sentences:
            return Span(start, end)
        s = self.sentences[at]
        return Span(max(s.start, start - LONG), max(end, min(s.end, end + LONG)))

    def within(self, start: int, end: int) -> list[Mention]:
        """The names that begin in [start, end)."""
        return list(self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def witnessed(self, start: int, end: int) -> tuple[str, bool]:
        """The words of a stretch as the witness had them, and whether that differs."""
        out, at, changed = "", start, False
        for e in self.edits:
            if e.end <= start or e.at >= end or self._kept(e, start, end):
                continue
            out += self.text[at : max(at, e.at)] + e.old
            at, changed = max(at, e.end), True
        return " ".join((out + self.text[at : max(at, end)]).split()), changed

    def _kept(self, e: ShownEdit, start: int, end: int) -> bool:
        """Whether an emendation reaches beyond a stretch and leaves the words inside it as they were."""
        if start <= e.at and e.end <= end:
            return False
        inside = {t.stem.casefold() for t in tokens(self.text, max(start, e.at), min(end, e.end))}
        return inside <= {t.stem.casefold() for t in tokens(e.old)}

    def claim(self, slot: Slot, subject: str, key: str, start: int, end: int) -> Claim:
        """A claim on the words [start, end), with its sentence."""
        words, changed = self.witnessed(start, end)
        sentence = self.around(start, end)
        exact, _ = self.witnessed(*sentence)
        now = " ".join(self.text[start:end].split()).strip(" ,;")
        return Claim(slot, subject, key, words.strip(" ,;"), start, end, exact, changed, now)
