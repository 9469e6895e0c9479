"""The search index: small files that lie with the site and are read only when somebody searches.

`search/w/AB.json` holds, for words that begin with these two characters, the
documents that have them (ascending ids, each as the step from the one
before). `search/d/N.json` holds what is shown of 64 documents, quotes whole,
so that a phrase can be looked for in it; that of an article is looked for in
its own `text.txt`. `search/f/…` holds the documents of an outlet or a person,
`search/all.json` the ids at which each kind begins and ends and the names of
the word files. A query costs that one, one file a word, one a filter and one
for each 64 documents among its hits.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest import dates
from digest.site import Article
from digest.views.cards import article_card, figure_card, quote_card
from digest.views.known import Known, address_of

SHELF = 64  # documents a file: about 16 kB
ENTITIES = ("person", "organisation", "product", "place")
WORD = re.compile(r"[^\W_]+")
ACCENT = re.compile("[\u0300-\u036f]")
PLAIN = re.compile(r"[a-z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that can be found: its kind, what is shown of it, where it is, its words.

    `outlet` and `people` are ids that it can be narrowed to; `text` says
    that its whole text lies beside its page, `reworded` that the words of a
    quote are not the speaker's own.
    """

    kind: str
    title: str
    href: str
    more: str
    words: str
    outlet: str = ""
    people: tuple[str, ...] = ()
    text: bool = False
    reworded: bool = False


def folded(text: str) -> list[str]:
    """The words of `text` as they are compared: small letters without accents, two or more.

    `search.js` folds the query in the same way.
    """
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", text).lower())
    return [w for w in WORD.findall(plain) if len(w) > 1]


def papers(known: Known) -> Iterator[Paper]:
    """Everything that can be found, kind by kind, what a reader most likely wants first."""
    for kind in ENTITIES:
        for e in (e for e in known.site.entities if e.kind == kind):
            people = (e.id,) if kind == "person" else ()
            yield Paper(kind, e.name, address_of(e), "", " ".join([e.name, *e.aliases]), people=people)
    for s in known.site.stories:
        yield Paper("story", s.title, f"s/{s.id}/", dates.in_words(s.when), s.title)
    for a in known.standing:
        yield _article(a, known)
    for conflict in known.site.conflicts:
        yield Paper("conflict", conflict.question, f"c/{conflict.id}/", "", conflict.question)
    for a in known.standing:
        for q in known.quotes_in.get(a.id, ()):
            quote, by = quote_card(q, known), _people([q.person], known)
            words = f"{quote.words} {quote.speaker.text}"
            own = not quote.verbatim
            more = quote.speaker.text
            yield Paper("quote", quote.words, quote.href, more, words, _outlet(a, known), by, reworded=own)
    for a in known.standing:
        for f in known.figures_in.get(a.id, ()):
            figure, by = figure_card(f, known), _people([f.claimant], known)
            more = figure.subject or "".join(figure.sentence)
            words = f"{figure.text} {more}"
            yield Paper("figure", figure.text, figure.href, more, words, _outlet(a, known), by)


def _article(a: Article, known: Known) -> Paper:
    c = article_card(a, known)
    words = " ".join([a.title, a.shown.standfirst, a.shown.text, c.outlet.value, c.author.value])
    people = _people([s.entity for s in known.names_in.get(a.id, ())], known)
    text = bool(a.shown.text)
    return Paper("article", a.title, c.href, c.outlet.value, words, _outlet(a, known), people, text)


def _people(ids: Iterable[str], known: Known) -> tuple[str, ...]:
    return tuple(i for i in ids if i in known.entities and known.entities[i].kind == "person")


def _outlet(a: Article, known: Known) -> str:
    outlet = known.outlet(a.outlet.value) if a.outlet.value else None
    return outlet.id if outlet else ""


def index(known: Known) -> Iterator[tuple[str, bytes]]:
    """The files of the index, by path."""
    found: dict[str, dict[str, list[int]]] = {}
    narrowed: dict[str, list[int]] = {}
    kinds: dict[str, list[int]] = {}
    shelves: list[list[list[str | int]]] = []
    for i, paper in enumerate(papers(known)):
        if i % SHELF == 0:
            shelves.append([])
        text = [1] if paper.text else [0, 1] if paper.reworded else []
        shelves[-1].append([paper.kind, paper.title, paper.href, _short(paper.more), *text])
        kinds.setdefault(paper.kind, [i, i])[1] = i + 1
        for name in [f"outlet-{paper.outlet}"] * bool(paper.outlet) + [f"person-{p}" for p in paper.people]:
            narrowed.setdefault(name, []).append(i)
        for word in sorted(set(folded(paper.words))):
            found.setdefault(shard(word), {}).setdefault(word, []).append(i)
    for n, shelf in enumerate(shelves):
        yield f"search/d/{n}.json", _json(shelf)
    for name, ids in sorted(narrowed.items()):
        yield f"search/f/{name}.json", _json(_steps(ids))
    yield "search/all.json", _json({"kinds": kinds, "shards": sorted(found)})
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
    return text if len(text) <= 400 else text[:400].rsplit(" ", 1)[0] + " …"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
