"""The lines of a text, as pieces that can be judged one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.text import Cert

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
WORD = re.compile(r"[a-z0-9©][a-z0-9'-]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line without the blanks around it, or the part of a glued line up to its joint."""

    start: int
    end: int
    text: str
    glued: float = 0.0  # how surely the next piece, in the same line, is another text


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a piece does not stay: cut (`move` false), or moved to where its class says."""

    cls: str
    rule: str
    why: str
    cert: Cert = "high"
    move: bool = False


def pieces(text: str) -> list[Piece]:
    """Every line of `text` that is not blank, in order, offsets into `text`."""
    return [Piece(m.start(), m.end(), m[0]) for m in LINE.finditer(text)]


def normal(line: str) -> str:
    """The line in lower case with straight marks, as rules and evidence are matched."""
    if not line.isascii():
        line = (
            line.replace("’", "'")
            .replace("‘", "'")
            .replace("“", '"')
            .replace("”", '"')
            .replace("\u00a0", " ")
        )
    return " ".join(line.lower().split())
