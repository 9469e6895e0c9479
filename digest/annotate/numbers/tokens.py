"""Digits and number words of a text, each as a token with its exact value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from digest.annotate.numbers.lexicon import DIGITAL, VULGAR, Lexicon

# Enough for any number that is a figure; results are exact within it.
EXACT = Context(prec=120, traps=[])
PLACES = Context(prec=12, traps=[])  # a third has no exact decimal: twelve digits
LONGEST = 40  # more digits than this name something; they do not measure it
MIXED = re.compile(r"(?:(\d+)[ -])?(\d+)\s?[/⁄]\s?(\d+)")
POWER = re.compile(r"\s?[x×*]\s?10\^?([-−–⁻+]?\d+)")


def _leap(d: str, signs: str) -> re.Pattern[str]:
    """BEGINS, which takes in, and marks by an empty group, digits that stand plain: most numbers.

    Nothing stands behind them that DIGITS of the lexicon would take in, too.
    `d` are the digits and `signs` the vulgar fractions, both as in a class.
    """
    plain = rf"(?:(?=[^{d}.,/⁄ex×*\s-])|(?=[\s-](?![{d}.,/⁄x×*]))|(?=[.,](?![{d}]| 0))|(?!.|\n))"
    return re.compile(rf"[{d}.{signs}](?:(?<=[{d}])[{d}]*+(?:\.[{d}]++)?{plain}()|(?<!\.)|(?=[{d}]))")


LEAP = _leap(r"\d", VULGAR)
LEAP_ASCII = _leap("0-9", "")  # a quarter faster
SPUN = ("X", Decimal(0))


Plain = tuple[int, int, str, Decimal, str]  # a token without its names, made in a twentieth of the time


class Token(NamedTuple):
    """Digits or a number word, with its value."""

    start: int
    end: int
    kind: str  # D digits, V vulgar fraction, X spun vague, else as in the lexicon
    value: Decimal
    word: str


def lowered(text: str) -> str:
    """`text` in lower case with every character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(k := c.lower()) != 1 else k for c in text)


def tokens(low: str, lex: Lexicon, words: Sequence[tuple[int, int]]) -> list[Plain]:
    """Digits and number words, left to right, never overlapping: no number word holds a digit.

    `words`: where the number words stand.
    """
    out = _digital(low)
    digital = len(out)
    for start, end in words:
        word = low[start:end]
        sort, value = lex.words.get(word, SPUN)
        out.append((start, end, sort, value, word))
    if 0 < digital < len(out):
        out.sort()
    return out


def _digital(low: str) -> list[Plain]:
    """What is written in digits or fraction signs."""
    out: list[Plain] = []
    leap, digits, at = (LEAP_ASCII if low.isascii() else LEAP).search, DIGITAL.match, 0
    while found := leap(low, at):
        if found.lastindex:
            start, at = found.span()
            if at - start <= LONGEST:
                word = found[0]
                out.append((start, at, "D", Decimal(word), word))
            continue
        start = found.start()
        m = digits(low, start)
        if m is None:
            at = start + 1
            continue
        start, at = m.span()
        if m.lastgroup == "d":
            if at - start <= LONGEST:
                out.append((start, at, "D", _digits(m[0]), m[0]))
        elif m.lastgroup == "v":
            out.append((start, at, "V", _vulgar(m[0]), m[0]))
        elif (quotient := _quotient(m[0])) is not None:
            out.append((start, at, "V", quotient, m[0]))
    return out


def _digits(word: str) -> Decimal:
    """Digits with their commas; a comma with one or two digits after it is a decimal point."""
    if word.replace(".", "", 1).isdecimal():
        return Decimal(word)
    if "10" in word and (power := POWER.search(word)):
        exponent = int(power[1].replace("−", "-").replace("–", "-").replace("⁻", "-"))
        return _digits(word[: power.start()]).scaleb(exponent, EXACT)
    for space in "\u00a0\u202f\u2009 ":
        word = word.replace(space, "")
    if word.count(".") > 1:
        return Decimal(word.replace(".", ""))
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
