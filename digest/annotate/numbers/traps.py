"""What looks like a figure and is none: names, dates, clock times, scores, labels, idioms."""

from __future__ import annotations

import re

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.money import glued_before
from digest.annotate.numbers.quantity import Quantity, start_of
from digest.annotate.numbers.units import GLUED, SQUARE

TAIL = re.compile(r"[\s-]?([^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?)")
NEXT = re.compile(r"[ \u00a0]([^\W\d_][\w’'-]*)(?:[ \u00a0]([^\W\d_][\w’'-]*))?")
YEAR = re.compile(r"1\d{3}|20\d{2}|21[0-4]\d")
MODERN = re.compile(r"19\d{2}|20[0-4]\d")
YEARLY = frozenset("in since during by until late early mid".split())  # words before a year
YEARS = re.compile(r"[-–/](?:\d{4}|\d{2})(?!\d)")
# 3-1, 24-21; a unit or scale after it makes it a range
SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?!\d|[-–]|\.\d|\s?[a-zA-Z%$€£°]|,\d)"
    r"|\d{1,3}[-–]\d{1,3}\s(?:up|down|at|in|to|on|lead|win|loss|victory|defeat|draw|against|over|and|record|after|with|by|for|odds)\b"
)
THREE_FOR = re.compile(r"-for-\d")  # 3-for-3: a batter's day
AGES = ("aged ", "ages ", "Aged ", "Ages ")  # 5-11
SCALED = re.compile(r"\d(?:m|k|bn|mn|tn|M|K)[-–]$")  # 1.5m-2m
PHONE = re.compile(r"[-–]\d+[-–/]\d")
ALNUM = re.compile(r"[^\W_]+")


def named(text: str, low: str, q: Quantity, skipped_to: int, lex: Lexicon) -> bool:
    """Whether a numeral is part of a name, code, date or time by what touches it.

    `skipped_to` is where the last such name ended: `72B` of `Qwen2.5-72B`
    hangs on `2.5`, which is one.
    """
    if q.kind == "vague":
        return False
    start = q.start
    first = text[start]
    if first.isdigit() or first == ".":
        before = text[start - 1] if start else " "
        if before not in " ($€£\n" and _hangs(text, q, before, skipped_to, lex):
            return True
    elif first.isalpha() and text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha():
        return True
    if low[start : start + 2] in lex.idiom_starts and lex.idiom.match(low, start):
        return True
    c = text[q.end : q.end + 1]
    return c not in " %" and _tail_names(text, low, q, c, lex)


def _hangs(text: str, q: Quantity, before: str, skipped_to: int, lex: Lexicon) -> bool:
    """Whether digits hang on what stands right before them: `R1`, `GPT-4`, `1.2.3`, `’25`, `#7`."""
    before2 = text[q.start - 2] if q.start > 1 else " "
    if before.isalpha():
        return not glued_before(text, q.start, lex)
    if before in "-–/":
        link = text[max(0, q.start - 4) : q.start]
        if link == "-to-" or (link == "-in-" and q.low is not None and q.low > 2):  # 1-in-4, but not 3-in-1
            return False
        if before2.isalpha() and SCALED.search(text, max(0, q.start - 8), q.start):
            return False
        return before2.isalpha() or q.start - 1 == skipped_to
    if before in ".:,":
        return before2.isdigit()
    if before in "'’‘":
        return not before2.isalnum() and q.end - q.start == 2
    return before in "_#@&=^\\" and text[max(0, q.start - 2) : q.start] != "Y="


def _tail_names(text: str, low: str, q: Quantity, c: str, lex: Lexicon) -> bool:
    """Times, scores, versions and ordinals by what follows the numeral, `c` first."""
    d = text[q.end + 1 : q.end + 2]
    if not text[q.end - 1].isdigit():
        return False
    if c in ":." and d.isdigit():
        return True
    if c == "," and d.isdigit() and "," in text[q.start : q.end]:
        return True
    if c.isalpha():
        return _glued_name(text, low, q, c, d, lex)
    if c in "’'" and d == "s":
        return True
    if c in "_@" or (c == "=" and d != "="):
        return True
    if c in "-–":
        return _dashed(text, q, d)
    return False


def _dashed(text: str, q: Quantity, d: str) -> bool:
    """A score, a span of years, a code: `3-1`, `2014-15`, `0-`."""
    if THREE_FOR.match(text, q.end) or PHONE.match(text, q.end):
        return True
    if text.startswith(AGES, q.start - 5):
        return False
    if SCORE.match(text, q.start) and text[q.start - 1 : q.start] in (" ", "(", "") and len(text) > 12:
        return True
    return bool(YEARS.match(text, q.end) and YEAR.fullmatch(text[q.start : q.end]))


def _glued_name(text: str, low: str, q: Quantity, c: str, d: str, lex: Lexicon) -> bool:
    """Whether letters glued after digits are neither scale nor unit: `3rd`, `49ers`, `1990s`, `13F`."""
    if low[q.end : q.end + 2] in ("st", "nd", "rd", "th") and not low[q.end + 2 : q.end + 3].isalpha():
        return True
    if c == "s" and not d.isalpha():
        return True
    glued = GLUED.match(text, q.end)
    if not glued:
        return True
    word = glued[0]
    if word in ("B", "T") and text[q.end + 1 : q.end + 2] == " " and text[q.end + 2 : q.end + 3].isupper():
        return "." not in text[q.first : q.last]  # 221B Baker Street
    if word == "x" and text[q.end + 1 : q.end + 2] == " " and text[q.end + 2 : q.end + 3].isupper():
        return True  # 10x Genomics
    if text[glued.end() : glued.end() + 1].isalnum():
        whole = ALNUM.match(text, q.end)
        word = whole[0] if whole else word
        return word.lower() not in lex.names and word not in lex.symbols
    if word in ("am", "pm", "AM", "PM", "F", "a"):
        return True
    return not _readable(word.partition("/")[0], lex) and not text.startswith(SQUARE, q.end)


def _readable(word: str, lex: Lexicon) -> bool:
    """A unit, a scale, a currency, or a scale and one of these."""
    if word in lex.symbols or word in lex.short or word.lower() in lex.names or word in lex.before:
        return True
    return any(
        word.startswith(s) and (word[len(s) :] in lex.before or word[len(s) :] in lex.symbols)
        for s in lex.short
    )


def year(q: Quantity, text: str) -> bool:
    """Whether bare digits behind one of YEARLY are a calendar year; asked before ranges are made."""
    if q.unit is not None and (q.known or q.unit.cls != "count"):
        return False
    return MODERN.fullmatch(text, q.first, q.last) is not None


def empty(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """Whether a measured number says nothing: a year, a date, a label, an idiom."""
    word = q.words[-1] if q.words else ""
    if q.known and q.unit:
        cls = q.unit.cls
        if cls == "time":
            return word in ("0", "00")
        if cls not in ("multiple", "name"):
            return False
    if f"{word} {low[q.first : q.last]}" in lex.sets["idioms"]:
        return True
    if q.kind == "words":
        return _idle_word(text, low, q, lex)
    if q.kind == "fraction":
        return (
            word in ("this", "first", "second", "last", "next", "other", "each", "third", "fourth")
            and q.unit is None
        )
    if q.kind == "vague":
        return False
    if q.rule.startswith("range.") and _span_of_years(q):
        return True
    if q.rule == "number" and not q.scaled and _dated(text, low, q, lex):
        return True
    return _labelled(text, low, q, lex) or (q.unit is None and not q.scaled and _lone(text, q, lex))


def _span_of_years(q: Quantity) -> bool:
    """`between 2014 and 2017`, `from 1600 to 1900`: bare numbers that can only be years."""
    if q.known or q.low is None or q.high is None or q.low != int(q.low) or q.high != int(q.high):
        return False
    return 1000 <= q.low <= 2049 and 1900 <= q.high <= 2049 and q.low < q.high and not q.scaled


def _idle_word(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """`one of`, `the one option`, `Three Gorges`, `zero` alone."""
    start = q.first
    word = low[start : q.last]
    if word == "one":
        return _idle_one(text, low, q, lex)
    if word in ("zero", "nought", "naught") and q.unit is None:
        return len(low) > 12
    follows = NEXT.match(text, q.last)
    if text[start].isupper() and q.word and follows and follows[1][0].isupper():
        return True  # Three Gorges, Big Ten Network
    return (
        text[start].isupper()
        and q.unit is None
        and bool(q.words)
        and text[start_of(low, q)].isupper()
        and q.word not in lex.sets["openers"]
    )


def _idle_one(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    if q.rule in ("one-of", "share"):
        return False
    start = q.first
    if q.word in lex.sets["one-before"] and text[start - 1 : start] in (" ", "-", "\u00a0"):
        return True
    pair = " ".join(low[start : start + 24].split()[:2]).strip('.,;:!?”"’')
    if pair in lex.sets["one-idioms"]:
        return True
    return q.unit is None and len(low) > 12


def _dated(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """A year, a day of a month, a clock time."""
    digits = text[q.first : q.last]
    months = lex.sets["months"]
    if not digits.isdigit():
        tail = TAIL.match(low, q.last)
        return bool(tail and tail[1].rstrip(".") in lex.sets["clock"])
    if (
        q.word.rstrip(".") in months
        and len(digits) <= 4
        and (q.word != "may" or text[start_of(low, q)] == "M")
    ):
        return True
    tail = TAIL.match(low, q.last)
    after = tail[1].rstrip(".") if tail else ""
    if tail and len(digits) <= 2 and _of_month(text, low, tail, after, months):
        return True
    if after in lex.sets["clock"]:
        return True
    return _year(text, digits, q, lex)


def _year(text: str, digits: str, q: Quantity, lex: Lexicon) -> bool:
    if (
        len(digits) != 4
        or not YEAR.fullmatch(digits)
        or q.cls not in ("", "count")
        or len(text) <= 6
        or q.approx
    ):
        return False
    if (
        q.word == "of"
        and len(q.words) > 1
        and q.words[-2] in ("average", "total", "median", "maximum", "minimum", "mean", "sum")
    ):
        return False
    if MODERN.fullmatch(digits):
        return q.bound not in (">", "<", "<=") or q.unit is None
    return q.word in lex.sets["year-before"] and q.unit is None


def _of_month(text: str, low: str, tail: re.Match[str], after: str, months: frozenset[str]) -> bool:
    """`5 May`, `5 of May`; a lower-case `may` is a verb."""
    if after == "of":
        m = TAIL.match(low, tail.end())
        return bool(m and m[1].rstrip(".") in months)
    return after in months and (after != "may" or text[tail.start(1)] == "M")


def _labelled(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """`Section 5`, `Llama 4`, `Big 12`: the word before makes it a name."""
    if q.words and q.word in ("covid", "sars"):
        return True
    if not q.words or q.start != q.first:
        return False
    word, at = q.word, start_of(low, q)
    between = text[at + len(word) : q.start]
    if between.strip(" \u00a0") not in ("", "."):
        return False
    if word in ("no", "nos") and "." in between:
        return True
    if word in lex.sets["labels"] and q.unit is None:
        return True
    shown = text[at : at + len(word)]
    if shown.islower() or word in lex.sets["openers"] or q.scaled or word in lex.bounds or word in lex.moves:
        return False
    return q.cls in ("", "count", "name", "multiple")


def _lone(text: str, q: Quantity, lex: Lexicon) -> bool:
    """A bare number that belongs to a name or a list: `787 Dreamliner`, `(4)`, `16-18 High Street`, `90049 ZIP`."""
    before, after = text[q.start - 1 : q.start], text[q.end : q.end + 1]
    low_after = text[q.end : q.end + 4]
    if before == "(" and after == ")":
        return True
    if after == ")" or (after == " " and text[q.end + 1 : q.end + 2] == ")"):
        return q.last - q.first <= 2 and before != "("
    if low_after in ("- or", "- an", "- to", "-to-"):
        return False
    if after in "-–" and after and q.rule == "number":
        return text[q.end + 1 : q.end + 2].isdigit() or not text[q.end + 1 : q.end + 2].isalpha()
    if before in "-–" and before and text[q.start - 2 : q.start - 1].isdigit():
        return True
    follows = NEXT.match(text, q.end)
    if not follows or not follows[1][0].isupper() or follows[1].lower() in lex.sets["stops"]:
        return False
    return q.rule == "number" and q.bound is None and "," not in text[q.first : q.last]
