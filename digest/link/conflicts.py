"""Where texts fill one slot differently: proposed to the editor as questions, never decided.

Five slots: where something was published, somebody's role, who owns a firm,
what a product is compared with, what a figure is. A proposal that the editor
has a conflict for (the same slot, the same texts) is not made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from digest.across import Claim, Facts, FigureGroup, Slot, Statement
from digest.ids import short
from digest.link.units import ranks
from digest.link.venues import venue
from digest.link.words import Weights, stem, tokens
from digest.rules import Rules, rules_for
from digest.sentences import around
from digest.site import Article, Conflict, FigureItem, QuoteItem, Reading
from digest.text import Cert

ALIKE = 2  # telling words, besides the names, that two comparisons must share to be one


class Filled(NamedTuple):
    """A slot as one text fills it: the value to compare, and the reading to show."""

    value: frozenset[str]
    reading: Reading
    emended: bool = False


def conflicts(
    articles: Sequence[Article],
    facts: Mapping[str, Facts],
    quotes: Sequence[QuoteItem],
    statements: Sequence[Statement],
    groups: Sequence[FigureGroup],
    figures: Sequence[FigureItem],
    names: Mapping[str, str],
    weights: Weights,
    lineage_of: Mapping[str, str],
) -> tuple[Conflict, ...]:
    """The machine's proposals, by id."""
    by_id = {a.id: a for a in articles}
    rank = ranks(articles)
    made = [
        *_venues(by_id, quotes, statements),
        *_claimed(by_id, facts, names, weights),
        *_values(groups, figures),
    ]
    out = []
    for slot, (about, *keys), question, filled, cert in made:
        ordered = sorted(filled, key=lambda f: (rank[f.reading.article], f.reading.start))
        readings = tuple(dict.fromkeys(f.reading for f in ordered))
        held = len({lineage_of.get(r.article, r.article) for r in readings})
        kind: Kind = "damage" if any(f.emended for f in ordered) else "disagreement"
        own, *also = dict.fromkeys("m-" + short(slot, n) for n in keys)
        out.append(
            Conflict(own, question, kind, readings, "", "machine", slot, about, held, cert, tuple(also))
        )
    return tuple(sorted(out, key=lambda c: c.id))


Kind = Literal["disagreement", "damage", "slip"]
# The slot; whose it is, the key of the address, and the keys it could have had with fewer texts; the question …
Proposal = tuple[Slot, tuple[str, ...], str, list[Filled], Cert]


def differ(filled: Iterable[Filled]) -> bool:
    """Whether two texts fill a slot with nothing in common; a text that has both is no party."""
    by_text: dict[str, frozenset[str]] = {}
    for f in filled:
        by_text[f.reading.article] = by_text.get(f.reading.article, frozenset()) | f.value
    values = list(dict.fromkeys(v for v in by_text.values() if v))
    return any(a.isdisjoint(b) for i, a in enumerate(values[:20]) for b in values[i + 1 : 20])


def proposed(editors: Sequence[Conflict], machine: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The editor's conflicts and those proposals that none of them covers, by id.

    A conflict covers a proposal when it has, for two of its texts, the words
    of the proposal's readings.
    """
    out = list(editors)
    for m in machine:
        if not any(_covers(e, m) for e in editors):
            out.append(m)
    return tuple(sorted(out, key=lambda c: c.id))


def _covers(e: Conflict, m: Conflict) -> bool:
    hits = 0
    for r in m.readings:
        words = _words(r.words)
        own = [x for x in e.readings if x.article == r.article]
        hits += any(
            words <= _words(x.words) or (words & _words(x.words) and words <= _words(x.exact)) for x in own
        )
    return hits >= 2


# Venues


def _venues(
    articles: Mapping[str, Article], quotes: Sequence[QuoteItem], statements: Sequence[Statement]
) -> Iterator[Proposal]:
    items = {q.id: q for q in quotes}
    for s in statements:
        if s.tally.texts < 2:
            continue
        filled = []
        for q in s.quotes:
            found = _filled(articles[items[q].article], items[q]) if q in items else None
            if found:
                filled.append(found)
        filled = _once(filled)
        if differ(filled):
            question = f"Where did {s.speaker or 'the speaker'} publish or say this?"
            yield "venue", (s.id, s.id, *s.quotes), question, filled, "high" if s.person else "medium"


def _once(filled: Iterable[Filled]) -> list[Filled]:
    """One reading for each text and value."""
    return list({(f.reading.article, f.value): f for f in reversed(list(filled))}.values())[::-1]


def _filled(article: Article, q: QuoteItem) -> Filled | None:
    found = venue(article.shown, q.noted)
    if not found:
        return None
    text = article.shown.text
    where = found.start if found.start >= 0 else q.noted.item.start
    span = around(text, where, where + 1)
    end = found.start + len(found.name) if found.start >= 0 else -1
    reading = Reading(article.id, found.name, text[span.start : span.end], found.start, end, q.id)
    return Filled(frozenset((found.name.casefold(),)), reading)


# Roles, owners, comparisons


def _claimed(
    articles: Mapping[str, Article], facts: Mapping[str, Facts], names: Mapping[str, str], weights: Weights
) -> Iterator[Proposal]:
    by: dict[tuple[Slot, str], list[tuple[str, Claim]]] = {}
    for a in sorted(facts):
        for c in facts[a].claims:
            by.setdefault((c.slot, c.key), []).append((a, c))
    for (slot, key), found in sorted(by.items()):
        if len({a for a, _ in found}) < 2:
            continue
        if slot == "role":
            yield from _roles(key, found, names)
        elif slot == "owner":
            yield from _owners(key, found, names)
        elif slot == "compared":
            yield from _compared(key, found, names, weights)


def _reading(article: str, c: Claim) -> Reading:
    return Reading(article, c.words, c.sentence, c.start, c.end)


def _roles(key: str, found: Sequence[tuple[str, Claim]], names: Mapping[str, str]) -> Iterator[Proposal]:
    """The same office under two ranks: "chief engineer", "senior engineer"."""
    by_office: dict[str, list[Filled]] = {}
    for article, c in found:
        for office, rank in offices(c.words):
            if rank:
                by_office.setdefault(office, []).append(Filled(rank, _reading(article, c), c.emended))
    for office, filled in sorted(by_office.items()):
        if differ(filled):
            who = names.get(key) or found[0][1].subject
            yield "role", (key, f"{key}:{office}"), f"What is {who}’s post: which {office}?", filled, "medium"


def offices(words: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each office in a role with the ranks before it: "senior AI scientist" -> scientist, {senior}."""
    lists = rules_for().once(_offices)
    text = " ".join(w.strip(".,()").casefold() for w in words.split())
    for alias, plain in lists.same:
        text = re.sub(rf"\b{re.escape(alias)}\b", plain, text)
    held: list[str] = []
    for word in re.split(r"[\s/]+", text):
        if word in lists.office and word not in lists.rank:
            yield word, frozenset(w for w in held[-3:] if w in lists.rank)
            held = []
        elif word in ("and", "of", "at", "in", "for"):
            held = []
        else:
            held.append(word)


class Offices(NamedTuple):
    """The word lists that tell offices from ranks."""

    office: frozenset[str]
    rank: frozenset[str]
    same: tuple[tuple[str, str], ...]


def _offices(rules: Rules) -> Offices:
    same = [line.split(" ", 1) for line in rules.words("link-claims", "same-role")]
    return Offices(
        frozenset(rules.words("link-claims", "role")),
        frozenset(rules.words("link-claims", "rank")),
        tuple(sorted(((b, a) for a, b in same), key=lambda p: -len(p[0]))),
    )


def _owners(key: str, found: Sequence[tuple[str, Claim]], names: Mapping[str, str]) -> Iterator[Proposal]:
    """Two owners that share no word of their names."""
    filled = [Filled(_words(c.words), _reading(a, c), c.emended) for a, c in found]
    if differ(filled):
        yield "owner", (key, key), f"Who owns {names.get(key) or found[0][1].subject}?", filled, "medium"


def _words(name: str) -> frozenset[str]:
    return frozenset(t.stem.casefold() for t in tokens(name)) - {
        "the",
        "of",
        "and",
        "inc",
        "group",
        "compani",
    }


def _compared(
    key: str, found: Sequence[tuple[str, Claim]], names: Mapping[str, str], weights: Weights
) -> Iterator[Proposal]:
    """Two products that one is said to equal, in sentences that say it in like words."""
    subject, _, how = key.partition(":")
    own = _words(names.get(subject, subject)) | _words(subject)
    near: list[tuple[str, Claim]] = []
    for i, (a, c) in enumerate(found):
        if any(b != a and _like(c, d, own, weights) >= ALIKE for j, (b, d) in enumerate(found) if i != j):
            near.append((a, c))
    filled = [
        Filled(frozenset((stem(c.words.casefold().replace(" ", "")),)), _reading(a, c), c.emended)
        for a, c in near
    ]
    if differ(filled):
        who = names.get(subject) or found[0][1].subject
        verb = "beat" if how == "beats" else "equal"
        yield "compared", (subject, key), f"Which product is {who} said to {verb}?", filled, "medium"


def _like(a: Claim, b: Claim, own: frozenset[str], weights: Weights) -> int:
    left, right = ({t.stem for t in tokens(c.sentence) if weights.of(t.stem) > 1} for c in (a, b))
    names = own | _words(a.words) | _words(b.words)
    return len({s for s in left & right if s.casefold() not in names})


# Figures


def _values(groups: Sequence[FigureGroup], figures: Sequence[FigureItem]) -> Iterator[Proposal]:
    items = {f.id: f for f in figures}
    for g in groups:
        if not g.differ:
            continue
        filled = []
        for f in g.figures:
            n = items[f].noted
            reading = Reading(items[f].article, n.item.text, n.sentence, n.item.start, n.item.end)
            filled.append(Filled(frozenset((n.item.text,)), reading))
        yield "value", (g.id, g.id, *g.figures), f"How much is it: {g.subject}?", filled, "low"
