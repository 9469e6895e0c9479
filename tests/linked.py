"""Small articles with quotes, for tests of linking: written as text, linked as a site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from digest.ids import short
from digest.link import linked
from digest.link.site import Records
from digest.model import Mention, Quote
from digest.site import Article, Fact, Noted, Settings, Shown, Site

SAID = re.compile(r"“([^”]*)”(?: \[([^\]]*)\])?")


def article(name: str, text: str, day: int = 1, mentions: Sequence[Mention] = (), **more: object) -> Article:
    """An article whose quotes are marked “like this” [Speaker]; the brackets are no part of its text."""
    out, quotes, at = "", [], 0
    for m in SAID.finditer(text):
        out += text[at : m.start()]
        start = len(out) + 1
        out += f"“{m[1]}”"
        at = m.end()
        speaker, _, venue = (m[2] or "").partition("@")
        item = Quote(
            start, start + len(m[1]), m[1], "direct", "test", speaker=speaker or None, venue=venue or None
        )
        quotes.append(Noted("n" + short(name, m[1]), "q" + short(name, m[1], str(start)), item, ""))
    out += text[at:]
    shown = Shown("full", out, quotes=tuple(quotes), mentions=tuple(mentions))
    added = datetime(2026, 1, day, tzinfo=UTC)
    return Article(name, f"Article {name}", "editor", shown, added=added, **more)  # type: ignore[arg-type]


def site(*articles: Article, records: Records | None = None) -> Site:
    return linked(Settings("test"), articles, records or Records())


__all__ = ["Fact", "article", "site"]
