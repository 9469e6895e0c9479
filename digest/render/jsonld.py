"""What a page says to machines in its head: schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from markupsafe import Markup

from digest.render.words import Words
from digest.site import Settings
from digest.views.article import ArticleView
from digest.views.front import FrontView, StoryView
from digest.views.page import ArticleCard, FactCard, FigureCard, PageView, QuoteCard
from digest.views.things import EntityView, FigureView, OutletView, QuoteView

Node = dict[str, Any]
TYPES = {"person": "Person", "organisation": "Organization", "product": "Product", "place": "Place"}


def structured(page: PageView, settings: Settings, words: Words) -> Markup:
    """The page's JSON-LD, safe inside a script element; "" for pages that are lists."""
    node = _node(page, settings, words)
    if node is None:
        return Markup("")
    return Markup(script({"@context": "https://schema.org", **node}))


def script(value: object) -> str:
    """JSON that no HTML parser can misread."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _node(page: PageView, settings: Settings, words: Words) -> Node | None:
    own = settings.base_url + page.address
    v = page.view
    if page.template == "clean.html" or not page.listed:
        return None
    if isinstance(v, FrontView):
        about: Node = {
            "@type": "WebSite",
            "name": settings.title,
            "url": own,
            "inLanguage": settings.language,
        }
        return about | ({"description": settings.description} if settings.description else {})
    if isinstance(v, ArticleView):
        return _article(v, own, settings, words)
    if isinstance(v, QuoteView):
        return quotation(v.quote, own, settings)
    if isinstance(v, FigureView):
        return {
            "@type": "WebPage",
            "url": own,
            "name": v.figure.text,
            "mainEntity": _value(v.figure),
            "isBasedOn": _work(v.article, settings),
        }
    if isinstance(v, EntityView):
        kind = TYPES[v.kind]
        thing: Node = {"@type": kind, "name": v.name, "url": own}
        if v.aliases:
            thing["alternateName"] = list(v.aliases)
        return {"@type": "ProfilePage" if v.kind == "person" else "WebPage", "url": own, "mainEntity": thing}
    if isinstance(v, OutletView):
        outlet: Node = {"@type": "Organization", "name": v.name}
        return {
            "@type": "WebPage",
            "url": own,
            "mainEntity": outlet | ({"url": v.home} if v.home else {}),
        }
    if isinstance(v, StoryView):
        parts = [{"@id": settings.base_url + a.href} for a in v.card.articles]
        return {"@type": "CollectionPage", "url": own, "name": v.card.title, "hasPart": parts}
    return None


def _article(v: ArticleView, own: str, settings: Settings, words: Words) -> Node:
    """Our page, based on the text. A type that asks for author and date only where both are known."""
    node: Node = {
        "@type": "WebPage",
        "@id": own,
        "url": own,
        "name": v.card.title,
        "inLanguage": v.language,
        "publisher": {"@type": "Organization", "name": settings.title, "url": settings.base_url},
        "isBasedOn": _original(v),
    }
    if v.card.added:
        node["datePublished"] = v.card.added.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if v.corrections:
        node["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": c.reason,
                "datePublished": c.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
            for c in v.corrections
        ]
    return node


def _original(v: ArticleView) -> Node:
    """The original: a NewsArticle where its date, author and headline are stated, else a CreativeWork."""
    stated = v.card.author.basis == "stated" and v.card.date.basis == "stated" and v.card.date.data
    node: Node = {"@type": "NewsArticle" if stated else "CreativeWork", "headline": v.card.title}
    if v.address.basis == "stated":
        node["url"] = v.address.value
    if v.card.author.basis == "stated":
        node["author"] = {"@type": "Person", "name": v.card.author.value}
    if v.card.date.basis == "stated" and v.card.date.data:
        node["datePublished"] = v.card.date.data
    if v.card.outlet.basis == "stated":
        node["publisher"] = {"@type": "Organization", "name": v.card.outlet.value}
    return node


def _work(card: ArticleCard, settings: Settings) -> Node:
    return {"@type": "CreativeWork", "name": card.title, "url": settings.base_url + card.href}


def quotation(q: QuoteCard, own: str, settings: Settings) -> Node:
    """A quote as a schema.org Quotation."""
    node: Node = {"@type": "Quotation", "text": q.words, "url": own}
    if q.speaker.text and q.resolved:
        node["creator"] = {"@type": "Person", "name": q.speaker.text}
    node["isPartOf"] = {
        "@type": "CreativeWork",
        "name": q.article.text,
        "url": settings.base_url + q.article.href,
    }
    return node


def _value(f: FigureCard) -> Mapping[str, Any]:
    """A MonetaryAmount for a currency, else a QuantitativeValue."""
    money = len(f.unit) == 3 and f.unit.isupper()
    node: Node = {"@type": "MonetaryAmount" if money else "QuantitativeValue"}
    if f.subject:
        node["name"] = f.subject
    if money:
        node["currency"] = f.unit
    elif f.unit:
        node["unitText"] = f"{f.unit}/{f.per}" if f.per else f.unit
    if f.low and f.low == f.high:
        node["value"] = _number(f.low)
    else:
        node |= {"minValue": _number(f.low)} if f.low else {}
        node |= {"maxValue": _number(f.high)} if f.high else {}
    return node


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 16 else float(text)


__all__ = ["FactCard", "quotation", "script", "structured"]
