"""Two quantities that are one: `between $60 and $65 billion`, `5-10W`, `7 feet 10 inches`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.numerals import EXACT
from digest.annotate.numbers.units import Quantity

TO = re.compile(
    r"(?:\s(?:in|on|at|last|by)\s[\w.]+(?:\s\d{1,4})?)?,?\s(?:up\s|down\s)?(?:to|through|till|until)\s(?:about\s|around\s|some\s|nearly\s|almost\s|roughly\s|over\s|~\s?)?$|\s?[-–—]\s?(?:about\s|~\s?)?$"
)
AND = re.compile(r"\sand\s(?:about\s|around\s|some\s|nearly\s|~\s?)?$")
PLUS_MINUS = re.compile(r"\s?(?:±|\+/-|\+-)\s?$")
SUM = re.compile(r",?\s(?:and\s)?$|-?$")
FROM = re.compile(
    r"\b(from|between|range of|ranging from|ranged from)\s(?:about\s|around\s|some\s|roughly\s|approximately\s|nearly\s|an?\s|the\s|~\s?)*$"
)
MINOR = {"cent", "penny", "sen", "kopiyka", "paisa", "centavo"}


def joined(text: str, low: str, found: Iterable[Quantity], lex: Lexicon) -> Iterator[Quantity]:
    """The quantities with ranges and sums made one, in order."""
    last: Quantity | None = None
    for q in found:
        if last and (one := _one(text, low, last, q, lex)):
            last = one
            continue
        if last:
            yield last
        last = q
    if last:
        yield last


def _one(text: str, low: str, a: Quantity, b: Quantity, lex: Lexicon) -> Quantity | None:
    gap = low[a.end : b.start]
    if len(gap) > 40 or a.rule != "number" or "\n" in gap:
        return None
    if a.known and b.known and (total := _sum(low, a, b, gap)):
        return total
    if PLUS_MINUS.match(gap) and a.low is not None and b.low is not None:
        return _ends(a, b, EXACT.subtract(a.low, b.low), EXACT.add(a.low, b.low), "range.plus-minus")
    lead = FROM.search(low, max(0, a.start - 32), a.start)
    word = lead[1].split()[0] if lead else ""
    if TO.match(gap) or (word == "between" and AND.match(gap)) or (word == "from" and AND.match(gap)):
        return _range(text, low, a, b, gap, word, lead.start() if lead else a.start)
    return None


def _range(text: str, low: str, a: Quantity, b: Quantity, gap: str, word: str, start: int) -> Quantity | None:
    """`a` to `b` as one, scale and unit carried back to `a`."""
    if None in (a.low, b.low) or not _compatible(a, b):
        return None
    first, last = a.low, b.low
    assert first is not None and last is not None
    if (
        b.scaled
        and not a.scaled
        and abs(a.mantissa) <= abs(b.mantissa)
        and b.mantissa
        and b.number.kind != "vague"
    ):
        first = EXACT.multiply(first, EXACT.divide(last, b.mantissa))
    elif b.scaled and not a.scaled and word != "from" and a.unit is None:
        return None
    dash = gap.strip()[:1] in ("-", "–", "—") and gap.strip() != ""
    bare = a.unit is None and b.unit is None
    if not word:
        if first >= last:
            return None
        if dash and bare and not b.scaled and a.number.kind != "words" and len(low.strip()) > 14:
            return None  # a score, a season, a page range
        if not dash and bare and not b.scaled and gap.strip() != "to":
            return None
    out = _ends(a, b, first, last, "range.between" if word == "between" else "range")
    out.start = start
    if word == "from" and first > last:
        out.change = "down"
    if "~" in gap or "about" in gap or "around" in gap:
        out.approx = True
    return out


def _compatible(a: Quantity, b: Quantity) -> bool:
    """Whether the first end has the second's unit or none of its own."""
    if a.unit is None or a.unit == b.unit:
        return a.unit is None or a.per in (None, b.per)
    if b.unit is None:
        return a.currency_first or a.unit.cls == "share"
    return a.unit.code == b.unit.code


def _ends(a: Quantity, b: Quantity, first: object, last: object, rule: str) -> Quantity:
    a.low, a.high = first, last  # type: ignore[assignment]
    a.end = b.end
    if a.unit is None or b.unit is not None:
        a.unit, a.per, a.known, a.noun = b.unit, b.per, b.known, b.noun
    a.scaled, a.rule = a.scaled or b.scaled, rule
    return a


def _sum(low: str, a: Quantity, b: Quantity, gap: str) -> Quantity | None:
    """`7 feet 10 inches` in inches, `20 dollars 43 cents` in dollars."""
    assert a.unit and b.unit
    if a.low is None or b.low is None or a.low != a.high or a.unit.code == b.unit.code or not SUM.match(gap):
        return None
    if a.unit.cls == "money" and b.unit.code in MINOR and a.unit.code not in MINOR and 0 < b.low < 100:
        a.low = a.high = EXACT.add(a.low, b.low.scaleb(-2, EXACT))
        a.end, a.rule = b.end, "number"
        return a
    if (
        a.unit.cls != b.unit.cls
        or a.unit.cls not in ("length", "mass", "volume")
        or not a.unit.factor
        or not b.unit.factor
    ):
        return None
    if a.unit.factor <= b.unit.factor:
        return None
    total = EXACT.add(EXACT.multiply(a.low, EXACT.divide(a.unit.factor, b.unit.factor)), b.low)
    a.low = a.high = total
    a.unit, a.end = b.unit, b.end
    return a


def dollars(unit: Unit | None) -> bool:
    """Whether a unit is money."""
    return unit is not None and unit.cls == "money"
