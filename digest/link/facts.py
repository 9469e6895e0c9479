"""What linking asks of one text, made once with its reading."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from digest.across import CopyKind, Facts, Named, Numeral, Venue
from digest.lines import Line, Lines
from digest.link.claims import claims
from digest.link.spoken import reported, spoken
from digest.link.venues import venue
from digest.link.words import LONGEST, tokens
from digest.model import Figure, Mention, MentionKind, Quote
from digest.sentences import around, sentences
from digest.site import Article, Noted, Shown
from digest.voices import is_turn

SENTENCE = 2000  # characters of the sentence round a figure that are compared
COPIES: dict[str, CopyKind] = {"spun": "spun", "back_translated": "back-translated"}


def facts_of(article: Article) -> Facts:
    """The article's facts: those made with its reading, else made from what is shown."""
    return article.facts if article.facts is not None else facts(article.shown, article.id)


def facts(shown: Shown, article: str, whole: Shown | None = None) -> Facts:
    """The facts of a text; `whole` is the text before its text mode cut it, for its lines."""
    full = whole or shown
    signs = {name: s.score for name, s in shown.diagnosis if s.open}
    worst = max(signs, key=lambda n: (signs[n], n), default="")
    return Facts(
        lines=lines(full.text, full.quotes),
        claims=tuple(claims(shown)),
        spoken=spoken(shown),
        reported=reported(shown, article),
        venues=tuple(_venues(shown)),
        numbers=tuple(_numbers(shown)),
        names=tuple(_names(shown.mentions)),
        quotes=len(shown.quotes),
        full=shown.mode == "full",
        unsound=bool(signs),
        damage=sum(s.score for _, s in shown.diagnosis),
        copied=COPIES.get(worst, "paraphrase"),
    )


def _venues(shown: Shown) -> Iterator[Venue]:
    for n in shown.quotes:
        found = venue(shown, n) if n.page else None
        if found:
            where = found.start if found.start >= 0 else n.item.start
            span = around(shown.text, where, where + 1)
            end = found.start + len(found.name) if found.start >= 0 else -1
            yield Venue(n.page, found.name, shown.text[span.start : span.end], found.start, end)


def _numbers(shown: Shown) -> Iterator[Numeral]:
    for n in shown.figures:
        item = n.item
        if n.page and isinstance(item, Figure) and item.unit and not item.damaged:
            subject = dict.fromkeys(t.stem for t in tokens(item.subject or ""))
            words = dict.fromkeys(t.stem for t in tokens(n.sentence[:SENTENCE]))
            yield Numeral(n.page, item, n.sentence, tuple(subject), tuple(words))


def _names(mentions: Sequence[Mention]) -> Iterator[Named]:
    """Each entity that a text names, in the order of kinds and keys."""
    forms: dict[tuple[MentionKind, str], Counter[str]] = {}
    first: dict[tuple[MentionKind, str], tuple[int, str]] = {}
    for m in mentions:
        if m.entity:
            key = (m.kind, m.entity)
            text = " ".join(m.text.split())
            plain = text[:-2] if text.endswith(("’s", "'s")) else text
            forms.setdefault(key, Counter())[plain] += 1
            if m.part == "body":
                first.setdefault(key, (m.start, text))
    for key in sorted(forms):
        yield Named(*key, tuple(forms[key].items()), *first.get(key, (-1, "")))


def lines(text: str, quotes: Sequence[Noted] = ()) -> Lines:
    """The sentences of a text with its own words as compared: what it quotes is left out.

    The turns of a dialogue stay: they are all that the text has of its own.
    """
    marked = _united(
        (n.item.start, n.item.end)
        for n in quotes
        if isinstance(n.item, Quote) and n.item.part == "body" and n.page and not is_turn(n.item)
    )
    starts = [a for a, _ in marked]
    out = []
    for span in sentences(text):
        found = tokens(text, span.start, min(span.end, span.start + 20 * LONGEST))[:LONGEST]
        own = (t.stem for t in found if not _inside(t.start, marked, starts))
        stems = tuple(dict.fromkeys(own))
        if stems:
            out.append(Line(*span, stems))
    return Lines(out)


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
