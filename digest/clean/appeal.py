"""Paragraphs of good prose in which the outlet speaks of itself and to the reader.

An `ask` (your support, please subscribe) opens an appeal; lines beside it in
which the outlet says `we` and `our` outside quotation marks belong to it. A
paragraph is one by itself when it makes an `offer`, names the outlet's craft,
says both we and you, and reports nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.clean.features import Sight
from digest.clean.lines import Piece, Verdict
from digest.rules import Rule, Rules

QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
BETWEEN = "appeal.between"
SELF = "appeal.our-journalism"  # in it the outlet says “we”
PROSE = 11  # words: a paragraph of an appeal has more, a button fewer
LONGEST = 900  # characters of a line that are looked at: appeals of one paragraph have up to 130 words
WORDY = 18  # words of an appeal that is told by its signs: fewer are a button, or a line for the rules
HAILS = "you", "please", " us "  # of which an appeal has one; quick to look for
SIGNS = "craft", "ours", "reader"
Cue = tuple[re.Pattern[str], Rule]


def cues(rules: Rules) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """The `ask` and the `self` patterns; meant for `rules.once`."""
    roles = rules.once(by_role)
    return roles.get("ask", ()), roles.get("self", ())


def by_role(rules: Rules) -> Mapping[str, tuple[Cue, ...]]:
    """The patterns by role, in their order; meant for `rules.once`."""
    out: dict[str, tuple[Cue, ...]] = {}
    for r in rules.of("residue-appeal"):
        role = r.more["role"]
        out[role] = (*out.get(role, ()), (re.compile(r.pattern), r))
    return out


def needs(rules: Rules) -> tuple[frozenset[str], ...]:
    """For each `ask` words of which one stands in every line that it fits, none where it names none; for `rules.once`."""
    return tuple(frozenset(rule.more.get("needs", ())) for _, rule in rules.once(cues)[0])


def needs_any(rules: Rules) -> frozenset[str] | None:
    """Words of which one stands in every line that any `ask` fits; None where one of them names none. For `rules.once`."""
    needed = rules.once(needs)
    return frozenset().union(*needed) if all(needed) else None


def appeals(found: Sequence[Piece], sights: Sequence[Sight], rules: Rules) -> dict[int, Verdict]:
    """Verdicts by index for the lines of each appeal."""
    asks, selves = rules.once(cues)
    out: dict[int, Verdict] = {}
    needed, any_of = rules.once(needs), rules.once(needs_any)
    for i in [i for i, s in enumerate(sights) if any_of is None or not any_of.isdisjoint(s.words)]:
        words = sights[i].words
        some = [ask for ask, of in zip(asks, needed, strict=True) if not of or not of.isdisjoint(words)]
        rule = first(some, found[i].text[:LONGEST].lower())
        if rule:
            out[i] = Verdict(rule.cls, rule.id, rule.why, rule.cert)
    for i in sorted(out):
        for step in (-1, 1):
            _spread(i, step, found, selves, out)
    whole = {i: v for i in range(len(found)) if i not in out and (v := _whole(found[i], sights[i], rules))}
    return out | _between(found, out) | whole


def _whole(piece: Piece, s: Sight, rules: Rules) -> Verdict | None:
    """The verdict on a paragraph that is an appeal by all its signs; None for what reports somebody's words."""
    if s.length < WORDY:
        return None
    low = piece.text[:LONGEST].lower()
    if not any(hail in low for hail in HAILS):
        return None
    roles = rules.once(by_role)
    low = QUOTED.sub(" ", low.replace("’", "'"))
    rule = first((*roles.get("offer", ()), *roles.get("ask", ())), low)
    if rule is None or first(roles.get("told", ()), low):
        return None
    if not all(first(roles.get(sign, ()), low) for sign in SIGNS):
        return None
    return Verdict(rule.cls, rule.id, rule.why, rule.cert)


def _between(found: Sequence[Piece], out: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Verdicts on single paragraphs between two of an appeal: a saying that it quotes, an example.

    Two buttons may stand around a paragraph of the story, two paragraphs of one appeal do not.
    """
    made = {}
    for i in sorted(out):
        last = i + 2
        if last in out and i + 1 not in out and _prose(found[i].text) and _prose(found[last].text):
            verdict = out[i]
            ours = SELF in (verdict.rule, out[last].rule)
            if (
                ours
                and verdict.cls == out[last].cls
                and found[i].text != found[last].text
                and not found[i].glued
            ):
                made[i + 1] = Verdict(
                    verdict.cls, BETWEEN, "stands between two paragraphs of an appeal", "low"
                )
    return made


def _prose(line: str) -> bool:
    return len(line.split(None, PROSE)) > PROSE


def _spread(
    i: int, step: int, found: Sequence[Piece], selves: Sequence[Cue], out: dict[int, Verdict]
) -> None:
    """Adds the lines beside `i` in which the outlet speaks of itself; stops at the first other.

    What stands behind glued residue is the story, since that is why it was split.
    """
    cls = out[i].cls
    j = i + step
    while 0 <= j < len(found) and j not in out and not (step > 0 and found[j - 1].glued):
        rule = first(selves, found[j].text[:LONGEST])
        if not rule:
            return
        out[j] = Verdict(cls, rule.id, rule.why, rule.cert)
        j += step


def first(cues: Sequence[Cue], line: str) -> Rule | None:
    """The first rule whose pattern stands in `line` outside quotation marks."""
    for pattern, rule in cues:
        if pattern.search(line) and pattern.search(QUOTED.sub(" ", line)):
            return rule
    return None
