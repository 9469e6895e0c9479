"""Tags and entities of HTML that were left in a text: `<p>`, `&ldquo;`, `&#8217;`.

Feeds and databases give text so. A tag is taken out where its name is one of HTML's and the text has others; an entity
becomes its character wherever it stands: `&amp;` is no word of an article. Each is an edit of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from digest.text import Edit

MANY = 3  # tags that make a text markup
BLOCKS = "p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|section|article|aside|header|footer|nav|main|figure|figcaption|table|tr|td|th|tbody|thead|pre|form|iframe"
INLINE = "a|b|i|u|s|q|em|strong|span|sup|sub|small|big|font|mark|abbr|cite|time|img|code|center|del|ins|strike|tt|label|button|svg|path|picture|source|wbr|o:p"
TAG = re.compile(rf"(?i)</?(?:(?P<block>{BLOCKS})|{INLINE})(?:[\s/][^<>]{{0,2000}})?>")
HIDDEN = re.compile(r"(?i)<(script|style|noscript|template)\b[^<>]{0,2000}>|<!--")
ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TAGS = "a tag of HTML that was left in the text"
ENTITIES = "the character that HTML writes so"


def untagged(text: str) -> list[Edit]:
    """Edits by which a text is without HTML's tags and entities; none for most texts."""
    found = list(_entities(text)) if "&" in text else []
    if "<" in text and sum(1 for _ in islice(TAG.finditer(text), MANY)) >= MANY:
        found += _tags(text)
    out: list[Edit] = []
    end = 0
    for e in sorted(found, key=lambda e: (e.start, -e.end)):
        if e.start >= end:
            out.append(e)
            end = e.end
    return out


def _entities(text: str) -> Iterator[Edit]:
    for m in ENTITY.finditer(text):
        new = m[0]
        for _ in range(5):  # `&amp;amp;#8217;` was escaped again and again
            new = unescape(new)
        new = " " if new == "\u00a0" else new
        if new not in (m[0], "\ufffd") and len(new) <= 2 and (new.isprintable() or new == "\u00ad"):
            yield Edit(m.start(), m.end(), new, "decode", "markup", "markup.entity", ENTITIES)


def _tags(text: str) -> Iterator[Edit]:
    yield from (_tag(*span) for span in _hidden(text))
    for m in TAG.finditer(text):
        yield _tag(m.start(), m.end(), "\n" if m["block"] else "")


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Scripts, styles and comments; what is never closed is left to `_tags`."""
    at, gone = 0, set()
    low = text.lower()
    while m := HIDDEN.search(text, at):
        close = f"</{m[1].lower()}>" if m[1] else "-->"
        end = low.find(close, m.end()) if close not in gone else -1
        if end < 0:
            gone.add(close)  # nor is any behind it: the text is searched once for each
            at = m.end()
        else:
            at = end + len(close)
            yield m.start(), at


def _tag(start: int, end: int, new: str = "") -> Edit:
    return Edit(start, end, new, "decode", "markup", "markup.tag", TAGS)
