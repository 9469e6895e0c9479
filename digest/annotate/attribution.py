"""Whose words a quotation holds: the order of search, each way a rule with an id.

After it in the same sentence, before it in the same sentence, later in the
sentence, `according to`, earlier in the paragraph, the sentence or paragraph
before. The order was measured on the 839 articles of PolNeAR's training set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from digest.annotate.classes import CLAUSE, OPENERS, SKIPPED, TITLES
from digest.annotate.cues import Cue
from digest.annotate.hits import ACCORDING, Hit
from digest.annotate.names import Speaker, capital, named, run_right
from digest.annotate.sentences import FOLDED, Tokens
from digest.annotate.subjects import IDLE, lead, subject
from digest.rules import Rule


class Attribution(NamedTuple):
    """A quotation's speaker with the rule that found it and the cue."""

    speaker: Speaker | None
    rule: str
    cue: Cue | None = None
    negated: bool = False
    distance: int = 0
    named: Speaker | None = None  # the name behind a pronoun, where the sentence itself has it


def in_sentence(q: int, words: Tokens, found: Sequence[Hit], ended: bool) -> Attribution | None:
    """The attribution of the folded quotation at token `q` within its sentence.

    `ended`: the quotation ends in a comma, a question or exclamation mark, or
    a comma follows it: what comes next may be its cue.
    """
    adjacent = _right(q, words, found, ended) or _signed(q, words)
    if adjacent:
        return adjacent
    return _left(q, words, found) or _colon(q, words) or _as(q, words) or _later(q, words, found)


def _later(q: int, words: Tokens, found: Sequence[Hit]) -> Attribution | None:
    """A cue further on in the sentence (…, Lee said.), else `according to`."""
    for hit in found:
        strong = not (hit.cue is ACCORDING or hit.cue.names or hit.cue.weak or hit.cue.owned)
        placed = hit.speaker and (hit.side == "after" or _after_comma(words, hit.speaker.first))
        if hit.at > q and strong and placed:
            return Attribution(hit.speaker, "later", hit.cue, hit.negated, hit.at - q)
    for hit in found:
        if hit.cue is ACCORDING and hit.speaker:
            return Attribution(hit.speaker, "according", hit.cue, False, abs(hit.at - q))
    return None


def _colon(q: int, words: Tokens) -> Attribution | None:
    """The subject of a sentence that leads with a colon to its quotation: the rally had one message: “…”."""
    if q < 3 or words[q - 1] != ":":
        return None
    s = subject(words, q) or lead(words, q - 1)
    return Attribution(s, "colon", None, False, 1) if s else None


def _as(q: int, words: Tokens) -> Attribution | None:
    """The subject of what is painted as something: Lee hailed the bridge as a “wonder”."""
    k = q - 1
    if k > 0 and words[k] in ("a", "an", "the"):
        k -= 1
    if k < 3 or words[k] != "as" or words[k - 1] in ("known", "same", "such", "well", "far", "long"):
        return None
    s = subject(words, k)
    if s is None or s.kind == "nominal" or s.last > k - 3:
        return None
    return Attribution(s, "as", None, False, q - k)


def _after_comma(words: Tokens, first: int) -> bool:
    """Whether a comma stands before a name and its titles."""
    while first > 1 and (words[first - 1] in TITLES or words[first - 1] == "."):
        first -= 1
    return first > 0 and words[first - 1] == ","


def _signed(q: int, words: Tokens) -> Attribution | None:
    """A name behind a dash with nothing after it: “…” ― Ann Lee, Ferrol."""
    if q + 2 >= len(words) or words[q + 1] not in ("―", "—", "–", "-") or not capital(words[q + 2]):
        return None
    run = run_right(words, q + 2, len(words) - 1)
    follows = words[run + 1] if run + 1 < len(words) else "."
    if run == q + 2 or follows not in (",", ".", "(", "―", "—"):
        return None
    return Attribution(named(words, q + 2, run), "signed", None, False, 1)


def _right(q: int, words: Tokens, found: Sequence[Hit], ended: bool) -> Attribution | None:
    hit = next((h for h in found if h.at > q), None)
    if hit is None or hit.speaker is None or not ended:
        return None
    first = min(hit.at, hit.speaker.first) if hit.speaker.first > q else hit.at
    if hit.speaker.first < q and hit.side == "before":
        return None
    between = words[q + 1 : first]
    if FOLDED in between:
        return None
    idle = all(
        t in IDLE or t in SKIPPED or t in TITLES or t in (".", "as", "As", "the", "The") or t.endswith("ly")
        for t in between
    )
    if not idle and not (hit.side == "before" and _apposed(words, q + 1, hit)):
        return None
    rule = "according" if hit.cue is ACCORDING else "after"
    return Attribution(hit.speaker, rule, hit.cue, hit.negated, hit.at - q)


def _apposed(words: Tokens, a: int, hit: Hit) -> bool:
    """Whether all between the quotation and the speaker's name is his own title."""
    if hit.speaker is None or hit.speaker.first - a > 9:
        return False
    stretch = words[a : hit.speaker.first]
    if stretch and stretch[0] == ",":
        stretch = stretch[1:]
    return not any(t in (",", "and", "but", ";") or t in CLAUSE for t in stretch)


def _left(q: int, words: Tokens, found: Sequence[Hit]) -> Attribution | None:
    """The nearest cue before the quotation that may govern it."""
    opening = _opening_clause(q, words)
    for n in range(len(found) - 1, -1, -1):
        hit = found[n]
        if hit.at > q or hit.speaker is None or hit.cue is ACCORDING:
            continue
        gap = q - hit.last - 1
        if hit.cue.weak and not (gap <= 8 and words[q - 1] in LEADING):
            continue
        if hit.last < opening and gap > 3:
            continue
        if hit.side == "after" and hit.speaker.last >= q:
            continue
        named = _named_before(words, hit, found[:n])
        return Attribution(hit.speaker, "before", hit.cue, hit.negated, gap, named)
    return None


LEADING = frozenset(": , words phrase term with".split())


def _opening_clause(q: int, words: Tokens) -> int:
    """The token at which a sentence's opening subordinate clause ends, 0 if it has none before `q`."""
    if words[0] not in OPENERS:
        return 0
    return next((k for k in range(q) if words[k] == ","), 0)


def _named_before(words: Tokens, hit: Hit, earlier: Sequence[Hit]) -> Speaker | None:
    """The name behind a pronoun in one sentence: Lee said he thought it was “…”."""
    s = hit.speaker
    if s is None or s.kind != "pronoun" or words[s.first] not in ("he", "she"):
        return None
    for outer in reversed(earlier):
        if outer.speaker is None or outer.speaker.kind != "name" or outer.side != "before":
            continue
        for token in words[outer.last + 1 : s.first + 1]:
            if token == words[s.first]:
                return outer.speaker
            if capital(token):
                return None
    return None


def why(rule: Rule | None, given: Attribution | None) -> str:
    """Why the speaker is this one, for the reader: the rule, its cue, how far that stands."""
    if given is None or rule is None:
        return ""
    cue = f"; cue “{given.cue.form}”" if given.cue else ""
    far = f", {given.distance} words off" if cue and given.distance > 1 else ""
    return f"{rule.why}{cue}{far}"
