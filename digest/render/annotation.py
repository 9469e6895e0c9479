"""W3C Web Annotations: what the pages mark, for programs that mark texts themselves.

A target names one version of a text, by the SHA-256 in its address, and the
place in it twice: by the words with what stands around them, which find the
place again in another version, and by offsets, which hold for this version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model import Figure, Quote
from digest.render.data import as_json, text_hash
from digest.site import Article, Noted, ShownEdit
from digest.views.known import Known, address_of
from digest.views.terms import first_mentions, term_anchor

Node = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters on each side, at least (DESIGN section 6)
STAR = 40  # places that all link to one another; of more, each links to the first alone
FAR = 4096  # characters on each side, at most: a page of text
FIGURE = "low high unit per change approx bound subject claimant status when damaged cert".split()


def annotation_page(a: Article, known: Known) -> Node:
    """The AnnotationPage of one article; every selector matches its text exactly once."""
    return {
        "@context": CONTEXT,
        "id": f"{known.site.settings.base_url}a/{a.id}/annotations.jsonld",
        "type": "AnnotationPage",
        "partOf": known.site.settings.base_url + "data/annotations.jsonld",
        "items": list(_Annotations(a, known).all()),
    }


def pages(known: Known) -> list[Node]:
    """The pages of all articles, newest first, each with the next and the one before it."""
    made = [annotation_page(a, known) for a in known.standing]
    start = 0
    for i, page in enumerate(made):
        page["startIndex"] = start
        start += len(page["items"])
        if i:
            page["prev"], made[i - 1]["next"] = made[i - 1]["id"], page["id"]
    return made


def collection(known: Known, made: list[Node]) -> bytes:
    """The AnnotationCollection of these pages."""
    out: Node = {
        "@context": CONTEXT,
        "id": known.site.settings.base_url + "data/annotations.jsonld",
        "type": "AnnotationCollection",
        "label": known.site.settings.title,
        "total": sum(len(page["items"]) for page in made),
    }
    if made:
        out |= {"first": made[0]["id"], "last": made[-1]["id"]}
    return as_json(out)


class _Annotations:
    """Makes the annotations of one article."""

    def __init__(self, a: Article, known: Known) -> None:
        self.article, self.known = a, known
        self.base = known.site.settings.base_url
        self.own = f"{self.base}a/{a.id}/"
        self.source = f"{self.own}text.txt?sha256={text_hash(a.shown.text)}"
        person = "Software" if known.site.settings.editor == "software" else "Person"
        self.machine = {"type": "Software", "name": "digest"}
        self.editor = {"type": person, "name": "editor"}

    def all(self) -> Iterator[Node]:
        """Quotes and figures with the notes on them, names, differences, repairs; none of a text not shown."""
        if not self.article.shown.text:
            return
        for n in (*self.article.shown.quotes, *self.article.shown.figures):
            if n.item.part == "body":
                yield self._said(n) if isinstance(n.item, Quote) else self._figure(n)
                yield from self._linking(n)
                if n.item.note:
                    yield self._comment(n)
        yield from self._names()
        yield from self._differences()
        yield from self._terms()
        for e in self.article.shown.edits:
            if e.part == "body" and 0 <= e.at < e.end and e.kind in ("emend", "split", "flag"):
                yield self._edit(e)

    def _made(self, id: str, why: str, by: object, body: object, start: int, end: int) -> Node:
        text = self.article.shown.text
        prefix, suffix = selector(text, start, end)
        selectors = [
            {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]
        return {
            "id": id,
            "type": "Annotation",
            "motivation": why,
            "creator": by,
            "body": body,
            "target": {"source": self.source, "selector": selectors},
        }

    def _by(self, rule: str) -> object:
        """The machine; and the editor who overruled it."""
        return [self.machine, self.editor] if rule.endswith(".editor") else self.machine

    def _said(self, n: Noted) -> Node:
        """Who says the words; the speaker's page where there is one."""
        q = n.item
        assert isinstance(q, Quote)
        value = {"kind": q.kind, "speaker": q.speaker_full or q.speaker, "cue": q.cue, "cert": q.cert}
        body: list[Node] = [_json(value)]
        if person := self.known.entities.get(self.known.speakers.get((self.article.id, n.id), "")):
            body.append(_resource(self.base + address_of(person), "identifying"))
        return self._made(f"{self.own}#{n.id}", "identifying", self._by(q.rule), body, q.start, q.end)

    def _figure(self, n: Noted) -> Node:
        f = n.item
        assert isinstance(f, Figure)
        body = _json({name: getattr(f, name) for name in FIGURE})
        return self._made(f"{self.own}#{n.id}", "classifying", self._by(f.rule), body, f.start, f.end)

    def _linking(self, n: Noted) -> Iterator[Node]:
        """The same words elsewhere: each place, or of many the one that links to all."""
        others: set[str] = set()
        for u in self.known.utterances_of.get(n.page, ()):
            base = u.members[u.alignment.base].quote
            many = len(u.members) > STAR and n.page != base
            others |= {base} if many else {m.quote for m in u.members}
        body = [_resource(f"{self.base}q/{id}/", "linking") for id in sorted(others - {"", n.page})]
        if body:
            id = f"{self.own}annotations.jsonld#same-{n.id}"
            yield self._made(id, "linking", self.machine, body, n.item.start, n.item.end)

    def _comment(self, n: Noted) -> Node:
        body = {"type": "TextualBody", "format": "text/plain", "value": n.item.note}
        id = f"{self.own}annotations.jsonld#note-{n.id}"
        return self._made(id, "commenting", self.editor, body, n.item.start, n.item.end)

    def _names(self) -> Iterator[Node]:
        """Who and what is named, each time, with the page that says who that is."""
        for seen in self.known.names_in.get(self.article.id, ()):
            entity = self.known.entities.get(seen.entity)
            spans = [(start, end) for part, start, end in seen.spans if part == "body" and start < end]
            for number, (start, end) in enumerate(spans if entity else (), 1):
                assert entity
                body = _resource(self.base + address_of(entity), "identifying")
                id = f"{self.own}annotations.jsonld#{address_of(entity).replace('/', '-')}{number}"
                yield self._made(id, "identifying", self.machine, body, start, end)

    def _differences(self) -> Iterator[Node]:
        """Where the texts say different things."""
        number: dict[str, int] = {}
        for start, end, c in self.known.places_of.get(self.article.id, ()):
            number[c.id] = number.get(c.id, 0) + 1
            question = {"type": "TextualBody", "format": "text/plain", "value": c.question}
            body = [question, _resource(f"{self.base}c/{c.id}/", "assessing")]
            by = self.editor if c.by == "editor" else self.machine
            id = f"{self.own}annotations.jsonld#differs-{c.id}-{number[c.id]}"
            yield self._made(id, "assessing", by, body, start, end)

    def _terms(self) -> Iterator[Node]:
        """The first mention of each term of the glossary, with what it means."""
        for m in first_mentions(self.article.shown.text, self.known.site.glossary):
            meaning = {"type": "TextualBody", "format": "text/plain", "value": m.plain}
            body = [meaning, _resource(f"{self.base}glossary/#{m.term.id}", "describing")]
            id = f"{self.own}#{term_anchor(self.article.id, m.term.id)}"
            yield self._made(id, "commenting", self.editor, body, m.start, m.end)

    def _edit(self, e: ShownEdit) -> Node:
        """A repair; or a damaged place that was left as found, or is only proposed to be mended."""
        value = {"old": e.old, "new": e.new, "rule": e.rule, "why": e.why, "status": e.status}
        why = "editing" if e.status == "applied" and e.kind != "flag" else "commenting"
        by = self.editor if e.by == "editor" else {"type": "Software", "name": self._program(e.by)}
        return self._made(f"{self.own}clean/#{e.id}", why, by, _json(value), e.at, e.end)

    def _program(self, by: str) -> str:
        return "digest" if by == "machine" else by


def _json(value: Mapping[str, Any]) -> Node:
    made = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return {"type": "TextualBody", "format": "application/json", "value": made}


def _resource(address: str, purpose: str) -> Node:
    return {"type": "SpecificResource", "source": address, "purpose": purpose}


def selector(text: str, start: int, end: int) -> tuple[str, str]:
    """Prefix and suffix of a quote selector: doubled until the whole stands once in the text, or they are past FAR.

    A text that repeats itself for pages has its places told by the position selector alone.
    """
    size = AROUND
    while True:
        lo, hi = max(0, start - size), min(len(text), end + size)
        whole = text[lo:hi]
        first = text.find(whole)
        if (first == lo and text.find(whole, first + 1) < 0) or (lo == 0 and hi == len(text)):
            return text[lo:start], text[end:hi]
        if size > FAR:
            return text[max(0, start - AROUND) : start], text[end : end + AROUND]
        size *= 2
