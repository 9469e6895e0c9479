"""Words and sentences of a paragraph, its quotations folded into one token each.

Folding makes the reporter's own sentence readable: `“…,” he said` is three
tokens, whatever stands between the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.model import Scope
from digest.text import Span

TOKEN = re.compile(r"\w+(?:[&’'.@/‑-]\w+)*(?:['’](?=[ ,]))?|\.\.\.|[^\w\s]")
FOLDED = "\ue000"  # stands for a quotation
ABBREVIATED = frozenset(
    "mr mrs ms dr sen rep gov gen lt col sgt capt maj prof rev hon st jr sr inc co corp ltd llc vs etc"
    " jan feb mar apr jun jul aug sept sep oct nov dec no p.m a.m ph.d u.s u.k u.n d.c e.g i.e messrs atty dept".split()
)
# no sentence ends with these: dots after them are a gap (with… Private)
OPEN_ENDED = frozenset("with of to at by for from in on and or the a an that but as into".split())
LONGEST = 400  # tokens: no sentence is longer, and the search in one is quadratic
LOOK = 9  # tokens after “…?” in which a cue makes it the same sentence


class Token(NamedTuple):
    """A word, a mark of punctuation or a folded quotation; offsets into the part's text."""

    word: str
    start: int
    end: int
    quote: int = -1  # index into the quotations handed in


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's tokens, its last mark with it."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where its first token begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last token ends."""
        return self.tokens[-1].end


def tokens(text: str, start: int, end: int, quoted: Sequence[tuple[int, Scope]] = ()) -> list[Token]:
    """The tokens of `text[start:end]`, quotations folded."""
    out: list[Token] = []
    at = start
    for index, scope in quoted:
        if scope.outer_start > at:
            out.extend(_plain(text, at, scope.outer_start))
        out.append(Token(FOLDED, max(scope.outer_start, start), min(scope.outer_end, end), index))
        at = min(scope.outer_end, end)
    out.extend(_plain(text, at, end))
    return out


def _plain(text: str, start: int, end: int) -> list[Token]:
    """The words of a stretch without quotations."""
    new, kind = tuple.__new__, Token  # a named tuple's own constructor takes twice as long
    return [new(kind, (m[0], *m.span(), -1)) for m in TOKEN.finditer(text, start, end)]


def sentences(
    text: str, words: Sequence[Token], scopes: Sequence[Scope], cues: Sequence[str] | frozenset[str]
) -> list[Sentence]:
    """The sentences of a paragraph's tokens.

    A quotation that ends one (“Why?”) does not when its speaker follows.
    """
    out: list[Sentence] = []
    first = 0
    for i in range(len(words) - 1):
        if i - first >= LONGEST:
            out.append(Sentence(tuple(words[first : i + 1])))
            first = i + 1
            continue
        word = words[i].word
        if word in ".!?…" or word == "...":
            ends = _stops(words, i)
        elif words[i].quote >= 0:
            ends = _quote_stops(text, words, i, scopes[words[i].quote], cues)
        else:
            continue
        if ends:
            out.append(Sentence(tuple(words[first : i + 1])))
            first = i + 1
    if first < len(words):
        out.append(Sentence(tuple(words[first:])))
    return out


def _stops(words: Sequence[Token], i: int) -> bool:
    after = words[i + 1]
    if after.word in ")]" or not _may_begin(after):
        return False
    if words[i].word in ("…", "...") and i and words[i - 1].word in OPEN_ENDED:
        return False
    if words[i].word == "." and i:
        before = words[i - 1]
        if before.end == words[i].start:
            low = before.word.lower()
            initial = len(before.word) == 1 and before.word.isupper()
            if initial and after.quote >= 0:  # wrote on X. “…” or Robert C. “Bob” Lee
                initial = i > 1 and words[i - 2].word[0].isupper()
            return low not in ABBREVIATED and not initial
    return after.start > words[i].end or after.word[0].isupper()


def _may_begin(token: Token) -> bool:
    c = token.word[0]
    return token.quote >= 0 or c.isupper() or c.isdigit() or c in "([—―"


def _quote_stops(
    text: str, words: Sequence[Token], i: int, scope: Scope, cues: Sequence[str] | frozenset[str]
) -> bool:
    last = text[scope.end - 1]
    after = words[i + 1]
    if last not in ".!?…—" or not _may_begin(after) or after.word[0] in "(—―":
        return False
    if last == "." or after.quote >= 0:
        return (
            not _cued(words, i + 1, cues)
            if last == "." and after.quote < 0 and _clipped(text, scope)
            else True
        )
    return not _cued(words, i + 1, cues)


def _clipped(text: str, scope: Scope) -> bool:
    """Whether a quotation ends in dots, which may stand for a comma."""
    return text[scope.end - 2 : scope.end] == ".."


def _cued(words: Sequence[Token], i: int, cues: Sequence[str] | frozenset[str]) -> bool:
    """Whether a cue comes before the next stop."""
    for token in words[i : i + LOOK]:
        if token.quote >= 0 or token.word in ".!?;":
            return False
        if token.word in cues:
            return True
    return False


def span(tokens: Sequence[Token]) -> Span:
    """From the first token to the last."""
    return Span(tokens[0].start, tokens[-1].end)
