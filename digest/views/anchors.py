"""Where each sentence of an article begins, with an id that outlives new rules.

The id is a hash of the article's id and the sentence's words as scraped,
without signs or letter case: mending a word or a space changes none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest import ids
from digest.sentences import sentences
from digest.site import Article, ShownEdit
from digest.text import Span

WORD = re.compile(r"[^\W_]+")
LENGTH = 4  # 20 bits: among 100 sentences two are alike once in 200 texts; then a longer one is taken


@dataclass(frozen=True, slots=True)
class Anchor:
    """The beginning of a sentence in `Shown.text`, and its id on the page."""

    start: int
    id: str


def anchors(article: Article) -> Sequence[Anchor]:
    """An anchor for each sentence of each block, in order."""
    shown = article.shown
    edits = sorted((e for e in shown.edits if _in_body(e)), key=lambda e: (e.at, e.end, e.id))
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    out = []
    for block in shown.blocks:
        for span in sentences(shown.text, block.start, block.end):
            words = " ".join(WORD.findall(_scraped(shown.text, span, edits).casefold()))
            id = _free(article.id, words, seen[words], taken)
            seen[words] += 1
            taken.add(id)
            out.append(Anchor(span.start, id))
    return tuple(out)


def _in_body(e: ShownEdit) -> bool:
    return e.part == "body" and e.status == "applied" and e.kind != "excise" and e.at >= 0


def _scraped(text: str, span: Span, edits: Sequence[ShownEdit]) -> str:
    """The words of a stretch with the edits in it undone. `edits` stand in order."""
    out, pos = [], span.start
    for e in edits[bisect_left(edits, span.start, key=lambda e: e.at) :]:
        if e.at >= span.end:
            break
        if e.at >= pos and e.end <= span.end:
            out += [text[pos : e.at], e.old]
            pos = e.end
    return "".join([*out, text[pos : span.end]])


def _free(article: str, words: str, again: int, taken: set[str]) -> str:
    length = LENGTH
    while (id := "s" + ids.short(article, "sentence", words, str(again), length=length)) in taken:
        length += 1
    return id
