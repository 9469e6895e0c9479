"""Runs of capitalised words in a sentence, and the name in them.

All indexes count tokens of one sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from digest.annotate.classes import CONNECTORS, NOT_NAMES, OWNERS, SHORTENED, TITLES, WITHIN
from digest.annotate.sentences import FOLDED, Tokens

PARTICLES = frozenset("der den la las los ter ten".split())  # the second of two within a name

SpeakerKind = Literal["name", "pronoun", "nominal"]


class Speaker(NamedTuple):
    """Words that name a speaker; offsets into the part's text, `first`/`last` tokens."""

    start: int
    end: int
    kind: SpeakerKind
    first: int
    last: int


def speaker(words: Tokens, a: int, k: int, kind: SpeakerKind) -> Speaker:
    """The speaker whose words are tokens a..k."""
    return Speaker(words.start(a), words.end(k), kind, a, k)


@lru_cache(maxsize=1 << 14)
def capital(word: str) -> bool:
    """Whether a token can be part of a name."""
    if not word[0].isupper() or word in NOT_NAMES:
        return False
    return not word.endswith(SHORTENED) or word[:-2].rstrip("’'") not in NOT_NAMES


def run_right(words: Tokens, first: int, last: int) -> int:
    """The last token of the capitalised run that begins at `first`."""
    i = first
    while i < last:
        after = words[i + 1]
        if (
            capital(after)
            or _nickname_at(words, i + 1, last)
            or (
                after == "."
                and (len(words[i]) < 4 or words[i] in TITLES)
                and i + 2 <= last
                and words.glued(i + 1)
            )
        ):
            i += 1
        elif (
            after in CONNECTORS
            and i + 2 <= last
            and capital(words[i + 2])
            and (after != "of" or words[i] in WITHIN)
        ):
            i += 2
        elif after in CONNECTORS and i + 3 <= last and words[i + 2] in PARTICLES and capital(words[i + 3]):
            i += 3  # van der Berg
        else:
            break
    return i


def run_left(words: Tokens, last: int, floor: int) -> int:
    """The first token of the capitalised run that ends at `last`."""
    i = last
    while i > floor:
        b = words[i - 1]
        if (
            capital(b)
            or _nickname_at(words, i - 1, last)
            or (b == "." and i - 2 >= floor and capital(words[i - 2]) and words.glued(i - 1))
        ):
            i -= 1
        elif (
            b in CONNECTORS
            and i - 2 >= floor
            and capital(words[i - 2])
            and (b != "of" or words[i - 2] in WITHIN)
        ):
            i -= 2
        elif b in PARTICLES and i - 3 >= floor and words[i - 2] in CONNECTORS and capital(words[i - 3]):
            i -= 3
        else:
            break
    return i


def _nickname_at(words: Tokens, i: int, last: int) -> bool:
    return words[i] == FOLDED and i < last and capital(words[i + 1]) and words.length(i) < 30


def named(words: Tokens, a: int, k: int) -> Speaker:
    """A name without its owner (Meta’s Ann Lee) and its title (Sen. Ann Lee)."""
    for i in range(a, k):
        if words[i].endswith(OWNERS):
            a = i + 1
    while a < k and (words[a] in TITLES or words[a] == "."):
        a += 3 if words[a + 1] == "of" and a + 3 <= k else 1
    return speaker(words, a, k, "name")
