"""Where texts fill one slot differently: proposed to the editor as questions, never decided.

A proposal that the editor has a conflict for (the same slot, the same texts)
is not made again. Its kind is a guess from how the texts hang together: two
copies of one original cannot disagree by themselves, and a lone reading in a
text that shows signs of damage is most likely the text's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import is_
from typing import Literal, NamedTuple

from digest.across import Claim, FigureGroup, Slot, Statement, Utterance, Venue
from digest.ids import short
from digest.link.contraries import Contrary, contrary
from digest.link.entities import Registry
from digest.link.holders import disputed, holds_post
from digest.link.slips import slip, spelled_alike
from digest.link.slots import Filled, Held, Proposal, amount, bare, claimed, said_by, values, venues
from digest.link.units import Text
from digest.link.words import Weights
from digest.site import Conflict

Kind = Literal["disagreement", "damage", "slip"]
Owners = tuple["Owned", ...]


class Owned(NamedTuple):
    """An article's claims on a slot: whose it is, what that is called, what the claims' words name, and the events
    that it tells of with another of the articles."""

    article: str
    entity: str
    called: str
    meant: tuple[str, ...]
    told: frozenset[str] = frozenset()


class Occasion(NamedTuple):
    """Sentences that several texts quote, said on one occasion."""

    said: tuple[Utterance, ...]


Source = Occasion | Utterance | FigureGroup | Contrary | Owners  # what a slot is filled by
Propose = Callable[[], Iterable[Proposal]]


class Across(NamedTuple):
    """All texts, as far as a proposal is about several of them."""

    texts: Mapping[str, Text]
    known: Registry
    names: Mapping[str, str]
    lineage_of: Mapping[str, str]
    venues: Mapping[str, tuple[str, Venue]]
    owner: Mapping[str, str]
    weights: Weights


class Made(NamedTuple):
    """A proposal as a conflict, with the texts of its readings and their lineages."""

    conflict: Conflict
    texts: tuple[Text, ...]
    lineages: tuple[str, ...]


class Conflicts:
    """The machine's proposals; what nothing new is known of stays as it was.

    `tried` counts the slots that were looked at.
    """

    def __init__(self) -> None:
        self.tried = 0
        self._claims: dict[tuple[Slot, str], dict[str, list[Claim]]] = {}
        self._several: set[tuple[Slot, str]] = set()
        self._held: dict[tuple[Slot, str], tuple[Source, tuple[Made, ...]]] = {}

    def update(self, gone: Iterable[Text], come: Iterable[Text], moved: frozenset[str]) -> None:
        """Take texts out and in; `moved` stems weigh more or less than they did."""
        touched = {k for k in self._held if k[0] == "compared"} if moved else set()
        for text in gone:
            for c in text.facts.claims:
                touched.add((c.slot, c.key))
                self._claims[c.slot, c.key].pop(text.id, None)
        for text in come:
            for c in text.facts.claims:
                touched.add((c.slot, c.key))
                self._claims.setdefault((c.slot, c.key), {}).setdefault(text.id, []).append(c)
        for key in touched:
            self._held.pop(key, None)
            (self._several.add if len(self._claims[key]) > 1 else self._several.discard)(key)
            if not self._claims[key]:
                del self._claims[key]

    def found(
        self,
        across: Across,
        utterances: Sequence[Utterance],
        statements: Sequence[Statement],
        groups: Sequence[FigureGroup],
        contraries: Sequence[Contrary] = (),
    ) -> tuple[Conflict, ...]:
        """The proposals, by id."""
        before, self._held = self._held, {}
        out: list[Conflict] = []
        for key, source, propose in self._slots(across, utterances, statements, groups, contraries):
            held = before.get(key)
            if held is None or not _stands(held, source, across):
                self.tried += key[0] != "value"
                held = source, tuple(_made(p, across) for p in propose())
            self._held[key] = held
            out += (m.conflict for m in held[1])
        return tuple(sorted(out, key=lambda c: c.id))

    def _slots(
        self,
        across: Across,
        utterances: Iterable[Utterance],
        statements: Iterable[Statement],
        groups: Iterable[FigureGroup],
        contraries: Iterable[Contrary],
    ) -> Iterator[tuple[tuple[Slot, str], Source, Propose]]:
        """Each slot that several texts fill, by what, and how proposals are made of it."""
        quotes = {s.id: s.quotes for s in statements}
        events = _events(across, utterances, groups)
        for own, said in sorted(_occasions(utterances).items()):
            yield ("venue", own), Occasion(said), partial(venues, said, quotes.get(own, ()), across.venues)
        for slot, name in sorted(self._several):
            claims = self._claims[slot, name]
            owners = _owned(across, slot, name, claims, events)
            yield (slot, name), owners, partial(_of_claims, slot, claims, owners, across.weights)
        for g in groups:
            if g.differ:
                yield ("value", g.id), g, partial(_of_group, g, across)
        for u in utterances:
            if u.tally.texts > 2 and u.tally.wordings > 1:
                yield ("word", u.id), u, partial(slip, u, across.lineage_of)
            if u.tally.texts > 1 and u.cert == "low":
                yield ("speaker", u.id), u, partial(_of_voices, u, across)
        for c in contraries:
            ids = f"{c.left[0].spoken.id}~{c.right[0].spoken.id}"
            yield ("word", ids), c, partial(contrary, c, across.texts, across.lineage_of)


def _occasions(utterances: Iterable[Utterance]) -> dict[str, tuple[Utterance, ...]]:
    """The sentences that several texts quote, by the statement they are part of, else each by itself."""
    out: dict[str, list[Utterance]] = {}
    for u in utterances:
        if len({m.article for m in u.members if m.via != "reported"}) > 1:
            out.setdefault(u.statement or u.id, []).append(u)
    return {own: tuple(said) for own, said in out.items()}


def _of_claims(
    slot: Slot, claims: Mapping[str, Sequence[Claim]], owners: Owners, weights: Weights
) -> Iterator[Proposal]:
    by: dict[str, list[Held]] = {}
    for o in owners:
        if o.entity:
            rows = zip(claims[o.article], o.meant, strict=True)
            by.setdefault(o.entity, []).extend(
                Held(o.article, c, o.entity, o.called or c.subject, m) for c, m in rows
            )
    told = {o.article: o.told for o in owners}
    for e in sorted(by):
        made = list(claimed(slot, e, by[e], weights))
        yield from made
        if slot == "role" and not made:
            yield from disputed(e, by[e], told)


def _owned(
    across: Across,
    slot: Slot,
    name: str,
    claims: Mapping[str, Sequence[Claim]],
    events: Mapping[str, Sequence[str]],
) -> Owners:
    """Who the claims of each article are about, and what else a proposal of them hangs on."""
    at_stake = {a for a in claims if slot == "role" and holds_post(claims[a])}
    times = Counter(e for a in at_stake for e in {across.lineage_of.get(a, a), *events.get(a, ())})
    out = []
    for a in sorted(claims):
        entity, called = _owner(across, slot, name, a)
        meant = tuple(across.names.get(across.known.find(c.words, a), "") for c in claims[a])
        own = {across.lineage_of.get(a, a), *events.get(a, ())} if a in at_stake else set()
        out.append(Owned(a, entity, called, meant, frozenset(e for e in own if times[e] > 1)))
    return tuple(out)


def _events(
    across: Across, utterances: Iterable[Utterance], groups: Iterable[FigureGroup]
) -> dict[str, list[str]]:
    """What shows that two articles tell one story, by article: sentences that both quote, figures that both give."""
    out: dict[str, list[str]] = {}
    for u in utterances:
        for a in dict.fromkeys(m.article for m in u.members if m.via != "reported"):
            out.setdefault(a, []).append(u.id)
    for g in groups:
        for a in dict.fromkeys(across.owner[f] for f in g.figures):
            out.setdefault(a, []).append(g.id)
    return out


def _of_group(g: FigureGroup, across: Across) -> Iterator[Proposal]:
    texts = (across.texts[a] for a in dict.fromkeys(across.owner[f] for f in g.figures))
    yield amount(g, {n.id: (t.id, n) for t in texts for n in t.facts.numbers})


def _of_voices(u: Utterance, across: Across) -> Iterator[Proposal]:
    spoken = {s.id: s for m in u.members for s in across.texts[m.article].facts.spoken if s.id == m.id}
    yield from said_by(
        u,
        spoken,
        {m.id: across.known.find(spoken[m.id].full, m.article) for m in u.members if m.id in spoken},
    )


def _stands(held: tuple[Source, Sequence[Made]], source: Source, across: Across) -> bool:
    """Whether what was made of a slot is still right: nothing that it is made of has changed."""
    return _same(held[0], source) and all(
        across.texts.get(t.id) is t and across.lineage_of.get(t.id, t.id) == k
        for m in held[1]
        for t, k in zip(m.texts, m.lineages, strict=True)
    )


def _same(a: Source, b: Source) -> bool:
    """Whether a slot is filled as before; an utterance is made anew when anything in it changes."""
    if isinstance(a, Occasion) and isinstance(b, Occasion):
        return len(a.said) == len(b.said) and all(map(is_, a.said, b.said))
    return a is b if isinstance(b, Utterance | Contrary) else a == b


def _owner(across: Across, slot: Slot, key: str, article: str) -> tuple[str, str]:
    """Whose a slot is in an article, and its name; "" when two people bear the name.

    Only for people may one key mean two.
    """
    if slot != "role":
        return key, across.names.get(key.partition(":")[0], "")
    entity = across.known.owner("person", key, article)
    return entity, across.names.get(entity, "")


def _made(p: Proposal, across: Across) -> Made:
    articles = dict.fromkeys(f.reading.article for f in p.filled)
    texts = tuple(map(across.texts.__getitem__, articles))
    return Made(_conflict(p, across), texts, tuple(across.lineage_of.get(a, a) for a in articles))


def _conflict(p: Proposal, across: Across) -> Conflict:
    texts, lineage_of = across.texts, across.lineage_of
    ordered = sorted(p.filled, key=lambda f: (texts[f.reading.article].place, f.reading.start))
    readings = tuple(dict.fromkeys(f.reading for f in ordered))
    lineages = len({lineage_of.get(r.article, r.article) for r in readings})
    own, *also = dict.fromkeys("m-" + short(p.slot, n) for n in p.keys)
    kind = kind_of(p, texts, lineage_of)
    return Conflict(
        own, p.question, kind, readings, "", "machine", p.slot, p.about, lineages, p.cert, tuple(also)
    )


def kind_of(p: Proposal, texts: Mapping[str, Text], lineage_of: Mapping[str, str]) -> Kind:
    """Whether a difference is the texts', or came about in one of them.

    Damage: the editor has mended one of the readings, or the one text that
    differs shows signs of damage (which makes other words of a text, but not
    another place of publication). A slip: it shows none, and yet differs from
    another copy of its original, or by a letter. Otherwise they disagree.
    """
    if any(f.emended for f in p.filled):
        return "damage"
    odd = _odd(p.filled, lineage_of)
    if any(spelled_alike(f.reading.words, o.reading.words) for o, f in _against(p.filled, odd)):
        return "slip"
    copied = [a for a in odd if any(_kin(a, b, lineage_of) for b in values(p.filled) if b != a)]
    changed = copied if p.slot in ("venue", "value") else odd
    if any(_unsound(texts[a]) for a in changed):
        return "damage"
    return "slip" if copied or (odd and p.slot == "word") else "disagreement"


def _kin(a: str, b: str, lineage_of: Mapping[str, str]) -> bool:
    return lineage_of.get(a, a) == lineage_of.get(b, b)


def _unsound(text: Text) -> bool:
    return text.facts.unsound or text.copy in ("spun", "back-translated")


def _odd(filled: Sequence[Filled], lineage_of: Mapping[str, str]) -> list[str]:
    """The text that alone differs, the others agreeing; both of two copies of one original."""
    held = values(filled)
    out = []
    for a in sorted(held):
        others = [v for b, v in held.items() if b != a]
        lineages = {lineage_of.get(b, b) for b in held if b != a}
        agree = all(not v.isdisjoint(others[0]) for v in others[1:])
        alone = others and all(v.isdisjoint(held[a]) for v in others)
        if alone and agree and (len(lineages) > 1 or lineage_of.get(a, a) in lineages):
            out.append(a)
    return out


def _against(filled: Sequence[Filled], odd: Sequence[str]) -> Iterator[tuple[Filled, Filled]]:
    """The readings of a text that differs, each with those of the others."""
    for o in filled:
        if o.reading.article in odd:
            yield from ((o, f) for f in filled if f.reading.article != o.reading.article)


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
        words = bare(r.words)
        own = [x for x in e.readings if x.article == r.article]
        hits += any(words <= bare(x.words) or (words & bare(x.words) and words <= bare(x.exact)) for x in own)
    return hits >= 2
