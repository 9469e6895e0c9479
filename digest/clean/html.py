"""The text and the metadata that an HTML page holds, before any cleaning.

Our own table says which lines are the text, by their words and by the page's
markup; trafilatura is asked where the page shows none. Nothing in the page is
run or fetched, and no date is guessed: what the page does not say stays None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from lxml import etree, html

from digest.clean import dom, posts
from digest.clean.judge import scored_lines
from digest.clean.learned import markup, table
from digest.clean.lines import Piece
from digest.clean.metadata import metadata
from digest.clean.nesting import flattened
from digest.model import Block, BlockKind, Page, Post
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
# lines that one block may hold, and its share of the text where that is more
ROOM: dict[BlockKind, tuple[int, float]] = {"list-item": (3, 0.0), "block-quote": (3, 0.5)}
NEAR = 2  # steps around the container within which a caption is the story's
DEEP = 100  # elements within one another: pages of news stay below 60, and trafilatura's time grows with the square
MANY = 10_000  # elements of a page: news stays below 5,000, and trafilatura's time grows with the square, too
HUGE = 20_000_000  # characters: beyond it a page is no article, and the parser's tree fills the memory

Line = tuple[BlockKind, str]


def page(markup: str, url: str | None = None, rules: Rules | None = None) -> Page:
    """The text and metadata of an HTML page; an empty text where there is none.

    `rules` hold the line weights; the installed ones for None.
    """
    tree = _parsed(markup)
    if tree is None:
        return Page("")
    body = tree.find("body")
    every = dom.lines(tree if body is None else body)
    found = list(posts.plain(every))
    kept = _kept(found, rules or rules_for())
    lines = _told(kept)
    asked = _asked(tree) if (size := sum(len(text.split()) for _, text in lines)) < FEW else ""
    if len(asked.split()) > size:
        lines = [("paragraph", " ".join(x.split())) for x in asked.split("\n") if x.strip()]
        every = kept = []
    text, hints = _joined(lines)
    told = tuple(_posts(kept, lines, hints))
    said = metadata(tree, url)
    gone = _beside(every, said["headline"]) - _beside(kept, said["headline"])
    return Page(text, hints, left_out=tuple(_left_out(tree, gone, kept)), posts=told, **said)


def _beside(lines: Sequence[dom.Line], headline: str | None) -> int:
    """The lines that are not the page's headline."""
    return sum(line.text != headline for line in lines)


def _left_out(tree: Any, gone: int, kept: Sequence[dom.Line]) -> Iterator[tuple[str, int]]:
    """What of the page is not in the text, by kind, as counts: lines, and elements that hold none of the text."""
    if gone:
        yield "lines", gone
    holding: set[Any] = set()
    for line in kept:
        holding.update(
            node.element for node in takewhile(lambda n: n.element not in holding, line.node.around())
        )
    for name, path in COUNTED:
        if count := sum(e not in holding for e in tree.xpath(path)):
            yield name, count
    if silent := sum(posts.is_post(e) and e not in holding for e in tree.iter("blockquote")):
        yield "embedded posts", silent


def _posts(kept: Sequence[dom.Line], lines: Sequence[Line], hints: Sequence[Block]) -> Iterator[Post]:
    """Where each block quotation of a network stands in the text, and the network."""
    known: dict[dom.Node, str] = {}
    if not kept:
        return
    for line, (kind, _), hint in zip(kept, lines, hints, strict=True):
        node = line.node.quotation
        if node and kind in ("block-quote", "attribution"):
            known[node] = known.get(node) or posts.venue(node.element)
            if known[node]:
                yield Post(hint.start, hint.end, known[node])


def declared(markup: str) -> Page:
    """What an HTML page says of itself, without its text."""
    tree = _parsed(markup)
    return Page("") if tree is None else Page("", **metadata(tree))


def _parsed(markup: str) -> Any:
    """The tree of a page that may be far too long, too deep, or hold NUL, which browsers pass over; None without one."""
    markup = markup[:HUGE].replace("\0", "")
    tree, whole = _tree(markup)
    return tree if whole else _tree(flattened(markup))[0]


def _tree(markup: str) -> tuple[Any, bool]:
    """The parsed page, or None, and whether the parser came to its end.

    An encoding named inside is past: the markup is text by now.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    last = parser.error_log.last_error
    return tree, last is None or last.level < etree.ErrorLevels.FATAL


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


def _told(kept: Sequence[dom.Line]) -> list[Line]:
    """The lines with what the markup calls them."""
    lines = [(_kind(line.node), line.text) for line in kept]
    for i in _laid_out(kept, lines):
        lines[i] = ("paragraph", lines[i][1])
    for i, (kind, text) in enumerate(lines):  # a post's author stands loose behind it
        if kind == "block-quote" and text[0] in dom.DASHES and i and lines[i - 1][0] == "block-quote":
            lines[i] = ("attribution", text)
    return lines


def _laid_out(kept: Sequence[dom.Line], lines: Sequence[Line]) -> list[int]:
    """The lines whose list item or quotation only lays the page out: it holds many of the story's lines."""
    held: dict[dom.Node, list[int]] = {}
    for i, (line, (kind, _)) in enumerate(zip(kept, lines, strict=True)):
        if kind in ROOM and not posts.post(line.node):
            tag = "li" if kind == "list-item" else "blockquote"
            held.setdefault(next(n for n in line.node.around() if n.tag == tag), []).append(i)
    return [i for some in held.values() if len(some) > _room(lines[some[0]][0], len(lines)) for i in some]


def _room(kind: BlockKind, lines: int) -> float:
    """How many of a text's lines one block of markup may hold."""
    few, share = ROOM[kind]
    return max(few, share * lines)


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
        stays = kind == "caption" or posts.post(line.node) is not None
        above = above if kind == "attribution" else logit <= 0 or (place.up <= NEAR and stays)
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
