"""The words of a text: what cannot stand in it need not be looked for.

Nearly every text is sound and holds few of the words that signs of damage are
made of. One cut of the text into words answers for hundreds of phrases and names
whether they may be there; where they stand is left to who asks.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from operator import eq
from typing import NamedTuple

# what is a letter in ASCII stands, all else is a blank
LETTERS = bytes(i if i < 128 and chr(i).isalpha() else 32 for i in range(256))
KELVIN = "\u212a"  # the one sign beside A to Z whose small letter is one of a to z


def _class(sign: str) -> str:
    if sign.isalpha():
        return "a" if sign.islower() else "A"
    return "." if sign in ".!?" else " "


CLASSES = "".join(map(_class, map(chr, range(128)))).encode() + b" " * 128


class Bag(NamedTuple):
    """A text as bytes of the same length, each sign that is not ASCII a question mark, and its words."""

    plain: bytes  # apostrophes and blanks are plain in it
    low: bytes  # the same in lower case
    words: list[bytes]  # the runs of ASCII letters in `low`, in order
    doubled: frozenset[bytes]  # the words that stand twice, one right behind the other
    outline: bytes  # `a` for a small letter, `A` for a capital, `.` for what ends a sentence or is not ASCII, else a blank


@lru_cache(maxsize=4)
def bag(text: str) -> Bag:
    """The words of `text`."""
    plain = _plain(text)
    low = plain.lower()
    words = low.translate(LETTERS).split()
    doubled = frozenset(compress(words, map(eq, words, words[1:])))
    return Bag(plain, low, words, doubled, plain.translate(CLASSES))


def cut(phrase: str) -> tuple[bytes, ...]:
    """The runs of ASCII letters in `phrase` in lower case, in order."""
    return tuple(_plain(phrase).lower().translate(LETTERS).split())


def _plain(text: str) -> bytes:
    if not text.isascii():
        text = text.replace("’", "'").replace("\u00a0", " ").replace(KELVIN, "K")
    return text.encode("ascii", "replace")
