"""The text and the metadata that an HTML page holds, before any cleaning.

trafilatura finds the main text (of the libraries measured on WCXB it keeps
most of the article); the blocks' kinds and the metadata are read from the
markup itself. Nothing in the page is run or fetched, and no date is guessed:
what the page does not say stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree, html

from digest.clean.metadata import metadata
from digest.model import Block, BlockKind, Page

KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "item": "list-item",
    "quote": "block-quote",
    "p": "paragraph",
}
COUNTED = (
    ("scripts", "//script"),
    ("forms", "//form"),
    ("images", "//img"),
    ("embedded frames", "//iframe|//embed|//object"),
    ("navigation blocks", "//nav|//*[@role='navigation']"),
    ("asides", "//aside"),
)
SPACE = re.compile(r"\s+")
HUGE = 20_000_000  # characters: beyond it a page is no article, and the parser's tree fills the memory


def page(markup: str, url: str | None = None) -> Page:
    """The text and metadata of an HTML page; an empty page where there is no text."""
    tree = _tree(markup[:HUGE])
    if tree is None:
        return Page("")
    found = metadata(tree, url)
    left_out = tuple((name, n) for name, path in COUNTED if (n := len(tree.xpath(path))))
    blocks = tuple(_blocks(tree))
    text, hints = _joined(blocks)
    return Page(text, hints, left_out=left_out, **found)


def _tree(markup: str) -> Any:
    """The parsed page; None when there is no element in it. An encoding named inside is past: this is text."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _blocks(tree: Any) -> Iterator[tuple[BlockKind, str]]:
    """Kind and words of each block of the main text, in order."""
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False, favor_recall=False)
    body = getattr(found, "body", None)
    for element in () if body is None else body:
        yield from _of(element)


def _of(element: Any) -> Iterator[tuple[BlockKind, str]]:
    if element.tag in ("list", "quote", "table", "row") and len(element):
        kind = KINDS.get(element.tag, "paragraph")
        if element.text and element.text.strip():
            yield kind, _words(element.text)
        for child in element:
            yield from _of(child)
            if child.tail and child.tail.strip():
                yield kind, _words(child.tail)
        return
    words = _words("".join(_spaced(element)))
    if words:
        yield KINDS.get(element.tag, "paragraph"), words


def _spaced(element: Any) -> Iterator[str]:
    """The words of an element, a blank where a line break or an item stood."""
    yield element.text or ""
    for child in element:
        if child.tag in ("lb", "item", "p", "cell"):
            yield " "
        yield from _spaced(child)
        yield child.tail or ""


def _words(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _joined(blocks: tuple[tuple[BlockKind, str], ...]) -> tuple[str, tuple[Block, ...]]:
    at, hints = 0, []
    for kind, words in blocks:
        hints.append(Block(kind, at, at + len(words)))
        at += len(words) + 1
    return "\n".join(words for _, words in blocks), tuple(hints)
