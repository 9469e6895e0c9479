"""Citations of an article's original, as reference managers read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from digest import dates
from digest.site import Article
from digest.views.cards import article_card
from digest.views.known import Known
from digest.views.page import ArticleCard


def citations(a: Article, known: Known) -> Iterator[tuple[str, bytes]]:
    """BibTeX and CSL-JSON, each of the original and of our page."""
    site = known.site.settings.title
    own = f"{known.site.settings.base_url}a/{a.id}/"
    card = article_card(a, known)
    url = a.address.value if a.address.basis == "stated" else own
    yield "cite.bib", _bibtex(a, card, url, own) + b"\n" + _bibtex_own(a, site, own)
    csl = json.dumps([_csl(a, card, url, own), _csl_own(a, site, own)], ensure_ascii=False, sort_keys=True)
    yield "cite.csl.json", csl.encode("utf-8", "replace") + b"\n"


def _csl(a: Article, card: ArticleCard, url: str, own: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": f"digest-{a.id}",
        "type": "article-newspaper",
        "title": a.title,
        "URL": url,
        "note": f"Annotated copy: {own}",
    }
    if card.author.value:
        out["author"] = [{"literal": card.author.value}]
    if card.outlet.value:
        out["container-title"] = card.outlet.value
    if day := dates.exact(a.date.value):
        out["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    elif month := dates.month(a.date.value):
        out["issued"] = {"date-parts": [[int(p) for p in month.split("-")]], "circa": True}
    return out


def _csl_own(a: Article, site: str, own: str) -> dict[str, Any]:
    """Our page: the annotated copy, dated by when it was added."""
    out: dict[str, Any] = {
        "id": f"digest-{a.id}-annotated",
        "type": "webpage",
        "title": f"{a.title} (annotated copy)",
        "container-title": site,
        "URL": own,
    }
    if a.added:
        out["issued"] = {"date-parts": [[a.added.year, a.added.month, a.added.day]]}
    return out


def _bibtex_own(a: Article, site: str, own: str) -> bytes:
    date = a.added.date().isoformat() if a.added else ""
    lines = [
        ("title", f"{a.title} (annotated copy)"),
        ("organization", site),
        ("date", date),
        ("url", own),
    ]
    return _entry("online", f"digest-{a.id}-annotated", lines)


def _bibtex(a: Article, card: ArticleCard, url: str, own: str) -> bytes:
    day, month = dates.exact(a.date.value), dates.month(a.date.value)
    date = day.isoformat() if day else f"{month}~" if month else ""
    lines = [
        ("title", a.title),
        ("author", "{" + card.author.value + "}" if card.author.value else ""),
        ("journal", card.outlet.value),
        ("date", date),
        ("url", url),
        ("note", f"Annotated copy: {own}"),
    ]
    kind = "article" if card.outlet.value else "misc"  # an article without a journal is an error of BibTeX
    return _entry(kind, f"digest-{a.id}", lines)


def _entry(kind: str, key: str, lines: list[tuple[str, str]]) -> bytes:
    body = ",\n".join(f"  {k} = {{{_tex(v)}}}" for k, v in lines if v)
    return f"@{kind}{{{key},\n{body}\n}}\n".encode("utf-8", "replace")


def _tex(text: str) -> str:
    """`text` for a field in braces: signs escaped, and no brace that could end the field."""
    out = "".join("\\" + ch if ch in "%$#_&" else ch for ch in text.replace("\\", "/"))
    depth = list(accumulate((ch == "{") - (ch == "}") for ch in out))
    nested = not depth or (min(depth) >= 0 and depth[-1] == 0)
    return out if nested else out.replace("{", "(").replace("}", ")")
