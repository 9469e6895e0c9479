"""Labels of the page glued into a line that stays: `costs.AdvertisementThe decision`.

Where a sentence ends and the next letter follows without a blank, a label may stand between two joints or between a
joint and the line's end. It goes when a rule of high certainty names it from joint to joint; what stood around it is
joined with the blank that was missing, as an edit of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from digest.clean.around import listed
from digest.clean.features import STOP
from digest.clean.lexicon import lexicon
from digest.clean.lines import Piece, Verdict, normal
from digest.marks import protected
from digest.rules import Rule, Rules, one_of
from digest.text import Edit

# behind a sentence, or in mid-word: there only a long label is one, since names have capitals inside (AirPlay)
STOPPED = re.compile(r"[.!?…)”\"’](?:(?<=[a-z0-9%)”’\"][.!?…])|(?<=[.!?…][”\"’)]))(?=[A-Z])")
INWARD = re.compile(r"(?<=[a-z][a-z0-9])(?=A(?:dvertisement|DVERTISEMENT))")
END = re.compile(r"(?<=[a-z0-9)!?.%])(?=[“\"‘]?[A-Z])")  # where a label that names something may end
PROSE = re.compile(r"[“\"‘]?([A-Z][\w’']*)[ ,]")
BLANK = re.compile(r"\s*\Z")
WORD_BEFORE = re.compile(r"\w*\Z")
WITHIN = re.compile(r"[.!?…][”\"’)]* ?[A-Z]")  # a label is no two sentences
LONGEST = 220  # characters of a label with what it names
ENDS = 6  # places tried for the end of one
BEFORE = 4  # words of prose before a label: `base.Send` is code
BUTTON = 8  # characters of a label at the end of a line
CHAIN = 6  # labels in a row
MOST = 16  # words of a label, with what it names, at the end of a line
FOLLOWS, SEEN = 5, 80  # words and characters of the prose behind a label that names something
WHY = "a label of the page stood here without a blank on either side"


class Known(NamedTuple):
    """The labels that are whole phrases, in one expression, and the names that may not be cut."""

    phrase: re.Pattern[str]
    names: Mapping[str, int]


def known(rules: Rules) -> Known:
    """The phrases of sure rules that cut; meant for `rules.once`."""
    phrases = [p for p, rule in rules.once(lexicon).phrases.items() if _cuts(rule, rules) and p[:1].isalpha()]
    one = f"(?i:{one_of(phrases)})" if phrases else "(?!)"
    return Known(re.compile(rf"(?:{one}(?=[A-Z“\"‘]|\s*\Z)){{1,{CHAIN}}}"), rules.once(listed))


def _cuts(rule: Rule, rules: Rules) -> bool:
    return rule.cert == "high" and rule.cls != "keep" and rule.cls not in rules.once(lexicon).moves


def labels(text: str, found: Sequence[Piece], out: Mapping[int, Verdict], rules: Rules) -> Iterator[Edit]:
    """Excisions of labels inside the pieces that stay, outside quotations, and the blanks where they stood."""
    spans: list[tuple[int, int]] | None = None
    for first, last in _lines(found, out):
        for start, end, rule in _of(text[first:last], rules):
            spans = [(s.start, s.end) for s in protected(text)] if spans is None else spans
            a, b = first + start, first + end
            n = bisect_left(spans, (b, 0)) - 1  # of the quotations that begin before the label ends
            if n >= 0 and spans[n][1] > a:
                continue
            yield Edit(a, b, "", "excise", rule.cls, rule.id, rule.why, rule.cert)
            if b < last and not text[b].isspace():
                yield Edit(b, b, " ", "split", "glued", "split.label", WHY)


def _lines(found: Sequence[Piece], out: Mapping[int, Verdict]) -> Iterator[tuple[int, int]]:
    """Where each line that stays begins and ends; the parts of a glued one that all stay are one."""
    start = None
    for i, piece in enumerate(found):
        if i in out:
            start = None
            continue
        start = piece.start if start is None else start
        if not (piece.glued and i + 1 < len(found) and i + 1 not in out):
            yield start, piece.end
            start = None


def _of(line: str, rules: Rules) -> Iterator[tuple[int, int, Rule]]:
    """Start, end and rule of each label, left to right, none over another."""
    last = 0
    for start in sorted({m.end() for m in (*STOPPED.finditer(line), *INWARD.finditer(line))}):
        if start < last or start >= len(line) or len(line[max(0, start - SEEN) : start].split()) < BEFORE:
            continue
        if made := _phrase(line, start, rules) or _named(line, start, rules):
            last = made[0]
            yield start, *made


def _phrase(line: str, start: int, rules: Rules) -> tuple[int, Rule] | None:
    """The end of the labels that begin at `start` and are nothing but labels, and the rule of the first."""
    m = rules.once(known).phrase.match(line, start)
    if not m:
        return None
    low = normal(m[0])
    phrases = rules.once(lexicon).phrases
    first = next((phrases[low[:n]] for n in range(len(low), 0, -1) if low[:n] in phrases), None)
    if first and BLANK.match(line, m.end()):
        return (len(line), first) if len(m[0]) >= BUTTON else None
    follows = PROSE.match(line, m.end())
    if first is None or follows is None:
        return None
    one = " " not in m[0] and first.cls != "advertisement"  # such words are in names of programs: SendAsync
    return None if one and follows[1].lower() not in STOP else (m.end(), first)


def _named(line: str, start: int, rules: Rules) -> tuple[int, Rule] | None:
    """The end of a label that names something (`Read more: …`), and its rule: up to the next sentence, or the line's end."""
    lexical = rules.once(lexicon)
    for end in _ends(line, start, rules):
        piece = line[start:end].strip()
        if WITHIN.search(piece):
            return None
        rule = lexical.find(normal(piece))
        if rule and _cuts(rule, rules) and _starts(rule):
            return end, rule
    return None


def _starts(rule: Rule) -> bool:
    """Whether the rule says how its line begins; one that fits whatever stands before its words would take a sentence."""
    return not rule.pattern.lstrip("(?:").startswith(".") and not rule.more.get("weighed")


def _ends(line: str, start: int, rules: Rules) -> Iterator[int]:
    """Where a label that begins at `start` may end: before a word that opens prose, then at the end of the line."""
    names = rules.once(known).names
    reach = start + LONGEST
    for m in islice(END.finditer(line, start + 1, reach), ENDS):
        at = m.end()
        follows = PROSE.match(line, at)
        if follows and follows[1].lower() in STOP and len(line[at : at + SEEN].split()) > FOLLOWS:
            token = WORD_BEFORE.search(line[start:at])
            if token and token[0] + follows[1] not in names:
                yield at
    if len(line) <= reach and len(line[start:].split()) <= MOST:
        yield len(line)
