"""What every entry of a feed must be like, whatever the kind of feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from lxml import etree

from digest.check.addresses import Addresses
from digest.errors import Problem

ADDRESSES = ("href", "src", "cite", "poster", "action")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
# C0 but white space, DEL, C1, and what is no character: no reader shows them, some refuse the feed
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# what the validator calls a security risk: readers cut it out, or refuse the entry
UNSAFE = frozenset(
    "applet base body embed form frame frameset head html iframe input link math meta object script style svg title".split()
)
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
RFC822 = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UT|Z)\Z"
)


class Entry(NamedTuple):
    """An entry of any kind of feed."""

    id: str
    links: list[str]
    date: str
    content: list[str]
    line: int


def problem(name: str, message: str, line: int = 0) -> Problem:
    return Problem(name, message, line or 0, rule="check.feed")


def entry_problems(name: str, entries: Sequence[Entry], addresses: Addresses) -> Iterator[Problem]:
    """Ids and times that are missing or stand twice, dead links, and what is wrong with the bodies."""
    ids: set[str] = set()
    dates: set[str] = set()
    for entry in entries:
        if not entry.id:
            yield problem(name, "an entry has no id", entry.line)
        elif entry.id in ids:
            yield problem(name, f"the id {entry.id} a second time", entry.line)
        elif entry.date and entry.date in dates:
            yield problem(name, f"the entry {entry.id} has the time {entry.date} of another", entry.line)
        ids.add(entry.id)
        dates.add(entry.date)
        if not any(entry.links):
            yield problem(name, f"the entry {entry.id} has no link", entry.line)
        yield from address_problems(name, entry.links, addresses, entry.line)
        for html in filter(None, entry.content):
            yield from _body_problems(name, html, addresses, entry.line)


def _body_problems(name: str, html: str, addresses: Addresses, line: int) -> Iterator[Problem]:
    if "<" not in html:
        return
    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(huge_tree=True))
    top = root.find(".//div")
    for node in top.iter(etree.Element) if top is not None else ():
        if node.tag in UNSAFE:
            yield problem(name, f"<{node.tag}> has no place in an entry", line)
        for key, value in node.attrib.items():
            if key.startswith("on") or key == "style":
                yield problem(name, f"{key}={value!r} has no place in an entry", line)
            elif key in ADDRESSES:
                yield from address_problems(name, [value], addresses, line)


def address_problems(
    name: str, hrefs: Iterable[str], addresses: Addresses, line: int = 0
) -> Iterator[Problem]:
    """Addresses that are relative, lead nowhere, or to a fragment that is not there."""
    for href in hrefs:
        fault = addresses.target(name, href).fault
        if not absolute(href) and not href.startswith("mailto:"):
            fault = "must be absolute: a feed is read far from the site"
        if fault:
            yield problem(name, f"{href!r}: {fault}", line)


def absolute(href: str) -> bool:
    return href.startswith(("https://", "http://"))


def rfc822(date: str) -> bool:
    """Whether `date` is one of RFC 822 with a year of four digits, in the calendar, and on the day it names."""
    m = RFC822.match(date)
    if not m:
        return False
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return False
    return m[1] in (None, DAYS[moment.weekday()])
