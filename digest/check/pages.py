"""What one page says of itself and others: ids, links, references, quotes; one pass over its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from digest.check.listings import read_json
from digest.errors import Problem

Quotes = Mapping[tuple[str, int, int], str]

LINKS = frozenset("href src srcset poster action formaction cite ping xlink:href".split())
# attributes that hold ids of the same page
REFERENCES = frozenset(
    "for form list headers itemref popovertarget commandfor interestfor aria-labelledby aria-describedby "
    "aria-controls aria-owns aria-details aria-activedescendant aria-flowto aria-errormessage".split()
)
OPEN_GRAPH = frozenset("og:url og:image og:audio og:video twitter:image".split())
FEED = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)\Z")
KEY = re.compile(r"(.+):([0-9]+)-([0-9]+)\Z")
NOT_SAID = frozenset({"editorial", "sic", "ref", "was"})  # notes in brackets, numbers of notes
CUT = re.compile(r"\[?(?:…|\.\.\.)\]?\Z")  # what stands for words left out


class Link(NamedTuple):
    """An address on a page. `walkable`: a reader can follow it to a page."""

    attr: str
    href: str
    line: int
    walkable: bool


@dataclass(slots=True)
class Page:
    """One page, as far as others depend on it."""

    path: str
    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    canonical: list[str] = field(default_factory=list)
    feeds: list[tuple[Link, str]] = field(default_factory=list)  # that its head announces, and as what
    noindex: bool = False
    leads_on: bool = False  # sends its reader to another address at once
    said: dict[str, list[tuple[Any, list[str]]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, node: Any, message: str, rule: str) -> None:
        self.problems.append(Problem(self.path, message, node.sourceline or 0, rule=f"check.{rule}"))


def read_page(path: str, data: bytes, quotes: Quotes | None) -> Page:
    """The page at `path`; what is wrong within it is among its problems."""
    page = Page(path)
    try:
        data.decode("utf-8")
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    except (UnicodeDecodeError, etree.XMLSyntaxError) as e:
        page.problems.append(Problem(path, f"cannot be read as HTML: {e}", rule="check.html"))
        return page
    if root is None:
        page.problems.append(Problem(path, "cannot be read as HTML: it is empty", rule="check.html"))
        return page
    references: list[tuple[Any, str, str]] = []
    for node in root.iter(etree.Element):
        if node.attrib:
            _attributes(page, node, references)
            if "data-quote" in node.attrib:
                _said(page, node)
        if node.tag in ELEMENTS:
            ELEMENTS[node.tag](page, node)
    for node, name, value in references:
        for missing in (i for i in value.split() if i not in page.ids):
            page.blame(node, f"{name}={missing!r}: the page has no such id", "reference")
    if quotes is not None:
        _quotes(page, quotes)
    page.said.clear()  # its elements keep the whole tree in memory
    if not root.get("lang"):
        page.blame(root, "<html> has no lang", "html")
    if not (root.findtext(".//title") or "").strip():
        page.blame(root, "has no title", "html")
    return page


def _attributes(page: Page, node: Any, references: list[tuple[Any, str, str]]) -> None:
    for name, value in node.attrib.items():
        if name == "id":
            if value in page.ids:
                page.blame(node, f"id {value!r} a second time", "id")
            elif not value or value.split() != [value]:
                page.blame(node, f"id {value!r} is empty or has a space", "id")
            page.ids.add(value)
        elif name in LINKS:
            walkable = node.tag in ("a", "area") and name == "href"
            hrefs = [s.split()[0] for s in value.split(",") if s.strip()] if name == "srcset" else [value]
            line = node.sourceline or 0
            page.links.extend(Link(name, href, line, walkable) for href in hrefs)
        elif name in REFERENCES:
            references.append((node, name, value))


def _link(page: Page, node: Any) -> None:
    kinds, said = (node.get("rel") or "").lower().split(), (node.get("type") or "").lower()
    if "canonical" in kinds:
        page.canonical.append(node.get("href") or "")
    if "alternate" in kinds and FEED.match(said):
        page.feeds.append((Link("href", node.get("href") or "", node.sourceline or 0, False), said))


def _meta(page: Page, node: Any) -> None:
    content = node.get("content") or ""
    if (node.get("http-equiv") or "").lower() == "refresh":
        page.leads_on = True
    if (node.get("name") or "").lower() == "robots" and "noindex" in content.lower():
        page.noindex = True
    if (node.get("property") or node.get("name")) in OPEN_GRAPH:
        page.links.append(Link("content", content, node.sourceline or 0, False))
        if not re.match("https?://", content):
            page.blame(node, f"{content!r}: an Open Graph address must be absolute", "link")


def _anchor(page: Page, node: Any) -> None:
    if name := node.get("name"):
        page.ids.add(name)


def _object(page: Page, node: Any) -> None:
    if data := node.get("data"):
        page.links.append(Link("data", data, node.sourceline or 0, False))


def _base(page: Page, node: Any) -> None:
    page.blame(node, "<base> turns every fragment into another page's", "link")


def _script(page: Page, node: Any) -> None:
    if "json" in (node.get("type") or ""):
        try:
            read_json(node.text or "")
        except ValueError as e:
            page.blame(node, f"JSON in a script: {e}", "json")


ELEMENTS = {"link": _link, "meta": _meta, "a": _anchor, "object": _object, "base": _base, "script": _script}


def _said(page: Page, node: Any) -> None:
    key = node.get("data-quote")
    if KEY.match(key):
        page.said.setdefault(key, []).append((node, pieces(node)))
    else:
        page.blame(node, f"data-quote={key!r}: expected ARTICLE:START-END", "quote")


def _quotes(page: Page, quotes: Quotes) -> None:
    """Compares the quotes of a page with the words of their witnesses.

    A quote may stand on the page in several elements, one a paragraph, and
    more than once: the elements of one key together must make up its words,
    once or several times over. White space does not count: it alone may be
    mended inside a quote.
    """
    for key, found in page.said.items():
        m = KEY.match(key)
        words = quotes.get((m[1], int(m[2]), int(m[3]))) if m else None
        if words is None:
            page.blame(found[0][0], f"data-quote={key!r}: no such quote", "quote")
            continue
        wanted = _squeezed(words)
        if any(len(cut) > 1 for _, cut in found):
            wrong = [node for node, cut in found if not _agrees(cut, wanted)]
        else:
            joined = "".join(cut[0] for _, cut in found)
            times = max(1, len(joined) // max(1, len(wanted)))
            wrong = [] if joined == wanted * times else [n for n, cut in found if cut[0] != wanted]
        for node in wrong[:1]:
            shown = "".join(node.itertext())
            page.blame(node, f"quote {key}: shows {_short(shown)}, its witness has {_short(words)}", "quote")


def pieces(node: Any) -> list[str]:
    """The words of a quote as shown, without white space, cut where an editor's ellipsis stands.

    Elements of the classes NOT_SAID are not the speaker's words.
    """
    found = [""]
    for part in _words(node):
        if part is None:
            found.append("")
        else:
            found[-1] += part
    return [_squeezed(piece) for piece in found]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _words(node: Any) -> Iterator[str | None]:
    walk = etree.iterwalk(node, events=("start", "end", "comment"))
    for event, inner in walk:
        if event == "start":
            if inner is not node and NOT_SAID & set(inner.get("class", "").split()):
                if CUT.match("".join(inner.itertext()).strip()):
                    yield None
                walk.skip_subtree()
                continue
            yield inner.text or ""
        elif inner is not node:
            yield inner.tail or ""


def _agrees(shown: list[str], words: str) -> bool:
    """Whether the shown pieces, in order, make up `words`, with something left out between any two."""
    if len(shown) == 1:
        return shown[0] == words
    if not (words.startswith(shown[0]) and words.endswith(shown[-1])):
        return False
    at = len(shown[0])
    for piece in shown[1:-1]:
        at = words.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at <= len(words) - len(shown[-1])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= 80 else text[:79] + "…")
