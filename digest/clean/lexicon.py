"""The residue rules, compiled: what a line says on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.clean.lines import LONGEST, Verdict
from digest.clean.lines import words as words_of
from digest.rules import Rule, Rules, classes, one_of

FILES = ("residue", "residue-shape")
EDGE = " \t*:|•·»«›‹→>-–—"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their normal form; patterns in one expression, or by a word they need."""

    phrases: Mapping[str, Rule]
    plain: re.Pattern[str]
    begins: re.Pattern[str]  # what stands at the head of a line that a pattern of `plain` fits …
    anywhere: re.Pattern[str]  # … but for those that may begin with any letter
    needed: Mapping[str, tuple[int, ...]]  # by word, places in `ordered`
    ordered: tuple[tuple[re.Pattern[str], Rule], ...]  # the surest first
    heads: frozenset[str]  # the words of `needed`
    rules: Mapping[str, Rule]
    numbers: Mapping[str, int]  # of rules by id, from 1, for the features
    classes: Mapping[str, int]
    moves: frozenset[str]  # classes whose lines are moved, not cut

    def find(self, line: str, words: Sequence[str] = ()) -> Rule | None:
        """The rule that the whole normal `line` fits: a phrase, else a pattern; None if none does.

        `words` are the line's, where they are known already.
        """
        if len(line) > LONGEST:
            return None
        found = self.phrases.get(line) or self.phrases.get(line.strip(EDGE))
        if found:
            return found
        match = (self.plain if self.begins.match(line) else self.anywhere).fullmatch(line)
        return self.rules[match.lastgroup or ""] if match else self._needing(line, words or words_of(line))

    def numbered(self, rule: Rule | None) -> tuple[int, int]:
        """The numbers of a rule and its class, from 1; 0 for none."""
        return (self.numbers[rule.id], self.classes[rule.cls]) if rule else (0, 0)

    def verdict(self, rule: Rule) -> Verdict | None:
        """What a rule decides for its line; None for a rule of class `keep`."""
        if rule.cls == "keep":
            return None
        return Verdict(rule.cls, rule.id, rule.why, rule.cert, rule.cls in self.moves)

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
    heads = [head for r in plain for head in r.more.get("begins", ())]
    begins = re.compile(rf"[^a-z]|{one_of(heads) or '(?!)'}")
    anywhere = _either({name: r for name, r in names.items() if "begins" not in r.more})
    ordered = sorted([r for r in every if r.more.get("needs")], key=lambda r: (r.cert != "high", r.id))
    needed: dict[str, tuple[int, ...]] = {}
    for n, r in enumerate(ordered):
        for word in r.more["needs"]:
            needed[word] = (*needed.get(word, ()), n)
    numbers = {r.id: i for i, r in enumerate(every, 1)}
    kinds = rules.once(classes)
    numbered = {c.name: i for i, c in enumerate(kinds, 1)}
    moves = frozenset([c.name for c in kinds if c.moves])
    patterns = tuple((re.compile(r.pattern), r) for r in ordered)
    whole = _either(names)
    return Lexicon(
        phrases, whole, begins, anywhere, needed, patterns, frozenset(needed), names, numbers, numbered, moves
    )


def _either(rules: Mapping[str, Rule]) -> re.Pattern[str]:
    """The first of the rules' patterns that fits, each a group of that name."""
    return re.compile("|".join(f"(?P<{name}>{r.pattern})" for name, r in rules.items()) or r"(?!)")
