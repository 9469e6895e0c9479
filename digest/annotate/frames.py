"""How words are meant (asserted, denied, asked, put in others' mouths) and where they were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from digest.annotate.attribution import Attribution
from digest.annotate.classes import negation
from digest.annotate.sentences import Tokens
from digest.model import Frame, QuoteKind
from digest.rules import Rules

# people who think: “…”; what critics call “…”; those saying that “…”
OTHERS = re.compile(
    r"\b(?:people|those|some|others|many|most|critics|anyone|everyone|everybody|nobody|opponents|detractors|sceptics|skeptics|rivals|they)"
    r"(?: who\b[^.!?\n]{0,60}?| that\b)?,? (?:\w+ ){0,3}?(?:think|thinks|say|says|saying|believe|believes|claim|claims|argue|argues|call|calls|describe|feel|fear|insist|thinking)\b[^.!?\n]{0,40}\Z"
)
DENIES = re.compile(
    r"\b(?:reject|rejects|rejected|rejecting|deny|denies|denied|denying|dispute[sd]?|disputing|dismiss(?:es|ed|ing)?|refute[sd]?|refuting|rebut(?:s|ted)?|debunk(?:s|ed)?)\b"
    r" (?:the |any |that |this |his |her |their |all )?(?:\w+ ){0,2}(?:idea|notion|claim|claims|suggestion|suggestions|view|argument|allegation|allegations|report|reports|charge|charges|theory)?\b[^.!?\n]{0,30}\Z"
)
NOTHING = r"(?!)"  # fits nowhere
FARTHEST = 1500  # characters of a sentence in which a venue is looked for
REACH = 120  # characters before a quotation in which its frame is looked for


def frame(said: str, before: str, gap: Sequence[str], kind: QuoteKind, given: Attribution | None) -> Frame:
    """The frame of a quotation; `before` is what stands before it, `gap` the words between cue and marks."""
    tail = before[-REACH:]
    if tail and OTHERS.search(tail.rstrip(" \n:,“\"‘'")):
        return "attributed-to-others"
    if given is None:
        return "asserted"
    if given.cue and given.cue.frame == "denied":
        return "denied"
    if kind == "partial" and (DENIES.search(tail) or _negated(gap)):
        return "denied"
    if given.negated and given.rule in ("before", "after"):
        return "denied"
    if said.rstrip("”\"’' ").endswith("?") and not re.search(r"[.!?] ", said):
        return "asked"
    asks = given.cue is not None and given.cue.frame == "asked" and given.rule in ("before", "after")
    return "asked" if asks else "asserted"


def _negated(gap: Sequence[str]) -> bool:
    """Whether a negation between a cue and its partial quotation turns it round, no `but` undoing it."""
    turns = [i for i, w in enumerate(gap) if negation(w)]
    return bool(turns) and not any(w in ("but", "rather", "instead", ",") for w in gap[turns[-1] :])


class Venues(NamedTuple):
    """The venue rules in their order, and one pattern that fits where any of them does."""

    any: re.Pattern[str]
    each: tuple[re.Pattern[str], ...]


def venues(rules: Rules) -> Venues:
    """The venue rules, compiled."""
    found = [r.pattern for r in rules.of("venues")]
    either = "|".join(p.replace("(?P<venue>", "(?:") for p in found)
    return Venues(re.compile(either or NOTHING), tuple(map(re.compile, found)))


def venue(sentence: Tokens, venues: Venues) -> str | None:
    """Where the words were said, from the reporter's own words of a sentence."""
    outside = reported(sentence)
    for pattern in venues.each if venues.any.search(outside) else ():
        m = pattern.search(outside)
        if m:
            return re.sub(r"\s+", " ", m["venue"])
    return None


def reported(sentence: Tokens) -> str:
    """A sentence's words outside its quotations."""
    text, at = sentence.text, sentence.start(0)
    pieces: list[str] = []
    for _, start, end in sentence.folded.values():
        pieces.append(text[at:start])
        at = end
    pieces.append(text[at : sentence.end(len(sentence) - 1)])
    return " … ".join(pieces)[:FARTHEST]
