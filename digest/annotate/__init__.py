"""What stands in a text: blocks, names, quotes, figures. One module each.

To add one: a module with a function `(Reading, Rules) -> Iterable[Annotation]`,
its name in ANNOTATORS, cases in `tests/cases/`. The order is the order of the
tuple; each sees what the earlier ones found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from digest.annotate.blocks import blocks
from digest.annotate.figures import figures
from digest.annotate.mentions import mentions
from digest.annotate.quotes import quotes
from digest.model import (
    Annotation,
    Block,
    Document,
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


def all_of(reading: Reading, rules: Rules, skipped: Iterable[str] = ()) -> Reading:
    """The reading with everything the annotators find in it, in their order."""
    reading = _with(reading, tuple(blocks(reading, rules)), ())
    for name, find in ANNOTATORS:
        if name not in skipped and (new := tuple(find(reading, rules))):
            reading = _with(reading, reading.blocks, (*reading.found, *new))
    return reading


def _with(r: Reading, found_blocks: tuple[Block, ...], found: tuple[Annotation, ...]) -> Reading:
    # `dataclasses.replace` takes ten times as long, and this runs for every lone sentence
    return Reading(r.text, r.part, found_blocks, r.scopes, found, r.known, r.around)


def gathered(document: Document, body: Sequence[Block], found: Iterable[Annotation]) -> Document:
    """The document with the annotations of all its parts, sorted by kind."""
    every = tuple(found)
    return replace(
        document,
        blocks=tuple(body),
        quotes=tuple(a for a in every if isinstance(a, Quote)),
        indirect=tuple(a for a in every if isinstance(a, Indirect)),
        figures=tuple(a for a in every if isinstance(a, Figure)),
        mentions=tuple(a for a in every if isinstance(a, Mention)),
    )
