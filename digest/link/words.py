"""Words as they are compared: stems, acronyms, and how telling each is.

A word's weight is its inverse document frequency, as in retrieval (Spärck
Jones 1972), but counted on the site's texts together with BACKGROUND texts
that nobody holds, in which a word is as common as its list in
`rules/en/link-words.yaml` says. So five texts have sound weights, and ten
thousand have their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from math import log
from sys import intern
from typing import NamedTuple

from snowballstemmer import stemmer

from digest.lines import number_of, stem_of
from digest.rules import Rules, rules_for

BACKGROUND = 1000  # imagined texts; by then a site's own counts outweigh the lists
SHARE = {"grammar": 0.6, "common": 0.3}  # of the texts; any other word: RARE
RARE = 0.005
HEAVIEST = 999  # nats that no stem weighs
SHOUTED = 2000  # characters that tell whether a text is all in capitals
LONGEST = 400  # words of a sentence that are looked at: hostile lines stay cheap

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d|[^\W_]+(?:[’'-][^\W_]+)*")


class Token(NamedTuple):
    """A word of a text: half-open offsets into it, and its stem (an acronym in capitals)."""

    start: int
    end: int
    stem: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of `text[start:end]`; hyphenated ones come apart ("open-source" is two)."""
    out: list[Token] = []
    stop = len(text) if end is None else end
    shouted = text[start : min(stop, start + SHOUTED)].isupper()
    for m in TOKEN.finditer(text, start, stop):
        word = m[0]
        if "-" not in word:
            out.append(Token(m.start(), m.end(), _stem_of(word, shouted)))
            continue
        for a, b in _pieces(text, m.start(), m.end()):
            out.append(Token(a, b, _stem_of(text[a:b], shouted)))
    return out


def word(text: str, at: int) -> Token:
    """The word of a text at an index among its `tokens`, found without making the others."""
    start, end = next(islice(_places(text), at, None))
    return Token(start, end, _stem_of(text[start:end], text[:SHOUTED].isupper()))


def _places(text: str) -> Iterator[tuple[int, int]]:
    for m in TOKEN.finditer(text):
        if "-" in m[0]:
            yield from _pieces(text, m.start(), m.end())
        else:
            yield m.span()


def spelled(text: str) -> list[str]:
    """The words that `tokens` finds in a text, as they stand there, without stemming them."""
    found = TOKEN.findall(text)
    return [p for w in found for p in w.split("-") if p] if "-" in text else found


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    cuts = [start - 1, *(i for i in range(start, end) if text[i] == "-"), end]
    return tuple((a + 1, b) for a, b in pairwise(cuts) if b > a + 1)


@lru_cache(maxsize=200_000)
def _stem_of(word: str, shouted: bool) -> str:
    bare = word.removesuffix("’s").removesuffix("'s").replace(".", "")
    if len(bare) > 1 and bare.isupper() and bare.isalpha() and not shouted:
        return intern(bare)
    return stem(word)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English stem of a word (Porter 2), possessives and irregular forms undone."""
    low = word.casefold().replace("’", "'")
    low = low.removesuffix("'s").strip("'")
    low = irregular().get(low, low)
    return intern(str(_porter().stemWord(low)) if low.isascii() else low)


@lru_cache(maxsize=1)
def _porter():  # type: ignore[no-untyped-def]
    return stemmer("english")


@lru_cache(maxsize=1)
def irregular() -> Mapping[str, str]:
    """Forms that no stemmer joins, to their base."""
    pairs = (line.split() for line in rules_for().words("link-words", "irregular"))
    return {form: base for form, base in pairs}


@lru_cache(maxsize=1)
def listed() -> Mapping[str, float]:
    """In what share of all texts the stem of a listed word stands."""
    rules: Rules = rules_for()
    out: dict[str, float] = {}
    for name in ("common", "grammar"):
        for word in rules.words("link-words", name):
            out[stem(word)] = SHARE[name]
    return out


class Moved(NamedTuple):
    """Stems that weigh more or less than they did; and those with the ones that more or fewer texts hold."""

    weighed: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


class Weights:
    """How telling stems are, in nats: 0.5 for "the", 1.2 for "people", 5.3 for a name unheard of.

    Counts are taken in classes, each four times the one before, so that one
    text more or less changes the weight of a few stems only, and with it only
    what those stand in. That costs nothing on the judged pairs
    (docs/decisions/704-relinking.md).
    """

    def __init__(self, texts: Iterable[Iterable[str]] = ()) -> None:
        self.counts: Counter[int] = Counter()  # of texts, by the number of a stem
        self.size = 0
        for stems in texts:
            self.counts.update(set(map(number_of, stems)))
            self.size += 1
        self._made = _Made(self)
        self.of = self._made.__getitem__  # the weight of one stem
        self._ranks = _Ranks(self.of)
        self.rank = self._ranks.__getitem__  # by which stems are sorted, the most telling first
        self._worth = _Worth(self)
        self.worth = self._worth.__getitem__  # what a stem proves that two texts share

    def take(self, come: Iterable[Sequence[int]], gone: Iterable[Sequence[int]]) -> Moved | None:
        """Count texts in and out, each the numbers of its stems, once; gives the stems that this changed, None for all."""
        size, numbers = self.size, Counter[int]()
        if not size:  # nothing was weighed yet
            every = list(come)
            self.counts.update(chain.from_iterable(every))
            self.size = len(every)
            self._forget()
            return None
        for sign, texts in ((1, come), (-1, gone)):
            for stems in texts:
                self.size += sign
                for n in stems:
                    numbers.setdefault(n, self.counts[n])
                    self.counts[n] += sign
        if whole(size) != whole(self.size):
            self._forget()
            return None
        before = {stem_of(n): (k, self.counts[n]) for n, k in numbers.items()}
        weighed = frozenset(s for s, (k, now) in before.items() if held(s, k) != held(s, now))
        for s in weighed:
            self._made.pop(s, None)
            self._ranks.pop(s, None)
        held_by = (s for s, (k, now) in before.items() if doubled(k - 1) != doubled(now - 1))
        moved = Moved(weighed, weighed.union(held_by))
        for s in moved.counted:
            self._worth.pop(s, None)
        return moved

    def _forget(self) -> None:
        self._made.clear()
        self._ranks.clear()
        self._worth.clear()

    def each(self, stems: Iterable[str]) -> Iterator[tuple[str, float]]:
        """Each stem once, in their order, and its weight."""
        once = dict.fromkeys(stems)
        return zip(once, map(self.of, once), strict=True)

    def sum(self, stems: Iterable[str]) -> float:
        """The weight of all stems together, repeated ones as often as they stand."""
        return sum(map(self.of, stems))


class _Made(dict[str, float]):
    """Weights, made when they are first asked for."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, stem: str) -> float:
        w = self.weights
        made = self[stem] = max(0.0, log(whole(w.size) / held(stem, w.counts.get(number_of(stem), 0))))
        return made


class _Ranks(dict[str, str]):
    """The same for the places of stems in their order."""

    def __init__(self, of: Callable[[str], float]) -> None:
        self.of = of

    def __missing__(self, stem: str) -> str:
        made = self[stem] = (
            f"{HEAVIEST - self.of(stem):010.6f}{stem}"  # strings are compared at once, pairs are not
        )
        return made


class _Worth(dict[str, float]):
    """The same for what stems prove: their weight, the less the more others hold them."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, stem: str) -> float:
        others = 1.5 * doubled(self.weights.counts.get(number_of(stem), 0) - 1) - 0.5  # the mean of its class
        made = self[stem] = self.weights.of(stem) / others
        return made


def whole(size: int) -> float:
    """About how many texts there are, with the imagined ones."""
    return BACKGROUND * roughly(size / BACKGROUND)


def held(stem: str, count: int) -> float:
    """About how many texts hold a stem, with the imagined ones."""
    imagined = BACKGROUND * listed().get(stem, RARE)
    return imagined * roughly(count / imagined)


def roughly(more: float) -> int:
    """The highest power of four that is not above 1 and so much more.

    >>> [roughly(x) for x in (0, 2.9, 3, 14, 15)]
    [1, 1, 4, 4, 16]
    """
    return 1 << (int(1 + more).bit_length() - 1) // 2 * 2


def doubled(count: int) -> int:
    """The highest power of two that is not above a count; 1 at least.

    >>> [doubled(n) for n in (0, 1, 2, 3, 4, 7)]
    [1, 1, 2, 2, 4, 4]
    """
    return 1 << (max(1, count).bit_length() - 1)


def shared(a: Sequence[str], b: Sequence[str], weights: Weights) -> float:
    """The weight of the heaviest common subsequence of two sentences."""
    if a == b:
        return weights.sum(a)
    both = set(a).intersection(b)
    left, right = [x for x in a if x in both], [y for y in b if y in both]
    if left == right:
        return weights.sum(left)
    best = [0.0] * (len(right) + 1)
    for x in left:
        gain, before = weights.of(x), 0.0
        for j, y in enumerate(right, 1):
            kept = best[j]
            if x == y and before + gain > kept:
                best[j] = before + gain
            if best[j - 1] > best[j]:
                best[j] = best[j - 1]
            before = kept
    return best[-1]


def spelled_out(stems: Sequence[Token], acronyms: Iterable[str], text: str) -> list[str]:
    """The stems of a sentence, with each run whose initials spell an acronym put as that acronym."""
    wanted = sorted(set(acronyms), key=lambda a: (-len(a), a))
    out: list[str] = []
    i = 0
    while i < len(stems):
        for a in wanted:
            run = stems[i : i + len(a)]
            if len(run) == len(a) and all(text[t.start].upper() == c for t, c in zip(run, a, strict=True)):
                out.append(a)
                i += len(a)
                break
        else:
            out.append(stems[i].stem)
            i += 1
    return out
