"""What can be seen of each line: its shape, its words, its place and its neighbours.

Every feature is a small number from a named group, so that a weight table
can be looked up without building strings; `explain` names them when a
reader asks. A line's own features are seen first, its surroundings after.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LENGTHS = (0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70)  # words; finer where labels live
FIRST_WORDS = 30  # of a line are read for the word table: an appeal shows itself early
ROOM = 300  # characters of a line that are looked at: shape does not change after
STOP = frozenset(
    "the of and to a in that is was for on it with as his he be at by i this had not are but from or have"
    " an they which one you were all her she there would their we him been has when who will no more if out"
    " so said what up its about than into them can only other".split()
)
YOU = frozenset("you your you're yours yourself you'll you've".split())
WE = frozenset("we our us we're we've ours we'll i my me".split())
PERSONS = YOU | WE
DIGIT = re.compile(r"\d")
DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{1,2}[:.]\d\d ?[ap]\.?m|\d{4}-\d\d-\d\d|\d/\d\d?/\d\d|\b(?:ago|minutes?|hours?|days?)\b"
)
ENDS = {
    ".": 1,
    "!": 2,
    "?": 3,
    ":": 4,
    "…": 5,
    ",": 6,
    ";": 6,
    '"': 7,
    "”": 7,
    "’": 7,
    ")": 8,
    "]": 8,
    "*": 9,
    "»": 10,
    "›": 10,
    "→": 10,
    ">": 10,
    "|": 10,
    "-": 10,
}
SIGNS = (
    ("http", 1),
    ("www.", 1),
    ("@", 2),
    ("|", 4),
    ("©", 8),
    ("#", 16),
    ("›", 32),
    ("»", 32),
    ("→", 32),
    ("•", 32),
    ("·", 32),
    ("...", 64),
    ("…", 64),
    ("$", 128),
    ("£", 128),
    ("€", 128),
)
PLAIN_SIGNS = tuple(s for s in SIGNS if s[0].isascii())

COARSE = tuple(
    0 if n <= 2 else 1 if n <= 5 else 2 if n <= 7 else 3 if n <= 9 else 4 for n in range(len(LENGTHS) + 1)
)
STOPS = (". ", "? ", "! ", '." ', '?" ')
CLOSING = frozenset((1, 2, 3, 7))
OWN = (
    "length ending beginning titled digits signs sentences function-words rule class date-like person quoted"
    " width"
).split()
AROUND = "from-top from-bottom before after triple prose-before prose-after zone page repeated lines under over above recent where".split()
GROUPS = (*OWN, *AROUND)


class Sight(NamedTuple):
    """One line as the features see it: values by OWN, its words, its coarse shape (0 to 5)."""

    own: list[int]
    words: list[str]
    shape: int
    key: str


def sight(text: str, low: str, words: list[str], rule: int, cls: int) -> Sight:
    """What one line shows by itself; the lexicon's rule and class by number, 0 for none.

    `low` is the normal line, `words` are its words.
    """
    tokens = text.split()
    n = len(tokens)
    words = words[:FIRST_WORDS]
    first, last = text[0], text[-1]
    size = bisect_right(LENGTHS, n)
    coarse = COARSE[size]
    end = ENDS.get(last) or (11 if last.isdigit() else 0 if last.isalpha() else 12)
    if end == 1 and text.endswith("..."):
        end = 5
    start = (
        0
        if first.isupper()
        else 1
        if first.islower()
        else 2
        if first.isdigit()
        else 3
        if first in "\"“'‘"
        else 4
    )
    some = tokens[:FIRST_WORDS]
    upper = sum(map(str.isupper, [t[0] for t in some]))
    titled = 5 if text.isupper() else min(4, upper * 5 // len(some))
    digits = len(DIGIT.findall(low[:80])) if n < 40 else 0
    bits = 0
    for sign, bit in PLAIN_SIGNS if low.isascii() else SIGNS:
        if sign in low:
            bits |= bit
    closed = end in CLOSING
    sentences = min(3, _stops(low) + closed) if n > 4 else closed
    stops = sum(map(STOP.__contains__, words))
    share = min(5, stops * 10 // (len(words) or 1))
    person = 0 if PERSONS.isdisjoint(words) else (not YOU.isdisjoint(words)) + 2 * (not WE.isdisjoint(words))
    quoted = ('"' in low) + 2 * ("“" in text)
    shape = coarse if coarse < 3 else (3 if closed else 4) if coarse == 3 else (5 if sentences else 4)
    width = min(9, len(low) // n) if n < 40 else 0
    own = [
        size,
        end * 5 + coarse,
        start * 5 + coarse,
        titled * 5 + coarse,
        min(4, digits) * 5 + coarse,
        bits,
        int(sentences) * 5 + coarse,
        share * 5 + coarse,
        rule,
        cls,
        (1 + coarse) if digits and n < 30 and DATE.search(low) else 0,
        person * 5 + coarse,
        quoted * 5 + coarse,
        width,
    ]
    return Sight(own, words, shape, low[:ROOM])


def _stops(low: str) -> int:
    """How many sentences end within the line."""
    room = low if len(low) <= ROOM else low[:ROOM]
    return sum([room.count(mark) for mark in STOPS]) if " " in room else 0


CLASS = OWN.index("class")

FAR = (0, 1, 2, 3, 5, 8, 13, 21, 40, 80, 200)


def _nearest(rules: Sequence[int]) -> list[int]:
    """For each line the class of the last marked line before it and how far that is."""
    out, last, at = [], 0, -1
    for i, rule in enumerate(rules):
        out.append(0 if at < 0 else last * 6 + min(5, bisect_right((1, 2, 4, 8, 16), i - at)))
        if rule:
            last, at = rule, i
    return out


def _commented(rules: Sequence[int]) -> list[int]:
    """How many lines of a comment form stand above each line, up to three."""
    out, n = [], 0
    for rule in rules:
        out.append(min(3, n))
        n += rule == 1
    return out


def surroundings(sights: Sequence[Sight]) -> list[list[int]]:
    """Values by AROUND for each line."""
    n = len(sights)
    shapes = [s.shape for s in sights]
    prose = [0]
    for shape in shapes:
        prose.append(prose[-1] + (shape in (3, 5)))
    total = prose[-1]
    counts = Counter(s.key for s in sights)
    page = min(9, total * 10 // n) if n else 0
    lines = bisect_right(FAR, n)
    out = []
    seen: set[str] = set()
    rules = [s.own[CLASS] for s in sights]
    marked = [0]
    for r in rules:
        marked.append(marked[-1] + (r > 0))
    over = _nearest(rules[::-1])[::-1]
    under = _nearest(rules)
    above = _commented(rules)
    for i, s in enumerate(sights):
        own = s.shape
        before = shapes[i - 1] if i else 6
        after = shapes[i + 1] if i + 1 < n else 6
        near_before = prose[i] - prose[max(0, i - 6)]
        near_after = prose[min(n, i + 7)] - prose[i + 1]
        any_before, any_after = min(2, prose[i]), min(2, total - prose[i + 1])
        times = counts[s.key]
        repeated = 0 if times == 1 else (1 if s.key not in seen else 2) + 2 * (times > 2)
        seen.add(s.key)
        out.append(
            [
                bisect_right(FAR, i) * 6 + own,
                bisect_right(FAR, n - 1 - i) * 6 + own,
                before * 6 + own,
                after * 6 + own,
                (before * 7 + after) * 6 + own,
                near_before * 6 + own,
                near_after * 6 + own,
                (any_before * 3 + any_after) * 6 + own,
                page * 6 + own,
                repeated * 6 + own,
                lines * 6 + own,
                under[i] * 6 + own,
                over[i] * 6 + own,
                above[i] * 6 + own,
                (marked[i] - marked[max(0, i - 10)]) * 6 + own,
                (i * 10 // n) * 6 + own,
            ]
        )
    return out
