"""Signs and codes of currencies around a number: `US$5`, `RM79`, `-$3`, `$31 US`, `75 USD million`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.quantity import Quantity
from digest.annotate.numbers.tokens import EXACT

SIGNS = frozenset("$€£¥₹₩₦₪฿₫₭₮₱₲₴₵₸₺₼₽₾₿৳￥￡￦＄﹩₨¢")
LONGEST = 7  # `U.S. $`
WORDY = frozenset(
    (
        "ALL",
        "TOP",
        "TRY",
        "CUP",
        "PEN",
        "SOS",
        "RON",
        "GEL",
        "BAM",
        "MOP",
        "DOP",
        "LE",
        "PS",
        "Fr",
        "kn",
        "Ft",
        "Dh",
        "ARS",
    )
)  # words, too
CENTS = re.compile(r"\.\d\d$")


def signed(text: str, q: Quantity, lex: Lexicon) -> None:
    """Takes a minus and a currency before the number into `q`."""
    start = q.start
    before = text[start - 1 : start]
    at = start - 1 if before in " \u00a0" else start  # where a currency would end
    two = text[at - 2 : at] if at > 2 else text[:at]
    if not (two in lex.before_ends or two[-1:] in lex.before_ends or before in "-−"):
        return  # nearly always
    start = _minus(text, q, start)
    head = text[max(0, start - LONGEST - 1) : start]
    bare = head.rstrip(" \u00a0")
    if bare and len(head) - len(bare) <= 1 and (found := _currency(bare, head != bare, lex)):
        code, length = found
        if length == 1 and bare[-1].isalpha() and not _initial(text, q):
            return
        start -= len(head) - len(bare) + length
        q.unit, q.known, q.currency_first = Unit(code, "money"), True, True
        start = _minus(text, q, start)
    q.start = start


def _minus(text: str, q: Quantity, start: int) -> int:
    if start and text[start - 1] in "-−" and (start == 1 or text[start - 2] in ' (\n\t"“$'):
        q.low = -q.low if q.low is not None else None
        q.high = -q.high if q.high is not None else None
        q.mantissa = -q.mantissa
        return start - 1
    return start


def _currency(bare: str, spaced: bool, lex: Lexicon) -> tuple[str, int] | None:
    """The currency that the text before a number ends in, and how long its sign is."""
    if bare[-1] in SIGNS or bare.endswith("Y="):
        for length in range(min(LONGEST, len(bare)), 0, -1):
            sign = bare[-length:]
            whole = length == len(bare) or not (sign[0].isalpha() and bare[-length - 1].isalnum())
            if sign in lex.before and whole:
                return lex.before[sign], length
        return None
    word = bare.rpartition(" ")[2].lstrip("(“\"'‘[")
    if word not in lex.before:
        return None
    if spaced and (len(word) < 2 or word in WORDY):
        return None
    return (lex.before[word], len(word)) if len(word) < len(bare) or len(bare) <= LONGEST else None


def _initial(text: str, q: Quantity) -> bool:
    """Whether one letter before digits can be a currency: `R1,200`, `R18.50`, not the model R1."""
    digits = text[q.start : q.end]
    tail = text[q.end : q.end + 8]
    return (
        "," in digits or bool(CENTS.search(digits)) or tail.startswith((" million", " billion", "m ", "bn"))
    )


def glued_before(text: str, at: int, lex: Lexicon) -> bool:
    """Whether letters glued to digits are a currency: `USD34`, `RM79`, not `R1`."""
    i = at
    while i and text[i - 1].isalpha() and at - i < 5:
        i -= 1
    word = text[i:at]
    if i and text[i - 1] in SIGNS and text[i - 1 : at] in lex.before:
        return True
    if len(word) == 1 and word in lex.before:
        return "," in text[at : at + 6] or text[at : at + 16].rstrip(".").endswith(("million", "billion"))
    return word in lex.before and (i == 0 or not (text[i - 1].isalnum() or text[i - 1] in "-_"))


def repeated(text: str, q: Quantity, words: Sequence[tuple[str, int, int]], lex: Lexicon) -> None:
    """A currency that is named again after its sign: `$31.20 US`, `$5 dollars`, `$5 USD`."""
    if text[q.end : q.end + 5] in (" U.S.", " u.s."):
        q.end += 5
        return
    for count in (3, 2, 1):
        if count > len(words):
            continue
        end = words[count - 1][2]
        shown = text[words[0][1] : end]
        unit = lex.names.get(" ".join(w for w, _, _ in words[:count]))
        if unit and unit.cls == "money":
            q.unit, q.end = unit, end
            return
        if count == 1 and (shown == "US" or (shown in lex.before and len(shown) == 3)):
            q.unit = Unit(lex.before.get(shown, q.unit.code if q.unit else "USD"), "money")
            q.end = end
            return


def scale_after(low: str, q: Quantity, lex: Lexicon) -> None:
    """A scale word after the currency: `75 USD million`."""
    if q.scaled or q.currency_first or low[q.end : q.end + 1] != " ":
        return
    word = low[q.end + 1 : q.end + 12].split(" ")[0].rstrip(".,;")
    kind, value = lex.words.get(word, ("", Decimal(1)))
    if kind == "S" and not word.endswith("s"):
        q.low = None if q.low is None else EXACT.multiply(q.low, value)
        q.high = None if q.high is None else EXACT.multiply(q.high, value)
        q.scaled, q.end = True, q.end + 1 + len(word)
