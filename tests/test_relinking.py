"""Texts that come, change and go: what is found is what linking all of them at once finds."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, replace
from itertools import chain
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import article
from test_link_across import OTHER, REWORDED, STORY, figure, named

from digest.lines import Line, Lines, number_of, stem_of
from digest.link import echoes, figures, kin, lineages, number, originals, telling, traits, words
from digest.link.collation import Collation, Tried
from digest.link.packed import Packed
from digest.link.prefixes import Prefixes
from digest.link.site import text_of
from digest.link.units import Text
from digest.link.windows import Windows
from digest.model import Figure, Indirect
from digest.site import Entity, Noted

NAMES = (
    ("Ines Duarte", "person"),
    ("Tomas Reyl", "person"),
    ("Orsted Lines", "organisation"),
    ("Velm", "place"),
)
SAID = (
    "“Nobody asked the farmers of this valley about a reservoir.” [Tomas Reyl]",
    "“Nobody asked the farmers of the valley about the reservoir,” [Reyl] he said.",
    "“Nobody asked the farmers of this valley about a harbour.” [Tomas Reyl]",
    "“The ferry timetable is a work of fiction. Eleven farms will drown,” [Ines Duarte] she said.",
    "“Eleven farms will drown” [Duarte@Threads]",
    "“Seven farms will drown” [Duarte@Blind] and “the ferry timetable is fiction” [Ines Duarte]",
    "“Ferry, harbour and farms are fiction.” [Marta Oyelaran]",
    "“Nobody asked the farmers,” [Ines Duarte] and “a reservoir in this valley is fiction.” [Tomas Reyl]",
    "“Everybody asked the farmers of this valley about a reservoir.” [Tomas Reyl]",
    "“Nobody asked the farmers of this valley about a reservoir?” [Marta Oyelaran]",
)
ABOUT = (
    "Ines Duarte, chief engineer at Orsted Lines, left.",
    "Ines Duarte, senior engineer at Velm, left.",
    "Ines Duarte, striker and team captain, scored.",
    "Tomas Reyl, a farmer, met Ines Duarte.",
    "Reyl told the council that nobody had asked farmers about the reservoir in the valley.",
    "The herring boom of the seventies ended when the smokehouse in Karlsund closed its gates for good.",
    "More at nine, on all our channels, with the harbour weather and the tides for the whole of the coast.",
    *STORY.split("\n"),
    *REWORDED.split("\n"),
)
PRICES = (("$5.6 million", "5600000"), ("$5.58 million", "5580000"), ("$7 million", "7000000"))


def text(name: str, parts: Sequence[int], price: int, day: int) -> Text:
    """A text made of some of the sentences above."""
    every = (*SAID, *ABOUT)
    lines = [every[k % len(every)] for k in parts]
    a = article(name, "\n".join(lines), 1 + day)
    body = a.shown.text
    told = ABOUT[4]
    at = body.find(told)
    reports = (Indirect(at, at + len(told), told, "test", "Tomas Reyl"),) if at >= 0 else ()
    words, value = PRICES[price % len(PRICES)]
    item = Figure(0, len(words), words, value, value, "test", unit="USD", subject="price of the Velm ferry")
    numbers = (Noted("f", f"f{name}", item, f"The Velm ferry costs {words}."),) if price else ()
    shown = replace(a.shown, mentions=named(body, *NAMES), indirect=reports, figures=numbers)
    return text_of(replace(a, shown=shown, added=a.added if day else None))


@contextmanager
def narrow() -> Iterator[None]:
    """Limits so small that a few texts reach all of them, and few imagined texts."""
    limits = {
        words: {"BACKGROUND": 6},
        echoes: {"CROWD": 2, "SCANNED": 3, "TRIED": 3},
        traits: {"TELLING": 3},
        figures: {"CROWD": 2, "COPIED": 3},
        number: {"TWIN": (0.5, 0.5), "SUBJECT": (0.5, 0.5), "TELLING": 0.1},
        lineages: {"CROWD": 3, "FEWEST": 2, "LOOKED_UP": 4, "TRIED": 2, "VERBATIM": 3, "RARE": 0.5},
        originals: {"ORDER": 0.5, "RUN": 0.01, "MATCHED": 0.5},
        telling: {"NEAREST": 2, "WEIGHT": 1.0, "TELLING": 0.2},
        kin: {"CROWD": 3, "LEAST": 0.1},
    }
    with ExitStack() as held:
        for module, values in limits.items():
            for name, value in values.items():
                held.enter_context(patch.object(module, name, value))
        yield


EDITED = (Entity("duarte", "person", "Ines Duarte", by="editor"),)
PARTS = st.lists(st.integers(0, len(SAID) + len(ABOUT) - 1), max_size=9)
STEP = st.tuples(
    st.sampled_from("abcdefgh"), st.none() | st.tuples(PARTS, st.integers(0, 3), st.integers(0, 6))
)
STEPS = st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=6)


@settings(max_examples=120)
@given(STEPS, st.booleans(), st.booleans())
def test_any_row_of_changes_finds_what_all_at_once_finds(steps: list, small: bool, edited: bool) -> None:
    with narrow() if small else ExitStack():
        entities = EDITED if edited else ()
        held, standing = Collation(entities), {}
        for step in steps:
            changes = {name: made and text(name, *made) for name, made in step}
            found = held.update([t for t in changes.values() if t], [n for n, t in changes.items() if not t])
            standing |= changes
            standing = {n: t for n, t in standing.items() if t}
            whole = Collation(entities).update(standing.values())
            for name in found.__slots__:
                assert getattr(found, name) == getattr(whole, name), name


def test_a_text_that_stays_as_it_is_costs_nothing() -> None:
    texts = [text(n, (0, 3, 5, 9, 12), 1, d) for d, n in enumerate("abcde", 1)]
    held = Collation()
    held.update(texts)
    before = held.tried
    held.update(texts)
    assert held.tried == before


def test_one_changed_text_is_compared_with_what_it_touches_only() -> None:
    """Forty stories of two texts each; one word of one text changes."""
    texts = []
    for k in range(40):
        said = f"“The {word(k)} of {word(k + 50)} will {word(k + 90)} us all,” [Ada {word(k).title()}]"
        about = f"\nThe {word(k + 130)} of {word(k + 170)} came to the {word(k + 210)} at noon."
        texts += [text_of(article(f"{k}-{n}", said + about, 1 + n)) for n in range(2)]
    held = Collation()
    held.update(texts)
    before = held.tried
    changed = text_of(
        article("7-0", f"“The {word(7)} of {word(57)} will {word(97)} you all,” [Ada {word(7).title()}]", 1)
    )
    held.update([changed])
    assert spent(before, held.tried) == Tried(1, 1, 2, 0, 0, 1, 2)


def word(k: int) -> str:
    """A word of its own for each number."""
    return "".join("bdfgklmnprst"[k // 12**n % 12] + "aeiou"[(k + n) % 5] for n in range(3))


def spent(before: Tried, after: Tried) -> Tried:
    return Tried(*(y - x for x, y in zip(astuple(before), astuple(after), strict=True)))


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=60), st.integers(1, 4))
def test_a_window_tells_whom_a_change_touches(changes: list[tuple[int, bool]], reach: int) -> None:
    """Whoever finds something else than before was named as touched."""
    places: dict[int, tuple[int]] = {}
    index = Windows(places, reach)
    for n, come in changes:
        before = {k: list(index.before("key", k)) for k in places}
        if come == (n in places):
            continue
        if come:
            places[n] = (n,)
            touched = set(index.insert("key", n))
        else:
            touched = set(index.remove("key", n))
            del places[n]
        index.rewind()
        for k in places:
            assert k in touched or k == n or before[k] == list(index.before("key", k))
            assert list(index.before("key", k)) == sorted(p for p in places if p < k)[-reach:]


KEYED = st.tuples(st.integers(0, 30), st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True))


@settings(max_examples=150)
@given(st.lists(KEYED, max_size=60), st.integers(1, 3), st.integers(1, 3))
def test_prefixes_tell_whom_a_change_touches(changes: list, reach: int, few: int) -> None:
    """The same for those that may hold most of one, and those of which one may."""
    places: dict[int, tuple[int]] = {}
    keys: dict[int, list[int]] = {}
    index = Prefixes(places, reach)

    def seen(n: int) -> tuple[list[int], list[int]]:
        return index.whole(n, keys[n], few), index.parts(n, keys[n])

    for n, own in changes:
        before = {k: seen(k) for k in places}
        if n in places:
            touched = set(index.take(n, keys.pop(n)))
            del places[n]
        else:
            places[n], keys[n] = (n,), own
            touched = set(index.put(n, own, few))
        for k in places:
            assert k in touched or k == n or before[k] == seen(k)
            whole = [[p for p in sorted(places) if p < k and x in keys[p]][-reach:] for x in keys[k][:few]]
            parts = [[p for p in sorted(places) if p < k and x in keys[p][:few]][-reach:] for x in keys[k]]
            assert seen(k) == (list(chain.from_iterable(whole)), list(chain.from_iterable(parts)))


@pytest.mark.parametrize("gone", ["a", "b", "c"])
def test_who_is_gone_is_in_nothing(gone: str) -> None:
    texts = [text(n, (0, 3, 5, 9, 12), 1, d) for d, n in enumerate("abc", 1)]
    held = Collation()
    held.update(texts)
    found = held.update((), [gone])
    assert gone not in {m.article for u in found.utterances for m in u.members}
    assert gone not in found.origins.lineage_of
    assert gone not in {a for r in found.related for a in (r.article, r.other)}


def test_a_text_that_makes_two_others_copies_changes_what_they_count_for() -> None:
    """The third holds all of both: what the two quote alike was of two lineages, and is of one."""
    said = "\n“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    two = [text_of(article(n, t + said, d)) for d, (n, t) in enumerate({"a": STORY, "b": OTHER}.items(), 1)]
    held = Collation()
    (before,) = held.update(two).utterances
    (after,) = held.update([text_of(article("c", f"{STORY}\n{OTHER}", 3))]).utterances
    assert (before.tally.lineages, after.tally.lineages) == (2, 1)
    (again,) = held.update((), ["c"]).utterances
    assert again == before


MARKS = st.integers(0, 3) | st.integers(0, (1 << 64) - 1)


@given(st.lists(st.tuples(MARKS, st.none() | st.integers(0, 9)), max_size=40))
def test_packed_numbers_are_those_of_a_dict(steps: list[tuple[int, int | None]]) -> None:
    held: dict[int, int] = {}
    index = Packed()
    for mark, own in steps:
        if own is not None:
            first = held.setdefault(mark, own)
            assert index.put([mark], own) == ([(mark, first)] if first != own else [])
        elif mark in held:
            del held[mark], index[mark]
        else:
            with pytest.raises(KeyError):
                del index[mark]


LINE = st.tuples(st.integers(0, 9), st.integers(0, 9), st.lists(st.sampled_from("abcé"), max_size=4))


@given(st.lists(LINE, max_size=6), st.lists(LINE, max_size=3))
def test_packed_lines_are_the_lines(some: list, more: list) -> None:
    a, b = ([Line(start, end, tuple(stems)) for start, end, stems in x] for x in (some, more))
    packed = Lines(a)
    assert list(packed) == a
    assert list(Lines(a + b)) == a + b
    assert list(packed[1:]) == a[1:]
    assert pickle.loads(pickle.dumps(packed)) == packed
    every = chain.from_iterable(line.stems for line in a)
    assert list(map(stem_of, packed.row())) == list(dict.fromkeys(every))
    marks, others = packed.marks(), Lines(b).marks()
    assert [packed.size(m) for m in marks] == [len(line.stems) for line in a]
    assert [x == y for x in marks for y in others] == [x.stems == y.stems for x in a for y in b]
    rest = chain.from_iterable(line.stems for line, m in zip(a, marks, strict=True) if m not in others)
    assert list(map(stem_of, packed.without(set(others)))) == list(dict.fromkeys(rest))


def test_threads_that_ask_at_once_get_one_number_for_each_stem() -> None:
    stems = [f"stem-of-threads-{k}" for k in range(3000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: list(map(number_of, stems)), range(8)))
    assert all(f == found[0] for f in found) and list(map(stem_of, found[0])) == stems


def test_articles_with_the_same_figure_are_related_though_another_differs() -> None:
    """The first figure begins two groups: the second is the same, the third should be."""
    rows = (("a", "5600000", "smokehouse on the Velm ferry"), ("b", "5580000", "herring on the Velm ferry"),
            ("c", "7000000", "smokehouse on the Velm ferry"))  # fmt: skip
    texts = [text_of(figure(n, f"${value}", value, about, d)) for d, (n, value, about) in enumerate(rows, 1)]
    found = Collation().update(texts)
    assert [(g.id, g.figures, g.differ) for g in found.groups] == [
        ("fa", ("fa", "fb"), False),
        ("fa", ("fa", "fc"), True),
    ]
    near = {r.other for r in found.related for x in r.reasons if (r.article, x.kind) == ("a", "figure")}
    assert near == {"b", "c"}
