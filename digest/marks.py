"""Where quotations run: shared by every stage, since words in them are sacred.

Marks are judged paragraph by paragraph, each by its glyph and its neighbours;
no state is carried over a text, so that one lost mark costs one paragraph.
Any line break ends a paragraph. What spans paragraphs is put together
afterwards: an opening mark on each, one pair around several, a block
quotation without marks after a line that announces it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from digest.glyphs import DOUBLE, MARK, PAIRS, Mark, found, role
from digest.model import Scope
from digest.text import Span

COLON = re.compile(r":(?=[^\S\n]*\n)")  # the last sign of a line
LINE_START = attrgetter("start")
FAR = 14  # paragraphs that one pair of marks may hold: longer blocks were not met in 839 articles
# he said, said Ann Lee: words of the reporter between two opening marks
REPORTED = re.compile(r"\b(?:sa(?:id|ys)|told|added|wrote|asked|replied|explained|according to)\b")
ANNOUNCED = re.compile(
    r"(?:\b(?:[Aa]s|[Hh]ow) (?:he|she|they|it|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2}) (?:\w+ )?(?:put|said|wrote|explained|described)\b"
    r"|\b(?:he|she|they|who|[A-Z][\w’'-]+) (?:\w+ ){0,2}(?:wrote|posted|tweeted|added|continued|explained|replied|announced)\b"
    r"|\b(?:statement|post|letter|memo|email|e-mail|message|tweet|thread) (?:reads?|said|says|follows|in full)\b)[^.!?\n]{0,80}:\s*$"
)
OWN_VOICE = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|we|our|my|us|me|[Ww]e['’](?:re|ve|ll|d)|We|Our|My|Let['’]s)\b"
)


@dataclass(slots=True)
class Line:
    """A paragraph and what its marks say when nothing else is looked at."""

    start: int
    end: int
    closed: list[Scope]
    orphans: list[Mark]
    unclosed: Mark | None = None


def scopes(text: str, declared: tuple[Span, ...] = ()) -> tuple[Scope, ...]:
    """Every quotation in `text`, by start, outer before inner.

    An orphan closing mark makes a doubtful scope from the beginning of its
    sentence, under the closing mark's glyph. `declared` are lines that the
    page's markup calls somebody's words: quotations where marks do not make
    them so already.
    """
    if "\n" not in text and not declared and not _marked(text):
        return ()  # most lone sentences
    return _scopes(text, declared)


def _marked(text: str) -> bool:
    """Whether any mark stands in `text`; letters are looked for much faster than by a pattern."""
    if text.isascii() and not ('"' in text or "'" in text or "`" in text):
        return False
    return MARK.search(text) is not None


@lru_cache(maxsize=8)
def _scopes(text: str, declared: tuple[Span, ...]) -> tuple[Scope, ...]:
    lines = _lines(text)
    made = [s for line in lines for s in line.closed]
    made.extend(_across(text, lines))
    made.extend(_announced(text, lines))
    quoted = {s.outer_start for s in made if s.mark}
    made.extend(Scope(a, b, a, b, "") for a, b in declared if a not in quoted)
    return tuple(_nested(sorted(made, key=lambda s: (s.outer_start, -s.outer_end))))


def protected(text: str, declared: tuple[Span, ...] = ()) -> tuple[Span, ...]:
    """Stretches whose words must not be changed: every quotation, a doubtful one too."""
    return tuple(Span(s.outer_start, s.outer_end) for s in scopes(text, declared))


def _lines(text: str) -> list[Line]:
    """The paragraphs of `text` with their marks paired."""
    lines = _split(text)
    at = value_end = 0  # value_end: behind an attribute's value (title="…")
    bounds = (0, 0, 0)
    waiting: list[Mark] = []
    for m in found(text):
        glyph, (start, end) = m[0], m.span()
        if start < value_end and glyph == '"':
            continue
        if start >= bounds[1]:
            if waiting:
                _pair(text, lines[at], waiting)
                waiting = []
            while start >= lines[at].end:
                at += 1
            first, stop = lines[at].start, lines[at].end
            bounds = (first, stop, first + len(text[first:stop].rstrip()))
        can_be = role(text, start, end, glyph, bounds)
        if can_be != "none":
            waiting.append(Mark(start, end, glyph, can_be))
        elif glyph == '"' and text[start - 1 : start] == "=":
            value_end = text.find('"', end, bounds[1]) + 1 or end
    if waiting:
        _pair(text, lines[at], waiting)
    return lines


def _split(text: str) -> list[Line]:
    """The lines of `text` that are not empty."""
    out: list[Line] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line:
            out.append(Line(at, end, [], []))
        at = end + 1
    return out


def _pair(text: str, line: Line, marks: list[Mark]) -> None:
    """Fills in what a paragraph's marks enclose when taken together."""
    stack: list[Mark] = []
    for i, m in enumerate(marks):
        single = m.glyph in "‘’'‚‹›"
        mate = _mate(stack, m, single) if m.role != "open" else -1
        if m.role == "open" or (m.role == "either" and mate < 0):
            stack.append(m)
        elif mate >= 0 and _stray_inside(text, line, stack[mate], m):
            line.orphans.append(m)
            del stack[mate:]
        elif mate >= 0:
            if single and _possessive(text, marks, i, line):
                continue
            depth = len([s for s in stack[:mate] if s.glyph in DOUBLE]) if mate < 50 else 50
            _close(text, line, stack[mate], m, depth)
            del stack[mate:]
        elif not single:
            line.orphans.append(m)
    if stack:
        _leftover(text, line, [m for m in stack if _kept_open(text, m, line)])


def _stray_inside(text: str, line: Line, a: Mark, b: Mark) -> bool:
    """Whether the pair a, b is none: “One. “Two,” she said and more.”

    The inner mark is a stray second opening one, the reporter speaks after
    its partner, and `b` has lost its own. Mends the inner scope.
    """
    inner = line.closed[-1] if line.closed else None
    if inner is None or inner.outer_start <= a.start or inner.mark != a.glyph or a.glyph not in DOUBLE:
        return False
    if text[inner.end - 1] != "," or not REPORTED.match(text[inner.outer_end : b.start].lstrip()[:40]):
        return False
    start = _trimmed(text, a.end, inner.end)[0]
    line.closed[-1] = Scope(start, inner.end, a.start, inner.outer_end, a.glyph, inner.depth)
    return True


def _kept_open(text: str, m: Mark, line: Line) -> bool:
    """Whether an opening mark without partner is one: a lone single mark only at the line's head."""
    return m.glyph in DOUBLE or (m.glyph in "‘‹" and not text[line.start : m.start].strip())


def _mate(stack: list[Mark], m: Mark, single: bool) -> int:
    """Index of the opening mark that `m` closes; -1 if none.

    A single mark never closes over a double one. A double one of another make
    (“ … ") is taken when none of its own stands open.
    """
    other = -1
    for k in range(len(stack) - 1, max(-1, len(stack) - 40), -1):
        glyph = stack[k].glyph
        if m.glyph in PAIRS.get(glyph, ""):
            return k
        if single and glyph in DOUBLE:
            return -1
        if other < 0 and not single and glyph in DOUBLE:
            other = k
    return other


def _possessive(text: str, marks: list[Mark], i: int, line: Line) -> bool:
    """Whether a closing single mark after an s is a plural's apostrophe: a better one follows."""
    m = marks[i]
    if text[m.start - 1] not in "sS" or not re.match(r" [a-z]", text[m.end : m.end + 2]):
        return False
    for later in marks[i + 1 : i + 6]:
        if later.role == "open" and later.glyph in "‘'":
            return False
        if later.glyph == m.glyph and later.role == "close":
            return True
    return False


def _close(text: str, line: Line, a: Mark, b: Mark, depth: int) -> None:
    start, end = _trimmed(text, a.end, b.start)
    if end <= start:
        return
    glued = b.end < line.end and text[b.end].isalpha() and b.glyph in DOUBLE
    line.closed.append(Scope(start, end, a.start, b.end, a.glyph, depth, glued))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


STRAYS = 40  # lone opening marks looked at in one paragraph: more are noise


def _leftover(text: str, line: Line, stack: list[Mark]) -> None:
    """Decides on opening marks without partner: a stray second one, or an unclosed quotation."""
    at = line.start
    for first in stack[:STRAYS]:
        if first.start < at:
            continue
        starts = [s.outer_start for s in line.closed]
        k = bisect_right(starts, first.start) if starts == sorted(starts) else 0
        inside = [s for s in line.closed[k:] if s.outer_start > first.start and s.mark == first.glyph]
        if not inside:
            line.unclosed = first
            return
        at = _stray(text, line, first, inside)


def _stray(text: str, line: Line, first: Mark, inside: list[Scope]) -> int:
    """Mends the quotation at a lone opening mark before closed ones; where the search goes on."""
    inner = inside[0]
    if REPORTED.search(text, first.end, inner.outer_start):
        start, end = _trimmed(text, first.end, inner.outer_start)
        if end > start:
            line.closed.append(Scope(start, end, first.start, end, first.glyph, 0, True))
        return inside[-1].outer_end
    # “One thing. “Another,” he said: one quotation, its second opening mark is stray
    start = _trimmed(text, first.end, inner.end)[0]
    line.closed = [s for s in line.closed if s is not inner]
    line.closed.append(Scope(start, inner.end, first.start, inner.outer_end, first.glyph))
    return inner.outer_end


def _across(text: str, lines: list[Line]) -> Iterator[Scope]:
    """Quotations that leave their paragraph, and marks that found no partner at all."""
    used: set[int] = set()
    for i, line in enumerate(lines):
        if line.unclosed:
            j = _far_close(text, lines, i)
            start, end = _trimmed(text, line.unclosed.end, line.end)
            glyph = line.unclosed.glyph
            if j:
                close = lines[j].orphans[-1]
                used.add(close.start)
                yield Scope(
                    start, _trimmed(text, start, close.start)[1], line.unclosed.start, close.end, glyph
                )
            elif end > start:
                goes_on = i + 1 < len(lines) and _opens_like(text, lines[i + 1], glyph)
                at = line.unclosed.start
                goes_on = goes_on and not text[at - 1 : at].isalnum()
                yield Scope(start, end, at, end, glyph, 0, not goes_on, goes_on)
        if line.orphans:
            yield from _orphans(text, line, [o for o in line.orphans if o.start not in used])


def _orphans(text: str, line: Line, orphans: list[Mark]) -> Iterator[Scope]:
    """The doubtful stretches before a paragraph's lone closing marks."""
    ends = sorted([s.outer_end for s in line.closed] + [o.end for o in orphans]) if orphans else []
    for orphan in orphans:
        k = bisect_right(ends, orphan.start)
        yield from _orphan(text, line, orphan, ends[k - 1] if k else line.start)


def _opens_like(text: str, line: Line, glyph: str) -> bool:
    """Whether a paragraph begins with the mark `glyph`."""
    return text[line.start : line.start + 40].lstrip().startswith(glyph)


def _far_close(text: str, lines: list[Line], i: int) -> int:
    """The paragraph that ends with the closing mark of the one opened in `lines[i]`; 0 if none."""
    opened = lines[i].unclosed
    if opened is None or text[lines[i].start : opened.start].strip():
        return 0
    for j in range(i + 1, min(len(lines), i + FAR)):
        line = lines[j]
        if line.orphans and not text[line.orphans[-1].end : line.end].strip():
            return j
        if line.unclosed or line.orphans:
            return 0
    return 0


SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[A-Z“\"‘(])")


def _orphan(text: str, line: Line, mark: Mark, floor: int) -> Iterator[Scope]:
    """A closing mark without partner: in doubt, from the head of its sentence.

    `floor`: where the quotation or orphan before it ends.
    """
    floor = max(floor, mark.start - 600)
    for m in SENTENCE_END.finditer(text, floor, max(floor, mark.start - 1)):
        floor = m.end()
    start, end = _trimmed(text, floor, mark.start)
    if end > start:
        yield Scope(start, end, start, mark.end, mark.glyph, 0, True)


def _announced(text: str, lines: list[Line]) -> Iterator[Scope]:
    """Block quotations without marks: a paragraph after a line such as `As she put it:`.

    It must speak in its own voice (I, we, our), else it is doubtful: a list,
    a table or the next paragraph may follow a colon as well.
    """
    for colon in COLON.finditer(text):
        i = bisect_right(lines, colon.start(), key=LINE_START)
        if i == len(lines) or lines[i].closed or lines[i].unclosed:
            continue
        line, block = lines[i - 1], lines[i]
        if block.end - block.start < 60 or not ANNOUNCED.search(
            text, max(line.start, line.end - 300), line.end
        ):
            continue
        start, end = _trimmed(text, block.start, block.end)
        own = OWN_VOICE.search(text, start, end) is not None
        yield Scope(start, end, start, end, "", 0, not own)


def _nested(made: list[Scope]) -> Iterator[Scope]:
    """The scopes with their depth counted again: one inside another lies deeper."""
    open_ends: list[int] = []
    for s in made:
        while open_ends and open_ends[-1] <= s.outer_start:
            open_ends.pop()
        if open_ends and s.outer_end > open_ends[-1]:
            continue  # crosses the one around it: a guess that did not hold
        depth = len(open_ends)
        yield (
            s
            if s.depth == depth
            else Scope(s.start, s.end, s.outer_start, s.outer_end, s.mark, depth, s.doubtful, s.continues)
        )
        open_ends.append(s.outer_end)
