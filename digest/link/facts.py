"""What linking asks of one text, made once with its reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from digest.across import Facts, Line
from digest.link.claims import claims
from digest.link.spoken import reported, spoken
from digest.link.words import LONGEST, tokens
from digest.model import Quote
from digest.sentences import sentences
from digest.site import Article, Noted, Shown


def facts_of(article: Article) -> Facts:
    """The article's facts: those made with its reading, else made from what is shown."""
    return article.facts if article.facts is not None else facts(article.shown, article.id)


def facts(shown: Shown, article: str, whole: Shown | None = None) -> Facts:
    """The facts of a text; `whole` is the text before its text mode cut it, for its lines."""
    full = whole or shown
    return Facts(lines(full.text, full.quotes), tuple(claims(shown)), spoken(shown), reported(shown, article))


def lines(text: str, quotes: Sequence[Noted] = ()) -> tuple[Line, ...]:
    """The sentences of a text with its own words as compared: what it quotes is left out."""
    marked = _united(
        (n.item.start, n.item.end)
        for n in quotes
        if isinstance(n.item, Quote) and n.item.part == "body" and n.page
    )
    starts = [a for a, _ in marked]
    out = []
    for span in sentences(text):
        found = tokens(text, span.start, min(span.end, span.start + 20 * LONGEST))[:LONGEST]
        own = (t.stem for t in found if not _inside(t.start, marked, starts))
        stems = tuple(dict.fromkeys(own))
        if stems:
            out.append(Line(*span, stems))
    return tuple(out)


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _inside(at: int, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    k = bisect_right(starts, at) - 1
    return k >= 0 and at < spans[k][1]
