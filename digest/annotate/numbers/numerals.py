"""Numerals: digits, number words, and the two together, as exact decimals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Context, Decimal
from operator import attrgetter
from typing import NamedTuple

from digest.annotate.numbers.lexicon import Lexicon

# Enough for any number that is a figure; results are exact within it.
EXACT = Context(prec=120, traps=[])
PLACES = Context(prec=12, traps=[])  # a third has no exact decimal: twelve digits
LONGEST = 40  # more digits than this name something; they do not measure it
GAPS = {" ", "-", "\u00a0", " - ", "\u2009", "\u202f"}
MIXED = re.compile(r"(?:(\d+)[ -])?(\d+)\s?[/⁄]\s?(\d+)")
POWER = re.compile(r"\s?[x×*]\s?10\^?([-−–⁻+]?\d+)")
UNIT = re.compile(r" ([a-z]+)(?![\w-])")
FAR = 7  # ` and an `, ` point `: the longest gap within one number
SPUN = ("X", Decimal(0))
ANDS = {" and ", " & ", " and a ", " and an "}


class Numeral(NamedTuple):
    """A number as written: `low` to `high` for a vague one, both the same else.

    `mantissa` is the value before the last scale word ("5.6" of "5.6
    million"), `scaled` whether there was one. `kind`: digits, words,
    fraction, vague, times, article.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    kind: str
    mantissa: Decimal
    scaled: bool = False
    damaged: bool = False


class _Token(NamedTuple):
    start: int
    end: int
    kind: str  # D digits, V vulgar fraction, X spun vague, else as in the lexicon
    value: Decimal
    word: str


START = attrgetter("start")


def lowered(text: str) -> str:
    """`text` in lower case with every character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(k := c.lower()) != 1 else k for c in text)


def numerals(low: str, lex: Lexicon) -> Iterator[Numeral]:
    """Every numeral in lower-case text, left to right, never overlapping."""
    tokens = _tokens(low, lex)
    i = 0
    while i < len(tokens):
        numeral, i = _read(low, tokens, i, lex)
        if numeral:
            yield numeral


def _tokens(low: str, lex: Lexicon) -> list[_Token]:
    """Digits and number words, left to right, never overlapping: no number word holds a digit."""
    out = list(_digital(low, lex))
    for m in lex.number.finditer(" " + low):  # the pattern begins with what stands before a word
        sort, value = lex.words.get(m[1], SPUN)
        out.append(_Token(m.start(), m.end() - 1, sort, value, m[1]))
    out.sort(key=START)
    return out


def _digital(low: str, lex: Lexicon) -> Iterator[_Token]:
    """What is written in digits or fraction signs."""
    end = 0
    for begin in lex.begins.finditer(low):
        m = lex.digits.match(low, begin.start()) if begin.start() >= end else None
        if m is None:
            continue
        start, end = m.span()
        if m.lastgroup == "d":
            if end - start <= LONGEST:
                yield _Token(start, end, "D", _digits(m[0]), m[0])
        elif m.lastgroup == "v":
            yield _Token(start, end, "V", _vulgar(m[0]), m[0])
        elif (quotient := _quotient(m[0])) is not None:
            yield _Token(start, end, "V", quotient, m[0])


def _digits(word: str) -> Decimal:
    """Digits with their commas; a comma with one or two digits after it is a decimal point."""
    if word.isdecimal():
        return Decimal(word)
    if power := POWER.search(word):
        exponent = int(power[1].replace("−", "-").replace("–", "-").replace("⁻", "-"))
        return _digits(word[: power.start()]).scaleb(exponent, EXACT)
    for space in "\u00a0\u202f\u2009 ":
        word = word.replace(space, "")
    head, comma, tail = word.rpartition(",")
    if comma and len(tail.split(".")[0]) < 3 and "," not in head and "." not in tail:
        return Decimal(f"{head}.{tail}")
    return Decimal(word.replace(",", ""))


def _quotient(word: str) -> Decimal | None:
    """`1/2`, `2 1/2`; None when the denominator is nought."""
    m = MIXED.match(word)
    assert m
    if not int(m[3]):
        return None
    part = divided(Decimal(m[2]), Decimal(m[3]))
    return EXACT.add(Decimal(m[1] or 0), part)


def _vulgar(sign: str) -> Decimal:
    top, _, bottom = unicodedata.normalize("NFKC", sign).partition("\u2044")
    return divided(Decimal(top), Decimal(bottom))


def divided(a: Decimal, b: Decimal) -> Decimal:
    """`a / b`, exact when it has a short decimal, else to twelve digits."""
    exact = EXACT.divide(a, b)
    return exact if len(exact.as_tuple().digits) <= 20 else PLACES.divide(a, b)


def _read(low: str, tokens: list[_Token], i: int, lex: Lexicon) -> tuple[Numeral | None, int]:
    """The numeral that begins at token `i` (None if it is none), and the next token."""
    t = tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if t.kind == "D" and (after is None or after.start - t.end > FAR):  # most numbers: digits alone
        return Numeral(t.start, t.end, t.value, t.value, "digits", t.value), i + 1
    if t.kind == "X":
        a, b = lex.spun[t.word]
        return Numeral(t.start, t.end, a, b, "vague", a, True, True), i + 1
    if t.kind == "A":
        return _article(low, t, lex), i + 1
    if t.kind == "M":
        return Numeral(t.start, t.end, t.value, t.value, "times", t.value), i + 1
    if t.kind in "SHZ" and (vague := _vague(low, tokens, i, lex)):
        return vague
    if t.kind == "U" and after and (mended := _mended(low, t, after)):
        return mended, i + 2
    return _Sum(low, tokens, i).read()


def _article(low: str, t: _Token, lex: Lexicon) -> Numeral | None:
    """The `a` of `more than a year` as one; what begins with the bound belongs to no number yet."""
    m = UNIT.match(low, t.end)
    unit = lex.names.get(m[1]) if m else None
    if unit is None or unit.cls not in ("time", "length", "mass") or unit.code == "stone":
        return None
    start = t.start + t.word.index(" ") + 1
    return Numeral(start, t.end, t.value, t.value, "article", t.value)


def _mended(low: str, word: _Token, digits: _Token) -> Numeral | None:
    """`one.4`: a spinner wrote the first digit as a word (seen with every spinner that has `1 -> one`)."""
    if digits.start != word.end or digits.kind != "D" or not digits.word.startswith(".") or word.value > 9:
        return None
    value = word.value + digits.value
    return Numeral(word.start, digits.end, value, value, "digits", value, damaged=True)


def _vague(low: str, tokens: list[_Token], i: int, lex: Lexicon) -> tuple[Numeral, int] | None:
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


def _several(low: str, t: _Token, lex: Lexicon) -> Numeral | None:
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


def _spread(start: int, end: int, ends: tuple[Decimal, Decimal | None]) -> Numeral:
    return Numeral(start, end, ends[0], ends[1], "vague", ends[0], True)


class _Sum:
    """Adds number tokens up as long as English lets them follow one another."""

    def __init__(self, low: str, tokens: list[_Token], i: int) -> None:
        self.low, self.tokens, self.i = low, tokens, i
        self.total = Decimal(0)  # of the groups that a scale word closed
        self.group: Decimal | None = None  # what the next scale word multiplies
        self.scale = Decimal(10) ** 60  # of the last scale word: they must fall
        self.last = ""  # kind of the last token taken
        self.fraction = self.digits = self.scaled = False
        self.mantissa = Decimal(0)

    def read(self) -> tuple[Numeral | None, int]:
        first = self.tokens[self.i]
        start = self._article(first)
        end = first.end
        if first.kind == "F" and start == first.start and first.word != "half":
            return None, self.i + 1  # `third`, `quarter` alone are ordinals and seasons
        if first.kind == "C" and (start == first.start or not self._couple(first.end)):
            return None, self.i + 1
        if first.kind in "SH" and start == first.start and not self._bare_scale(first):
            return None, self.i + 1
        n = 0
        while self.i < len(self.tokens):
            t = self.tokens[self.i]
            gap = self.low[end : t.start] if n else ""
            if not self._take(t, gap, n):
                break
            end, n, self.i = t.end, n + 1, self.i + 1
        if not n:
            return None, self.i + 1
        value = EXACT.add(self.total, self.group or Decimal(0))
        kind = "fraction" if self.fraction else "digits" if self.digits else "words"
        mantissa = self.mantissa if self.scaled else value
        return Numeral(start, end, value, value, kind, mantissa, self.scaled), self.i

    def _article(self, t: _Token) -> int:
        """Where `a` or `an` before `hundred`, `dozen`, `half`, `third` begins."""
        if t.kind in "HSFZC":
            before = self.low[max(0, t.start - 4) : t.start]
            for article in ("a ", "an ", "a-"):
                if before.endswith(article) and (
                    len(before) == len(article) or before[-len(article) - 1] in ' \n(—-“"'
                ):
                    return t.start - len(article)
        return t.start

    def _couple(self, end: int) -> bool:
        """`a couple of days` is a number; `a couple was seen` is two people."""
        return self.low.startswith(" of ", end) or end == len(self.low)

    def _bare_scale(self, t: _Token) -> bool:
        """`thousand litres` begins a line or a clause; `a few thousand` has no number to scale."""
        before = self.low[max(0, t.start - 2) : t.start].strip()
        return before in ("", "(", ",", ":", "“", '"') and not t.word.endswith("s") and t.start < 2

    def _take(self, t: _Token, gap: str, n: int) -> bool:
        take = getattr(self, "_take_" + t.kind.lower(), None)
        took = bool(take and take(t, gap, n))
        if took:
            self.last = t.kind
        return took

    def _take_d(self, t: _Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group, self.digits = t.value, True
            return True
        if gap == " point ":
            return self._point(t)
        follows = self.i + 1 < len(self.tokens) and self.tokens[self.i + 1].kind in "SH"
        small = t.value < 100 and gap == " and " and self.last == "H" and "." not in t.word
        if (follows and gap == " " and self.last == "S") or small:
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return self.group < self.scale
        return False

    def _take_v(self, t: _Token, gap: str, n: int) -> bool:
        self.fraction = True
        if n == 0 or (self.last == "D" and gap in ("", " ", "-")):
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        return False

    def _take_u(self, t: _Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group = t.value
            return True
        if gap == " point ":
            return self._point(t)
        if self.last == "T" and (gap in GAPS) and 0 < t.value < 10:
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "H" and (gap in GAPS or gap in ANDS):
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "S" and (gap in GAPS or gap in ANDS or gap == ", "):
            return self._opens(t, gap)
        return False

    def _take_t(self, t: _Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group = t.value
            return True
        if self.last == "H" and (gap in GAPS or gap in ANDS):
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "S" and (gap in GAPS or gap in ANDS):
            return self._opens(t, gap)
        if self.last == "U" and n == 1 and gap == " " and self.group is not None and 0 < self.group < 10:
            self.group = EXACT.add(self.group * 100, t.value)  # one twenty(-two)
            return True
        return False

    def _point(self, t: _Token) -> bool:
        """`two point five`: the digit after a spoken point."""
        if self.group is None or self.group != int(self.group) or t.value != int(t.value) or self.fraction:
            return False
        self.group = EXACT.add(self.group, t.value.scaleb(-len(str(t.value)), EXACT))
        return True

    def _opens(self, t: _Token, gap: str) -> bool:
        """A new group after a scale word; after `and` it must not begin another count."""
        if gap in ANDS and self.scale < 1000:
            return False
        self.group = t.value
        return True

    def _take_h(self, t: _Token, gap: str, n: int) -> bool:
        if n and gap not in GAPS:
            return False
        if n and (self.last not in ("U", "T", "D") or self.group is None or t.word == "hundreds"):
            return False
        self.mantissa, self.scaled = self.group or Decimal(1), self.digits or self.scaled
        self.group = EXACT.multiply(self.group or Decimal(1), t.value)
        return True

    def _take_s(self, t: _Token, gap: str, n: int) -> bool:
        if n and gap not in GAPS and not (self.fraction and gap in (" a ", " of a ")):
            return False
        if n and self.last == "S":
            self.total = EXACT.multiply(self.total, t.value)  # lakh crore
        elif n and (self.group is None or t.value >= self.scale):
            return False
        else:
            self.mantissa = self.group if self.group is not None else Decimal(1)
            self.total = EXACT.add(self.total, EXACT.multiply(self.mantissa, t.value))
        self.group, self.scale, self.scaled = None, t.value, True
        if self.fraction:
            self.fraction = False
        return True

    def _take_z(self, t: _Token, gap: str, n: int) -> bool:
        if n and (gap not in GAPS or self.group is None):
            return False
        self.group = EXACT.multiply(self.group if self.group is not None else Decimal(1), t.value)
        return True

    def _take_c(self, t: _Token, gap: str, n: int) -> bool:
        if n:
            return False
        self.group = t.value
        return True

    def _take_f(self, t: _Token, gap: str, n: int) -> bool:
        part = divided(Decimal(1), t.value)
        if n == 0:
            self.group, self.fraction = part, True
            return True
        if self.fraction:
            return False
        if gap in (" and a ", " and "):
            self.group = EXACT.add(self.group or Decimal(0), part)
            if self.last == "S":  # two million and a half
                self.group = EXACT.multiply(part, self.scale)
            self.fraction = True
            return True
        if gap in GAPS and self.last in ("U", "T", "H") and self.group is not None:
            plural = t.word.endswith("s") or (t.word == "half" and gap == "-")
            if plural or self.group == 1:
                self.group, self.fraction = divided(self.group, t.value), True
                return True
        return False
