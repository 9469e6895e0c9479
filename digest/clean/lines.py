"""The lines of a text, as pieces that can be judged one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.text import Cert

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
WORD = re.compile(r"[a-z0-9©][a-z0-9'-]*")
# bytes of ASCII in lower case: what WORD has no place for is a blank
CUT = bytes([c if WORD.match(chr(c)) or chr(c) in "'-" else 32 for c in range(128)] + [32] * 128)
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
    flat: str  # `text` with straight marks, "" where its blanks are odd or it is longer than LONGEST
    low: str  # the normal form of its first LONGEST characters
    words: list[str]  # of `low`
    length: int  # words between blanks, at most MANY + 1


def pieces(text: str) -> list[Piece]:
    """Every line of `text` that is not blank, in order, offsets into `text`."""
    return [Piece(m.start(), m.end(), m[0]) for m in LINE.finditer(text)]


def tokenised(line: str) -> Line:
    """The line with its normal form and its words."""
    flat = straight(line) if len(line) <= LONGEST else ""
    # no blank but plain ones: as nearly all lines are, and that is quicker to see than to cut and join
    if flat.isprintable() and "  " not in flat and flat.strip() == flat != "":
        low = flat.lower()
        return Line(line, flat, low, words(low), min(low.count(" "), MANY) + 1)
    low = normal(line[:LONGEST])
    return Line(line, "", low, words(low), len(line.split(None, MANY)))


def words(low: str) -> list[str]:
    """What WORD finds in a normal form."""
    if low.isascii():  # two thirds of the time, unless a word begins with a mark that may stand within one
        cut = low.encode("ascii").translate(CUT)
        if b" '" not in cut and b" -" not in cut and not cut.startswith((b"'", b"-")):
            return cut.decode("ascii").split()
    return WORD.findall(low)


def normal(line: str) -> str:
    """The line in lower case with straight marks, as rules and evidence are matched."""
    return " ".join(straight(line).lower().split())


def straight(line: str) -> str:
    """The line with straight marks and plain blanks."""
    if line.isascii():
        return line
    line = line.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return line.replace("\u00a0", " ")
