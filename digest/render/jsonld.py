"""What a page says to machines in its head: schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from babel.numbers import is_currency
from markupsafe import Markup

from digest.site import Settings
from digest.views.article import ArticleView
from digest.views.front import FrontView, StoryView
from digest.views.known import FOLDERS
from digest.views.page import ArticleCard, CorrectionCard, EntityLine, FigureCard, PageView, QuoteCard
from digest.views.things import EntityView, FigureView, OutletView, QuoteView

Node = dict[str, Any]
# A product may be a program or a device, which its kind does not tell: SoftwareApplication would be a guess.
TYPES = {"person": "Person", "organisation": "Organization", "product": "Product", "place": "Place"}
KINDS = {FOLDERS[kind]: TYPES[kind] for kind in FOLDERS}  # by the folder of the page
NAMES = 12  # that an article mentions, as many as its page names below the text


def structured(page: PageView, settings: Settings) -> Markup:
    """The page's JSON-LD, safe inside a script element; "" for pages that are lists."""
    node = _node(page, settings)
    if node is None:
        return Markup("")
    return Markup(script({"@context": "https://schema.org", **node}))


def script(value: object) -> str:
    """JSON that no HTML parser can misread."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def canonical(page: PageView, settings: Settings) -> str:
    """The page's canonical address: the original's, where the text says it and all of the text is shown; else its own."""
    v = page.view
    if isinstance(v, ArticleView) and v.card.mode == "full" and v.address.basis == "stated":
        return v.address.value
    return settings.base_url + page.address


def _node(page: PageView, settings: Settings) -> Node | None:
    if page.template == "clean.html" or not page.listed:
        return None
    own, v = settings.base_url + page.address, page.view
    for kind, make in MAKERS.items():
        if isinstance(v, kind):
            made: Node = make(v, own, settings)
            return made | _corrected(page.changed)
    return None


def _front(v: FrontView, own: str, settings: Settings) -> Node:
    about = {"description": settings.description} if settings.description else {}
    return {"@type": "WebSite", "name": settings.title, "url": own, "inLanguage": settings.language} | about


def _figure(v: FigureView, own: str, settings: Settings) -> Node:
    return {
        "@type": "WebPage",
        "url": own,
        "name": v.figure.text,
        "mainEntity": _value(v.figure),
        "isBasedOn": _work(v.article, settings),
    }


def _entity(v: EntityView, own: str, settings: Settings) -> Node:
    thing: Node = {"@type": TYPES[v.kind], "@id": own, "name": v.name, "url": own}
    if v.aliases:
        thing["alternateName"] = list(v.aliases)
    return {"@type": "ProfilePage" if v.kind == "person" else "WebPage", "url": own, "mainEntity": thing}


def _outlet(v: OutletView, own: str, settings: Settings) -> Node:
    outlet = {"@type": "Organization", "name": v.name} | ({"url": v.home} if v.home else {})
    return {"@type": "WebPage", "url": own, "mainEntity": outlet}


def _story(v: StoryView, own: str, settings: Settings) -> Node:
    parts = [{"@id": settings.base_url + a.href} for a in v.card.articles]
    return {"@type": "CollectionPage", "url": own, "name": v.card.title, "hasPart": parts}


def _quote(v: QuoteView, own: str, settings: Settings) -> Node:
    return quotation(v.quote, own, settings)


def _article(v: ArticleView, own: str, settings: Settings) -> Node:
    """Our copy, based on the original: a NewsArticle where author and day are stated, else a page.

    Who asks a NewsArticle for author and date must find them true.
    """
    us = {"@type": "Organization", "name": settings.title, "url": settings.base_url}
    node: Node = {"@id": own, "url": own, "inLanguage": v.language, "publisher": us}
    added = {"datePublished": _moment(v.card.added)} if v.card.added else {}
    if _stated(v):
        node |= {"@type": "NewsArticle", "headline": v.card.title, "author": _author(v)}
        node |= {"datePublished": v.card.date.data}
    else:
        node |= {"@type": "WebPage", "name": v.card.title} | added
    node["isBasedOn"] = _original(v)
    node |= _corrected(v.corrections)
    if parts := [n.page for b in v.blocks for n in b.notes if n.quote and n.page]:
        node["hasPart"] = [{"@type": "Quotation", "@id": settings.base_url + p} for p in dict.fromkeys(parts)]
    if v.names:
        node["mentions"] = [_named(e, settings) for e in v.names[:NAMES]]
    return node


def _corrected(corrections: Sequence[CorrectionCard]) -> Node:
    """The corrections of a page, and when the last was made."""
    if not corrections:
        return {}
    comments = [
        {"@type": "CorrectionComment", "text": c.reason, "datePublished": _moment(c.date)}
        for c in corrections
    ]
    return {"correction": comments, "dateModified": _moment(max(c.date for c in corrections))}


def _named(e: EntityLine, settings: Settings) -> Node:
    node: Node = {"@type": TYPES[e.kind]} if e.kind in TYPES else {}
    return node | {"@id": settings.base_url + e.href, "name": e.name}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stated(v: ArticleView) -> bool:
    return v.card.author.basis == "stated" and v.card.date.basis == "stated" and bool(v.card.date.data)


def _author(v: ArticleView) -> Node:
    return {"@type": "Person", "name": v.card.author.value}


def _original(v: ArticleView) -> Node:
    """The original: a NewsArticle where its date, author and headline are stated, else a CreativeWork."""
    node: Node = {"@type": "NewsArticle" if _stated(v) else "CreativeWork", "headline": v.card.title}
    if v.address.basis == "stated":
        node["url"] = v.address.value
    if v.card.author.basis == "stated":
        node["author"] = _author(v)
    if v.card.date.basis == "stated" and v.card.date.data:
        node["datePublished"] = v.card.date.data
    if v.card.outlet.basis == "stated":
        node["publisher"] = {"@type": "Organization", "name": v.card.outlet.value}
    return node


def _work(card: ArticleCard, settings: Settings) -> Node:
    return {"@type": "CreativeWork", "name": card.title, "url": settings.base_url + card.href}


def quotation(q: QuoteCard, own: str, settings: Settings) -> Node:
    """A quote as a schema.org Quotation."""
    node: Node = {"@type": "Quotation", "@id": own, "text": q.words, "url": own}
    node |= _speaker(q, settings)
    node["isPartOf"] = {
        "@type": "CreativeWork",
        "name": q.article.text,
        "url": settings.base_url + q.article.href,
    }
    return node


def _speaker(q: QuoteCard, settings: Settings) -> Node:
    """Who says it, of the kind that the speaker's page has; without a page only in words.

    A program speaks too, but schema.org's `creator` is a Person or an
    Organization: it is credited in words, and mentioned as what it is.
    """
    if not q.speaker.text:
        return {}
    kind = KINDS.get(q.speaker.href.partition("/")[0], "")
    if not kind:
        return {"creditText": q.speaker.text}
    who = {"@type": kind, "@id": settings.base_url + q.speaker.href, "name": q.speaker.text}
    if kind in ("Person", "Organization"):
        return {"creator": who}
    return {"creditText": q.speaker.text, "mentions": who}


def _value(f: FigureCard) -> Mapping[str, Any]:
    """A MonetaryAmount for a currency, else a QuantitativeValue."""
    money = is_currency(f.unit)
    node: Node = {"@type": "MonetaryAmount" if money else "QuantitativeValue"}
    if f.subject:
        node["name"] = f.subject
    if money:
        node["currency"] = f.unit
        node |= {"description": f"per {f.per}"} if f.per else {}
    elif f.unit:
        node["unitText"] = f"{f.unit}/{f.per}" if f.per else f.unit
    if f.low and f.low == f.high:
        node["value"] = _number(f.low)
    else:
        node |= {"minValue": _number(f.low)} if f.low else {}
        node |= {"maxValue": _number(f.high)} if f.high else {}
    return node


def _number(text: str) -> int | float | str:
    """The number as JSON can hold it exactly; else its digits as words (JSON knows no infinity)."""
    if text.lstrip("-").isdigit() and len(text) < 16:
        return int(text)
    near = float(text)
    return near if isfinite(near) and Decimal(repr(near)) == Decimal(text) else text


MAKERS: Mapping[type, Callable[[Any, str, Settings], Node]] = {
    FrontView: _front,
    ArticleView: _article,
    QuoteView: _quote,
    FigureView: _figure,
    EntityView: _entity,
    OutletView: _outlet,
    StoryView: _story,
}
__all__ = ["canonical", "quotation", "script", "structured"]
