"""Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the same entries, and the list of all of them.

RSS and Atom by feedgenerator; whatever it would take from the clock is given.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import feedgenerator
from jinja2 import Environment

from digest import dates
from digest.render.characters import clean
from digest.render.words import Words
from digest.site import Article, Correction, Site
from digest.views.article import ArticleView
from digest.views.cards import correction_card
from digest.views.follow import FeedLine
from digest.views.known import Known
from digest.views.page import CorrectionCard

EMPTY = datetime(2000, 1, 1, tzinfo=UTC)  # `updated` of a feed without entries: never the clock
SECOND = timedelta(seconds=1)
SHORT = 20  # entries of a person's, organisation's or outlet's feed
SPACE = uuid.UUID("5f0a4a1e-6f0c-5c0e-9d3b-0d6f6b0f7c11")  # of this program, for ids that never change


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `id` depends on the article's id alone."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    author: str
    body: str
    summary: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself; `folder` is the address that its files stand under. `full`: with whole texts."""

    title: str
    about: str
    page: str
    folder: str
    language: str
    author: str
    full: bool


class Feeds:
    """Makes every feed of a site."""

    def __init__(
        self, known: Known, env: Environment, words: Words, views: Mapping[str, ArticleView]
    ) -> None:
        self.known = known
        self.site: Site = known.site
        self.words = words
        self.views = views
        self.template = env.get_template("feed_body.html")
        self.entries = {e[0]: e[1] for e in self._entries()}

    def files(self, lines: Sequence[FeedLine]) -> Iterator[tuple[str, bytes]]:
        """Every feed in its three forms, and the OPML of all."""
        for line in lines:
            yield from self._feed(line)
        yield "feeds/digest.opml", opml(self.site, lines, self.words)

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        """The entries of standing articles that have a date; no two share a moment."""
        dated = {a.id: when for a in self.known.standing if (when := published(a))}
        first = distinct(dated)
        corrected = {
            i: max(c.date for c in self.views[i].corrections) for i in dated if self.views[i].corrections
        }
        last = {i: max(first[i], when) for i, when in distinct(corrected, first.values()).items()}
        for a in self.known.standing:
            if a.id in first:
                yield a.id, self._entry(a, first[a.id], last.get(a.id, first[a.id]))

    def _entry(self, a: Article, when: datetime, changed: datetime) -> Entry:
        view = self.views[a.id]
        link = f"{self.site.settings.base_url}a/{a.id}/"
        return Entry(
            id=uuid.uuid5(SPACE, f"a/{a.id}").urn,
            title=clean(a.title),
            link=link,
            published=when,
            updated=changed,
            author=clean(view.card.author.value or view.card.outlet.value or self.site.settings.title),
            body=self._body(view, link),
            summary=clean(_first_words(view)),
        )

    def _body(self, view: ArticleView, link: str) -> str:
        notes = {n.number: n for b in blocks(view) for n in b.notes}
        made = self.template.render(v=view, link=link, notes=notes, base=self.site.settings.base_url)
        return clean(re.sub(r"\s*\n\s*", "\n", made).strip())

    def _feed(self, line: FeedLine) -> Iterator[tuple[str, bytes]]:
        settings = self.site.settings
        title = settings.title
        if line.kind != "all":
            name = line.name or self.words.t("feeds.of.corrections")
            title = self.words.t("feeds.title_of", name=name, site=title)
        head = Head(
            title=clean(title),
            about=clean(settings.description or self.words.t("front.about")),
            page=settings.base_url + line.page,
            folder=settings.base_url + line.folder,
            language=settings.language,
            author=clean(settings.title),
            full=line.kind in ("all", "story", "corrections"),
        )
        entries = tuple(self._of(line))
        for file, make in (("rss.xml", rss), ("atom.xml", atom), ("feed.json", json_feed)):
            yield line.folder + file, make(head, entries)

    def _of(self, line: FeedLine) -> Iterable[Entry]:
        if line.kind == "corrections":
            return self._corrections()
        ids = self._ids(line)
        found = (self.entries[i] for i in ids if i in self.entries)
        most = self.site.settings.feed_items if line.kind in ("all", "story") else SHORT
        return sorted(found, key=lambda e: (e.updated, e.id), reverse=True)[:most]

    def _ids(self, line: FeedLine) -> Iterable[str]:
        known, id = self.known, line.folder.strip("/").rpartition("/")[2]
        if line.kind == "all":
            return [a.id for a in known.standing]
        if line.kind == "story":
            return next(s.articles for s in self.site.stories if s.id == id)
        if line.kind == "outlet":
            return [a.id for a in known.articles_of(known.outlets[id])]
        return [s.article for s in known.seen_in.get(id, ())]

    def _corrections(self) -> Iterator[Entry]:
        """The newest corrections. An id is made of page and time, which nothing that is hidden later can change."""
        keys: dict[str, Correction] = {}
        for c in sorted(self.site.corrections, key=lambda c: (c.date, c.page, c.reason)):
            key = same = f"correction {c.page.strip('/')} {c.date.isoformat()}"
            number = 1
            while key in keys:
                number += 1
                key = f"{same} {number}"
            keys[key] = c
        when = distinct({key: c.date for key, c in keys.items()})
        newest = sorted(keys, key=lambda key: (when[key], key), reverse=True)
        for key in newest[: self.site.settings.feed_items]:
            yield self._correction(key, keys[key], when[key])

    def _correction(self, key: str, c: Correction, when: datetime) -> Entry:
        card = correction_card(c, self.known)
        name = card.page.text or card.page.href or c.page
        return Entry(
            id=uuid.uuid5(SPACE, key).urn,
            title=clean(self.words.t("feeds.corrected", title=name)),
            link=self.site.settings.base_url + (card.page.href or f"log/#{card.anchor}"),
            published=when,
            updated=when,
            author=clean(c.who),
            body=clean(_correction(card)),
            summary=clean(c.reason),
        )


def blocks(view: ArticleView) -> list[Any]:
    return [view.headline, *([view.standfirst] if view.standfirst else []), *view.blocks]


def published(a: Article) -> datetime | None:
    """When an entry is dated: when the editor added it, else the article's moment, or noon of its exact day; None for neither.

    What is added today is new to a subscriber, however old the article is.
    """
    day = dates.exact(a.date.value)
    if a.added:
        return a.added
    if moment := dates.timestamp(a.date.moment):
        return moment
    return datetime.combine(day, time(12), UTC) if day else None


def distinct(moments: Mapping[str, datetime], taken: Iterable[datetime] = ()) -> dict[str, datetime]:
    """The moments by key, in UTC and whole seconds, no two alike and none of those `taken`.

    A moment told to the minute is given seconds made of its key, so that what
    is added later in the same minute moves nothing that was there; where two
    meet all the same, one goes a second on.
    """
    later = {moment: moment + SECOND for moment in taken}
    exact = {key: _with_seconds(key, moment.astimezone(UTC)) for key, moment in moments.items()}
    out = {}
    for key in sorted(exact, key=lambda k: (exact[k], k)):
        out[key] = moment = _first_free(exact[key], later)
        later[moment] = moment + SECOND
    return out


def _first_free(moment: datetime, later: dict[datetime, datetime]) -> datetime:
    """The first of `moment` and the seconds after it that `later` does not hold.

    `later` leads from each taken moment to one after it, none that is free
    between; the way that was gone is made short, so that a thousand texts of
    one minute are not counted through for each other.
    """
    way = []
    while moment in later:
        way.append(moment)
        moment = later[moment]
    later.update(dict.fromkeys(way, moment))
    return moment


def _with_seconds(key: str, moment: datetime) -> datetime:
    seconds = int.from_bytes(sha256(key.encode("utf-8", "replace")).digest()[:4], "big") % 60
    return moment.replace(second=moment.second or seconds, microsecond=0)


def _first_words(view: ArticleView) -> str:
    first = view.standfirst or next((b for b in view.blocks if b.kind == "paragraph"), None)
    words = "".join(t.text for t in first.tokens if t.op == "text") if first else ""
    return words if len(words) <= 300 else words[:300].rsplit(" ", 1)[0] + " …"


def _correction(card: CorrectionCard) -> str:
    before = f"<del>{escape(card.before)}</del> " if card.before else ""
    after = f"<ins>{escape(card.after)}</ins>" if card.after else ""
    change = f"<p>{before}{after}</p>" if before or after else ""
    return f"<p>{escape(card.reason)}</p>{change}"


class _Dated:
    """Takes the newest entry's time, or a fixed one, where the library would take the clock's."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((i["updateddate"] for i in self.items), default=EMPTY)


class _Rss(_Dated, feedgenerator.Rss201rev2Feed):  # type: ignore[misc]
    def rss_attributes(self) -> dict[str, str]:
        """The attributes of `rss`, with the name spaces that our items use."""
        more = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return dict(super().rss_attributes()) | more

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        """Writes one item; the author as `dc:creator`, since RSS wants an address in `author`."""
        super().add_item_elements(handler, {**item, "author_name": None, "content": None})
        handler.addQuickElement("dc:creator", item["author_name"])
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])


class _Atom(_Dated, feedgenerator.Atom1Feed):  # type: ignore[misc]
    pass


def rss(head: Head, entries: Sequence[Entry]) -> bytes:
    """One feed as RSS 2.0; whole texts in `content:encoded`."""
    return _written(_Rss, head, entries)


def atom(head: Head, entries: Sequence[Entry]) -> bytes:
    """One feed as Atom 1.0."""
    return _written(_Atom, head, entries)


def _written(kind: Any, head: Head, entries: Sequence[Entry]) -> bytes:
    own = head.folder + ("rss.xml" if kind is _Rss else "atom.xml")
    feed = kind(
        title=head.title,
        link=head.page,
        description=head.about,
        language=head.language,
        feed_url=own,
        author_name=head.author,
        feed_guid=own,
    )
    for e in entries:
        feed.add_item(
            title=e.title,
            link=e.link,
            description=f"<p>{escape(e.summary)}</p>" if kind is _Rss or not head.full else None,
            content=e.body if head.full else None,
            author_name=e.author,
            pubdate=e.published,
            updateddate=e.updated,
            unique_id=e.id,
            unique_id_is_permalink=False,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode("utf-8")


def json_feed(head: Head, entries: Sequence[Entry]) -> bytes:
    """One feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.folder + "feed.json",
        "description": head.about,
        "language": head.language,
        "items": [_json_item(e, head.full) for e in entries],
    }
    return json.dumps(feed, ensure_ascii=False).encode("utf-8") + b"\n"


def _json_item(e: Entry, full: bool) -> dict[str, Any]:
    return {
        "id": e.id,
        "url": e.link,
        "title": e.title,
        "summary": e.summary,
        "content_html": e.body if full else f"<p>{escape(e.summary)}</p>",
        "date_published": _iso(e.published),
        "date_modified": _iso(e.updated),
        "authors": [{"name": e.author}],
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def opml(site: Site, lines: Sequence[FeedLine], words: Words) -> bytes:
    """All feeds as OPML 2.0, RSS addresses, for a reader's import."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(clean(site.settings.title))}</title></head>",
        "<body>",
    ]
    for line in lines:
        name = line.name or words.t(f"feeds.of.{line.kind}")
        address = site.settings.base_url + line.folder + "rss.xml"
        page = site.settings.base_url + line.page
        text = quoteattr(clean(name))
        out.append(
            f'<outline type="rss" text={text} title={text} xmlUrl={quoteattr(address)} htmlUrl={quoteattr(page)}/>'
        )
    return "\n".join([*out, "</body>", "</opml>", ""]).encode("utf-8")
