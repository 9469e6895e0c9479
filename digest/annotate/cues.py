"""The cue lexicon: words that give somebody the word, as data from `cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from digest.model import Frame
from digest.rules import Rules


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue: its class, where its speaker may stand, how its words are meant."""

    form: str
    cls: str
    frame: Frame = "asserted"
    inverts: bool = True
    names: bool = False  # takes its quotation as a name: called it “bad”
    noun: bool = False  # as often a noun: needs its subject right before it
    weak: bool = False  # a sign of speech only with marks or a colon after it
    owned: bool = False  # a noun whose owner speaks: Lee’s claim that
    rest: tuple[str, ...] = ()  # further words of a cue of several words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by their first word, and the words alone."""

    first: dict[str, tuple[Cue, ...]]
    words: frozenset[str]
    saying: frozenset[str]  # words that may report a statement, with what punctuation may cling to them


def lexicon(rules: Rules) -> Lexicon:
    """The cue forms of a language; empty when it has no `cues.yaml`."""
    first: dict[str, list[Cue]] = {}
    for rule in rules.of("cues"):
        nouns = set(rule.more.get("noun_forms", ()))
        for phrase in rule.phrases:
            head, *rest = phrase.split()
            cue = Cue(
                phrase,
                rule.cls,
                cast(Frame, rule.more.get("frame", "asserted")),
                rule.more.get("stands", "both") == "both",
                rule.more.get("governs") == "name",
                phrase in nouns,
                bool(rule.more.get("weak")),
                rule.more.get("stands") == "owned",
                tuple(rest),
            )
            first.setdefault(head, []).append(cue)
    longest = {k: tuple(sorted(v, key=lambda c: -len(c.rest))) for k, v in first.items()}
    strong = frozenset(k for k, v in longest.items() if not v[0].weak and not v[0].names)
    plain = {k for k, v in longest.items() if not v[0].weak and not v[0].owned} | {"according"}
    clung = {f"{w}{mark}" for w in plain for mark in (".", ",", ":")}
    return Lexicon(longest, strong, frozenset(plain | clung | {"According"}) if longest else frozenset())
