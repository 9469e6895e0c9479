"""The lines of a text, as pieces that can be judged one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.text import Cert

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
WORD = re.compile(r"[a-z0-9©][a-z0-9'-]*")
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
    tokens: list[str]  # of `text`, between blanks; with more than MANY the last holds the rest


def pieces(text: str) -> list[Piece]:
    """Every line of `text` that is not blank, in order, offsets into `text`."""
    return [Piece(m.start(), m.end(), m[0]) for m in LINE.finditer(text)]


def tokenised(line: str) -> Line:
    """The line with its normal form and its words."""
    tokens = line.split(None, MANY)
    whole = len(line) <= LONGEST and len(tokens) <= MANY
    low = straight(" ".join(tokens)).lower() if whole else normal(line[:LONGEST])
    return Line(line, low, WORD.findall(low), tokens)


def normal(line: str) -> str:
    """The line in lower case with straight marks, as rules and evidence are matched."""
    return " ".join(straight(line).lower().split())


def straight(line: str) -> str:
    """The line with straight marks and plain blanks."""
    if line.isascii():
        return line
    line = line.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return line.replace("\u00a0", " ")
