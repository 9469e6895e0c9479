"""A view and its template -> HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from digest.errors import BuildError, Problem
from digest.render.characters import CONTROL
from digest.render.jsonld import canonical, structured
from digest.render.theme import Assets, Theme
from digest.render.words import Words
from digest.sentences import sentences
from digest.site import Settings, Site
from digest.views.article import ArticleView, BlockView
from digest.views.follow import FeedLine
from digest.views.notes import SIX_LINES
from digest.views.page import Link, PageView
from digest.views.search import KINDS

NAV = (
    ("stories", ""),
    ("people", "p/"),
    ("quotes", "q/"),
    ("figures", "f/"),
    ("conflicts", "c/"),
    ("search", "search/"),
)
FOOT = (
    ("organisations", "o/"),
    ("products", "t/"),
    ("outlets", "src/"),
    ("tree", "tree/"),
    ("archive", "archive/"),
    ("log", "log/"),
    ("method", "method/"),
    ("feeds", "feeds/"),
    ("data", "data/"),
)
TYPES = (
    ("rss.xml", "application/rss+xml", "RSS"),
    ("atom.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON"),
)
OWN_LINK = re.compile(r'(<a href=")/(?!/)')
ITEM_LINK = re.compile(r'<a href="/([qf]/[0-9a-z]+/)[^"]*">(.*?)</a>', re.S)
CRUMBS = {
    "": "nav.stories",
    "p/": "kinds.person",
    "o/": "kinds.organisation",
    "t/": "kinds.product",
    "l/": "kinds.place",
    "q/": "quotes.title",
    "f/": "figures.title",
    "c/": "conflicts.title",
    "src/": "outlets.title",
    "archive/": "archive.title",
}


@dataclass(frozen=True, slots=True)
class HeadFeed:
    """A feed that a page's head announces."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Share:
    """The picture that others show with a link to a page; sizes in pixels."""

    href: str
    width: int
    height: int
    alt: str


def _more(site: Site) -> Iterator[tuple[str, str]]:
    """Pages that are there only when the editor wrote something for them."""
    if site.glossary:
        yield "glossary", "glossary/"


class Renderer:
    """Templates compiled once, and what all pages share."""

    def __init__(
        self, site: Site, theme: Theme, assets: Assets, feeds: Sequence[FeedLine], version: str
    ) -> None:
        self.site = site
        self.words = Words(theme.strings, site.settings.language)
        self.search_words = json.dumps(
            {k: self.words.label("kind", k) for k in KINDS}
            | {k: self.words.t(f"search.{k}") for k in ("count", "many", "none", "endings")}
            | {k: self.words.t(f"mark.{k}") for k in ("open", "close")}
            | {"reworded": self.words.t("quote.reworded")},
            ensure_ascii=False,
            sort_keys=True,
        )
        partly = any(a.shown.mode != "full" for a in site.articles)
        there = {f"q/{q.id}/" for q in site.quotes} | {f"f/{f.id}/" for f in site.figures}
        self.assets = assets
        self.missing: Callable[[str], bool] = lambda address: partly and address not in there
        self.folders = {f.folder: f for f in feeds}
        self.env = environment(theme, self.words)
        self.env.globals.update(
            site=site.settings,
            assets=assets.names,
            nav=NAV,
            foot=(*FOOT, *_more(site)),
            own_pages=tuple(Link(p.title, f"{p.id}/") for p in site.pages),
            version=version,
            own_base=site.settings.base_url,
        )

    def page(self, page: PageView, **more: object) -> bytes:
        """One page as UTF-8. BuildError, with template and page, for a word or value that is missing."""
        try:
            html = self.env.get_template(page.template).render(self._context(page), **more)
        except (UndefinedError, TemplateError, KeyError) as e:
            raise BuildError([_problem(e, page)]) from e
        if isinstance(page.view, ArticleView):  # no line end between tags means anything there
            html = html.replace(">\n<", "><")
        return CONTROL.sub("\ufffd", html).encode("utf-8", "replace")

    def _context(self, page: PageView) -> dict[str, Any]:
        """All that a template may use on this page, beside what all pages share."""
        settings = self.site.settings
        lost = page.path == "404.html"
        root = settings.base_path if lost else "../" * page.path.count("/") or "./"
        own = settings.base_url + page.address
        notes = _notes(page.view)
        return {
            "v": page.view,
            "page": page,
            "root": root,
            "lost": lost,
            "own": own,
            "canonical": canonical(page, settings),
            "og_type": "article" if isinstance(page.view, ArticleView) else "website",
            "crumbs": self._crumbs(page),
            "head_feeds": tuple(self._head_feeds(page)),
            "share": self._share(page),
            "jsonld": structured(page, settings),
            "notes": notes,
            "report": self._report(settings, page),
            "prose": _rooted(root, self.missing),
            "counted": self._counted,
            "search_words": self.search_words,
        }

    def _share(self, page: PageView) -> Share | None:
        """The picture for pages of this type; None when the theme has none."""
        kind = page.template.removesuffix(".html")
        kind = kind if f"share-{kind}.png" in self.assets.names else "site"
        name = f"share-{kind}.png"
        if name not in self.assets.names:
            return None
        alt = self.words.t(f"share.{kind}.line").replace("*", "")
        return Share(self.site.settings.base_url + self.assets.names[name], *self.assets.size(name), alt)

    def _crumbs(self, page: PageView) -> tuple[Link, ...]:
        if not page.crumbs:
            return ()
        named = (Link(c.text or self._crumb_words(c), c.href) for c in page.crumbs)
        return tuple(named)

    def _crumb_words(self, crumb: Link) -> str:
        key = CRUMBS.get(crumb.href)
        if key:
            return self.words.t(key)
        return self.words.t("withdrawn.title", id=crumb.href.split("/")[1])

    def _head_feeds(self, page: PageView) -> Iterable[HeadFeed]:
        title = self.site.settings.title
        if page.feed and page.feed in self.folders:
            name = self.folders[page.feed].name or self.words.t("feeds.of.corrections")
            for file, kind, label in TYPES:
                yield HeadFeed(
                    kind,
                    f"{self.words.t('feeds.title_of', name=name, site=title)} ({label})",
                    page.feed + file,
                )
        for file, kind, label in TYPES:
            yield HeadFeed(kind, f"{title} ({label})", file)

    def _counted(self, b: BlockView) -> str:
        """What notes a paragraph has: "2 figures, 1 quote"."""
        kinds = (
            ("figures", b.figures),
            ("quotes", b.quotes),
            ("repairs", b.repairs),
            ("remarks", b.remarks),
            ("conflicts", b.conflicts),
            ("terms", b.terms),
        )
        return ", ".join(self.words.n(f"count.{k}", count) for k, count in kinds if count)

    def _report(self, settings: Settings, page: PageView) -> Callable[[str], str]:
        """Where to report a note: site.yaml's address; a mail's subject says which note of which page."""

        def address(id: str) -> str:
            """Where a reader reports the note `id`: the editor's page, or a letter with its subject filled in."""
            if not settings.report.startswith("mailto:"):
                return settings.report
            subject = self.words.t("note.report_subject", id=f"{page.address}#{id}")
            return f"{settings.report}?subject={quote(subject)}"

        return address


def _rooted(root: str, missing: Callable[[str], bool]) -> Callable[[str], Markup]:
    """Marks the editor's HTML as safe, its site addresses (`/a/…/`) made relative to the page.

    A link to a quote or figure that the text mode keeps back becomes plain
    words; any other dead link stays, for the check to name.
    """

    def link(m: re.Match[str]) -> str:
        return m[2] if missing(m[1]) else m[0]

    def prose(html: str) -> Markup:
        """The editor's HTML with its links made relative to this page."""
        html = ITEM_LINK.sub(link, html)
        return Markup(OWN_LINK.sub(rf"\g<1>{root}", html))

    return prose


def environment(theme: Theme, words: Words) -> Environment:
    """Jinja with everything escaped and nothing undefined."""
    env = Environment(
        loader=FunctionLoader(_source(theme)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.globals.update(
        t=words.t,
        n=words.n,
        label=words.label,
        words=words.words,
        amount=words.amount,
        sized=words.sized,
        summed=words.sum,
        per=words.per,
        exact=words.exact,
        unit=words.unit,
        compact=words.compact,
        day=words.day,
        iso=iso,
        short=short,
        folded=folded,
        curled=words.curled,
        marked=words.marked,
        tail=tail,
    )
    return env


def iso(moment: datetime) -> str:
    """A moment in UTC as HTML and feeds write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def short(text: str, length: int) -> str:
    """`text` cut at a space before `length` characters."""
    if len(text) <= length:
        return text
    head = text[:length]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:.–—-") + " …"


def folded(text: str) -> tuple[str, str]:
    """A note in two: what six lines of the margin hold, cut after a sentence, and the rest."""
    spans = sentences(text)
    end = max((s.end for s in spans if s.end <= SIX_LINES), default=spans[0].end if spans else 0)
    return (text[:end], text[end:].strip()) if len(text) > SIX_LINES else (text, "")


def tail(text: str, length: int) -> str:
    """The end of `text`, from a space within the last `length` characters."""
    return text if len(text) <= length else text[-length:].partition(" ")[2]


def _notes(view: object) -> Mapping[int, str]:
    """Anchors of an article's notes by number."""
    if not isinstance(view, ArticleView):
        return {}
    blocks = [view.headline, *([view.standfirst] if view.standfirst else []), *view.blocks]
    return {n.number: n.id for b in blocks for n in b.notes}


def _source(theme: Theme) -> Callable[[str], tuple[str, str, None] | None]:
    """Jinja's way to a template: its text, and the name under which errors show it."""

    def source(name: str) -> tuple[str, str, None] | None:
        """A template's text, its name for messages and no check for change, as Jinja asks for them."""
        text = theme.templates.get(name)
        return None if text is None else (text, f"templates/{name}", None)

    return source


def _problem(error: Exception, page: PageView) -> Problem:
    """The error at the innermost template that was being filled, and for which page."""
    name, line, at = f"templates/{page.template}", 0, error.__traceback__
    while at is not None:
        file = at.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            name, line = file, at.tb_lineno
        at = at.tb_next
    if isinstance(error, TemplateSyntaxError):
        name, line = error.filename or name, error.lineno
    message = getattr(error, "message", None) or str(error.args[0] if error.args else error)
    return Problem(name, f"{message} (page {page.path})", line, rule="template")


__all__ = ["Markup", "Renderer", "environment", "iso", "short"]
