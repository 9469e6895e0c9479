"""Where a quote was published or said: as annotated, else a platform named next to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.model import Quote
from digest.rules import Rules, rules_for
from digest.site import Noted, Shown

NEAR = 160  # characters round a quote in which its venue is looked for
FORM = re.compile(
    r"\b(?:posts?|account|page|thread|videos?|message|feed|channel|profile|interview)\b|[“”\"]", re.I
)
LEAD = re.compile(r"^(?:(?:to|on|in|via|at|the|an?|his|her|their|its)\s+)+", re.I)


class Place(NamedTuple):
    """A venue's bare name, and where it stands in the body; -1: nowhere."""

    name: str
    start: int


def venue(shown: Shown, n: Noted) -> Place | None:
    """The venue of a quote in the body, if the text gives one."""
    quote = n.item
    if not isinstance(quote, Quote) or quote.part != "body":
        return None
    text = shown.text
    low, high = max(0, quote.start - NEAR), min(len(text), quote.end + NEAR)
    before, after = text[low : quote.start], text[quote.end : high].split("\n")[0]
    if quote.venue:
        name = LEAD.sub("", " ".join(FORM.sub(" ", quote.venue).split()))
        at = before.rfind(name) if name else -1
        return Place(name, low + at if at >= 0 else -1) if name else None
    ahead = list(platforms().finditer(before))
    if ahead:
        return Place(ahead[-1]["name"], low + ahead[-1].start("name"))
    behind = platforms().search(after)
    return Place(behind["name"], quote.end + behind.start("name")) if behind else None


def platforms() -> re.Pattern[str]:
    """Words that say on which platform something was written."""
    return rules_for().once(_platforms)


def _platforms(rules: Rules) -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in rules.words("link-claims", "platform")) or "(?!)"
    return re.compile(
        rf"\b(?:on|to|via|in an?|forum)\s+(?:(?:his|her|their|its|the|an?)\s+)?"
        rf"(?:[a-z]+\s+){{0,2}}?(?P<name>{names})\b(?!['’]s)"
    )
