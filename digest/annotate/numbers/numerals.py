"""Numerals: digits, number words, and the two together, as exact decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import starmap

from digest.annotate.numbers.addition import GAPS, HALF, Addition
from digest.annotate.numbers.lexicon import Lexicon, Spread
from digest.annotate.numbers.quantity import Quantity
from digest.annotate.numbers.tokens import EXACT, Plain, Token

UNIT = re.compile(r" ([a-z]+)(?![\w-])")
FAR = 7  # ` point `, ` and a `: the longest gap within one number, but for ` and an ` after a scale
NOUGHT = Decimal(0)
POINT = frozenset((" point ",))
# what may stand between digits or a number word and the token that joins it, by the kind of that
BEHIND_DIGITS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("DU", POINT), **dict.fromkeys("SHZ", GAPS), "V": frozenset(("", " ", "-")), "F": HALF,
}  # fmt: skip
BEHIND_WORD: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("SHZ", GAPS), "U": GAPS | POINT, "T": frozenset((" ",)), "D": POINT | {""}, "F": GAPS | HALF,
}  # fmt: skip
BEHIND = {"D": BEHIND_DIGITS, "U": BEHIND_WORD, "T": BEHIND_WORD}
NEVER: frozenset[str] = frozenset()


def numerals(low: str, found: Sequence[Plain], lex: Lexicon) -> list[Quantity]:
    """Every numeral in lower-case text, left to right, never overlapping; `found` are its tokens."""
    out: list[Quantity] = []
    tokens: list[Token] = []  # `found` with their names, where they are needed
    i, count = 0, len(found)
    while i < count:
        start, end, kind, value, _ = found[i]
        if kind in BEHIND and (i + 1 == count or alone(low, end, kind, found[i + 1])):  # most numbers
            sort = "digits" if kind == "D" else "words"
            out.append(Quantity(start, end, start, end, value, value, sort, value))
            i += 1
            continue
        tokens = tokens or [*starmap(Token, found)]
        numeral, i = _read(low, tokens, i, lex)
        if numeral:
            out.append(numeral)
    return out


def alone(low: str, end: int, kind: str, after: Plain) -> bool:
    """Whether digits or a small number word that end at `end` are a number by themselves: `after` cannot join them."""
    start = after[0]
    return start - end > FAR or low[end:start] not in BEHIND[kind].get(after[2], NEVER)


def _numeral(
    start: int,
    end: int,
    value: Decimal,
    kind: str,
    mantissa: Decimal,
    scaled: bool = False,
    damaged: bool = False,
) -> Quantity:
    return Quantity(start, end, start, end, value, value, kind, mantissa, scaled, damaged)


def _read(low: str, tokens: list[Token], i: int, lex: Lexicon) -> tuple[Quantity | None, int]:
    """The numeral that begins at token `i` (None if it is none), and the next token."""
    t = tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if t.kind == "D" and after and after.kind == "S" and _apart(tokens, i + 1):  # 5.6 million
        value = EXACT.add(EXACT.multiply(t.value, after.value), NOUGHT)
        return _numeral(t.start, after.end, value, "digits", t.value, True), i + 2
    if t.kind == "X":
        a, b = lex.spun[t.word]
        return _spread(t.start, t.end, (a, b), True), i + 1
    if t.kind == "A":
        return _article(low, t, lex), i + 1
    if t.kind == "M":
        return _numeral(t.start, t.end, t.value, "times", t.value), i + 1
    if t.kind in "SHZ" and (vague := _vague(low, tokens, i, lex)):
        return vague
    if t.kind == "U" and after and (mended := _mended(low, t, after)):
        return mended, i + 2
    return Addition(low, tokens, i).read()


def _apart(tokens: list[Token], i: int) -> bool:
    """Whether the token after `i` is too far from it to belong to one number with it."""
    return i + 1 == len(tokens) or tokens[i + 1].start - tokens[i].end > FAR + 1


def _article(low: str, t: Token, lex: Lexicon) -> Quantity | None:
    """The `a` of `more than a year` as one; what begins with the bound belongs to no number yet."""
    m = UNIT.match(low, t.end)
    unit = lex.names.get(m[1]) if m else None
    if unit is None or unit.cls not in ("time", "length", "mass") or unit.code == "stone":
        return None
    start = t.start + t.word.index(" ") + 1
    return _numeral(start, t.end, t.value, "article", t.value)


def _mended(low: str, word: Token, digits: Token) -> Quantity | None:
    """`one.4`: a spinner wrote the first digit as a word (seen with every spinner that has `1 -> one`)."""
    if digits.start != word.end or digits.kind != "D" or not digits.word.startswith(".") or word.value > 9:
        return None
    value = word.value + digits.value
    return _numeral(word.start, digits.end, value, "digits", value, damaged=True)


def _vague(low: str, tokens: list[Token], i: int, lex: Lexicon) -> tuple[Quantity, int] | None:
    """`tens of thousands`, `millions`: a spread, never a point."""
    first = tokens[i]
    start = max(0, first.start - 8)
    if first.kind == "S" and low[start : first.start] == "tens of " and low[start : first.end] in lex.vague:
        return _spread(start, first.end, lex.vague[low[start : first.end]]), i + 1
    if first.kind in "SH" and (several := _several(low, first, lex)):
        return several, i + 1
    if first.kind in "SHZ" and first.word.endswith("s"):
        for j in (i + 1, i):
            if j < len(tokens):
                phrase = low[first.start : tokens[j].end]
                if found := lex.vague.get(phrase):
                    return _spread(first.start, tokens[j].end, found), j + 1
    return None


def _several(low: str, t: Token, lex: Lexicon) -> Quantity | None:
    """`several hundred`, `a few million`: from two to ten of them; the words before belong to it."""
    before = low[max(0, t.start - 9) : t.start].split()
    if (
        not before
        or before[-1] not in lex.sets["severals"]
        or low[t.start - 1] != " "
        or t.word.endswith("s")
    ):
        return None
    start = low.rfind(before[-1], 0, t.start)
    if before[-1] == "few" and low[max(0, start - 2) : start] == "a ":
        start -= 2
    return _spread(start, t.end, (t.value * 2, t.value * 10))


def _spread(start: int, end: int, ends: Spread, damaged: bool = False) -> Quantity:
    return Quantity(start, end, start, end, *ends, "vague", ends[0], True, damaged)
