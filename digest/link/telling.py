"""Statements reported without marks that retell something quoted elsewhere."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from digest.across import Spoken
from digest.link.speakers import Name, name_of, same
from digest.link.traits import SLACK
from digest.link.units import Text, Unit
from digest.link.words import Weights

PART = 0.4  # of the lighter one's telling words; order is free, a report turns a sentence round
WEIGHT = 9.0  # nats: about two rare words, or one and several plain ones
TELLING = 1.0  # lighter words ("the", "have") count for nothing here
NEAREST = 200  # of the speaker's quotes added before a report, and as many after it, are looked at

Place = tuple[bool, float, str, int]
Wording = tuple[frozenset[str], float]  # the stems of a sentence, and what the telling ones weigh


class Told(NamedTuple):
    """A report of a unit: in which article, its words, how alike."""

    article: str
    spoken: Spoken
    score: float


class Report(NamedTuple):
    """A statement reported without marks, by its place, with its speaker's name."""

    place: Place
    name: Name
    spoken: Spoken

    @property
    def article(self) -> str:
        """The id of its text."""
        return self.place[2]


class Reports:
    """Which unit each report retells, if any; a report goes to one unit at most.

    `tried` counts the reports that were looked up.
    """

    def __init__(self, weights: Weights, units: Mapping[int, Unit]) -> None:
        self.weights, self.units = weights, units
        self.tried = 0
        self._reports: dict[str, list[Report]] = {}  # by surname, by place
        self._quoted: dict[str, list[tuple[Place, int]]] = {}
        self._found: dict[Place, tuple[int, Told]] = {}
        self._of: dict[int, list[Told]] = {}

    def of(self, n: int) -> list[Told]:
        """The reports that retell a unit, by article, in the order of each."""
        return self._of.get(n, [])

    def update(
        self,
        gone: Iterable[tuple[int, Unit]],
        come: Iterable[tuple[int, Unit]],
        texts_gone: Iterable[Text],
        texts_come: Iterable[Text],
        moved: frozenset[str] = frozenset(),
    ) -> set[int]:
        """Take units and texts out and in; gives the units whose reports changed.

        `moved` are stems that weigh more or less than they did.
        """
        stale: dict[str, list[Report]] = {}
        touched: set[int] = set()
        for n, u in gone:
            self._quote(n, u, stale, False)
            touched.add(n)
        for text in texts_gone:
            for r in _reports(text):
                self._reports[r.name.last].remove(r)
                self._forget(r, touched)
        for n, u in come:
            self._quote(n, u, stale, True)
        for text in texts_come:
            for r in _reports(text):
                insort(self._reports.setdefault(r.name.last, []), r)
                stale.setdefault(r.name.last, []).append(r)
        if moved:
            self._weigh(moved, stale)
        for last, reports in sorted(stale.items()):
            standing = set(self._reports.get(last, ()))
            self._look_up(last, sorted(set(reports) & standing), touched)
        return touched & self.units.keys()

    def _quote(self, n: int, u: Unit, stale: dict[str, list[Report]], come: bool) -> None:
        """Put in or take out a quoted unit; notes which reports may go elsewhere now."""
        if not u.name:
            return
        held = self._quoted.setdefault(u.name.last, [])
        at = bisect_left(held, (u.place, n))
        if come:
            held.insert(at, (u.place, n))
        else:
            del held[at]
        self._near(u, at, stale)

    def _near(self, u: Unit, at: int, stale: dict[str, list[Report]]) -> None:
        """Note the reports that look at a unit of a place among its speaker's."""
        last = u.name.last if u.name else ""
        reports, held = self._reports.get(last), self._quoted[last]
        if not reports:
            return
        first, end = 0, len(reports)
        if at > NEAREST:
            first = bisect_left(reports, min(held[at - NEAREST - 1][0], u.place), key=_place)
        if at + NEAREST + 1 < len(held):
            end = bisect_left(reports, max(held[at + NEAREST + 1][0], u.place), key=_place)
        stale.setdefault(last, []).extend(reports[first:end])

    def _weigh(self, moved: frozenset[str], stale: dict[str, list[Report]]) -> None:
        """Note the reports that have such a stem, or look at a unit that has."""
        for last, reports in self._reports.items():
            own = [r for r in reports if not moved.isdisjoint(r.spoken.stems)]
            stale.setdefault(last, []).extend(own)
            for at, (_, n) in enumerate(self._quoted.get(last, ()) if reports else ()):
                if not moved.isdisjoint(self.units[n].spoken.stems):
                    self._near(self.units[n], at, stale)

    def _forget(self, r: Report, touched: set[int]) -> None:
        found = self._found.pop(r.place, None)
        if found:
            self._of[found[0]].remove(found[1])
            touched.add(found[0])

    def _look_up(self, last: str, reports: Sequence[Report], touched: set[int]) -> None:
        """Find anew what reports of one surname retell."""
        held = self._quoted.get(last, [])
        if not reports:
            return
        around = [bisect_left(held, (r.place, 0)) for r in reports]
        low = max(0, around[0] - NEAREST)
        near = held[low : around[-1] + NEAREST]
        at: dict[str, list[int]] = {}
        asked = {s for r in reports for s in r.spoken.stems}
        held_by: dict[tuple[str, ...], list[list[int]]] = {}  # of each wording: many may say the same
        for k, (_, n) in enumerate(near, low):
            stems = self.units[n].spoken.stems
            lists = held_by.get(stems)
            if lists is None:
                lists = held_by[stems] = [at.setdefault(s, []) for s in asked.intersection(stems)]
            for places in lists:
                places.append(k)
        wordings = _Wordings(self.weights)
        for r, k in zip(reports, around, strict=True):
            self.tried += 1
            score, n = self._best(r, at, held, k, wordings)
            before = self._found.get(r.place)
            if before and (n, r.spoken, score) == (before[0], before[1].spoken, before[1].score):
                continue
            self._forget(r, touched)
            if score:
                told = Told(r.article, r.spoken, score)
                self._found[r.place] = n, told
                insort(self._of.setdefault(n, []), told, key=lambda t: (t.article, t.spoken.start))
                touched.add(n)

    def _best(
        self,
        r: Report,
        at: Mapping[str, list[int]],
        held: Sequence[tuple[Place, int]],
        place: int,
        wordings: Mapping[tuple[str, ...], Wording],
    ) -> tuple[float, int]:
        """The likeness and number of the unit that a report is most like."""
        own = {w for w in (r.name.last, r.name.first) if w}
        left = sorted(_told(r.spoken.stems, own, self.weights))
        best, mass = (0.0, 0, 0), self.weights.sum(left)
        spare = self.weights.sum(own) + SLACK
        parts: dict[tuple[str, ...], float] = {}
        for k in self._likely(left, mass, at, place):
            u = self.units[held[k][1]]
            stems = u.spoken.stems
            part = parts.get(stems)
            if part is None:
                part = parts[stems] = self._part(left, mass, own, spare, wordings[stems])
            if (
                (part, -k) > best[:2]
                and same(r.name, u.name) == "same"
                and not _within(r.article, r.spoken, u)
            ):
                best = (part, -k, held[k][1])
        return best[0], best[2]

    def _part(self, left: Sequence[str], mass: float, own: set[str], spare: float, wording: Wording) -> float:
        """What a report's telling words and a quote's share of the lighter one's; 0 when that is too little.

        `own` are the speaker's names, `spare` is what they weigh.
        """
        stems, whole = wording
        weight = sum(map(self.weights.of, filter(stems.__contains__, left)))
        if weight < WEIGHT or weight < PART * ((mass if mass < whole else whole) - spare):
            return 0.0
        right = whole if own.isdisjoint(stems) else _mass(_told(stems, own, self.weights), self.weights)
        part = weight / min(mass, right)
        return part if part >= PART else 0.0

    def _likely(self, stems: Iterable[str], mass: float, at: Mapping[str, list[int]], place: int) -> set[int]:
        """The units near a place that may have enough of the stems: one of those without which too little is left."""
        out: set[int] = set()
        for s in sorted(stems, key=self.weights.rank):
            if mass < WEIGHT - SLACK:
                break
            mass -= self.weights.of(s)
            found = at.get(s, ())
            first = bisect_left(found, place - NEAREST)
            out.update(found[first : bisect_left(found, place + NEAREST)])
        return out


class _Wordings(dict[tuple[str, ...], Wording]):
    """The stems of sentences, each once, and what the telling ones weigh; made when first asked for."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, stems: tuple[str, ...]) -> Wording:
        own = frozenset(stems)
        made = self[stems] = own, _mass(_told(own, set(), self.weights), self.weights)
        return made


def _place(r: Report) -> Place:
    return r.place


def _reports(text: Text) -> Iterator[Report]:
    for k, s in enumerate(text.facts.reported):
        name = name_of(s.speaker)
        if name is not None:
            yield Report((*text.place, k), name, s)


def _within(article: str, s: Spoken, u: Unit) -> bool:
    """Whether a report is only what stands round the quote itself."""
    q = u.spoken
    return article == u.article and q.part == "body" and s.start < q.end and q.start < s.end


def _mass(stems: Iterable[str], weights: Weights) -> float:
    """The weight of stems, summed in an order of its own: it must not change in the last digit."""
    return weights.sum(sorted(stems))


def _told(stems: Iterable[str], speaker: set[str], weights: Weights) -> set[str]:
    return {s for s, weight in weights.each(stems) if weight >= TELLING and s not in speaker}
