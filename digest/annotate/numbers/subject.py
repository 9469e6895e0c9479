"""What a figure is of, and when: `60% of the workers`, `the training run cost $5mn`, `in 2025`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.quantity import Quantity, start_of
from digest.text import Span

AFTER = re.compile(
    r"\s(?:of|in|worth of|from|on)\s(?:(?:the|its|their|his|her|a|an|our|all|total|each|every)\s)?((?:[^\W\d_][\w’'-]*\s?){1,4})"
)
JOINTS = (" of ", " in ", " worth ", " from ", " on ")
NOUN = re.compile(r"[\s-]((?:[^\W\d_][\w’'-]*\s?){1,3})")
LONGEST = 5  # words of a subject
NEAR = 70  # how far from its figure a date may stand
LONGEST_TIME = 40  # characters of an expression of time


def subject(text: str, low: str, q: Quantity, lex: Lexicon) -> str | None:
    """The noun counted; else what follows `of`; else what stands before the verb; None if unsure."""
    if q.noun:
        return q.noun
    if (
        low.startswith(JOINTS, q.end)
        and (m := AFTER.match(text, q.end))
        and (found := _phrase(m[1].split(), lex))
    ):
        return found
    if q.cls in ("money", "length", "mass", "power", "data", "age") and (m := NOUN.match(low, q.end)):
        words = text[m.start(1) : m.end(1)].split()
        if found := _phrase(words, lex):
            return found
    return _before_verb(text, low, q, lex)


def _phrase(words: Sequence[str], lex: Lexicon) -> str | None:
    """The leading words that can be a noun phrase."""
    taken: list[str] = []
    for word in words:
        low = word.lower()
        if (
            low in lex.sets["stops"]
            or low in lex.moves
            or low in lex.bounds
            or low in lex.sets["verbs"]
            or low in lex.sets["months"]
        ):
            break
        taken.append(word)
    return " ".join(taken) or None


WITHIN = frozenset(("of", "for", "the", "in", "on"))  # words that a noun phrase may hold, not begin with


def _before_verb(text: str, low: str, q: Quantity, lex: Lexicon) -> str | None:
    """`repair of the bridge` of `… the repair of the bridge cost only`: the words before the verb."""
    words = q.words
    i = len(words) - 1
    while i > 0 and words[i] not in lex.sets["verbs"] and words[i] not in lex.moves:
        i -= 1
    first = i
    while first > max(0, i - LONGEST) and _nominal(words[first - 1], lex):
        first -= 1
    while first < i and words[first] in WITHIN:
        first += 1
    if first >= i or i - first < 1:
        return None
    start = start_of(low, q, len(words) - first)
    end = start_of(low, q, len(words) - i)
    return text[start:end].rpartition(", ")[2].strip(' ,“”"()') or None


def _nominal(word: str, lex: Lexicon) -> bool:
    sets = lex.sets
    return word in WITHIN or not (
        word in sets["stops"] or word in sets["verbs"] or word in lex.moves or word[-1] == "."
    )


def when(text: str, low: str, q: Quantity, lex: Lexicon) -> str | None:
    """The expression of time nearest after the figure in its sentence, else nearest before."""
    base = max(0, q.start - NEAR - LONGEST_TIME)
    around = " " + low[base : q.end + NEAR + LONGEST_TIME]
    before: Span | None = None
    for m in lex.when.finditer(around):
        a, b = base + m.start(), base + m.end() - 1
        if a >= q.end:
            if a - q.end <= NEAR and not _divided(text, q.end, a):
                return text[a:b]
            break
        before = Span(a, b)
    if before and 0 <= q.start - before.end <= NEAR and not _divided(text, before.end, q.start):
        return text[before.start : before.end]
    return None


def _divided(text: str, a: int, b: int) -> bool:
    between = text[a:b]
    return ". " in between or "\n" in between
