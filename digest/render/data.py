"""The data files: one JSON of everything, tables, Web Annotations, citations."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import accumulate
from typing import Any

from digest import dates
from digest.model import Figure, Quote
from digest.render.database import database
from digest.site import Article, Fact, Noted, ShownEdit
from digest.views.cards import article_card, figure_card, quote_card
from digest.views.derived import derived_rows
from digest.views.known import Known, address_of

VERSION = "1"


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n"


def digest_json(known: Known) -> bytes:
    """Everything the pages say, as one object; `schema` names its form."""
    site = known.site
    base = site.settings.base_url
    out = {
        "schema": base + "data/digest.schema.json",
        "version": VERSION,
        "title": site.settings.title,
        "url": base,
        "articles": [_article(a, known) for a in site.articles],
        "quotes": [_quote(q, known) for a in known.standing for q in known.quotes_in.get(a.id, ())],
        "figures": [_figure(f, known) for a in known.standing for f in known.figures_in.get(a.id, ())],
        "derived": derived_rows(known),
        "entities": [
            {
                "id": e.id,
                "kind": e.kind,
                "name": e.name,
                "aliases": list(e.aliases),
                "url": base + address_of(e),
                "articles": {s.article: s.count for s in known.seen_in.get(e.id, ())},
            }
            for e in site.entities
        ],
        "stories": [
            {"id": s.id, "title": s.title, "url": f"{base}s/{s.id}/", "articles": list(s.articles)}
            for s in site.stories
        ],
        "conflicts": [
            {
                "id": c.id,
                "question": c.question,
                "kind": c.kind,
                "url": f"{base}c/{c.id}/",
                "readings": [
                    {"article": r.article, "words": r.words}
                    for r in c.readings
                    if r.article in known.articles and known.articles[r.article].shown.mode != "private"
                ],
            }
            for c in site.conflicts
        ],
        "utterances": [
            {
                "id": u.id,
                "person": u.person,
                "speaker": u.speaker,
                "members": [
                    {"quote": m.quote, "article": m.article, "text": m.text, "via": m.via} for m in u.members
                ],
            }
            for u in site.utterances
        ],
        "corrections": [
            {"date": c.date.isoformat(), "page": c.page, "reason": c.reason, "who": c.who}
            for c in site.corrections
        ],
    }
    return as_json(out)


def _fact(f: Fact) -> dict[str, str]:
    out = {"value": f.value, "basis": f.basis if f.value else "unknown"}
    return out | ({"reason": f.reason} if f.reason else {})


def _article(a: Article, known: Known) -> dict[str, Any]:
    base = known.site.settings.base_url
    out: dict[str, Any] = {"id": a.id, "url": f"{base}a/{a.id}/"}
    if a.withdrawn:
        return out | {"withdrawn": a.withdrawn}
    shown = a.shown
    return out | {
        "title": a.title,
        "title_basis": a.title_basis,
        "outlet": _fact(a.outlet),
        "author": _fact(a.author),
        "address": _fact(a.address),
        "date": _fact(a.date),
        "copy": _fact(a.copy),
        "added": a.added.isoformat() if a.added else None,
        "language": a.language,
        "mode": shown.mode,
        "sha256": shown.sha256,
        "counts": dict(sorted(shown.counts.items())),
        "edits": [_edit(e) for e in shown.edits],
        "text": f"{base}a/{a.id}/text.txt" if shown.text else None,
    }


def _edit(e: ShownEdit) -> dict[str, Any]:
    names = "id kind layer cls rule why cert status by old new raw_start raw_end part cut".split()
    return {name: getattr(e, name) for name in names}


def _quote(q: Any, known: Known) -> dict[str, Any]:
    c = quote_card(q, known)
    i: Quote = q.noted.item
    return {
        "id": c.id,
        "url": known.site.settings.base_url + c.href,
        "anchor": known.site.settings.base_url + c.anchor,
        "article": q.article,
        "part": i.part,
        "start": i.start,
        "end": i.end,
        "text": c.words,
        "kind": c.kind,
        "speaker": i.speaker,
        "speaker_full": i.speaker_full,
        "person": q.person or None,
        "cue": i.cue,
        "venue": i.venue,
        "frame": i.frame,
        "verbatim": i.verbatim,
        "cert": i.cert,
        "sentence": q.noted.sentence,
    }


def _figure(f: Any, known: Known) -> dict[str, Any]:
    c = figure_card(f, known)
    i: Figure = f.noted.item
    names = (
        "part start end text low high unit per change approx bound subject claimant status when damaged cert"
    )
    return {
        "id": c.id,
        "url": known.site.settings.base_url + c.href,
        "anchor": known.site.settings.base_url + c.anchor,
        "article": f.article,
        "sentence": f.noted.sentence,
    } | {name: getattr(i, name) for name in names.split()}


SIGNS = ("=", "-", "+")  # a sign by itself (no change, down, up) is no formula


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV as RFC 4180 has it, UTF-8; a value that a spreadsheet would run as a formula is led by an apostrophe."""
    out = StringIO(newline="")
    names = list(columns)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(n)) for n in names])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value not in SIGNS and value[:1] in "=+-@\t\r" and not _is_number(value):
        return "'" + value
    return value


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


ARTICLES = (
    "id url title outlet outlet_basis date date_basis author mode words removed mended open quotes figures sha256"
).split()
EDITS = "article id kind layer cls rule cert status by raw_start raw_end old new why".split()
FIGURES = (
    "id url article text low high unit per change approx bound subject claimant status when damaged cert"
).split()
DERIVED = (
    "id kind larger smaller larger_value smaller_value unit per result exact approx where unlike url"
).split()
QUOTES = "id url article text kind speaker speaker_full person cue venue frame verbatim cert".split()


def tables(known: Known) -> list[tuple[str, list[str], list[dict[str, Any]]]]:
    """The tables: name, columns, rows; newest article first, within it in the order of the text."""
    standing = known.standing
    return [
        ("articles", ARTICLES, [_article_row(a, known) for a in standing]),
        ("derived", DERIVED, derived_rows(known)),
        ("edits", EDITS, [{"article": a.id, **_edit(e)} for a in standing for e in a.shown.edits]),
        ("figures", FIGURES, [_figure(f, known) for a in standing for f in known.figures_in.get(a.id, ())]),
        ("quotes", QUOTES, [_quote(q, known) for a in standing for q in known.quotes_in.get(a.id, ())]),
    ]


def table_files(known: Known) -> Iterator[tuple[str, bytes]]:
    """The tables as CSV, and all of them as one SQLite file."""
    made = tables(known)
    for name, columns, rows in made:
        yield f"{name}.csv", _table(columns, rows)
    yield "digest.db", database(made)


def _article_row(a: Article, known: Known) -> dict[str, Any]:
    c = article_card(a, known)
    return {
        "id": a.id,
        "url": known.site.settings.base_url + c.href,
        "title": a.title,
        "outlet": c.outlet.value,
        "outlet_basis": c.outlet.basis,
        "date": a.date.value,
        "date_basis": c.date.basis,
        "author": c.author.value,
        "mode": c.mode,
        "sha256": a.shown.sha256,
        **a.shown.counts,
    }


# Citations


def citations(a: Article, known: Known) -> Iterator[tuple[str, bytes]]:
    """BibTeX and CSL-JSON of the original, with our page as the place where it was read."""
    own = f"{known.site.settings.base_url}a/{a.id}/"
    c = article_card(a, known)
    url = a.address.value if a.address.basis == "stated" else own
    exact = dates.exact(a.date.value)
    csl: dict[str, Any] = {
        "id": f"digest-{a.id}",
        "type": "article-newspaper",
        "title": a.title,
        "URL": url,
        "note": f"Annotated copy: {own}",
    }
    lines = [("title", a.title)]
    if c.author.value:
        csl["author"] = [{"literal": c.author.value}]
        lines.append(("author", "{" + c.author.value + "}"))
    if c.outlet.value:
        csl["container-title"] = c.outlet.value
        lines.append(("journal", c.outlet.value))
    if exact:
        csl["issued"] = {"date-parts": [[exact.year, exact.month, exact.day]]}
        lines.append(("date", exact.isoformat()))
    elif month := dates.month(a.date.value):
        csl["issued"] = {"date-parts": [[int(p) for p in month.split("-")]], "circa": True}
        lines.append(("date", f"{month}~"))
    lines += [("url", url), ("note", f"Annotated copy: {own}")]
    body = ",\n".join(f"  {k} = {{{_tex(v)}}}" for k, v in lines)
    kind = "article" if c.outlet.value else "misc"  # an article without a journal is an error of BibTeX
    yield "cite.bib", f"@{kind}{{digest-{a.id},\n{body}\n}}\n".encode("utf-8", "replace")
    yield "cite.csl.json", as_json([csl])


def _tex(text: str) -> str:
    """`text` for a field in braces: signs escaped, and no brace that could end the field."""
    out = "".join("\\" + ch if ch in "%$#_&" else ch for ch in text.replace("\\", "/"))
    depth = list(accumulate((ch == "{") - (ch == "}") for ch in out))
    nested = not depth or (min(depth) >= 0 and depth[-1] == 0)
    return out if nested else out.replace("{", "(").replace("}", ")")


# Web Annotations

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters on each side, at least (DESIGN section 6)


def annotation_page(a: Article, known: Known) -> dict[str, Any]:
    """The AnnotationPage of one article; every selector matches its text exactly once."""
    base = known.site.settings.base_url
    own = f"{base}a/{a.id}/"
    items = [_annotation(a, n, own, known) for n in (*a.shown.quotes, *a.shown.figures)]
    items += [
        _editing(a, e, own)
        for e in a.shown.edits
        if e.at >= 0 and e.end > e.at and e.part == "body" and e.kind in ("emend", "split")
    ]
    return {
        "@context": CONTEXT,
        "id": own + "annotations.jsonld",
        "type": "AnnotationPage",
        "partOf": base + "data/annotations.jsonld",
        "startIndex": 0,
        "items": [i for i in items if i],
    }


def collection(known: Known, totals: Mapping[str, int]) -> bytes:
    """The AnnotationCollection: its first page is the first article's."""
    base = known.site.settings.base_url
    ids = [a.id for a in known.standing]
    out: dict[str, Any] = {
        "@context": CONTEXT,
        "id": base + "data/annotations.jsonld",
        "type": "AnnotationCollection",
        "label": known.site.settings.title,
        "total": sum(totals.values()),
    }
    if ids:
        out["first"] = f"{base}a/{ids[0]}/annotations.jsonld"
        out["last"] = f"{base}a/{ids[-1]}/annotations.jsonld"
    return as_json(out)


def _annotation(a: Article, n: Noted, own: str, known: Known) -> dict[str, Any] | None:
    item = n.item
    if item.part != "body":
        return None
    body: dict[str, Any] = {"type": "TextualBody", "format": "application/json"}
    if isinstance(item, Quote):
        value = {
            "kind": item.kind,
            "speaker": item.speaker_full or item.speaker,
            "cue": item.cue,
            "cert": item.cert,
        }
        motivation = "identifying"
    else:
        names = "low high unit per change approx subject claimant status when cert"
        value = {k: getattr(item, k) for k in names.split()}
        motivation = "classifying"
    body["value"] = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return {
        "id": f"{own}#{n.id}",
        "type": "Annotation",
        "motivation": motivation,
        "creator": _creator(known, "machine"),
        "body": body,
        "target": _target(a, item.start, item.end, own),
    }


def _editing(a: Article, e: ShownEdit, own: str) -> dict[str, Any]:
    value = json.dumps({"old": e.old, "new": e.new, "rule": e.rule, "why": e.why}, ensure_ascii=False)
    return {
        "id": f"{own}clean/#{e.id}",
        "type": "Annotation",
        "motivation": "editing",
        "creator": {"type": "Software" if e.by == "machine" else "Person", "name": e.by},
        "body": {"type": "TextualBody", "format": "application/json", "value": value},
        "target": _target(a, e.at, e.end, own),
    }


def _creator(known: Known, by: str) -> dict[str, str]:
    return {"type": "Software" if by == "machine" else "Person", "name": f"digest ({by})"}


def _target(a: Article, start: int, end: int, own: str) -> dict[str, Any]:
    text = a.shown.text
    prefix, suffix = selector(text, start, end)
    return {
        "source": own + "text.txt",
        "selector": [
            {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def selector(text: str, start: int, end: int) -> tuple[str, str]:
    """Prefix and suffix of a quote selector: doubled until the whole stands once in the text."""
    size = AROUND
    while True:
        lo, hi = max(0, start - size), min(len(text), end + size)
        whole = text[lo:hi]
        first = text.find(whole)
        if (first == lo and text.find(whole, first + 1) < 0) or (lo == 0 and hi == len(text)):
            return text[lo:start], text[end:hi]
        size *= 2
