"""What one text says in slots that other texts fill too: roles, owners, comparisons, venues.

A small extractor over the names that annotation found: apposition and title
before a name, "a subsidiary of", "matches". It misses much and should say
little that is wrong: conflicts are made of it. The words of a claim are the
witness's, before the editor's emendations; `emended` says that they were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.across import Claim
from digest.ids import slug
from digest.link.owners import owners
from digest.link.page import Page
from digest.model import Mention
from digest.rules import Rules, rules_for
from digest.site import Shown
from digest.text import Span

REACH = 200  # characters after a name that an apposition may take; before it 120
STOPS = r"(?=[,;:.!?—–“”\"\n]|\s(?:who|which|that|said|says|wrote|writes|told|posted|tweeted|added|has|had|have|was|is|were|are|and then|sent|described|called|warned|argued|claimed|announced|to)\b|\Z)"
APPOSITION = re.compile(
    rf"(?:’s|'s)?,\s+(?:who (?:is|was)\s+|now\s+|then\s+|the\s+|an?\s+)*((?:[^,;:.!?—–“”\"\n]|(?<=\b[A-Z])\.)+?){STOPS}"
)
WORD = re.compile(r"[^\W_][\w’'&./-]*")
TITLE_WORD = re.compile(r"[A-Z0-9]")
THING = r"([A-Z][\w-]*(?: [A-Z0-9][\w-]*){0,4})"
THING_BEFORE = re.compile(rf"\b[Tt]he {THING}\s+\Z")
THING_AFTER = re.compile(rf"\s+the {THING}")
AFTER_NAME = 90  # characters between a comparison and what it names


class Patterns(NamedTuple):
    """The word lists of `link-claims.yaml`, compiled."""

    role: frozenset[str]
    compare: re.Pattern[str]
    beat: frozenset[str]


def patterns(rules: Rules) -> Patterns:
    """What the rules compile to; with empty lists nothing is ever found."""

    def any_of(name: str) -> str:
        words = sorted(rules.words("link-claims", name), key=lambda w: (-len(w), w))
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) or r"(?!)"

    return Patterns(
        frozenset(rules.words("link-claims", "role")),
        re.compile(rf"\b({any_of('equal')}|{any_of('beat')})\b"),
        frozenset(rules.words("link-claims", "beat")),
    )


def claims(shown: Shown) -> Iterator[Claim]:
    """The claims of a text, as far as it is shown, by slot, then in its order."""
    known = rules_for().once(patterns)
    names = sorted((m for m in shown.mentions if m.part == "body"), key=lambda m: m.start)
    page = Page(shown, names)
    for m in names:
        if m.kind == "person":
            yield from _roles(page, m, known)
    yield from owners(page)
    yield from _comparisons(page, known)


def _roles(page: Page, m: Mention, known: Patterns) -> Iterator[Claim]:
    """What stands after the name between commas, and the title before it."""
    key = m.entity or slug(m.text)
    after = APPOSITION.match(page.text, m.end, min(len(page.text), m.end + REACH))
    if after and _is_role(after[1], known):
        yield page.claim("role", m.text, key, after.start(1), after.end(1))
    start = _title(page.text, m.start, known)
    if start < m.start:
        end = start + len(page.text[start : m.start].rstrip())
        yield page.claim("role", m.text, key, start, end)


def _is_role(words: str, known: Patterns) -> bool:
    return not words.startswith(("who ", "which ")) and any(
        w[0].casefold() in known.role for w in WORD.finditer(words)
    )


def _title(text: str, end: int, known: Patterns) -> int:
    """Where the title that stands right before a name begins; `end` if there is none."""
    low = max(text.rfind("\n", max(0, end - 120), end) + 1, end - 120, 0)
    before = list(WORD.finditer(text, low, end))
    if not before or text[before[-1].end() : end].strip() or before[-1][0].casefold() not in known.role:
        return end
    at = end
    for w in reversed(before):
        if text[w.end() : at].strip() or not (_titular(w[0], known) or w[0].casefold() in known.role):
            break
        at = w.start()
    return at


def _titular(word: str, known: Patterns) -> bool:
    return bool(TITLE_WORD.match(word)) or word.casefold() in _ranks()


def _ranks() -> frozenset[str]:
    return rules_for().once(_ranks_of)


def _ranks_of(rules: Rules) -> frozenset[str]:
    return frozenset(
        (*rules.words("link-claims", "rank"), "former", "ex", "previous", "current", "then", "longtime")
    )


def _comparisons(page: Page, known: Patterns) -> Iterator[Claim]:
    """What a product is said to equal or to beat: the next product named in the sentence."""
    for m in known.compare.finditer(page.text):
        whole = page.around(m.start(), m.end())
        how = "beats" if " ".join(m[1].split()) in known.beat else "equals"
        found = _products(page, whole, m.start(), m.end())
        if not found and how == "equals":
            found = _things(page, whole, m.start(), m.end())
        if found and found[0][1] != found[1][1]:
            (words, key, _), (_, _, place) = found
            yield page.claim("compared", words, f"{key}:{how}", *place)


Thing = tuple[str, str, Span]  # what is named, its key, and where


def _products(page: Page, whole: Span, start: int, end: int) -> tuple[Thing, Thing] | None:
    """The products named nearest before and after a comparison."""
    before = [n for n in page.within(whole.start, start) if n.kind == "product" and n.end <= start]
    after = [n for n in page.within(end, min(whole.end, end + AFTER_NAME + 1)) if n.kind == "product"]
    if not (before and after and before[-1].entity):
        return None
    one, two = before[-1], after[0]
    return (one.text, one.entity or "", Span(one.start, one.end)), (
        two.text,
        two.entity or "",
        Span(two.start, two.end),
    )


def _things(page: Page, whole: Span, start: int, end: int) -> tuple[Thing, Thing] | None:
    """Two things with an article, right before and after: products that no list knows."""
    one = THING_BEFORE.search(page.text, max(whole.start, start - AFTER_NAME), start)
    two = THING_AFTER.match(page.text, end, min(whole.end, end + AFTER_NAME))
    if not (one and two):
        return None
    spans = Span(*one.span(1)), Span(*two.span(1))
    known = {n.kind for s in spans for n in page.within(s.start, s.end)}
    if not known <= {"product"}:
        return None
    a, b = ((page.text[s.start : s.end], slug(page.text[s.start : s.end]), s) for s in spans)
    return (a, b) if a[1] and b[1] else None
