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
    holds: tuple[str, ...]  # … or somewhere in it …
    ends: tuple[str, ...]  # … or at its end …
    anywhere: re.Pattern[str] | None  # … but for those that may fit any line
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
        tried = self.plain if self.begun(line) else self.anywhere
        match = tried.fullmatch(line) if tried else None
        return self.rules[match.lastgroup or ""] if match else self._needing(line, words or words_of(line))

    def begun(self, line: str) -> bool:
        """Whether more patterns of `plain` than `anywhere` may fit the line."""
        if self.begins.match(line) or line.endswith(self.ends):
            return True
        for some in self.holds:  # noqa: SIM110  few, and quicker so
            if some in line:
                return True
        return False

    def numbered(self, rule: Rule | None) -> tuple[int, int]:
        """The numbers of a rule and its class, from 1; 0 for none."""
        return (self.numbers[rule.id], self.classes[rule.cls]) if rule else (0, 0)

    def verdict(self, rule: Rule) -> Verdict | None:
        """What a rule decides for its line; None for a rule of class `keep`."""
        if rule.cls == "keep":
            return None
        return Verdict(rule.cls, rule.id, rule.why, rule.cert, rule.cls in self.moves)

    def _needing(self, line: str, words: Sequence[str]) -> Rule | None:
        if self.heads.isdisjoint(words):
            return None
        heads = self.heads.intersection(words)
        for n in sorted({n for word in heads for n in self.needed[word]}):
            pattern, rule = self.ordered[n]
            if pattern.fullmatch(line):
                return rule
        return None


def lexicon(rules: Rules) -> Lexicon:
    """The compiled lexicon of `rules`; meant for `rules.once`."""
    every = [r for name in FILES for r in rules.of(name) if not r.more.get("foot")]  # those `foot` tries
    phrases = {p: r for r in reversed(every) for p in r.phrases}
    plain = [r for r in every if r.pattern and not r.more.get("needs")]
    plain.sort(key=lambda r: r.cert != "high")
    names = {f"r{i}": r for i, r in enumerate(plain)}
    heads = [head for r in plain for head in r.more.get("begins", ())]
    begins = re.compile(rf"[^a-z]|{one_of(heads) or '(?!)'}")
    holds, ends = [tuple([x for r in plain for x in r.more.get(key, ())]) for key in ("holds", "ends")]
    wild = {name: r for name, r in names.items() if not {"begins", "holds", "ends"} & r.more.keys()}
    anywhere = _either(wild) if wild else None
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
        phrases,
        whole,
        begins,
        holds,
        ends,
        anywhere,
        needed,
        patterns,
        frozenset(needed),
        names,
        numbers,
        numbered,
        moves,
    )


def _either(rules: Mapping[str, Rule]) -> re.Pattern[str]:
    """The first of the rules' patterns that fits, each a group of that name."""
    return re.compile("|".join(f"(?P<{name}>{r.pattern})" for name, r in rules.items()) or r"(?!)")
