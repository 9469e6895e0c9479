"""`data/digest.json`: everything that the pages say, as one object. Its form: `schema.py`."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from digest.model import Figure, Quote
from digest.site import Article, Conflict, Entity, Fact, FigureItem, QuoteItem, ShownEdit
from digest.views.cards import figure_card, quote_card
from digest.views.derived import derived_rows
from digest.views.known import Known, address_of

# Of the data files together. The first number changes when a field goes or means another thing,
# the second when one is added.
VERSION = "1.2"


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n"


def digest_json(known: Known) -> bytes:
    """Everything the pages say, as one object; `schema` names its form."""
    site, base = known.site, known.site.settings.base_url
    standing = known.standing
    out = {
        "schema": base + "data/digest.schema.json",
        "version": VERSION,
        "title": site.settings.title,
        "url": base,
        "articles": [article(a, known) for a in site.articles],
        "quotes": [quote(q, known) for a in standing for q in known.quotes_in.get(a.id, ())],
        "figures": [figure(f, known) for a in standing for f in known.figures_in.get(a.id, ())],
        "derived": derived_rows(known),
        "entities": [entity(e, known) for e in site.entities],
        "stories": [
            {"id": s.id, "title": s.title, "url": f"{base}s/{s.id}/", "articles": list(s.articles)}
            for s in site.stories
        ],
        "conflicts": [_conflict(c, known) for c in site.conflicts],
        "utterances": _utterances(known),
        "corrections": _corrections(known),
    }
    return as_json(out)


def _utterances(known: Known) -> list[dict[str, Any]]:
    fields = "quote article text via".split()
    return [
        {
            "id": u.id,
            "person": u.person,
            "speaker": u.speaker,
            "members": [{name: getattr(m, name) for name in fields} for m in u.members],
        }
        for u in known.site.utterances
    ]


def _corrections(known: Known) -> list[dict[str, str]]:
    return [
        {"date": c.date.isoformat(), "page": c.page, "reason": c.reason, "who": c.who}
        for c in known.site.corrections
    ]


def _conflict(c: Conflict, known: Known) -> dict[str, Any]:
    readings = (r for r in c.readings if r.article in known.articles)
    return {
        "id": c.id,
        "question": c.question,
        "kind": c.kind,
        "url": f"{known.site.settings.base_url}c/{c.id}/",
        "readings": [
            {"article": r.article, "words": r.words}
            for r in readings
            if known.articles[r.article].shown.mode != "private"
        ],
    }


def entity(e: Entity, known: Known) -> dict[str, Any]:
    """A person, organisation, product or place, and how often each article names it."""
    return {
        "id": e.id,
        "kind": e.kind,
        "name": e.name,
        "aliases": list(e.aliases),
        "url": known.site.settings.base_url + address_of(e),
        "articles": {s.article: s.count for s in known.seen_in.get(e.id, ())},
    }


def _fact(f: Fact) -> dict[str, str]:
    out = {"value": f.value, "basis": f.basis if f.value else "unknown"}
    more = {"reason": f.reason, "moment": f.moment}
    return out | {key: value for key, value in more.items() if value}


def article(a: Article, known: Known) -> dict[str, Any]:
    """An article with its facts and edits; of a withdrawn one the reason alone."""
    base = known.site.settings.base_url
    out: dict[str, Any] = {"id": a.id, "url": f"{base}a/{a.id}/"}
    if a.withdrawn:
        return out | {"withdrawn": a.withdrawn}
    shown = a.shown
    facts = {name: _fact(getattr(a, name)) for name in "outlet author address date copy".split()}
    return (
        out
        | facts
        | {
            "title": a.title,
            "title_basis": a.title_basis,
            "added": a.added.isoformat() if a.added else None,
            "language": a.language,
            "mode": shown.mode,
            "sha256": shown.sha256,
            "counts": dict(sorted(shown.counts.items())),
            "edits": [edit(e) for e in shown.edits],
            "text": f"{base}a/{a.id}/text.txt" if shown.text else None,
            "text_sha256": text_hash(shown.text) if shown.text else None,
        }
    )


def text_hash(text: str) -> str:
    """The SHA-256 of `text` as `text.txt` holds it: the name of this version of the text."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def edit(e: ShownEdit) -> dict[str, Any]:
    """One edit as a row of the data; offsets as in the shown text."""
    names = "id kind layer cls rule why cert status by old new raw_start raw_end part cut".split()
    return {name: getattr(e, name) for name in names}


def quote(q: QuoteItem, known: Known) -> dict[str, Any]:
    """A quote that has a page; offsets index the part of the article that is named."""
    c = quote_card(q, known)
    i = q.noted.item
    assert isinstance(i, Quote)
    names = "part start end kind speaker speaker_full cue venue frame verbatim cert".split()
    return _placed(c.id, c.href, c.anchor, q, known) | {
        "text": c.words,
        "person": q.person or None,
        **{name: getattr(i, name) for name in names},
    }


def figure(f: FigureItem, known: Known) -> dict[str, Any]:
    """A figure that has a page; `low` and `high` are exact decimals in whole units."""
    c = figure_card(f, known)
    i = f.noted.item
    assert isinstance(i, Figure)
    names = (
        "part start end text low high unit per change approx bound subject claimant status when damaged cert"
    )
    return _placed(c.id, c.href, c.anchor, f, known) | {
        **{name: getattr(i, name) for name in names.split()},
        "texts": c.texts,
        "lineages": c.lineages,
    }


def _placed(id: str, href: str, anchor: str, item: QuoteItem | FigureItem, known: Known) -> dict[str, Any]:
    base = known.site.settings.base_url
    return {
        "id": id,
        "url": base + href,
        "anchor": base + anchor,
        "article": item.article,
        "sentence": item.noted.sentence,
    }
