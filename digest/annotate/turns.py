"""Turns of a dialogue as quotes: the label is the speaker, the words need no marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from digest.annotate.attribution import Attribution
from digest.annotate.names import Speaker
from digest.model import Frame, PartName, Quote, Scope
from digest.rules import Rule
from digest.text import Span
from digest.turns import Turn

LABEL = re.compile(r"(?:[A-Z]{2,}[.]? )?([A-Z][A-Z.’'-]{2,}(?: [A-Z][A-Z.’'-]+)?):\s")
MARKED = 0.6  # of a turn that stands between quotation marks: then those are the quotations


def marked(turn: Turn, scopes: Sequence[Scope]) -> bool:
    """Whether most of a turn stands between marks; `scopes` are the outer ones of the text, by place."""
    size, k = 0, bisect_left(scopes, turn.start, key=lambda s: s.outer_start)
    while k < len(scopes) and scopes[k].outer_start < turn.end:
        size += min(turn.end, scopes[k].outer_end) - scopes[k].outer_start
        k += 1
    return size >= MARKED * (turn.end - turn.start)


def transcript(text: str, scope: Scope) -> Attribution | None:
    """The speaker a label within the marks names: “LEE: The bridge will hold.”"""
    m = LABEL.match(text, scope.start, scope.end)
    return Attribution(Speaker(m.start(1), m.end(1), "name", 0, 0), "label") if m else None


def labelled(turn: Turn) -> Attribution | None:
    """What a turn's label says of whose words it holds."""
    if turn.speaker_start < 0:
        return None
    return Attribution(Speaker(turn.speaker_start, turn.speaker_end, "name", 0, 0), "turn")


def turn_quotes(
    text: str, part: PartName, turns: Sequence[Turn], scopes: Sequence[Scope], rules: Mapping[str, Rule]
) -> Iterator[Quote]:
    """A quote for each turn without marks of its own, in order."""
    for t in turns:
        if marked(t, scopes):
            continue
        rule = rules[_rule(t)]
        named = t.speaker_start >= 0
        yield Quote(
            t.start,
            t.end,
            text[t.start : t.end],
            "continuation" if t.goes_on else "block",
            rule.id,
            part,
            text[t.speaker_start : t.speaker_end] if named else None,
            Span(t.speaker_start, t.speaker_end) if named else None,
            frame=_frame(t, text[t.start : t.end]),
            cert=rule.cert,
            why=rule.why,
        )


def _rule(t: Turn) -> str:
    if t.speaker_start < 0:
        return "quote.question" if t.asks else "quote.answer"
    return "quote.turn-on" if t.goes_on else "quote.turn"


def _frame(t: Turn, said: str) -> Frame:
    """Asked, where who mostly asks asks, or where nothing but one question is said."""
    if t.asks:
        return "asked" if "?" in said else "asserted"
    lone = said.endswith("?") and not any(s in said[:-1] for s in (". ", "! ", "? "))
    return "asked" if lone else "asserted"
