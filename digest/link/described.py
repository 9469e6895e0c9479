"""How a text describes the people it names: what tells two bearers of one name apart.

Wider than the roles of `claims.py`, of which conflicts are made: an
apposition with any noun, "who leads ...", "of X", a parenthesis, a title or
an occupation before the name, an age. Nothing here is shown as a fact; it
only decides whether two texts may mean two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.across import Described
from digest.ids import slug
from digest.link.slots import same_roles
from digest.link.words import listed, stem, tokens
from digest.model import Mention
from digest.rules import Rules, rules_for
from digest.site import Shown

REACH = 160  # characters after a name that a description may take
END = r"(?=[,;:.!?—–“”\"()\n]|\s(?:said|says|told|but|who|which|has|had|was|is|were|will|would)\b|\Z)"
NAME = r"[A-Z][\w&’'-]*"
AGE = re.compile(r",\s+(?:aged\s+)?(\d{1,3})(?=[,.;\s])")
AGED = re.compile(r"\b(\d{1,3})-year-old\s+(?:[\w’'-]+\s+){0,4}\Z")
BRACKET = re.compile(r"\s*\(([^()\n]{2,60})\)")
OF = re.compile(
    rf"\s+of\s+((?:the\s+)?{NAME}(?: (?:(?:of|and|for) )?{NAME})*|the (?:[a-z-]+[’']s? )?[a-z-]+)"
)
AFTER = re.compile(rf",\s+((?:[^,;:.!?—–“”\"()\n]|(?<=\b[A-Z])\.){{2,100}}?){END}")
WHO = re.compile(rf",\s+who\s+([^,;:.!?—–“”\"()\n]{{2,100}}?){END}")
ARTICLE = re.compile(r"(?:(?:is|was|now|then|also|once|a|an|the|one of|formerly)\s+)*")
AHEAD = re.compile(r"\b[Tt]he ([^,;:.!?—–“”\"()\n]{2,80}), \Z")
BEFORE = re.compile(r"(?:[\w’'&./-]+[ \t]+){1,6}\Z")
PART = re.compile(r"\s+(?:of|at|in|for|from|with|to|on|by|and|based)\s+|/")
CAPITAL = re.compile(r"\b[A-Z][\w&.-]*")
LITTLE = 0.6  # of all texts have a word: it belongs to the grammar


class People(NamedTuple):
    """The word lists of `link-people.yaml`, with the roles."""

    occupation: frozenset[str]
    offices: frozenset[str]  # the same, as stems
    does: frozenset[str]
    weak: frozenset[str]
    empty: frozenset[str]  # stems


def people(rules: Rules) -> People:
    """What the rules compile to; with empty lists nobody is described."""
    roles = frozenset(rules.words("link-claims", "role"))
    occupation = frozenset(rules.words("link-people", "occupation")) | roles
    return People(
        occupation,
        frozenset(stem(w) for w in occupation),
        frozenset(rules.words("link-people", "who-does")),
        frozenset(rules.words("link-people", "weak")),
        frozenset(stem(w) for n in ("shared-by-many", "weak") for w in rules.words("link-people", n)),
    )


def described(shown: Shown) -> tuple[Described, ...]:
    """What the body says of each person it names, by key; those of whom it says nothing are left out."""
    known = rules_for().once(people)
    names = sorted((m for m in shown.mentions if m.part == "body"), key=lambda m: m.start)
    starts = {m.start for m in names}
    found: dict[str, list[str]] = {}
    ages: dict[str, int] = {}
    for m in names:
        if m.kind == "person":
            key = m.entity or slug(m.text)
            found.setdefault(key, []).extend(_phrases(shown.text, m, starts, known))
            if age := _age(shown.text, m):
                ages.setdefault(key, age)
    return tuple(
        made
        for key in sorted(found)
        if (made := _made(key, list(dict.fromkeys(found[key])), ages.get(key, 0), known))
    )


def _age(text: str, m: Mention) -> int:
    after = AGE.match(text, m.end)
    before = AGED.search(text, max(0, m.start - 60), m.start)
    return int(after[1]) if after else int(before[1]) if before else 0


def _phrases(text: str, m: Mention, names: set[int], known: People) -> Iterator[str]:
    """The words of each description, in the order after, before."""
    at, stop = m.end, min(len(text), m.end + REACH)
    of = OF.match(text, at, stop)
    if of:
        yield "of " + _plain(of[1])
        at = of.end()
    bracket = BRACKET.match(text, at, stop)
    if bracket:
        if bracket[1][0].isupper() or _apposed(bracket[1], known):
            yield _plain(bracket[1])
        at = bracket.end()
    age = AGE.match(text, at, stop)
    at = age.end(1) if age else at
    who = WHO.match(text, at, stop)
    after = AFTER.match(text, at, stop)
    if who and _does(who[1], known):
        yield "who " + _plain(who[1])
    elif after and not who and after.start(1) not in names and _apposed(after[1], known):
        yield _plain(after[1])
    yield from _before(text, m, known)


def _does(words: str, known: People) -> bool:
    first, _, rest = words.partition(" ")
    return first.casefold() in known.does or (first in ("is", "was") and _apposed(rest, known))


def _apposed(words: str, known: People) -> bool:
    """Whether words after a name and a comma say who it is: they begin with an article, or name an occupation."""
    head = PART.split(words, maxsplit=1)[0]
    return any(w.casefold() in known.occupation for w in head.split()) or bool(
        re.match(r"(?:an?|the|one of)\s", words)
    )


def _before(text: str, m: Mention, known: People) -> Iterator[str]:
    """The words before a name, back from an occupation right before it."""
    low = max(text.rfind("\n", max(0, m.start - 90), m.start) + 1, m.start - 90, 0)
    ahead = AHEAD.search(text, low, m.start)
    if ahead and _head(ahead[1]) in known.occupation:
        yield _plain(ahead[1])
    found = BEFORE.search(text, low, m.start)
    words = found[0].split() if found else []
    if not words or words[-1].casefold() not in known.occupation:
        return
    kept = [words.pop()]
    while words and (_capital(words[-1]) or words[-1].casefold() in known.occupation):
        kept.insert(0, words.pop())
    if len(kept) == 1 and words and words[-1].isalpha() and stem(words[-1]) not in listed():
        kept.insert(0, words.pop())  # "union leader"
    yield " ".join(kept)


def _capital(word: str) -> bool:
    return word[0].isupper() and word not in ("The", "A", "An")


def _plain(words: str) -> str:
    bare = " ".join(words.split()).strip(" ,;")
    return ARTICLE.sub("", bare, count=1)


def _made(key: str, phrases: Sequence[str], age: int, known: People) -> Described | None:
    if not phrases and not age:
        return None
    own = frozenset(stem(w) for w in key.split("-"))
    telling = {s for p in phrases for s in _stems(p)} - known.empty - own
    solid = [p for p in phrases if not _weak(p, known)]
    employers = {s for p in solid for w in CAPITAL.findall(p) for s in _stems(w)} - known.offices - own
    return Described(
        key,
        phrases[0] if phrases else f"aged {age}",
        frozenset(telling),
        frozenset(employers - known.empty),
        any(_works(p, known) for p in solid),
        age,
    )


def _stems(phrase: str) -> set[str]:
    """The stems of a phrase, little words left out; of a short form those of its long one too."""
    own = {w.casefold() for w in re.findall(r"[\w-]+", phrase)}
    long = (plain for plain, alias in same_roles() if alias in own)
    found = {t.stem.casefold() for p in (phrase, *long) for t in tokens(p)}
    return {s for s in found if listed().get(s, 0) < LITTLE}


def _head(phrase: str) -> str:
    """The noun that a phrase is about: the last word before a preposition."""
    words = PART.split(phrase, maxsplit=1)[0].split()
    return words[-1].casefold() if words else ""


def _weak(phrase: str, known: People) -> bool:
    return not phrase.startswith(("of ", "who ")) and _head(phrase) in known.weak


def _works(phrase: str, known: People) -> bool:
    """Whether a phrase says what somebody does, or for whom."""
    return phrase.startswith(("of ", "who ")) or _head(phrase).isalpha()
