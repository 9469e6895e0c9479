"""The foot of a text: who wrote it, told in a sentence or two below the story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.clean.lexicon import lexicon
from digest.clean.lines import LONGEST, Piece, Verdict, normal
from digest.rules import Rule, Rules

Pattern = tuple[re.Pattern[str], Rule]
LINES = 4  # at the foot, that stay or that the learned table alone took
# a name, and what its bearer does; said of somebody in the story it would have a past to tell
NAMED = re.compile(
    r"[A-Z][\w.'’-]*(?: (?:de|da|di|van|von|der|den|la|el|al|bin|[A-Z][\w.'’-]*)){1,3} (?:is|was|has|covers|writes|reports|joined)\b"
)
# what only a note on the author tells, beside the post
TOLD = re.compile(
    r"(?:^|[.!?] )(?:[SH]e|They) (?:(?:also |has |have |previously |formerly )?(?:covers?|writes?|written|reports?|reported|covered"
    r"|lives?|joined|works?|worked|studied|holds?|is based|are based|can be reached|tweets?|hosts?))\b|\bbased in\b"
    r"|\bwh(?:o|ere (?:[sh]e|they)) (?:covers?|writes?|reports?)\b|@|\b(?:covers|has covered|has been covering|writes about|reports on) "
    r"|\b[Ff]ollow (?:her|him|them)\b"
)
QUOTED = re.compile(r"[“”\"]|\b(?:said|says|told)\b")


def patterns(rules: Rules) -> tuple[Pattern, ...]:
    """The rules that act at the foot of a text alone; meant for `rules.once`."""
    every = (r for name in ("residue", "residue-shape") for r in rules.of(name) if r.more.get("foot"))
    return tuple((re.compile(r.pattern), r) for r in every)


def foot(found: Sequence[Piece], out: Mapping[int, Verdict], rules: Rules) -> dict[int, Verdict]:
    """Verdicts by index on the notes on the author among the last lines, up to the last of the story.

    What a rule took below them, or keeps (a correction), does not end the foot.
    """
    some = rules.once(patterns)
    made: dict[int, Verdict] = {}
    if not some or len(found) < LINES:
        return made
    seen = 0
    for i in range(len(found) - 1, 0, -1):
        line = found[i].text
        if i in out and not out[i].rule.startswith("learned."):
            continue
        if verdict := _author(line, some):
            made[i] = verdict
        elif i not in out and not _kept(line, rules):
            break
        seen += 1
        if seen == LINES:
            break
    return made


def _kept(line: str, rules: Rules) -> bool:
    """Whether a rule keeps the line, as it does corrections."""
    rule = rules.once(lexicon).find(normal(line))
    return rule is not None and rule.cls == "keep"


def _author(line: str, some: Sequence[Pattern]) -> Verdict | None:
    if len(line) > LONGEST or not NAMED.match(line) or not TOLD.search(line) or QUOTED.search(line):
        return None
    low = normal(line)
    rule = next((rule for pattern, rule in some if pattern.fullmatch(low)), None)
    return Verdict(rule.cls, rule.id, rule.why, rule.cert, True) if rule else None
