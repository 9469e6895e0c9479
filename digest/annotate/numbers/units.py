"""What a numeral measures: the signs before it, the unit or noun after it, and per what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.numerals import EXACT, Numeral

# a word or sign after a number, with what divides it from the one before
WORD = re.compile(
    r"([\s-]{0,2}|[\s-]?\()([^\W\d_]+(?:[.’'/-][^\W\d_]+)*[²³]?|[%$€£¥°¢″′\"'’”‰¹²³Ω&￥]|°[a-z]?)"
)
GLUED = re.compile(r"[a-zA-Zµμ°Ω%$€£¥¢″′\"'’”º℃℉‰][a-zA-Zµμ°Ω/²³^¥€£]*(?:[23](?!\d))?")
LETTERS = re.compile(r"[^\W\d_]+\.?$")
SIGNS = frozenset("$€£¥₹₩₦₪฿₫₭₮₱₲₴₵₸₺₼₽₾₿৳￥￡￦＄﹩₨¢")
MONEY_LETTERS = re.compile(r"(?:[A-Za-z]{1,3}\.?[A-Za-z]?\.?)?$")
REACH = 90  # how far after a number its unit may stand: four long words


@dataclass(slots=True)
class Quantity:
    """A numeral with its unit, on the way to becoming a figure.

    `start` to `end` is all that was read; `low` and `high` are in whole
    units. `known`: the unit is from the tables, not a noun found beside it.
    """

    start: int
    end: int
    number: Numeral
    low: Decimal | None
    high: Decimal | None
    mantissa: Decimal
    scaled: bool
    unit: Unit | None = None
    per: str | None = None
    known: bool = False
    currency_first: bool = False
    bound: str | None = None
    approx: bool = False
    change: str = "="
    rule: str = "number"
    damaged: bool = False
    noun: str | None = None


def measured(text: str, low: str, n: Numeral, lex: Lexicon) -> Quantity:
    """The numeral with sign, scale, unit and rate as they stand around it."""
    q = Quantity(n.start, n.end, n, n.low, n.high, n.mantissa, n.scaled, damaged=n.damaged)
    _before(text, q, lex)
    _scale(text, low, q, lex)
    _unit(text, low, q, lex)
    return q


def _before(text: str, q: Quantity, lex: Lexicon) -> None:
    """A minus and a currency before the number: `-$5`, `US$ 5`, `RM79`."""
    start = _minus(text, q, q.start)
    head = text[max(0, start - 8) : start]
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
        for length in range(min(5, len(bare)), 0, -1):
            sign = bare[-length:]
            if sign in lex.before and not (
                length < len(bare) and sign[0].isalpha() and bare[-length - 1].isalnum()
            ):
                return lex.before[sign], length
        return None
    m = LETTERS.search(bare)
    if not m or m[0] not in lex.before or (spaced and len(m[0]) < 2):
        return None
    at = m.start()
    if at and (bare[at - 1].isalnum() or bare[at - 1] in "-_"):
        return None
    return (lex.before[m[0]], len(m[0])) if at or len(bare) < 8 else None


def _initial(text: str, q: Quantity) -> bool:
    """Whether one letter before digits can be a currency: `R1,200`, `R18.50`, not the model R1."""
    digits = text[q.start : q.end]
    return (
        "," in digits
        or bool(re.search(r"\.\d\d$", digits))
        or text[q.end : q.end + 8].startswith((" million", " billion", "m ", "bn"))
    )


def _scale(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """A short scale after digits: `5.6mn`, `$4.2b`, `10k`, `RM 2 bil`."""
    if q.number.kind not in ("digits", "fraction") or q.scaled:
        return
    at = q.end
    gap = 1 if text[at : at + 1] in (" ", "\u00a0") else 0
    m = GLUED.match(text, at + gap)
    if not m:
        return
    word = m[0]
    if (
        word[:-3].isalpha()
        and word[-3:].upper() == word[-3:]
        and word[-3:] in lex.before
        and word[:-3] in lex.short
    ):
        word = word[:-3]  # 120 MEUR
    elif len(word) == 4 and word[0] == "M" and word[1:] in lex.before:
        word = "M"
    elif word[-1:] in SIGNS and word[:-1] in lex.short:
        word = word[:-1]  # 10k$
    power = lex.short.get(word)
    if power is None or not _is_scale(text, low, q, word, gap, m.end(), lex):
        return
    q.low, q.high = _times(q.low, power), _times(q.high, power)
    q.scaled, q.end = True, at + gap + len(word)


def _times(value: Decimal | None, power: int) -> Decimal | None:
    return None if value is None else value.scaleb(power, EXACT)


def _is_scale(text: str, low: str, q: Quantity, word: str, gap: int, end: int, lex: Lexicon) -> bool:
    """Whether a short scale is one here and not a unit (`9m`, `10 t`, `5G`)."""
    if len(word) > 1 and word not in ("cr", "MM", "mil"):
        return True
    money = q.unit is not None and q.unit.cls == "money"
    if money:
        return True
    if word in "kK":
        return gap == 0 and text[end : end + 1] not in ("/",)
    follows = _noun_follows(text, low, end, lex)
    if word in ("m", "b", "B", "M"):
        return follows or (
            word in "MB"
            and gap == 0
            and not follows
            and text[end : end + 1] in ("", ".", " ", ",")
            and word == "M"
        )
    if word in ("MM", "mil"):
        return follows
    return False


def _noun_follows(text: str, low: str, at: int, lex: Lexicon) -> bool:
    m = WORD.match(low, at)
    if not m or not m[1].startswith((" ", "\u00a0")):
        return False
    word = m[2]
    return plural(word, lex) or word in lex.names


def _unit(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """The unit after the number, or the noun it counts, and the rate after it."""
    at = q.end
    if q.number.kind in ("vague", "fraction") and low.startswith(" of ", at):
        at += 3 if q.number.kind == "vague" or low[at + 4 : at + 6] == "a " else 0
    words = _words(text, low, at)
    if words and not (q.unit and q.currency_first):
        _known(text, q, words, lex)
    elif words and q.unit:
        _repeated(text, q, words, lex)
    if q.unit is None:
        _counted(text, q, words, at, lex)
    if q.unit is not None:
        _rate(text, low, q, lex)


def _words(text: str, low: str, at: int) -> list[tuple[str, int, int]]:
    """Up to six words after `at` with their ends: as long as only spaces and hyphens divide them."""
    out: list[tuple[str, int, int]] = []
    limit = min(len(text), at + REACH)
    while len(out) < 6:
        m = WORD.match(low, at, limit)
        if not m or (m[1].endswith("(") and out):
            break
        if m[1].endswith("("):
            break
        out.append((m[2], m.start(2), m.end()))
        at = m.end()
    return out


def _known(text: str, q: Quantity, words: Sequence[tuple[str, int, int]], lex: Lexicon) -> None:
    """A unit of the tables right after the number, the longest name first."""
    glued = GLUED.match(text, q.end)
    if glued and (unit := lex.symbols.get(glued[0])):
        if glued[0] not in ("'", "’", "”", '"') or _tick(text, glued.end()):
            q.unit, q.known, q.end = unit, True, glued.end()
        return
    start = words[0][1]
    for count in range(min(4, len(words)), 0, -1):
        end = words[count - 1][2]
        name = " ".join(w for w, _, _ in words[:count])
        unit = lex.names.get(name) or lex.names.get(name.replace("-", " "))
        if unit:
            q.unit, q.known, q.end = unit, True, end
            return
    first = words[0][0].split("-")[0]
    if first != words[0][0] and (unit := lex.names.get(first)):  # 5-metre-long
        q.unit, q.known, q.end = unit, True, start + len(first)
        return
    symbol = GLUED.match(text, start)
    if symbol and (unit := lex.symbols.get(symbol[0])) and _symbol_fits(text, q, symbol, lex):
        q.unit, q.known, q.end = unit, True, symbol.end()


def _tick(text: str, end: int) -> bool:
    """Whether a mark after digits is feet or inches (`5'10"`, `30' when`), not a closing quotation mark."""
    mark, after = text[end - 1], text[end : end + 1]
    if mark in "'’" and after.isdigit():
        return True
    # within a line, an even count before it would make it an opening or lone mark
    lone = text.count(mark, max(0, end - 400), end) % 2 == 1
    return mark in "'\"" and after in (" ", "") and lone


AMBIGUOUS = frozenset(
    (
        "in",
        "a",
        "A",
        "s",
        "t",
        "b",
        "pt",
        "as",
        "ins",
        "no",
        "at",
        "m",
        "p",
        "c",
        "g",
        "h",
        "l",
        "V",
        "W",
        "J",
        "N",
        "K",
        "R",
        "F",
        "C",
        "T",
        "G",
        "L",
        "ac",
        "min",
        "gal",
        "so",
        "mo",
        "bit",
        "bar",
        "cal",
        "AM",
        "PM",
        "pm",
        "am",
        "PS",
        "Pa",
        "pp",
        "ms",
        "Ma",
        "PB",
        "LE",
        "ALL",
        "TOP",
        "TRY",
        "Fr",
        "Ft",
        "kn",
        "'",
        '"',
        "’",
        "”",
        "MOP",
        "GEL",
    )
)


def _symbol_fits(text: str, q: Quantity, symbol: re.Match[str], lex: Lexicon) -> bool:
    """Whether a short symbol after a space is a unit: `5 in thick` but not `5 in London`."""
    word = symbol[0]
    if word not in AMBIGUOUS:
        return True
    if word in "'’\"”":
        return False
    after = text[symbol.end() : symbol.end() + 1]
    if word in ("in", "at", "as", "a", "no", "so"):
        rest = text[symbol.end() : symbol.end() + 12]
        return word == "in" and (
            rest.strip(" .,") == ""
            or rest.startswith(
                (" thick", " long", " wide", " tall", " deep", " high", " of rain", " of snow", " screen")
            )
        )
    if word in ("ALL", "TOP", "TRY", "MOP", "GEL", "AM", "PM", "am", "pm"):
        return False
    return after in ("", ".", ",", ";", ")", " ", "/", "²", "³", "-") and (
        len(word) > 1 or q.number.kind != "words"
    )


def _repeated(text: str, q: Quantity, words: Sequence[tuple[str, int, int]], lex: Lexicon) -> None:
    """A currency that is named again after its sign: `$31.20 US`, `$5 dollars`, `$5 USD`."""
    for count in (3, 2, 1):
        if count > len(words):
            continue
        end = words[count - 1][2]
        name = " ".join(w for w, _, _ in words[:count])
        shown = text[words[0][1] : end]
        unit = lex.names.get(name)
        if (unit and unit.cls == "money") or (count == 1 and shown in lex.before and len(shown) == 3):
            q.unit = unit if unit and unit.cls == "money" else Unit(lex.before[shown], "money")
            q.end = end
            return
        if shown in ("US", "U.S.", "U.S"):
            q.end = end
            return


def plural(word: str, lex: Lexicon) -> bool:
    """Whether a lower-case word can be a plural noun."""
    if word in lex.sets["nouns"]:
        return True
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "’s", "'s", "ous")):
        return False
    return word not in lex.sets["not-plural"] and word not in lex.sets["stops"]


def _counted(text: str, q: Quantity, words: Sequence[tuple[str, int, int]], at: int, lex: Lexicon) -> None:
    """The noun a number counts: the words up to the first plural (`20 decently sized power plants`)."""
    if not words:
        return
    stops = lex.sets["stops"]
    taken: list[str] = []
    one = q.low == 1 and q.high == 1
    for word, start, end in words[:5]:
        if word in stops or not word[0].isalpha() or (start > at + 1 and not taken):
            break
        taken.append(text[start:end])
        if one or plural(word, lex) or (text[end - 1] == "s" and text[start : end - 1].isupper()):
            if one and word.endswith(("ing", "ed", "ly")):
                break
            q.noun = " ".join([*taken[:-1], singular(taken[-1], lex)])
            q.unit, q.end = Unit(q.noun, "count"), end
            return
        if text[q.end : q.end + 1] == "-" and len(taken) == 1:  # 12-page, four-cylinder
            break
    if taken and text[q.end : q.end + 1] == "-" and taken[0].isalpha():
        q.noun = taken[0].lower()
        q.unit, q.end = Unit(q.noun, "count"), words[0][2]


IRREGULAR = {"people": "people", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "geese": "goose", "mice": "mouse", "criteria": "criterion", "phenomena": "phenomenon", "grandchildren": "grandchild"}  # fmt: skip


def singular(word: str, lex: Lexicon) -> str:
    """The singular of a noun, its capitals kept: `GPUs` -> `GPU`."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    if low.endswith("men"):
        return word[:-3] + "man"
    if word[-1:] == "s" and word[:-1].isupper():
        return word[:-1]
    if low in lex.sets["nouns"] or not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return word
    for ending, new in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: -len(ending)] + new
    return word[:-1]


RATE = re.compile(
    r"(\s?/\s?|[\s-](?:per|a|an|each|every|for every|for each|in every)[\s-])(?:(\d[\d,.]*\s?(?:mn|m|k|bn|million|billion|thousand)?\s)?([^\W\d_][^\W_]*(?:[ ](?:[^\W\d_]+))?[²³]?|\$))"
)
SHARE = frozenset(("per", "/", "for every", "for each", "in every"))


def _rate(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """`per share`, `a year`, `/kWh`, `for every 1mn tokens`: what each one is of."""
    assert q.unit
    if q.unit.per:
        q.per = q.unit.per
    m = RATE.match(low, q.end, q.end + 60)
    if not m:
        _yearly(low, q, lex)
        return
    joint, base = m[1].strip(" -"), m[2]
    found = _base(text, low, m, joint, lex)
    if not found:
        return
    code, end = found
    if base:
        code = f"{_plain(base)} {code}"
    q.per = f"{q.per} per {code}" if q.per else code
    q.end = max(q.end, end) if not base else q.end


def _base(text: str, low: str, m: re.Match[str], joint: str, lex: Lexicon) -> tuple[str, int] | None:
    words = m[3].split(" ")
    whole = m[3] if len(words) == 2 else ""
    start = m.start(3)
    if whole and whole in lex.names:
        return lex.names[whole].code, m.end()
    first = words[0]
    end = start + len(first)
    shown = text[start:end]
    if first in lex.names and lex.names[first].cls not in ("share", "multiple"):
        return lex.names[first].code, end
    if joint in SHARE and shown in lex.symbols:
        return lex.symbols[shown].code, end
    if joint in SHARE or first in lex.sets["per-nouns"]:
        if joint in ("a", "an", "each", "every") and first not in lex.sets["per-nouns"]:
            return None
        return (singular(shown, lex).lower(), end) if first.isalpha() else None
    return None


def _plain(base: str) -> str:
    """The number of a denominator as plain digits: `1mn ` -> `1000000`."""
    m = re.match(r"([\d,.]*\d)\s?([a-z]*)", base)
    assert m
    power = {"mn": 6, "m": 6, "million": 6, "k": 3, "thousand": 3, "bn": 9, "billion": 9}.get(m[2], 0)
    digits = m[1].replace(",", "")
    value = Decimal(digits if digits.count(".") < 2 else "1").scaleb(power, EXACT)
    return format(value, "f")


def _yearly(low: str, q: Quantity, lex: Lexicon) -> None:
    m = re.compile(r"\s(\w+(?: annum)?)").match(low, q.end)
    if m and (code := lex.rates.get(m[1])):
        q.per, q.end = code, m.end()
