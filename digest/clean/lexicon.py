"""The residue rules, compiled: what a line says on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from digest.clean.lines import Verdict
from digest.rules import Rule, Rules

MOVES = frozenset(
    "headline standfirst byline dateline published caption reading-time author-bio origin".split()
)
FILES = ("residue", "residue-shape")
LONGEST = 400  # characters: a longer line is a paragraph, for `appeal` to judge
EDGE = " \t*:|•·»«›‹→>-–—"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their normal form, and patterns in their order."""

    phrases: Mapping[str, Rule]
    patterns: tuple[tuple[re.Pattern[str], Rule], ...]

    def find(self, line: str) -> Rule | None:
        """The first rule that the whole normal `line` fits; None if none does."""
        if len(line) > LONGEST:
            return None
        found = self.phrases.get(line) or self.phrases.get(line.strip(EDGE))
        if found:
            return found
        return next((rule for pattern, rule in self.patterns if pattern.fullmatch(line)), None)


def lexicon(rules: Rules) -> Lexicon:
    """The compiled lexicon of `rules`; meant for `rules.once`."""
    every = [r for name in FILES for r in rules.of(name)]
    phrases = {p: r for r in reversed(every) for p in r.phrases}
    patterns = tuple((re.compile(r.pattern), r) for r in every if r.pattern)
    return Lexicon(phrases, patterns)


def verdict(rule: Rule) -> Verdict | None:
    """What a rule decides for its line; None for a rule of class `keep`."""
    if rule.cls == "keep":
        return None
    return Verdict(rule.cls, rule.id, rule.why, rule.cert, rule.cls in MOVES)
