"""What somebody said, over all texts: sentences that something joins are heard together, and only those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from digest.across import Statement, Utterance, Venue
from digest.link.contraries import Contrary
from digest.link.echoes import Echoes
from digest.link.posts import goes_on
from digest.link.telling import Reports
from digest.link.units import Text, Unit
from digest.link.utterances import Heard, Voices, heard
from digest.link.words import Weights


class Said:
    """The utterances and statements of all texts, by component: units that pairs, runs and reports join.

    Texts come and go; `tried` counts the units that were heard again.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.echoes = Echoes(weights)
        self.reports = Reports(weights, self.echoes.units)
        self.tried = 0
        self._of: dict[str, list[int]] = {}  # the units of each text, in its order: numbers in a row
        self._runs: set[int] = set()  # units that the one after them goes on from
        self._home: dict[int, int] = {}  # the component of each unit, by its first; of lonely ones none
        self._held: dict[int, list[int]] = {}
        self._heard: dict[int, Heard] = {}

    def update(
        self,
        gone: Sequence[Text],
        come: Sequence[Text],
        units: Mapping[str, Sequence[Unit]],
        moved: frozenset[str],
    ) -> set[int]:
        """Take texts out and in; gives the units that are to be heard again.

        `units` has those of the texts that come, and of others whose speakers
        are known otherwise now.
        """
        left = sorted({*(t.id for t in gone), *units} & self._of.keys())
        numbers = [n for a in left for n in self._of.pop(a)]
        self._runs.difference_update(numbers)
        away = [(n, self.echoes.units[n]) for n in numbers]
        arriving = [u for own in units.values() for u in own]
        new, touched = self.echoes.update(numbers, arriving, moved)
        for n, u in zip(new, arriving, strict=True):
            self._of.setdefault(u.article, []).append(n)
        self._runs.update(n for n, (a, b) in zip(new, pairwise(arriving), strict=False) if goes_on(a, b))
        touched |= self.reports.update(away, list(zip(new, arriving, strict=True)), gone, come, moved)
        for n in numbers:
            touched |= self._dissolve(n)
        return touched & self.echoes.units.keys()

    def of(self, article: str) -> Sequence[int]:
        """The units of a text."""
        return self._of.get(article, ())

    def hear(
        self,
        touched: Iterable[int],
        texts: Mapping[str, Text],
        venues: Mapping[str, tuple[str, Venue]],
        lineage_of: Mapping[str, str],
    ) -> None:
        """Hear what is touched again, with all that is joined with it."""
        places = self.echoes.places
        pending = set(touched)
        for n in sorted(pending):
            pending |= self._dissolve(n)
        for n in sorted(pending, key=places.__getitem__):
            if n not in self._home and not self._lonely(n):
                component = sorted(self._component(n), key=places.__getitem__)
                for k in component:  # what newly hangs together with it
                    self._dissolve(k)
                self._home.update((k, component[0]) for k in component)
                self._held[component[0]] = component
                self._hear(component, texts, venues, lineage_of)

    def found(self) -> tuple[tuple[Utterance, ...], tuple[Statement, ...]]:
        """All utterances and statements, by id."""
        every = self._heard.values()
        utterances = sorted((u for h in every for u in h.utterances), key=lambda u: u.id)
        return tuple(utterances), tuple(sorted((s for h in every for s in h.statements), key=lambda s: s.id))

    def contraries(self) -> tuple[Contrary, ...]:
        """All sentences that are one but for a word that counts, by their ids."""
        every = (c for h in self._heard.values() for c in h.contraries)
        return tuple(sorted(every, key=lambda c: (c.left[0].spoken.id, c.right[0].spoken.id)))

    def _dissolve(self, n: int) -> set[int]:
        """Take the component of a unit apart; gives its units."""
        home = self._home.get(n)
        if home is None:
            return set()
        self._heard.pop(home, None)
        held = self._held.pop(home)
        for k in held:
            del self._home[k]
        return set(held)

    def _component(self, n: int) -> set[int]:
        out, waiting = {n}, [n]
        while waiting:
            for k in self._beside(waiting.pop()):
                if k not in out:
                    out.add(k)
                    waiting.append(k)
        return out

    def _beside(self, n: int) -> list[int]:
        out = self.echoes.beside(n)
        if n - 1 in self._runs:
            out.append(n - 1)
        if n in self._runs:
            out.append(n + 1)
        return out

    def _lonely(self, n: int) -> bool:
        """Whether nothing joins a unit with others, nor reports it, nor says it again within it."""
        beside = self._beside(n)
        return (
            beside.count(n) == len(beside) and not self.reports.of(n) and not self.echoes.units[n].spoken.also
        )

    def _hear(
        self,
        component: Sequence[int],
        texts: Mapping[str, Text],
        venues: Mapping[str, tuple[str, Venue]],
        lineage_of: Mapping[str, str],
    ) -> None:
        units = [self.echoes.units[n] for n in component]
        told = {i: t for i, n in enumerate(component) if (t := self.reports.of(n))}
        if not told and len({q for u in units for q in (u.spoken.quote, *u.spoken.also)}) < 2:
            return  # one quote by itself
        self.tried += len(units)
        at = {n: i for i, n in enumerate(component)}
        edges = [(score, at[k], at[n]) for n in component for score, k in self.echoes.earlier.get(n, ())]
        found = heard(Voices(units, told, texts, venues, lineage_of, self.weights), edges)
        if found.utterances or found.statements or found.contraries:
            self._heard[component[0]] = found
