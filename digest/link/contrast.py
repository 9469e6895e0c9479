"""What makes two sentences of nearly the same words two statements: what differs decides.

A "not", another number, another name, an opposite: one such word outweighs
all that is alike. Two sentences are laid side by side word by word, and only
where they part is looked at; what one of them leaves out, before or after, is
no difference. Words come from `rules/en/link-contrast.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from digest.link.alignment import Piece, pieces
from digest.link.telltale import GRAMMAR, LARGE, lists
from digest.link.words import listed

Kind = Literal["negation", "number", "opposite", "name", "word", "question"]

GRAVE: frozenset[Kind] = frozenset(("negation", "number", "opposite"))  # that no damage excuses
SHORT = 4  # words of a stretch that answers another; longer ones put it otherwise altogether
NEAR = 5  # words that a "not" may move: "I don't think it is", "I think it isn't"
CLOSING = 8  # characters among which a question mark ends a sentence
LOOKED_AT = 4000  # characters of a sentence in which capitals are looked for
ASKED = 0.7  # of all words that a question shares with its answer: less is a part of it that others quote
SHOUTING = 0.6  # of the longer words in capitals: they tell no names
LETTERS = {"k": "3", "m": "6", "mn": "6", "bn": "9", "b": "9", "tn": "12"}


class Contrast(NamedTuple):
    """What sets two sentences apart: its kind, and the words in each that do (offsets into them, half-open)."""

    kind: Kind
    a: tuple[int, int]
    b: tuple[int, int]
    only: bool = True  # the sentences part nowhere else


class Block(NamedTuple):
    """Pieces [a, b) of one sentence where the other has [c, d); `inner`: the sentences agree on both sides of it."""

    a: int
    b: int
    c: int
    d: int
    inner: bool


def apart(a: str, b: str, left: Sequence[str], right: Sequence[str]) -> Contrast | None:
    """What sets two sentences apart, None if nothing does; `left` and `right` are their stems.

    The cheap question first: whether a word in which they differ could matter.
    """
    asked = asks(a) != asks(b)
    if not asked and (left == right or not _may_matter(a, b, left, right)):
        return None
    return contrast(a, b)


def asks(text: str) -> bool:
    """Whether a sentence ends in a question mark."""
    return "?" in text[-CLOSING:] and text.rstrip("”\"’' )").endswith("?")


def _may_matter(a: str, b: str, left: Sequence[str], right: Sequence[str]) -> bool:
    one, two = set(left).difference(right), set(right).difference(left)
    marked = lists().marked
    if not (marked.isdisjoint(one) and marked.isdisjoint(two)):
        return True
    if not one or not two:
        return any(s.endswith("n't") for s in one or two)
    if len(one) == len(two) == 1 and lists().everyday.keys() >= one | two:
        return True
    one_cased, two_cased = a[1:LOOKED_AT], b[1:LOOKED_AT]
    capitals = one_cased != one_cased.lower() or two_cased != two_cased.lower()
    return capitals or any(_telling(s) for s in (*one, *two))


def _telling(s: str) -> bool:
    return s[0].isdigit() or s.endswith("n't") or s.startswith(lists().prefixes)


def contrast(a: str, b: str) -> Contrast | None:
    """What sets two sentences apart, the gravest first; None if nothing does.

    >>> contrast("We will sell the yard.", "We will not sell the yard.").kind
    'negation'
    >>> contrast("We will sell the yard in May.", "sell the yard")
    """
    one, two = pieces(a), pieces(b)
    blocks = list(_blocks(one, two))
    for kind, find in _FINDERS:
        for block in find(a, b, one, two, blocks):
            return Contrast(kind, *_places(one, two, block), len(blocks) == 1)
    if _questioned(a, b, one, two):
        return Contrast("question", (0, len(a)), (0, len(b)))
    return None


def _blocks(one: Sequence[Piece], two: Sequence[Piece]) -> Iterator[Block]:
    """Where two sentences part, left to right; neighbours are one block."""
    ops = Indel.opcodes([_folded(p) for p in one], [_folded(p) for p in two])
    runs = [(equal, list(held)) for equal, held in groupby(ops, key=lambda op: op.tag == "equal")]
    for k, (equal, held) in enumerate(runs):
        if not equal:
            first, last = held[0], held[-1]
            inner = 0 < k < len(runs) - 1
            yield Block(first.src_start, last.src_end, first.dest_start, last.dest_end, inner)


def _folded(p: Piece) -> str:
    return "nobodi" if p.bare == "noone" else p.stem


def _places(
    one: Sequence[Piece], two: Sequence[Piece], block: Block
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of a block in both sentences; where one has none, with the word after (or before) it."""
    a, b, c, d = block[:4]
    if a == b or c == d:
        if b < len(one) and d < len(two):
            b, d = b + 1, d + 1
        elif a and c:
            a, c = a - 1, c - 1
    return _span(one[a:b]), _span(two[c:d])


def _span(words: Sequence[Piece]) -> tuple[int, int]:
    return (words[0].start, words[-1].end) if words else (0, 0)


Blocks = Sequence[Block]
Pieces = Sequence[Piece]


def _negated(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """Blocks with a "not" on one side that the other has nowhere near."""
    odd: list[tuple[Block, int]] = []
    for x in blocks:
        if (x.a == x.b or x.c == x.d) and not _said_no(a, b, one, two, x):
            continue
        if not x.inner and max(x.b - x.a, x.d - x.c) > SHORT:
            continue
        more = _negatives(one, x.a, x.b) - _negatives(two, x.c, x.d)
        if more % 2:
            if odd and odd[-1][1] * more < 0 and x.a - odd[-1][0].b <= NEAR:
                odd.pop()
            else:
                odd.append((x, more))
    yield from (x for x, _ in odd)
    for x in blocks:
        if _answers(x) and _prefixed(one[x.a : x.b], two[x.c : x.d]):
            yield x


def _said_no(a: str, b: str, one: Pieces, two: Pieces, x: Block) -> bool:
    """Whether words that only one sentence has turn it round: no fragment's edge, nothing between commas."""
    text, words, at, end = (a, one, x.a, x.b) if x.b > x.a else (b, two, x.c, x.d)
    other = b if x.b > x.a else a
    comma = at > 0 and words[at - 1].shown.rstrip().endswith((",", "—", "–", "-"))
    if end - at > 2 and comma:
        return False
    if x.inner:
        return end - at <= 2 * SHORT
    if at > 0 or end - at > 2:  # what comes before or after is another's to leave out
        return False
    return text[:1].isupper() and other[:1].isupper() and not words[end - 1].shown.rstrip().endswith(",")


def _negatives(words: Pieces, start: int, end: int) -> int:
    known = lists()
    out = 0
    for k in range(start, end):
        w = words[k].bare
        if w in known.negative or w.endswith("n't"):
            after = words[k + 1].bare if k + 1 < len(words) else ""
            out += after not in known.after and not words[k].shown.rstrip().endswith(",")
    return out


def _prefixed(left: Pieces, right: Pieces) -> bool:
    """Whether a word of one stands in the other as its opposite: safe, unsafe."""
    known = lists()
    for x in left:
        for y in right:
            short, long = sorted((x.bare, y.bare), key=len)
            more = long[: -len(short)] if long.endswith(short) else ""
            if len(short) > 3 and short not in known.plain and more in known.prefixes:
                return True
    return False


def _answers(x: Block) -> bool:
    """Whether a few words stand where others stand."""
    return 0 < x.b - x.a <= SHORT and 0 < x.d - x.c <= SHORT


def _counted(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """Blocks with other numbers."""
    for x in blocks:
        if x.b - x.a <= 2 * SHORT and x.d - x.c <= 2 * SHORT and (x.inner or _answers(x)):
            left, right = _numbers(one, x.a, x.b), _numbers(two, x.c, x.d)
            if left and right and not any(_equal(m, n) for m in left for n in right):
                yield x


def _numbers(words: Pieces, start: int, end: int) -> list[Decimal]:
    """The numbers that stand in words, "two million" and "twenty-five" as one each."""
    known = lists()
    out: list[Decimal] = []
    before: Decimal | None = None
    for w in words[start:end]:
        value = known.numbers.get(w.bare)
        if value is None:
            value = _value(w.bare)
        if value is not None and before is not None:
            if w.bare in LARGE:
                value = out.pop() * value
            elif 20 <= before <= 90 and value < 10:
                value = out.pop() + value
        if value is not None:
            out.append(value)
        before = value
    return out


def _value(word: str) -> Decimal | None:
    """The value of a number in digits: "1,000", "5.6bn", "2nd", "1990s"."""
    if not word[0].isdigit():
        return None
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz'")
    ending = word[len(digits) :]
    try:
        return Decimal(digits.replace(",", "") + "e" + LETTERS.get(ending, "0"))
    except InvalidOperation:
        return None


def _equal(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers are one, or one is the other rounded to fewer decimals."""
    if a == b:
        return True
    places = [-int(n.as_tuple().exponent) for n in (a, b)]
    fewer = min(places)
    return fewer > 0 and places[0] != places[1] and round(a, fewer) == round(b, fewer)


def _opposed(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """Blocks that hold two opposites, one on each side."""
    opposite = lists().opposite
    for x in filter(_answers, blocks):
        left = {p for w in one[x.a : x.b] for p in opposite.get(w.stem, ())}
        right = {p for w in two[x.c : x.d] for p in opposite.get(w.stem, ())}
        if any((pair, not side) in right and (pair, side) not in right for pair, side in left):
            yield x


def _worded(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """Blocks that hold two words of which only one can stand there: he, she."""
    known = lists().apart
    for x in filter(_answers, blocks):
        left, right = ({_bare(w): w for w in s} for s in (one[x.a : x.b], two[x.c : x.d]))
        if any(
            v not in right and w not in left and not known.get(v, _NONE).isdisjoint(known.get(w, _NONE))
            for v in left
            for w in right
        ):
            yield x


_NONE: frozenset[int] = frozenset()


def _swapped(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """The only block, if it has one everyday word for another: such words weigh too little to tell by themselves."""
    if len(blocks) != 1 or (blocks[0].b - blocks[0].a, blocks[0].d - blocks[0].c) != (1, 1):
        return
    x, known = blocks[0], lists().everyday
    v, w = known.get(one[x.a].stem), known.get(two[x.c].stem)
    if v is not None and w is not None and v.isdisjoint(w):
        yield x


def _bare(w: Piece) -> str:
    """A word without a verb tied to it: she's, she."""
    return w.bare.partition("'")[0]


def _named(a: str, b: str, one: Pieces, two: Pieces, blocks: Blocks) -> Iterator[Block]:
    """Blocks with another name, or with a thing where the other has a name."""
    if _shouts(one) or _shouts(two):
        return
    for x in filter(_answers, blocks):
        left, right = one[x.a : x.b], two[x.c : x.d]
        if any("[" in w.shown for w in (*left, *right)):
            continue  # an editor's words
        m, n = ([w for w in s if _is_name(w, s[0].start == 0 and w is s[0])] for s in (left, right))
        if (m and n and not _one_name(m, n)) or _for_a_thing(left, m, right, n):
            yield x


def _for_a_thing(left: Pieces, m: Pieces, right: Pieces, n: Pieces) -> bool:
    """Whether one side is a name and nothing else, and the other a thing."""
    if bool(m) == bool(n):
        return False
    named, names, other = (left, m, right) if m else (right, n, left)
    if _initials(names, [w for w in other if w.stem not in listed()]):
        return False
    return not _things([w for w in named if w not in names]) and _things(other)


def _shouts(words: Pieces) -> bool:
    long = [w for w in words if w.end - w.start > 3]
    return sum(w.shown[:1].isupper() for w in long) > SHOUTING * len(long)


def _is_name(w: Piece, first: bool) -> bool:
    if not w.shown[:1].isupper() or w.bare.partition("'")[0] in ("i", "ok"):
        return False
    return not first or w.bare in lists().places or (w.stem.isupper() and len(w.stem) > 1)


def _one_name(m: Pieces, n: Pieces) -> bool:
    """Whether two names may be one: a word in common, initials, a shortening, a letter, two names of one place."""
    place = lists().place
    if any(x.stem.casefold() == y.stem.casefold() or _near(x, y) for x in m for y in n):
        return True
    if {place[x.bare] for x in m if x.bare in place} & {place[y.bare] for y in n if y.bare in place}:
        return True
    return _initials(m, n) or _initials(n, m)


def _near(x: Piece, y: Piece) -> bool:
    """A shortening, or a slip of spelling: its text's own, and asked about elsewhere."""
    short, long = sorted((x.bare, y.bare), key=len)
    if len(short) > 2 and long.startswith(short):
        return True
    return len(short) > 4 and Indel.normalized_similarity(short, long) >= 0.75


def _initials(m: Pieces, n: Pieces) -> bool:
    first = m[0].stem
    return len(m) == 1 and first.isupper() and "".join(w.bare[0] for w in n) == first.casefold()


def _things(words: Pieces) -> bool:
    """Whether words name a thing and do not only point at one ("it", "the firm's own")."""
    return any(listed().get(w.stem, 0) < GRAMMAR and w.shown[:1].islower() for w in words) and not any(
        w.bare in ("its", "his", "her", "their", "our", "this", "that", "these", "those") for w in words
    )


def _questioned(a: str, b: str, one: Sequence[Piece], two: Sequence[Piece]) -> bool:
    """Whether one sentence asks what the other says, in nearly all of the same words."""
    left, right = {w.stem for w in one}, {w.stem for w in two}
    return asks(a) != asks(b) and len(left & right) >= ASKED * len(left | right)


_FINDERS: tuple[tuple[Kind, Callable[[str, str, Pieces, Pieces, Blocks], Iterator[Block]]], ...] = (
    ("negation", _negated),
    ("number", _counted),
    ("opposite", _opposed),
    ("name", _named),
    ("word", _worded),
    ("word", _swapped),
)
