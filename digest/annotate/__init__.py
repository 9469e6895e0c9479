"""What stands in a text: blocks, names, quotes, figures. One module each.

To add one: a module with a function `(Reading, Rules) -> Iterable[Annotation]`,
its name in ANNOTATORS, cases in `tests/cases/`. The order is the order of the
tuple; each sees what the earlier ones found.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import cast

from digest.annotate.blocks import blocks
from digest.annotate.figures import figures
from digest.annotate.mentions import mentions
from digest.annotate.quotes import quotes
from digest.model import (
    Annotation,
    Figure,
    Indirect,
    Mention,
    Quote,
    Reading,
)
from digest.rules import Rules

Annotator = Callable[[Reading, Rules], Iterable[Annotation]]
ANNOTATORS: tuple[tuple[str, Annotator], ...] = (
    ("mentions", mentions),
    ("quotes", quotes),
    ("figures", figures),
)
NAMES = tuple(name for name, _ in ANNOTATORS)


# annotations sorted by kind, each kind in the order in which it was found
ByKind = tuple[tuple[Quote, ...], tuple[Indirect, ...], tuple[Figure, ...], tuple[Mention, ...]]


def all_of(reading: Reading, rules: Rules, skipped: Container[str] = ()) -> Reading:
    """The reading with everything the annotators find in it, in their order."""
    text, part, _, scopes, found, known, around = reading  # its blocks are those that the markup declares
    lines = tuple(blocks(reading, rules))
    for name, find in ANNOTATORS:
        if name not in skipped:  # made as model.py says, since this runs for every lone sentence
            reading = Reading._make((text, part, lines, scopes, found, known, around))
            found = (*found, *find(reading, rules))
    return Reading._make((text, part, lines, scopes, found, known, around))


def by_kind(found: Sequence[Annotation]) -> ByKind:
    """The annotations of all parts, sorted by kind."""
    if not found:
        return (), (), (), ()
    if {*map(type, found)} == FIGURES:  # figures alone
        return (), (), cast(tuple[Figure, ...], tuple(found)), ()
    quotes: list[Quote] = []
    indirect: list[Indirect] = []
    figures: list[Figure] = []
    mentions: list[Mention] = []
    for a in found:
        if isinstance(a, Figure):
            figures.append(a)
        elif isinstance(a, Mention):
            mentions.append(a)
        elif isinstance(a, Quote):
            quotes.append(a)
        elif isinstance(a, Indirect):
            indirect.append(a)
    return tuple(quotes), tuple(indirect), tuple(figures), tuple(mentions)


FIGURES = {Figure}
