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
class Speech:
    """What tells reported speech from inference (speech.yaml); nouns in the singular."""

    evidential: frozenset[str]  # cues that things take too: suggests
    speaking: frozenset[str]  # nouns for people, bodies and documents
    abstract: frozenset[str]  # nouns that never speak
    times: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by their first word, and the words alone."""

    first: dict[str, tuple[Cue, ...]]
    heads: frozenset[str]  # first words in either case
    words: frozenset[str]
    roles: frozenset[str]  # nouns for people by what they do (names.yaml)
    saying: frozenset[str]  # words that may report a statement, with what punctuation may cling to them
    speech: Speech


# classes of cue whose words may be reported without marks
SAYING = frozenset(
    "said told wrote added stated claimed explained warned agreed denied answered asked".split()
)


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
    plain = {c.form.split()[0] for v in longest.values() for c in v if c.cls in SAYING or c.names} | {
        "according"
    }
    clung = {f"{w}{mark}" for w in plain for mark in (".", ",", ":")}
    heads = frozenset(longest) | {w.capitalize() for w in longest} | {"according", "According"}
    saying = frozenset(plain | clung | {"According"}) if longest else frozenset()
    roles = frozenset(rules.words("names", "roles"))
    return Lexicon(longest, heads, strong, roles, saying, _speech(rules, roles))


def _speech(rules: Rules, roles: frozenset[str]) -> Speech:
    lists = [frozenset(rules.words("speech", k)) for k in ("evidential", "speaking", "abstract", "times")]
    return Speech(lists[0], lists[1] | roles, lists[2], lists[3])
