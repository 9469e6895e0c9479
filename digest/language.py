"""Whether a text is English, told by its commonest words.

Only the question that decides whether the English rules may be used: which
other language it is does not matter here. In running English about four
words in ten are among the function words; in the languages that share
some of them (Dutch `in`, German `was`) under one in ten is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.plain import FUNCTION_WORDS, plain_words, unmarked

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4000  # characters: 600 words tell as well as 6,000
ENOUGH = 25  # words: below that a text (a headline, a name) cannot be judged
SHARE = 0.18  # English news stands at .35 to .50, other European languages below .10
PROSE = re.compile(r"(?m)^.{80,}")  # lines that are no label: a menu of names says nothing of the language
TALE = 50  # words of prose below which it may be a notice in another language than the text's
# what WORD finds in lower case, for ASCII alone: letters in lower case, all else blank
ASCII = bytes(ord(c.lower()) if c.isalpha() else 32 for c in map(chr, range(128))) + b" " * 128
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
ASCII_WORDS = frozenset(w.encode() for w in FUNCTION_WORDS)


def foreign(text: str) -> bool:
    """True when `text` is long enough to judge and is not English.

    A scrape may begin with pages of menu, so where its beginning does not look English its first prose is asked too.
    """
    if (plain := plain_words(text)) is not None and (len(plain) < ENOUGH or _functional(plain)):
        return False  # most lone sentences
    sample = unmarked(text[:SAMPLE])
    if _surely_english(sample):
        return False  # most texts, in a tenth of the time
    words = WORD.findall(sample.lower())
    if len(words) < ENOUGH:
        letters = "".join(words)
        if len(letters) <= 60 or letters.isascii():
            return False
        return sum(map(str.isascii, letters)) < len(letters) / 2
    return not (_english(words) or _english(WORD.findall(_prose(text).lower()), TALE))


def _functional(words: Sequence[bytes]) -> bool:
    return sum(map(ASCII_WORDS.__contains__, words)) >= SHARE * len(words)


def _surely_english(sample: str) -> bool:
    """Whether `sample` is English, however the letters in it that are not ASCII be read.

    Each is taken for a blank: that may part a word that is one, and find two
    of the list in its parts.
    """
    plain = sample.encode("ascii", "replace").translate(ASCII).split()
    odd = 0 if sample.isascii() else len(NOT_ASCII.findall(sample))
    found = sum(map(ASCII_WORDS.__contains__, plain)) - 2 * odd
    return len(plain) - odd >= ENOUGH and found >= SHARE * (len(plain) + odd)


def _english(words: Sequence[str], least: int = ENOUGH) -> bool:
    return len(words) >= least and sum(map(FUNCTION_WORDS.__contains__, words)) >= SHARE * len(words)


def _prose(text: str) -> str:
    """The first prose of `text`, SAMPLE characters at most."""
    lines, room = [], SAMPLE
    for m in PROSE.finditer(text):
        lines.append(m[0][:room])
        room -= len(lines[-1])
        if room <= 0:
            break
    return "\n".join(lines)
