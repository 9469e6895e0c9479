"""What is not the article: found, classed, and cut or moved with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from digest.model import Block, Page, Residue
from digest.rules import Rules
from digest.text import Edit

__all__ = ["corpus", "edits", "page"]


def page(markup: str, url: str | None = None) -> Page:
    """The text and metadata of an HTML page."""
    raise NotImplementedError


def edits(text: str, rules: Rules, hints: Sequence[Block] = ()) -> Iterable[Edit]:
    """Edits after which the text is the article's blocks joined by blank lines."""
    body = text.rstrip()
    if len(body) < len(text):
        yield _space(len(body), len(text), "")
    for m in re.finditer(r"\s*\n\s*", body):
        new = "\n\n" if m.start() else ""
        if m[0] != new:
            yield _space(*m.span(), new)


def _space(start: int, end: int, new: str) -> Edit:
    return Edit(start, end, new, "space", "block-break", "space.block", "one blank line between blocks")


def corpus(text: str, residue: Sequence[Residue]) -> Iterable[Edit]:
    """Excisions of lines that evidence from other texts, or the editor, calls residue."""
    return ()
