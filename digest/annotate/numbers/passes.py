"""Which passes over a text can find anything: a look at its words is cheaper than most of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.annotate.numbers.lexicon import Lexicon

SHORT = 1000  # characters: a longer text nearly always holds something for every pass
BLANKED = bytes(b if 97 <= b <= 122 else 32 for b in range(256))  # all but a to z
YEAR = re.compile(r"[’'12](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=[’'])\d\d)")  # begins with a set: quick to search


class Passes(NamedTuple):
    """Whether number words, words of claim and plan, and expressions of time can stand in a text."""

    numbers: bool = True
    cues: bool = True
    times: bool = True


ALL = Passes()


def passes(low: str, lex: Lexicon) -> Passes:
    """The passes that may find something in lower-case text; `False` is sure, `True` a guess.

    Every pattern of these passes begins behind a character that is not of a
    to z and ends before one, so that its words are among those seen here.
    """
    if len(low) > SHORT:
        return ALL
    words = low.encode("ascii", "replace").translate(BLANKED).split()
    words.append(b"")  # the hint of what has no such letters
    hints = lex.hints
    seen = hints.every.intersection(words)
    return Passes(
        not seen.isdisjoint(hints.numbers),
        not seen.isdisjoint(hints.cues) or any([phrase in low for phrase in hints.small]),
        not seen.isdisjoint(hints.times) or YEAR.search(low) is not None,
    )
