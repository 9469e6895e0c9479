"""Statements reported without marks that retell something quoted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.across import Facts, Spoken
from digest.link.speakers import name_of, same
from digest.link.units import Unit
from digest.link.words import Weights

PART = 0.4  # of the lighter one's telling words; order is free, a report turns a sentence round
WEIGHT = 9.0  # nats: about two rare words, or one and several plain ones
TELLING = 1.0  # lighter words ("the", "have") count for nothing here
TRIED = 200  # latest quotes of the speaker that a report is compared with


class Told(NamedTuple):
    """A report of a unit: in which article, its words, how alike."""

    article: str
    spoken: Spoken
    score: float


def reported(facts: Mapping[str, Facts], units: Sequence[Unit], weights: Weights) -> dict[int, list[Told]]:
    """For each unit (by index) the reports that retell it; a report goes to one unit at most."""
    by_name: dict[str, list[int]] = {}
    for i, u in enumerate(units):
        if u.name:
            by_name.setdefault(u.name.last, []).append(i)
    out: dict[int, list[Told]] = {}
    for article in sorted(facts):
        for s in facts[article].reported:
            name = name_of(s.speaker)
            if name is None:
                continue
            own = {w for w in (name.last, name.first) if w}
            near = [
                i
                for i in by_name.get(name.last, ())[-TRIED:]
                if same(name, units[i].name) == "same" and not _within(article, s, units[i])
            ]
            scored = [(_alike(s.stems, units[i].spoken.stems, own, weights), -i) for i in near]
            score, at = max(scored, default=(0.0, 0))
            if score:
                out.setdefault(-at, []).append(Told(article, s, score))
    return out


def _within(article: str, s: Spoken, u: Unit) -> bool:
    """Whether a report is only what stands round the quote itself."""
    q = u.spoken
    return article == u.article and q.part == "body" and s.start < q.end and q.start < s.end


def _alike(a: Sequence[str], b: Sequence[str], speaker: set[str], weights: Weights) -> float:
    left, right = _told(a, speaker, weights), _told(b, speaker, weights)
    common = sum(weights.of(s) for s in sorted(left & right))
    if common < WEIGHT:
        return 0.0
    part = common / min(sum(map(weights.of, sorted(left))), sum(map(weights.of, sorted(right))))
    return part if part >= PART else 0.0


def _told(stems: Sequence[str], speaker: set[str], weights: Weights) -> set[str]:
    return {s for s in stems if weights.of(s) >= TELLING and s not in speaker}
