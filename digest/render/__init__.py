"""Site + theme -> every file of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from xml.sax.saxutils import escape

from digest.render import data
from digest.render.feeds import Feeds
from digest.render.pages import Renderer
from digest.render.schema import digest_schema
from digest.render.search import index
from digest.render.theme import Assets, Theme, assets, token
from digest.site import Site
from digest.views import pages
from digest.views.article import ArticleView
from digest.views.known import Known, known
from digest.views.page import PageView
from digest.views.rest import feeds

__all__ = ["Theme", "files"]


def files(site: Site, theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Every file of the site as (path, bytes): pages by path, then feeds, data and the rest.

    The same site and theme give the same bytes. Raises BuildError for a
    template that wants a word or a value that does not exist.
    """
    k = known(site)
    shared = assets(theme)
    lines = feeds(k)
    renderer = Renderer(site, theme, shared, lines, _version())
    held = dict(_data(k))
    sizes = tuple(
        (name.removeprefix("data/"), len(b)) for name, b in held.items() if name.startswith("data/")
    )
    every = pages(site)
    for page in every:
        yield page.path, renderer.page(page, data_files=sizes)
    views = {p.view.card.id: p.view for p in every if isinstance(p.view, ArticleView)}
    yield from Feeds(k, renderer.env, renderer.words, views).files(lines)
    yield from held.items()
    yield from index(k)
    yield from _machines(site, every, shared, theme)
    yield from shared.files.items()


def _version() -> str:
    try:
        return version("digest")
    except PackageNotFoundError:
        return "0"


def _data(k: Known) -> Iterator[tuple[str, bytes]]:
    """What programs take: per article, then the whole."""
    totals: dict[str, int] = {}
    for a in k.standing:
        page = data.annotation_page(a, k)
        totals[a.id] = len(page["items"])
        folder = f"a/{a.id}/"
        yield f"{folder}annotations.jsonld", data.as_json(page)
        for name, made in data.citations(a, k):
            yield folder + name, made
        if a.shown.text:
            yield f"{folder}text.txt", a.shown.text.encode("utf-8", "replace")
    yield "data/digest.json", data.digest_json(k)
    yield "data/digest.schema.json", data.as_json(digest_schema(k.site.settings.base_url))
    for name, made in data.table_files(k):
        yield f"data/{name}", made
    yield "data/annotations.jsonld", data.collection(k, totals)


def _machines(
    site: Site, every: tuple[PageView, ...], shared: Assets, theme: Theme
) -> Iterator[tuple[str, bytes]]:
    settings = site.settings
    yield ".nojekyll", b""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {settings.base_url}sitemap.xml\n"
    yield "robots.txt", robots.encode()
    yield "sitemap.xml", _sitemap(settings.base_url, every)
    manifest = {
        "name": settings.title,
        "short_name": settings.title[:24],
        "start_url": "./",
        "display": "minimal-ui",
        "background_color": token(theme, "paper"),
        "theme_color": token(theme, "paper"),
        "icons": list(_icons(shared)),
    }
    yield "manifest.webmanifest", json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"


def _icons(shared: Assets) -> Iterator[dict[str, str]]:
    for name, href in sorted(shared.names.items()):
        if name == "favicon.svg":
            yield {"src": href, "sizes": "any", "type": "image/svg+xml"}
        elif name.startswith("icon-"):
            width, height = shared.size(name)
            yield {"src": href, "sizes": f"{width}x{height}", "type": "image/png"}


def _sitemap(base: str, every: tuple[PageView, ...]) -> bytes:
    """The listed pages; `lastmod` where the data know of a change, never from the clock."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for p in every:
        if p.listed:
            changed = f"<lastmod>{p.updated}</lastmod>" if p.updated else ""
            out.append(f"<url><loc>{escape(base + p.address)}</loc>{changed}</url>")
    return "\n".join([*out, "</urlset>", ""]).encode()
