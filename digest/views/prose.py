"""The editor's Markdown as safe HTML: made once a note, never of a scraped text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import markdown
import nh3
from bs4 import BeautifulSoup

TAGS = set(
    "p a em strong b i code pre blockquote q cite ul ol li dl dt dd table thead tbody tr th td hr br h2 h3 h4 "
    "ins del sup sub abbr kbd".split()
)
ATTRIBUTES = {"a": {"href"}, "th": {"class"}, "td": {"class"}}
ALIGN = re.compile(r"text-align: (?:left|right|center);?\Z")
HEADINGS = re.compile(r"h[1-6]\Z")


def html(text: str, top: int = 2) -> str:
    """`text` rendered and sanitised; "" for nothing.

    Its highest headings become those of level `top`, the others follow.
    Alignment of table cells becomes a class: the content policy forbids style
    attributes. Raw HTML in the note passes the same sieve.
    """
    if not text.strip():
        return ""
    made = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    soup = BeautifulSoup(made, "lxml")
    headings = soup.find_all(HEADINGS)
    least = min((int(h.name[1]) for h in headings), default=top)
    for h in headings:
        h.name = f"h{min(int(h.name[1]) + top - least, 4)}"
    for cell in soup.find_all(["th", "td"], style=ALIGN):
        cell["class"] = str(cell["style"]).split(":")[1].strip(" ;")
    made = soup.body.decode_contents() if soup.body else ""
    return nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


@dataclass(frozen=True, slots=True)
class Split:
    """A note in two: its first paragraph, and what follows. Both safe HTML."""

    lead: str = ""
    rest: str = ""


def split(text: str) -> Split:
    """`text` rendered, its first block apart."""
    lead, _, rest = text.strip().partition("\n\n")
    return Split(html(lead, 3), html(rest, 3))


def plain(text: str) -> str:
    """`text` without its marks, on one line: for descriptions."""
    return " ".join(nh3.clean(html(text), tags=set(), attributes={}).split())
