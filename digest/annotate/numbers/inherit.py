"""What a bare number counts when the sentence has said it already: `435 homes … and 187`, `8 or $9`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.quantity import Quantity, drop, start_of

FORWARD = re.compile(r"-?\s(?:or|and|of the|of|to)\s$|,\s$|-?,\s(?:or|and)\s$")
STOP = re.compile(r"[.;!?](?:\s|$)|\n")
EQUIVALENT = re.compile(r"\s?\($")
ALSO = re.compile(r",?\sor\s$")
NEXT = re.compile(r"\s([^\W\d_]+)")
SAME_BASE = re.compile(
    r"\sfor\s(?:an?|the)\s(?:similar|same|equal|equivalent|comparable)\s"
    r"(?:output|amount|number|quantity|volume|sum|work|job|service)\b"
)
# names of currencies that stand before numbers as plain words, too: `won 11 games`, `weighed pounds 5`
COMMON = frozenset("pound pounds won real mark marks crown crowns sum rand".split())
NEAR = 90  # characters between the two: half a sentence
CARRIED = ("count", "money", "economy", "mass", "length", "people")


def named_before(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """Gives a bare number the unit that its own words name first: `ringgit 42`, `a day or two`."""
    words = q.words
    if q.unit is not None or not words:
        return
    if words[-1] == "or" and len(words) > 2 and words[-3] in ("a", "an", "another") and q.low == 2:
        noun = words[-2]
        q.unit = lex.lone_units.get(noun) or Unit(noun, "count")
        q.noun = noun if q.unit.cls == "count" else None
    elif _money_first(text, low, q, lex):
        q.unit, q.known = lex.names[words[-1]], True
        drop(low, q, 1)


def _money_first(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """A currency's name right before a bare number; `Euro 96` is a name, `50 euros 10` has its number."""
    words = q.words
    unit = lex.names.get(words[-1])
    if unit is None or unit.cls != "money" or words[-1] in COMMON:
        return False
    if len(words) > 1 and (words[-2][0].isdigit() or words[-2] in lex.words):
        return False
    return q.scaled or "," in text[q.start : q.end] or text[start_of(low, q)].islower()


def inherited(low: str, found: Sequence[Quantity], lex: Lexicon) -> None:
    """Gives bare numbers the unit of the one next to them, and echoes their bound or direction."""
    if len(found) == 1:
        return
    for i, q in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if q.unit is None and after and after.unit and _ahead(low, q, after):
            q.unit, q.per, q.guessed = after.unit, q.per or after.per, True
        elif q.unit is None and before and before.unit and _behind(low, before, q, lex):
            q.unit, q.noun, q.guessed = before.unit, before.noun, True
            q.per = q.per or (before.per if before.cls == "economy" else None)
        if before:
            _echo(low, before, q)
        if (
            q.per is None
            and low.startswith("for", q.end + 1)
            and q.cls == "money"
            and SAME_BASE.match(low, q.end)
        ):
            q.per = _base_before(low, found[max(0, i - 6) : i], q)
            q.guessed = q.guessed or q.per is not None


def _base_before(low: str, before: Sequence[Quantity], q: Quantity) -> str | None:
    """The base of the price before in the paragraph, which `for a similar output` takes up again."""
    for p in reversed(before):
        if "\n" in low[p.end : q.start]:
            return None
        if p.cls in ("money", "economy") and p.per:
            return p.per
    return None


def _ahead(low: str, q: Quantity, after: Quantity) -> bool:
    """`8 or $9`, `7- or 8-inch`, `280 million of the 1.5 billion shekels`."""
    return (
        bool(FORWARD.match(low, q.end, after.start))
        and after.rule == "number"
        and q.kind != "fraction"
        and q.rule != "share"
    )


def _behind(low: str, before: Quantity, q: Quantity, lex: Lexicon) -> bool:
    """`187 by tender` after `435 homes`: same sentence, a joint word right before the number."""
    if before.cls not in CARRIED or q.start - before.end > NEAR or q.kind not in ("digits", "words"):
        return False
    if STOP.search(low, before.end, q.start) or q.word not in lex.sets["same-again"]:
        return False
    follows = NEXT.match(low, q.end)
    if follows and follows[1] not in lex.sets["stops"] and not follows[1].endswith(("ed", "ly")):
        return False
    return before.cls == "count" or q.rule == "number"


def _echo(low: str, before: Quantity, q: Quantity) -> None:
    """`up 17 points, or 0.2%` and `over 100 km (60 miles)` say one thing twice."""
    if q.start - before.end > len(", or  "):
        return
    if ALSO.match(low, before.end, q.start) and before.change in ("up", "down") and q.change == "=":
        q.change = before.change
    if not EQUIVALENT.match(low, before.end, q.start):
        return
    if q.cls == "money" and before.unit and before.unit.code == "[lb_av]":
        before.unit = Unit("GBP", "money")  # 600 pounds ($985)
    if before.cls == q.cls and q.cls not in ("money", "count", ""):
        q.bound, q.approx = q.bound or before.bound, q.approx or before.approx
        if q.change == "=" and before.change in ("up", "down"):
            q.change = before.change
