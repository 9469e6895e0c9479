"""All texts held against one another: an index that takes texts in and out.

Comparing everything is taking in every text at once. One text that came,
changed or went is compared with what shares something with it, and what
nothing new is known of stays as it was; the result is the same either way.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from digest.across import FigureGroup, Related, Statement, Utterance, Venue
from digest.link.conflicts import Across, Conflicts
from digest.link.entities import PAGED, Registry, folded, naming, registry
from digest.link.figures import Figures, numbers_hold
from digest.link.kin import Relations, shared_by
from digest.link.originals import Originals, Origins
from digest.link.said import Said
from digest.link.units import Text, Unit, text_stems, units
from digest.link.words import Moved, Weights
from digest.site import Conflict, Entity, Lineage, Story


@dataclass(frozen=True, slots=True)
class Found:
    """What the comparison of all texts comes to."""

    known: Registry
    origins: Origins
    utterances: tuple[Utterance, ...]
    statements: tuple[Statement, ...]
    groups: tuple[FigureGroup, ...]
    conflicts: tuple[Conflict, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How much was compared, or made again."""

    texts: int  # taken in
    sentences: int  # pairs of quoted sentences
    heard: int  # sentences that were clustered and aligned
    originals: int  # pairs of texts
    figures: int  # pairs
    slots: int  # looked at for conflicts
    related: int  # articles whose nearest were looked for


@contextmanager
def unswept() -> Iterator[None]:
    """A stretch in which no cycles are collected: linking makes none, and looking for them costs a tenth.

    What was made stands among the old things afterwards, as if it had been
    looked through already; without that, the next object anywhere would have it
    all looked through as new.
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


class Collation:
    """Texts, and what has been found of them so far. The editor's records stay the same."""

    def __init__(
        self,
        entities: Sequence[Entity] = (),
        lineages: Sequence[Lineage] = (),
        stories: Sequence[Story] = (),
    ) -> None:
        self._entities, self._lineages, self._stories = tuple(entities), tuple(lineages), tuple(stories)
        self._texts: dict[str, Text] = {}
        self._taken = 0
        self._begin()

    def _begin(self) -> None:
        self._weights = Weights()
        self._known = registry(self._entities, ())
        self._named: dict[str, list[str]] = {}
        self._originals = Originals(self._weights, self._lineages)
        self._said = Said(self._weights)
        self._figures = Figures(self._weights)
        self._conflicts = Conflicts()
        self._relations = Relations()
        self._speakers: dict[str, frozenset[str]] = {}
        self._venues: dict[str, tuple[str, Venue]] = {}
        self._owner: dict[str, str] = {}

    @property
    def tried(self) -> Tried:
        """How much has been compared since all texts were."""
        return Tried(
            self._taken,
            self._said.echoes.tried,
            self._said.tried,
            self._originals.tried,
            self._figures.tried,
            self._conflicts.tried,
            self._relations.tried,
        )

    def update(self, come: Iterable[Text], gone: Iterable[str] = ()) -> Found:
        """Everything found, with some texts new or changed and some taken away."""
        with unswept():
            return self._update(come, gone)

    def _update(self, come: Iterable[Text], gone: Iterable[str]) -> Found:
        arriving = {t.id: t for t in come}
        new = {a: t for a, t in arriving.items() if self._texts.get(a) != t}
        leaving = (new.keys() | (set(gone) - arriving.keys())) & self._texts.keys()
        old = [self._texts[a] for a in sorted(leaving)]
        first = not self._texts
        self._texts = {a: t for a, t in self._texts.items() if a not in leaving} | new
        moved = self._weights.take(map(text_stems, new.values()), map(text_stems, old))
        if (
            moved is None and not first
        ):  # there are so many more or fewer texts that all words count otherwise
            self._begin()
            new, old = dict(self._texts), []
            self._weights.take(map(text_stems, new.values()), ())
        self._taken += len(new)
        return self._found(old, sorted(new.values(), key=lambda t: t.place), moved or Moved())

    def _found(self, old: Sequence[Text], new: Sequence[Text], moved: Moved) -> Found:
        texts = self._texts
        before = self._known
        if set(map(naming, old)) != set(map(naming, new)):
            self._known = registry(self._entities, texts.values())
            self._named = self._naming()
        names = {e.id: e.name for e in self._known.entities}
        relineaged = self._originals.update(texts, old, new, moved.counted)
        origins = self._originals.found
        self._take(old, new)
        touched = self._said.update(old, new, self._units(before, old, new, names), moved.weighed)
        touched.update(n for a in relineaged for n in self._said.of(a))
        self._said.hear(touched, texts, self._venues, origins.lineage_of)
        utterances, statements = self._said.found()
        arrived = {t.id for t in new}
        weighed = [
            t
            for t in texts.values()
            if moved.weighed and t.id not in arrived and numbers_hold(t, moved.weighed)
        ]
        self._figures.update([*old, *weighed], sorted([*new, *weighed], key=lambda t: t.place))
        groups = self._figures.groups(origins.lineage_of)
        self._conflicts.update(old, new, moved.weighed)
        across = Across(
            texts, self._known, names, origins.lineage_of, self._venues, self._owner, self._weights
        )
        conflicts = self._conflicts.found(across, utterances, statements, groups, self._said.contraries())
        held = shared_by(utterances, groups, self._owner, self._named, self._stories, origins.lineage_of)
        related = self._relations.update(texts, held, names)
        return Found(self._known, origins, utterances, statements, groups, conflicts, related)

    def _take(self, old: Iterable[Text], new: Iterable[Text]) -> None:
        """Note which article quotes and figures are of, and where quotes were published."""
        for t in old:
            self._speakers.pop(t.id, None)
            for v in t.facts.venues:
                self._venues.pop(v.quote, None)
            for n in t.facts.numbers:
                self._owner.pop(n.id, None)
        for t in new:
            self._speakers[t.id] = frozenset(folded(s.full) for s in t.facts.spoken if s.full)
            self._venues.update((v.quote, (t.id, v)) for v in t.facts.venues)
            self._owner.update((n.id, t.id) for n in t.facts.numbers)

    def _units(
        self, before: Registry, old: Sequence[Text], new: Sequence[Text], names: Mapping[str, str]
    ) -> dict[str, tuple[Unit, ...]]:
        """The units of the texts that come, and of those in which a name means somebody else now."""
        out = {t.id: units(t, self._known.find, names) for t in new}
        if len(new) < len(self._texts) and before is not self._known:
            differ = before.names_that_differ(self._known)
            for a, speakers in self._speakers.items():
                if a not in out and (a in differ.articles or not differ.names.isdisjoint(speakers)):
                    out[a] = units(self._texts[a], self._known.find, names)
        return dict(sorted(out.items(), key=lambda p: self._texts[p[0]].place))

    def _naming(self) -> dict[str, list[str]]:
        """The articles that name each entity, sorted."""
        out: dict[str, list[str]] = {}
        for a in sorted(self._texts):
            owners = {
                self._known.owner(n.kind, n.key, a) for n in self._texts[a].facts.names if n.kind in PAGED
            }
            for e in sorted(owners - {""}):
                out.setdefault(e, []).append(a)
        return out
