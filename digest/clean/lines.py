"""The lines of a text, as pieces that can be judged one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.text import Cert

WORD = re.compile(r"[a-z0-9©][a-z0-9'-]*")
# bytes of ASCII in lower case: what WORD has no place for is a blank
CUT = bytes([c if c == 10 or WORD.match(chr(c)) or chr(c) in "'-" else 32 for c in range(128)] + [32] * 128)
MARKS = ".?!@|#$"
# bytes of ASCII: what is neither a digit nor in MARKS nor a line end, and A for every capital
SILENT = bytes([c for c in range(128) if c != 10 and chr(c) not in MARKS and not chr(c).isdigit()])
SHOWN = bytes(range(32, 127))
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


# A line cut into words, once for all who judge it; a plain tuple, since one is made of every line:
# its text; the normal form of its first LONGEST characters; the words of that; how many words stand between blanks,
# at most MANY + 1; of a line of ASCII with dashes and plain blanks, of LONGEST characters at most, its MARKS and digits,
# None of others; and its characters with A for every capital and ? for a dash
Line = tuple[str, str, list[str], int, bytes | None, bytes]


def pieces(text: str) -> list[Piece]:
    """Every line of `text` that is not blank, in order, offsets into `text`."""
    out: list[Piece] = []
    at = 0
    for line in text.split("\n"):
        if words := line.strip():
            start = at if len(words) == len(line) else at + line.find(words)
            out.append(Piece(start, start + len(words), words))
        at += len(line) + 1
    return out


def tokenised(line: str) -> Line:
    """The line with its normal form and its words."""
    flat = straight(line) if len(line) <= LONGEST else ""
    if not _even(flat):
        low = normal(line[:LONGEST])
        return line, low, words(low), len(line.split(None, MANY)), None, b""
    low, plain = flat.lower(), _undashed(flat)
    n = min(low.count(" "), MANY) + 1
    if not plain.isascii():
        return line, low, words(low), n, None, b""
    seen = plain.encode("ascii")
    return line, low, words(low), n, seen.translate(None, SILENT), seen.translate(CAPITALS)


def every_tokenised(lines: Sequence[str]) -> list[Line]:
    """`tokenised` of each of `lines`: of ASCII lines most is done for all of them at once, as bytes."""
    flats = [line if line.isascii() else straight(line) for line in lines]
    plain = [x if x.isascii() and len(x) <= LONGEST else "" for x in flats]
    whole = "\n".join(plain).encode("ascii")
    if whole.count(b"\n") + 1 != len(lines):  # a line of a page's markup may hold line ends
        return [*map(tokenised, lines)]
    low = whole.lower()
    cut, lows = low.translate(CUT).decode("ascii"), low.decode("ascii").split("\n")
    columns = (
        lows,
        [line.split() for line in cut.split("\n")],
        [min(line.count(" "), MANY) + 1 for line in lows],
        whole.translate(None, SILENT).split(b"\n"),
        whole.translate(CAPITALS).split(b"\n"),
    )
    made: list[Line] = [*zip(lines, *columns, strict=True)]
    even = b"  " not in whole and not whole.translate(None, SHOWN).strip(b"\n")  # but for their ends
    odd = {i for i, x in enumerate(plain) if not (x[-1:] > " " < x[:1] if even else _even(x))}
    for i in odd.union(_led(cut)):
        made[i] = tokenised(lines[i])
    return made


def _even(flat: str) -> bool:
    """Whether a line has no blank but single ones between words: nearly all have, and that is quicker to see than to cut and join."""
    return flat.isprintable() and "  " not in flat and flat.strip() == flat != ""


def _led(cut: str) -> Iterator[int]:
    """The lines of `cut` by number in which a word begins with a mark; one sign is looked for far sooner than two."""
    for mark in "'-":
        i = last = 0
        at = cut.find(mark)
        while at >= 0:
            if not at or cut[at - 1] in " \n":
                i += cut.count("\n", last, at)
                last = at
                yield i
            at = cut.find(mark, at + 1)


def _undashed(flat: str) -> str:
    return flat if flat.isascii() else flat.replace("—", "?").replace("–", "?")


def words(low: str) -> list[str]:
    """What WORD finds in a normal form."""
    if "©" not in low:  # two thirds of the time, unless a word begins with a mark that may stand within one
        cut = low.encode("ascii", "replace").translate(CUT)
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
