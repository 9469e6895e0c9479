"""Residue glued to the story without a blank: `difference.The emergence`.

Every place where a capital, a digit or a sign follows a letter, a digit or a
mark without a blank may be a joint. A small logistic regression over what
stands before and behind it says how likely; names that are written so
(OpenAI, YouTube) speak against it, a beginning that other lines share speaks
for it. The pieces are judged like lines: a line whose pieces all stay is
rejoined as it was found, for the repair stage to mend.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import exp

from digest.clean.appeal import cues, first
from digest.clean.features import STOP, sight
from digest.clean.learned import Table, own, table
from digest.clean.lexicon import lexicon
from digest.clean.lines import WORD, Piece, normal
from digest.rules import Rules

JOINT = re.compile(
    r"(?<=[a-z])(?=[A-Z0-9“•★✅#(\[$£€*])|(?<=[:;])(?=[A-Z“‘])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
    r"|(?<=[.!?…])(?=[A-Z“\"‘])|(?<=[.!?:)])(?=\d{1,2}\. [A-Z])|(?<=[0-9])(?=[A-Z“★#\[$£€])"
    r"|(?<=[)\]”\"’»›→|*:©•™®%+])(?=[A-Z“0-9#$£€])"
)
BEHIND = re.compile(r"[A-Z0-9“\"‘•★✅#(\[$£€*](?<=\S.)")  # where a joint can be; quick to search
HEAD, TAIL = re.compile(r"\w+"), re.compile(r"\w+$")
CAMEL = re.compile(r"(?<=[^\s])[ \t]+[“\"(]?(\w*[a-z][A-Z]\w*|[A-Z]{2,}[a-z]\w*)")
KNOWN = re.compile(r"\b(?:[A-Za-z]\.)+$|\b(?:Mc|Mac|De|La|Le|Di|O['’])$")
REACH = 400  # characters: glued residue is short; also keeps a 5 MB line linear
MOST = 12  # joints looked at in one line
LONGEST_NAME = 30  # characters on each side
NAMELIKE = 0.6  # of a joint that looks like a name
LIKELY = 0.3  # of a joint: the pieces are judged again, so that most may be tried
LISTED = 1000  # times that a listed name counts as seen
COUNTS = (1, 2, 3, 5, 8, 14, 25)  # words before and behind
STOPS = ".!?…"


@dataclass(frozen=True, slots=True)
class Around:
    """What the whole text knows of its lines: names with a capital inside, words, lines, shared beginnings."""

    names: Mapping[str, int]
    words: Set[str]
    lines: Set[str]
    heads: Mapping[str, int]


def around(text: str, found: Sequence[Piece], every: Sequence[Sequence[int]], rules: Rules) -> Around:
    """What `text` as a whole says of the joints of its lines; `every` are those of each piece."""
    names = Counter(CAMEL.findall(text))
    names.update(dict.fromkeys(rules.words("camel-names", "names"), LISTED))
    heads = Counter(p.text[:at].rstrip() for p, some in zip(found, every, strict=True) for at in some)
    return Around(names, frozenset(HEAD.findall(text.lower())), frozenset(p.text for p in found), heads)


def unglued(text: str, found: Sequence[Piece], rules: Rules) -> list[Piece]:
    """The pieces, a line that begins with glued residue in two."""
    every = [joints(p.text) for p in found]
    if not any(every):
        return list(found)
    weights, whole = rules.once(table), around(text, found, every, rules)
    out: list[Piece] = []
    for i, piece in enumerate(found):
        at, sure = _best(piece.text, every[i], i, whole, rules, weights)
        if at:
            out.append(Piece(piece.start, piece.start + at, piece.text[:at], sure))
            out.append(Piece(piece.start + at, piece.end, piece.text[at:]))
        else:
            out.append(piece)
    return out


def joints(line: str) -> list[int]:
    """Offsets in `line` at which two texts may have been glued."""
    out: list[int] = []
    for m in BEHIND.finditer(line, 1, REACH):
        at = m.start()
        if JOINT.match(line, at) and not KNOWN.search(line, max(0, at - 8), at):
            out.append(at)
            if len(out) == MOST:
                break
    return out


def _best(
    line: str, every: Sequence[int], i: int, whole: Around, rules: Rules, weights: Table | None
) -> tuple[int, float]:
    """The likeliest joint of the line and how likely it is; 0 when none is likely."""
    best, where = LIKELY, 0
    for n, at in enumerate(every):
        if whole.names.get(token(line, at), 0) >= LISTED:
            continue  # a name that is written so
        look = signs(line, every, n, i, whole, rules, weights)
        p = likely(weights, look)
        if "ask" in look and "kind:stop" in look:
            p = 1.0  # an appeal that ends in a full stop
        if p > best and (p > NAMELIKE or not _like_a_name(line, at, whole.words)):
            best, where = p, at
    return where, best


def likely(weights: Table | None, look: Sequence[str]) -> float:
    """How likely a joint with these signs is one, 0 to 1."""
    if weights is None or not weights.joint:
        return 0.0
    return 1 / (1 + exp(-sum(weights.joint.get(name, 0.0) for name in look)))


def signs(
    line: str, every: Sequence[int], n: int, i: int, whole: Around, rules: Rules, weights: Table | None
) -> list[str]:
    """What speaks for and against joint `n` of `every` in line `i`, as names of weights."""
    at = every[n]
    before, behind = line[:at].rstrip(), line[at : at + REACH]
    known, (asks, _) = rules.once(lexicon), rules.once(cues)
    low, after = normal(before), normal(behind)
    words = WORD.findall(low)
    rule = known.find(low, words)
    number, cls = (known.numbers[rule.id], known.classes[rule.cls]) if rule else (0, 0)
    kind = _kind(line[at - 1], line[at])
    count, follow = bisect_right(COUNTS, len(before.split())), bisect_right(COUNTS, len(behind.split()))
    left, right = 0.0, 0.0
    if weights:
        left = own(weights, sight(before, low, words, number, cls))
        right = own(weights, sight(behind, after, WORD.findall(after), 0, 0))
    shared = min(3, whole.heads.get(before, 0) - 1) + 4 * (before in whole.lines)
    head, tail = HEAD.match(line, at), TAIL.search(before, max(0, len(before) - LONGEST_NAME))
    return [
        "bias",
        f"kind:{kind}",
        f"words:{kind}:{count}",
        f"follow:{kind}:{follow}",
        f"count:{count}:{follow}",
        f"left:{_whole(left)}:{min(count, 4)}",
        f"right:{_whole(right)}:{min(follow, 5)}",
        f"rule:{rule.cert if rule else ''}",
        f"shared:{shared}",
        f"shared:{kind}:{shared > 0}",
        f"place:{min(n, 3)}:{min(len(every), 4)}",
        f"line:{i == 0}",
        f"name:{min(2, whole.names.get(token(line, at), 0))}:{shared > 0}",
        f"titled:{min(3, sum(w[:1].isupper() for w in before.split()[-6:]) * 4 // min(6, len(before.split()) or 1))}:{min(count, 4)}",
        f"first:{_case(before)}",
        *_around(kind, head[0] if head else "", tail[0] if tail else "", behind, whole.words),
        *(["ask"] if first(asks, low) else ()),
    ]


def _around(kind: str, head: str, tail: str, behind: str, words: Set[str]) -> Iterator[str]:
    """Signs of the two words that meet."""
    low = head.lower()
    second = behind.split(" ", 2)[1:2]
    yield f"head:{kind}:{_case(head)}:{min(4, len(head))}"
    yield f"tail:{kind}:{_case(tail)}:{min(4, len(tail))}"
    yield f"function:{low in STOP}"
    yield f"alone:{kind}:{low in words}:{tail.lower() in words}"
    yield f"second:{kind}:{_case(second[0]) if second else 'none'}"
    yield f"sentence:{behind.rstrip()[-1:] in STOPS}:{'. ' in behind}"


def _kind(last: str, next_: str) -> str:
    if next_.isdigit():
        return "to-digit"
    if not next_.isalpha():
        return "to-sign"
    if last.isdigit():
        return "digit"
    if last.isalpha():
        return "lower" if last.islower() else "upper"
    return "stop" if last in STOPS else "colon" if last in ":;" else "mark"


def _case(word: str) -> str:
    if not word[:1].isalpha():
        return "digit" if word[:1].isdigit() else "sign"
    if word[0].islower():
        return "lower"
    return "caps" if len(word) > 1 and word[:2].isupper() else "title"


def _whole(x: float) -> int:
    return max(-4, min(4, round(x)))


def token(line: str, at: int) -> str:
    """The letters and digits around a joint, up to the next other character on each side."""
    start, end = at, at
    while start and line[start - 1].isalnum() and at - start < LONGEST_NAME:
        start -= 1
    while end < len(line) and line[end].isalnum() and end - at < LONGEST_NAME:
        end += 1
    return line[start:end]


def _like_a_name(line: str, at: int, vocabulary: Set[str]) -> bool:
    """Whether a joint in mid-word may be a name's own capital (RedMonk).

    Not when a common word begins behind it, or when both halves stand alone elsewhere in the text.
    """
    if not (line[at - 1].isalpha() and line[at].isalpha()):
        return False
    head, tail = HEAD.match(line, at), TAIL.search(line, max(0, at - LONGEST_NAME), at)
    if head is None or tail is None:
        return True
    return head[0].lower() not in STOP and not {head[0].lower(), tail[0].lower()} <= vocabulary
