"""Names of people, organisations, products and places."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Mention, Reading
from digest.rules import Rules


def mentions(reading: Reading, rules: Rules) -> Iterator[Mention]:
    """Names in the text, left to right, never overlapping."""
    yield from ()
