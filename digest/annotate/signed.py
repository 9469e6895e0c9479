"""The line below a quotation that says whose it is: `— Ann Lee, engineer`."""

from __future__ import annotations

import re

from digest.annotate.attribution import Attribution
from digest.annotate.names import Speaker
from digest.model import Scope
from digest.text import Span

WORD = r"[^\W\d_a-zß-ÿ][\w.’'-]{0,30}"
LINK = r"(?:(?:de|da|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|dos|y|of|the|for|and|&) ){1,3}"
SIGNED = re.compile(
    rf"[—―–-]{{1,2}}\s?(?P<name>{WORD}(?: (?:{LINK})?{WORD}){{0,5}})(?=$|,| \(| [-—–|/@]|: |;| on )"
)
NOMINAL = re.compile(
    r"[—―–-]{1,2}\s?(?P<name>(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) [^\n,;:.(]{3,80})(?=$|[,;:.(])"
)
TITLES = re.compile(
    r"(?:(?:Mrs?|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Cllr|Councillor|Rev|Reverend|Captain|Capt)\.? )+(?=\S)"
)
LONGEST = 160  # characters of such a line
CLOSERS = "”’\"'»"


def signed(
    text: str, scope: Scope, line: tuple[int, int], below: tuple[int, int] | None
) -> Attribution | None:
    """The speaker that the line `below` names, where the quotation ends the line that it stands in."""
    if (
        below is None
        or below[1] - below[0] > LONGEST
        or text[scope.outer_end : line[1]].strip(CLOSERS + ". ")
    ):
        return None
    span = signature(text, *below)
    return Attribution(Speaker(*span, "name", 0, 0), "signed", None, False, 1) if span else None


def signature(text: str, start: int, end: int) -> Span | None:
    """Where a line of a dash and a name has the name, without a title before it."""
    m = SIGNED.match(text, start, end) or NOMINAL.match(text, start, end)
    if m is None:
        return None
    at = TITLES.match(text, *m.span("name"))
    return Span(at.end() if at else m.start("name"), m.end("name"))
