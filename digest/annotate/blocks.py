"""The lines of a text and what kind each is."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Sequence

from digest.model import Block, BlockKind, Reading
from digest.rules import Rules
from digest.turns import Turn, turns

LIST_ITEM = re.compile(r"(?:[•‣▪◦·*–-]|\(?\d{1,2}[.)])\s+\S")
CORRECTION = re.compile(
    r"(?:correction|clarification|editor[’']s note|update)s?\b[^:.]{0,40}:"
    r"|(?:an earlier|a previous) version of this\b"
    r"|this (?:article|story|post|report|piece|headline) (?:has been|was) (?:updated|corrected|amended|clarified)\b",
    re.I,
)
CREDIT = re.compile(
    r"(?:photo(?:graph)?|image|picture|illustration|credit)s?(?: (?:by|credit|courtesy))* ?[:/|] ?\S", re.I
)
SIGNATURE = re.compile(r"\n+[—―–-]")
TIME = re.compile(r"\d{1,2}(?:[.:]\d\d){1,2}(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?")
STOPS = ".!?…:;,"
CLOSERS = "”’\"')]"
HEADING = 12  # words: a crosshead is a label; longer ones in the WCXB articles are under 3 in 100
PROSE = 12  # words of a line that a crosshead may stand above


def blocks(reading: Reading, rules: Rules) -> list[Block]:
    """Every non-blank line of the text, in order, with its kind.

    What stands inside a quotation that runs over several lines, or between a
    line that announces it and its end, is a block quotation.
    """
    lines = _lines(reading.text)
    if not lines:
        return []
    running = _running(reading, lines) if reading.scopes else NOWHERE
    spoken = turns(reading.text, rules) if reading.part == "body" else ()
    return [
        Block(
            "paragraph"
            if spoken and _speaks(spoken, start, end)
            else _kind(i, line, lines, start in running),
            start,
            end,
        )
        for i, (start, end, line) in enumerate(lines)
    ]


def _speaks(spoken: Sequence[Turn], start: int, end: int) -> bool:
    """Whether a line holds a turn of a dialogue: its questions are no crossheads, its answers no list."""
    k = bisect_left(spoken, start, key=lambda t: t.start)
    return k < len(spoken) and spoken[k].start < end


def _lines(text: str) -> list[tuple[int, int, str]]:
    """Start, end and words of every line that is not blank."""
    if "\n" not in text:
        words = text.strip()
        return [(0, len(text), words)] if words else []
    out: list[tuple[int, int, str]] = []
    at = 0
    for line in text.split("\n"):
        if words := line.strip():
            out.append((at, at + len(line), words))
        at += len(line) + 1
    return out


def _running(reading: Reading, lines: Sequence[tuple[int, int, str]]) -> frozenset[int]:
    """Where the lines begin that lie within a quotation which runs over several lines."""
    found, i = set(), 0
    for s in reading.scopes:
        if s.depth or s.doubtful:
            continue
        if not s.mark and SIGNATURE.match(reading.text, s.outer_end):
            found.add(s.outer_start)  # the page declares it, and the next line says whose it is
        while i < len(lines) and lines[i][0] <= s.outer_start:
            i += 1
        while i < len(lines) and lines[i][1] <= s.outer_end + 1:
            found.add(lines[i][0])
            i += 1
    return frozenset(found)


NOWHERE: frozenset[int] = frozenset()
LETTERS = frozenset(string.ascii_letters)
# how a correction or a credit begins, in lower case: most lines need no pattern
HEADS = frozenset(("cor", "cla", "edi", "upd", "an ", "a p", "thi", "pho", "ima", "pic", "ill", "cre"))


def _kind(i: int, line: str, lines: Sequence[tuple[int, int, str]], quoted: bool) -> BlockKind:
    if line[0] not in LETTERS and LIST_ITEM.match(line):
        return "list-item"
    head = line[:3]
    special = head.lower() in HEADS or not head.isascii()
    if special and CORRECTION.match(line):
        return "correction"
    if quoted:
        return "block-quote"
    if special and CREDIT.match(line) and len(line.split()) < 2 * HEADING:
        return "caption"
    return "heading" if _heading(i, line, lines) else "paragraph"


def _stops(line: str) -> bool:
    """Whether a line ends with a stop; a question alone may be a crosshead."""
    bare = line.rstrip(CLOSERS)
    return line[-1] != "?" and bare != "" and bare[-1] in STOPS


def _heading(i: int, line: str, lines: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a line is a crosshead: short, unfinished, not quoted, above prose and never last."""
    if i + 1 == len(lines) or len(line) > 120 or not (line[0].isupper() or line[0].isdigit()) or _stops(line):
        return False
    if line[0].isdigit() and TIME.fullmatch(line):  # of an entry of a live page
        return True
    if len(line.split(None, HEADING)) > HEADING:
        return False
    return any(len(text.split(None, PROSE - 1)) >= PROSE for _, _, text in lines[i + 1 : i + 3])
