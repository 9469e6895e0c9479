"""Names of units for readers: UCUM codes by Unicode CLDR, SI by their symbols, English nouns in the plural."""

from __future__ import annotations

import re

from babel import Locale
from babel.units import format_unit

# UCUM -> CLDR, for units whose code no reader knows
CLDR = {
    "a": "duration-year", "mo": "duration-month", "wk": "duration-week", "d": "duration-day", "h": "duration-hour",
    "min": "duration-minute", "s": "duration-second", "decade": "duration-decade", "century": "duration-century",
    "[in_i]": "length-inch", "[ft_i]": "length-foot", "[yd_i]": "length-yard", "[mi_i]": "length-mile",
    "[sft_i]": "area-square-foot", "[gal_us]": "volume-gallon", "[bbl_us]": "volume-barrel",
    "[lb_av]": "mass-pound", "[oz_av]": "mass-ounce", "[HP]": "power-horsepower", "deg": "angle-degree", "L": "volume-liter",
}  # fmt: skip
SYMBOLS = {"Cel": "°C", "[degF]": "°F", "Ohm": "Ω", "N.m": "N m", "mm[Hg]": "mmHg", "[dr_av]": "dr"}
PARTS = (("W.h", "Wh"), ("A.h", "Ah"), ("By", "B"))
POWER = re.compile(r"(?<=m)([23])\Z")
NUMBER = re.compile(r"\A[\d\s.,]+|[\d\s.,]+\Z")
NOUN = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]+)*")
SAME = frozenset(
    (
        "people",
        "staff",
        "horsepower",
        "aircraft",
        "sheep",
        "fish",
        "police",
        "personnel",
        "hertz",
        "times",
        "series",
        "species",
    )
)
IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "person": "people", "penny": "pence", "mouse": "mice", "tooth": "teeth",
    "bus": "buses", "gas": "gases", "virus": "viruses", "bonus": "bonuses", "campus": "campuses", "census": "censuses",
    "minibus": "minibuses", "lens": "lenses", "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes",
    "mosquito": "mosquitoes", "echo": "echoes", "torpedo": "torpedoes", "volcano": "volcanoes", "life": "lives", "wife": "wives", "knife": "knives", "wolf": "wolves",
    "leaf": "leaves", "loaf": "loaves", "shelf": "shelves", "thief": "thieves", "calf": "calves", "crisis": "crises", "half": "halves",
    "analysis": "analyses", "thesis": "theses", "diagnosis": "diagnoses", "quiz": "quizzes", "goose": "geese", "criterion": "criteria", "phenomenon": "phenomena", "grandchild": "grandchildren", "schoolchild": "schoolchildren",
}  # fmt: skip
NO_MEN = ("human", "german", "roman", "norman", "ottoman", "shaman", "talisman", "caiman")


def name(code: str, locale: Locale, one: bool = False) -> str:
    """A unit's name: "miles" (`one`: "mile"), "GW", "m²", "power plants"."""
    if cldr := CLDR.get(code):
        return NUMBER.sub("", format_unit(1 if one else 5, cldr, "long", locale=locale)).strip()
    if code in SYMBOLS:
        return SYMBOLS[code]
    for old, new in PARTS:
        if code.endswith(old):
            return code.removesuffix(old) + new
    if len(code) < 4 and POWER.search(code):
        return POWER.sub(lambda m: "²³"[int(m[1]) - 2], code)
    if one or len(code) < 3 or not NOUN.fullmatch(code) or _symbol(code):
        return code
    return plural(code)


def _symbol(code: str) -> bool:
    """Whether capitals within say that it is no English noun: `MHz`, `kPa`, but not the noun `GPU`."""
    return (
        " " not in code and len(code) < 5 and not code.islower() and not code.isupper() and not code.istitle()
    )


def plural(noun: str) -> str:
    """An English noun in the plural; of `year of age` the first word."""
    head, of, rest = noun.partition(" of ")
    before, _, last = head.rpartition(" ")
    many = _plural(last)
    return f"{before} {many}{of}{rest}".strip()


def _plural(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in SAME or (word.endswith("s") and not word.endswith("ss")) or not word[-1:].isalpha():
        return word
    if word.endswith("man") and len(word) > 4 and not word.lower().endswith(NO_MEN):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ss", "x", "ch", "sh")) else "s")
