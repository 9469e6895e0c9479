"""What a quantity is per: `a year`, `per share`, `/kWh`, `for every 1mn tokens`."""

from __future__ import annotations

import re
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.nouns import plural, singular
from digest.annotate.numbers.quantity import Quantity
from digest.annotate.numbers.tokens import EXACT

RATE = re.compile(
    r"(\s?/\s?|[\s-](?:per|a|an|each|every|for every|for each|in every)[\s-])"
    r"(?:((?:\d[\d,.]*\s?(?:mn|m|k|bn|million|billion|thousand)?|(?:(?:one|a)\s)?(?:hundred thousand|million|billion|thousand|hundred))\s)?([^\W\d_][^\W_]*(?:[ ][^\W\d_]+)?[²³]?))"
)
OF_WHAT = re.compile(
    r"\s(?:of|in)(?:\s[^\W\d_]+){1,3}?\s(?:a|per|each|every)\s(year|month|week|day|hour)\b(?!\s(?:ago|earlier|later|before|from|old))"
)
TAIL = re.compile(r"-[a-z]+")
NOT_RATE = re.compile(r"(?:[ -]old| (?:earlier|ago|later|before|from|to|when|after|and a half))(?!\w)")
NOT_PAY = re.compile(
    r"(?:[ -]old| (?:earlier|ago|later|before|after|and a half))(?!\w)"
)  # $40 a day to park, £12 an hour from May
YEARLY = re.compile(r"\s(\w+(?: annum)?)")
ASIDE = re.compile(r"\s\([^()\n]{1,24}\)(?=\s(?:per|an?)\s)")
BASE = re.compile(r"([\d,.]*\d)?\s?([a-z]*)")
POWER = {
    "mn": 6,
    "m": 6,
    "million": 6,
    "k": 3,
    "thousand": 3,
    "bn": 9,
    "billion": 9,
    "hundred": 2,
    "hundredthousand": 5,
}
BEGINS = (
    " per ",
    " a ",
    " an ",
    " each ",
    " every ",
    " for ",
    " in ",
    " of ",
    " /",
    "/",
    "-a-",
    "-per-",
    "-an-",
    " (",
)
BEGIN = " /-\u00a0"
SHARE = frozenset(("per", "/", "for every", "for each", "in every"))


def rate(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """Fills the denominator of `q`; one with a number is `1000000 token`."""
    if q.unit and q.unit.per:
        q.per = q.unit.per
    if low[q.end : q.end + 1] not in BEGIN:
        return
    if not low.startswith(BEGINS, q.end):
        _yearly(low, q, lex)
        return
    m = RATE.match(low, q.end, q.end + 60)
    if not m and (aside := ASIDE.match(low, q.end)):  # $6 (US$4) per share
        m = RATE.match(low, aside.end(), aside.end() + 40)
        if m and (found := _base(text, low, m, True, True, lex)):
            q.per = found[0]
        return
    if not m:
        _yearly(low, q, lex)
        if (
            not q.per
            and (m := OF_WHAT.match(low, q.end, q.end + 60))
            and q.cls in ("mass", "volume", "count", "money")
            and (unit := lex.names.get(m[1]))  # the shape rules alone know no names of units
        ):
            q.per = unit.code
    elif found := _base(text, low, m, q.cls not in ("share", "time"), q.cls == "money", lex):
        code, end = found
        code = f"{_plain(m[2])} {code}" if m[2] else code
        q.per = f"{q.per} per {code}" if q.per else code
        if m[2] and m[2][0].isalpha():
            q.end = m.end(2) - 1  # per million input tokens: they stay what it is for
        elif not m[2]:
            q.end = max(q.end, end)


def _base(
    text: str, low: str, m: re.Match[str], known: bool, paid: bool, lex: Lexicon
) -> tuple[str, int] | None:
    """The code of the denominator and where it ends."""
    joint = m[1].strip(" -\u00a0")
    start = m.start(3)
    first, _, second = m[3].partition(" ")
    end = start + len(first)
    shown = text[start:end]
    if first != m[3] and m[3] in lex.names:
        return lex.names[m[3]].code, m.end()
    if m[2] and not plural(first, lex) and first not in lex.names:
        known = bool(second) and plural(second, lex)  # per 1M input tokens
        return (singular(second, lex), m.end()) if known else None
    tail = TAIL.match(low, end) if low[end : end + 1] == "-" and first in lex.unit_starts else None
    if tail and (unit := lex.names.get(low[start : tail.end()])):
        return unit.code, tail.end()  # kilowatt-hour
    if joint in ("a", "an", "each", "every") and (NOT_PAY if paid else NOT_RATE).match(low, end):
        return None
    if first in lex.names and lex.names[first].cls not in ("share", "multiple"):
        return lex.names[first].code, end
    if joint in SHARE and shown in lex.symbols:
        return lex.symbols[shown].code, end
    if first in lex.sets["per-nouns"] or (
        known and joint in SHARE and joint != "/" and first.isalpha() and first not in lex.sets["stops"]
    ):
        return singular(shown, lex).lower(), end
    return None


def _plain(base: str) -> str:
    """The number of a denominator as plain digits: `1mn ` -> `1000000`."""
    m = BASE.match(
        base.removeprefix("one ").removeprefix("a ").replace("hundred thousand", "hundredthousand")
    )
    digits = m[1].replace(",", "") if m and m[1] else "1"
    value = Decimal(digits if digits.count(".") < 2 else "1")
    return format(value.scaleb(POWER.get(m[2], 0) if m else 0, EXACT), "f")


def _yearly(low: str, q: Quantity, lex: Lexicon) -> None:
    if low[q.end + 1 : q.end + 12].partition(" ")[0].rstrip(".,;") not in lex.rates:
        return
    m = YEARLY.match(low, q.end, q.end + 24)
    if m and (code := lex.rates.get(m[1])):
        q.per, q.end = code, m.end()
