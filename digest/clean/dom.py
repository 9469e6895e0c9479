"""The lines of an HTML page, and what its markup says of each.

The story's container is the element whose own children hold the most prose
(as in Arc90's Readability, 2009): how far a line stands from it, the links in
it, its element and the class names on the way say how surely it is residue,
beside the score of its words and surroundings. The weights are learned by
`benchmarks/train_pages.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from digest.clean.learned import Scores

BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption center".split()
)
SKIPPED = frozenset(
    "script style noscript template svg iframe object embed button select option textarea input nav footer"
    " video audio canvas map math head dialog menu".split()
)
CREDIT = "credit"  # of a quotation: the element that says whose it is
DASHES = "—―–-"
CELLS = frozenset(("td", "th"))
INNER = BLOCKS - CELLS - {"tr", "tbody", "thead"} | {"br"}
LEAVES = frozenset("p li blockquote h2 h3".split())  # their parent is the container
ROW = 60  # elements of a table row that is one line; 600 characters
ROW_ROOM = 600
PROSE = 10  # words of a line that speaks for its container
SHARES = (1.0, 0.5, 0.25)  # of a line's length that its container, and the two around it, are given
NOWHERE = 99  # steps: the container is not on the way
STEPS = 30  # elements between a line and the container that are looked at
NAMED = 400  # characters of an element's names that are read
NAMES = ("class", "id", "role", "itemprop", "data-component")
SPACE = re.compile(r"\s+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
TOKEN = re.compile(r"[a-z]{3,}")
WORDS = (2, 4, 7, 11, 20, 40)
LINKED = (0.01, 0.2, 0.5, 0.8, 0.95)
ENDS = (0, 1, 2, 4, 8, 16, 32)
CLOSING = frozenset(".!?\"”:…),;]'’»|>-")
CLIP = 6.0


class Node:
    """A block element on the way from the page to a line."""

    __slots__ = ("element", "parent", "prose", "quotation", "tag", "tokens")

    def __init__(self, element: Any, parent: Node | None) -> None:
        self.element, self.parent, self.tag = element, parent, str(element.tag)
        self.tokens: frozenset[str] | None = None
        self.prose = 0.0
        # the inmost block quotation that it stands in
        self.quotation: Node | None = (
            self if self.tag == "blockquote" else parent.quotation if parent else None
        )

    def around(self) -> Iterator[Node]:
        """The node and all around it, inmost first."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent


class Line(NamedTuple):
    """A visible line: its words, its block, the share that is link text, whether markup hides it."""

    text: str
    node: Node
    linked: float
    hidden: bool


class Place(NamedTuple):
    """Where a line stands: steps from the container up to their common element, and from there down to the line."""

    up: int
    down: int
    names: frozenset[str]  # class names and elements on the way down


def lines(body: Any) -> list[Line]:
    """The lines of the page in order; a table row whose cells are short is one."""
    walk = Walk()
    for event, e in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            walk.start(e)
        else:
            walk.end(e, body)
    walk.flush()
    return walk.found


class Walk:
    """The state of one walk over a page."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self.node: Node | None = None
        self.skip: Any = None
        self.row: Any = None
        self.links = self.hidden = self.linked = self.quoted = 0
        self.words: list[str] = []
        self.at: Node | None = None
        self.dark = False
        self.credit: Node | None = None  # in which the last line stands
        self.quotes: dict[Any, bool] = {}  # whether an element with a caption holds a quotation

    def start(self, e: Any) -> None:
        """Takes in an element at its start: its text belongs to the block that it opens, or to the open one."""
        if self.skip is not None:
            return
        tag = e.tag if isinstance(e.tag, str) else ""
        credit = self.quoted and tag in CREDITS and self.closes(e)
        if not tag or (tag in SKIPPED and not credit):
            self.skip = e
            return
        self.quoted += tag in QUOTING
        self.links += tag == "a"
        self.hidden += _hidden(e)
        if self.row is not None:
            if tag in CELLS and self.words:
                self.words.append(" | ")
        elif tag in BLOCKS or credit:
            self.flush()
            self.node = Node(e, self.node)
            self.node.tag = CREDIT if credit else tag
            if tag == "tr" and _flat(e):
                self.row = e
        elif tag == "br":
            self.flush()
        self.add(e.text)

    def closes(self, e: Any) -> bool:
        """Whether an element that may name a speaker ends its block, or a figure that holds a quotation.

        A work's title is a `cite` too: it stands within a sentence, or ends one that it did not begin.
        """
        if e.tag == "figcaption":
            around = e.getparent()
            if around not in self.quotes:  # asked once for all captions of a figure
                self.quotes[around] = _holds_quotation(around)
            return self.quotes[around]
        if not _last(e):
            return False
        if e.tag != "cite" or not self.words:
            return True
        before = "".join([text[-TAIL:] for text in self.words[-TAIL:]]).strip()
        return before not in DASHES and before[-1:] in ENDED  # a dash alone begins the credit's own line

    def end(self, e: Any, body: Any) -> None:
        """Takes in an element at its end: a block is closed, what follows it (`tail`) belongs to the one around."""
        if self.skip is not None:
            if self.skip is not e:
                return
            self.skip = None
        else:
            self.links -= e.tag == "a"
            self.hidden -= _hidden(e)
            self.quoted -= e.tag in QUOTING
            if self.row is e:
                self.row = None
            if self.row is None and self.node and self.node.element is e:
                self.flush()
                self.node = self.node.parent
        if e is not body:
            self.add(e.tail)

    def add(self, text: str | None) -> None:
        """Adds the characters of a text node to the open block; blanks that begin it are left out."""
        if not text or self.node is None:
            return
        if not self.words:
            if text.isspace():
                return
            self.at, self.dark, self.linked = self.node, self.hidden > 0, 0
        self.words.append(text)
        if self.links:
            self.linked += len(text.strip())

    def flush(self) -> None:
        """Ends the line."""
        if self.words and self.at:
            text = SPACE.sub(" ", "".join(self.words)).strip()
            credit = _credit(self.at) if text else None
            if credit and credit is not self.credit and text[0] not in DASHES:
                text = f"— {text}"
            self.credit = credit
            if text:
                self.found.append(Line(text, self.at, self.linked / len(text), self.dark))
        self.words = []


QUOTING = frozenset(("blockquote", "figure"))
CREDITS = frozenset(("footer", "cite", "figcaption"))
ENDED = frozenset('.!?…”"’»—―–-')  # what ends the words before the speaker, in one block with them
TAIL = 4  # text nodes before it, and characters of each, that are looked at


def _holds_quotation(e: Any) -> bool:
    return e is not None and e.find(".//blockquote") is not None


def _last(e: Any) -> bool:
    """Whether an element ends its block in a quotation."""
    after = e.getnext()
    quoted = next(e.iterancestors("blockquote"), None) is not None
    return quoted and not (e.tail or "").strip() and (after is None or e.tag == "footer")


def _credit(node: Node) -> Node | None:
    """What names the speaker of a quotation, if a line stands in it."""
    at: Node | None = node
    for _ in range(3):
        if at is None or at.tag == CREDIT:
            return at
        at = at.parent
    return None


def _flat(row: Any) -> bool:
    """Whether a table row is data, one short line, and no part of the page's layout."""
    size = blocks = 0
    for n, e in enumerate(row.iter()):
        tag = e.tag
        size += len(e.text or "") + len(e.tail or "")
        blocks = 0 if tag in CELLS else blocks + (tag in INNER)
        if n >= ROW or size > ROW_ROOM or blocks > 1:
            return False
    return True


def _hidden(e: Any) -> bool:
    style = e.get("style")
    return e.get("hidden") is not None or (
        style is not None and "display:none" in style.replace(" ", "").lower()
    )


def container(found: Sequence[Line]) -> list[Node]:
    """The element that holds the most prose and those around it, inmost first; [] without prose."""
    best: Node | None = None
    for line in found:
        size = len(line.text)
        if len(line.text.split()) < PROSE or line.linked > 0.5:
            continue
        node: Node | None = line.node.parent or line.node if line.node.tag in LEAVES else line.node
        for share in SHARES:
            if node is None:
                break
            node.prose += share * size
            if best is None or node.prose > best.prose:
                best = node
            node = node.parent
    out = []
    while best:
        out.append(best)
        best = best.parent
    return out


def places(found: Sequence[Line]) -> list[Place]:
    """Where each line stands to the story's container."""
    up = {id(node): i for i, node in enumerate(container(found))}
    known: dict[int, Place] = {}
    out = []
    for line in found:
        place = known.get(id(line.node))
        if place is None:
            place = known[id(line.node)] = _place(line.node, up)
        out.append(place)
    return out


def _place(node: Node | None, up: Mapping[int, int]) -> Place:
    names: set[str] = set()
    for down in range(STEPS):
        if node is None:
            break
        if id(node) in up:
            return Place(up[id(node)], down, frozenset(names))
        if node.tokens is None:
            node.tokens = _tokens(node.element)
        names |= node.tokens
        names.add(f"<{node.tag}>")
        node = node.parent
    return Place(NOWHERE, STEPS, frozenset(names))


def _tokens(e: Any) -> frozenset[str]:
    """The words of an element's class, id and role."""
    text = " ".join(v for v in map(e.get, NAMES) if v)[:NAMED]
    return frozenset(TOKEN.findall(CAMEL.sub(" ", text).lower())) if text else frozenset()


def signs(found: Sequence[Line], where: Sequence[Place]) -> Iterator[list[str]]:
    """What the markup says of each line, as names of weights; `where` are their places."""
    n, titled = len(found), False
    for i, (line, place) in enumerate(zip(found, where, strict=True)):
        tag = line.node.tag
        titled = titled or tag == "h1"
        w, linked = bisect_right(WORDS, len(line.text.split())), bisect_right(LINKED, line.linked)
        few, up, down = min(w, 4), min(place.up, 6), min(place.down, 5)
        last = line.text[-1]
        yield [
            f"words:{w}",
            f"end:{last if last in CLOSING else ''}:{w}",
            f"links:{linked}:{w}",
            f"tag:{tag}:{few}",
            f"place:{up}:{down}",
            f"title:{titled}:{min(w, 3)}",
            f"hidden:{line.hidden}:{min(up, 3)}",
            f"up:{up}:{w}",
            f"tag-links:{tag}:{linked}",
            f"top:{bisect_right(ENDS, i)}",
            f"bottom:{bisect_right(ENDS, n - 1 - i)}",
            f"part:{i * 10 // n}:{few}",
            *sorted(place.names),
        ]


def clipped(x: float) -> float:
    return max(-CLIP, min(CLIP, x))


LOOKS = ("score", "first", "above", "below", "around")


def looks(scored: Scores) -> list[tuple[float, ...]]:
    """Values by LOOKS for each line: its scores, and those of its neighbours."""
    final = [0.0, 0.0, 0.0, *map(clipped, scored.final), 0.0, 0.0, 0.0]
    first = [clipped(x) for x in scored.first]
    out: list[tuple[float, ...]] = []
    for i, x in enumerate(first):
        a, b, c, own, d, e, f = final[i : i + 7]
        out.append((own, x, c, d, (a + b + c + d + e + f) / 6))
    return out


def against(
    found: Sequence[Line], where: Sequence[Place], scored: Scores, weights: Mapping[str, float]
) -> list[float]:
    """How surely each line of the page is residue, a logit; `scored` are the lines as plain text."""
    slopes = [weights.get(name, 0.0) for name in LOOKS]
    bias = weights.get("bias", 0.0)
    return [
        bias
        + sum(weights[s] for s in sign if s in weights)
        + sum(v * m for v, m in zip(look, slopes, strict=True))
        for sign, look in zip(signs(found, where), looks(scored), strict=True)
    ]
