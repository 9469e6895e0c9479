"""What looks like a figure and is none: names, dates, clock times, scores, labels, idioms."""

from __future__ import annotations

import re

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.numerals import Numeral
from digest.annotate.numbers.units import GLUED, Quantity

HEAD = re.compile(r"([^\W_]+)[\s.]*$")
HEADS = re.compile(r"([^\W\d_][^\W_]*)[ \u00a0](?:[^\W_]+)[\s]*$")
LAST = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*(?=[\s.,(]*$)")
TAIL = re.compile(r"[\s-]?([^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?)")
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|21[0-4][0-9]")
# 3-1, 24-21; a unit or scale after it makes it a range
SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?!\d|[-–]|\.\d|\s?[a-zA-Z%$€£°]|,\d)|\d{1,3}[-–]\d{1,3}\s(?:up|down|at|in|to|on|lead|win|loss|victory|defeat|draw|against|over|and|record|after|with|by|for)\b"
)
YEARS = re.compile(r"[-–/](?:\d{4}|\d{2})(?!\d)")


def named(text: str, low: str, n: Numeral, skipped_to: int, lex: Lexicon) -> bool:
    """Whether a numeral is part of a name, code, date or time by what touches it.

    `skipped_to` is where the last such name ended: `72B` of `Qwen2.5-72B`
    hangs on `2.5`, which is one.
    """
    if n.kind == "vague":
        return False
    before = text[n.start - 1] if n.start else " "
    before2 = text[n.start - 2] if n.start > 1 else " "
    if text[n.start].isdigit() or text[n.start] == ".":
        if before.isalpha() and not _sign_before(text, n.start, lex):
            return True
        if before in "_#@&=^\\" and text[max(0, n.start - 2) : n.start] != "Y=":
            return True
        if (
            before in "-–/"
            and (before2.isalpha() or n.start - 1 == skipped_to)
            and not _after_word(text, n.start)
        ):
            return True
        if (before in ".:" and before2.isdigit()) or (before == "," and before2.isdigit()):
            return True
        if before in "'’‘" and not before2.isalnum() and n.end - n.start == 2:
            return True
    return _tail_names(text, low, n, lex)


def _sign_before(text: str, at: int, lex: Lexicon) -> bool:
    """Whether letters glued to digits are a currency: `USD34`, `RM79`."""
    i = at
    while i and text[i - 1].isalpha() and at - i < 5:
        i -= 1
    word = text[i:at]
    return (
        word in lex.before
        and len(word) > 1
        and (i == 0 or not (text[i - 1].isalnum() or text[i - 1] in "-_"))
    )


def _after_word(text: str, at: int) -> bool:
    """`from-5`: nothing yet; a hyphen after letters makes a name."""
    return False


def _tail_names(text: str, low: str, n: Numeral, lex: Lexicon) -> bool:
    """Times, scores, versions and ordinals, by what follows the numeral."""
    tail = text[n.end : n.end + 14]
    if not tail:
        return False
    c, d = tail[0], tail[1:2]
    digits = text[n.end - 1].isdigit()
    if digits and c in ":." and d.isdigit():
        return True
    if c == "," and d.isdigit() and "," in text[n.start : n.end]:
        return True
    if not digits:
        return low[n.start : n.end + 12].startswith(tuple(lex.sets["idioms"]))
    if low[n.end : n.end + 2] in ("st", "nd", "rd", "th") and not low[n.end + 2 : n.end + 3].isalpha():
        return True
    if (c == "s" and not d.isalpha()) or (c in "’'" and d == "s"):
        return True
    if c in "_@" or (c == "=" and d != "="):
        return True
    glued = GLUED.match(text, n.end)
    if glued and glued[0][0].isalpha():
        return _code(text, n, glued, lex)
    if c in "-–" and SCORE.match(text, n.start) and text[n.start - 1 : n.start] in (" ", "(", ""):
        return True
    if c in "-–" and YEARS.match(text, n.end) and YEAR.fullmatch(text[n.start : n.end]):
        return True
    return low[n.start : n.end + 6].startswith(tuple(i for i in lex.sets["idioms"] if i[0].isdigit()))


def _code(text: str, n: Numeral, glued: re.Match[str], lex: Lexicon) -> bool:
    """Whether letters glued after digits are neither scale nor unit: `49ers`, `13F`, `787x`."""
    word = glued[0]
    after = text[glued.end() : glued.end() + 1]
    if after.isalnum() and after not in "²³":
        rest = re.compile(r"[^\W_]+").match(text, n.end)
        word = rest[0] if rest else word
        return word.lower() not in lex.names and word not in lex.symbols
    if word in lex.symbols or word in lex.short or word.lower() in lex.names or word in lex.before:
        return word in ("am", "pm", "AM", "PM")
    if word.lower() in ("am", "pm", "a", "p"):
        return True
    return not any(
        word.startswith(s)
        and (
            word[len(s) :] in lex.before
            or word[len(s) :] in lex.symbols
            or word[len(s) :].lower() in lex.names
        )
        for s in lex.short
    )


def empty(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """Whether a measured number says nothing: a year, a date, a label, an idiom."""
    n = q.number
    if q.unit is not None and q.known and q.unit.cls not in ("multiple", "name"):
        return q.unit.cls == "time" and _timely(text, low, q, lex)
    word = _word_before(low, q.start)
    if n.kind == "words" and q.low == 1 and _idle_one(text, low, q, word, lex):
        return True
    if (
        n.kind == "words"
        and (q.low == 0 or low[n.start : n.end] in ("half", "a half", "a quarter", "half a"))
        and q.unit is None
    ):
        return low[n.start : n.end] in ("zero", "nought") and len(low.strip()) > 12
    if n.kind in ("digits", "fraction") and not q.scaled and _dated(text, low, q, word, lex):
        return True
    return _labelled(text, low, q, word, lex)


def _word_before(low: str, at: int) -> str:
    m = LAST.search(low, max(0, at - 24), at)
    return m[0] if m else ""


def _idle_one(text: str, low: str, q: Quantity, word: str, lex: Lexicon) -> bool:
    """`one of`, `the one option`, `one question`: no count."""
    if low[q.number.start : q.number.end] != "one":
        return False
    if word in lex.sets["one-before"] and text[q.number.start - 1 : q.number.start] in (" ", "-"):
        return True
    tail = low[q.number.start : q.number.start + 20].split()
    if " ".join(tail[:2]).strip('.,;:!?”"') in lex.sets["one-idioms"]:
        return True
    return q.unit is None and len(low) > 12


def _timely(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    return False


def _dated(text: str, low: str, q: Quantity, word: str, lex: Lexicon) -> bool:
    """A year, a day of a month, a clock time."""
    digits = text[q.number.start : q.number.end]
    months = lex.sets["months"]
    if (
        word in months
        and digits.isdigit()
        and len(digits) <= 4
        and not (word == "may" and text[q.number.start - 4] == "m")
    ):
        return True
    tail = TAIL.match(low, q.number.end)
    after = tail[1].rstrip(".") if tail else ""
    if tail and digits.isdigit() and len(digits) <= 2 and _of_month(text, low, tail, after, months):
        return True
    if after in lex.sets["clock"] or (tail and tail[1] in lex.sets["clock"]):
        return True
    if YEAR.fullmatch(digits) and (q.unit is None or q.unit.cls == "count"):
        return len(text.strip()) > 6 and not q.approx
    return False


def _of_month(text: str, low: str, tail: re.Match[str], after: str, months: frozenset[str]) -> bool:
    """`5 May`, `5 of May`; a lower-case `may` is a verb."""
    if after == "of":
        m = TAIL.match(low, tail.end())
        return bool(m and m[1].rstrip(".") in months)
    return after in months and (after != "may" or text[tail.start(1)] == "M")


def _labelled(text: str, low: str, q: Quantity, word: str, lex: Lexicon) -> bool:
    """`Section 5`, `Llama 4`, `Big 12`: the word before makes it a name."""
    if not word or text[q.start - 1 : q.start] not in (" ", "\u00a0", "\n"):
        return False
    at = low.rfind(word, max(0, q.start - 24), q.start)
    between = text[at + len(word) : q.start]
    if between.strip(" \u00a0") not in ("", ".") or (
        "." in between and word not in ("no", "nos", "fig", "vol", "nr", "nrs")
    ):
        return False
    if q.number.kind == "words":
        return (
            text[at].isupper()
            and q.unit is None
            and word not in lex.sets["openers"]
            and text[q.start].isupper()
        )
    if word in lex.sets["labels"] and q.unit is None and word not in ("under", "since", "year", "circa"):
        return True
    return (
        text[at].isupper()
        and word not in lex.sets["openers"]
        and not q.scaled
        and not q.currency_first
        and (q.unit is None or q.unit.cls in ("count", "name", "multiple"))
        and word not in lex.bounds
        and word not in lex.moves
    )
