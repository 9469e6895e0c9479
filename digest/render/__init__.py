"""Site + theme -> every file of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from digest.render import annotation, data
from digest.render.citations import citations
from digest.render.feeds import Feeds
from digest.render.jsonld import canonical
from digest.render.pages import Renderer
from digest.render.schema import digest_schema
from digest.render.search import index
from digest.render.tables import table_files
from digest.render.theme import Assets, Theme, assets, token
from digest.site import Settings, Site
from digest.views import pages
from digest.views.article import ArticleView
from digest.views.follow import feeds
from digest.views.known import Known, known
from digest.views.page import PageView

__all__ = ["Theme", "files"]


def files(site: Site, theme: Theme, *, dumps: bool = True, version: str = "0") -> Iterator[tuple[str, bytes]]:
    """Every file of the site as (path, bytes): pages by path, then feeds, data and the rest.

    Without `dumps`, the two data files that hold everything at once are left
    out, and the data page says so. `version` is the program's, for the page
    about method. The same site and theme give the same bytes. Raises
    BuildError for a template that wants a word or a value that does not exist.
    """
    k = known(site)
    shared = assets(theme)
    lines = feeds(k)
    renderer = Renderer(site, theme, shared, lines, version)
    held = dict(_data(k, dumps))
    sizes = {name.removeprefix("data/"): len(b) for name, b in held.items() if name.startswith("data/")}
    shown = {"data_files": tuple(sizes.items()), "data_version": data.VERSION, "dumps": dumps}
    every = pages(site)
    for page in every:
        yield page.path, renderer.page(page, **shown)
    views = {p.view.card.id: p.view for p in every if isinstance(p.view, ArticleView)}
    yield from Feeds(k, renderer.env, renderer.words, views).files(lines)
    yield from held.items()
    yield from index(k)
    yield from _machines(site, every, shared, theme)
    yield from shared.files.items()


def _data(k: Known, dumps: bool) -> Iterator[tuple[str, bytes]]:
    """What programs take: per article, then the whole."""
    made = annotation.pages(k)
    for a, page in zip(k.standing, made, strict=True):
        folder = f"a/{a.id}/"
        yield f"{folder}annotations.jsonld", data.as_json(page)
        for name, cite in citations(a, k):
            yield folder + name, cite
        if a.shown.text:
            yield f"{folder}text.txt", a.shown.text.encode("utf-8", "replace")
    if dumps:
        yield "data/digest.json", data.digest_json(k)
    schema = digest_schema(k.site.settings.base_url, data.VERSION)
    yield "data/digest.schema.json", data.as_json(schema)
    for name, table in table_files(k, dumps):
        yield f"data/{name}", table
    yield "data/annotations.jsonld", annotation.collection(k, made)


def _machines(
    site: Site, every: tuple[PageView, ...], shared: Assets, theme: Theme
) -> Iterator[tuple[str, bytes]]:
    settings = site.settings
    yield ".nojekyll", b""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {settings.base_url}sitemap.xml\n"
    yield "robots.txt", robots.encode()
    yield "sitemap.xml", _sitemap(settings, every)
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


def _sitemap(settings: Settings, every: tuple[PageView, ...]) -> bytes:
    """The listed pages, as far as their canonical address is their own.

    `lastmod` stands where the data know of a change, never from the clock.
    """
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for p in every:
        own = settings.base_url + p.address
        if p.listed and canonical(p, settings) == own:
            changed = f"<lastmod>{p.updated}</lastmod>" if p.updated else ""
            out.append(f"<url><loc>{escape(own)}</loc>{changed}</url>")
    return "\n".join([*out, "</urlset>", ""]).encode()
