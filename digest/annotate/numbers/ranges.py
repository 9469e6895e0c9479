"""Two quantities that are one: `between $60 and $65 billion`, `5-10W`, `7 feet 10 inches`."""

from __future__ import annotations

import re
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.nouns import singular
from digest.annotate.numbers.quantity import Quantity, drop
from digest.annotate.numbers.tokens import EXACT, divided

HEDGE = r"(?:about\s|around\s|some\s|nearly\s|almost\s|roughly\s|over\s|as much as\s|~\s?)?"
TO = re.compile(
    r"(?:\s(?:in|on|at|last|by)\s[\w.]+(?:\s\d{1,4})?(?:\slast night)?)?,?\s(?:up\s|down\s)?(?:to|through|till|until)\s"
    + HEDGE
    + r"$|\s?[-–—]\s?(?:about\s|~\s?)?$|-to-$"
)
TOWARDS = ("-", "to", "–", "—", "thr", "til")  # one of these is in whatever TO finds
MEASURED = re.compile(r",? (?:from|away|off|wide|long|high|tall|deep|apart|above|below|by|across)\b")
DASHES = ("-", "–", "—")
AND = re.compile(r"\sand\s" + HEDGE + "$")
PLUS_MINUS = re.compile(r"\s?(?:±|\+/-|\+-)\s?$")
SUM = re.compile(r",?\s(?:and\s)?$|-?$")
OUT_OF = re.compile(r"\s(?:out\sof|in)\s(?:every\s)?$|-(?:in|out-of)-$")
SOME = (
    "some",
    "about",
    "around",
    "roughly",
    "approximately",
    "of",
    "estimated",
    "between",
)  # not `fell 700,000 to 65 million`
TENS = (10, 100)
PLAYED = ("scored", "won", "lost", "drawn", "made", "played", "missed", "conceded")
MINOR = {"cent", "penny", "sen", "kopiyka", "paisa", "centavo", "dime"}
AGED = ("aged", "ages")
LEADS = ("from", "between")
ADDED = ("length", "mass", "volume")
REACH = 48


def joined(low: str, found: list[Quantity], lex: Lexicon) -> list[Quantity]:
    """The quantities with ranges and sums made one, in order."""
    if len(found) < 2:
        return found
    out: list[Quantity] = []
    for q in found:
        if out and q.start - out[-1].end <= REACH and (one := _one(low, out[-1], q, lex)):
            out[-1] = one
        else:
            out.append(q)
    return out


def _one(low: str, a: Quantity, b: Quantity, lex: Lexicon) -> Quantity | None:
    if a.rule not in ("number", "sum"):
        return None
    gap = low[a.end : b.start]
    if "\n" in gap or a.low is None or b.low is None:
        return None
    if a.known and len(gap) <= 6 and (total := _sum(low, a, b, gap)):
        return total
    if len(gap) <= 5 and PLUS_MINUS.match(gap):
        return _ends(a, b, EXACT.subtract(a.low, b.low), EXACT.add(a.low, b.low), "range.plus-minus")
    if a.unit is None and len(gap) <= 14 and OUT_OF.match(gap) and (part := _part(low, a, b, gap, lex)):
        return part
    to, both = any([sign in gap for sign in TOWARDS]), "and" in gap
    if (to or both) and a.words and (one := _ages(a, b, gap)):
        return one
    count = _lead(a, lex) if to or both else 0
    lead = a.words[-count] if count else ""
    if (to and TO.match(gap)) or (lead and both and AND.match(gap)):
        return _range(low, a, b, gap, lead, count)
    return None


def _ages(a: Quantity, b: Quantity, gap: str) -> Quantity | None:
    """`aged 18 to 65`, `ages 5-11`, `between the ages of 25 and 34`; what they are is told by the words before."""
    said = a.word in AGED or (a.word == "of" and a.words[-2:-1] == ["ages"])
    if not said or a.unit is not None or b.cls not in ("", "time") or b.currency_first:
        return None
    both = "between" in a.words[-4:] and AND.match(gap)
    return _ends(a, b, a.low, b.low, "range") if a.low and b.low and (both or TO.match(gap)) else None


def _lead(a: Quantity, lex: Lexicon) -> int:
    """How many words back `from` or `between` begins a range; 0 if none does."""
    for back in range(1, min(4, len(a.words)) + 1):
        word = a.words[-back]
        if word in LEADS:
            return back
        if lex.bounds.get(word) != "~" and word not in ("a", "an", "the"):
            return 0
    return 0


def _range(low: str, a: Quantity, b: Quantity, gap: str, lead: str, count: int) -> Quantity | None:
    """`a` to `b` as one, scale and unit carried back to `a`."""
    if a.currency_first and gap in DASHES and _millions(low, b):
        b.low = b.mantissa.scaleb(6, EXACT)
        b.high, b.scaled, b.unit, b.known = b.low, True, None, False
    if gap in DASHES and b.scaled and _metres(low, a) and low[b.end - 1 : b.end].isalpha():
        a.low, a.scaled, a.unit, a.known = a.mantissa.scaleb(6, EXACT), True, b.unit, b.known  # 1.5m-2m units
        a.high = a.low
    first, last = a.low, b.low
    if first is None or last is None or not _compatible(a, b, lead or gap.strip()):
        return None
    if b.scaled and not a.scaled and a.kind != "fraction":
        if abs(a.mantissa) <= abs(b.mantissa) and b.mantissa and b.kind != "vague":
            first = EXACT.multiply(first, EXACT.divide(last, b.mantissa))
        elif (
            not lead
            and a.unit is None
            and not (a.word in SOME and first < last and a.mantissa >= 1000 > b.mantissa)
        ):
            return None
    if (
        lead
        and a.unit is None
        and b.unit is None
        and first > last
        and not b.scaled
        and gap.strip() in ("-", "–")
    ):
        return None  # from a 16-10 deficit
    if not lead and not _stands_alone(low, a, b, first, last, gap):
        return None
    out = _ends(a, b, first, last, "range.between" if lead == "between" else "range")
    if lead:
        if count > 1:
            out.approx = True
        drop(low, out, count)
        out.rule = f"range.{lead}"
    if "~" in gap or "about" in gap or "around" in gap:
        out.approx = True
    return out


def _millions(low: str, b: Quantity) -> bool:
    """Whether `25m` behind `£20-` says metres: it is millions of what stands before."""
    return _metres(low, b) and not MEASURED.match(low, b.end)


def _metres(low: str, q: Quantity) -> bool:
    """Whether a lone `m` glued to digits was read as metres."""
    return q.unit is not None and q.unit.code == "m" and low[q.end - 2 : q.end - 1].isdigit()


def _stands_alone(low: str, a: Quantity, b: Quantity, first: Decimal, last: Decimal, gap: str) -> bool:
    """Whether `a to b` or `a-b` without `from` is a range and not a score, a season, a change."""
    if first >= last:
        return False
    dash = gap.strip()[:1] in ("-", "–", "—") and bool(gap.strip())
    bare = a.unit is None and b.unit is None
    if dash:
        return not (bare and not b.scaled and a.kind != "words" and len(low) > 14) or a.approx
    if bare and not b.scaled:
        return gap.strip() in ("to", "-to-") and len(low) <= 14
    moved = a.change != "=" or any(
        w in ("by", "up", "down", "gained", "rose", "fell", "lost", "added") for w in a.words[-1:]
    )
    return not (moved and a.unit is not None)


def _compatible(a: Quantity, b: Quantity, lead: str) -> bool:
    """Whether the first end has the second's unit or none of its own; `lead` may be the dash between them."""
    if a.unit is None:  # shrank by half to $6m: a share and a level
        return not (a.kind == "fraction" and b.currency_first)
    if b.unit is None:
        if lead in DASHES:  # `$300-350bn`
            return a.currency_first and not (a.scaled and not b.scaled)
        return a.currency_first and lead in LEADS and b.low is not None and b.low > 100
    return a.unit.code == b.unit.code and (a.per == b.per or None in (a.per, b.per))


def _ends(a: Quantity, b: Quantity, first: Decimal, last: Decimal, rule: str) -> Quantity:
    a.low, a.high, a.end, a.rule = first, last, b.end, rule
    if a.unit is None or b.unit is not None:
        a.unit, a.per, a.known, a.noun = b.unit, b.per or a.per, b.known, b.noun
    a.scaled = a.scaled or b.scaled
    return a


def _part(low: str, a: Quantity, b: Quantity, gap: str, lex: Lexicon) -> Quantity | None:
    """`two out of three`: a share of one, of what `b` counts; `12 out of 10` stays two numbers."""
    if not a.low or not b.low or not 0 < a.low < b.low or (b.unit and b.known) or b.scaled:
        return None
    played = a.word in PLAYED or b.noun in ("game", "match", "start")
    whole = a.kind == "words" and b.low in TENS and not played  # six in 10
    if (
        " in " in gap.replace("-", " ") and not (a.kind == b.kind == "words" or a.low == 1 or whole)
    ) or "." in str(a.low):
        return None
    if " in " in gap.replace("-", " ") and (
        b.low > 1000 or (a.kind == "digits" and b.unit is None and b.low > 31 and len(low) > 40)
    ):
        return None
    a.low = a.high = divided(a.low, b.low)
    a.end, a.rule = b.end, "share"
    a.noun = singular(b.noun, lex) if b.noun else None
    a.unit = None
    return a


def _sum(low: str, a: Quantity, b: Quantity, gap: str) -> Quantity | None:
    """`7 feet 10 inches` in inches, `20 dollars 43 cents` and `20 dollars 43` in dollars."""
    if not a.unit or a.low is None or b.low is None or a.low != a.high or not SUM.match(gap):
        return None
    if a.unit.cls == "money":
        cents = b.unit is not None and b.unit.code in MINOR
        bare = (
            b.unit is None
            and not b.scaled
            and not a.currency_first
            and gap in (" ", " and ")
            and low[b.end : b.end + 1] in ("", ".", " ", ",")
        )
        if (
            "," in gap
            or a.unit.code in MINOR
            or not (cents or bare)
            or not 0 < b.low < 100
            or "." in str(b.low)
        ):
            return None
        a.low = a.high = EXACT.add(a.low, b.low.scaleb(-2, EXACT))
        a.end, a.rule = b.end, "sum"
        return a
    if not b.unit or a.unit.cls != b.unit.cls or a.unit.cls not in ADDED:
        return None
    if not a.unit.factor or not b.unit.factor or a.unit.factor <= b.unit.factor:
        return None
    total = EXACT.add(EXACT.multiply(a.low, EXACT.divide(a.unit.factor, b.unit.factor)), b.low)
    a.low = a.high = total
    a.unit, a.end, a.rule = b.unit, b.end, "sum"
    return a
