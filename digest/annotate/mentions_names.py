"""Runs of capitalised words: what may be a name, with the words beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from digest.rules import Rules

CAP = r"(?:(?:[A-ZÀ-Þ]\.)+(?![\w])|[A-ZÀ-Þ][\w&]*(?:[-’'.][\w&]+)*)"
NICK = r" (?:[“\"‘'(]" + CAP + r"[”\"’')] )"  # Mark “Zuck” Zuckerberg
LINK = r"(?: (?:de|da|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|dos|y)){0,2} "
RUN = re.compile(rf"(?<![\w@#]){CAP}(?:(?:{LINK}|{NICK}){CAP})*")
NICKNAME = re.compile(r" [“\"‘'(]([^“”\"‘’'()]+)[”\"’')](?= )")
POSSESSIVE = ("’s", "'s")
WORD = re.compile(r"[^\s,;:.()“”\"]+")
BEFORE = re.compile(r"([\w’'-]+|[^\w\s])[\s“\"‘']*\Z")
AFTER = re.compile(r"[’']s?(?=\W)|[\s”\"’]*([\w’'-]+|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of `names.yaml` and `places.yaml` as sets."""

    first: dict[str, str]  # first name -> m, f, n
    titles: dict[str, str]
    roles: frozenset[str]
    org_words: frozenset[str]
    org_before: frozenset[str]
    org_after: frozenset[str]
    product_after: frozenset[str]
    product_before: frozenset[str]
    not_names: frozenset[str]
    places: frozenset[str]
    doubtful_places: frozenset[str]


def words(rules: Rules) -> Words:
    """The lists for names, as sets; empty for a language without them."""
    first = {n: "n" for n in rules.words("names", "either")}
    first |= {n: "m" for n in rules.words("names", "male")}
    first |= {n: "f" for n in rules.words("names", "female")}
    titles = {t: "n" for t in rules.words("names", "titles")}
    titles |= {t: "m" for t in rules.words("names", "titles_m")}
    titles |= {t: "f" for t in rules.words("names", "titles_f")}
    many = {key: frozenset(rules.words("names", key)) for key in LISTS}
    places = frozenset(w for key in ("countries", "regions", "cities") for w in rules.words("places", key))
    return Words(
        first, titles, **many, places=places, doubtful_places=frozenset(rules.words("places", "doubtful"))
    )


LISTS = ("roles", "org_words", "org_before", "org_after", "product_after", "product_before", "not_names")


@dataclass(slots=True)
class Candidate:
    """A run of capitalised words: its own words, what stands before and after."""

    start: int
    end: int
    name: str
    before: str
    after: str
    title: str = ""
    owner: str = ""
    initial: bool = False  # first word of a sentence
    nick: str = ""


def candidates(text: str, lists: Words) -> Iterator[Candidate]:
    """Every run that may be a name, titles and owners taken off, left to right."""
    for m in RUN.finditer(text):
        yield from _cut(text, m.start(), m.end(), lists)


def _cut(text: str, start: int, end: int, lists: Words) -> Iterator[Candidate]:
    """The names in one run: cut after a possessive and after a role (OpenAI CEO Ann Lee)."""
    pieces = [(m.start(), m.end()) for m in WORD_IN.finditer(text, start, end)]
    left = 0
    owner = title = ""
    for i, (a, b) in enumerate(pieces):
        word = text[a:b]
        last = i == len(pieces) - 1
        if word.endswith(POSSESSIVE):
            yield from _made(text, pieces[left:i], (a, b - 2), title, owner, lists)
            owner, title, left = text[pieces[left][0] : b - 2], "", i + 1
        elif word.rstrip(".") in lists.titles and not (last and i > left):
            if i > left:
                yield from _made(text, pieces[left:i], None, title, owner, lists)
            title, left = word.rstrip("."), i + 1
    if left < len(pieces):
        yield from _made(text, pieces[left:], None, title, owner, lists)


WORD_IN = re.compile(r"\S+")


def _made(
    text: str,
    pieces: list[tuple[int, int]],
    tail: tuple[int, int] | None,
    title: str,
    owner: str,
    lists: Words,
) -> Iterator[Candidate]:
    """The candidate of these words, leading function words taken off."""
    spans = [*pieces, tail] if tail else pieces
    k = 0
    while k < len(spans) and text[spans[k][0] : spans[k][1]] in lists.not_names:
        k += 1
    if k >= len(spans):
        return
    start, end = spans[k][0], spans[-1][1]
    before = BEFORE.search(text, max(0, start - 24), start)
    after = AFTER.match(text, end, min(len(text), end + 24))
    word = before[1] if before else ""
    title = title or _title(text, start, lists)
    follows = (after[1] or "’s") if after else ""
    yield Candidate(
        start, end, text[start:end], word, follows, title, owner, word in ("", ".", "!", "?", ":")
    )


def _title(text: str, start: int, lists: Words) -> str:
    """The abbreviated title that stands before, its full stop between (Sen. Ann Lee)."""
    if text[start - 2 : start] != ". ":
        return ""
    m = BEFORE.search(text, max(0, start - 12), start - 2)
    return m[1] if m and m[1] in lists.titles else ""


def slug(name: str) -> str:
    """The entity id of a name: ASCII, lower case, hyphens (`Yann LeCun` -> `yann-lecun`)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "-".join(f"{ord(c):x}" for c in name[:8])
