"""What stands around a quantity: bounds, doubt, direction, and whether a reader wants it noted."""

from __future__ import annotations

import re
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.quantity import Quantity, drop

MARKS = {"~": "~", "≈": "~", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">="}
AFTER = re.compile(
    r"\s?\+(?!\d)|[\s-](?:or|and|plus|onwards|give|ish)(?:\s(?:more|so|less|above|below|older|over|under|fewer|higher|up|better"
    r"|thereabouts|take|greater|longer|younger|lower|counting))?(?!\w)(?!\s(?:than|or|a|an|[$€£~\d]|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w))"
)
AMOUNT = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d")  # no year
PAST = re.compile(r" (?:ago|earlier|before|previously)(?!\w)")
FOLLOWS = (" or ", " and ", " plus", "-plus", " onwards", "-ish", " ish", " give ", " +", "+")
OBJECT = 6  # words of what is changed, with its verb
AGE = re.compile(r"\s?(?:,|or |and |$|\.|who|when|\)|on |in |at |by |this |last |next |before |after )")


def placed(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """Fills bound, doubt and direction from the words before and after `q`."""
    if text[q.start - 1 : q.start] != " " or text[q.start - 2 : q.start - 1] in MARKS:
        _marks(text, q)
    elif q.unit and q.unit.cls == "share" and q.low is not None and q.low < 0:
        q.change = "down"
    if text[q.end : q.end + 1] == "+" and not text[q.end + 1 : q.end + 2].isalnum():
        q.end += 1
        _sign(q, ">=")
    while q.words and q.words[-1] in lex.bound_ends:
        taken, sign = _phrase(low, q, lex)
        if not taken:
            break
        drop(low, q, taken)
        _sign(q, sign)
    if q.words[-3:] == ["plus", "or", "minus"] and q.low is not None and q.low == q.high:
        drop(low, q, 3)
        q.low, q.high, q.rule = -q.low, q.high, "range.plus-minus"
    elif q.words and q.words[-1] in ("minus", "negative") and q.low is not None and q.low == q.high:
        drop(low, q, 1)
        q.low = q.high = -q.low
    if low[q.end : q.end + 1] in " -+" and low.startswith(FOLLOWS, q.end):
        _after(low, q, lex)
    if q.words and q.change == "=" and not q.rule.startswith("range."):
        q.change = _direction(low, q, lex)


def _marks(text: str, q: Quantity) -> None:
    """`~1GW`, `>5`, `+0.2%`, `-1.3%`."""
    mark = text[q.start - 1 : q.start] if q.start else ""
    if mark == " " and text[q.start - 2 : q.start - 1] in MARKS:
        mark = text[q.start - 2 : q.start]
    if mark != " " and mark.strip() in MARKS:
        q.start -= len(mark)
        _sign(q, MARKS[mark.strip()])
        if q.words and q.words[-1] in MARKS:
            q.words = q.words[:-1]
    elif mark == "+" and not text[q.start - 2 : q.start - 1].isalnum():
        q.start -= 1
        q.change = "up"
    elif q.low is not None and q.low < 0 and q.cls == "share":
        q.change = "down"


def _phrase(low: str, q: Quantity, lex: Lexicon) -> tuple[int, str]:
    """How many of the words right before are a bound, and its sign."""
    words = q.words
    for count in lex.bound_ends[words[-1]]:
        phrase = words[-1] if count == 1 else " ".join(words[-count:])
        sign = lex.bounds.get(phrase) if count <= len(words) else None
        if q.cls == "time" and phrase.endswith("er than") and PAST.match(low, q.end):
            return 0, ""  # lower than a year ago
        if phrase == "over" and len(words) > 1 and words[-2] in lex.sets["over-to"]:
            return 0, ""  # hand over $20
        if phrase == "over" and q.cls == "time" and _during(low, q, lex):
            return 0, ""  # $4tn over 10 years
        if sign and not (phrase == "some" and q.low is not None and q.low < 3):
            return count, sign
    return 0, ""


def _during(low: str, q: Quantity, lex: Lexicon) -> bool:
    """Whether `over` says in which time, not how much more: behind a figure, and behind no verb of lasting."""
    before = low[max(0, q.start - 60) : q.start].removesuffix("over ").rstrip()
    words = before.rsplit(None, 3)
    if not words or words[-1] in lex.sets["lasting"] or PAST.match(low, q.end):
        return False
    return words[-1] in lex.sets["over-to"] or AMOUNT.search(before, max(0, len(before) - 24)) is not None


def _sign(q: Quantity, sign: str) -> None:
    if sign == "~":
        q.approx = True
    elif q.bound is None:
        q.bound = sign


def _after(low: str, q: Quantity, lex: Lexicon) -> None:
    m = AFTER.match(low, q.end)
    sign = lex.after.get(m[0].strip(" -")) if m else None
    if m and sign:
        q.end = m.end()
        _sign(q, sign)


def _direction(low: str, q: Quantity, lex: Lexicon) -> str:
    """`rose 6%`, `down by about 3p`, `grow sales by 5%`: the verb before, hedges between."""
    hedges, last = lex.sets["hedges"], q.words[-1]
    if last != "by" and last != "up" and last not in hedges:
        return lex.moves.get(last, "=")
    words = q.words[-5:]
    by = False
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        by = by or word == "by"
        if word in hedges:
            continue
        found = lex.moves.get(word, "=")
        if found == "=" and by and i and i > len(words) - 4:
            found = lex.moves.get(words[i - 1], "=")
        if word == "up" and i and words[i - 1] in lex.sets["not-up"]:
            return "="
        return _changed(low, q, lex) if found == "=" and by and not q.approx else found
    return "="


def _changed(low: str, q: Quantity, lex: Lexicon) -> str:
    """`cut its key rate by 25`: the verb before what is changed, a few words back; not `was raised by two men`."""
    words = q.words[: len(q.words) - 1 - q.words[::-1].index("by")]
    for i, word in enumerate(reversed(words[-OBJECT:])):
        if word in lex.moved:
            whose = not low.startswith(" of ", q.end)  # raised by 20% of donors
            return lex.moved[word] if whose and (i or q.cls not in ("", "count")) else "="
        if word.endswith("ed") or word in lex.sets["verbs"]:
            break
    return "="


NAMED = re.compile(r", (?:who|of|a|an|the|was|is|said|says|has|had|told|from|whose|and his|and her)\b")
YEAR_OLD = Unit("year of age", "age")


def aged(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """An age: `aged 50`, `over the age of 21`, `under the age of 5 years`, `Maria, who was 10`, `Ann Lee, 36,`."""
    words = q.words
    if q.scaled or (q.unit is not None and (not words or words[-1] != "of")):
        return  # nearly always
    top = q.high if q.high is not None else q.low
    if top is None or not 0 < top < 120:
        return
    if words[-3:] == ["the", "age", "of"] and len(words) > 3 and q.bound is None:
        q.bound = {"over": ">", "above": ">", "under": "<", "below": "<"}.get(words[-4])
    if q.unit is not None:
        if q.unit.code == "a" and words[-2:] == ["age", "of"]:
            q.unit = YEAR_OLD
        return
    near = {" ".join(words[-n:]) for n in (1, 2, 3) if len(words) >= n}
    said = near & lex.sets["age-before"]
    before = said and (AGE.match(low, q.end) or any("age" in s or s.startswith("as ") for s in said))
    if before or _apposed(text, q) or "expectancy" in words:
        q.unit = YEAR_OLD


def _apposed(text: str, q: Quantity) -> bool:
    """`Jane Roe, 36, said`: a name of two words, commas on both sides."""
    if text[q.end : q.end + 1] != "," or text[q.start - 2 : q.start] != ", " or q.kind != "digits":
        return False
    names = text[max(0, q.start - 40) : q.start - 2].split()[-2:]
    if names and names[-1][0].isupper() and NAMED.match(text, q.end) and names[-1].isalpha():
        return True
    return len(names) == 2 and all(
        n[0].isupper() and n.replace("’", "").replace("-", "").isalpha() for n in names
    )


def settle(q: Quantity) -> None:
    """Opens the side that a bound leaves open; gives one word for the change."""
    if q.high is None and q.low is not None and q.bound is None:
        q.bound = ">="
    if q.bound in (">", ">=") and q.low == q.high:
        q.high = None
    elif q.bound in ("<", "<=") and q.low == q.high:
        q.low = None
    if q.bound:
        q.change = q.bound[0]
    elif (q.approx and q.change == "=") or (q.damaged and q.low != q.high):
        q.change = "~"


SMALL, MILLION = Decimal(100), Decimal(1_000_000)
KILLING = frozenset(
    "killed kills killing injured injuring wounded wounding drowned displaced displacing".split()
)
NAMED_BY = re.compile(r"(?<=[bt])[ -](?:models?|versions?|variants?|checkpoints?|releases?|and |or )")
# the dead and hurt of an event are what it is told for, however few
TOLL = re.compile(
    r" (?:(?:have|has|had|were|was|are|is|be|been|being|who|also|others?|more|people|of them) ){0,3}"
    r"(?:killed|dead|died|dying|injured|wounded|hurt|missing|drowned|hospitali[sz]ed|displaced|lost their lives)\b"
)
DEADLINE = ("<", "<=")


def _toll(low: str, q: Quantity) -> bool:
    """Whether so many were killed or hurt: `35 people died`, `killed 35`."""
    return q.word in KILLING or TOLL.match(low, q.end) is not None


def _weighs(low: str, q: Quantity) -> bool:
    """Whether a bare number is a toll or runs to millions; `a 70B model` is named by its."""
    if _toll(low, q):
        return True
    return q.scaled and q.low is not None and q.low >= MILLION and not NAMED_BY.match(low, q.end)


def key(low: str, q: Quantity) -> bool:
    """Whether a reader wants a note on it: money, shares, measures, large counts, tolls, deadlines.

    Tested on the five seeds only; small counts, ages and spans of time
    without a bound are part of the telling.
    """
    if q.unit is None or q.kind == "article":
        return q.kind in ("digits", "words") and q.rule == "number" and _weighs(low, q)
    cls = q.unit.cls
    if cls == "time":
        return q.bound in DEADLINE
    if cls in ("age", "name", "angle", "sport", "multiple"):
        return False
    if cls == "count":
        top = q.high if q.high is not None else q.low
        return top is not None and (abs(top) >= SMALL or _toll(low, q))
    return True
