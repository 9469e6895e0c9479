"""The text and the metadata that an HTML page holds, before any cleaning.

Two witnesses are asked which lines are the text: trafilatura, and our own
table over the lines of the page's article element. Nothing in the page is
run or fetched, and no date is guessed: what the page does not say stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree, html

from digest.clean.judge import logits
from digest.clean.lines import Piece, normal
from digest.clean.metadata import metadata
from digest.model import Block, BlockKind, Page
from digest.rules import Rules, rules_for

KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list-item",
    "blockquote": "block-quote",
    "figcaption": "caption",
}
BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption center".split()
)
SKIPPED = frozenset(
    "script style noscript template svg iframe object embed button select option textarea input nav form footer"
    " video audio canvas map math head dialog menu".split()
)
COUNTED = (
    ("scripts", "//script"),
    ("forms", "//form"),
    ("images", "//img"),
    ("embedded frames", "//iframe|//embed|//object"),
    ("navigation blocks", "//nav|//*[@role='navigation']"),
    ("asides", "//aside"),
)
ROOTS = ("//article", "//main", "//*[@role='main']", "//*[@itemprop='articleBody']")
ENOUGH = 0.5  # of the words of the page's body: below it an article element is a teaser
WITNESS = 3.0  # logits that trafilatura’s word is worth beside the table’s
OVERLAP = 0.5  # share of a line's word 4-grams that must stand in trafilatura's text
SPACE = re.compile(r"\s+")
WORD = re.compile(r"\w+")
HUGE = 20_000_000  # characters: beyond it a page is no article, and the parser's tree fills the memory

Line = tuple[BlockKind, str]


def page(markup: str, url: str | None = None, rules: Rules | None = None) -> Page:
    """The text and metadata of an HTML page; an empty text where there is none.

    `rules` hold the line weights; the installed ones for None.
    """
    tree = _tree(markup[:HUGE])
    if tree is None:
        return Page("")
    found = metadata(tree, url)
    left_out = tuple((name, n) for name, path in COUNTED if (n := len(tree.xpath(path))))
    lines = _merged(list(_lines(tree)), _asked(tree), rules or rules_for())
    text, hints = _joined(lines)
    return Page(text, hints, left_out=left_out, **found)


def _tree(markup: str) -> Any:
    """The parsed page, or None; an encoding named inside is past: the markup is text by now."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _asked(tree: Any) -> str:
    """trafilatura's text of the page, "" when it finds none."""
    from trafilatura import extract  # here, since it takes longer to load than a text to read

    return extract(tree, include_comments=False, with_metadata=False) or ""


def _lines(tree: Any) -> Iterator[Line]:
    """Kind and words of each visible block of the page's article, in order."""
    body = tree.find("body")
    root = _root(tree if body is None else body)
    kind: BlockKind = "paragraph"
    words: list[str] = []
    for text, now, breaks in _walk(root):
        if breaks and words:
            if line := SPACE.sub(" ", "".join(words)).strip():
                yield kind, line
            words = []
        if text:
            if not words:
                kind = now
            words.append(text)
    if line := SPACE.sub(" ", "".join(words)).strip():
        yield kind, line


def _root(body: Any) -> Any:
    """The article or main element that holds most of the page's words, else the body."""
    size = len(" ".join(_shown(body)))
    for path in ROOTS:
        found = body.xpath("." + path)
        best = max(found, key=lambda e: len(e.text_content()), default=None)
        if best is not None and len(" ".join(_shown(best))) > ENOUGH * size:
            return best
    return body


def _shown(root: Any) -> Iterator[str]:
    return (text for text, _, _ in _walk(root) if text)


def _walk(root: Any) -> Iterator[tuple[str, BlockKind, bool]]:
    """Pieces of text with the kind of their block, and whether a line ends before each."""
    depth: list[BlockKind] = ["paragraph"]
    skip = None
    for event, e in etree.iterwalk(root, events=("start", "end")):
        tag = e.tag if isinstance(e.tag, str) else ""
        if event == "start":
            if skip is None and (tag in SKIPPED or not tag or _hidden(e)):
                skip = e
            if skip is not None:
                continue
            if tag in BLOCKS:
                depth.append(_kind(tag, depth[-1]))
            yield (e.text or ""), depth[-1], tag in BLOCKS or tag == "br"
            continue
        if skip is None and tag in BLOCKS:
            depth.pop()
        ends = skip is None and (tag in BLOCKS or tag == "br")
        if skip is e:
            skip = None
        elif skip is not None:
            continue
        if e is not root:
            yield (e.tail or ""), depth[-1], ends


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    return KINDS.get(tag, outer if outer in ("block-quote", "list-item", "caption") else "paragraph")


def _hidden(e: Any) -> bool:
    style = e.get("style")
    return e.get("hidden") is not None or (
        style is not None and "display:none" in style.replace(" ", "").lower()
    )


def _merged(lines: Sequence[Line], asked: str, rules: Rules) -> list[Line]:
    """The lines that the table and trafilatura together hold for the text."""
    if not lines:
        return [("paragraph", SPACE.sub(" ", x).strip()) for x in asked.split("\n") if x.strip()]
    pieces = [Piece(0, len(words), words) for _, words in lines]
    against = logits(pieces, rules)
    grams, whole = _grams(asked), {normal(x).strip("-| ") for x in asked.split("\n")}
    out = []
    for line, logit in zip(lines, against, strict=True):
        known = (
            _share(line[1], grams) >= OVERLAP if len(WORD.findall(line[1])) >= 4 else normal(line[1]) in whole
        )
        if logit + (-WITNESS if known else WITNESS) <= 0:
            out.append(line)
    return out


def _grams(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text)
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _share(line: str, grams: set[tuple[str, ...]]) -> float:
    mine = _grams(line)
    return sum(g in grams for g in mine) / len(mine) if mine else 0.0


def _joined(blocks: Sequence[Line]) -> tuple[str, tuple[Block, ...]]:
    at, hints = 0, []
    for kind, words in blocks:
        hints.append(Block(kind, at, at + len(words)))
        at += len(words) + 1
    return "\n".join(words for _, words in blocks), tuple(hints)
