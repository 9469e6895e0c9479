"""Who owns whom, as a text says: the firm, and the words that name its owner.

"X, a subsidiary of Y", "X’s owner, Y", "Y, the parent company of X", "Y,
which owns X", "Y, X’s parent company". What held at another time ("a former
unit of", "until 2019") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.across import Claim
from digest.ids import slug
from digest.link.page import Page
from digest.rules import Rules, rules_for

PROPER = re.compile(r"(?:[A-Z][\w’&.-]*|[a-z]+[A-Z]\w*)(?:\s+(?:of|and|for|&)?\s*[A-Z][\w’&.-]*)*")
NAME = re.compile(r"(?:[A-Z][\w&-]*|[a-z]+[A-Z]\w*)(?: (?:(?:of|and|for|&) )?[A-Z][\w&-]*)*")
BASED = re.compile(r"\S+-(?:based|owned|born|listed)\b")
DEFINITE = re.compile(r"The\s+\Z")
HARDLY = re.compile(r"(?:,|\s+(?:is|which is|that is))?\s+(?:(?:an?|the|now)\s+)*(?:[a-z-]+\s+){0,2}\Z")
AFTER = 90  # characters between a phrase and the name of the owner
BEFORE = 80  # characters before a phrase in which the name that it follows is looked for
STOP = re.compile(
    r"[,;:.!?—–“”\"\n]|\s(?:who|which|that|said|says|has|had|have|was|is|were|will|and then|announced|to)\b"
)


class Patterns(NamedTuple):
    """The phrases of `link-claims.yaml`, compiled."""

    part_of: re.Pattern[str]
    parent: re.Pattern[str]  # the owner is named after it
    parent_of: re.Pattern[str]  # the owner is named before it, the firm after
    parent_too: re.Pattern[str]  # the owner is named before it, the firm in it
    past_before: re.Pattern[str]
    past_after: re.Pattern[str]


def _patterns(rules: Rules) -> Patterns:
    def any_of(name: str) -> str:
        words = sorted(rules.words("link-claims", name), key=lambda w: (-len(w), w))
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) or r"(?!)"

    parent, past = any_of("parent"), any_of("past")
    return Patterns(
        re.compile(rf"\b(?:{any_of('part-of')})\s+"),
        re.compile(rf"(?:’s|'s|\bits|\bthe)\s+(?:{parent}),?\s+(?!of\b)"),
        re.compile(
            rf"(?:,|\s{{1,3}}is|,\s+(?:which|that)\s+is)\s+(?:(?:the|an?|now)\s+)*(?:{parent})\s+of\s+(?:the\s+)?"
            rf"|(?:,\s+(?:which|that))?\s{{1,3}}(?:{any_of('owns')})\s+(?:the\s+)?"
        ),
        re.compile(rf",\s+({NAME.pattern})(?:’s|'s|’|')\s+(?:{parent})\b"),
        re.compile(rf"\b(?:{past}|was|were)(?:[\s-]+[a-z-]+){{0,2}}[\s-]+\Z"),
        re.compile(rf",?\s+(?:{past})\b"),
    )


def owners(page: Page) -> Iterator[Claim]:
    """The claims on who owns whom."""
    known = rules_for().once(_patterns)
    yield from _owner_after(page, known.part_of, 0, known)
    yield from _owner_after(page, known.parent, 1, known)
    for m in known.parent_of.finditer(page.text):
        yield from _claim(page, _name_from(page, m.end()), _name_to(page, m.start()), m.start(), known)
    for m in known.parent_too.finditer(page.text):
        if not NAME.match(page.text, m.end() + 2):  # "In Velm, X’s owner, Y": the owner stands behind it
            owned = _mentioned(page, m.start(1), m.end(1))
            yield from _claim(page, owned, _name_to(page, m.start()), m.start(), known)


Named = tuple[int, int, str]  # where a name stands, and its key


def _claim(page: Page, owned: Named | None, owner: Named | None, at: int, known: Patterns) -> Iterator[Claim]:
    if owned and owner and owned[2] != owner[2] and not _past(page, at, max(owned[1], owner[1]), known):
        yield page.claim("owner", page.text[owned[0] : owned[1]], owned[2], owner[0], owner[1])


def _past(page: Page, start: int, end: int, known: Patterns) -> bool:
    return bool(known.past_before.search(page.text, max(0, start - 40), start)) or bool(
        known.past_after.match(page.text, end)
    )


def _owner_after(page: Page, phrase: re.Pattern[str], skip: int, known: Patterns) -> Iterator[Claim]:
    for m in phrase.finditer(page.text):
        place = _named_after(page, m.end())
        subject = _subject(page, m.start() + skip)
        if place and subject and not _past(page, m.start(), place[1], known):
            yield page.claim("owner", *subject, *place)


def _name_to(page: Page, end: int) -> Named | None:
    """The name that ends at a place."""
    low = max(page.around(end, end + 1).start, end - BEFORE)
    for n in reversed(page.within(low, end)):
        if n.end == end and n.kind != "place":
            return n.start, n.end, n.entity or slug(n.text)
    found = [m for m in NAME.finditer(page.text, low, end) if m.end() == end]
    return _mentioned(page, found[-1].start(), end) if found else None


def _name_from(page: Page, start: int) -> Named | None:
    """The name that begins at a place."""
    for n in page.within(start, start + 1):
        if n.kind != "place":
            return n.start, n.end, n.entity or slug(n.text)
    m = NAME.match(page.text, start, start + BEFORE)
    return _mentioned(page, start, m.end()) if m else None


def _mentioned(page: Page, start: int, end: int) -> Named | None:
    """A stretch with the key of the name that annotation found in it, else of its words."""
    inside = [n for n in page.within(start, end) if n.kind in ("organisation", "product") and n.entity]
    if inside:
        return inside[-1].start, min(end, inside[-1].end), inside[-1].entity or ""
    words = page.text[start:end]
    start += len(words) - len(words.removeprefix("The "))
    key = slug(page.text[start:end])
    return (start, end, key) if key else None


def _named_after(page: Page, start: int) -> tuple[int, int] | None:
    """The name that a phrase such as "the quantitative trading firm Y" ends in."""
    stop = STOP.search(page.text, start, start + AFTER)
    end = stop.start() if stop else min(len(page.text), start + AFTER)
    inside = [n for n in page.within(start, end) if n.kind != "place" and n.end <= end]
    if inside:
        return inside[-1].start, inside[-1].end
    hidden = BASED.sub(lambda b: " " * len(b[0]), page.text[start:end])
    found = list(PROPER.finditer(hidden))
    return (start + found[-1].start(), start + found[-1].end()) if found else None


def _subject(page: Page, at: int) -> tuple[str, str] | None:
    """The name that a phrase at `at` speaks of: the nearest before it in its sentence, else the topic."""
    low = page.around(at, at + 1).start
    if DEFINITE.search(page.text[max(low, at - 8) : at]):  # "The subsidiary of": of what the text is about
        return (page.topic_name, page.topic) if page.topic else None
    near = [n for n in page.within(low, at) if n.kind in ("organisation", "product") and n.end <= at]
    close = HARDLY.search(page.text, max(low, at - BEFORE), at)
    direct = _name_to(page, close.start()) if close else _name_to(page, at - 1)
    if direct and not (near and near[-1].entity and near[-1].start >= direct[0]):
        return page.text[direct[0] : direct[1]], direct[2]
    near = [n for n in near if n.entity]
    if near:
        return near[-1].text, near[-1].entity or ""
    return (page.topic_name, page.topic) if page.topic else None
