"""The words of `rules/en/link-contrast.yaml`, as `contrast.py` looks them up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from digest.link.words import listed, stem
from digest.rules import Rules, rules_for

GRAMMAR = 0.5  # of all texts hold a word that says nothing by itself
LARGE = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}


class Lists(NamedTuple):
    """The word lists, by stem or by the word in lower case."""

    negative: frozenset[str]
    after: frozenset[str]
    prefixes: tuple[str, ...]
    plain: frozenset[str]
    opposite: Mapping[str, tuple[tuple[int, bool], ...]]  # stem: of which pairs it is on the left side
    apart: Mapping[str, frozenset[int]]
    everyday: Mapping[
        str, frozenset[int]
    ]  # stems of words that say something, and with which others they say the same
    numbers: Mapping[str, Decimal]
    place: Mapping[str, int]
    places: frozenset[str]
    marked: frozenset[str]  # stems of all of them but places


def lists() -> Lists:
    """The lists of the language at hand."""
    return rules_for().once(_lists)


def _lists(rules: Rules) -> Lists:
    def own(name: str) -> tuple[str, ...]:
        return rules.words("link-contrast", name)

    opposite: dict[str, dict[tuple[int, bool], None]] = {}
    for k, line in enumerate(own("opposite")):
        for side, words in enumerate(line.split("/")):
            for w in words.split():
                opposite.setdefault(stem(w), {})[k, not side] = None
    apart_: dict[str, set[int]] = {}
    for k, line in enumerate(own("apart")):
        for w in line.split():
            apart_.setdefault(w, set()).add(k)
    light = {stem(w) for w in own("light")}
    alike: dict[str, set[int]] = {
        s: set() for s, share in listed().items() if share < GRAMMAR and s not in light
    }
    for k, line in enumerate(own("alike")):
        for s in map(stem, line.split()):
            alike.setdefault(s, set()).add(k)
    place = {w: k for k, line in enumerate(own("one-place")) for w in line.split()}
    numbers = {**_number_words(rules), **{w: Decimal(k) for k, w in enumerate(own("ordinal"))}}
    places = {
        w.casefold() for name in ("countries", "regions", "cities") for w in rules.words("places", name)
    }
    negative = frozenset(own("negative"))
    return Lists(
        negative,
        frozenset(own("no-negative")),
        own("prefix"),
        frozenset(own("no-prefix")),
        {w: tuple(found) for w, found in opposite.items()},
        {w: frozenset(found) for w, found in apart_.items()},
        {s: frozenset(found) for s, found in alike.items()},
        numbers,
        place,
        frozenset(places),
        frozenset((*map(stem, (*negative, *numbers, *apart_, *places)), *opposite)),
    )


def _number_words(rules: Rules) -> dict[str, Decimal]:
    """The values of the words for numbers: the units and tens in their order, then the large ones."""
    small = [w for w in rules.words("link-words", "number") if w not in LARGE]
    ones = {w: Decimal(k) for k, w in enumerate(small[:20])}
    tens = {w: Decimal(10 * k) for k, w in enumerate(small[20:28], 2)}
    return ones | tens | {w: Decimal(10) ** n for w, n in LARGE.items()}
