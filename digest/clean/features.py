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
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from digest.clean.lines import MANY, MARKS, Line

LENGTHS = (0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70)  # words; finer where labels live
EARLY = 40  # characters within which a colon stands behind a label
FIRST_WORDS = 30  # of a line are read for the word table: an appeal shows itself early
ROOM = 300  # characters of a line that are looked at: shape does not change after
STOP = frozenset(
    "the of and to a in that is was for on it with as his he be at by i this had not are but from or have"
    " an they which one you were all her she there would their we him been has when who will no more if out"
    " so said what up its about than into them can only other".split()
)
IN_STOP = STOP.__contains__
YOU = frozenset("you your you're yours yourself you'll you've".split())
WE = frozenset("we our us we're we've ours we'll i my me".split())
PERSONS = YOU | WE
DIGIT = re.compile(r"\d")
# a month and a day, a time, a date in digits, a time ago; it begins with a class, which is quick to search
DATE = re.compile(
    r"[\dadfhjmnos](?:(?<=\d)(?:\d?[:.]\d\d ?[ap]\.?m|\d{3}-\d\d-\d\d|/\d\d?/\d\d)|(?<!\w.)(?:"
    r"(?:(?<=j)(?:an|u[nl])|(?<=f)eb|(?<=m)a[ry]|(?<=a)(?:pr|ug)|(?<=s)ep|(?<=o)ct|(?<=n)ov|(?<=d)ec)[a-z]*\.? \d"
    r"|(?:(?<=a)go|(?<=m)inutes?|(?<=h)ours?|(?<=d)ays?)\b))"
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
MARKED = tuple((sign.encode(), bit) for sign, bit in SIGNS if sign in MARKS)  # each has a bit of its own
UNDIGIT = bytes([c for c in range(128) if not chr(c).isdigit()])  # bytes of ASCII

COARSE = tuple(
    0 if n <= 2 else 1 if n <= 5 else 2 if n <= 7 else 3 if n <= 9 else 4 for n in range(len(LENGTHS) + 1)
)
SIZES = tuple((k, COARSE[k]) for k in [bisect_right(LENGTHS, n) for n in range(MANY + 2)])
CLOSING = frozenset((1, 2, 3, 7))
OWN = (
    "length ending beginning titled digits signs sentences function-words rule class date-like person quoted"
    " width inner joined"
).split()
AROUND = (
    "from-top from-bottom before after triple prose-before prose-after zone page repeated lines under over above"
    " recent where kind run twin copies caps-above caps-below alike"
).split()
GROUPS = (*OWN, *AROUND)


class Sight(NamedTuple):
    """One line as the features see it."""

    own: list[int]  # values by OWN
    words: list[str]  # the first FIRST_WORDS of them
    shape: int  # 0 to 5: by length, and of the longer ones 3 and 5 are sentences
    key: str  # what lines that are told apart differ in
    length: int  # words between blanks, at most MANY + 1


def sight(line: Line, rule: int, cls: int) -> Sight:
    """What one line shows by itself; the lexicon's rule and class by number, 0 for none."""
    text, low, words, n, marks, capitals = line
    if len(words) > FIRST_WORDS:
        words = words[:FIRST_WORDS]
    size, coarse = SIZES[n]
    told = marks is None or marks.strip(b".") != b""  # most lines hold no digit, and of MARKS stops alone
    end = 5 if text.endswith("...") else ENDS.get(text[-1]) or _ending(text[-1])
    closed = end in CLOSING
    digits = min(4, _digits(low, capitals)) if told and n < 40 else 0
    sentences = (_stops(low) if marks != b"" else 0) + closed if n > 4 else int(closed)
    shape = coarse if coarse < 3 else (3 if closed else 4) if coarse == 3 else (5 if sentences else 4)
    titled = _capitals(text, capitals, n) * 5 // (n if n < FIRST_WORDS else FIRST_WORDS)
    function_words = len([*filter(IN_STOP, words)]) * 10 // (len(words) or 1)
    own = [
        size,
        end * 5 + coarse,
        _beginning(text[0]) * 5 + coarse,
        (5 if text.isupper() else titled if titled < 4 else 4) * 5 + coarse,
        digits * 5 + coarse,
        _signs(low, marks),
        (sentences if sentences < 3 else 3) * 5 + coarse,
        (function_words if function_words < 5 else 5) * 5 + coarse,
        rule,
        cls,
        (1 + coarse) if digits and n < 30 and DATE.search(low) else 0,
        coarse if PERSONS.isdisjoint(words) else _person(words) * 5 + coarse,
        (('"' in low) + 2 * ("“" in text)) * 5 + coarse,
        min(9, len(low) // n) if n < 40 else 0,
        _inner(low) * 6 + shape,
        _joined(low) * 6 + shape,
    ]
    return Sight(own, words, shape, low[:ROOM], n)


def _digits(low: str, shape: bytes) -> int:
    """How many digits stand at the head of a line."""
    if shape:  # a third of the time
        return len(shape[:80].translate(None, UNDIGIT))
    return len(DIGIT.findall(low, 0, 80))


def _capitals(text: str, shape: bytes, n: int) -> int:
    """How many of the first FIRST_WORDS of `n` words begin with a capital; `shape` has single blanks."""
    if not shape:
        return len([1 for t in text.split(None, FIRST_WORDS)[:FIRST_WORDS] if t[0].isupper()])
    first = shape.startswith(b"A")  # a third of the time
    if n <= FIRST_WORDS:
        return shape.count(b" A") + first
    return shape.count(b" A", 0, -len(shape.split(b" ", FIRST_WORDS)[-1])) + first


@cache
def _ending(last: str) -> int:
    """What kind of character a line ends with."""
    return ENDS.get(last) or (11 if last.isdigit() else 0 if last.isalpha() else 12)


@cache
def _beginning(first: str) -> int:
    """What kind of character a line begins with."""
    if first.isupper():
        return 0
    if first.islower():
        return 1
    return 2 if first.isdigit() else 3 if first in "\"“'‘" else 4


def _signs(low: str, rest: bytes | None) -> int:
    """The signs that stand in the line, as bits; `rest` are its MARKS and digits, None where they are not known."""
    if rest is None:
        return sum({bit for sign, bit in SIGNS if sign in low})
    if not rest:
        return 1 if "http" in low else 0
    bits = sum([bit for sign, bit in MARKED if sign in rest]) if rest.strip(b".?!0123456789") else 0
    return bits | ("http" in low or "www." in low) | (64 if b"..." in rest and "..." in low else 0)


def _inner(low: str) -> int:
    """Which of slash, early colon and bracket stand in the line, as bits."""
    return ("/" in low) + 2 * (":" in low[:EARLY]) + 4 * ("(" in low)


def _joined(low: str) -> int:
    """Which of dash, dot and ampersand stand in the line, as bits."""
    return (" – " in low or " — " in low or " - " in low) + 2 * ("•" in low or "·" in low) + 4 * ("&" in low)


def _stops(low: str) -> int:
    """How many sentences end within the line."""
    count = low.count(". ", 0, ROOM)
    if "?" in low or "!" in low:
        count += low.count("? ", 0, ROOM) + low.count("! ", 0, ROOM)
    if '"' in low:
        count += low.count('." ', 0, ROOM) + low.count('?" ', 0, ROOM)
    return count


def _person(words: Sequence[str]) -> int:
    """Whether the line says you (1), we or I (2), or both."""
    return (not YOU.isdisjoint(words)) + 2 * (not WE.isdisjoint(words))


LENGTH, ENDING, TITLED, CLASS, PERSON = map(OWN.index, "length ending titled class person".split())
NO_LINE = 30  # of `titled`: there is no line

SENTENCES = frozenset((3, 5))  # shapes
TOLD = frozenset(
    "said says told according asked adding spokesman spokesperson spokeswoman police minister president".split()
)
FEWEST, UNTOLD = 4, 24  # sentences of a page that tell its kind, and the kind of one that has fewer
TELLING, ADVISING = (0.06, 0.15, 0.3), (0.03, 0.1, 0.25)  # share of the sentences
RUNS = (1, 2, 3, 5, 8, 14)
AWAY = tuple(min(5, bisect_right((1, 2, 4, 8, 16), n)) for n in range(18))  # by lines between
TWIN, ALIKE, CLOSE = 15, 40, 3  # characters; lines

FAR = (0, 1, 2, 3, 5, 8, 13, 21, 40, 80, 200)
RANKS = [bisect_right(FAR, i) for i in range(FAR[-1])]


def surroundings(sights: Sequence[Sight]) -> list[tuple[int, ...]]:
    """Values by AROUND for each line."""
    found, shapes = columns(sights), [s.shape for s in sights]
    values = [[v * 6 + shape for v, shape in zip(c, shapes, strict=True)] for c in found.values()]
    return list(zip(*values, strict=True))


def columns(sights: Sequence[Sight]) -> dict[str, list[int]]:
    """For each name of AROUND, in that order, a number by line, to be told apart by the line's shape."""
    shapes = [s.shape for s in sights]
    found = _places(len(sights)) | _prose(shapes) | _marked([s.own[CLASS] for s in sights])
    found |= _again([s.key for s in sights])
    found |= {"run": _runs(shapes), "kind": [_kind(sights)] * len(sights)}
    found |= _capitals_beside([s.own[TITLED] for s in sights])
    found["alike"] = _alike([(s.own[LENGTH], s.own[ENDING], s.own[TITLED]) for s in sights])
    return {name: found[name] for name in AROUND}


def _places(n: int) -> dict[str, list[int]]:
    """Where each of `n` lines stands, and how long the page is."""
    ranks = [*RANKS[:n], *[len(FAR)] * (n - len(RANKS))]
    tenths = [-(-k * n // 10) for k in range(11)]  # where each tenth of the lines begins
    return {
        "from-top": ranks,
        "from-bottom": ranks[::-1],
        "lines": [bisect_right(FAR, n)] * n,
        "where": [k for k, (a, b) in enumerate(pairwise(tenths)) for _ in range(a, b)],
    }


def _prose(shapes: Sequence[int]) -> dict[str, list[int]]:
    """What shape the lines beside each have, and how much prose stands around it."""
    n = len(shapes)
    before, after = [6, *shapes[:-1]][:n], [*shapes[1:], 6][:n]
    sums = [0, *accumulate([shape in (3, 5) for shape in shapes])]
    total = int(sums[-1])
    ahead = [*sums[7:], *[total] * 7]
    return {
        "before": before,
        "after": after,
        "triple": [b * 7 + a for b, a in zip(before, after, strict=True)],
        "prose-before": _lately(sums, 6),
        "prose-after": [a - b for a, b in zip(ahead, sums[1:], strict=False)],
        "zone": [(a if a < 2 else 2) * 3 + (total - b if total - b < 2 else 2) for a, b in pairwise(sums)],
        "page": [min(9, total * 10 // n) if n else 0] * n,
    }


def _capitals_beside(titled: Sequence[int]) -> dict[str, list[int]]:
    """How long and how full of capitals the lines beside each are: a teaser stands among teasers."""
    return {
        "caps-above": [NO_LINE, *titled[:-1]][: len(titled)],
        "caps-below": [*titled[1:], NO_LINE][: len(titled)],
    }


def _alike(faces: Sequence[tuple[int, ...]]) -> list[int]:
    """How many of the lines close by are as long as each, end as it does and have as many capitals: a list of teasers."""
    out = [0] * len(faces)
    for k in range(1, CLOSE + 1):
        for i, (a, b) in enumerate(zip(faces, faces[k:], strict=False)):
            if a == b:
                out[i] += 1
                out[i + k] += 1
    return out


def _marked(classes: Sequence[int]) -> dict[str, list[int]]:
    """What residue the rules found around each line; classes by number, 0 for none."""
    return {
        "under": _nearest(classes),
        "over": _nearest(classes[::-1])[::-1],
        "above": _commented(classes),
        "recent": _lately([0, *accumulate([c > 0 for c in classes])], 10),
    }


def _lately(sums: Sequence[int], k: int) -> list[int]:
    """For each line how many of the `k` before it count, from running sums that begin with 0."""
    return [a - b for a, b in zip(sums[:-1], [*[0] * k, *sums], strict=False)]


def _nearest(classes: Sequence[int]) -> list[int]:
    """For each line the class of the last marked line before it and how far that is."""
    marked = [i for i, cls in enumerate(classes) if cls]
    out = [0] * (marked[0] + 1 if marked else len(classes))
    for at, then in pairwise([*marked, len(classes) - 1]):
        cls, n = classes[at] * 6, then - at
        out += [cls + k for k in AWAY[1 : n + 1]] + [cls + AWAY[-1]] * (n + 1 - len(AWAY))
    return out


def _commented(classes: Sequence[int]) -> list[int]:
    """How many lines of a comment form stand above each line, up to three."""
    if 1 not in classes:
        return [0] * len(classes)
    out, n = [], 0
    for cls in classes:
        out.append(min(3, n))
        n += cls == 1
    return out


def _again(keys: Sequence[str]) -> dict[str, list[int]]:
    """Which lines say what another says."""
    counts, none = Counter(keys), [0] * len(keys)
    if len(counts) == len(keys):
        return {"repeated": none, "copies": none, "twin": _twins(keys)}
    times = [counts[key] for key in keys]
    # how many other lines say the same, up to four
    copies = [min(4, n - 1) for n in times]
    return {"repeated": _repeated(keys, times), "copies": copies, "twin": _twins(keys)}


def _repeated(keys: Sequence[str], times: Sequence[int]) -> list[int]:
    """0 for a line that stands once; of the others 1 for the first, 2 for the next, 2 more for over two."""
    seen, out = set[str](), []
    for key, n in zip(keys, times, strict=True):
        out.append(0 if n == 1 else (2 if key in seen else 1) + 2 * (n > 2))
        if n > 1:
            seen.add(key)
    return out


def _kind(sights: Sequence[Sight]) -> int:
    """What kind of text the page is: by how many of its sentences report speech, and how many say you.

    In the news a line that is no sentence is seldom the story's; in advice it often is.
    """
    sentences = [s for s in sights if s.shape in SENTENCES]
    n = len(sentences)
    if n < FEWEST:
        return UNTOLD
    told = n - len([s for s in sentences if TOLD.isdisjoint(s.words)])
    you = len([s for s in sentences if s.own[PERSON] // 5 & 1])
    return bisect_right(TELLING, told / n) * 5 + bisect_right(ADVISING, you / n)


def _runs(shapes: Sequence[int]) -> list[int]:
    """How many lines stand together that are sentences, or that are none."""
    out: list[int] = []
    for _, group in groupby(shapes, SENTENCES.__contains__):
        n = len(list(group))
        out += [bisect_right(RUNS, n)] * n
    return out


def _twins(keys: Sequence[str]) -> list[int]:
    """2 for a line that begins with the words of one close by, 1 for the shorter one: a caption, given twice."""
    out, heads = [0] * len(keys), [key[:TWIN] for key in keys]
    if len(set(heads)) == len(heads):
        return out
    pairs = [
        (i, i + k)
        for k in range(1, CLOSE + 1)
        for i, (a, b) in enumerate(zip(heads, heads[k:], strict=False))
        if a == b and len(a) == TWIN
    ]
    for i, j in sorted(pairs):
        key, other = keys[i], keys[j]
        if other.startswith(key[:ALIKE]) or key.startswith(other[:ALIKE]):
            out[i], out[j] = (1, 2) if len(key) < len(other) else (2, 1)
    return out
