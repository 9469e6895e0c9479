"""The search index: small files that lie with the site and are read only when somebody searches.

`search/w/AB.json` holds, for words that begin with these two characters, the
documents that have them (ascending ids, each as the step from the one
before). `search/d/N.json` holds what is shown of 256 documents. A query costs
one file a word and one for each 256 documents among its hits. Words are
matched by their beginning, so no stemmer is needed on either side.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.views.cards import article_card, figure_card, quote_card
from digest.views.known import Known, address_of

SHELF = 256  # documents a file: about 40 kB
WORD = re.compile(r"[^\W_]+")
ACCENT = re.compile("[\u0300-\u036f]")
PLAIN = re.compile(r"[a-z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that can be found: its kind, what is shown of it, where it is, its words."""

    kind: str
    title: str
    href: str
    more: str
    words: str


def folded(text: str) -> list[str]:
    """The words of `text` as they are compared: small letters without accents, two or more.

    `search.js` folds the query in the same way.
    """
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", text).lower())
    return [w for w in WORD.findall(plain) if len(w) > 1]


def papers(known: Known) -> Iterator[Paper]:
    """Everything that can be found, what a reader most likely wants first."""
    for e in known.site.entities:
        yield Paper(e.kind, e.name, address_of(e), "", " ".join([e.name, *e.aliases]))
    for s in known.site.stories:
        yield Paper("story", s.title, f"s/{s.id}/", s.when, s.title)
    for a in known.standing:
        c = article_card(a, known)
        words = " ".join([a.title, a.shown.standfirst, a.shown.text, c.outlet.value, c.author.value])
        yield Paper("article", a.title, c.href, c.outlet.value, words)
    for conflict in known.site.conflicts:
        yield Paper("conflict", conflict.question, f"c/{conflict.id}/", "", conflict.question)
    for a in known.standing:
        for q in known.quotes_in.get(a.id, ()):
            quote = quote_card(q, known)
            yield Paper(
                "quote", quote.words, quote.href, quote.speaker.text, f"{quote.words} {quote.speaker.text}"
            )
    for a in known.standing:
        for f in known.figures_in.get(a.id, ()):
            figure = figure_card(f, known)
            more = figure.subject or "".join(figure.sentence)
            yield Paper("figure", figure.text, figure.href, more, f"{figure.text} {more}")


def index(known: Known) -> Iterator[tuple[str, bytes]]:
    """The files of the index, by path."""
    found: dict[str, dict[str, list[int]]] = {}
    shelves: list[list[list[str]]] = []
    for i, paper in enumerate(papers(known)):
        if i % SHELF == 0:
            shelves.append([])
        shelves[-1].append([paper.kind, _short(paper.title), paper.href, _short(paper.more)])
        for word in sorted(set(folded(paper.words))):
            found.setdefault(shard(word), {}).setdefault(word, []).append(i)
    for n, shelf in enumerate(shelves):
        yield f"search/d/{n}.json", _json(shelf)
    for name, words in sorted(found.items()):
        yield f"search/w/{name}.json", _json({w: _steps(ids) for w, ids in sorted(words.items())})


def shard(word: str) -> str:
    """The file that holds a word."""
    return word[:2] if PLAIN.match(word) else "_"


def _steps(ids: Iterable[int]) -> list[int]:
    out, last = [], 0
    for i in ids:
        out.append(i - last)
        last = i
    return out


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + " …"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
