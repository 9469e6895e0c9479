"""Which of the lines above the story is its headline.

In a naive scrape menus, teasers, captions and the standfirst stand there too,
and a word list knows none of them. A headline says what the story says, stands
near it, and byline and date follow it: each line's signs are weighed by a
small table that `benchmarks/train_headline.py` learned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from math import log1p
from typing import NamedTuple

from digest.clean.around import words_of
from digest.clean.byline import bylined
from digest.clean.features import STOP
from digest.clean.lines import Piece, Verdict
from digest.plain import unmarked
from digest.rules import Rules

FILE = "headline-weights"
REACH = 40  # lines above the story that are looked at: nine headlines in ten stand within 14
TOLD = 600  # words of the story whose stems are known
SENTENCE = 12  # words of the line with which the story begins
SHORTEST, LONGEST = 3, 30  # words
STEM = 4  # letters by which words are compared
PAGE = frozenset(
    "standfirst byline published share author-bio reading-time origin".split()
)  # what follows a headline
NEXT = 7  # lines within which it does
WORD = re.compile(r"\w+")
OPENING = re.compile(r"[\"“‘'(\[$€£]*[A-Z0-9]")
CRUMBS = re.compile(
    r"\s[>»›]\s|\A[^/|]{2,30} [/|] [^/|]{2,30} [/|] [^/|]{2,30}\Z"
)  # of a path: Home > News > Harbour
CREDIT = re.compile(r"(?i)\b(?:photo|photograph|credit|image|picture|getty|reuters|afp|file)s?\b")
NAMES = (
    "none far very-far words-3 words-5 words-7 words-20 shared shared-squared told first-told stopped again"
    " longer-title above-alike above-tells below-tells below-longer by-below page-below page-next one-between"
    " credit crumbs kept glued"
).split()
Signs = dict[str, float]


class Story(NamedTuple):
    """The first line of the story, and its stems: of its beginning, and of its first two paragraphs."""

    start: int
    stems: frozenset[str]
    first: frozenset[str]


def weights(rules: Rules) -> Mapping[str, float]:
    """Logits by NAMES; empty for a language without a table. Meant for `rules.once`."""
    pairs = (item.rpartition("=") for row in rules.words(FILE, "headline") for item in row.split())
    return {name: float(weight) for name, _, weight in pairs}


def headline(
    found: Sequence[Piece],
    out: Mapping[int, Verdict],
    about: Story,
    known: Mapping[str, float],
    first: Container[str],
) -> int | None:
    """The index of the line that is most likely the headline; None when none is likely.

    `out` are the verdicts so far, `known` the table, `first` are first names.
    """
    if not known:
        return None
    best, found_at = known["none"], None
    for i, signs in looks(found, out, about, first).items():
        if i not in out:
            continue  # what stays is the story's, unless its shape alone says otherwise
        total = sum([known.get(name, 0.0) * value for name, value in signs.items()])
        if total > best:
            best, found_at = total, i
    return found_at


def begins(found: Sequence[Piece], out: Mapping[int, Verdict]) -> int | None:
    """The index of the first sentence of some length that stays: where the story begins."""
    return next((i for i, p in enumerate(found) if i not in out and _sentence(p.text)), None)


def story(found: Sequence[Piece], out: Mapping[int, Verdict]) -> Story | None:
    """Where the story begins, and what it says."""
    start = begins(found, out)
    if start is None:
        return None
    told: list[set[str]] = []
    words = 0
    for i in range(start, len(found)):
        if i not in out:
            told.append(stems(found[i].text))
            words += len(told[-1])
            if words > TOLD // 2:  # content words are half of all
                break
    return Story(start, frozenset().union(*told), frozenset().union(*told[:2]))


def stems(line: str) -> set[str]:
    """The beginnings of its content words."""
    plain = unmarked(line)
    words = words_of(plain) if plain.isascii() else WORD.findall(line.casefold())
    return {w[:STEM] for w in words if w not in STOP and len(w) > 1}


def looks(
    found: Sequence[Piece], out: Mapping[int, Verdict], about: Story, first: Container[str]
) -> dict[int, Signs]:
    """The signs of every line above the story that may be its headline, by index."""
    lo = max(0, about.start - REACH)
    lines = [piece.text for piece in found[: about.start]]
    own = [len(stems(x) & about.stems) if i >= lo and _titled(x) else 0 for i, x in enumerate(lines)]
    open_ = [i not in out or out[i].rule.startswith("learned.") for i in range(len(lines))]
    named = [i >= lo and bylined(x, first) for i, x in enumerate(lines)]
    tells = [k >= 2 and ok and not name for k, ok, name in zip(own, open_, named, strict=True)]
    page = [i in out and out[i].cls in PAGE for i in range(len(lines))]
    above, below = _beside(open_)
    low = [line.casefold() for line in lines]
    copies = Counter(low)
    made = {}
    for i in range(lo, about.start):
        if open_[i] and _titled(lines[i]) and not named[i]:
            signs = _own(lines[i], about) | _near(i, lines, page, named)
            signs |= _neighbours(lines[i], above[i], below[i], lines, tells)
            signs["again"] = copies[low[i]] > 1
            signs["longer-title"] = any(x.startswith(low[i]) and len(x) > len(low[i]) for x in low[lo:])
            signs["kept"], signs["glued"] = i not in out, found[i].glued > 0
            made[i] = signs
    return made


def _own(line: str, about: Story) -> Signs:
    """What the line itself says, and how much of it the story says."""
    words, own = len(line.split()), stems(line)
    told = len(own & about.stems)
    share = told / (len(own) + 1)
    return {
        "words-3": words <= 4,
        "words-5": 5 <= words <= 6,
        "words-7": 7 <= words <= 16,
        "words-20": words > 20,
        "shared": share,
        "shared-squared": share * share,
        "told": min(told, 6) / 3,
        "first-told": min(len(own & about.first), 4) / 2,
        "stopped": line[-1] in ".:;,…",
        "credit": CREDIT.search(line) is not None,
        "crumbs": CRUMBS.search(line) is not None,
    }


def _near(i: int, lines: Sequence[str], page: Sequence[bool], named: Sequence[bool]) -> Signs:
    """How far the story is, and what of the page's head stands between."""
    last = len(lines)
    end = next((j for j in range(i + 1, min(i + 1 + NEXT, last)) if page[j] or named[j]), None)
    between = NEXT if end is None else sum(_titled(lines[j]) for j in range(i + 1, end))
    return {
        "far": log1p(last - i),
        "very-far": last - i > 8,
        "by-below": any(named[i + 1 : i + 5]),
        "page-below": any(page[i + 1 : i + 4]),
        "page-next": between == 0,
        "one-between": between == 1,
    }


def _beside(open_: Sequence[bool]) -> tuple[list[int], list[int]]:
    """For each line the nearest lines above and below it that no rule took; -1 for none."""
    above, last = [], -1
    for i, ok in enumerate(open_):
        above.append(last)
        last = i if ok else last
    below, last = [], -1
    for i in range(len(open_) - 1, -1, -1):
        below.append(last)
        last = i if open_[i] else last
    return above, below[::-1]


def _neighbours(line: str, above: int, below: int, lines: Sequence[str], tells: Sequence[bool]) -> Signs:
    """Whether the lines beside it say what the story says too: a standfirst follows its headline."""
    size = len(line.split())
    return {
        "above-alike": above >= 0 and _titled(lines[above]) and abs(len(lines[above].split()) - size) <= 4,
        "above-tells": above >= 0 and tells[above] and len(lines[above].split()) >= 5,
        "below-tells": below >= 0 and tells[below],
        "below-longer": below >= 0 and tells[below] and len(lines[below]) > 1.3 * len(line),
    }


def _sentence(line: str) -> bool:
    return len(line.split(None, SENTENCE)) >= SENTENCE and line[-1] in '.!?”"’'


def _titled(line: str) -> bool:
    """Whether it begins and is as long as headlines are."""
    return OPENING.match(line) is not None and SHORTEST <= len(line.split(None, LONGEST)) <= LONGEST
