"""The editor's Markdown as safe HTML: made once a note, never of a scraped text."""

from __future__ import annotations

import re

import markdown
import nh3

TAGS = set(
    "p a em strong b i code pre blockquote q cite ul ol li dl dt dd table thead tbody tr th td hr br h2 h3 h4 "
    "ins del sup sub abbr kbd".split()
)
ATTRIBUTES = {"a": {"href"}, "th": {"class"}, "td": {"class"}}
ALIGN = re.compile(r'<(t[hd]) style="text-align: (left|right|center);">')
HEADINGS = re.compile(r"<(/?)h([1-5])\b")


def html(text: str) -> str:
    """`text` rendered and sanitised; "" for nothing.

    Headings move one level down, since the page has its own first. Alignment
    of table cells becomes a class: the content policy forbids style
    attributes. Raw HTML in the note passes the same sieve.
    """
    if not text.strip():
        return ""
    made = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    made = HEADINGS.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + 1, 4)}", made)
    made = ALIGN.sub(r'<\1 class="\2">', made)
    return nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


def plain(text: str) -> str:
    """`text` without its marks, on one line: for descriptions."""
    return " ".join(nh3.clean(html(text), tags=set(), attributes={}).split())
