"""Words of the page inside a sentence that stays: what a link says of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from digest.clean.lines import Piece, Verdict
from digest.marks import protected
from digest.rules import Rule, Rules
from digest.text import Edit

WORDS = re.compile(r"[^\s,;:(\[“‘].*[^\W_]")  # what stays on both sides would run together
WHY = "words of the page stood here without a blank on either side"
Pattern = tuple[
    re.Pattern[str], Rule, tuple[bytes, ...]
]  # the last as `_plain`: one of these stands in the text
KELVIN = "\u212a"  # whose small letter is a k


def patterns(rules: Rules) -> tuple[Pattern, ...]:
    """The compiled rules; meant for `rules.once`."""
    every = rules.of("residue-within")
    return tuple((re.compile(f"(?i){r.pattern}"), r, tuple(map(_plain, r.more["needs"]))) for r in every)


def _plain(text: str) -> bytes:
    """The text in small letters of ASCII, which are found in it far sooner; ? for all else."""
    return text.replace(KELVIN, "k").encode("ascii", "replace").lower()


def within(text: str, found: Sequence[Piece], out: Mapping[int, Verdict], rules: Rules) -> Iterator[Edit]:
    """Excisions inside the pieces that stay, outside quotations; offsets into `text`, in no order.

    A piece that would be left empty is not touched: whether it stays is for the judge to say.
    """
    low = _plain(text)
    some = [p for p in rules.once(patterns) if any(word in low for word in p[2])]
    quoted = protected(text) if some else ()
    starts = [span.start for span in quoted]
    for pattern, rule, _ in some:
        for piece in (p for i, p in enumerate(found) if i not in out):
            for m in pattern.finditer(piece.text):
                start, end = piece.start + m.start(), piece.start + m.end()
                last = bisect_left(starts, end) - 1  # of the quotations that begin before the words end
                inside = last >= 0 and quoted[last].end > start
                if not inside and piece.text.strip() != m[0].strip():
                    yield Edit(start, end, "", "excise", rule.cls, rule.id, rule.why, rule.cert)
                    if piece.start < start and end < piece.end and WORDS.fullmatch(text, start - 1, end + 1):
                        yield Edit(end, end, " ", "split", "glued", "split.label", WHY)
