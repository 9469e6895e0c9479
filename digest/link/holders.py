"""Posts that one person rarely holds two of: what two texts on one event may disagree about.

"Chief executive" and "chief financial officer" of one firm, "professor of
law" and "of history". Who founded something may lead it too, and an
economist may head a department: such words are no post here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.across import Claim
from digest.link.slots import Filled, Held, Proposal, differ, filled, same_roles
from digest.rules import Rules, rules_for

FIELD = r"(?!the\b)([a-z][a-z-]*(?: and [a-z][a-z-]*)?)"
MOST = 20  # texts whose posts are compared


class Post(NamedTuple):
    """A post, the realm in which two exclude each other, and whose it is (capitalised words)."""

    name: str
    realm: str
    house: frozenset[str]


class Patterns(NamedTuple):
    """The posts of `link-claims.yaml`, compiled."""

    single: re.Pattern[str]
    chief: re.Pattern[str]
    of_field: re.Pattern[str]
    chair: re.Pattern[str]
    past: str


def _patterns(rules: Rules) -> Patterns:
    def any_of(name: str) -> str:
        return "|".join(map(re.escape, sorted(rules.words("link-claims", name)))) or r"(?!)"

    return Patterns(
        re.compile(rf"(?<!vice[ -])\b(?:{any_of('one-holder')})\b"),
        re.compile(rf"\bchief (?:[a-z-]+ )?(?:{any_of('role')})\b"),
        re.compile(rf"\b(?:{any_of('heads-field')}) of {FIELD}"),
        re.compile(rf"\b(?:{any_of('chair-of-field')}) of {FIELD}"),
        any_of("past"),
    )


@lru_cache(maxsize=20_000)
def posts(words: str, sentence: str) -> tuple[Post, ...]:
    """The posts that a role names; none where the sentence says that it was held at another time."""
    known = rules_for().once(_patterns)
    lead, trail = rf"\b(?:{known.past})[\s-]+(?:the\s+|an?\s+)?\Z", rf",?\s+(?:{known.past})\b"
    at = sentence.find(words)
    around = sentence[max(0, at - 40) : at] if at >= 0 else ""
    after = sentence[at + len(words) :] if at >= 0 else ""
    if re.search(lead, around) or re.search(rf"\b(?:{known.past})\b", words) or re.match(trail, after):
        return ()
    house = frozenset(w.casefold() for w in re.findall(r"\b[A-Z][\w&-]*[a-z][\w&-]*", words))
    text = " ".join(words.split())
    for long, short in same_roles():
        text = re.sub(rf"(?i:\b{re.escape(long)}\b)", short, text)
    plain = re.sub(r"\b(?:CEO|CFO|CTO|COO)\b|\b(?:Chief|Head|Professor|Chairman|President)\b", _lower, text)
    company = {m[0] for p in (known.single, known.chief, known.of_field) for m in p.finditer(plain)}
    chairs = {m[0] for m in known.chair.finditer(plain)}
    return tuple(
        Post(name, realm, house)
        for realm, names in (("house", company), ("field", chairs))
        for name in sorted(names)
    )


def _lower(m: re.Match[str]) -> str:
    return m[0].lower()


def disputed(key: str, found: Sequence[Held], told: Mapping[str, frozenset[str]]) -> Iterator[Proposal]:
    """Two posts of one person in texts that tell of one event; `told` names the events of each text."""
    for realm in ("field", "house"):
        rows: list[tuple[str, Filled, frozenset[str]]] = []
        for h in found:
            own = [p for p in posts(h.claim.words, h.claim.sentence) if p.realm == realm]
            if own:
                house = frozenset().union(*(p.house for p in own))
                rows.append((h.article, filled(h, frozenset(p.name for p in own)), house))
        kept = _of_one_event(rows[:MOST], told)
        if differ(kept):
            question = f"Which post does {found[0].name} hold?"
            also = (f"{h.claim.key}-{h.article}:{realm} post" for h in found if h.entity != h.claim.key)
            yield Proposal("role", key, (f"{key}:{realm} post", *also), question, tuple(kept), "medium")


def _of_one_event(
    rows: Sequence[tuple[str, Filled, frozenset[str]]], told: Mapping[str, frozenset[str]]
) -> list[Filled]:
    """The rows that another text's, on the same event and of no other house, differs from."""
    every: dict[str, frozenset[str]] = {}
    for a, f, _ in rows:
        every[a] = every.get(a, frozenset()) | f.value
    out = []
    for a, f, house in rows:
        for b, _, other in rows:
            near = a != b and not told.get(a, frozenset()).isdisjoint(told.get(b, frozenset()))
            if near and every[a].isdisjoint(every[b]) and not (house and other and house.isdisjoint(other)):
                out.append(f)
                break
    return out


def holds_post(claims: Iterable[Claim]) -> bool:
    """Whether one of the claims names a post."""
    return any(posts(c.words, c.sentence) for c in claims)
