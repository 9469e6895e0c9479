"""Words and sentences of a paragraph, its quotations folded into one token each.

Folding makes the reporter's own sentence readable: `“…,” he said` is three
tokens, whatever stands between the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

from digest.model import Scope

TOKEN = re.compile(r"\w++(?:[&’'.@/‑-]\w++)*(?:['’](?=[ ,]))?|\.\.\.|[^\w\s]")
FOLDED = " "  # stands for a quotation: no other token is blank
ABBREVIATED = frozenset(
    "mr mrs ms dr sen rep gov gen lt col sgt capt maj prof rev hon st jr sr inc co corp ltd llc vs etc"
    " jan feb mar apr jun jul aug sept sep oct nov dec no p.m a.m ph.d u.s u.k u.n d.c e.g i.e messrs atty dept".split()
)
# no sentence ends with these: dots after them are a gap (with… Private)
OPEN_ENDED = frozenset("with of to at by for from in on and or the a an that but as into".split())
ENDING = frozenset((".", ","))
STOPS = frozenset((".", "!", "?", "…", "...", FOLDED))
LONGEST = 400  # tokens: no sentence is longer, and the search in one is quadratic
LOOK = 9  # tokens after “…?” in which a cue makes it the same sentence


class Tokens(list[str]):
    """The words, marks and folded quotations of a stretch of text, as they are written."""

    __slots__ = ("folded", "places", "text")

    def __init__(self, words: Iterable[str], places: list[int], text: str) -> None:
        super().__init__(words)
        self.places = places  # where each token begins in the text
        self.text = text
        self.folded: dict[int, Folded] = {}  # by place in the list

    def start(self, i: int) -> int:
        """Where token `i` begins in the text."""
        return self.places[i]

    def end(self, i: int) -> int:
        """Where token `i` ends in the text."""
        word = self[i]
        return self.folded[i].end if word == FOLDED else self.places[i] + len(word)

    def glued(self, i: int) -> bool:
        """Whether no blank stands before token `i`, which is not the first."""
        return self.end(i - 1) == self.places[i]

    def length(self, i: int) -> int:
        """The characters of token `i` in the text, of a quotation with its marks."""
        return self.end(i) - self.places[i]

    def part(self, first: int, stop: int) -> Tokens:
        """Tokens `first` to `stop` (not included) as a list of their own."""
        if first == 0 and stop == len(self):
            return self
        out = Tokens(self[first:stop], self.places[first:stop], self.text)
        if self.folded:
            among = compress(range(first, stop), map(FOLDED.__eq__, out))
            out.folded = {i - first: self.folded[i] for i in among}
        return out

    def clipped(self, k: int, n: int) -> Tokens:
        """The tokens up to `k`, whose last `n` characters are taken off (an owner’s ’s)."""
        out = Tokens((*self[:k], self[k][:-n]), self.places, self.text)
        out.folded = self.folded
        return out


class Folded(NamedTuple):
    """A quotation among the tokens: its index among those handed in, where it stands with its marks."""

    quote: int
    start: int
    end: int


def tokens(text: str, start: int, end: int, quoted: Sequence[tuple[int, Scope]] = ()) -> Tokens:
    """The tokens of `text[start:end]`, quotations folded."""
    out = Tokens((), [], text)
    at = start
    for index, scope in quoted:
        if scope.outer_start > at:
            _cut(text, at, scope.outer_start, out)
        at = min(scope.outer_end, end)
        begin = max(scope.outer_start, start)
        out.folded[len(out)] = Folded(index, begin, at)
        out.append(FOLDED)
        out.places.append(begin)
    if at < end:
        _cut(text, at, end, out)
    return out


def _cut(text: str, start: int, end: int, out: Tokens) -> None:
    """Adds the words and marks of a stretch; between two blanks stands mostly one word, or one with a mark behind."""
    places = out.places
    at = start
    for chunk in text[start:end].split(" "):
        if chunk.isalpha():
            out.append(chunk)
            places.append(at)
            at += len(chunk) + 1
            continue
        after = at + len(chunk) + 1
        if chunk[-1:] in ENDING and chunk[:-1].isalpha():
            out += (chunk[:-1], chunk[-1])
            places += (at, after - 2)
        elif chunk:
            found = TOKEN.findall(chunk + " " if after <= end else chunk)
            whole = sum(map(len, found)) == after - at - 1
            for word in found:
                if not whole:  # a blank of another kind stands before or behind
                    at = text.index(word, at)
                out.append(word)
                places.append(at)
                at += len(word)
        at = after


def sentences(words: Tokens, scopes: Sequence[Scope], cues: frozenset[str]) -> list[Tokens]:
    """The sentences of a paragraph's tokens, each with its last mark.

    A quotation that ends one (“Why?”) does not when its speaker follows.
    """
    out: list[Tokens] = []
    first, last = 0, len(words) - 1
    for i in compress(range(last), map(STOPS.__contains__, words)):
        while i - first >= LONGEST:
            out.append(words.part(first, first + LONGEST + 1))
            first += LONGEST + 1
        if first <= i and _ends(words, i, scopes, cues):
            out.append(words.part(first, i + 1))
            first = i + 1
    while first <= last:
        stop = min(len(words), first + LONGEST + 1)
        out.append(words.part(first, stop))
        first = stop
    return out


def _ends(words: Tokens, i: int, scopes: Sequence[Scope], cues: frozenset[str]) -> bool:
    """Whether a sentence ends with the stop or quotation at `i`."""
    if words[i] == FOLDED:
        return _quote_stops(words, i, scopes[words.folded[i].quote], cues)
    return _stops(words, i)


def _stops(words: Tokens, i: int) -> bool:
    after = words[i + 1]
    if after in ")]" or not _may_begin(after):
        return False
    if words[i] in ("…", "...") and i and words[i - 1] in OPEN_ENDED:
        return False
    if words[i] == "." and i:
        before = words[i - 1]
        if words.glued(i):
            low = before.lower()
            initial = len(before) == 1 and before.isupper()
            if initial and after == FOLDED:  # wrote on X. “…” or Robert C. “Bob” Lee
                initial = i > 1 and words[i - 2][0].isupper()
            return low not in ABBREVIATED and not initial
    return not words.glued(i + 1) or after[0].isupper()


def _may_begin(token: str) -> bool:
    c = token[0]
    return token == FOLDED or c.isupper() or c.isdigit() or c in "([—―"


def _quote_stops(words: Tokens, i: int, scope: Scope, cues: frozenset[str]) -> bool:
    last = words.text[scope.end - 1]
    after = words[i + 1]
    if last not in ".!?…—" or not _may_begin(after) or after[0] in "(—―":
        return False
    if last == "." or after == FOLDED:
        return (
            not _cued(words, i + 1, cues)
            if last == "." and after != FOLDED and _clipped(words.text, scope)
            else True
        )
    return not _cued(words, i + 1, cues)


def _clipped(text: str, scope: Scope) -> bool:
    """Whether a quotation ends in dots, which may stand for a comma."""
    return text[scope.end - 2 : scope.end] == ".."


def _cued(words: Tokens, i: int, cues: frozenset[str]) -> bool:
    """Whether a cue comes before the next stop."""
    for token in words[i : i + LOOK]:
        if token == FOLDED or token in ".!?;":
            return False
        if token in cues:
            return True
    return False
