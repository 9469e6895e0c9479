"""RSS 2.0, Atom 1.0 and JSON Feed: what a reader of feeds needs, and where the entries lead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from lxml import etree

from digest.check.addresses import Addresses
from digest.check.listings import parsed
from digest.dates import timestamp
from digest.errors import Problem

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ADDRESSES = ("href", "src", "cite", "poster", "action")
FEED_HEAD = re.compile(rb"<rss[\s>]|<feed[\s>]|jsonfeed\.org/version")


class Entry(NamedTuple):
    """An entry of any kind of feed."""

    id: str
    links: list[str]
    date: str
    content: list[str]
    line: int


def is_feed(name: str, data: bytes) -> bool:
    """Whether a file is a feed, by what it begins with."""
    return name.endswith((".xml", ".rss", ".atom", ".json")) and bool(FEED_HEAD.search(data[:2000]))


def feed_problems(name: str, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    """The problems of one feed."""
    if name.endswith(".json"):
        yield from _json_feed(name, data, addresses)
        return
    root, problem = parsed(name, data)
    if problem:
        yield problem
        return
    yield from _rss(name, root, addresses) if root.tag == "rss" else _atom(name, root, addresses)


def _rss(name: str, root: Any, addresses: Addresses) -> Iterator[Problem]:
    channel = root.find("channel")
    if channel is None:
        yield Problem(name, "<rss> has no <channel>", rule="check.feed")
        return
    for tag in ("title", "link", "description"):
        if not (channel.findtext(tag) or "").strip():
            yield Problem(name, f"<channel> has no <{tag}>", channel.sourceline, rule="check.feed")
    own = [link.get("href") for link in channel.findall(ATOM + "link") if link.get("rel") == "self"]
    yield from _own(name, own, addresses)
    yield from _addresses(name, [channel.findtext("link") or ""], addresses)
    entries = []
    for item in channel.findall("item"):
        content = [item.findtext("description") or "", item.findtext(CONTENT) or ""]
        guid, date = (item.findtext("guid") or "").strip(), (item.findtext("pubDate") or "").strip()
        entries.append(Entry(guid, [item.findtext("link") or ""], date, content, item.sourceline))
        node = item.find("guid")
        if node is not None and node.get("isPermaLink", "true") == "true" and not _absolute(guid):
            yield Problem(
                name, f'guid {guid!r} is no address: isPermaLink="false"', node.sourceline, rule="check.feed"
            )
        if not _rfc822(date):
            yield Problem(name, f"pubDate {date!r} is no RFC 822 date", item.sourceline, rule="check.feed")
    yield from _entries(name, entries, addresses)


def _atom(name: str, root: Any, addresses: Addresses) -> Iterator[Problem]:
    nodes = root.findall(ATOM + "entry")
    for node in [root, *nodes]:
        what = "entry" if node is not root else "feed"
        for tag in ("title", "id", "updated"):
            if not (node.findtext(ATOM + tag) or "").strip():
                yield Problem(name, f"<{what}> has no <{tag}>", node.sourceline, rule="check.feed")
        updated = (node.findtext(ATOM + "updated") or "").strip()
        if updated and not timestamp(updated):
            yield Problem(
                name, f"updated {updated!r} is no RFC 3339 date", node.sourceline, rule="check.feed"
            )
        if node.find(ATOM + "author") is None and root.find(ATOM + "author") is None:
            yield Problem(name, f"<{what}> has no <author>", node.sourceline, rule="check.feed")
    own = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    yield from _own(name, own, addresses)
    yield from _addresses(name, [n.get("href") or "" for n in root.findall(ATOM + "link")], addresses)
    entries = [
        Entry(
            (n.findtext(ATOM + "id") or "").strip(),
            [
                link.get("href") or ""
                for link in n.findall(ATOM + "link")
                if link.get("rel", "alternate") == "alternate"
            ],
            n.findtext(ATOM + "updated") or "",
            [n.findtext(ATOM + "summary") or "", n.findtext(ATOM + "content") or ""],
            n.sourceline,
        )
        for n in nodes
    ]
    yield from _entries(name, entries, addresses)


def _json_feed(name: str, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    try:
        feed = json.loads(data)
        items = feed["items"]
        entries = [
            Entry(
                str(i.get("id") or ""),
                [str(i.get("url") or "")],
                str(i.get("date_modified") or i.get("date_published") or ""),
                [str(i.get("content_html") or "")],
                0,
            )
            for i in items
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        yield Problem(name, f"not a JSON Feed: {type(e).__name__}: {e}", rule="check.feed")
        return
    for key in ("version", "title"):
        if not feed.get(key):
            yield Problem(name, f"has no {key}", rule="check.feed")
    yield from _own(name, [str(feed.get("feed_url") or "")], addresses)
    yield from _addresses(name, [str(feed[k]) for k in ("home_page_url",) if feed.get(k)], addresses)
    for entry in entries:
        if not timestamp(entry.date):
            yield Problem(name, f"item {entry.id}: {entry.date!r} is no RFC 3339 date", rule="check.feed")
    yield from _entries(name, entries, addresses)


def _entries(name: str, entries: Iterable[Entry], addresses: Addresses) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if not entry.id:
            yield Problem(name, "an entry has no id", entry.line, rule="check.feed")
        elif entry.id in seen:
            yield Problem(name, f"the id {entry.id} a second time", entry.line, rule="check.feed")
        seen.add(entry.id)
        if not any(entry.links):
            yield Problem(name, f"the entry {entry.id} has no link", entry.line, rule="check.feed")
        yield from _addresses(name, filter(None, entry.links), addresses, entry.line)
        for html in filter(None, entry.content):
            yield from _addresses(name, _hrefs(html), addresses, entry.line)


def _own(name: str, own: list[str], addresses: Addresses) -> Iterator[Problem]:
    if own != [addresses.url(name)]:
        found = ", ".join(map(str, own)) or "nothing"
        yield Problem(name, f"names {found} as its own address, not {addresses.url(name)}", rule="check.feed")


def _addresses(name: str, hrefs: Iterable[str], addresses: Addresses, line: int = 0) -> Iterator[Problem]:
    for href in hrefs:
        fault = addresses.target(name, href).fault
        if not _absolute(href) and not href.startswith("mailto:"):
            fault = "must be absolute: a feed is read far from the site"
        if fault:
            yield Problem(name, f"{href!r}: {fault}", line, rule="check.feed")


def _hrefs(html: str) -> Iterator[str]:
    """The addresses in the HTML of an entry."""
    if "<" not in html:
        return
    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(huge_tree=True))
    for node in root.iter(etree.Element):
        yield from (value for key, value in node.attrib.items() if key in ADDRESSES)


def _absolute(href: str) -> bool:
    return href.startswith(("https://", "http://"))


def _rfc822(date: str) -> bool:
    try:
        return parsedate_to_datetime(date).tzinfo is not None
    except ValueError:
        return False
