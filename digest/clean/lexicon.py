"""The residue rules, compiled: what a line says on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.clean.lines import LONGEST, WORD, Verdict
from digest.rules import Rule, Rules

MOVES = frozenset(
    "headline standfirst byline dateline published caption reading-time author-bio origin".split()
)
CLASSES = (
    "comments related newsletter subscription donation share follow advertisement control cookie copyright"
    " player form rating contents shop navigation byline published caption reading-time author-bio origin"
    " dateline standfirst headline keep"
).split()
FILES = ("residue", "residue-shape")
EDGE = " \t*:|•·»«›‹→>-–—"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their normal form; patterns in one expression, or by a word they need."""

    phrases: Mapping[str, Rule]
    plain: re.Pattern[str]
    needed: Mapping[str, tuple[int, ...]]  # by word, places in `ordered`
    ordered: tuple[tuple[re.Pattern[str], Rule], ...]  # the surest first
    heads: frozenset[str]  # the words of `needed`
    rules: Mapping[str, Rule]
    numbers: Mapping[str, int]  # of rules by id, from 1, for the features
    classes: Mapping[str, int]

    def find(self, line: str, words: Sequence[str] = ()) -> Rule | None:
        """The rule that the whole normal `line` fits: a phrase, else a pattern; None if none does.

        `words` are the line's, where they are known already.
        """
        if len(line) > LONGEST:
            return None
        found = self.phrases.get(line) or self.phrases.get(line.strip(EDGE))
        if found:
            return found
        match = self.plain.fullmatch(line)
        return (
            self.rules[match.lastgroup or ""] if match else self._needing(line, words or WORD.findall(line))
        )

    def numbered(self, rule: Rule | None) -> tuple[int, int]:
        """The numbers of a rule and its class, from 1; 0 for none."""
        return (self.numbers[rule.id], self.classes[rule.cls]) if rule else (0, 0)

    def _needing(self, line: str, words: Sequence[str]) -> Rule | None:
        heads = self.heads.intersection(words)
        if not heads:
            return None
        tried = sorted({n for word in heads for n in self.needed[word]})
        return next((self.ordered[n][1] for n in tried if self.ordered[n][0].fullmatch(line)), None)


def lexicon(rules: Rules) -> Lexicon:
    """The compiled lexicon of `rules`; meant for `rules.once`."""
    every = [r for name in FILES for r in rules.of(name)]
    phrases = {p: r for r in reversed(every) for p in r.phrases}
    plain = [r for r in every if r.pattern and not r.more.get("needs")]
    plain.sort(key=lambda r: r.cert != "high")
    names = {f"r{i}": r for i, r in enumerate(plain)}
    whole = re.compile("|".join(f"(?P<{name}>{r.pattern})" for name, r in names.items()) or r"(?!)")
    ordered = sorted([r for r in every if r.more.get("needs")], key=lambda r: (r.cert != "high", r.id))
    needed: dict[str, tuple[int, ...]] = {}
    for n, r in enumerate(ordered):
        for word in r.more["needs"]:
            needed[word] = (*needed.get(word, ()), n)
    numbers = {r.id: i for i, r in enumerate(every, 1)}
    classes = {c: i for i, c in enumerate(CLASSES, 1)}
    patterns = tuple((re.compile(r.pattern), r) for r in ordered)
    return Lexicon(phrases, whole, needed, patterns, frozenset(needed), names, numbers, classes)


def verdict(rule: Rule) -> Verdict | None:
    """What a rule decides for its line; None for a rule of class `keep`."""
    if rule.cls == "keep":
        return None
    return Verdict(rule.cls, rule.id, rule.why, rule.cert, rule.cls in MOVES)
