"""Whether two quotes may be the same person's, as far as their speakers are known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Same = Literal["same", "unknown", "different"]

PRONOUNS = frozenset(
    "i he she they we it you who his her him them their himself herself this that these those both".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr prof sen senator rep representative gov governor president chairman minister judge"
    " justice lt gen general col sgt capt sir dame lord lady rev pope king queen prince princess secretary"
    " chancellor mayor ambassador officer detective".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq".split())
ARTICLES = frozenset("a an the one some another several many other".split())
NAME = re.compile(r"[^\W\d_][\w’'.-]*")
CUT = re.compile(r",|;|:|\(|—|–|\s(?:of|at|who|whose|which|for|from|in|with|told|said)\s")
LONGEST = 200  # characters of a speaker that are looked at


class Name(NamedTuple):
    """A name as two texts can share it: the last word, and the first names if any."""

    last: str
    first: str


@lru_cache(maxsize=50_000)
def name_of(speaker: str | None) -> Name | None:
    """The name in a speaker's words; None for a pronoun, a nominal ("an employee") or nobody."""
    words = _words(speaker)
    if not words or words[0].casefold() in (PRONOUNS | ARTICLES) or not words[-1][0].isupper():
        return None
    while len(words) > 1 and words[0].casefold().rstrip(".") in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1].casefold().rstrip(".") in SUFFIXES:
        words = words[:-1]
    start = max((i + 1 for i, w in enumerate(words) if not w[0].isupper()), default=0)
    run = words[start:]
    if not run:
        return None
    return Name(run[-1].rstrip(".").casefold(), run[-2].rstrip(".").casefold() if len(run) > 1 else "")


def _words(speaker: str | None) -> list[str]:
    """The words of the name's own segment: "Ann Bar, chief of X" -> Ann Bar."""
    text = " ".join((speaker or "")[:LONGEST].split()).strip("“”\"' ")
    head = CUT.split(text + " ")[0]
    return [re.sub(r"['’]s?$", "", w) or w for w in NAME.findall(head)]


def same(a: Name | None, b: Name | None) -> Same:
    """Whether two names are one person's: surnames must agree, first names not contradict."""
    if a is None or b is None:
        return "unknown"
    if a.last != b.last:
        return "different"
    if a.first and b.first and a.first != b.first and not _short(a.first, b.first):
        return "different"
    return "same"


def _short(a: str, b: str) -> bool:
    """An initial or a shortening: "J." and "Jane", "Steve" and "Steven"."""
    return a[:1] == b[:1] and (a.startswith(b[:3]) or b.startswith(a[:3]) or min(len(a), len(b)) <= 1)
