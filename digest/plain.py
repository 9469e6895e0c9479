"""A text for those who look for its words alone: quick to lower and to search where it is ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

MARKS = "’‘“”–—…\u00a0•"  # what is not ASCII in most English texts, and part of no word
SHORT = 1000  # characters: a lone sentence or paragraph
# letters in lower case, NUL for what cannot be printed, all else blank
FOLDED = bytes(
    ord(c.lower()) if c.isalpha() else 32 if c.isprintable() or c in "\t\n" else 0
    for c in map(chr, range(128))
).ljust(256, b"\0")

# the commonest words of English
FUNCTION_WORDS = frozenset(
    "the of and to a in that is was for on it with as his he be at by i this had not are but from or"
    " have an they which one you were all her she there would their we him been has when who will no"
    " more if out so said what up its about than into them can only other time new some could these"
    " may then do first any my now such like our over even most after also did many before must"
    " through back years where much your way well down should because each just those people how too"
    " little good very make still own see men work long here get both between life being under never".split()
)


def unmarked(text: str) -> str:
    """`text` with blanks in place of MARKS; offsets stay."""
    if not text.isascii():
        for mark in MARKS:
            text = text.replace(mark, " ")
    return text


@lru_cache(maxsize=1)  # three ask for the words of one text in turn: its encoding, language and figures
def plain_words(text: str) -> Sequence[bytes] | None:
    """The words of a to z of `text` in lower case; None unless it is short, ASCII, without control characters."""
    if len(text) > SHORT or not text.isascii():
        return None
    folded = text.encode().translate(FOLDED)
    return None if b"\0" in folded else folded.split()
