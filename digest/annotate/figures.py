"""Numbers that say something, with value and unit, and what they measure."""

from __future__ import annotations

from decimal import Decimal

from digest.annotate.numbers.context import aged, key, placed, settle
from digest.annotate.numbers.inherit import inherited, named_before
from digest.annotate.numbers.lexicon import Lexicon, lexicon
from digest.annotate.numbers.numerals import numerals
from digest.annotate.numbers.passes import Passes
from digest.annotate.numbers.quantity import Quantity, look_back
from digest.annotate.numbers.ranges import joined
from digest.annotate.numbers.status import Sayings
from digest.annotate.numbers.subject import subject, when
from digest.annotate.numbers.tokens import Plain, lowered, tokens
from digest.annotate.numbers.traps import YEARLY, empty, named, year
from digest.annotate.numbers.units import measured
from digest.bag import bag
from digest.model import ClaimStatus, Figure, PartName, Reading
from digest.plain import SHORT, plain_words
from digest.rules import Rules

AGAIN = (" (", "(", " (about ", ", or ", " or ")  # what follows says the same in another unit
LARGEST = 400  # digits of a value we print; beyond it a number is a curiosity


def figures(reading: Reading, rules: Rules) -> list[Figure]:
    """Figures in the text, left to right, never overlapping.

    `low` and `high` are exact decimals in whole units (`$5.6mn` is 5600000
    USD); an open end is None. A movement `from A to B` keeps its order.
    """
    lex = rules.once(lexicon)
    text = reading.text
    low = lowered(text)
    can = Passes(low, lex, plain_words(text) if len(text) <= SHORT else bag(text).words)
    seen = tokens(low, lex, can.numbers())
    out: list[Figure] = []
    if not seen:
        return out
    found: list[Quantity] = []
    for q in joined(low, _quantities(text, low, seen, lex), lex):
        placed(text, low, q, lex)
        if not empty(text, low, q, lex) and _printable(q):
            aged(text, low, q, lex)
            found.append(q)
    if not found:
        return out
    inherited(low, found, lex)
    cues = can.cues()
    sayings = Sayings(text, low, lex, cues) if cues != [] else None
    end, same = 0, None
    for q in found:
        wanted = key(low, q)  # before an open bound takes one of its ends away
        if q.start < end:
            q.start = end
        settle(q)
        status: ClaimStatus = sayings.of(q.start, q.end) if sayings else "fact"
        dated = when(text, low, q, lex) if wanted and can.times() else None
        same = same if end and text[end : q.start] in AGAIN else subject(text, low, q, lex, wanted)
        out.append(_figure(text, q, reading.part, same, status, dated, wanted))
        end = q.end
    return out


def _quantities(text: str, low: str, seen: list[Plain], lex: Lexicon) -> list[Quantity]:
    """Measured numerals that are no part of a name, never overlapping."""
    out: list[Quantity] = []
    skipped, end = -1, 0
    for q in numerals(low, seen, lex):
        if q.start < end:
            continue
        if named(text, low, q, skipped, lex):
            skipped = q.end
            continue
        measured(text, low, q, lex)
        if q.start < end:
            q.start = end
        look_back(low, q)
        if q.unit is None and q.words:
            named_before(text, low, q, lex)
        if q.words and q.words[-1] in YEARLY and year(q, text):
            continue
        end = q.end
        out.append(q)
    return out


def _printable(q: Quantity) -> bool:
    low, high = q.low, q.high
    if low is not None and not -LARGEST < low.adjusted() < LARGEST:
        return False
    return high is None or high is low or -LARGEST < high.adjusted() < LARGEST


def _figure(
    text: str,
    q: Quantity,
    part: PartName,
    subject: str | None,
    status: ClaimStatus,
    when: str | None,
    noted: bool,
) -> Figure:
    low = _plain(q.low)
    return Figure._make(
        (
            q.start,
            q.end,
            text[q.start : q.end],
            low,
            low if q.high is q.low else _plain(q.high),
            f"figure.{q.rule}",
            part,
            q.unit.code if q.unit else None,
            q.per,
            q.change,
            q.approx,
            q.bound,
            subject,
            None,  # who claims it is seen later
            status,
            when,
            noted,
            q.damaged,
            "low" if q.damaged and q.low != q.high else "medium" if q.guessed or q.damaged else "high",
            "",
            "",
        )
    )


def _plain(value: Decimal | None) -> str | None:
    """A decimal without exponent and without idle noughts: `5600000`, `0.014`."""
    if value is None:
        return None
    shown = str(value)
    if "E" in shown:
        shown = format(value, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
