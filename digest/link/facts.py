"""What linking asks of one text, made once with its reading."""

from __future__ import annotations

from digest.across import Facts, Line
from digest.link.spoken import reported, spoken
from digest.link.words import LONGEST, tokens
from digest.sentences import sentences
from digest.site import Article, Shown


def facts_of(article: Article) -> Facts:
    """The article's facts: those made with its reading, else made from what is shown."""
    return article.facts if article.facts is not None else facts(article.shown, article.id)


def facts(shown: Shown, article: str) -> Facts:
    """The facts of a text, from what is shown of it."""
    return Facts(lines(shown.text), (), spoken(shown), reported(shown, article))


def lines(text: str) -> tuple[Line, ...]:
    """The sentences of a text with their words as compared."""
    out = []
    for span in sentences(text):
        stems = tuple(
            t.stem for t in tokens(text, span.start, min(span.end, span.start + 20 * LONGEST))[:LONGEST]
        )
        if stems:
            out.append(Line(*span, stems))
    return tuple(out)
