"""RSS 2.0, Atom 1.0 and JSON Feed: what the W3C's feed validator asks of them, and where the entries lead.

The rules are those of validator.w3.org/feed, its warnings as well as its
errors, as far as they can be broken by a generator: RFC 4287 for Atom, the
RSS Advisory Board's specification and profile for RSS, jsonfeed.org's for
JSON Feed. What one entry must be like stands in `entries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from digest.check.addresses import Addresses
from digest.check.entries import (
    CONTROL,
    IRI,
    Entry,
    absolute,
    address_problems,
    entry_problems,
    problem,
    rfc822,
)
from digest.check.listings import parsed, read_json
from digest.dates import timestamp
from digest.errors import Problem

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+(?: \(.+\))?\Z")
DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([^"']+)""")
# the head of each kind, and the type under which a page announces it
HEADS = (
    (re.compile(rb"<rss[\s>]"), "application/rss+xml"),
    (re.compile(rb"<feed[\s>]"), "application/atom+xml"),
    (re.compile(rb"jsonfeed\.org/version"), "application/feed+json"),
)


def feed_type(name: str, data: bytes) -> str:
    """The media type of a feed, by what it begins with; "" for a file that is none."""
    if not name.endswith((".xml", ".rss", ".atom", ".json")):
        return ""
    return next((kind for head, kind in HEADS if head.search(data[:2000])), "")


def feed_problems(name: str, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    """The problems of one feed."""
    if name.endswith(".json"):
        yield from _json_feed(name, data, addresses)
        return
    declared = DECLARED.match(data)
    if declared and declared[1].lower() != b"utf-8":
        yield problem(name, f"is declared as {declared[1].decode('ascii', 'replace')}: readers rely on utf-8")
    root, unread = parsed(name, data)
    if unread:
        yield unread
        return
    if m := CONTROL.search("".join(root.itertext())):
        yield problem(name, f"holds the control character U+{ord(m[0]):04X}")
    yield from _rss(name, root, addresses) if root.tag == "rss" else _atom(name, root, addresses)


def _text(node: Any, tag: str) -> str:
    return (node.findtext(tag) or "").strip()


def _own(name: str, own: list[str], addresses: Addresses) -> Iterator[Problem]:
    if own != [addresses.url(name)]:
        found = ", ".join(map(str, own)) or "nothing"
        yield problem(name, f"names {found} as its own address, not {addresses.url(name)}")


def _needed(name: str, node: Any, what: str, tags: tuple[str, ...]) -> Iterator[Problem]:
    for tag in tags:
        if not _text(node, tag):
            yield problem(name, f"<{what}> has no <{tag.rpartition('}')[2]}>", node.sourceline)


# RSS


def _rss(name: str, root: Any, addresses: Addresses) -> Iterator[Problem]:
    channels = root.findall("channel")
    if root.get("version") != "2.0":
        yield problem(name, f'<rss version="{root.get("version")}">: expected 2.0', root.sourceline)
    if len(channels) != 1:
        yield problem(name, f"<rss> has {len(channels) or 'no'} <channel>", root.sourceline)
        return
    channel = channels[0]
    yield from _needed(name, channel, "channel", ("title", "link", "description"))
    own = [link.get("href") for link in channel.findall(ATOM + "link") if link.get("rel") == "self"]
    yield from _own(name, own, addresses)
    yield from address_problems(name, [_text(channel, "link")], addresses)
    language, built = _text(channel, "language"), _text(channel, "lastBuildDate")
    if language and not LANGUAGE.match(language):
        yield problem(name, f"{language!r} is no language tag", channel.sourceline)
    if built and not rfc822(built):
        yield problem(name, f"lastBuildDate {built!r} is no RFC 822 date", channel.sourceline)
    items = channel.findall("item")
    for item in items:
        yield from _rss_item(name, item)
    yield from entry_problems(name, [_of_item(i) for i in items], addresses)


def _of_item(item: Any) -> Entry:
    content = [item.findtext("description") or "", item.findtext(CONTENT) or ""]
    link, date = _text(item, "link"), _text(item, "pubDate")
    return Entry(_text(item, "guid"), [link] if link else [], date, content, item.sourceline)


def _rss_item(name: str, item: Any) -> Iterator[Problem]:
    line = item.sourceline
    guid, date, node = _text(item, "guid"), _text(item, "pubDate"), item.find("guid")
    if not _text(item, "title") and not _text(item, "description"):
        yield problem(name, "an item has neither <title> nor <description>", line)
    if item.find(CONTENT) is not None and item.find("description") is None:
        yield problem(name, "an item has <content:encoded> and no <description>", line)
    if node is not None and node.get("isPermaLink", "true") not in ("true", "false"):
        yield problem(name, f"isPermaLink={node.get('isPermaLink')!r}: expected true or false", line)
    elif node is not None and node.get("isPermaLink", "true") == "true" and not absolute(guid):
        yield problem(name, f'guid {guid!r} is no address: isPermaLink="false"', line)
    if len(guid) < 9 and guid.isdigit():
        yield problem(name, f"guid {guid} is too short to be the only one in the world", line)
    if not rfc822(date):
        yield problem(name, f"pubDate {date!r} is no RFC 822 date", line)
    author = _text(item, "author")
    if author and not EMAIL.match(author):
        yield problem(name, f"author {author!r} is no e-mail address: use <dc:creator>", line)
    if author and item.find(DC + "creator") is not None:
        yield problem(name, "an item has both <author> and <dc:creator>", line)


# Atom


def _atom(name: str, root: Any, addresses: Addresses) -> Iterator[Problem]:
    nodes = root.findall(ATOM + "entry")
    for node in [root, *nodes]:
        yield from _atom_node(name, node, root)
    links = root.findall(ATOM + "link")
    yield from _own(name, [n.get("href") for n in links if n.get("rel") == "self"], addresses)
    yield from address_problems(name, [n.get("href") or "" for n in links], addresses)
    for node in nodes:
        yield from _atom_links(name, node)
        for tag in ("title", "summary", "content"):
            yield from _atom_text(name, node.find(ATOM + tag))
    said, moments = _updated(root), [m for n in nodes if (m := _updated(n))]
    if said and moments and said < max(moments):
        yield problem(name, "<updated> of the feed is older than its newest entry", root.sourceline)
    yield from entry_problems(name, [_of_entry(n) for n in nodes], addresses)


def _updated(node: Any) -> datetime | None:
    return timestamp(_text(node, ATOM + "updated"))


def _of_entry(node: Any) -> Entry:
    links = [
        n.get("href") or "" for n in node.findall(ATOM + "link") if n.get("rel", "alternate") == "alternate"
    ]
    content = [node.findtext(ATOM + tag) or "" for tag in ("summary", "content")]
    return Entry(_text(node, ATOM + "id"), links, _text(node, ATOM + "updated"), content, node.sourceline)


def _atom_node(name: str, node: Any, root: Any) -> Iterator[Problem]:
    """What feed and entry must both have."""
    what, line = ("entry" if node is not root else "feed"), node.sourceline
    yield from _needed(name, node, what, (ATOM + "title", ATOM + "id", ATOM + "updated"))
    for tag in ("updated", "published"):
        date = _text(node, ATOM + tag)
        if date and not timestamp(date):
            yield problem(name, f"{tag} {date!r} is no RFC 3339 date", line)
    id = _text(node, ATOM + "id")
    if id and not IRI.match(id):
        yield problem(name, f"<id> {id!r} is no absolute address", line)
    authors = [*node.findall(ATOM + "author"), *root.findall(ATOM + "author")]
    if not authors:
        yield problem(name, f"<{what}> has no <author>", line)
    elif not all(_text(a, ATOM + "name") for a in authors):
        yield problem(name, f"an <author> of <{what}> has no <name>", line)


def _atom_links(name: str, node: Any) -> Iterator[Problem]:
    seen: set[tuple[str | None, str | None]] = set()
    for link in node.findall(ATOM + "link"):
        key = (link.get("type"), link.get("hreflang"))
        if link.get("rel", "alternate") == "alternate" and key in seen:
            yield problem(name, "an entry has two alternate links of one type and language", link.sourceline)
        seen |= {key} if link.get("rel", "alternate") == "alternate" else set()
    if not seen and node.find(ATOM + "content") is None:
        yield problem(name, "an entry has neither <content> nor an alternate link", node.sourceline)


def _atom_text(name: str, node: Any) -> Iterator[Problem]:
    """A text's `type` must say what is in it: HTML is escaped and called so."""
    if node is None:
        return
    kind, tag = node.get("type", "text"), etree.QName(node).localname
    if kind in ("text", "html") and len(node):
        yield problem(
            name, f'<{tag} type="{kind}"> holds elements: its markup must be escaped', node.sourceline
        )
    if kind == "text" and tag != "title" and re.search(r"</?(?:p|a|del|ins|ol|li|b|i|em)\b", node.text or ""):
        yield problem(name, f"<{tag}> is markup, but its type is text", node.sourceline)
    if kind not in ("text", "html", "xhtml") and "/" not in kind:
        yield problem(name, f"<{tag} type={kind!r}>: no such type", node.sourceline)


# JSON Feed


def _json_feed(name: str, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    try:
        feed = read_json(data)
        items = [dict(i) for i in feed["items"]]
    except (ValueError, KeyError, TypeError) as e:
        yield problem(name, f"not a JSON Feed: {type(e).__name__}: {e}")
        return
    if feed.get("version") not in ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1"):
        yield problem(name, f"version {feed.get('version')!r}: no version of JSON Feed")
    if not feed.get("title"):
        yield problem(name, "has no title")
    if m := CONTROL.search(_strings(feed)):
        yield problem(name, f"holds the control character U+{ord(m[0]):04X}")
    yield from _own(name, [str(feed.get("feed_url") or "")], addresses)
    yield from address_problems(name, [str(feed[k]) for k in ("home_page_url",) if feed.get(k)], addresses)
    for item in items:
        yield from _json_item(name, item)
    yield from entry_problems(name, [_of_json(i) for i in items], addresses)


def _strings(value: Any) -> str:
    """All strings in a value, keys apart."""
    if isinstance(value, str):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return " ".join(map(_strings, inner))


def _of_json(item: dict[str, Any]) -> Entry:
    date = str(item.get("date_modified") or item.get("date_published") or "")
    links = [str(item["url"])] if item.get("url") else []
    return Entry(str(item.get("id") or ""), links, date, [str(item.get("content_html") or "")], 0)


def _json_item(name: str, item: dict[str, Any]) -> Iterator[Problem]:
    id = item.get("id")
    if not isinstance(id, str):
        yield problem(name, f"item {id!r}: its id is no string")
    if "content_html" not in item and "content_text" not in item:
        yield problem(name, f"item {id} has neither content_html nor content_text")
    for key in ("date_published", "date_modified"):
        if key in item and not timestamp(str(item[key])):
            yield problem(name, f"item {id}: {key} {item[key]!r} is no RFC 3339 date")
    if not any(key in item for key in ("date_published", "date_modified")):
        yield problem(name, f"item {id}: '' is no RFC 3339 date")
