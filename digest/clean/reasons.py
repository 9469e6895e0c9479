"""The terms of the table as words: why a line goes.

How a weight is told is written once for each; a line is told by looking up what is seen there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from digest.clean.features import OWN, Sight

SAID = {
    "length": "its length",
    "ending": "how it ends",
    "beginning": "how it begins",
    "titled": "its capitals",
    "digits": "its digits",
    "signs": "its signs",
    "sentences": "its sentences",
    "function-words": "its share of function words",
    "rule": "a residue rule",
    "class": "a residue rule's class",
    "date-like": "a date or time",
    "person": "I, we or you",
    "quoted": "its quotation marks",
    "width": "the length of its words",
    "inner": "a slash, colon or bracket in it",
    "joined": "a dash, dot or ampersand in it",
    "from-top": "its place from the top",
    "from-bottom": "its place from the end",
    "repeated": "it stands here more than once",
    "under": "the residue above it",
    "over": "the residue below it",
    "above": "the comment form above it",
    "kind": "the kind of text that the page is",
    "twin": "a line close by that begins like it",
    "copies": "how often it stands here",
    "alike": "lines close by of the same look",
    "caps-above": "the capitals of the line above it",
    "caps-below": "the capitals of the line below it",
}
NEAR = "the lines around it"
LEAST = 0.2  # logits: no weaker term is told

K = TypeVar("K")
Term = tuple[float, str]  # less than nothing, so that the strongest is the first in order; as it is told


class Tellings(NamedTuple):
    """How the strong weights of a table are told."""

    groups: tuple[Mapping[int, Term], ...]  # of OWN, by value
    around: Mapping[str, Mapping[float, Term]]  # of AROUND, by weight
    words: tuple[Mapping[str, Term], ...]  # of short and long lines, then of the first and the last of each

    def own(self, values: Sequence[int]) -> list[Term]:
        """The strong terms of a line's shape."""
        return strong(self.groups, values)

    def of_words(self, s: Sight) -> list[Term]:
        """The strong terms of a line's words, each once."""
        if not s.words:
            return []
        short, long, first_short, last_short, first_long = self.words
        if s.shape >= 3:
            ends = [first_long.get(s.words[0])]
            return [*filter(None, ends), *filter(None, map(long.get, set(s.words)))]
        ends = [first_short.get(s.words[0]), last_short.get(s.words[-1])]
        return [*filter(None, ends), *filter(None, map(short.get, set(s.words)))]


def strong(told: Iterable[Mapping[K, Term]], seen: Iterable[K]) -> list[Term]:
    """The term of each thing seen that is told, each in its own mapping; plain dictionaries, for speed."""
    return [*filter(None, map(dict.get, told, seen))]  # type: ignore[arg-type]


def tellings(
    names: Sequence[str], groups: Sequence[Mapping[int, float]], words: Sequence[Mapping[str, float]]
) -> Tellings:
    """How the weights of `groups` by name, and of `words`, are told where they are strong."""
    said = [(name, SAID.get(name, NEAR), weights) for name, weights in zip(names, groups, strict=True)]
    own = tuple(
        {v: _term(w, as_) for v, w in weights.items() if w > LEAST} for _, as_, weights in said[: len(OWN)]
    )
    around = {
        name: {w: _term(w, as_) for w in weights.values() if w > LEAST}
        for name, as_, weights in said[len(OWN) :]
    }
    of_words = tuple({k: _term(w, f"the word “{k}”") for k, w in each.items() if w > LEAST} for each in words)
    return Tellings(own, around, of_words)


def _term(weight: float, saying: str) -> Term:
    return -weight, f"{saying} ({weight:+.1f})"
