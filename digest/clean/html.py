"""The text and the metadata that an HTML page holds, before any cleaning.

Our own table says which lines are the text, by their words and by the page's
markup; trafilatura is asked where the page shows none. Nothing in the page is
run or fetched, and no date is guessed: what the page does not say stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree, html

from digest.clean import dom
from digest.clean.judge import scored_lines
from digest.clean.learned import markup, table
from digest.clean.lines import Piece
from digest.clean.metadata import metadata
from digest.model import Block, BlockKind, Page
from digest.rules import Rules, rules_for

KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list-item",
    "blockquote": "block-quote",
    "figcaption": "caption",
    dom.CREDIT: "attribution",
}
COUNTED = (
    ("scripts", "//script"),
    ("forms", "//form"),
    ("images", "//img"),
    ("embedded frames", "//iframe|//embed|//object"),
    ("navigation blocks", "//nav|//*[@role='navigation']"),
    ("asides", "//aside"),
)
FEW = 60  # words: a page that shows no more may hold its text in a script, where trafilatura looks too
NEAR = 2  # steps around the container within which a caption is the story's
DEEP = 100  # elements within one another: pages of news stay below 60, and trafilatura's time grows with the square
MANY = 10_000  # elements of a page: news stays below 5,000, and trafilatura's time grows with the square, too
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
    text, hints = _joined(_lines(tree, rules or rules_for()))
    return Page(text, hints, left_out=left_out, **found)


def _tree(markup: str) -> Any:
    """The parsed page, or None; an encoding named inside is past: the markup is text by now."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _asked(tree: Any) -> str:
    """trafilatura's text of the page, "" when it finds none or the page is built as no page of news is."""
    if tree.xpath("count(//*)") > MANY or _depth(tree) > DEEP:
        return ""
    from trafilatura import extract  # here, since it takes longer to load than a text to read

    return extract(tree, include_comments=False, with_metadata=False) or ""


def _depth(tree: Any) -> int:
    """The greatest number of elements that stand within one another."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _lines(tree: Any, rules: Rules) -> list[Line]:
    """The lines that are the text, or trafilatura's where they are few and it has more."""
    body = tree.find("body")
    found = dom.lines(tree if body is None else body)
    lines = [(_kind(line.node), line.text) for line in _kept(found, rules)]
    for i, (kind, text) in enumerate(lines):  # a post's author stands loose behind it
        if kind == "block-quote" and text[0] in dom.DASHES and i and lines[i - 1][0] == "block-quote":
            lines[i] = ("attribution", text)
    size = sum(len(text.split()) for _, text in lines)
    if size >= FEW:
        return lines
    asked = _asked(tree)
    if len(asked.split()) <= size:
        return lines
    return [("paragraph", " ".join(x.split())) for x in asked.split("\n") if x.strip()]


def _kept(found: Sequence[dom.Line], rules: Rules) -> list[dom.Line]:
    """The lines that are the story's; its captions too, which the cleaning moves."""
    weights = rules.once(table)
    if not weights:
        return list(found)
    scored = scored_lines([Piece(0, len(x.text), x.text) for x in found], rules, weights)
    where = dom.places(found)
    logits = dom.against(found, where, scored, rules.once(markup))
    kept: list[dom.Line] = []
    above = False
    for line, logit, place in zip(found, logits, where, strict=True):
        kind = _kind(line.node)
        # who is quoted goes where the quotation goes
        above = above if kind == "attribution" else logit <= 0 or (place.up <= NEAR and kind == "caption")
        if above:
            kept.append(line)
    return kept


def _kind(node: dom.Node | None) -> BlockKind:
    """What the markup calls a block: its own element, or the list item, quotation or caption that it stands in."""
    first = node
    for _ in range(dom.STEPS):
        if node is None:
            break
        kind = KINDS.get(node.tag)
        if kind and (node is first or kind != "heading"):
            return kind
        node = node.parent
    return "paragraph"


def _joined(blocks: Sequence[Line]) -> tuple[str, tuple[Block, ...]]:
    at, hints = 0, []
    for kind, words in blocks:
        hints.append(Block(kind, at, at + len(words)))
        at += len(words) + 1
    return "\n".join(words for _, words in blocks), tuple(hints)
