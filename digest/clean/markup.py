"""Tags and entities of HTML that were left in a text: `<p>`, `&ldquo;`, `&#8217;`.

Feeds and databases give text so. A tag is taken out where its name is one of HTML's and the text has others; an entity
becomes its character wherever it stands: `&amp;` is no word of an article. Each is an edit of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from unicodedata import category

from digest.text import Edit, settled

MANY = 3  # tags that make a text markup
BLOCKS = "item|title|description|pubdate|guid|dc:creator|content:encoded|category|p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|section|article|aside|header|footer|nav|main|figure|figcaption|table|tr|td|th|tbody|thead|pre|form|iframe"
INLINE = "a|b|i|u|s|q|em|strong|span|sup|sub|small|big|font|mark|abbr|cite|time|img|code|center|del|ins|strike|tt|label|button|svg|path|picture|source|wbr|o:p"
TAG = re.compile(rf"(?i)</?(?:(?P<block>{BLOCKS})|{INLINE})(?:[\s/][^<>]{{0,2000}})?>")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
HIDDEN = re.compile(r"(?i)<(script|style|noscript|template)\b[^<>]{0,2000}>|<!--")
ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
POWER = re.compile(r"(?i)(?<=\d)<sup[^<>]{0,200}>(?=[-−]?\d)")  # 10<sup>6</sup> is no 106
BLANK = {"Zs": " ", "Zl": " ", "Zp": " ", "Cc": " ", "Cf": ""}  # by category: blanks, and what has no width
TAGS = "a tag of HTML that was left in the text"
ENTITIES = "the character that HTML writes so"


def untagged(text: str, many: int = MANY) -> list[Edit]:
    """Edits by which a text is without HTML's tags (where it has `many`) and entities; none for most texts."""
    found = list(_entities(text)) if "&" in text else []
    if "<" in text and sum(1 for _ in islice(TAG.finditer(text), many)) >= many:
        found += _tags(text)
    return list(settled(sorted(found, key=lambda e: (e.start, -e.end))))


def _entities(text: str) -> Iterator[Edit]:
    for m in ENTITY.finditer(text):
        new = m[0]
        for _ in range(5):  # `&amp;amp;#8217;` was escaped again and again
            new = unescape(new)
        if len(new) == 1 and (kind := category(new)) in BLANK:
            new = BLANK[kind] if kind != "Cc" or new in "\t\n\r" else m[0]
        if new not in (m[0], "\ufffd") and len(new) <= 2 and new.isprintable():
            yield Edit(m.start(), m.end(), new, "decode", "markup", "markup.entity", ENTITIES)


def _tags(text: str) -> Iterator[Edit]:
    yield from (_tag(*span) for span in _hidden(text))
    yield from (_tag(*m.span()) for m in CDATA.finditer(text))
    for m in TAG.finditer(text):
        power = POWER.match(text, m.start()) is not None
        yield _tag(m.start(), m.end(), "^" if power else "\n" if m["block"] else "")


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Scripts, styles and comments; one that is never closed stays, for it may hold the story."""
    at, gone = 0, set()
    while m := HIDDEN.search(text, at):
        close = f"</{m[1].lower()}>" if m[1] else "-->"
        ended = re.compile(close, re.I).search(text, m.end()) if close not in gone else None
        if ended is None:
            gone.add(close)  # nor is any behind it: the text is searched once for each
            at = m.end()
        else:
            at = ended.end()
            yield m.start(), at


def _tag(start: int, end: int, new: str = "") -> Edit:
    return Edit(start, end, new, "decode", "markup", "markup.tag", TAGS)
