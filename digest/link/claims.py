"""What one text says in slots that other texts fill too: roles, owners, comparisons, venues.

A small extractor over the names that annotation found: apposition and title
before a name, "a subsidiary of", "matches". It misses much and should say
little that is wrong: conflicts are made of it. The words of a claim are the
witness's, before the editor's emendations; `emended` says that they were changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from digest.across import Claim, Slot
from digest.ids import slug
from digest.link.words import tokens
from digest.model import Mention
from digest.rules import Rules, rules_for
from digest.sentences import sentences
from digest.site import Shown, ShownEdit
from digest.text import Span

REACH = 200  # characters after a name that an apposition may take; before it 120
STOPS = r"(?=[,;:.!?—–“”\"\n]|\s(?:who|which|that|said|says|wrote|writes|told|posted|tweeted|added|has|had|have|was|is|were|are|and then|sent|described|called|warned|argued|claimed|announced|to)\b|\Z)"
APPOSITION = re.compile(
    rf"(?:’s|'s)?,\s+(?:who (?:is|was)\s+|now\s+|then\s+|the\s+|an?\s+)*((?:[^,;:.!?—–“”\"\n]|(?<=\b[A-Z])\.)+?){STOPS}"
)
WORD = re.compile(r"[^\W_][\w’'&./-]*")
TITLE_WORD = re.compile(r"[A-Z0-9]")
PROPER = re.compile(r"(?:[A-Z][\w’&.-]*|[a-z]+[A-Z]\w*)(?:\s+(?:of|and|for|&)?\s*[A-Z][\w’&.-]*)*")
BASED = re.compile(r"\S+-(?:based|owned|born|listed)\b")
DEFINITE = re.compile(r"The\s+\Z")
LONG = 500  # characters of a sentence to either side of a claim that are kept
AFTER_NAME = 90  # characters between a comparison and what it names


class Patterns(NamedTuple):
    """The word lists of `link-claims.yaml`, compiled."""

    role: frozenset[str]
    part_of: re.Pattern[str]
    parent: re.Pattern[str]
    compare: re.Pattern[str]
    beat: frozenset[str]


def patterns(rules: Rules) -> Patterns:
    """What the rules compile to; with empty lists nothing is ever found."""

    def any_of(name: str) -> str:
        words = sorted(rules.words("link-claims", name), key=lambda w: (-len(w), w))
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) or r"(?!)"

    return Patterns(
        frozenset(rules.words("link-claims", "role")),
        re.compile(rf"\b(?:{any_of('part-of')})\s+"),
        re.compile(rf"(?:’s|'s|\bits|\bthe)\s+(?:{any_of('parent')}),?\s+"),
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
    yield from _owners(page, known)
    yield from _comparisons(page, known)


class Page:
    """A text with its names, and the editor's emendations that can be taken back."""

    def __init__(self, shown: Shown, names: Sequence[Mention]) -> None:
        self.text = shown.text
        self.names = names
        self.starts = [m.start for m in names]
        self.sentences = sentences(shown.text)
        self.bounds = [s.start for s in self.sentences]
        self.edits = sorted(
            (e for e in shown.edits if e.layer == "editor" and e.kind == "emend" and e.part == "body"
             and e.status == "applied" and 0 <= e.at < e.end),
            key=lambda e: e.at,
        )  # fmt: skip
        count = Counter(m.entity for m in names if m.kind == "organisation" and m.entity)
        self.topic = max(count, key=lambda e: (count[e], e), default="")
        self.topic_name = next((m.text for m in names if m.entity == self.topic), "") if self.topic else ""

    def around(self, start: int, end: int) -> Span:
        """The sentence that [start, end) stands in; of a very long one the part nearby."""
        at = max(0, bisect_right(self.bounds, start) - 1)
        if not self.sentences:
            return Span(start, end)
        s = self.sentences[at]
        return Span(max(s.start, start - LONG), max(end, min(s.end, end + LONG)))

    def within(self, start: int, end: int) -> list[Mention]:
        """The names that begin in [start, end)."""
        return list(self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def witnessed(self, start: int, end: int) -> tuple[str, bool]:
        """The words of a stretch as the witness had them, and whether that differs."""
        out, at, changed = "", start, False
        for e in self.edits:
            if e.end <= start or e.at >= end or self._kept(e, start, end):
                continue
            out += self.text[at : max(at, e.at)] + e.old
            at, changed = max(at, e.end), True
        return " ".join((out + self.text[at : max(at, end)]).split()), changed

    def _kept(self, e: ShownEdit, start: int, end: int) -> bool:
        """Whether an emendation reaches beyond a stretch and leaves the words inside it as they were."""
        if start <= e.at and e.end <= end:
            return False
        inside = {t.stem.casefold() for t in tokens(self.text, max(start, e.at), min(end, e.end))}
        return inside <= {t.stem.casefold() for t in tokens(e.old)}

    def claim(self, slot: Slot, subject: str, key: str, start: int, end: int) -> Claim:
        """A claim on the words [start, end), with its sentence."""
        words, changed = self.witnessed(start, end)
        sentence = self.around(start, end)
        exact, _ = self.witnessed(*sentence)
        now = " ".join(self.text[start:end].split()).strip(" ,;")
        return Claim(slot, subject, key, words.strip(" ,;"), start, end, exact, changed, now)


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


def _owners(page: Page, known: Patterns) -> Iterator[Claim]:
    """Who owns whom: "X, a subsidiary of Y", "X’s parent company Y"."""
    for m in known.part_of.finditer(page.text):
        place = _named_after(page, m.end())
        subject = _subject(page, m.start(), ("organisation", "product"))
        if place and subject:
            yield page.claim("owner", *subject, *place)
    for m in known.parent.finditer(page.text):
        place = _named_after(page, m.end())
        subject = _subject(page, m.start() + 1, ("organisation", "product"))
        if place and subject:
            yield page.claim("owner", *subject, *place)


def _named_after(page: Page, start: int) -> tuple[int, int] | None:
    """The name that a phrase such as "the quantitative trading firm Y" ends in."""
    stop = re.compile(STOPS[3:-1]).search(page.text, start, start + AFTER_NAME)
    end = stop.start() if stop else min(len(page.text), start + AFTER_NAME)
    inside = [n for n in page.within(start, end) if n.kind != "place" and n.end <= end]
    if inside:
        return inside[-1].start, inside[-1].end
    hidden = BASED.sub(lambda b: " " * len(b[0]), page.text[start:end])
    found = list(PROPER.finditer(hidden))
    return (start + found[-1].start(), start + found[-1].end()) if found else None


def _subject(page: Page, at: int, kinds: Iterable[str]) -> tuple[str, str] | None:
    """The name that a phrase at `at` speaks of: the nearest before it in its sentence, else the topic."""
    low = page.around(at, at + 1).start
    if DEFINITE.search(page.text[max(low, at - 8) : at]):  # "The subsidiary of": of what the text is about
        return (page.topic_name, page.topic) if page.topic else None
    near = [n for n in page.within(low, at) if n.kind in kinds and n.entity and n.end <= at]
    if near:
        return near[-1].text, near[-1].entity or ""
    return (page.topic_name, page.topic) if page.topic else None


def _comparisons(page: Page, known: Patterns) -> Iterator[Claim]:
    """What a product is said to equal or to beat: the next product named in the sentence."""
    for m in known.compare.finditer(page.text):
        whole = page.around(m.start(), m.end())
        before = [
            n for n in page.within(whole.start, m.start()) if n.kind == "product" and n.end <= m.start()
        ]
        after = [
            n
            for n in page.within(m.end(), whole.end)
            if n.kind == "product" and n.start - m.end() <= AFTER_NAME
        ]
        if before and after and before[-1].entity and before[-1].entity != after[0].entity:
            how = "beats" if " ".join(m[1].split()) in known.beat else "equals"
            yield page.claim(
                "compared", before[-1].text, f"{before[-1].entity}:{how}", after[0].start, after[0].end
            )
