"""Utterances and statements of a site: units clustered, placed, aligned, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.across import Facts, Joined, Member, Spoken, Statement, Tally, Utterance
from digest.link import posts, telling
from digest.link.alignment import aligned, wording
from digest.link.clusters import agree, clusters
from digest.link.posts import Run
from digest.link.speakers import name_of, same
from digest.link.spoken import part_text
from digest.link.telling import Told
from digest.link.units import Unit, units
from digest.link.venues import venue
from digest.link.words import Token, Weights, tokens
from digest.site import Article, QuoteItem
from digest.text import Cert

NEXT = 200  # characters between a report and a quote of the same statement
SURE = 0.9  # a likeness above this is as good as verbatim
COPIES = {
    "spun": 3.0,
    "back-translated": 3.0,
    "paraphrase": 3.0,
    "copy": 0.0,
}  # the editor's word outweighs signs


@dataclass(frozen=True, slots=True)
class Heard:
    """What the texts say somebody said: utterances, statements, and where each unit went."""

    utterances: tuple[Utterance, ...]
    statements: tuple[Statement, ...]


class Voices:
    """The units of a site with everything needed to look at their words. Made once for a site."""

    def __init__(
        self,
        articles: Sequence[Article],
        facts: Mapping[str, Facts],
        quotes: Sequence[QuoteItem],
        names: Mapping[str, str],
        weights: Weights,
    ) -> None:
        self.articles = {a.id: a for a in articles}
        self.facts, self.quotes, self.weights = facts, quotes, weights
        self.units = units(articles, facts, quotes, names)
        self.names = names
        self._words: dict[tuple[str, str, int, int], tuple[str, list[Token]]] = {}

    def text(self, article: str, s: Spoken) -> str:
        """The words of a unit, as shown."""
        return part_text(self.articles[article].shown, s.part)[s.start : s.end]

    def words(self, u: Unit) -> tuple[str, list[Token]]:
        """A unit's text and its words in it."""
        s = u.spoken
        key = (u.article, s.part, s.start, s.end)
        if key not in self._words:
            text = self.text(u.article, s)
            self._words[key] = (text, tokens(text))
        return self._words[key]

    def gap(self, a: Unit, b: Unit) -> int:
        """Words between two units of one part of one text."""
        text = part_text(self.articles[a.article].shown, a.spoken.part)
        low, high = a.spoken.end, b.spoken.start
        return 0 if high <= low else len(text[low : min(high, low + 1000)].split())

    def damage(self, article: str) -> float:
        """How bad a condition the text is in: the signs of damage, or the editor's word for the copy."""
        a = self.articles[article]
        signs = sum(sign.score for _, sign in a.shown.diagnosis)
        return COPIES.get(a.copy.value, 0.0) + signs


def heard(voices: Voices, lineage_of: Mapping[str, str]) -> Heard:
    """All utterances with two or more wordings or places, and the statements they are part of."""
    us = voices.units
    groups, sure = clusters(us, voices.weights)
    of = {i: g for g, members in enumerate(groups) for i in members}
    runs = posts.runs(us, voices.gap)
    for r in runs:
        r.groups = [of.get(i, -1) for i in r.units]
    together = posts.statements(runs)
    placed = _placed(voices, runs, together, groups, of)
    told = telling.reported(voices.facts, us, voices.weights)
    groups.extend([i] for i in sorted(told) if i not in of)
    made: list[Utterance] = []
    utterance_of: dict[int, str] = {}
    for group in groups:
        members = sorted(group, key=lambda i: us[i].key)
        reports = [t for i in members for t in told.get(i, ()) if not _quoted_in(t, members, us)]
        if len(members) > 1 or any(t.article != us[members[0]].article for t in reports):
            made.append(_utterance(voices, members, reports, {**sure, **placed}, placed, lineage_of))
            utterance_of.update((i, made[-1].id) for i in members)
    statements = list(_statements(voices, runs, together, utterance_of, lineage_of))
    of_statement = {u: s.id for s in statements for u in s.utterances}
    utterances = (replace(u, statement=of_statement.get(u.id, "")) for u in made)
    return Heard(tuple(sorted(utterances, key=lambda u: u.id)), tuple(sorted(statements, key=lambda s: s.id)))


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
) -> dict[int, float]:
    """Units joined by their place in a statement, with their likeness; `groups` and `of` grow by them."""
    us = voices.units
    out: dict[int, float] = {}
    for statement in together:
        base = runs[statement[0]]
        for r in statement[1:]:
            for i, j, like in posts.by_place(base, runs[r], us, voices.words, voices.weights):
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
    lineage_of: Mapping[str, str],
) -> Utterance:
    us = voices.units
    texts = [voices.text(us[i].article, us[i].spoken) for i in members]
    base = min(
        range(len(members)),
        key=lambda k: (voices.damage(us[members[k]].article), us[members[k]].order, -len(texts[k])),
    )
    rows = []
    for k, i in enumerate(members):
        via: Joined = "alone" if not k else "order" if i in placed else "words"
        rows.append(
            _member(
                us[i].article, us[i].spoken, texts[k], via, sure.get(i, 1.0), _cert(us, members, i, placed)
            )
        )
    rows += [
        _member(t.article, t.spoken, voices.text(t.article, t.spoken), "reported", t.score, "low")
        for t in reports
    ]
    named = [i for i in members if us[i].name]
    person = next((us[i].person for i in members if us[i].person), "")
    marked = {us[i].article for i in members}
    return Utterance(
        id=us[members[0]].spoken.id,
        person=person,
        speaker=_fullest(us[i].spoken.speaker for i in named or members)
        if not person
        else voices.names[person],
        members=tuple(rows),
        alignment=aligned(texts, base),
        tally=Tally(
            len({wording(t) for t in texts}), len(marked), len({lineage_of.get(a, a) for a in marked})
        ),
        cert=min((r.cert for r in rows[: len(members)]), key=("low", "medium", "high").index),
    )


def _member(article: str, s: Spoken, text: str, via: Joined, score: float, cert: Cert) -> Member:
    return Member(
        s.id, s.quote, article, s.anchor, s.start, s.end, text, s.part, via, round(score, 2), cert, s.also
    )


def _cert(us: Sequence[Unit], members: Sequence[int], i: int, placed: Mapping[int, float]) -> Cert:
    """High: the speaker agrees with the others'. Medium: it is not known. Low: it differs, or only place tells."""
    known = {agree(us[i], us[k]) for k in members if k != i}
    if "different" in known or (i in placed and placed[i] < SURE and "same" not in known):
        return "low"
    return "high" if "same" in known and i not in placed else "medium"


def _fullest(speakers: Iterable[str]) -> str:
    return max(speakers, key=lambda s: (s[:1].isupper(), len(s), s), default="")


def _statements(
    voices: Voices,
    runs: Sequence[Run],
    together: Sequence[Sequence[int]],
    utterance_of: Mapping[int, str],
    lineage_of: Mapping[str, str],
) -> Iterator[Statement]:
    """Statements of two or more quotes."""
    us = voices.units
    items = {q.id: q for q in voices.quotes}
    for statement in together:
        inside = sorted((i for r in statement for i in runs[r].units), key=lambda i: us[i].key)
        quotes = list(dict.fromkeys(q for i in inside for q in (us[i].spoken.quote, *us[i].spoken.also)))
        if len(quotes) < 2:
            continue
        order = [*runs[statement[0]].units, *inside]
        articles = {us[i].article for i in inside}
        words = {tuple(us[i].spoken.stems for i in runs[r].units) for r in statement}
        person = next((us[i].person for i in inside if us[i].person), "")
        yield Statement(
            id=us[inside[0]].spoken.quote,
            person=person,
            speaker=voices.names.get(person) or _fullest(us[i].spoken.speaker for i in inside),
            quotes=tuple(quotes),
            utterances=tuple(dict.fromkeys(utterance_of[i] for i in order if i in utterance_of)),
            venues=tuple(dict.fromkeys(v for q in quotes if q in items and (v := _venue(voices, items[q])))),
            reported=tuple(_beside(voices, [us[i] for i in inside])),
            tally=Tally(len(words), len(articles), len({lineage_of.get(a, a) for a in articles})),
        )


def _beside(voices: Voices, inside: Sequence[Unit]) -> Iterator[Member]:
    """Reports of the same speaker's next to the statement's quotes, in the order of the texts."""
    for article in dict.fromkeys(u.article for u in inside):
        own = [u for u in inside if u.article == article and u.spoken.part == "body"]
        for s in voices.facts[article].reported:
            name = name_of(s.speaker)
            near = [u for u in own if same(name, u.name) == "same" and _apart(s, u.spoken) <= NEXT]
            if near and not any(_apart(s, u.spoken) < 0 for u in own):
                yield _member(article, s, voices.text(article, s), "reported", 0.0, "low")


def _apart(a: Spoken, b: Spoken) -> int:
    """Characters between two stretches; below 0 when they overlap."""
    return max(a.start, b.start) - min(a.end, b.end)


def _venue(voices: Voices, item: QuoteItem) -> str:
    found = venue(voices.articles[item.article].shown, item.noted)
    return found.name if found else ""
