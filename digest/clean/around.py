"""What a text as a whole says of its joints: words, names with a capital inside, beginnings that lines share.

Few words and names are asked for, so they are looked for one by one; of a text
that is asked often, all are listed once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from digest.clean.lines import Piece
from digest.plain import unmarked
from digest.rules import Rules

HEAD, TAIL, WORDY = re.compile(r"\w+"), re.compile(r"\w+\Z"), re.compile(r"\w")
CAPITAL = re.compile(r"[A-Z](?:(?<=[a-z].)|(?<=[A-Z].)(?=[a-z]))")  # within a word
CAPITALS = re.compile(r"[A-Z]+")
LONGEST_NAME = 30  # characters on each side of a joint
LISTED = 1000  # times that a listed name counts as seen
LOWERED = "\u212a", "\u0130"  # whose lower case is, or begins with, a letter of ASCII
ASKED, TRIES = 60, 100  # names looked for one by one, and places tried for each
# bytes of ASCII: letters in lower case, digits and _ as they are, a blank for all else
WORDS = bytes([ord(c.lower()) if WORDY.match(c) else 32 for c in map(chr, range(128))] + [32] * 128)


class Vocabulary(Container[str]):
    """The words of a text in lower case: looked for one by one, listed where many are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cut = (
            b""  # made when it is first asked: the text's words of ASCII between blanks, each where it stands
        )
        self.asked = ASKED if any(odd in text for odd in LOWERED) else 0
        self.every: Set[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self.every is None and self.asked < ASKED and isinstance(word, str) and word.isascii():
            if not self.asked:
                self.cut = b" %b " % unmarked(self.text).encode("ascii", "replace").translate(WORDS)
            self.asked += 1
            return word != "" and self._stands(b" %b " % word.encode("ascii"))
        if self.every is None:
            self.every = vocabulary(self.text)
        return word in self.every

    def _stands(self, word: bytes) -> bool:
        """Whether `word` stands somewhere between blanks that are no letters of another script."""
        at, size, text = self.cut.find(word), len(word) - 2, self.text
        while at >= 0:
            if not (WORDY.match(text, at + size) or (at and WORDY.match(text, at - 1))):
                return True
            at = self.cut.find(word, at + 1)
        return False


def vocabulary(text: str) -> Set[str]:
    """The words of `text` in lower case: what HEAD finds, but lines of ASCII are cut in half of the time."""
    plain, odd = unmarked(text), ""
    if not plain.isascii():
        lines = [*zip(plain.split("\n"), text.split("\n"), strict=True)]
        odd = "\n".join([line for same, line in lines if not same.isascii()])
        plain = "\n".join([same for same, _ in lines if same.isascii()])
    return {*words_of(plain), *HEAD.findall(odd.lower())}


def words_of(plain: str) -> list[str]:
    """The words of a text of ASCII in lower case: what HEAD finds."""
    return plain.encode("ascii").translate(WORDS).decode("ascii").split()


class Names:
    """How often words of a text are written with a capital inside, behind another word of their line."""

    def __init__(self, text: str, listed: Mapping[str, int]) -> None:
        self.text = text
        self.told = dict(listed)
        self.asked = 0
        self.every: Mapping[str, int] | None = None  # made when asked too often

    def get(self, word: str, none: int = 0) -> int:
        """How often `word` of at most LONGEST_NAME letters before its capital stands so; `none` for never."""
        times = self.told.get(word)
        if times is None:
            times = self.told[word] = self._times(word) if _camel(word) else 0
        return times or none

    def _times(self, word: str) -> int:
        self.asked += 1
        if self.every is None and self.asked < ASKED:
            tried = [at for at, _ in zip(standing(self.text, word), range(TRIES), strict=False)]
            if len(tried) < TRIES and -1 not in tried:
                return sum(_goes_on(self.text, _opened(self.text, at)) for at in tried)
        if self.every is None:
            self.every = Counter(camels(self.text))
        return self.every.get(word, 0)


class Around(NamedTuple):
    """What the whole text knows of its lines."""

    names: Names
    words: Container[str]
    lines: Set[str]
    heads: Mapping[str, int]  # what stands before joints, and how often


def around(text: str, found: Sequence[Piece], every: Sequence[Sequence[int]], rules: Rules) -> Around:
    """What `text` as a whole says of the joints of its lines; `every` are those of each piece."""
    heads = Counter([p.text[:at].rstrip() for p, some in zip(found, every, strict=True) for at in some])
    names = Names(text, rules.once(listed))
    return Around(names, Vocabulary(text), frozenset([p.text for p in found]), heads)


def listed(rules: Rules) -> Mapping[str, int]:
    """The names that are known to be written with a capital inside; meant for `rules.once`."""
    return dict.fromkeys(rules.words("camel-names", "names"), LISTED)


def standing(text: str, word: str) -> Iterator[int]:
    """Offsets at which `word` stands alone; at last -1 where it stands in too many longer words."""
    at, inside = text.find(word), 0
    while at >= 0:
        if WORDY.match(text, at + len(word)) or (at and WORDY.match(text, at - 1)):
            inside += 1
            if inside == TRIES:
                yield -1
                return
        else:
            yield at
        at = text.find(word, at + 1)


def camels(text: str) -> Iterator[str]:
    """The words of `text` with a capital inside, of some 60 letters at most, that do not begin a line."""
    end = 0
    for m in CAPITAL.finditer(text):
        at = m.start()
        if at < end or not (word := TAIL.search(text, max(end, at - 2 * LONGEST_NAME), at)):
            continue
        start = word.start()
        if not (text[at - 1].islower() or CAPITALS.fullmatch(text, start, at)):
            continue
        whole = HEAD.match(text, start)
        if whole and _goes_on(text, _opened(text, start)):
            yield whole[0]
        end = whole.end() if whole else m.end()


def _camel(word: str) -> bool:
    """Whether a word has a capital inside, as names are written."""
    capitals = (m.start() for m in CAPITAL.finditer(word))
    return any(word[at - 1].islower() or CAPITALS.fullmatch(word, 0, at) for at in capitals)


def _opened(text: str, at: int) -> int:
    """Where the opening mark before a word at `at` stands, or the word itself."""
    return at - (text[at - 1 : at] in ("“", '"', "("))


def _goes_on(text: str, at: int) -> bool:
    """Whether blanks and before them another word of the line stand before `at`."""
    start = at
    while start and text[start - 1] in " \t":
        start -= 1
    return 0 < start < at and not text[start - 1].isspace()
