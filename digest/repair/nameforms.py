"""Names that lost their inner capitals (`Openai`): the right form is vouched for, never guessed.

Three vouchers, in this order: the editor's names, the article's own majority,
a gazetteer built from a named public list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from digest.bag import Bag, bag
from digest.model import KnownName
from digest.rules import Rules

# the capital comes first so that the search can leap to it
WORD = re.compile(r"[A-Z](?<![\w@#/.-][A-Z])[A-Za-z]{3,}(?![\w@/]|\.\w|-[a-z]+\.)")
ALIKE, SHORTEST, MANY = 80, 6, 5000  # per cent, letters, words
FEW = 40  # names that are looked for one by one: a text of 5 MB is walked so often at most
INNER = re.compile(r"[a-z][A-Z]|[A-Z]{2}")


class Form(NamedTuple):
    """A name as it stands and as it is vouched for."""

    start: int
    end: int
    new: str
    voucher: str


def misspelt(text: str, rules: Rules, known: Sequence[KnownName] = ()) -> tuple[Form, ...]:
    """Names in `text` whose vouched form differs from them in capitals alone."""
    return _misspelt(text, rules, tuple(known))


@lru_cache(maxsize=4)
def _misspelt(text: str, rules: Rules, known: tuple[KnownName, ...]) -> tuple[Form, ...]:
    editor = _vouched(known)
    low = _suspects(bag(text), rules, editor)
    if len(low) > FEW:
        words = list(WORD.finditer(text))
    else:
        words = [m for name in sorted(low) for m in _standing(text, bag(text), name)]
        words.sort(key=re.Match.start)
    return tuple(_forms(words, rules.once(_gazetteer), editor)) if words else ()


def _suspects(found: Bag, rules: Rules, editor: Mapping[str, str]) -> set[bytes]:
    """Names in lower case that may stand without their capitals: of a list, or such as the text has with them."""
    flat = rules.once(_flat)
    low = set() if flat.isdisjoint(found.words) else set(flat.intersection(found.words))
    low |= {name.encode("ascii", "replace") for name in editor}
    return low | {word.lower() for word in _camels(found) if not word.isupper()}


def _standing(text: str, found: Bag, name: bytes) -> Iterator[re.Match[str]]:
    """Where `name`, given in lower case, is a word that begins with a capital; nothing where it has all its capitals."""
    low = found.low
    at = low.find(name) if name.capitalize() in found.plain else -1
    while at >= 0:
        m = WORD.match(text, at)
        if m and m.end() == at + len(name):
            yield m
        at = low.find(name, at + 1)


def _camels(found: Bag) -> set[bytes]:
    """The runs of letters with a capital within; of those in capitals alone, some."""
    plain, outline = found.plain, found.outline.replace(b".", b" ")
    out: set[bytes] = set()
    for sign in (b"aA", b"AAa"):
        at = outline.find(sign)
        while at >= 0:
            start, end = outline.rfind(b" ", 0, at) + 1, outline.find(b" ", at)
            out.add(plain[start : end if end >= 0 else None])
            at = outline.find(sign, end) if end >= 0 else -1
    return out


def _flat(rules: Rules) -> frozenset[bytes]:
    """The gazetteer's names in lower case."""
    return frozenset(low.encode("ascii", "replace") for low in rules.once(_gazetteer))


def _forms(
    words: Sequence[re.Match[str]], listed: Mapping[str, str], editor: Mapping[str, str]
) -> Iterator[Form]:
    own = _own([m[0] for m in words], listed)
    for m in words:
        low = m[0].lower()
        for source, name in ((editor, "editor"), (own, "article"), (listed, "gazetteer")):
            right = source.get(low)
            if right:
                if right != m[0] and m[0].istitle():
                    yield Form(*m.span(), right, name)
                break


def alike(text: str, rules: Rules, known: Sequence[KnownName]) -> Iterator[Form]:
    """Words that stand once and look much like a vouched name of this text: to be flagged, never mended.

    Vouched here are the editor's names and those with an inner capital that
    the text or the gazetteer has. Likeness is rapidfuzz's ratio of the small letters.
    """
    words = list(WORD.finditer(text))
    count = Counter(m[0].lower() for m in words)
    listed = rules.once(_gazetteer)
    names = {low: listed[low] for low in count if low in listed}
    names |= _own([m[0] for m in words], listed) | _vouched(known)
    if not names or len(words) > MANY:
        return
    sure = sorted(names)
    for m in words:
        low = m[0].lower()
        if count[low] > 1 or low in names or m[0].isupper() or len(low) < SHORTEST:
            continue
        best = process.extractOne(low, sure, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best:
            yield Form(*m.span(), names[best[0]], "likeness")


def _own(words: Sequence[str], listed: Mapping[str, str]) -> dict[str, str]:
    """The article's own majority form of names that it writes with an inner capital."""
    count: dict[str, int] = {}
    for w in words:
        count[w] = count.get(w, 0) + 1
    out: dict[str, str] = {}
    for w, n in sorted(count.items()):
        if INNER.search(w) and not w.isupper() and n > 2 * count.get(w.capitalize(), 0):
            out[w.lower()] = listed.get(w.lower(), w)
    return out


def _vouched(known: Sequence[KnownName]) -> dict[str, str]:
    """The editor's own form of each one-word name; an alias may be a damaged spelling and vouches for nothing."""
    return {k.name.lower(): k.name for k in known if " " not in k.name}


def _gazetteer(rules: Rules) -> dict[str, str]:
    names = [
        n for f in ("names-cased",) for key in ("simple-icons", "wikipedia") for n in rules.words(f, key)
    ]
    return {n.lower(): n for n in names}
