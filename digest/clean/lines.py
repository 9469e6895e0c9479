"""The lines of a text, as pieces that can be judged one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.text import Cert

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
WORD = re.compile(r"[a-z0-9©][a-z0-9'-]*")
# bytes of ASCII in lower case: what WORD has no place for is a blank
CUT = bytes([c if c == 10 or WORD.match(chr(c)) or chr(c) in "'-" else 32 for c in range(128)] + [32] * 128)
INNER = ("'", "-")  # a word may hold them and not begin with them
MARKS = ".?!@|#$"
# bytes of ASCII: what is neither a digit nor in MARKS nor a line end, and A for every capital
SILENT = bytes([c for c in range(128) if c != 10 and chr(c) not in MARKS and not chr(c).isdigit()])
CAPITALS = bytes([65 if chr(c).isupper() else c for c in range(128)] + [0] * 128)
LONGEST = 500  # characters: a longer line is a paragraph, for `appeal` to judge
MANY = 70  # words: no judge counts further


class Piece(NamedTuple):
    """A line without the blanks around it, or the part of a glued line up to its joint."""

    start: int
    end: int
    text: str
    glued: float = 0.0  # how surely the next piece, in the same line, is another text


class Verdict(NamedTuple):
    """Why a piece does not stay: cut (`move` false), or moved to where its class says."""

    cls: str
    rule: str
    why: str
    cert: Cert = "high"
    move: bool = False


class Line(NamedTuple):
    """A line cut into words, once for all who judge it."""

    text: str
    low: str  # the normal form of its first LONGEST characters
    words: list[str]  # of `low`
    length: int  # words between blanks, at most MANY + 1
    # of a line of ASCII with dashes and plain blanks, of LONGEST characters at most: its MARKS and digits; None of others
    marks: bytes | None
    shape: bytes  # and its characters, with A for every capital and ? for a dash


def pieces(text: str) -> list[Piece]:
    """Every line of `text` that is not blank, in order, offsets into `text`."""
    return [Piece(m.start(), m.end(), m[0]) for m in LINE.finditer(text)]


def tokenised(line: str) -> Line:
    """The line with its normal form and its words."""
    flat = straight(line) if len(line) <= LONGEST else ""
    if _even(flat):
        low, plain = flat.lower(), _undashed(flat)
        n = min(low.count(" "), MANY) + 1
        if plain.isascii():
            seen = plain.encode("ascii")
            return Line(line, low, words(low), n, seen.translate(None, SILENT), seen.translate(CAPITALS))
        return Line(line, low, words(low), n, None, b"")
    low = normal(line[:LONGEST])
    return Line(line, low, words(low), len(line.split(None, MANY)), None, b"")


def every_tokenised(lines: Sequence[str]) -> Iterator[Line]:
    """`tokenised` of each of `lines`, at once: most of it is done for all of them together."""
    whole = straight("\n".join([line[:LONGEST] for line in lines]))
    if not lines or whole.count("\n") >= len(lines):  # a line of a page's markup may hold line ends
        yield from map(tokenised, lines)
        return
    small, plain = whole.lower(), _undashed(whole)
    lows, cut = small.split("\n"), small.encode("ascii", "replace").translate(CUT).decode("ascii")
    seen = plain.encode("ascii", "replace")
    rows = whole.split("\n"), plain.split("\n"), lows, _words(lows, cut.split("\n"))
    bits = seen.translate(None, SILENT).split(b"\n"), seen.translate(CAPITALS).split(b"\n")
    for line, flat, bare, low, own, marks, shape in zip(lines, *rows, *bits, strict=True):
        blanks = low.count(" ")
        if not _even(flat) or (len(line) > LONGEST and blanks < MANY):
            yield tokenised(line)
        elif len(line) <= LONGEST and bare.isascii():
            yield Line(line, low, own, blanks + 1 if blanks < MANY else MANY + 1, marks, shape)
        else:
            yield Line(line, low, own, blanks + 1 if blanks < MANY else MANY + 1, None, b"")


def _even(flat: str) -> bool:
    """Whether a line has no blanks but single plain ones: as nearly all have, and that is quicker to see than to cut and join."""
    return flat.isprintable() and "  " not in flat and flat.strip() == flat != ""


def _undashed(flat: str) -> str:
    return flat if flat.isascii() else flat.replace("—", "?").replace("–", "?")


def words(low: str) -> list[str]:
    """What WORD finds in a normal form."""
    return _words([low], [low.encode("ascii", "replace").translate(CUT).decode("ascii")])[0]


def _words(lows: Sequence[str], cut: Sequence[str]) -> list[list[str]]:
    """What WORD finds in each of `lows`; `cut` has blanks where it has no place for a character.

    That takes two thirds of the time, unless a word begins with a mark that may stand within one.
    """
    return [
        WORD.findall(low)
        if " '" in line or " -" in line or line.startswith(INNER) or "©" in low
        else line.split()
        for low, line in zip(lows, cut, strict=True)
    ]


def normal(line: str) -> str:
    """The line in lower case with straight marks, as rules and evidence are matched."""
    return " ".join(straight(line).lower().split())


def straight(line: str) -> str:
    """The line with straight marks and plain blanks."""
    if line.isascii():
        return line
    line = line.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return line.replace("\u00a0", " ")
