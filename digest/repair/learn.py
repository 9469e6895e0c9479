"""What a damaged text and its found original teach: emendations to propose, rule pairs to look at.

Pure: the command reads the two files and writes what this returns, always
as `proposed`; nothing learnt here goes live without an editor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.model import Emendation, Target
from digest.text import Span

TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
DIGIT = re.compile(r"\d+")
AROUND = 80  # characters of context to look at for a target that stands once
BACK = re.compile(r"\S*\s+|\S+$")
AHEAD = re.compile(r"\s*\S+|\s+$")
LONGEST = 12  # tokens: a longer difference is a rewriting, not a damaged phrase
ALIKE = 0.5  # below this the two texts are not copies of one another


@dataclass(frozen=True, slots=True)
class Pair:
    """A damaged phrase, what the original has, and how often this was seen."""

    damaged: str
    original: str
    times: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt, and how alike the two texts are (0 to 1, share of common tokens)."""

    alike: float
    emendations: tuple[Emendation, ...]
    pairs: tuple[Pair, ...]


def lesson(damaged: str, original: str, protected: Sequence[Span] = (), witness: str = "") -> Lesson:
    """Proposed emendations for `damaged` and candidate rule pairs, most frequent first.

    `protected` are quotations of `damaged`: there the original's words are
    proposed as `sic` (the vouched words are shown, the text stands). Texts
    that are not copies of one another teach nothing.
    """
    ours, theirs = list(TOKEN.finditer(damaged)), list(TOKEN.finditer(original))
    matcher = SequenceMatcher(None, [*map(_key, ours)], [*map(_key, theirs)], autojunk=False)
    alike = matcher.ratio() if ours and theirs else 0.0
    if alike < ALIKE:
        return Lesson(round(alike, 3), (), ())
    changes = list(_changes(matcher, ours, theirs, original))
    made = (_emendation(damaged, span, new, protected, witness) for span, new in changes)
    return Lesson(round(alike, 3), tuple(made), _pairs(damaged, changes))


def _key(m: re.Match[str]) -> str:
    return m[0].replace("’", "'")


def _changes(
    matcher: SequenceMatcher[str],
    ours: Sequence[re.Match[str]],
    theirs: Sequence[re.Match[str]],
    original: str,
) -> Iterator[tuple[Span, str]]:
    """Stretches of the damaged text that differ, with the original's words for them."""
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal" or max(b - a, d - c) > LONGEST:
            continue
        if a == b or c == d:  # nothing to hold on to: the word before is taken in
            if a == 0:
                continue
            a, c = a - 1, c - 1
        span = Span(ours[a].start(), ours[b - 1].end())
        yield span, original[theirs[c].start() : theirs[d - 1].end()]


def _emendation(text: str, span: Span, new: str, protected: Sequence[Span], witness: str) -> Emendation:
    inside = any(span.start < p.end and p.start < span.end for p in protected)
    return Emendation(
        target(text, span),
        "sic" if inside else "emend",
        "the original reads so",
        text=new,
        witness=witness,
        by="learn",
        status="proposed",
        cert="medium",
    )


def target(text: str, span: Span) -> Target:
    """The words of `span`, with as few words before and after as make them stand once; never across a line."""
    exact = text[span.start : span.end]
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    end = text.find("\n", span.end)
    rest = text[span.end : end if end >= 0 else len(text)]
    before, after = BACK.findall(line[-AROUND:]), AHEAD.findall(rest[:AROUND])
    for size in range(max(len(before), len(after)) + 1):
        prefix = "".join(before[len(before) - size :] if size < len(before) else before)
        made = Target(exact, prefix, "".join(after[:size]))
        if text.count(made.prefix + exact + made.suffix) == 1:
            return made
    return Target(exact, "".join(before), "".join(after))


def _pairs(text: str, changes: Iterable[tuple[Span, str]]) -> tuple[Pair, ...]:
    """Candidate rule pairs: lower-case phrases, no digit changed, the most frequent first."""
    count = Counter((text[s.start : s.end].lower(), new.lower()) for s, new in changes)
    kept = ((a, b, n) for (a, b), n in count.items() if DIGIT.findall(a) == DIGIT.findall(b))
    return tuple(Pair(*x) for x in sorted(kept, key=lambda x: (-x[2], x[0], x[1])))
