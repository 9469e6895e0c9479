"""Names of people, organisations, products and places.

Each name is judged by all its occurrences in the text together (one sense
per discourse): every occurrence votes by its own shape and by the words
beside it. A name with too few votes is left out: no page is better than a
wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import cast

from digest.annotate.mentions_names import NICKNAME, Candidate, Words, candidates, slug, title_lines, words
from digest.model import KnownName, Mention, MentionKind, Reading
from digest.rules import Rules
from digest.text import Span
from digest.voices import named

Votes = dict[str, float]
ENOUGH = 2.0  # votes for a kind; one sign alone is no proof
SPEECH = frozenset(
    "said says wrote writes told added adds argued argues claimed claims warned warns asked noted posted tweeted explained believes thinks".split()
)
SHAPED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])|.*(?:GPT|LLM)")
CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]|[a-z][A-Z]{2}")
ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
HONORIFICS = frozenset("Mr Mrs Ms Dr Sen Rep Gov Prof Rev".split())
PLACED = frozenset("in In from near to at across".split())
SUFFIXES = frozenset("Jr Sr II III IV Jr. Sr.".split())


@dataclass(frozen=True, slots=True)
class Known:
    """What is settled about the names of a text before its occurrences are marked."""

    kinds: Mapping[str, MentionKind]
    people: Mapping[str, str | None]  # a name alone -> the full name; None where two share it
    ids: Mapping[str, str]  # full name -> entity


def mentions(reading: Reading, rules: Rules) -> Iterator[Mention]:
    """Names in the text, left to right, never overlapping."""
    lists = rules.once(words)
    taken = list(_vouched(reading))
    spans = [Span(m.start, m.end) for m in taken]
    found = _outside(candidates(reading.text, lists), spans)
    known = _settled(reading, _outside(found, title_lines(reading.text)), lists, rules)
    for c in found:
        if c.name in known.kinds or c.name in known.people:
            made = _mention(reading, c, known, lists)
            if made:
                taken.append(made)
    yield from sorted(taken, key=attrgetter("start"))


def _vouched(reading: Reading) -> Iterator[Mention]:
    """The names the editor vouches for, the longest spelling first."""
    text = reading.text
    spellings = {s: k for k in reading.known for s in (k.name, *k.aliases) if s.strip() and s in text}
    if not spellings:
        return
    longest = sorted(spellings, key=lambda s: (-len(s), s))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(s) for s in longest) + r")(?!\w)")
    for m in pattern.finditer(text):
        known: KnownName = spellings[m[0]]
        yield Mention(m.start(), m.end(), m[0], known.kind, known.entity, reading.part, "name.known")


def _settled(reading: Reading, found: Sequence[Candidate], lists: Words, rules: Rules) -> Known:
    """Kinds, people and entities, from the body where a headline is read."""
    around = [m for m in reading.around.found if isinstance(m, Mention)] if reading.around else []
    kinds = {NICKNAME.sub("", m.text): m.kind for m in around if m.rule != "name.last"}
    kinds |= _kinds(found, lists, reading.text)
    if reading.part == "body":  # who has lines in a dialogue is somebody, unless it looks like an outlet
        speaking = named(reading.text, rules).values()
        for name in speaking:
            if lists.org_words.isdisjoint(name.split()):
                kinds.setdefault(name, "person")
    full = [n for n, k in kinds.items() if k == "person" and " " in n]
    full += [k.name for k in reading.known if k.kind == "person"]
    people = _people(list(dict.fromkeys(full)), lists)
    people |= {
        c.nick: c.name for c in found if c.nick and kinds.get(c.name) == "person" and c.nick not in kinds
    }
    return Known(kinds, people, _ids(full, reading.known))


def _ids(full: Sequence[str], known: Sequence[KnownName]) -> dict[str, str]:
    """The entity of each full name; two spellings with the same first and last word are one person's."""
    ids = {k.name: k.entity for k in known}
    first_seen = {(n.split()[0], _last(n)): e for n, e in ids.items()}
    for name in full:
        ids.setdefault(name, first_seen.setdefault((name.split()[0], _last(name)), slug(name)))
    return ids


def _last(name: str) -> str:
    return [p for p in name.split() if p not in SUFFIXES][-1]


def _outside(found: list[Candidate], spans: Sequence[Span]) -> list[Candidate]:
    """`found` without those that share a character with one of `spans`; both left to right."""
    if not spans:
        return found
    ends = [s.end for s in spans]
    return [c for c in found if (i := bisect_right(ends, c.start)) == len(ends) or spans[i].start >= c.end]


def _kinds(found: Sequence[Candidate], lists: Words, text: str) -> dict[str, MentionKind]:
    """What each distinct name is, by the votes of all its occurrences."""
    votes: dict[str, Votes | None] = dict.fromkeys([c.name for c in found])
    before, after = _telling(lists)
    for c in found:
        described = c.after in APPOSED and " " in c.name
        if described or c.before in before or c.after in after or c.title or c.owner:
            counted = votes[c.name]
            if counted is None:
                counted = votes[c.name] = defaultdict(float)
            _vote(counted, c, lists)
            if described:
                counted["person"] += _described(text, c.end, lists)
    kinds: dict[str, MentionKind] = {}
    for name, counted in votes.items():
        shaped = _shape_votes(name, lists)
        if shaped or counted:  # nothing speaks for any kind of most names
            kind = _kind(name, counted or defaultdict(float), shaped, votes, lists)
            if kind:
                kinds[name] = kind
    return kinds


def _kind(
    name: str, counted: Votes, shaped: Iterable[tuple[str, float]], names: Container[str], lists: Words
) -> MentionKind | None:
    """The kind that most votes are for, if they are enough; `names` are all of the text."""
    for kind, vote in shaped:
        counted[kind] += vote
    first, _, last = name.rpartition(" ")
    if first and last in names and first not in names:  # people go on by the last name, firms by the first
        counted["person"] += 1
    ranked = sorted(counted.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return cast(MentionKind, ranked[0][0])


APPOSED = frozenset((",", "("))
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


@lru_cache(maxsize=1 << 14)
def _shape_votes(name: str, lists: Words) -> tuple[tuple[str, float], ...]:
    """What the name's own words say, kind by kind."""
    if name.isalpha() and name.istitle() and name not in lists.places:  # one plain word: most names
        return (("person", -5.0),) if name in lists.not_last else ()
    votes: Votes = defaultdict(float)
    _add_shape(name, votes, lists)
    return tuple(votes.items())


def _add_shape(name: str, votes: Votes, lists: Words) -> None:
    parts = name.split()
    if name in lists.places:
        votes["place"] += 1 if name in lists.doubtful_places else 3
        return
    if len(parts) > 4 or parts[-1] in lists.not_last:
        votes["person"] -= 5
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


SAID = frozenset("said says wrote warned added".split())
PLACING = frozenset("in across from near".split())
ARTICLES = frozenset(("the", "The"))


@lru_cache(maxsize=8)
def _telling(lists: Words) -> tuple[frozenset[str], frozenset[str]]:
    """The words that say something of a name when they stand before it, and after it."""
    before = lists.roles | lists.org_before | lists.product_before | SAID | PLACING | ARTICLES
    return before, lists.org_after | lists.product_after | SPEECH | {"who"}


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
    elif after in SPEECH or before in SAID:
        votes["person"] += 1 if many else 0
    elif after == "who":
        votes["person"] += 1
    if c.owner and many:
        votes["person"] += 1
    if before in PLACING:
        votes["place"] += 0.5
    if before in ARTICLES:
        votes["person"] -= 2


def _people(full: Sequence[str], lists: Words) -> dict[str, str | None]:
    """Names used alone and the full name each stands for; None where two people share it.

    A last name goes before a first one (Hillary; Liang of Liang Wenfeng).
    """
    given: dict[str, str | None] = {}
    last: dict[str, str | None] = {}
    for name in full:
        key = name.split()[0].rstrip(".")
        if len(key) > 1 and key not in lists.titles:
            given[key] = name if given.get(key, name) == name else None
        known = last.get(_last(name), name)
        same = known is not None and known.split()[0] == name.split()[0]
        last[_last(name)] = known if same else None
    return given | last


def _mention(reading: Reading, c: Candidate, known: Known, lists: Words) -> Mention | None:
    kind = known.kinds.get(c.name)
    alone = " " not in c.name
    if alone and c.name in known.people and kind in (None, "person", "organisation"):
        full = known.people[c.name]
        entity = (known.ids.get(full) or slug(full)) if full else None
        return Mention(c.start, c.end, c.name, "person", entity, reading.part, "name.last") if full else None
    if kind is None:
        return None
    if kind == "person" and alone:
        sure = c.title in HONORIFICS and len(c.name) > 2 and c.name not in lists.org_words
        return Mention(c.start, c.end, c.name, "person", None, reading.part, "name.titled") if sure else None
    if kind == "place" and c.name in lists.doubtful_places and c.before not in PLACED:
        return None
    text = reading.text[c.start : c.end]
    return Mention(
        c.start, c.end, text, kind, known.ids.get(c.name) or slug(c.name), reading.part, f"name.{kind}"
    )
