"""What stands around a quantity: bounds, doubt, direction, and whether a reader wants it noted."""

from __future__ import annotations

import re
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.units import Quantity

WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[~≈<>≤≥±]=?|[.;:!?]")
MARKS = {"~": "~", "≈": "~", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">="}
AFTER = re.compile(
    r"\s?\+(?!\d)|[\s-](?:or|and|plus|onwards|give|ish)(?:\s(?:more|so|less|above|below|older|over|under|fewer|higher|up|better|thereabouts|take|greater|longer|younger|lower|counting))?(?!\w)"
)


def placed(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """Fills bound, doubt and direction from the words before and after `q`."""
    _marks(text, q)
    words = _before(low, q.start)
    start = q.start
    while words:
        taken, sign = _phrase([w for w, _ in words], lex)
        if not taken:
            break
        start = words[-taken][1]
        _sign(q, sign)
        words = words[:-taken]
    q.start = min(q.start, start)
    _after(low, q, lex)
    _direction([w for w, _ in words], q, lex)


def _marks(text: str, q: Quantity) -> None:
    """`~1GW`, `>5`, `+0.2%` and the plus after `2GW+`."""
    mark = text[q.start - 1 : q.start]
    if mark == " " and text[q.start - 2 : q.start - 1] in MARKS:
        mark = text[q.start - 2 : q.start]
    if mark.strip() in MARKS and mark.strip():
        sign = MARKS[mark.strip()]
        q.start -= len(mark)
        _sign(q, sign)
    elif mark == "+" and not text[q.start - 2 : q.start - 1].isalnum():
        q.start -= 1
        q.change = "up"
    if text[q.end : q.end + 1] == "+" and not text[q.end + 1 : q.end + 2].isalnum():
        q.end += 1
        _sign(q, ">=")


def _before(low: str, at: int) -> list[tuple[str, int]]:
    """The last words before `at`, within the sentence."""
    base = max(0, at - 48)
    out = [(m[0], m.start()) for m in WORDS.finditer(low, base, at)]
    if base and out and low[base].isalpha():
        out = out[1:]
    tail = low[out[-1][1] + len(out[-1][0]) : at] if out else ""
    if tail.strip(' \u00a0\n($“"') != "":
        return []
    for i in range(len(out) - 1, -1, -1):
        if out[i][0] in ".;:!?":
            return out[i + 1 :]
    return out


def _phrase(words: list[str], lex: Lexicon) -> tuple[int, str]:
    """How many of the last words are a bound, and its sign."""
    for count in range(min(5, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        sign = lex.bounds.get(phrase)
        if sign and phrase not in ("near", "some", "passed", "beyond", "minimum"):
            return count, sign
        if sign and phrase == "some":
            return count, sign
    return 0, ""


def _sign(q: Quantity, sign: str) -> None:
    if sign == "~":
        q.approx = True
    elif q.bound is None:
        q.bound = sign


def _after(low: str, q: Quantity, lex: Lexicon) -> None:
    m = AFTER.match(low, q.end)
    if not m:
        return
    phrase = m[0].strip(" -")
    if phrase == "+":
        return
    sign = lex.after.get(phrase)
    if sign:
        q.end = m.end()
        _sign(q, sign)


def _direction(words: list[str], q: Quantity, lex: Lexicon) -> None:
    """`rose 6%`, `down by about 3p`: the verb right before, hedges between."""
    if q.change != "=" or q.rule.startswith("range"):
        return
    for word in reversed(words[-4:]):
        if word in lex.sets["hedges"]:
            continue
        q.change = lex.moves.get(word, "=")
        return


def settle(q: Quantity) -> None:
    """Opens the side that a bound leaves open; gives one word for the change."""
    if q.bound in (">", ">=") and q.low == q.high:
        q.high = None
    elif q.bound in ("<", "<=") and q.low == q.high:
        q.low = None
    if q.bound:
        q.change = q.bound[0]
    elif q.approx or (q.damaged and q.low != q.high):
        q.change = "~"


SMALL = Decimal(100)
DEADLINE = ("<", "<=")


def key(q: Quantity) -> bool:
    """Whether a reader wants a note on it: money, shares, measures, large counts, deadlines.

    Tested on the five seeds only; small counts, ages and spans of time
    without a bound are part of the telling.
    """
    if q.unit is None:
        return False
    cls = q.unit.cls
    if cls == "time":
        return q.bound in DEADLINE
    if cls in ("age", "name", "angle", "sport", "multiple"):
        return False
    if cls == "count":
        top = q.high if q.high is not None else q.low
        return top is not None and abs(top) >= SMALL
    return True
