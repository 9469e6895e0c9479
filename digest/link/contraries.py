"""One sentence in two texts, but for a "not", a number, a name: asked about, never called the same.

Such a pair is one person's two statements, or one statement that a text has
wrong. It is asked which where the texts hang together: copies of one
original, the rest of the post agrees, two lineages against one, or two texts
of one week that part in that place only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from digest.link.clusters import agree
from digest.link.contrast import GRAVE, Contrast, apart
from digest.link.slots import Filled, Proposal
from digest.link.units import Text, Unit
from digest.site import Reading
from digest.text import Cert

SHOWN = 12  # texts of either wording
WEEK = timedelta(days=7)  # between two texts that may report one occasion

Refused = tuple[
    int, int, bool
]  # two units that are not the same; whether their place in a post says that they were


class Contrary(NamedTuple):
    """The witnesses of two wordings, by their places, and what sets the first of each apart."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    contrast: Contrast
    post: bool


def unlike(a: Unit, b: Unit) -> Contrast | None:
    """What sets two sentences apart, None if nothing does."""
    one, two = a.spoken, b.spoken
    return apart(one.text, two.text, one.stems, two.stems)


def contraries(
    units: Sequence[Unit], refused: Iterable[Refused], groups: Sequence[Sequence[int]], of: Mapping[int, int]
) -> tuple[Contrary, ...]:
    """Each two wordings that were held apart, once, with all who have them word for word."""
    out: dict[tuple[str, str], Contrary] = {}
    for i, j, post in refused:
        left, right = (_witnesses(units, k, groups, of) for k in (i, j))
        if left[0].key > right[0].key:
            i, j, left, right = j, i, right, left
        key = left[0].spoken.id, right[0].spoken.id
        found = unlike(left[0], right[0]) if post or key not in out else None
        if found and not (i in of and of[i] == of.get(j)):
            out[key] = Contrary(left, right, found, post or (key in out and out[key].post))
    return tuple(out[k] for k in sorted(out))


def _witnesses(
    units: Sequence[Unit], i: int, groups: Sequence[Sequence[int]], of: Mapping[int, int]
) -> tuple[Unit, ...]:
    """A unit and those of its group that have the same words, the first added first."""
    near = groups[of[i]] if i in of else (i,)
    same = (units[k] for k in near if units[k].spoken.stems == units[i].spoken.stems)
    return tuple(sorted(same, key=lambda u: u.key))


def contrary(c: Contrary, texts: Mapping[str, Text], lineage_of: Mapping[str, str]) -> Iterator[Proposal]:
    """The question which of two wordings was said, where the texts may report one occasion."""
    cert = _cert(c, texts, lineage_of)
    if not cert:
        return
    who = max((u.called or u.spoken.full or u.spoken.speaker for u in (*c.left, *c.right)), key=len)
    filled = (
        *(_filled(u, c.contrast.a, c.left[0]) for u in c.left[:SHOWN]),
        *(_filled(u, c.contrast.b, c.right[0]) for u in c.right[:SHOWN]),
    )
    one, two = (_words(side[0], at) for side, at in ((c.left, c.contrast.a), (c.right, c.contrast.b)))
    question = f"Did {who or 'the speaker'} say “{one}” or “{two}”?"
    yield Proposal("word", c.left[0].spoken.id, _keys(c), question, filled, cert)


def _keys(c: Contrary) -> tuple[str, ...]:
    """The address by the first of either side, then those that it could have had with fewer texts."""
    left, right = c.left[:SHOWN], c.right[:SHOWN]
    pairs = [(a, b) for a in left for b in right]
    keys = [f"{a.spoken.id}:{b.article}" for a, b in pairs]
    return tuple(dict.fromkeys([*keys, *(f"{b.spoken.id}:{a.article}" for a, b in pairs)]))


def _cert(c: Contrary, texts: Mapping[str, Text], lineage_of: Mapping[str, str]) -> Cert | None:
    """How likely two wordings are one occasion's; None when nothing says so."""
    articles = [{u.article for u in side} for side in (c.left, c.right)]
    if c.contrast.kind == "question" or articles[0] & articles[1]:
        return None
    lineages = [{lineage_of.get(a, a) for a in side} for side in articles]
    if lineages[0] & lineages[1] or c.post:
        return "medium"
    if agree(c.left[0], c.right[0]) != "same" or not c.contrast.only:
        return None
    if sorted(map(len, lineages))[1] > 1 and min(map(len, articles)) == 1:
        return "medium"
    grave = c.contrast.kind in GRAVE or c.contrast.kind == "name"
    return "low" if grave and _one_week(texts[c.left[0].article], texts[c.right[0].article]) else None


def _one_week(a: Text, b: Text) -> bool:
    """Whether two texts may be of one week: so their dates say, or one has none."""
    try:
        one, two = date.fromisoformat(a.date), date.fromisoformat(b.date)
    except ValueError:
        return True
    return abs(one - two) <= WEEK


def _filled(u: Unit, at: tuple[int, int], first: Unit) -> Filled:
    """A witness's words at a place of the first that has them."""
    s, words = u.spoken, _words(first, at)
    k = s.text.find(words)
    found = s.part == "body" and k >= 0
    start, end = (s.start + k, s.start + k + len(words)) if found else (-1, -1)
    reading = Reading(u.article, words, s.text, start, end, s.quote)
    return Filled(frozenset((words.casefold(),)), reading)


def _words(u: Unit, at: tuple[int, int]) -> str:
    return u.spoken.text[at[0] : at[1]]
