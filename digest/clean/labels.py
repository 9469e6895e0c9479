"""Labels of the page glued into a line that stays: `costs.AdvertisementThe decision`.

Where a sentence ends and the next letter follows without a blank, a label may stand between two joints or between a
joint and the line's end. It goes when a rule of high certainty names it from joint to joint; what stood around it is
joined with the blank that was missing, as an edit of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from digest.clean.around import listed
from digest.clean.features import STOP
from digest.clean.lexicon import lexicon
from digest.clean.lines import Piece, Verdict, normal
from digest.marks import protected
from digest.rules import Rule, Rules, one_of

# behind a sentence, or in mid-word: there only a long label is one, since names have capitals inside (AirPlay)
STOPPED = re.compile(
    r"[.!?…)”\"’](?:(?=[A-Z])(?:(?<=[a-z0-9%)”’\"][.!?…])|(?<=[.!?…][”\"’)]))"
    r"|(?=[\dph])(?<=[a-z][.!?])(?=\d{1,4} [A-Za-z]|pic\.|https?://t\.co/))"
)
INWARD = re.compile(r"(?<=[a-z][a-z0-9])(?=A(?:dvertisement|DVERTISEMENT))")
INSIDE = "Advertisement", "ADVERTISEMENT"  # what INWARD looks for
END = re.compile(r"(?<=[a-z0-9)!?.%])(?=[“\"‘]?[A-Z])")  # where a label that names something may end
PROSE = re.compile(r"[“\"‘]?([A-Z][\w’']*)[ ,]")
BLANK = re.compile(r"\s*\Z")
WORD_BEFORE = re.compile(r"\w*\Z")
WITHIN = re.compile(r"[.!?…][”\"’)]* ?[A-Z]")  # a label is no two sentences
LONGEST = 220  # characters of a label with what it names
ENDS = 6  # places tried for the end of one
BEFORE = 4  # words of prose before a label: `base.Send` is code
BUTTON, SPELT = 8, 2  # characters of a label at the end of a line; function words before a shorter one
CHAIN = 6  # labels in a row
MOST = 16  # words of a label, with what it names, at the end of a line
FOLLOWS, SEEN = 5, 80  # words and characters of the prose behind a label that names something


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
    if rule.cls in rules.once(lexicon).moves and rule.cls != "reading-time":
        return False  # a credit or a date behind a sentence may belong to the sentence
    return rule.cls != "keep" and (rule.cert == "high" or "points" in rule.more)


class Label(NamedTuple):
    """A label inside a line, and why it goes; offsets into the text."""

    start: int
    end: int
    verdict: Verdict


def labels(text: str, found: Sequence[Piece], rules: Rules) -> list[Label]:
    """The labels inside the lines `found`, outside quotations, left to right, none over another."""
    every = [(p.start + a, p.start + b, rule) for p in found for a, b, rule in _of(p.text, rules)]
    if not every:
        return []
    spans = [(s.start, s.end) for s in protected(text)]
    out = []
    for start, end, rule in every:
        n = bisect_left(spans, (end, 0)) - 1  # of the quotations that begin before the label ends
        verdict = rules.once(lexicon).verdict(rule)
        if verdict and not (n >= 0 and spans[n][1] > start):
            out.append(Label(start, end, verdict))
    return out


def without(found: Sequence[Piece], some: Sequence[Label]) -> list[Piece]:
    """The lines with blanks in place of their labels, to be judged as if these had not been there; offsets stay."""
    out = []
    rest = deque(some)
    for piece in found:
        line = piece.text
        while rest and rest[0].start < piece.end:
            a, b, _ = rest.popleft()
            line = line[: a - piece.start] + " " * (b - a) + line[b - piece.start :]
        out.append(piece if line is piece.text else _part(piece.start, line))
    return out


def _part(start: int, line: str) -> Piece:
    """`line` without the blanks around it."""
    start += len(line) - len(line.lstrip())
    line = line.strip()
    return Piece(start, start + len(line), line)


def labelled(
    text: str, found: Sequence[Piece], out: Mapping[int, Verdict], some: Sequence[Label]
) -> tuple[list[Piece], dict[int, Verdict]]:
    """Pieces and verdicts with the labels among them: a piece that stays is cut at both sides of each."""
    pieces: list[Piece] = []
    made: dict[int, Verdict] = {}
    rest = deque(some)

    def put(start: int, end: int, verdict: Verdict | None, glued: float = 0.0) -> None:
        part = _part(start, text[start:end])
        if part.text:
            if verdict:
                made[len(pieces)] = verdict
            pieces.append(part._replace(glued=glued))

    for i, piece in enumerate(found):
        at = piece.start
        while rest and rest[0].start < piece.end:
            label = rest.popleft()
            if label.start < at:
                put(*label)
            elif i not in out:
                put(at, label.start, None)
                put(*label)
                at = label.end
        put(at, piece.end, out.get(i), piece.glued)
    for label in rest:
        put(*label)
    return pieces, made


def _of(line: str, rules: Rules) -> Iterator[tuple[int, int, Rule]]:
    """Start, end and rule of each label, left to right, none over another."""
    last = 0
    starts = [m.end() for m in STOPPED.finditer(line)]
    if any(word in line for word in INSIDE):
        starts = sorted({*starts, *[m.end() for m in INWARD.finditer(line)]})
    for start in starts:
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
        prose = [w for w in line[max(0, start - SEEN) : start].lower().split() if w in STOP]
        return (len(line), first) if len(m[0]) >= BUTTON or len(prose) >= SPELT else None
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
