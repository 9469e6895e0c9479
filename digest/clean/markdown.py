"""The signs of Markdown in a scrape: links with their addresses, headings, emphasis, pictures.

Many scrapers give a page as Markdown. Its signs are no words of the article, and a line that is half an address is
judged by nothing that holds for lines. They are taken out, each by an edit, so that what is left is the text as the
page showed it. Only where links say that a text is Markdown: else a sign may be the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from digest.model import Block
from digest.text import Edit, settled

LINES = 5  # that begin with `>`, at least
ABOVE = 3000  # characters in which a scraping service says what it read
MANY = 2  # links or pictures that make a text Markdown
TARGET = r"\((?:<[^<>\n]{0,2000}>|(?:https?://|mailto:|tel:|/|#|\.{1,2}/)[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000})?)(?:\s{1,2}[\"'(][^\n]{0,300}?[\"')])?\s?\)"
LINKED = re.compile(r"\]" + TARGET)
PICTURE = re.compile(r"!\[[^\[\]\n]{0,1000}\]" + TARGET)
LINK = re.compile(  # no character fits two of the ways, so that nothing is tried twice
    r"(?<![!\\])\[((?:[^\[\]\\\n]|\\.|\[[^\[\]\\\n]{0,200}\]){0,1000}+)\]" + TARGET
)
BRACKET = re.compile(r"(?<!\\)[\[\]]")
LINE_BREAKS = 2000  # characters of a link's words that run over lines, with a picture's address among them
# what stands at the head of a line: a heading, a quoted block, an item of a list
HEADING = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+|[ \t]{1,3}#{1,6}[ \t]{0,3}$")
UNDERLINE = re.compile(r"(?m)(?<=[^\s])[ \t]*\n(?:={3,}|-{3,})[ \t]*$")
CROSSHEAD = re.compile(r"(?m)^[ \t]{0,3}#{2,6}[ \t]+(\S[^\n]*)|^(\S[^\n]*)\n-{3,}[ \t]*$")
BLOCK = re.compile(r"(?m)^[ \t]{0,3}>[ \t]?")
RULE = re.compile(r"(?m)^[ \t]{0,3}(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})[ \t]*$")
ITEM = re.compile(r"(?m)^[ \t]*[*+-][ \t]+(?=[!\[])")
EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*\\])\1(?![\w*])"
    r"|(?<![\w\\])(_{1,2})(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_\\])\3(?!\w)"
)
ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>|~&-])")
PREAMBLE = re.compile(
    r"\ATitle:[ \t]*(?=\S)|^URL Source:[^\n]*\n|^(?:Markdown Content|Warning):[^\n]*\n",
    re.M,
)
WHY = {
    "link": "the address of a link, in the signs of Markdown",
    "picture": "a picture, in the signs of Markdown",
    "sign": "a sign of Markdown: heading, list, emphasis",
    "preamble": "what the scraping service wrote above the page",
}


def unmarked(text: str) -> list[Edit]:
    """Edits by which a Markdown text is without its signs; none for a text that has no links in them."""
    if sum(1 for _ in islice(LINKED.finditer(text), MANY)) < MANY:
        return _quoted(text)
    return list(settled(sorted(_found(text), key=lambda e: (e.start, -e.end))))


def _quoted(text: str) -> list[Edit]:
    """Edits that take `> ` from the lines of a text that was quoted in a mail: most of its lines have it."""
    if ">" not in text or text.count("\n>") < LINES:
        return []
    found = list(BLOCK.finditer(text))
    lines = sum(not line.isspace() for line in text.split("\n") if line)
    return [_edit(*m.span(), "sign") for m in found] if 2 * len(found) > lines else []


def headings(text: str) -> list[Block]:
    """The crossheads that a Markdown text declares, as blocks of `text`."""
    return [Block("heading", *m.span(m.lastindex or 0)) for m in CROSSHEAD.finditer(text)]


def _found(text: str) -> Iterator[Edit]:
    """Every sign; of two that overlap the earlier and longer counts."""
    end = text.find("\nMarkdown Content:", 0, ABOVE) if text.startswith("Title:") else -1
    if end >= 0:
        yield from (
            _edit(m.start(), m.end(), "preamble")
            for m in PREAMBLE.finditer(text, 0, text.find("\n", end + 1) + 1)
        )
    for m in PICTURE.finditer(text):
        yield _edit(m.start(), m.end(), "picture")
    for m in LINK.finditer(text):
        yield _edit(m.start(), m.start(1), "link")
        yield _edit(m.end(1), m.end(), "link")
    opened = _openings(text)
    for m in LINKED.finditer(text):  # around a picture, or where a link's words run over lines
        yield _edit(m.start(), m.end(), "link")
        at = opened.get(m.start(), -1)
        if m.start() - at <= LINE_BREAKS and at >= 0 and text[at - 1 : at] != "!":
            yield _edit(at, at + 1, "link")
    for sign in (HEADING, UNDERLINE, BLOCK, RULE, ITEM, ESCAPE):
        yield from (_edit(m.start(), m.end(), "sign") for m in sign.finditer(text))
    for m in EMPHASIS.finditer(text):
        inner = 2 if m[1] else 4
        yield _edit(m.start(), m.start(inner), "sign")
        yield _edit(m.end(inner), m.end(), "sign")


def _openings(text: str) -> dict[int, int]:
    """Where the bracket stands that each closing one closes."""
    out: dict[int, int] = {}
    waiting: list[int] = []
    for m in BRACKET.finditer(text):
        if m[0] == "[":
            waiting.append(m.start())
        elif waiting:
            out[m.start()] = waiting.pop()
    return out


def _edit(start: int, end: int, what: str) -> Edit:
    return Edit(start, end, "", "decode", "markup", f"markdown.{what}", WHY[what])
