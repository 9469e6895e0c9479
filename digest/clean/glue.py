"""Residue glued to the story without a blank: `difference.The emergence`.

A line is split at a joint only when what stands before it is residue on its
own; two sentences of the story that run together are left for repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.clean.appeal import cues, first
from digest.clean.lexicon import lexicon
from digest.clean.lines import Piece, normal
from digest.rules import Rules

JOINT = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z“\"‘])|(?<=[a-z]{3})(?=[A-Z][a-z]*\b)")
REACH = 400  # characters: a glued promo is short; also keeps a 5 MB line linear


def unglued(found: Iterable[Piece], rules: Rules) -> list[Piece]:
    """The pieces, a line that begins with glued residue in two."""
    out: list[Piece] = []
    for piece in found:
        at = _joint(piece, rules)
        if at:
            out.append(Piece(piece.start, piece.start + at, piece.text[:at], True))
            out.append(Piece(piece.start + at, piece.end, piece.text[at:]))
        else:
            out.append(piece)
    return out


def _joint(piece: Piece, rules: Rules) -> int:
    """Where in the line the residue at its beginning ends; 0 when there is none."""
    known, (asks, _) = rules.once(lexicon), rules.once(cues)
    for m in JOINT.finditer(piece.text, 0, REACH):
        if m.start() < len(piece.text):
            line = normal(piece.text[: m.start()])
            if known.find(line) or first(asks, line):
                return m.start()
    return 0
