"""What an HTML page says of itself: headline, author, date, site. Never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict
from urllib.parse import urljoin

ARTICLE = re.compile(r"Article|Posting|Report", re.I)
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
NESTED = 8  # levels of JSON-LD read: publishers nest @graph, article, author: three


class Found(TypedDict):
    """The fields of a `Page` that metadata fills."""

    headline: str | None
    standfirst: str | None
    byline: str | None
    published: str | None
    site_name: str | None
    canonical: str | None
    language: str | None


def metadata(tree: Any, url: str | None = None) -> Found:
    """Metadata in the page's own words; JSON-LD before meta elements before visible ones."""
    declared = next(_articles(tree), {})
    meta = {
        (m.get("property") or m.get("name") or "").lower(): m.get("content")
        for m in tree.xpath("//meta[@content]")
    }
    h1 = [" ".join(e.text_content().split()) for e in tree.xpath("//h1")]
    published = declared.get("datePublished") or meta.get("article:published_time") or _time(tree)
    links = tree.xpath("//link[contains(translate(@rel, 'CANOIL', 'canoil'), 'canonical')]/@href")
    addresses = (_address(x, url) for x in (*links[:1], meta.get("og:url"), declared.get("url")))
    return Found(
        headline=_text(declared.get("headline"))
        or _text(meta.get("og:title"))
        or (h1[0] if len(h1) == 1 else None),
        standfirst=_text(declared.get("description")) or _text(meta.get("og:description")),
        byline=_names(declared.get("author")) or _names(meta.get("author")),
        published=_date(published),
        site_name=_text(meta.get("og:site_name")) or _names(declared.get("publisher")),
        canonical=next(filter(None, addresses), None),
        language=(tree.get("lang") or "").split("-")[0].lower() or None,
    )


def _articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every JSON-LD object of a type of article, in the order of the page."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        yield from (d for d in _objects(data, 0) if ARTICLE.search(str(d.get("@type", ""))))


def _objects(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > NESTED:
        return
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _objects(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1)


def _names(value: Any) -> str | None:
    """Names of authors or publishers, however JSON-LD wraps them, with commas."""
    values = value if isinstance(value, list) else [value]
    names = [_text(v.get("name") if isinstance(v, dict) else v) for v in values]
    return ", ".join(n for n in names if n and "://" not in n) or None


def _text(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _time(tree: Any) -> str | None:
    return next(iter(tree.xpath("//time/@datetime")), None)


def _date(value: Any) -> str | None:
    """The date as the page writes it, if it is an ISO date; no other is read."""
    found = DATE.match(value.strip()) if isinstance(value, str) else None
    return found[0] if found else None


def _address(value: Any, url: str | None) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        address = urljoin(url or "", value.strip())
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None
