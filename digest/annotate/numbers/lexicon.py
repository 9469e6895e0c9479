"""The tables that reading a number needs, built once from the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from digest.rules import Rule, Rules, one_of

PREFIXES = {
    "femto": "f", "atto": "a", "pico": "p", "nano": "n", "micro": "u", "milli": "m", "centi": "c", "deci": "d",
    "deca": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z",
}  # fmt: skip
POWERS = {"milli": -3, "centi": -2, "deci": -1, "hecto": 2, "kilo": 3, "micro": -6, "mega": 6}
Spread = tuple[Decimal, Decimal | None]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `code` is UCUM, ISO 4217 or an English noun; `per` its denominator.

    `factor` is how many of the class's smallest step it holds; two units of
    one class with a factor can be added (7 ft 10 in).
    """

    code: str
    cls: str
    per: str | None = None
    factor: Decimal | None = None


class Hints(NamedTuple):
    """For each pass over a text, words of which one is in whatever the pass can find there."""

    every: frozenset[bytes]  # those of all passes
    numbers: Mapping[bytes, tuple[str, ...]]  # with the phrases whose longest word they are
    cues: Mapping[bytes, tuple[str, ...]]
    times: frozenset[bytes]
    small: tuple[str, ...]  # cues of small words alone, to be looked for whole: `is to`


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the annotator looks up."""

    words: Mapping[str, tuple[str, Decimal]]  # number word -> kind (U T H S F Z C M A), value
    number: re.Pattern[str]  # number words as its group 1, behind any character that is no letter
    idiom: re.Pattern[str]
    idiom_starts: frozenset[str]  # two characters
    short: Mapping[str, int]
    names: Mapping[str, Unit]  # lower case, singular and plural
    symbols: Mapping[str, Unit]  # as written
    unit_starts: frozenset[str]  # what their names begin with, to the first space or hyphen
    symbol_starts: frozenset[str]  # the letters that symbols begin with
    money_starts: frozenset[str]  # in lower case, how what repeats a currency begins: `dollars`, `us`, `usd`
    before: Mapping[str, str]  # currency sign or code before a number -> ISO 4217
    before_ends: frozenset[
        str
    ]  # their last two characters, or the last where it is no letter or stands alone
    bounds: Mapping[str, str]  # phrase -> ~ > >= < <=
    bound_ends: Mapping[str, tuple[int, ...]]  # their last words -> how many words they may have, most first
    after: Mapping[str, str]
    moves: Mapping[str, str]  # verb -> up, down
    singulars: Mapping[str, str]  # plural -> singular, where -s alone is not taken off
    moved: Mapping[str, str]  # verb of what is moved `by` so much -> up, down
    sets: Mapping[str, frozenset[str]]
    vague: Mapping[str, Spread]
    spun: Mapping[str, Spread]
    rates: Mapping[str, str]
    when: re.Pattern[str]
    cues: Mapping[str, int]  # words that make a plan 0, an estimate 1, a claim 2
    cue: re.Pattern[str]
    lone_units: Mapping[str, Unit]  # one-word names that begin no longer name
    ends: frozenset[str]  # words behind which nothing is counted
    places: frozenset[str]  # with their capitals
    breaks: frozenset[str]  # words that no noun phrase holds
    verbs: frozenset[str]  # those of movement, too
    hints: Hints


# among the stops of a count, and yet within noun phrases
ADJECTIVES = frozenset("old long tall high deep thick wide overall straight next last".split())
SETS = (
    "hedges", "per", "per-nouns", "months", "labels", "openers", "stops", "nouns", "not-plural", "one-idioms", "one-before",
    "idioms", "clock", "singular-nouns", "severals", "fillers", "not-up", "over-to", "age-before", "year-before", "same-again", "verbs",
    "ranking", "not-ranking", "counted-things", "lasting", "long-things", "of-which", "not-measured", "adverbs",
)  # fmt: skip
# Digits with thousands in threes (or two and three, as in India), a decimal part, an
# exponent. Each part is tried once at a place, so time stays linear.
GROUPED = r"\d{1,3}(?:,\d{2,3}| ?, ?000)+(?!\d|,\d)"
SPACED = r"\d{1,3}(?:(?:[\u00a0\u202f\u2009]\d{3})+|(?: \d{3}){0,3} 000)(?!\d|,\d)"
DOTTED = r"\d{1,3}(?:\.\d{3}){2,}(?!\d|[.,]\d)"  # 1.000.000
COMMA = r"\d+,\d{1,2}(?!\d|,\d)"  # a decimal comma
EXPONENT = r"(?:e[+-]?\d{1,3}(?!\w))?(?:\s?[x×*]\s?10(?:\^|(?=[-−–⁻+]))[-−–+]?\d{1,3}(?![\d.]))?"
DIGITS = rf"{DOTTED}|(?:{GROUPED}|{SPACED}|{COMMA}|\d+)(?:\.\d+| \. \d+(?! ?[.,] ?\d))?{EXPONENT}|\.\d+"
QUOTIENT = r"(?:\d{1,3}[ -])?\d{1,4}\s?[/⁄]\s?\d{1,4}(?![\d/⁄.,]\d|\d|/)"
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
# Digits and number words are looked for apart, since a search can leap to a character
# of a set but must try a choice of patterns at every letter.
DIGITAL = re.compile(rf"(?P<q>{QUOTIENT})|(?P<d>{DIGITS})|(?P<v>[{VULGAR}])")
LETTERS = re.compile(r"[^\W\d_]+")
BEGINS = re.compile(rf"[\d.{VULGAR}](?:(?<!\.)|(?=\d))")


def lexicon(rules: Rules) -> Lexicon:
    """The tables for one language; with shape rules alone only digits and signs."""
    words, spun = dict(_words(rules)), dict(_spun(rules))
    names, symbols, before = _named(rules)
    sets = {name: frozenset(rules.words("numbers", name)) for name in SETS}
    bounds, cues = _bounds(rules), _cues(rules)
    moves = _signed(rules, ("up", "up"), ("down", "down"))
    return Lexicon(
        words=words,
        number=re.compile(rf"[^a-z]({one_of([*words, *spun])})(?!\w)" if words else r"(?!)"),
        idiom=re.compile((one_of(i for i in sets["idioms"]) or r"(?!)") + r"(?!\w)"),
        idiom_starts=frozenset(i[:2] for i in sets["idioms"]),
        short={k: int(v) for k, v in _pairs(rules, "short-scales")},
        names=names,
        symbols=symbols,
        unit_starts=frozenset(n.partition(" ")[0].partition("-")[0] for n in names),
        symbol_starts=frozenset(m[0] for s in symbols if (m := LETTERS.match(s))),
        money_starts=_money_starts(names, before),
        before=before,
        before_ends=frozenset(s[-2:] if s[-1].isalpha() else s[-1] for s in before),
        bounds=bounds,
        bound_ends=_bound_ends(bounds),
        after=_signed(rules, ("after-above", ">="), ("after-below", "<="), ("after-about", "~")),
        moves=moves,
        singulars=dict(_pairs(rules, "singulars")),
        moved=moves | _signed(rules, ("raised-by", "up"), ("cut-by", "down")),
        sets=sets,
        vague=dict(_spread(rules, "vague")),
        spun=spun,
        rates=dict(_pairs(rules, "yearly")),
        when=_when(rules),
        cues=cues,
        cue=re.compile(rf"[^a-z](?:({one_of(cues)})(?!\w)|(?<=\w[’'])ll\b)" if cues else r"(?!)"),
        lone_units=_lone(names),
        ends=_ends(sets, names),
        breaks=(sets["stops"] - ADJECTIVES) | sets["verbs"],
        verbs=sets["verbs"].union(moves),
        places=frozenset(p for key in ("countries", "regions", "cities") for p in rules.words("places", key)),
        hints=_hints([*words, *spun], cues, [*rules.words("numbers", "when"), *sets["months"]]),
    )


def _before(rules: Rules, symbols: dict[str, Unit]) -> dict[str, str]:
    """The signs and codes of currencies; those that can stand behind a number join the symbols of units."""
    before = {n: c for c, n in _rows(rules, "currencies", "codes")}
    for sign, code in before.items():
        if (len(sign) > 1 and sign not in symbols) or not sign[0].isalpha():
            symbols[sign] = Unit(code, "money")
    return before


def _money_starts(names: Mapping[str, Unit], codes: Iterable[str]) -> frozenset[str]:
    named = [n.partition(" ")[0] for n, u in names.items() if u.cls == "money"]
    return frozenset([*named, *(code.lower() for code in (*codes, "US", "U.S."))])


def _bounds(rules: Rules) -> dict[str, str]:
    return _signed(
        rules, ("approximate", "~"), ("above", ">"), ("at-least", ">="), ("below", "<"), ("at-most", "<=")
    )


def _bound_ends(bounds: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in bounds:
        words = phrase.split(" ")
        lengths.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in lengths.items()}


def _cues(rules: Rules) -> dict[str, int]:
    return {
        w: i
        for i, key in ((2, "claim"), (1, "estimate"), (0, "plan"))
        for w in rules.words("numbers", f"{key}-cues")
    }


def _lone(names: Mapping[str, Unit]) -> dict[str, Unit]:
    """The names of one word that begin no longer name."""
    longer = {n.partition(" ")[0] for n in names if " " in n}
    return {
        n: u for n, u in names.items() if n.isalpha() and n not in longer and n not in ("pounds", "stone")
    }


def _ends(sets: Mapping[str, frozenset[str]], names: Iterable[str]) -> frozenset[str]:
    """The stops of a count that stand within no unit and no filler."""
    inner = {"and", "or"} | (sets["fillers"] - {"the", "of"}) | {w for n in names for w in n.split()}
    return sets["stops"] - inner


def _named(rules: Rules) -> tuple[dict[str, Unit], dict[str, Unit], dict[str, str]]:
    """Units by their names and by their symbols, currencies among them; and the signs and codes of these."""
    names: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for kind, form, unit in _units(rules):
        (names if kind == "name" else symbols)[form] = unit
    names |= {n: Unit(c, "money") for c, n in _rows(rules, "currency-names", "names")}
    names |= {n: Unit(_singular_money(n), "money") for n in rules.words("currency-names", "shared")}
    return names, symbols, _before(rules, symbols)


def _pairs(rules: Rules, key: str) -> Iterator[tuple[str, str]]:
    for row in rules.words("numbers", key):
        word, _, value = row.partition(" = ")
        yield word, value


def _rows(rules: Rules, name: str, key: str) -> Iterator[tuple[str, str]]:
    """Code and each of its names, from rows `CODE | name | name`."""
    for row in rules.words(name, key):
        code, *rest = row.split(" | ")
        if key == "codes":
            yield code, code
        for item in rest:
            yield code, item


def _spread(rules: Rules, key: str) -> Iterator[tuple[str, Spread]]:
    for phrase, value in _pairs(rules, key):
        low, *high = value.split()
        yield phrase, (Decimal(low), Decimal(high[0]) if high else None)


def _spun(rules: Rules) -> Iterator[tuple[str, Spread]]:
    """Spun words for millions, alone and after spun words for "hundreds of"."""
    for phrase, (low, high) in _spread(rules, "spun-vague"):
        yield phrase, (low, high)
        for many in rules.words("numbers", "spun-hundreds"):
            yield f"{many} {phrase}", (low * 100, high * 100 if high else None)


def _signed(rules: Rules, *lists: tuple[str, str]) -> dict[str, str]:
    return {phrase: sign for name, sign in lists for phrase in rules.words("numbers", name)}


def _words(rules: Rules) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """Number words: U below twenty, T tens, H hundred, S a power of ten, F a part, Z dozen, C couple, M times, A `a` for one."""
    for kind, key in (("U", "ones"), ("T", "tens")):
        for word, value in _pairs(rules, key):
            yield word, (kind, Decimal(value))
    for word, power in _pairs(rules, "scales"):
        yield word, ("S", Decimal(10) ** int(power))
    for word, parts in _pairs(rules, "fractions"):
        yield word, ("F", Decimal(parts))
    for word, times in _pairs(rules, "multiples"):
        yield word, ("M", Decimal(times))
    for phrase in rules.words("numbers", "a-unit"):
        yield phrase, ("A", Decimal(1))
    if rules.words("numbers", "ones"):
        yield from ((w, ("H", Decimal(100))) for w in ("hundred", "hundreds"))
        yield from ((w, ("Z", Decimal(12))) for w in ("dozen", "dozens"))
        yield "couple", ("C", Decimal(2))


def _when(rules: Rules) -> re.Pattern[str]:
    """Expressions of time: `last year`, `in 2025`, `in ’25`, `on Monday`, `3 May 2024`, as group 1."""
    fixed = one_of(rules.words("numbers", "when"))
    months = one_of(m for m in rules.words("numbers", "months") if m != "may")
    if not fixed:
        return re.compile(r"(?!)")
    day = rf"(?:\d{{1,2}} )?(?:{months})\.?(?: \d{{1,2}}(?!\d))?(?:,? (?:19|20)\d\d)?"
    year = r"(?:19|20)\d\d|[’']\d\d(?!\d)"
    return re.compile(
        rf"[^a-z0-9_]({fixed}|(?:in|on|by|since|until|during|from) (?:{day}|{year})|{day})(?!\w)"
    )


def _units(rules: Rules) -> Iterator[tuple[str, str, Unit]]:
    """Every written form of every unit: `name` or `symbol`, the form, the unit."""
    for rule in rules.of("units"):
        yield from _forms(rule, "", "")
        for prefix in str(rule.more.get("prefixes", "")).split():
            yield from _forms(rule, prefix, PREFIXES[prefix])


def _forms(rule: Rule, prefix: str, sign: str) -> Iterator[tuple[str, str, Unit]]:
    more = rule.more
    factor = Decimal(more["factor"]) if "factor" in more else None
    if factor and prefix:
        factor = factor.scaleb(POWERS[prefix]) if prefix in POWERS else None
    unit = Unit(sign + more["code"], rule.cls, more.get("per"), factor)
    plurals = _listed(more.get("plurals"))
    for name in _listed(more.get("names")):
        yield "name", prefix + name, unit
        if not plurals and not name.endswith("s"):
            yield "name", prefix + name + "s", unit
        if plurals and not any(p.startswith(name.split()[0][:3]) for p in plurals):
            yield "name", prefix + name + "s", unit
    for name in plurals:
        yield "name", prefix + name, unit
    for symbol in str(more.get("symbols", "")).split():
        for s in ("u", "µ", "μ") if sign == "u" else (sign,):
            yield "symbol", s + symbol, unit


def _listed(names: object) -> list[str]:
    return [n.strip() for n in str(names or "").split(",") if n.strip()]


def _singular_money(name: str) -> str:
    return {"kroner": "krone", "kronor": "krona"}.get(name, name.removesuffix("s"))


AZ = re.compile(r"[a-z]+")
RARE = 3  # letters: shorter words stand in most sentences


def _hints(numbers: Iterable[str], cues: Iterable[str], times: Iterable[str]) -> Hints:
    """The longest word of each phrase: where it is missing, so is the phrase."""
    small = tuple(c for c in cues if " " in c and len(_longest(c)) < RARE)
    words, said = _by_longest(numbers), _by_longest(c for c in cues if c not in small)
    when = frozenset(_longest(t) for t in times)
    return Hints(when.union(words, said), words, said, when, small)


def _by_longest(phrases: Iterable[str]) -> dict[bytes, tuple[str, ...]]:
    out: dict[bytes, tuple[str, ...]] = {}
    for phrase in phrases:
        hint = _longest(phrase)
        out[hint] = (*out.get(hint, ()), phrase)
    return out


def _longest(phrase: str) -> bytes:
    """The longest word of a to z, the last of equals; b"" if there is none."""
    return max(reversed(AZ.findall(phrase)), key=len, default="").encode()
