"""Numbers that say something, with value and unit."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Figure, Reading
from digest.rules import Rules


def figures(reading: Reading, rules: Rules) -> Iterator[Figure]:
    """Figures in the text, left to right, never overlapping."""
    yield from ()
