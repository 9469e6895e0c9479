"""Residue glued to the story without a blank: `difference.The emergence`.

Every place where a capital follows a letter, a digit or a mark without a
blank may be a joint. A small logistic regression over what stands before and
behind it says how likely; names that are written so (OpenAI, YouTube) speak
against it. The pieces are judged like lines: a line whose pieces all stay is
rejoined as it was found, for the repair stage to mend.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import exp

from digest.clean.appeal import cues, first
from digest.clean.features import STOP, sight
from digest.clean.learned import Table, own, table
from digest.clean.lexicon import lexicon
from digest.clean.lines import WORD, Piece, normal
from digest.rules import Rules

# the character behind the joint comes first, so that the search can leap from one such to the next
JOINT = re.compile(
    r"[A-Z\d“‘\"•](?:(?<=[a-z][A-Z])|(?<=[a-z.!?:)]\d)(?=\d?\. [A-Z])|(?<=[:;][A-Z“‘])|(?<=[A-Z]{3})(?=[a-z])|(?<=[.!?…][A-Z“\"‘])|(?<=[0-9][A-Z“])|(?<=[)\]”\"’»›→|*:©•][A-Z“0-9])|(?<=[a-z][“•]))"
)
HEAD, TAIL = re.compile(r"\w+"), re.compile(r"\w+$")
CAMEL = re.compile(r"[a-z][A-Z]|\A[A-Z]{2,}[a-z]")
KNOWN = re.compile(r"\b(?:[A-Za-z]\.)+$|\b(?:Mc|Mac|De|La|Le|Di|O['’])$")
REACH = 400  # characters: glued residue is short; also keeps a 5 MB line linear
MOST = 12  # joints looked at in one line
LONGEST_NAME = 30  # characters on each side
NAMELIKE = 0.6  # of a joint that looks like a name
MANY = 50  # names asked for, after which all are counted: keeps a hostile text linear
LIKELY = 0.15  # of a joint: the pieces are judged again, so that most may be tried
NAMES = (
    "bias before behind rule ask lower-upper upper-upper stop-upper digit-upper mark-upper words-1 words-3 words-8"
    " words-more behind-long behind-function behind-caps name-elsewhere short-token first-line behind-quote"
    " before-title"
).split()

ASK, STOP_UPPER = NAMES.index("ask"), NAMES.index("stop-upper")


def unglued(text: str, found: Sequence[Piece], rules: Rules) -> list[Piece]:
    """The pieces, a line that begins with glued residue in two."""
    weights = rules.once(table)
    names: Camel | None = None
    out: list[Piece] = []
    for i, piece in enumerate(found):
        at, sure = 0, 0.0
        if JOINT.search(piece.text, 1, REACH):
            if names is None:
                names = Camel(text, rules.once(_known))
            at, sure = _best(piece, i, names, rules, weights)
        if at:
            out.append(Piece(piece.start, piece.start + at, piece.text[:at], sure))
            out.append(Piece(piece.start + at, piece.end, piece.text[at:]))
        else:
            out.append(piece)
    return out


def camel(text: str) -> Counter[str]:
    """How often each word with an inner capital stands in `text`."""
    # most words fall to two tests that are far cheaper than the pattern
    odd = [w for w in HEAD.findall(text) if not (w.islower() or w.istitle())]
    return Counter([w for w in odd if CAMEL.search(w)])


class Camel(dict[str, int]):
    """How often words with an inner capital stand in a text, counted when they are asked for.

    `known` are counts to begin with. Most texts ask for a dozen words.
    """

    def __init__(self, text: str, known: Mapping[str, int]) -> None:
        self.text, self.known = text, known

    def __missing__(self, word: str) -> int:
        n = self.known.get(word, 0)
        # a search for the bare letters takes a fiftieth of the time of a list of all words
        if len(self) > MANY or self.text.count(word) + n > 1:
            n += self.every[word]
        return self.setdefault(word, n)

    @cached_property
    def every(self) -> Counter[str]:
        """The counts of all of them."""
        return camel(self.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the text in lower case."""
        return frozenset(HEAD.findall(self.text.lower()))


def _known(rules: Rules) -> dict[str, int]:
    """Names that are written with an inner capital, each as if it stood here twice."""
    return dict.fromkeys(rules.words("camel-names", "names"), 2)


def joints(line: str) -> Iterator[int]:
    """Offsets in `line` at which two texts may have been glued."""
    for n, m in enumerate(JOINT.finditer(line, 1, REACH)):
        if n == MOST:
            return
        if m.start() < len(line) and not KNOWN.search(line, max(0, m.start() - 8), m.start()):
            yield m.start()


def _best(piece: Piece, i: int, names: Camel, rules: Rules, weights: Table | None) -> tuple[int, float]:
    """The likeliest joint of the line and how likely it is; 0 when none is likely."""
    best, where = LIKELY, 0
    for at in joints(piece.text):
        if names[token(piece.text, at)] > 1:
            continue  # a name that is written so
        look = signs(piece.text, at, i, names, rules, weights)
        if weights is None or not weights.joint:
            p = 0.0
        else:
            p = 1 / (1 + exp(-sum(w * x for w, x in zip(weights.joint, look, strict=True))))
        if look[ASK] and look[STOP_UPPER]:
            p = 1.0  # an appeal that ends in a full stop
        if p > best and (p > NAMELIKE or not _like_a_name(piece.text, at, names.vocabulary)):
            best, where = p, at
    return where, best


def signs(
    line: str, at: int, i: int, names: Mapping[str, int], rules: Rules, weights: Table | None
) -> list[float]:
    """Values by NAMES for one joint of line `i`; `names` counts the text's camel-case words."""
    before, behind = line[:at].rstrip(), line[at:]
    known, (asks, _) = rules.once(lexicon), rules.once(cues)
    low = normal(before)
    words_before = WORD.findall(low)
    rule = known.find(low, words_before)
    number, cls = (known.numbers[rule.id], known.classes[rule.cls]) if rule else (0, 0)
    left = sight(before, low, words_before, number, cls)
    after = normal(behind[:REACH])
    right = sight(behind, after, WORD.findall(after), 0, 0)
    last, next_ = line[at - 1], behind[0]
    words = len(before.split())
    start = line.rfind(" ", 0, at) + 1
    head = behind.split(" ", 1)[0]
    return [
        1.0,
        _clipped(own(weights, left)) if weights else 0.0,
        _clipped(own(weights, right)) if weights else 0.0,
        float(rule is not None and rule.cert == "high"),
        float(first(asks, low) is not None),
        float(last.islower() and next_.isupper()),
        float(last.isupper()),
        float(last in ".!?…"),
        float(last.isdigit()),
        float(not last.isalnum() and last not in ".!?…"),
        float(words == 1),
        float(words in (2, 3)),
        float(3 < words <= 8),
        float(words > 8),
        float(len(behind) > 80),
        float(head.strip(".,;:’'").lower() in STOP),
        float(head[:2].isupper() and len(head) > 1),
        float(names[token(line, at)] > 1),
        float(at - start <= 3 and words == 1),
        float(i == 0),
        float(next_ in '“"‘'),
        float(before.istitle()),
    ]


def token(line: str, at: int) -> str:
    """The letters and digits around a joint, up to the next other character on each side."""
    start, end = at, at
    while start and line[start - 1].isalnum() and at - start < LONGEST_NAME:
        start -= 1
    while end < len(line) and line[end].isalnum() and end - at < LONGEST_NAME:
        end += 1
    return line[start:end]


def _like_a_name(line: str, at: int, vocabulary: frozenset[str]) -> bool:
    """Whether a joint in mid-word may be a name's own capital (RedMonk).

    Not when a common word begins behind it, or when both halves stand alone elsewhere in the text.
    """
    if not (line[at - 1].isalpha() and line[at].isalpha()):
        return False
    head, tail = HEAD.match(line, at), TAIL.search(line, max(0, at - LONGEST_NAME), at)
    if head is None or tail is None:
        return True
    return head[0].lower() not in STOP and not {head[0].lower(), tail[0].lower()} <= vocabulary


def _clipped(x: float) -> float:
    return max(-6.0, min(6.0, x))
