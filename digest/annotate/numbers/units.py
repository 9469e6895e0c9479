"""What a numeral measures: scale, unit of the tables, or the noun beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.money import SIGNS, repeated, scale_after, signed
from digest.annotate.numbers.nouns import MODEL, Word, counted, one_of_many, plural
from digest.annotate.numbers.quantity import Quantity
from digest.annotate.numbers.rates import rate
from digest.annotate.numbers.tokens import EXACT

# a word after a number
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[a-z]+|[^\W\d_])++(?:[.’'-](?:[a-z]+|[^\W\d_])++)*[²³]?")
DIVIDES = re.compile(r"(?!--)[ \-\u00a0\u202f\u2009]*")
BLANK = " -\u00a0\u202f\u2009"
GLUED = re.compile(
    r"[^\W\d_]+(?:[/²³^€£¥$°]*[^\W\d_]*)*?(?![^\W\d_])(?:[23²³](?!\d))?|[%‰°º℃℉″′\"'’”Ω][a-zA-Z]?(?![a-z])|[$¢-¥\u20a0-\u20cf৳￠￡￥￦＄﹩]"
)
SIGN = re.compile(
    r"[ \u00a0]([%‰°℃℉$¢-¥\u20a0-\u20cf৳￠￡￥￦＄])(?![\d ]?\d)(?: (celsius|fahrenheit|c|f)\b)?"
)
SIZE = re.compile(
    r"[ -](?:param|tokens?\b|models?\b|versions?\b|variants?\b|checkpoints?\b|and \d+b (?:models?|versions?|variants?)\b)"
)
ENDS = ("", " ", ",", ".", ";", ")", "\n")
BEFORE = re.compile(r"([\w.’-]+) $")
MEANT = re.compile(r" (?:of (?:them|whom|which)|are|were|have|had|people)\b")
# between what is counted and so many of it: `sales rose to about 4m`
COMES_TO = re.compile(
    r" (?:hit|hits|reach(?:ed|es)?|of|was|were|is|are|at|to|topped|passed|totall?ed|numbered|numbers|exceeded|neared)"
    r" (?:about |some |nearly |almost |over |around |more than |at least |just |roughly |only )?$"
)
WORTH = re.compile(
    r"\b(?:worth|value[ds]?|valued at|market|debt|revenues?|assets|gdp|deficit|budget|costs?|raised|spent|spend|paid|earned|made|makes|sales|profits?"
    r"|losses|population|which|whom|them)(?: \w+){0,2} $"
)
LONG = re.compile(
    r",? (?:from|away|off|wide|long|high|tall|deep|apart|above|below|across|down|up|of|sea|race|final|free|back|hurdles|sprint)\b"
)
LONGEST_SYMBOL = 6  # letters: mmBTU, MMBtu
OF_WHICH = re.compile(r" of ([a-z]+)")
LONGEST_NAME = 6  # words that are looked at for a unit or noun
ALONE = ("them", "these", "those", "us")  # can be all that is counted
REACH = 90  # how far after a number its unit may stand: six words
SQUARE = ("sq m", "sq ft", "sq km", "sq. ft", "cu ft", "sq in", "cu in")


def measured(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """Gives a bare numeral sign, scale, unit and rate as they stand around it."""
    signed(text, q, lex)
    kind, at = q.kind, q.end
    if not q.scaled and (text[at + 1 : at + 3] in SHORT_STARTS or text[at : at + 1].isalpha()):
        _scale(text, low, q, lex)
        at = q.end
    if kind == "times":
        q.unit, q.known = TIMES, True
        return
    if low.startswith(("+ ", "-odd "), at):
        at = _about(low, q, at, lex)
    if low.startswith("one", q.start) and _part_of_many(text, low, q, lex):
        return
    if low.startswith(" of ", at):
        if kind == "vague" or _couple(low, q) or low.startswith("a ", at + 4):
            small = kind == "digits" and q.low is not None and 0 < q.low < 1 and low.startswith("a ", at + 4)
            at += 3 + 2 * (small or kind == "fraction")
    elif kind == "fraction" and low.startswith((" a ", " an "), at):
        at += 2 + low.startswith("n", at + 2)
    if first := _first(low, at, lex):
        if first[0] in lex.lone_units and _plain_unit(low, q, first, at, lex):
            rate(text, low, q, lex)
            return
        _unit(text, low, q, first, at, lex)
    if q.unit is None:
        _sign_after(text, low, q, lex)
    if q.unit is not None or low.startswith(EACH, q.end):
        rate(text, low, q, lex)


def _about(low: str, q: Quantity, at: int, lex: Lexicon) -> int:
    """Where a number with `+` or `-odd` ends, and its scale: `1,000,000+ clients`, `1,500-odd staff`, `5+ million`."""
    if low[at] == "+":
        q.bound, q.end = ">=", at + 1
    else:
        q.approx, q.end = True, at + 4
    word = low[q.end + 1 : q.end + 12].partition(" ")[0]
    kind, value = lex.words.get(word, ("", None))
    if kind == "S" and value and not word.endswith("s"):
        power = value.adjusted()
        q.low, q.high, q.scaled = _times(q.low, power), _times(q.high, power), True
        q.end += 1 + len(word)
    return q.end


EACH = (" per ", " a day", " a week", " a month", " a year")  # 7,000 a day
TIMES = Unit("times", "multiple")


def _part_of_many(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """Whether `one of the boys` was read: what is counted; `one of the largest` is a rank and no count."""
    m = OF_WHICH.match(low, q.end) if q.low == 1 else None
    if not m or m[1] not in lex.sets["of-which"]:
        return False
    return one_of_many(text, q, _words(low, m.end(), lex), m[1] in ALONE, lex)


def _sign_after(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """A sign right after the number or after one space: `27 %`, `5 €`, `70 ° Fahrenheit`."""
    sign = low[q.end : q.end + 2].lstrip(BLANK)[:1]
    if sign.isalnum() or sign in ",.;:)":
        return  # nearly always
    m = SIGN.match(low, q.end)
    if not m:
        glued = GLUED.match(text, q.end)
        if glued and not glued[0][0].isalpha():
            _glued(text, q, glued, lex)
        return
    unit = (
        lex.names.get(m[2][:1] and {"c": "celsius", "f": "fahrenheit"}[m[2][0]])
        if m[2]
        else lex.symbols.get(m[1])
    )
    if unit:
        q.unit, q.known, q.end = unit, True, m.end()


def _plain_unit(low: str, q: Quantity, first: Word, at: int, lex: Lexicon) -> bool:
    """Whether one word after one space is the unit, as it mostly is: `per cent`, `miles`, `dollars`."""
    word, start, end = first
    if q.currency_first or start != at + 1 or low[at] != " " or low[end : end + 1] == "-":
        return False
    q.unit = unit = lex.lone_units[word]
    q.known, q.end = True, end
    if unit.cls == "money":
        scale_after(low, q, lex)
    return True


def _couple(low: str, q: Quantity) -> bool:
    return q.kind == "words" and low[q.last - 6 : q.last] == "couple"


# how a short scale after a space begins: `RM 2 bil`, `8 B people`, `$5 mn`
SHORT_STARTS = frozenset(
    a + b
    for a in "kKmMbBtTcGg"
    for b in ("", " ", ".", ",", "n", "l", "i", "r", "N", "M", "E", "U", "G", ")")
)


def _scale(text: str, low: str, q: Quantity, lex: Lexicon) -> None:
    """A short scale after digits: `5.6mn`, `$4.2b`, `10k`, `RM 2 bil`, `120 MEUR`."""
    if q.kind not in ("digits", "fraction"):
        return
    at = q.end
    gap = 1 if text[at : at + 1] in (" ", "\u00a0") or text.startswith("-cr", at) else 0
    first = text[at + gap : at + gap + 1]
    if not first.isalpha() or (gap and first + text[at + 2 : at + 3] not in SHORT_STARTS):
        return
    m = GLUED.match(text, at + gap)
    if not m:
        return
    word, money = m[0], q.cls == "money"
    for sign in (word[-3:], word[-1:]):
        if word[: -len(sign)] in lex.short and sign in lex.before and (len(sign) == 3 or sign in SIGNS):
            word, money = word[: -len(sign)], True
            break
    power = lex.short.get(word)
    if power is None or not (money or _is_scale(text, low, q, word, gap, m.end(), lex)):
        return
    q.low, q.high = _times(q.low, power), _times(q.high, power)
    q.scaled, q.end = True, at + gap + len(word)


def _times(value: Decimal | None, power: int) -> Decimal | None:
    return None if value is None else value.scaleb(power, EXACT)


def _is_scale(text: str, low: str, q: Quantity, word: str, gap: int, end: int, lex: Lexicon) -> bool:
    """Whether a short scale is one here and not a unit (`9m`, `10 t`, `5G`)."""
    if len(word) > 1 and word not in ("cr", "MM"):
        return True
    if word in "kK":
        return gap == 0 and text[end : end + 1] != "/"
    ends = gap == 0 and text[end : end + 1] in ENDS
    if (ends and word in ("B", "T")) or (word == "B" and text.startswith("-param", end)):
        return _large(low, q, word, end, lex) and not _name_before(text, low, q, lex)
    if word in ("m", "b", "B", "M", "MM", "mil"):
        if (word == "M" and ends) or _noun_follows(low, end, lex) or (word == "m" and MODEL.match(text, end)):
            return True
        return word == "m" and gap == 0 and _people(low, q, end, lex)
    return False


def _large(low: str, q: Quantity, word: str, end: int, lex: Lexicon) -> bool:
    """Whether a lone B or T is a scale: `1.2B`, `a 70B model`, `revenue of 61B`, but no bus, pencil or magnet."""
    if word == "B" and ("." in low[q.first : q.last] or SIZE.match(low, end) or _noun_follows(low, end, lex)):
        return True
    return bool(WORTH.search(low, max(0, q.start - 40), q.start))


def _name_before(text: str, low: str, q: Quantity, lex: Lexicon) -> bool:
    """Whether the word before makes digits and a capital a name: `Llama 70B`, `seat 12B`, `3.1 405B`."""
    m = BEFORE.search(text, max(0, q.start - 24), q.start)
    if not m:
        return False
    word = low[m.start() : m.start() + len(m[1])]
    return word in lex.sets["labels"] or (not m[1][0].islower() and word not in lex.sets["openers"])


def _people(low: str, q: Quantity, end: int, lex: Lexicon) -> bool:
    """Whether `2.1m` is so many: they do something (`2.1m have fled`), or what is counted stands before (`sales hit 4m`)."""
    before = low[max(0, q.start - 60) : q.start].rpartition(". ")[2]
    if LONG.match(low, end) or not lex.sets["long-things"].isdisjoint(before.split()):
        return False
    if MEANT.match(low, end):
        return True
    joined = COMES_TO.search(before)
    return joined is not None and not lex.sets["counted-things"].isdisjoint(
        before[: joined.start()].split()[-3:]
    )


def _noun_follows(low: str, at: int, lex: Lexicon) -> bool:
    """Whether a count noun or a unit follows: `2.7m combined sales`, but not `a 9m wall`."""
    for word, _, _ in _words(low, at, lex)[:5]:
        if word in lex.sets["stops"] and word not in ("and", "or"):
            return False
        if plural(word, lex) or word in lex.names:
            return True
    return False


def _first(low: str, at: int, lex: Lexicon) -> Word | None:
    """The first of `_words`."""
    start = at + 1
    if low[at:start] == " " and low[start : at + 2] not in BLANK:  # nearly always
        end = low.find(" ", start, at + REACH)
        word = low[start:end]
        if end > 0 and word.isalpha():
            return word, start, end
        m = WORD.match(low, start, at + REACH)
        return (m[0], start, m.end()) if m else None
    if low[at:start] not in BLANK and not low[at:start].isalpha():
        return None
    return next(iter(_words(low, at, lex, 1)), None)


def _words(
    low: str, at: int, lex: Lexicon, most: int = LONGEST_NAME, first: Word | None = None
) -> list[Word]:
    """Up to `most` words after a number, with nothing but blanks and hyphens between them, to the first that ends a count.

    `first`: the first of them, where it is known.
    """
    out: list[Word] = []
    stop = at + REACH
    if first:
        out.append(first)
        if first[0] in lex.ends:
            return out
        at = first[2]
    elif low[at : at + 1] not in BLANK and not low[at : at + 1].isalpha():
        return out
    for m in WORD.finditer(low, at, stop):
        start, end = m.span()
        if start != at and low[at:start] != " " and (start - at > 3 or not DIVIDES.fullmatch(low, at, start)):
            break
        word = m[0]
        out.append((word, start, end))
        if word in lex.ends or len(out) == most:
            break
        at = end
    return out


def _unit(text: str, low: str, q: Quantity, first: Word, at: int, lex: Lexicon) -> None:
    """The unit after the number: of the tables, else the noun it counts."""
    word, start, _ = first
    if q.currency_first:
        if word in lex.money_starts:
            repeated(text, q, _words(low, at, lex, 3), lex)
        return
    if start == q.end:
        glued = GLUED.match(text, q.end)
        if glued and _glued(text, q, glued, lex):
            scale_after(low, q, lex)
            return
    hyphen = text[q.end : q.end + 1] == "-"
    counts = (start <= at + 1 or hyphen) and (hyphen or word not in lex.ends or word == "who")
    needed = counts or word.partition("-")[0] in lex.unit_starts
    words = _words(low, at, lex, first=first) if needed else ()
    if _known(text, q, first, at, words, lex):
        scale_after(low, q, lex)
    elif counts:
        counted(text, q, words, lex)


def _glued(text: str, q: Quantity, glued: re.Match[str], lex: Lexicon) -> bool:
    """A unit right after the digits: `90GB`, `30Hz`, `3kV/cm`, `5'`."""
    word = glued[0]
    if word not in lex.symbols:
        word = word.partition("/")[0]
    unit = lex.symbols.get(word)
    if unit is not None and unit.cls == "name" and not (q.low and q.low < 8):
        return False  # 5G is a generation, 10G is not
    if unit is None or (word in ("'", "’", "”", '"') and not _tick(text, glued.end())):
        return False
    q.unit, q.known, q.end = unit, True, q.end + len(word)
    return True


def _known(text: str, q: Quantity, first: Word, at: int, words: Sequence[Word], lex: Lexicon) -> bool:
    """A unit of the tables right after the number, the longest name first."""
    word, start, _ = first
    if start > at + 1 and text[at:start].strip() != "-":
        return False
    head = word.partition("-")[0]
    if head in lex.unit_starts and _by_name(text, q, words, lex):
        return True
    if head in ("sq", "cu") and text.startswith(SQUARE, start):
        word = next(s for s in SQUARE if text.startswith(s, start))
        q.unit, q.known, q.end = lex.names.get(word, Unit(word, "area")), True, start + len(word)
        return True
    if head != word and (unit := lex.names.get(head)):  # 5-metre-long
        q.unit, q.known, q.end = unit, True, start + len(head)
        return True
    if len(head) > LONGEST_SYMBOL or (
        head.isalpha() and text[start : start + len(head)] not in lex.symbol_starts
    ):
        return False
    symbol = GLUED.match(text, start)
    return bool(symbol and _symbol(text, q, symbol, lex))


def _by_name(text: str, q: Quantity, words: Sequence[Word], lex: Lexicon) -> bool:
    """A unit by its name of one to four words."""
    start = words[0][1]
    for count in range(min(4, len(words)), 0, -1):
        name = " ".join([w for w, _, _ in words[:count]])
        unit = lex.names.get(name) or ("-" in name and lex.names.get(name.replace("-", " "))) or None
        if unit and not (unit.code == "stone" and text[start] == "S"):
            q.unit, q.known, q.end = unit, True, words[count - 1][2]
            if name == "pounds" and q.low and _sterling(q) and not text.startswith(" of ", q.end):
                q.unit = Unit("GBP", "money")
            return True
    return False


def _sterling(q: Quantity) -> bool:
    """Whether so many pounds are money: a million, or half of one in words."""
    return q.low is not None and abs(q.low) >= (250_000 if q.scaled else 1_000_000)


def _symbol(text: str, q: Quantity, symbol: re.Match[str], lex: Lexicon) -> bool:
    """A unit's symbol after a space or hyphen."""
    word = symbol[0]
    if word not in lex.symbols:
        word = word.partition("/")[0]
    unit = lex.symbols.get(word)
    if text[symbol.end() : symbol.end() + 1] == "-" and text[symbol.end() + 1 : symbol.end() + 2].isdigit():
        return False  # 40 F-16 fighters
    if word in ("C", "F") and not (_warm(q) and not text[symbol.end() : symbol.end() + 2].strip().isupper()):
        return False
    if unit is None or not _symbol_fits(text, q, word, symbol.start() + len(word)):
        return False
    q.unit, q.known, q.end = unit, True, symbol.start() + len(word)
    return True


def _warm(q: Quantity) -> bool:
    """Whether a number can be degrees of weather or oven, so that a lone C or F is a unit."""
    return q.low is not None and abs(q.low) < 1000 and q.kind == "digits"


def _tick(text: str, end: int) -> bool:
    """Whether a mark after digits is feet or inches (`5'10"`, `30' when`), not a closing quotation mark."""
    mark, after = text[end - 1], text[end : end + 1]
    if mark in "'’" and after.isdigit():
        return True
    # within a line, an even count before it would make it an opening or lone mark
    lone = text.count(mark, max(0, end - 400), end) % 2 == 1
    return mark in "'\"" and after in (" ", "") and lone


# symbols that are also words, names or other signs
NEVER = frozenset(("at", "a", "as", "no", "so", "A", "ALL", "TOP", "TRY", "MOP", "GEL", "AM", "PM", "am", "pm", "I", "'", "’", "”", '"', "ins", "s", "Ma", "LE", "AU", "W", "T", "G", "J", "N", "K", "R", "L.E", "b", "x"))  # fmt: skip
INCHES = (" thick", " long", " wide", " tall", " deep", " high", " of rain", " of snow", " screen")


def _symbol_fits(text: str, q: Quantity, word: str, end: int) -> bool:
    """Whether a short symbol after a space is a unit: `5 in thick` but not `5 in London`."""
    if len(word) > 3 or word in ("km", "kg", "cm", "mm", "GB", "MB", "TB", "GW", "MW", "kW"):
        return True
    after = text[end : end + 1]
    if after.isdigit() and word.isupper():
        return False  # 3 USD50 cards
    if after == "/" or (len(word) == 3 and word.isupper() and word not in NEVER):
        return True
    if word in SIGNS:
        return not after.isdigit()
    if word == "in":
        rest = text[end : end + 12]
        return rest.strip(" .,") == "" or rest.startswith(INCHES)
    if word in NEVER or (word == "C" and q.cls == "money"):
        return word == "W" and after in ("", ".", ",")
    return after in ("", ".", ",", ";", ")", " ", "/", "²", "³", "-", ":", "!") and (
        len(word) > 1 or q.kind != "words"
    )
