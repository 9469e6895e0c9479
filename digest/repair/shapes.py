"""Damage of shape: glued sentences, numerals, link debris, doubled words, stray marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from digest.bag import bag
from digest.rules import Rule, Rules

DIGITS = "zero one two three four five six seven eight nine".split()
FILES = ("damage-shapes", "damage-joins")


class Found(NamedTuple):
    """A shape rule's match: half-open offsets, what to put there."""

    start: int
    end: int
    rule: Rule
    new: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule compiled: `outline` must be in a text's, one of `needs` in it, and `sieve` match, before `pattern` is tried."""

    rule: Rule
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    doubled: frozenset[bytes]  # the words of `needs`, where each is a word that stands twice; else none
    outline: bytes
    sieve: re.Pattern[str] | None
    new: str


@lru_cache(maxsize=4)
def found(text: str, rules: Rules) -> tuple[Found, ...]:
    """Every match of every shape rule in `text`, rule by rule."""
    return tuple(f for shape in rules.once(_shapes) if _may_match(text, shape) for f in _of(text, shape))


def _may_match(text: str, shape: Shape) -> bool:
    """Whether the pattern is worth trying: sound texts are most, and the patterns are slow."""
    if shape.outline and shape.outline not in bag(text).outline:
        return False
    if shape.sieve and not shape.sieve.search(text):
        return False
    if shape.doubled and shape.doubled.isdisjoint(bag(text).doubled):
        return False  # quicker than to look for each
    return not shape.needs or any(n in text for n in shape.needs)


def _of(text: str, shape: Shape) -> Iterator[Found]:
    for m in shape.pattern.finditer(text):
        at = "at" if "at" in shape.pattern.groupindex else 0
        yield Found(m.start(at), m.end(at), shape.rule, _new(m, shape))


def _new(m: re.Match[str], shape: Shape) -> str:
    """The rule's replacement; a number word in it becomes its digit."""
    new = m.expand(shape.new) if shape.new else ""
    if shape.rule.cls == "numeral":
        word, _, rest = new.partition(".")
        return f"{DIGITS.index(word)}.{rest}"
    return new


def signs(text: str, rules: Rules, name: str) -> tuple[str, ...]:
    """Ids of the shape rules in `text` that speak for the kind of damage `name`, sorted."""
    return tuple(sorted({f.rule.id for f in found(text, rules) if f.rule.more.get("sign") == name}))


def _shapes(rules: Rules) -> tuple[Shape, ...]:
    lists = {k: "|".join(map(re.escape, rules.words(f, k))) for f in FILES for k in _keys(rules, f)}
    return tuple(_shape(r, lists) for f in FILES for r in rules.of(f))


def _keys(rules: Rules, file: str) -> tuple[str, ...]:
    lists: dict[str, Any] = rules.settings.get(file, {}).get("lists", {})
    return tuple(sorted(lists))


def _shape(rule: Rule, lists: dict[str, str]) -> Shape:
    """The compiled rule; `<name>` in a pattern stands for the words of that list."""
    pattern = rule.pattern
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{words})")
    sieve = re.compile(rule.more["sieve"], re.M) if "sieve" in rule.more else None
    needs, outline = tuple(rule.more["needs"]), str(rule.more.get("outline", "")).encode()
    new = rule.more.get("new", "")
    return Shape(rule, re.compile(pattern, re.M), needs, _doubled(needs), outline, sieve, new)


def _doubled(needs: Sequence[str]) -> frozenset[bytes]:
    """The words of `needs` if each of them is one word of small letters twice, with blanks around; else none."""
    words = [n.split()[0] if n.split() else "" for n in needs]
    same = all(
        w.isascii() and w.isalpha() and n == f" {w} {w} ".lower() for n, w in zip(needs, words, strict=True)
    )
    return frozenset(w.encode() for w in words) if same else frozenset()
