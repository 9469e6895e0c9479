"""Lines that a scrape broke within a sentence: at a width, or around every link.

Mail, terminals and page sources break lines at a width; `get_text("\\n")` and its like break them around every link
and every word in italics. Judged line by line, half a sentence looks like a label, and the story goes with it. So
such breaks are undone before anything is judged, each by an edit of its own.

A width shows itself: each line that goes on in lower case ends where the next one's first word had no room, and
one width explains most of them. Links show themselves by lines that begin with a comma or end in "the". A text that
shows neither is left alone: verse, lists and menus have short lines, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from digest.clean.byline import broken
from digest.clean.lines import Piece, pieces
from digest.text import Edit

# what a break within a sentence looks like at its plainest; most texts have fewer than FEW and are not looked at
HINT = re.compile(  # it begins with the break, which `re` leaps to
    r"\n(?:(?<=[^\s.!?:;…\"”’»)\]|>]\n)\s*(?=[a-z,.;)])|(?<=[^\s.!?:;…\"”’»)\]|>] \n)\s*(?=[a-z,.;)])|(?<=[,(“‘]\n)"
    r"|(?<=\ba\n)|(?<=\b(?:of|to|in|by|on|at)\n)|(?<=\b(?:the|and|for)\n)|(?<=\b(?:with|from)\n))"
)
FEW = 3  # such breaks in a text; lines that end as none does
# words with which compounds begin: behind them a hyphen stays
COMPOUND = frozenset(
    "well self long short half high low full cross far ill ever year two three four five six seven eight nine ten twenty thirty"
    " forty fifty sixty seventy eighty ninety first second third old new hard soft left right north south east west state world".split()
)
CUT = 25  # lines to a word that is cut at their end, at most
INSIDE = re.compile(r"[.!?][”\"]? [“\"‘]?[A-Z]")  # a sentence ends within the line
PROSY = 12  # lines to one in which a sentence ends, or that ends in a word such as "the": in lists none does
SEEN = 5  # pairs of lines that one width explains; of fewer, down to FEW, it must explain nearly all
NEARLY = 0.8
STOPS = ".!?:;…|>\"”’»')]"  # a line that has stopped ends in one of them
STOPPED = re.compile(r"[.!?:;…|>][\"”’»')\]]*\Z")
BULLET = re.compile(r"[-–—•*·▪]\s|\d{1,3}[.)]\s|[|>#]")
# a line that cannot begin a sentence, nor a line of its own
TAIL = re.compile(r"[,;](?=\s|\Z)|\.(?=\s|\Z)|:\s|\)(?=[\s,.;]|\Z)|[’']s\b|[”\"][,.\s]")
TAILS = ",;.:)’'”\""  # what it begins with
# a word that ends no line of its own
OPENERS = tuple(
    "the a an of to in and or for with by on at from that as is was are were has have had his her its their our than into about between against during after before who which but until since while when if because though called including".split()
)
HEAD = re.compile(rf"(?:\A|(?<=[^;\s]\s)|(?<=[(“]))(?:{'|'.join(OPENERS)})\Z")
ENDING = 20  # characters of a line in which HEAD is looked for: more than its longest word
CODE = re.compile(r"[{}<>=]|//|\(\)|;\Z")
SIGNED = re.compile(
    r"on [A-Z]|(?:by|via|from|photo|image|min|mins|minutes?|hours?|days?|ago|read|views?|comments?)\b"
)
WIDTHS = range(35, 201)  # characters: narrower are columns of a table, wider are paragraphs
SHARE = 0.5  # of the lines that go on which one width must explain
LOWER = 0.5  # of the breaks that it explains which must go on in lower case: in lists few do
SLACK = 2  # characters by which a line may miss the width: hyphens, narrow letters
OVERFULL = 1.2
FILLED = 0.6  # of the width, for a line that goes on in lower case but had room
APART = 20  # lines to a blank one, at most, where blank lines part paragraphs
PROSE = 4  # words: a shorter line may be a label
JOINERS = frozenset(
    ("and", "or", "&", ",")
)  # alone in a line between two links: By / Ann Lee / and / Tom Fox
OPENING = "(“‘[$£€"
HYPHENATED = re.compile(r"([^\W\d_]+)-\Z")
FIRST = re.compile(r"\S+")
HYPHEN = re.compile(r"[^\W\d_]++-[^\W\d_]+")
LETTERS = re.compile(r"[^\W\d_]+")


class Break(NamedTuple):
    """Two lines, one behind the other, and whether nothing but their break is between them."""

    line: Piece
    next: Piece
    near: bool


def reflowed(text: str) -> list[Edit]:
    """Edits by which lines that were broken within a sentence are whole again; none for most texts."""
    return _whole(text) or broken(text)


def _whole(text: str) -> list[Edit]:
    """The edits that join what a width or links broke."""
    if sum(1 for _ in islice(HINT.finditer(text), FEW)) < FEW:
        return []
    found = _breaks(text)
    joined = [False] * len(found)
    if width := _width(found):
        apart = sum(not b.near for b in found) * APART >= len(found)
        joined = [(_wrapped(b, width) and (apart or not _new(b))) or _cut_off(b) for b in found]
    rest = [not j for j in joined]
    if _around_links(found, rest):
        _join_links(found, joined)
    words = _Words(text, _hyphenated([b for b, j in zip(found, joined, strict=True) if j]))
    why = (
        f"the lines are broken at about {width} characters" if width else "the lines are broken around links"
    )
    return [_join(b, words, why) for b, j in zip(found, joined, strict=True) if j]


def _breaks(text: str) -> list[Break]:
    """Each line with the one behind it.

    Where a blank line stands behind every line it says nothing.
    """
    found = pieces(text)
    lines = [b.start - a.end == 1 or text.count("\n", a.end, b.start) for a, b in pairwise(found)]
    usual = 1 if sum(n == 1 for n in lines) * 10 >= len(lines) else 2
    return [Break(a, b, n <= usual) for (a, b), n in zip(pairwise(found), lines, strict=True)]


def _stopped(line: str) -> bool:
    return line[-1] in STOPS and STOPPED.search(line[-4:]) is not None


def _goes_on(b: Break) -> bool:
    """Whether the next line goes on in lower case where this one has not stopped."""
    return b.near and b.next.text[0].islower() and not _stopped(b.line.text)


def _width(found: Sequence[Break]) -> int:
    """The width in characters at which the lines are broken, 0 for none.

    A line broken at a width is no longer than it, and would be with the next one's first word.
    """
    spans = [_span(b) for b in found if _goes_on(b) and b.line.text.count(" ") >= PROSE - 1]
    votes = Counter(w for lo, hi in spans for w in range(max(lo, WIDTHS.start), min(hi + 1, WIDTHS.stop)))
    if not votes:
        return 0
    width, n = max(votes.items(), key=lambda v: (v[1], -v[0]))
    if n < FEW or n < (SHARE if n >= SEEN else NEARLY) * len(spans):
        return 0
    wrapped = [b for b in found if _wrapped(b, width)]
    prose = sum(_opens(b.line.text) or INSIDE.search(b.line.text) is not None for b in wrapped)
    return width if n >= LOWER * len(wrapped) and prose * PROSY >= len(wrapped) else 0


def _span(b: Break) -> tuple[int, int]:
    word = FIRST.match(b.next.text)
    length = len(b.line.text)
    return length, length + (len(word[0]) if word else 0)


def _wrapped(b: Break, width: int) -> bool:
    """Whether the break is one of the width's."""
    line, after = b.line.text, b.next.text
    if not b.near or BULLET.match(after) or CODE.search(line) or CODE.search(after):
        return False
    if line[-1] == ":" and not after[0].islower():
        return False
    low, high = _span(b)
    return low - SLACK <= width <= high + SLACK or (_goes_on(b) and FILLED <= low / width <= OVERFULL)


def _cut_off(b: Break) -> bool:
    """Whether the line breaks off behind a word that ends no line of its own, wherever it was full."""
    line, after = b.line.text, b.next.text
    return (
        b.near
        and line.count(" ") >= PROSE
        and _opens(line)
        and not BULLET.match(after)
        and not CODE.search(after)
    )


def _new(b: Break) -> bool:
    """Whether the next line may begin a paragraph, where no blank line would say so.

    About as often one begins there as a sentence; a paragraph too many is the lesser harm.
    """
    return _stopped(b.line.text) and not b.next.text[0].islower()


def _around_links(found: Sequence[Break], rest: Sequence[bool]) -> bool:
    """Whether links broke the lines: some begin or end as no line of its own does."""
    near = [b for b, free in zip(found, rest, strict=True) if free and b.near]
    ahead = [b for b in near if b.next.text[0] in TAILS and b.line.text[-1].isalnum()]
    tails = len([b for b in ahead if TAIL.match(b.next.text)])
    long = [b for b in near if b.line.text.count(" ") >= PROSE - 1 and not _stopped(b.line.text)]
    lower = sum([b.next.text[0].islower() for b in long])
    if not tails and lower < 2:
        return False  # without a look at their ends, which takes longest
    heads = sum([_opens(b.line.text) for b in long])
    return tails + heads + lower >= FEW if tails else heads >= FEW


def _join_links(found: Sequence[Break], joined: list[bool]) -> None:
    """Join what a link broke: by its own words first, then the link's words to the prose before them."""
    for i, b in enumerate(found):
        joined[i] = joined[i] or _linked(b, i > 0 and joined[i - 1])
    for i, (b, c) in enumerate(pairwise(found)):
        if b.next.text in JOINERS and b.near and c.near and not _stopped(b.line.text):
            joined[i] = joined[i + 1] = True
    for i, b in enumerate(found[:-1]):
        if b.near and not joined[i] and joined[i + 1] and _unfinished(b.line.text):
            joined[i] = not b.next.text[0].isdigit() and b.next.text.count(" ") < PROSE
        if not joined[i] and _begun(b) and (joined[i + 1] or _bracket(found[i + 1])):
            joined[i] = joined[i + 1] = True
        if b.near and b.line.text in ("By", "by") and b.next.text.count(" ") < PROSE:
            joined[i] = b.next.text[0].isupper()


def _begun(b: Break) -> bool:
    """Whether a few words begin a sentence that goes on with a link: Shares in / Northmoor."""
    line, after = b.line.text, b.next.text
    return (
        b.near
        and " " in line
        and line[0].isupper()
        and _opens(line)
        and after.count(" ") < PROSE
        and not _stopped(after)
    )


def _bracket(b: Break) -> bool:
    """Whether a link is followed by brackets, as a firm's name by its sign at the exchange."""
    return b.next.text[0] == "(" and not _stopped(b.line.text)


def _linked(b: Break, behind: bool) -> bool:
    """Whether the next line belongs to this one's sentence; `behind`: this one to the line before."""
    line, after = b.line.text, b.next.text
    if not b.near or _stopped(line) or BULLET.match(after) or CODE.search(line) or CODE.search(after):
        return False
    if TAIL.match(after):
        return line[-1].isalnum() or line[-1] in "”’)\"'"
    long = behind or line.count(" ") >= PROSE - 1
    if after[0].islower():
        return (long or _opens(line) or after.count(" ") >= PROSE - 1) and not (
            SIGNED.match(after) and after.count(" ") < PROSE + 2
        )
    return (long and _opens(line)) or line[-1] in OPENING


def _opens(line: str) -> bool:
    """Whether a line ends in a word that ends no line of its own."""
    return line.endswith(OPENERS) and HEAD.search(line[-ENDING:]) is not None


def _unfinished(line: str) -> bool:
    """Whether a line is prose, mostly in lower case, that has not stopped."""
    words = line.split()
    lower = sum(w[0].islower() for w in words)
    return len(words) >= PROSE - 1 and lower * 2 >= len(words) and not _stopped(line)


def _hyphenated(joined: Sequence[Break]) -> bool:
    """Whether whoever set the lines cut words at their ends: more of them end so than compounds would make."""
    n = sum(HYPHENATED.search(b.line.text) is not None and b.next.text[0].islower() for b in joined)
    return n >= FEW and n * CUT >= len(joined)


class _Words:
    """The words of a text, read when first asked for; `cut`: words are cut at the ends of lines."""

    def __init__(self, text: str, cut: bool) -> None:
        self.text, self.cut = text, cut
        self._known: frozenset[str] | None = None

    def whole(self, first: str, rest: str) -> bool:
        """Whether a word cut in two is one: it stands whole in this text, or lines end in cut words here."""
        if self._known is None:
            self._known = frozenset(LETTERS.findall(self.text)).union(HYPHEN.findall(self.text))
        if first.lower() in COMPOUND or f"{first}-{rest}" in self._known:
            return False
        return first + rest in self._known or self.cut


def _join(b: Break, words: _Words, why: str) -> Edit:
    start, end = b.line.end, b.next.start
    if (cut := HYPHENATED.search(b.line.text)) and b.next.text[0].islower():
        rest = LETTERS.match(b.next.text)
        if rest and words.whole(cut[1], rest[0]):
            why = "a word was cut in two at the end of a line"
            return Edit(start - 1, end, "", "space", "line-wrap", "space.hyphen", why)
        blank = " " if rest and rest[0] in ("and", "or", "to") else ""  # short- and long-term
        return Edit(start, end, blank, "space", "line-wrap", "space.wrap", why)
    close = TAIL.match(b.next.text) or b.line.text[-1] in OPENING
    return Edit(start, end, "" if close else " ", "space", "line-wrap", "space.wrap", why)
