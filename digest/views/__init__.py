"""Site -> one plain record per page: all that its template may show."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from digest.site import Site
from digest.views.article import ArticleView, WithdrawnView, article_pages
from digest.views.cards import correction_card
from digest.views.clean import clean_pages
from digest.views.front import front_pages, story_pages
from digest.views.known import Known, known
from digest.views.page import PageView
from digest.views.rest import moved_pages, rest_pages
from digest.views.terms import term_pages
from digest.views.things import thing_pages

__all__ = ["PageView", "pages"]


def pages(site: Site) -> tuple[PageView, ...]:
    """Every page of the site, by path. Equal sites give equal views.

    Raises ValueError when two pages would have one path.
    """
    k = known(site)
    out = [*front_pages(k), *story_pages(k), *article_pages(k), *clean_pages(k), *thing_pages(k)]
    out += rest_pages(k)
    out += term_pages(k)
    out += moved_pages(k, {p.address for p in out})
    out = [_with_changes(p, k) for p in out]
    out.sort(key=lambda p: p.path)
    for a, b in pairwise(out):
        if a.path == b.path:
            raise ValueError(f"two pages at {a.path}: {a.template} and {b.template}")
    return tuple(out)


def _with_changes(page: PageView, k: Known) -> PageView:
    """The page with its corrections, where its own view has no place for them."""
    found = k.corrections_of.get(page.address.strip("/"), ())
    if not found or isinstance(page.view, ArticleView | WithdrawnView):
        return page
    return replace(page, changed=tuple(correction_card(c, k) for c in found))
