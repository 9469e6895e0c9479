"""Where the scrape has what no part of the page tells: in a line that was removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.site import Article, ShownEdit
from digest.views.page import FactCard, Link

OTHERS = ("comments", "related", "advertisement", "copyright", "shop")  # of other stories and of the page
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DATED = re.compile(rf"\b(?:\d{{1,2}} {MONTH} \d{{4}}|{MONTH} \d{{1,2}},? \d{{4}}|\d{{4}}-\d\d-\d\d)\b")
WROTE = re.compile(
    r"(?i:(?:live )?(?:by|words|text|story|report(?:ing)?|interview|author)(?: by:?|:)? )"
    r"[A-Z][\w.’'-]*(?: (?:and|van|von|de|der|[A-Z][\w.’'-]*)){1,6}\Z"
)
LONGEST = 160  # characters of a line that says who wrote and when
SIGNS = re.compile(r"[\W_]+")


def headline(a: Article) -> Link:
    """The scrape's own headline where the editor's is shown: its words, and where it was removed; empty if unknown."""
    if a.title_basis != "editor" or a.shown.mode != "full":
        return Link("")
    if a.shown.headline:
        return Link(a.shown.headline)
    wanted = plain(a.title)
    return next((_link(a, e) for e in _gone(a) if plain(e.old) == wanted), Link(""))


def author(a: Article) -> FactCard:
    """Nobody, and the removed line that may say who wrote."""
    return _unknown(a, next((e for e in _gone(a) if _writes(e.old.strip())), None))


def date(a: Article) -> FactCard:
    """No date, and the removed line that has one."""
    return _unknown(a, next((e for e in _gone(a) if len(e.old) < LONGEST and DATED.search(e.old)), None))


def plain(words: str) -> str:
    """The words by which two headlines are one."""
    return SIGNS.sub(" ", words.casefold()).strip()


def _writes(line: str) -> bool:
    return len(line) < LONGEST and WROTE.match(line) is not None


def _gone(a: Article) -> Iterator[ShownEdit]:
    """What was removed from the text, or moved to where no page shows it, less what is another story's."""
    for e in a.shown.edits:
        away = e.kind == "excise" or (e.kind == "move" and e.cls == "origin")
        if away and e.part == "body" and e.status == "applied" and e.cls not in OTHERS and not e.cut:
            yield e


def _link(a: Article, e: ShownEdit) -> Link:
    return Link(" ".join(e.old.split()), f"a/{a.id}/clean/#{e.id}")


def _unknown(a: Article, e: ShownEdit | None) -> FactCard:
    return FactCard("", "unknown", "", _link(a, e).href if e else "")
