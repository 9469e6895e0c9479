"""Phrases that a spinner or a translation there and back leaves behind.

The rules are many literal phrases with a few guards. Each is looked for by two
words that stand side by side in it: most texts have the two of a dozen phrases,
and those are then found one by one. Where there are many, all phrases as one trie
in one regular expression walk the text once. A guard is looked at only where its
phrase stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from digest.bag import bag, cut
from digest.errors import BuildError, Problem
from digest.plain import FUNCTION_WORDS
from digest.rules import Rule, Rules

FILES = (
    "damage-spun",
    "damage-terms",
    "damage-compounds",
    "damage-agency",
    "damage-ambiguous",
    "damage-backtrans",
)
NUMBER = re.compile(r"\d")
CAPITAL = re.compile(r"\b[A-Z]\w+")
COMMON = frozenset(w.encode() for w in FUNCTION_WORDS)
FEW = 40  # phrases that are looked for one by one: a text of 5 MB is walked so often at most
AHEAD = 160  # characters a guard may look to either side: keeps hostile lines linear


class Hit(NamedTuple):
    """A rule's phrase in a text: half-open offsets, what to put there (None: nothing known)."""

    start: int
    end: int
    rule: Rule
    phrase: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase's rule with its guards compiled."""

    rule: Rule
    new: str | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    least: int

    @property
    def guarded(self) -> bool:
        """Whether any guard has to be asked."""
        return bool(self.before or self.after or self.not_before or self.not_after)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase in one pattern, the entry of each, and where to look for it."""

    pattern: re.Pattern[str]
    entries: Mapping[str, Entry]
    alone: Mapping[bytes, list[str]]  # the phrases that have one word
    pairs: Mapping[tuple[bytes, bytes], list[str]]  # the others by two that stand side by side in them


def folded(text: str) -> str:
    """`text` in lower case with plain apostrophes and blanks, of the same length."""
    plain = text.replace("’", "'").replace("\u00a0", " ")
    low = plain.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in plain)


@lru_cache(maxsize=4)
def hits(text: str, rules: Rules) -> tuple[Hit, ...]:
    """Where phrases of the lexicon stand in `text` and their guards agree, left to right."""
    lexicon = rules.once(_lexicon)
    if not lexicon.entries:
        return ()
    found = [h for at, phrase in _stand(text, lexicon) for h in _guarded(text, at, phrase, lexicon)]
    return tuple(_often(found, lexicon))


def _stand(text: str, lexicon: Lexicon) -> Iterable[tuple[int, str]]:
    """Where phrases stand in `text`, left to right, the longest at each place, never overlapping."""
    plain = bag(text)
    may = _possible(plain.words, lexicon)
    if len(may) > FEW:
        low = " " + folded(text)  # the pattern begins with what stands before a phrase
        return [(m.start(), m[1]) for m in lexicon.pattern.finditer(low)]
    return _apart(sorted((at, -len(p), p) for p in may for at in _places(text, plain.low, p)))


def _possible(words: Sequence[bytes], lexicon: Lexicon) -> list[str]:
    """The phrases of one word of `words`, and of more where two telling ones stand side by side."""
    met = [lexicon.alone[word] for word in lexicon.alone.keys() & words]
    met += [lexicon.pairs[pair] for pair in lexicon.pairs.keys() & pairwise(words)]
    return [phrase for phrases in met for phrase in phrases]


def _places(text: str, low: bytes, phrase: str) -> Iterator[int]:
    """Where a phrase begins that no letter or digit stands beside."""
    said, size = phrase.encode(), len(phrase)
    at = low.find(said)
    while at >= 0:
        if not (at and _wordy(text[at - 1])) and not _wordy(text[at + size : at + size + 1]):
            yield at
        at = low.find(said, at + 1)


def _wordy(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _apart(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    """`found` without what begins in or right at the end of an earlier one."""
    free = 0  # what stands before a phrase may not belong to the last one
    for at, _, phrase in found:
        if at >= free:
            yield at, phrase
            free = at + 1 + len(phrase)


def _guarded(text: str, start: int, phrase: str, lexicon: Lexicon) -> Iterator[Hit]:
    entry = lexicon.entries[phrase]
    end = start + len(phrase)
    if (
        entry.rule.cls == "name"
        and entry.new
        and entry.new[0].isupper()
        and not _is_name(text[start:end], entry.new)
    ):
        return
    if entry.guarded and not _allowed(text, start, end, entry):
        return
    yield Hit(start, end, entry.rule, phrase, _cased(entry.new, text[start:end]))


def _allowed(text: str, start: int, end: int, entry: Entry) -> bool:
    """Whether the guards of a phrase agree with what stands around it."""
    back, ahead = text[max(0, start - AHEAD) : start], text[end : end + AHEAD]
    return not (  # what follows is matched in place, what precedes is searched for
        (entry.after and not entry.after.match(ahead))
        or (entry.not_after and entry.not_after.match(ahead))
        or (entry.before and not entry.before.search(back))
        or (entry.not_before and entry.not_before.search(back))
    )


def _is_name(words: str, new: str) -> bool:
    """Whether words are written like the name `new`: first and last with a capital where it has one."""
    old = words.split()
    return old[0][0].isupper() and (" " not in new or old[-1][0].isupper())


def _cased(new: str | None, old: str) -> str | None:
    """`new` with the capital that `old` begins with."""
    return new[0].upper() + new[1:] if new and old[0].isupper() else new


def _often(found: list[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """`found` without phrases that must come more often than they do (sound prose has them too)."""
    count: dict[str, int] = {}
    for h in found:
        count[h.phrase] = count.get(h.phrase, 0) + 1
    return (h for h in found if count[h.phrase] >= lexicon.entries[h.phrase].least)


def _lexicon(rules: Rules) -> Lexicon:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for rule in (r for f in FILES for r in rules.of(f)):
        for phrase, new in _pairs(rule):
            problems.extend(_wrong(rule, phrase, new, entries))
            entries[phrase] = _entry(rule, new)
    if problems:
        raise BuildError(problems)
    if not entries:
        return Lexicon(re.compile(r"(?!)"), entries, {}, {})
    # a search can leap to the character before a word, not look behind at each; a plain class is the quickest leap
    heads = re.escape("".join(sorted({phrase[0] for phrase in entries})))
    pattern = rf"[^a-z0-9_](?=[{heads}])(?<=\W)({trie(sorted(entries))})(?!\w)"
    alone: dict[bytes, list[str]] = {}
    pairs: dict[tuple[bytes, bytes], list[str]] = {}
    for phrase in entries:
        words = cut(phrase)
        if len(words) == 1:
            alone.setdefault(words[0], []).append(phrase)
        else:
            pairs.setdefault(_telling(words), []).append(phrase)
    return Lexicon(re.compile(pattern), entries, alone, pairs)


def _telling(words: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Two neighbours that are seldom in a text without the rest: the longest word that is not common, one beside it."""
    k = max(range(len(words)), key=lambda i: (words[i] not in COMMON, len(words[i])))
    k = min(k, len(words) - 2)
    return words[k], words[k + 1]


def _pairs(rule: Rule) -> Iterable[tuple[str, str | None]]:
    pairs: Mapping[str, str] = rule.more.get("pairs", {})
    return [*pairs.items(), *((p, None) for p in rule.phrases)]


def _wrong(rule: Rule, phrase: str, new: str | None, known: Mapping[str, Entry]) -> Iterator[Problem]:
    """What the lexicon may not hold: a phrase twice, a change of digits or of names."""
    if phrase != folded(phrase):
        yield Problem(rule.file, f"`{phrase}`: write phrases in lower case", rule.line, 1, rule.id)
    if phrase in known:
        yield Problem(rule.file, f"`{phrase}` is also in {known[phrase].rule.id}", rule.line, 1, rule.id)
    if not cut(phrase):
        yield Problem(rule.file, f"`{phrase}` has no letter to be looked for by", rule.line, 1, rule.id)
    if new is None:
        return
    if rule.cls != "numeral" and NUMBER.findall(phrase) != NUMBER.findall(new) and "12 months" not in phrase:
        yield Problem(rule.file, f"`{phrase}` -> `{new}` changes a digit", rule.line, 1, rule.id)
    if rule.cls != "name" and any(c.lower() not in phrase for c in CAPITAL.findall(new)):
        yield Problem(rule.file, f"`{phrase}` -> `{new}` changes a name", rule.line, 1, rule.id)


def _entry(rule: Rule, new: str | None) -> Entry:
    def guard(key: str, form: str) -> re.Pattern[str] | None:
        body: Any = rule.more.get(key)
        return re.compile(form.format(body)) if body else None

    return Entry(
        rule,
        new,
        guard("before", "(?:{})$"),
        guard("after", "(?:{})"),
        guard("not_before", "(?:{})$"),
        guard("not_after", "(?:{})"),
        int(rule.more.get("least", 1)),
    )


def trie(words: Iterable[str]) -> str:
    """A pattern for `words` that shares their beginnings; the longest word wins."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    """The pattern of one node; runs without a fork are walked without recursion."""
    lead = ""
    while len(node) == 1:
        char = next(iter(node))
        if not char:
            return lead
        lead += re.escape(char)
        node = node[char]
    forks = [re.escape(c) + _branch(n) for c, n in sorted(node.items()) if c]
    body = f"(?:{'|'.join(forks)})" if forks else ""
    return lead + body + ("?" if "" in node and body else "")
