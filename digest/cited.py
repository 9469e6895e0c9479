"""What the editor cites of a text outside its own files: the words must stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest import editor
from digest.errors import Problem
from digest.model import Document
from digest.text import Text


class Citation(NamedTuple):
    """Words that a file says stand in an article; `key`, `path`, `line` and `column` tell where it says so."""

    article: str
    words: str
    key: str
    path: str
    line: int
    column: int


def miscited(cited: Iterable[Citation], document: Document) -> tuple[Problem, ...]:
    """A problem for each citation whose words stand in no state of the text: as scraped, cleaned or mended.

    White space does not count. The nearest words of the text are named.
    """
    asked = tuple(cited)
    if not asked:
        return ()
    texts = (document.body, *(p.text for p in document.parts))
    states = tuple(_plain(s) for s in dict.fromkeys(s for t in texts for s in _states(t)))
    return tuple(_problem(c, states) for c in asked if not any(_plain(c.words) in s for s in states))


def _states(text: Text) -> Sequence[str]:
    """The text before each layer, and now: the editor may cite what a mended or removed passage said."""
    return (*(layer.before for layer in text.layers), text.value)


def _problem(c: Citation, states: Sequence[str]) -> Problem:
    near = next((n for s in reversed(states) if (n := editor.nearest(s, _plain(c.words)))), "")
    hint = f"; nearest: {near!r}" if near else ""
    message = f"`{c.key}`: the words {_plain(c.words)!r} stand nowhere in article `{c.article}`{hint}"
    return Problem(c.path, message, c.line, c.column, "conflict.words")


def _plain(words: str) -> str:
    return " ".join(words.split())
