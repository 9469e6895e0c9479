"""Files that are neither pages nor feeds, where they name addresses or must parse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from digest.check.addresses import Addresses
from digest.errors import Problem

CSS_URL = re.compile(rb"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
ROBOTS = re.compile(rb"^sitemap:\s*(\S+)", re.I | re.M)
XML = (".xml", ".svg", ".opml", ".rdf")


def listing_problems(name: str, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    """The problems of a sitemap, robots.txt, style sheet, or data file."""
    if name.endswith(".css"):
        yield from _dead(name, (m[1].decode("utf-8", "replace") for m in CSS_URL.finditer(data)), addresses)
    elif name == "robots.txt":
        yield from _dead(
            name, (m[1].decode("utf-8", "replace") for m in ROBOTS.finditer(data)), addresses, True
        )
    elif name.endswith(XML):
        root, problem = parsed(name, data)
        if problem:
            yield problem
        elif etree.QName(root).localname in ("urlset", "sitemapindex"):
            yield from _sitemap(name, root, addresses)
        elif name.endswith(".opml"):
            feeds = (n.get("xmlUrl") for n in root.iter("outline") if n.get("xmlUrl"))
            yield from _dead(name, feeds, addresses, True)
    elif name.endswith((".json", ".jsonld", ".webmanifest")):
        try:
            read_json(data)
        except ValueError as e:
            yield Problem(name, f"not JSON: {e}", rule="check.json")


def read_json(text: str | bytes) -> Any:
    """The value of a JSON text. ValueError also for NaN and Infinity, which Python writes and no browser reads."""

    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


def parsed(name: str, data: bytes) -> tuple[Any, Problem | None]:
    """The root of an XML file, or the problem; entities are not followed, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser), None
    except etree.XMLSyntaxError as e:
        return None, Problem(name, f"not well-formed XML: {e.msg}", e.lineno or 0, rule="check.xml")


def _dead(name: str, hrefs: Any, addresses: Addresses, absolute: bool = False) -> Iterator[Problem]:
    for href in hrefs:
        if href.startswith(("data:", "#")):
            continue
        fault = addresses.target(name, href).fault
        if absolute and not fault and not addresses.target(name, href).file:
            fault = f"must be an address of this site, {addresses.base_url}…"
        if absolute and not fault and not href.startswith(addresses.base_url):
            fault = "must be absolute"
        if fault:
            yield Problem(name, f"{href!r}: {fault}", rule="check.link")


def _sitemap(name: str, root: Any, addresses: Addresses) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in root.iter("{*}loc"):
        loc = (node.text or "").strip()
        target = addresses.target("", loc)
        if loc in seen:
            yield Problem(name, f"{loc} a second time", node.sourceline or 0, rule="check.sitemap")
        seen.add(loc)
        fault = target.fault
        if not fault and (not target.file or loc != addresses.url(target.file)):
            right = addresses.url(target.file) if target.file else addresses.base_url + "…"
            fault = f"must be the address of a page as it is served: {right}"
        if fault:
            yield Problem(name, f"{loc}: {fault}", node.sourceline or 0, rule="check.sitemap")
        else:
            addresses.listed.add(target.file)
