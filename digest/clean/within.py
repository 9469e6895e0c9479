"""Words of the page inside a sentence that stays: what a link says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digest.clean.appeal import QUOTED
from digest.clean.lines import Piece, Verdict
from digest.rules import Rule, Rules
from digest.text import Edit

Pattern = tuple[re.Pattern[str], Rule]


def patterns(rules: Rules) -> tuple[Pattern, ...]:
    """The compiled rules; meant for `rules.once`."""
    return tuple((re.compile(f"(?i){r.pattern}"), r) for r in rules.of("residue-within"))


def within(text: str, found: Sequence[Piece], out: Mapping[int, Verdict], rules: Rules) -> Iterator[Edit]:
    """Excisions inside the pieces that stay, outside quotations; offsets into `text`, in no order."""
    low = text.lower()
    some = [p for p in rules.once(patterns) if any(word in low for word in p[1].more["needs"])]
    for pattern, rule in some:
        for piece in (p for i, p in enumerate(found) if i not in out):
            quoted = [m.span() for m in QUOTED.finditer(piece.text)]
            for m in pattern.finditer(piece.text):
                if m[0] and not any(a < m.end() and m.start() < b for a, b in quoted):
                    start, end = piece.start + m.start(), piece.start + m.end()
                    yield Edit(start, end, "", "excise", rule.cls, rule.id, rule.why, rule.cert)
