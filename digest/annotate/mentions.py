"""Names of people, organisations, products and places.

Each name is judged by all its occurrences in the text together (one sense
per discourse): every occurrence votes by its own shape and by the words
beside it. A name with too few votes is left out: no page is better than a
wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from digest.annotate.mentions_names import Candidate, Words, candidates, slug, words
from digest.model import KnownName, Mention, MentionKind, Reading
from digest.rules import Rules
from digest.text import Span

Votes = dict[str, float]
ENOUGH = 2.0  # votes for a kind; one sign alone is no proof
SPEECH = frozenset(
    "said says wrote writes told added adds argued argues claimed claims warned warns asked noted posted tweeted explained believes thinks".split()
)
SHAPED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])|.*(?:GPT|LLM)")
CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]|[a-z][A-Z]{2}")
ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
SUFFIXES = frozenset("Jr Sr II III IV Jr. Sr.".split())


def mentions(reading: Reading, rules: Rules) -> Iterator[Mention]:
    """Names in the text, left to right, never overlapping."""
    lists = rules.once(words)
    taken = list(_known(reading))
    spans = [Span(m.start, m.end) for m in taken]
    found = [c for c in candidates(reading.text, lists) if not _overlaps(c, spans)]
    kinds = _kinds(found, lists, reading.text)
    people = _people(kinds, reading, lists) | {
        c.nick: c.name for c in found if c.nick and kinds.get(c.name) == "person" and c.nick not in kinds
    }
    for c in found:
        mention = _mention(reading, c, kinds, people, lists)
        if mention:
            taken.append(mention)
    yield from sorted(taken, key=lambda m: m.start)


def _known(reading: Reading) -> Iterator[Mention]:
    """The names the editor vouches for, the longest spelling first."""
    spellings = {s: k for k in reading.known for s in (k.name, *k.aliases) if s.strip()}
    if not spellings:
        return
    longest = sorted(spellings, key=lambda s: (-len(s), s))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(s) for s in longest) + r")(?!\w)")
    for m in pattern.finditer(reading.text):
        known: KnownName = spellings[m[0]]
        yield Mention(m.start(), m.end(), m[0], known.kind, known.entity, reading.part, "name.known")


def _overlaps(c: Candidate, spans: Sequence[Span]) -> bool:
    i = bisect_left(spans, (c.end, 0))
    return i > 0 and spans[i - 1].end > c.start


def _kinds(found: Sequence[Candidate], lists: Words, text: str) -> dict[str, MentionKind]:
    """What each distinct name is, by the votes of all its occurrences."""
    votes: dict[str, Votes] = {}
    for c in found:
        cast_for = votes.setdefault(c.name, defaultdict(float))
        _vote(cast_for, c, lists)
        if " " in c.name and c.after in (",", "("):
            cast_for["person"] += _described(text, c.end, lists)
    out: dict[str, MentionKind] = {}
    for name, counted in votes.items():
        _shape_votes(name, counted, lists)
        first, _, last = name.rpartition(" ")
        if (
            first and last in votes and first not in votes
        ):  # people go on by the last name, firms by the first
            counted["person"] += 1
        ranked = sorted(counted.items(), key=lambda kv: (-kv[1], kv[0]))
        if ranked and ranked[0][1] >= ENOUGH and (len(ranked) < 2 or ranked[0][1] > ranked[1][1]):
            out[name] = cast(MentionKind, ranked[0][0])
    return out


PARTY = re.compile(r" ?\([RDI][-–]|, [RDI][-–][A-Z]")
AGED = re.compile(r", \d\d[,.]")


def _described(text: str, end: int, lists: Words) -> float:
    """Votes for a person by the apposition after a name: a role, an age, a party, `who`."""
    if PARTY.match(text, end) or AGED.match(text, end):
        return 3
    words = text[end + 2 : end + 60].split()[:6]
    if words and words[0] == "who":
        return 2
    for word in words:
        if word.rstrip(",.;") in lists.roles:
            return 2
        if not word[0].isalnum() or word.endswith((".", ",", ";")):
            break
    return 0


def _shape_votes(name: str, votes: Votes, lists: Words) -> None:
    """What the name's own words say."""
    parts = name.split()
    if name in lists.places:
        votes["place"] += 1 if name in lists.doubtful_places else 3
    if any(p in lists.org_words for p in parts[1:]) or (len(parts) > 1 and parts[0] in lists.org_words):
        votes["organisation"] += 4
        return
    if len(parts) > 1 and parts[0] in lists.first and not any(c.isdigit() for c in name):
        votes["person"] += 2 if parts[-1] not in lists.places else 1
    if len(parts) == 3 and len(parts[1].rstrip(".")) == 1:
        votes["person"] += 2
    if SHAPED.match(name):
        votes["product"] += 2
    if ACRONYM.match(name):
        votes["organisation"] += 1
    elif CAMEL.search(name) and len(parts) == 1:
        votes["organisation"] += 0.5
        votes["product"] += 0.4


def _vote(votes: Votes, c: Candidate, lists: Words) -> None:
    """Adds what the words beside one occurrence say."""
    many = " " in c.name
    before, after = c.before, c.after
    if c.title:
        votes["person"] += 3
    if before in lists.roles and many:
        votes["person"] += 2
    elif before in lists.org_before:
        votes["organisation"] += 2
    elif before in lists.product_before:
        votes["product"] += 1
    if after in lists.org_after:
        votes["organisation"] += 2
    elif after in lists.product_after:
        votes["product"] += 1.5
    elif after in SPEECH or before in ("said", "says", "wrote", "warned", "added"):
        votes["person" if many else "organisation"] += 1 if many else 0.5
    elif after == "who":
        votes["person"] += 1
    if c.owner and many:
        votes["person"] += 1
    if before in ("in", "across", "from", "near"):
        votes["place"] += 0.5
    if before in ("the", "The"):
        votes["person"] -= 2


def _people(kinds: dict[str, MentionKind], reading: Reading, lists: Words) -> dict[str, str | None]:
    """Last names and the full name each stands for; None where two people share it."""
    full = [n for n, k in kinds.items() if k == "person" and " " in n]
    if reading.around:
        full += [
            m.text
            for m in reading.around.found
            if isinstance(m, Mention) and m.kind == "person" and " " in m.text
        ]
    full += [k.name for k in reading.known if k.kind == "person"]
    last: dict[str, str | None] = {}
    for name in dict.fromkeys(full):
        parts = [p for p in name.split() if p not in SUFFIXES]
        key = parts[-1]
        known = last.get(key, name)
        last[key] = name if known is None or _same_person(known, name) else None
    return _given_names(list(dict.fromkeys(full)), lists) | last


def _given_names(full: Sequence[str], lists: Words) -> dict[str, str | None]:
    """First words of full names used alone: a first name, or a family name that stands first (Liang Wenfeng)."""
    out: dict[str, str | None] = {}
    for name in full:
        key = name.split()[0].rstrip(".")
        if len(key) > 1 and key not in lists.titles:
            out[key] = name if out.get(key, name) == name else None
    return out


def _same_person(a: str, b: str) -> bool:
    """Whether two full names with one last name may be one person's (Ann Lee, Ann B. Lee)."""
    return a.split()[0] == b.split()[0]


def _mention(
    reading: Reading, c: Candidate, kinds: dict[str, MentionKind], people: dict[str, str | None], lists: Words
) -> Mention | None:
    kind = kinds.get(c.name)
    full = people.get(c.name)
    if " " not in c.name and c.name in people and kind in (None, "person"):
        if full is None:
            return None
        return Mention(c.start, c.end, c.name, "person", slug(full), reading.part, "name.last")
    if kind == "person" and " " not in c.name:
        titled = c.title and len(c.name) > 2
        return (
            Mention(c.start, c.end, c.name, "person", None, reading.part, "name.titled") if titled else None
        )
    if kind is None:
        return None
    if (
        kind == "place"
        and c.name in lists.doubtful_places
        and c.before not in ("in", "In", "from", "near", "to", "at")
    ):
        return None
    return Mention(
        c.start, c.end, reading.text[c.start : c.end], kind, slug(c.name), reading.part, f"name.{kind}"
    )
