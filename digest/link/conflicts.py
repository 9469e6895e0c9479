"""Where texts fill one slot differently: proposed to the editor as questions, never decided.

A proposal that the editor has a conflict for (the same slot, the same texts)
is not made again. Its kind is a guess from how the texts hang together: two
copies of one original cannot disagree by themselves, and a lone reading in a
text that shows signs of damage is most likely the text's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import is_not
from typing import Literal, NamedTuple

from digest.across import Claim, FigureGroup, Slot, Statement, Utterance, Venue
from digest.ids import short
from digest.link.entities import Registry
from digest.link.slips import slip, spelled_alike
from digest.link.slots import Filled, Held, Proposal, amount, bare, claimed, values, venues
from digest.link.units import Text
from digest.link.words import Weights
from digest.site import Conflict

Kind = Literal["disagreement", "damage", "slip"]
Owners = tuple[tuple[str, str, str], ...]


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
    """A proposal as a conflict, with all that was looked at: the texts of its readings and their lineages."""

    proposal: Proposal
    texts: tuple[Text, ...]
    lineages: tuple[str, ...]
    conflict: Conflict


class Conflicts:
    """The machine's proposals; what nothing new is known of stays as it was.

    `tried` counts the slots that were looked at.
    """

    def __init__(self) -> None:
        self.tried = 0
        self._claims: dict[tuple[Slot, str], dict[str, list[Claim]]] = {}
        self._several: set[tuple[Slot, str]] = set()
        self._claimed: dict[tuple[Slot, str], tuple[Owners, list[Proposal]]] = {}
        self._venues: dict[str, tuple[Statement, list[Proposal]]] = {}
        self._words: dict[str, tuple[Utterance, list[Proposal]]] = {}
        self._amounts: dict[FigureGroup, tuple[tuple[Text, ...], Proposal]] = {}
        self._made: dict[tuple[Slot, str], Made] = {}

    def update(self, gone: Iterable[Text], come: Iterable[Text], moved: frozenset[str]) -> None:
        """Take texts out and in; `moved` stems weigh more or less than they did."""
        touched = {k for k in self._claimed if k[0] == "compared"} if moved else set()
        for text in gone:
            for c in text.facts.claims:
                touched.add((c.slot, c.key))
                self._claims[c.slot, c.key].pop(text.id, None)
        for text in come:
            for c in text.facts.claims:
                touched.add((c.slot, c.key))
                self._claims.setdefault((c.slot, c.key), {}).setdefault(text.id, []).append(c)
        for key in touched:
            self._claimed.pop(key, None)
            (self._several.add if len(self._claims[key]) > 1 else self._several.discard)(key)

    def found(
        self,
        across: Across,
        utterances: Sequence[Utterance],
        statements: Sequence[Statement],
        groups: Sequence[FigureGroup],
    ) -> tuple[Conflict, ...]:
        """The proposals, by id."""
        made = [
            *self._of_statements(across, statements),
            *(p for key in sorted(self._several) for p in self._of_claims(across, key)),
            *self._of_groups(across, groups),
            *self._of_utterances(across, utterances),
        ]
        out = [_made(p, across, self._made.get((p.slot, p.keys[0]))) for p in made]
        self._made = {(m.proposal.slot, m.proposal.keys[0]): m for m in out}
        return tuple(sorted((m.conflict for m in out), key=lambda c: c.id))

    def _of_statements(self, across: Across, statements: Iterable[Statement]) -> Iterator[Proposal]:
        before, self._venues = self._venues, {}
        for s in statements:
            if s.tally.texts > 1:
                held = before.get(s.id)
                if held is None or held[0] is not s:
                    self.tried += 1
                    held = s, list(venues(s, across.venues))
                self._venues[s.id] = held
                yield from held[1]

    def _of_utterances(self, across: Across, utterances: Iterable[Utterance]) -> Iterator[Proposal]:
        before, self._words = self._words, {}
        for u in utterances:
            if u.tally.texts > 2 and u.tally.wordings > 1:
                held = before.get(u.id)
                if held is None or held[0] is not u:
                    self.tried += 1
                    held = u, list(slip(u, across.lineage_of))
                self._words[u.id] = held
                yield from held[1]

    def _of_claims(self, across: Across, key: tuple[Slot, str]) -> Iterator[Proposal]:
        slot, name = key
        owners = tuple((a, *_owner(across, slot, name, a)) for a in sorted(self._claims[key]))
        held = self._claimed.get(key)
        if held is None or held[0] != owners:
            self.tried += 1
            by: dict[str, list[Held]] = {}
            for a, entity, called in owners:
                if entity:
                    own = self._claims[key][a]
                    by.setdefault(entity, []).extend(Held(a, c, entity, called or c.subject) for c in own)
            found = [p for e in sorted(by) for p in claimed(slot, e, by[e], across.weights)]
            held = self._claimed[key] = owners, found
        yield from held[1]

    def _of_groups(self, across: Across, groups: Iterable[FigureGroup]) -> Iterator[Proposal]:
        before, self._amounts = self._amounts, {}
        for g in groups:
            if g.differ:
                texts = tuple(across.texts[a] for a in dict.fromkeys(across.owner[f] for f in g.figures))
                held = before.get(g)
                if held is None or any(map(is_not, held[0], texts)):
                    numbers = {n.id: (t.id, n) for t in texts for n in t.facts.numbers}
                    held = texts, amount(g, numbers)
                self._amounts[g] = held
                yield held[1]


def _owner(across: Across, slot: Slot, key: str, article: str) -> tuple[str, str]:
    """Whose a slot is in an article, and its name; "" when two people bear the name.

    Only for people may one key mean two.
    """
    if slot != "role":
        return key, across.names.get(key.partition(":")[0], "")
    entity = across.known.owner("person", key, article)
    return entity, across.names.get(entity, "")


def _made(p: Proposal, across: Across, before: Made | None) -> Made:
    """A proposal as a conflict: the one made before if nothing that it is made of has changed."""
    articles = [f.reading.article for f in p.filled]
    texts = tuple(map(across.texts.__getitem__, articles))
    lineages = tuple(across.lineage_of.get(a, a) for a in articles)
    if (
        before is not None
        and before.proposal is p
        and before.lineages == lineages
        and not any(map(is_not, before.texts, texts))
    ):
        return before
    return Made(p, texts, lineages, _conflict(p, across))


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
