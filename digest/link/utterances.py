"""Utterances and statements: sentences that belong together clustered, placed, aligned, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.across import Joined, Member, Spoken, Statement, Tally, Utterance, Venue
from digest.link import posts
from digest.link.alignment import Later, wording
from digest.link.clusters import Edge, Voice, agreeing, clusters
from digest.link.contraries import Contrary, Refused, contraries, unlike
from digest.link.contrast import GRAVE
from digest.link.posts import Run
from digest.link.speakers import name_of, same
from digest.link.telling import Told
from digest.link.units import Text, Unit
from digest.link.words import LONGEST, Token, Weights, tokens
from digest.text import Cert

NEXT = 200  # characters between a report and a quote of the same statement
WORN = 1.0  # signs of damage in a text that has words of its own making
SURE = 0.9  # a likeness above this is as good as verbatim
COPIES = {
    "spun": 3.0,
    "back-translated": 3.0,
    "paraphrase": 3.0,
    "copy": 0.0,
}  # the editor's word outweighs signs


@dataclass(frozen=True, slots=True)
class Heard:
    """What the texts say somebody said."""

    utterances: tuple[Utterance, ...] = ()
    statements: tuple[Statement, ...] = ()
    contraries: tuple[Contrary, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Units in their order, with the reports of each (by index), and what is known of their texts."""

    units: Sequence[Unit]
    told: Mapping[int, Sequence[Told]]
    texts: Mapping[str, Text]
    venues: Mapping[str, tuple[str, Venue]]
    lineage_of: Mapping[str, str]
    weights: Weights

    def damage(self, article: str) -> float:
        """How bad a condition the text is in: the signs of damage, or the editor's word for the copy."""
        text = self.texts[article]
        return COPIES.get(text.copy, 0.0) + text.facts.damage

    def excused(self, i: int, j: int) -> bool:
        """Whether a name or a pronoun that sets two sentences apart is one copy's doing; a number never is."""
        a, b = self.units[i], self.units[j]
        found = unlike(a, b)
        if found is None or found.kind in GRAVE:
            return found is None
        one, two = (self.lineage_of.get(u.article, u.article) for u in (a, b))
        return one == two and any(self.damage(u.article) >= WORN for u in (a, b))

    def lineages(self, articles: Iterable[str]) -> int:
        """How many lineages articles are of."""
        return len({self.lineage_of.get(a, a) for a in articles})


@lru_cache(maxsize=2000)
def _words(text: str) -> tuple[str, list[Token]]:
    return text, tokens(text)[:LONGEST]


def words(u: Unit) -> tuple[str, list[Token]]:
    """A unit's text and its words in it."""
    return _words(u.spoken.text)


def heard(voices: Voices, edges: Iterable[Edge]) -> Heard:
    """All utterances with two or more wordings or places, and the statements they are part of.

    `edges` are pairs of units that repeat one another, or do but for a word
    that counts (below 0). What is found for some units does not depend on
    others that nothing joins them with.
    """
    us = voices.units
    edges = [(abs(s) if s < 0 and voices.excused(i, j) else s, i, j) for s, i, j in edges]
    refused: list[Refused] = [(i, j, False) for s, i, j in edges if s < 0]
    groups, sure = clusters(us, edges, voices.weights)
    of = {i: g for g, members in enumerate(groups) for i in members}
    runs = posts.runs(us)
    for r in runs:
        r.groups = [of.get(i, -1) for i in r.units]
    together = posts.statements(runs)
    placed = _placed(voices, runs, together, groups, of, refused)
    sure.update(placed)
    groups.extend([i] for i in sorted(voices.told) if i not in of)
    made: list[tuple[list[int], list[Told]]] = []
    utterance_of: dict[int, str] = {}
    for group in groups:
        members = sorted(group, key=lambda i: us[i].key)
        reports = [t for i in members for t in voices.told.get(i, ()) if not _quoted_in(t, members, us)]
        if len(members) > 1 or any(t.article != us[members[0]].article for t in reports):
            made.append((members, reports))
            utterance_of.update(dict.fromkeys(members, us[members[0]].spoken.id))
    statements = tuple(_statements(voices, runs, together, utterance_of))
    statement_of = {u: s.id for s in statements for u in s.utterances}
    utterances = (_utterance(voices, m, told, sure, placed, statement_of) for m, told in made)
    return Heard(tuple(utterances), statements, contraries(us, refused, groups, of))


def _quoted_in(t: Told, members: Sequence[int], us: Sequence[Unit]) -> bool:
    """Whether a report is only what stands round a member's own marks."""
    own = (us[i].spoken for i in members if us[i].article == t.article and us[i].spoken.part == "body")
    return any(_apart(t.spoken, s) < 0 for s in own)


def _placed(
    voices: Voices,
    runs: Sequence[Run],
    together: Sequence[Sequence[int]],
    groups: list[list[int]],
    of: dict[int, int],
    refused: list[Refused],
) -> dict[int, float]:
    """Units joined by their place in a statement, with their likeness; `groups` and `of` grow by them.

    `refused` grows by those that stand in one place and say different things.
    """
    us = voices.units
    out: dict[int, float] = {}
    for statement in together:
        base = runs[statement[0]]
        for r in statement[1:]:
            for i, j, like in posts.by_place(base, runs[r], us, words, voices.weights):
                if not voices.excused(i, j):
                    refused.append((i, j, True))
                    continue
                alone = [k for k in (i, j) if k not in of]
                if _put_together(i, j, groups, of, us):
                    out.update((k, like) for k in alone or (j,))
            runs[r].groups = [of.get(i, -1) for i in runs[r].units]
            base.groups = [of.get(i, -1) for i in base.units]
    return out


def _put_together(i: int, j: int, groups: list[list[int]], of: dict[int, int], us: Sequence[Unit]) -> bool:
    """Make one group of two units' groups, unless two sentences of one quote would meet."""
    a, b = of.get(i, -1), of.get(j, -1)
    left, right = groups[a] if a >= 0 else [i], groups[b] if b >= 0 else [j]
    if (a == b and a >= 0) or {us[k].spoken.root for k in left} & {us[k].spoken.root for k in right}:
        return False
    if a < 0:
        a = len(groups)
        groups.append(left)
    elif left is not groups[a]:
        groups[a] = left
    groups[a] = [*left, *right]
    if b >= 0:
        groups[b] = []
    for k in groups[a]:
        of[k] = a
    return True


def _utterance(
    voices: Voices,
    members: Sequence[int],
    reports: Sequence[Told],
    sure: Mapping[int, float],
    placed: Mapping[int, float],
    statement_of: Mapping[str, str],
) -> Utterance:
    us, own = voices.units, voices.units[members[0]].spoken.id
    texts = [us[i].spoken.text for i in members]
    base = min(
        range(len(members)),
        key=lambda k: (voices.damage(us[members[k]].article), us[members[k]].order, -len(texts[k])),
    )
    voices_of = Counter(map(_voice, (us[i] for i in members)))
    rows = []
    for k, i in enumerate(members):
        via: Joined = "alone" if not k else "order" if i in placed else "words"
        cert = _cert(us[i], voices_of, placed.get(i))
        rows.append(_member(us[i].article, us[i].spoken, via, sure.get(i, 1.0), cert))
    rows += [_member(t.article, t.spoken, "reported", t.score, "low") for t in reports]
    named = [i for i in members if us[i].name]
    speaking = next((us[i] for i in members if us[i].person), None)
    marked = {us[i].article for i in members}
    return Utterance(
        id=own,
        person=speaking.person if speaking else "",
        speaker=speaking.called if speaking else _fullest(us[i].spoken.speaker for i in named or members),
        members=tuple(rows),
        alignment=Later(texts, base),
        tally=Tally(len(set(map(wording, set(texts)))), len(marked), voices.lineages(marked)),
        statement=statement_of.get(own, ""),
        cert=min((r.cert for r in rows[: len(members)]), key=("low", "medium", "high").index),
    )


def _member(article: str, s: Spoken, via: Joined, score: float, cert: Cert) -> Member:
    return Member(
        s.id, s.quote, article, s.anchor, s.start, s.end, s.text, s.part, via, round(score, 2), cert, s.also
    )


def _voice(u: Unit) -> Voice:
    """Whom a unit is said by: two of one voice agree with the same others."""
    return u.person, u.name


def _cert(u: Unit, every: Mapping[Voice, int], placed: float | None) -> Cert:
    """High: the speaker agrees with the others'. Medium: it is not known. Low: it differs, or only place tells."""
    own = _voice(u)
    known = {agreeing(own, v) for v, times in every.items() if times > 1 or v != own}
    if "different" in known or (placed is not None and placed < SURE and "same" not in known):
        return "low"
    return "high" if "same" in known and placed is None else "medium"


def _fullest(speakers: Iterable[str]) -> str:
    return max(speakers, key=lambda s: (s[:1].isupper(), len(s), s), default="")


def _statements(
    voices: Voices,
    runs: Sequence[Run],
    together: Sequence[Sequence[int]],
    utterance_of: Mapping[int, str],
) -> Iterator[Statement]:
    """Statements of two or more quotes."""
    us = voices.units
    for statement in together:
        first = runs[statement[0]].units[0]
        if len(statement) == len(runs[statement[0]].units) == 1 and not us[first].spoken.also:
            continue  # one quote by itself
        inside = sorted((i for r in statement for i in runs[r].units), key=lambda i: us[i].key)
        quotes = list(dict.fromkeys(q for i in inside for q in (us[i].spoken.quote, *us[i].spoken.also)))
        if len(quotes) < 2:
            continue
        order = [*runs[statement[0]].units, *inside]
        articles = {us[i].article for i in inside}
        words = {tuple(us[i].spoken.stems for i in runs[r].units) for r in statement}
        speaking = next((us[i] for i in inside if us[i].person), None)
        venues = (voices.venues[q][1].name for q in quotes if q in voices.venues)
        yield Statement(
            id=us[inside[0]].spoken.quote,
            person=speaking.person if speaking else "",
            speaker=speaking.called if speaking else _fullest(us[i].spoken.speaker for i in inside),
            quotes=tuple(quotes),
            utterances=tuple(dict.fromkeys(utterance_of[i] for i in order if i in utterance_of)),
            venues=tuple(dict.fromkeys(venues)),
            reported=tuple(_beside(voices, [us[i] for i in inside])),
            tally=Tally(len(words), len(articles), voices.lineages(articles)),
        )


def _beside(voices: Voices, inside: Sequence[Unit]) -> Iterator[Member]:
    """Reports of the same speaker's next to the statement's quotes, in the order of the texts."""
    quoted: dict[str, list[Unit]] = {}
    for u in inside:
        quoted.setdefault(u.article, []).append(u)
    for article, every in quoted.items():
        own = [u for u in every if u.spoken.part == "body"]
        for s in voices.texts[article].facts.reported:
            name = name_of(s.speaker)
            near = [u for u in own if same(name, u.name) == "same" and _apart(s, u.spoken) <= NEXT]
            if near and not any(_apart(s, u.spoken) < 0 for u in own):
                yield _member(article, s, "reported", 0.0, "low")


def _apart(a: Spoken, b: Spoken) -> int:
    """Characters between two stretches; below 0 when they overlap."""
    return max(a.start, b.start) - min(a.end, b.end)
