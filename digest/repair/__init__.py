"""Damaged words: what kind of copy this is, what is certain to mend, what to mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from digest.model import KnownName, Sign
from digest.rules import Rules
from digest.text import Edit, Span


def diagnosis(text: str, rules: Rules) -> tuple[tuple[str, Sign], ...]:
    """How strongly `text` shows each kind of damage, by name."""
    return ()


def edits(
    text: str,
    rules: Rules,
    protected: Sequence[Span],
    known: Sequence[KnownName],
    signs: Mapping[str, Sign],
) -> Iterable[Edit]:
    """Repairs applied, proposed or flagged; no applied one changes a word in `protected`."""
    return ()
