"""Posts of social networks that stand in a page: whose words, and where they were posted.

The networks give a block quotation of a class of their own: the post's words,
then a line that says whose they are, then signs of the network alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from digest.clean.dom import DASHES, Line, Node

# one name for one network, so that two copies of a post do not differ by the year of their embed code;
# classes of the networks' own embed code, as their documentation gives it
CLASSES = {
    "twitter-tweet": "X",
    "twitter-video": "X",
    "instagram-media": "Instagram",
    "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon",
    "text-post-media": "Threads",
    "fb-xfbml-parse-ignore": "Facebook",
    "tiktok-embed": "TikTok",
}
HOSTS = {
    "twitter.com": "X",
    "x.com": "X",
    "instagram.com": "Instagram",
    "bsky.app": "Bluesky",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "facebook.com": "Facebook",
    "tiktok.com": "TikTok",
}
SIGN = re.compile(
    r"(?i)(?:view (?:this (?:post|profile|photo|thread) |more |full )?on [\w .]{1,20}|\[image or embed\]|pic\.twitter\.com/\w+"
    r"|https?://t\.co/\w+|add a comment\.{3}|(?:view|read|see) (?:all|more)\b.{0,30}|\d[\d,.]* (?:likes|replies|reposts))"
)
LINK = re.compile(r"(?:\s*(?:pic\.twitter\.com|https?://t\.co)/\w+)+\Z")
LINKS = 50  # of a post that are looked at
BY = re.compile(
    r"(?:An? (?:post|photo|video|reel|story) (?:shared|posted) by|Post(?:ed)? by|Shared by) (?=\S)"
)


def post(node: Node) -> Node | None:
    """The inmost block quotation around a node, if it is a network's."""
    quotation = node.quotation
    return quotation if quotation and is_post(quotation.element) else None


def is_post(e: Any) -> bool:
    """Whether an element is a network's block quotation."""
    return _by_class(e) is not None


def venue(e: Any) -> str:
    """The network of a block quotation: by its class, else by where its last link leads; "" if unknown."""
    links = reversed(list(islice(e.iter("a"), LINKS)))
    return _by_class(e) or next((HOSTS[h] for a in links if (h := _host(a.get("href") or "")) in HOSTS), "")


def _by_class(e: Any) -> str | None:
    names = (e.get("class") or "").split()
    return next((CLASSES[n] for n in names if n in CLASSES), None)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def plain(found: Iterable[Line]) -> Iterator[Line]:
    """The lines without the networks' own signs; who posted stands behind a dash. A post without words goes whole."""
    waiting: list[Line] = []
    at: Node | None = None
    for line in found:
        here = post(line.node)
        if here is not at:
            yield from _worded(waiting)
            waiting, at = [], here
        if here is None:
            yield line
        elif text := _said(line.text):
            waiting.append(line._replace(text=text))
    yield from _worded(waiting)


def _worded(lines: list[Line]) -> list[Line]:
    return lines if any(line.text[0] not in DASHES for line in lines) else []


def _said(line: str) -> str:
    """The words of a line of a post, "" for a sign of the network."""
    if SIGN.fullmatch(line):
        return ""
    return BY.sub("— ", LINK.sub("", line), count=1) if BY.match(line) else LINK.sub("", line)
