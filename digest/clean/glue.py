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
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from math import exp, inf, log
from typing import Any, NamedTuple

from digest.clean.appeal import cues, first
from digest.clean.around import HEAD, LISTED, LONGEST_NAME, WORDY, Around, around
from digest.clean.features import STOP, sight
from digest.clean.learned import Table, own, table
from digest.clean.lexicon import lexicon
from digest.clean.lines import Piece, tokenised
from digest.rules import Rules

# What can begin a text, and before it what can end one: the capital comes first, as the rarer.
JOINT = re.compile(
    r"[A-Z0-9“\"‘•★✅#(\[$£€*](?<=\S.)(?:(?<=[a-z][^\"‘])|(?<=[:;][A-Z“‘])|(?<=[A-Z]{3})(?=[a-z])"
    r"|(?<=[a-z.!?)]‘)(?=[A-Z])"
    r"|(?<=[.!?…][A-Z“‘])|(?<=[.!?…]\")(?=[A-Z])|(?<=[.!?:)]\d)(?=\d?\. [A-Z])|(?<=[0-9][A-Z“★#\[$£€])"
    r"|(?<=[^\s(\[^]\"[A-Z“0-9#$£€])"  # a mark behind a blank opens a quotation
    r"|(?<=[)\]”’»›→>|*:©•™®%+][A-Z“0-9#$£€]))"
)
NAME = re.compile(r"[^\W_]+")
KNOWN = re.compile(
    r"\b(?:[A-Za-z]\.)+\Z|\b(?:Mc|Mac|De|La|Le|Di|O['’]|[Cc]redits?(?:\.\.\.|…))\Z|\([A-Z0-9]{1,6}\.\Z"
)
REACH = 400  # characters: glued residue is short; also keeps a 5 MB line linear
MOST = 12  # joints looked at in one line
NAMELIKE = 0.45  # of a joint that looks like a name
LIKELY = 0.3  # of a joint: the pieces are judged again, so that most may be tried
WEAK = 0.15  # of a joint before the page's others are seen
CROWDS = (0.01, 0.03, 0.06, 0.1)  # joints to a line
COUNTS = (1, 2, 3, 5, 8, 14, 25)  # words before and behind
AMOUNTS = tuple(bisect_right(COUNTS, n) for n in range(COUNTS[-1] + 2))
STOPS = ".!?…"
ROUNDING = 1e-6  # logits: sums may come out so much apart


def unglued(text: str, found: Sequence[Piece], rules: Rules) -> list[Piece]:
    """The pieces, a line that begins with glued residue in two."""
    every = [joints(p.text) for p in found]
    weights = rules.once(table)
    if not any(every) or weights is None or not weights.joint:
        return list(found)
    whole = around(text, found, every, rules)
    best = [
        _best(piece.text, some, i, whole, rules, weights) if some else (0, 0.0)
        for i, (piece, some) in enumerate(zip(found, every, strict=True))
    ]
    total = sum([sure for _, sure in best])
    out: list[Piece] = []
    for piece, (at, sure) in zip(found, best, strict=True):
        if at:
            sure = _among(sure, (total - sure) / len(found), weights)
        if sure > (NAMELIKE if at and _like_a_name(piece.text, at, whole.words) else LIKELY):
            out.append(Piece(piece.start, piece.start + at, piece.text[:at], sure))
            out.append(Piece(piece.start + at, piece.end, piece.text[at:]))
        else:
            out.append(piece)
    return out


def _among(sure: float, share: float, weights: Table) -> float:
    """How likely a joint is, among those of the page's other lines.

    A scrape is glued on many lines or on none; in a clean text what looks like a joint stands alone.
    """
    if sure >= 1:
        return sure
    return 1 / (1 + exp(-log(sure / (1 - sure)) - weights.joint.get(crowd(share), 0.0)))


def crowd(share: float) -> str:
    """The sign of how many joints the other lines seem to have; `share` is to one line."""
    return f"crowd:{bisect_right(CROWDS, share)}"


def joints(line: str) -> list[int]:
    """Offsets in `line` at which two texts may have been glued."""
    out: list[int] = []
    for m in JOINT.finditer(line, 1, REACH):
        at = m.start()
        if not KNOWN.search(line, max(0, at - 12), at):
            out.append(at)
            if len(out) == MOST:
                break
    return out


class Joint(NamedTuple):
    """A place where two texts may meet, and what is seen there at once."""

    line: str
    at: int
    before: str
    behind: str
    kind: str
    ahead: int  # words before, by COUNTS
    follow: int  # and behind
    place: tuple[int, int]  # which of how many joints of the line
    top: bool  # whether the line is the text's first
    name: int  # how often the word that the joint lies in stands elsewhere
    head: str  # the word behind it, "" for none
    tail: str  # and the one before it


def joint(line: str, every: Sequence[int], n: int, i: int, whole: Around) -> Joint:
    """Joint `n` of `every` in line `i`."""
    at = every[n]
    before, behind = line[:at].rstrip(), line[at : at + REACH]
    ahead = AMOUNTS[len(before.split(None, COUNTS[-1]))]
    follow = AMOUNTS[len(behind.split(None, COUNTS[-1]))]
    name = whole.names.get(token(line, at))
    kind = _kind(line[at - 1], line[at])
    head, tail = HEAD.match(line, at), _tail(before)
    place = n, len(every)
    return Joint(
        line, at, before, behind, kind, ahead, follow, place, i == 0, name, head[0] if head else "", tail
    )


def _best(
    line: str, every: Sequence[int], i: int, whole: Around, rules: Rules, weights: Table
) -> tuple[int, float]:
    """The likeliest joint of the line and how likely it is; 0 when none is likely."""
    best, where = WEAK, 0
    for n, at in enumerate(every):
        j = joint(line, every, n, i, whole)
        if j.name >= LISTED:
            continue  # a name that is written so
        p = _likely(j, whole, rules, weights, best)
        if p > best:
            best, where = p, at
    return where, best


def _likely(j: Joint, whole: Around, rules: Rules, weights: Table, best: float) -> float:
    """How likely a joint is one, 0 to 1; 0 as soon as it is sure that it is not over `best`.

    What costs most to see is looked at last, and only if it could still matter.
    """
    steps = _seen(j, whole), _alone(j, whole), _behind(j, weights), _before(j, rules, weights)
    hopes = weights.joint_hopes(j.kind, min(j.follow, 5), min(j.ahead, 4))
    need = (log(best / (1 - best)) if best < 1 else inf) - ROUNDING
    total, sums = 0.0, weights.joint_sums
    for step, hope in zip(steps, hopes, strict=True):
        for look in step:
            weight = sums.get(look)
            if weight is None:
                weight = sums[look] = sum([weights.joint.get(name, 0.0) for name in _named(look)])
            total += weight
            if look == ASK and j.kind == "stop":
                return 1.0  # an appeal that ends in a full stop
        if j.kind != "stop" and total + hope <= need:
            return 0.0
    return 1 / (1 + exp(-total))


def signs(
    line: str, every: Sequence[int], n: int, i: int, whole: Around, rules: Rules, weights: Table | None
) -> list[str]:
    """What speaks for and against joint `n` of `every` in line `i`, as names of weights."""
    j = joint(line, every, n, i, whole)
    looks = [*_seen(j, whole), *_alone(j, whole), *_behind(j, weights), *_before(j, rules, weights)]
    return [name for look in looks for name in _named(look)]


Look = tuple[Any, ...]  # the name of one of LOOKS and the few values that are seen there
ASK: Look = ("ask",)
LOOKS: Mapping[str, Callable[..., list[str]]] = {
    "words": lambda kind, ahead, follow: [
        "bias",
        f"kind:{kind}",
        f"words:{kind}:{ahead}",
        f"follow:{kind}:{follow}",
        f"count:{ahead}:{follow}",
    ],
    "shared": lambda kind, shared, name: [
        f"shared:{shared}",
        f"shared:{kind}:{shared > 0}",
        f"name:{name}:{shared > 0}",
    ],
    "place": lambda n, of, top: [f"place:{n}:{of}", f"line:{top}"],
    "before": lambda titled, ahead, case: [f"titled:{titled}:{ahead}", f"first:{case}"],
    "sentence": lambda ended, more: [f"sentence:{ended}:{more}"],
    "head": lambda kind, case, n, function: [f"head:{kind}:{case}:{n}", f"function:{function}"],
    "tail": lambda kind, case, n, second: [f"tail:{kind}:{case}:{n}", f"second:{kind}:{second}"],
    "alone": lambda kind, begins, ends: [f"alone:{kind}:{begins}:{ends}"],
    "right": lambda score, follow: [f"right:{score}:{follow}"],
    "left": lambda score, ahead, cert: [f"left:{score}:{ahead}", f"rule:{cert}"],
    "ask": lambda: ["ask"],
}


def _named(look: Look) -> list[str]:
    return LOOKS[look[0]](*look[1:])


def _seen(j: Joint, whole: Around) -> Iterator[Look]:
    """What is seen at once."""
    before, behind, kind, (n, of) = j.before, j.behind, j.kind, j.place
    shared = min(3, whole.heads.get(before, 0) - 1) + 4 * (before in whole.lines)
    lately = before.rsplit(None, 6)[-6:]
    titled = len([w for w in lately if w[0].isupper()]) * 4 // (len(lately) or 1)
    yield "words", kind, j.ahead, j.follow
    yield "shared", kind, shared, min(2, j.name)
    yield "place", min(n, 3), min(of, 4), j.top
    yield "before", min(3, titled), min(j.ahead, 4), _case(before)
    yield "sentence", behind.rstrip()[-1:] in STOPS, ". " in behind
    head, tail = j.head, j.tail
    second = behind.split(" ", 2)[1:2]
    yield "head", kind, _case(head), min(4, len(head)), head.lower() in STOP
    yield "tail", kind, _case(tail), min(4, len(tail)), _case(second[0]) if second else "none"


def _tail(before: str, word: re.Pattern[str] = HEAD) -> str:
    """The word that `before` ends with, its last LONGEST_NAME letters; "" for none."""
    found = word.match(before[: -LONGEST_NAME - 1 : -1])  # backwards, since a search tries every start
    return found[0][::-1] if found else ""


def _alone(j: Joint, whole: Around) -> Iterator[Look]:
    """Whether the words that meet stand alone somewhere in the text."""
    # a word beside a sign stands alone here
    begins = j.head != "" and not WORDY.match(j.line, j.at - 1)
    ends = j.tail != "" and not WORDY.match(j.line, j.at)
    yield "alone", j.kind, begins or j.head.lower() in whole.words, ends or j.tail.lower() in whole.words


def _behind(j: Joint, weights: Table | None) -> Iterator[Look]:
    """How what stands behind would be judged as a line."""
    score = own(weights, sight(tokenised(j.behind), 0, 0)) if weights else 0.0
    yield "right", _whole(score), min(j.follow, 5)


def _before(j: Joint, rules: Rules, weights: Table | None) -> Iterator[Look]:
    """How what stands before would be judged as a line."""
    known, (asks, _) = rules.once(lexicon), rules.once(cues)
    line = tokenised(j.before)
    low, words = line[1:3]
    rule = known.find(low, words)
    score = own(weights, sight(line, *known.numbered(rule))) if weights else 0.0
    yield "left", _whole(score), min(j.ahead, 4), rule.cert if rule else ""
    # asked where it may count: to search for it takes longer than all else
    if (j.kind == "stop" or not weights or "ask" in weights.joint) and first(asks, low):
        yield ASK


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
    head = NAME.match(line, at, at + LONGEST_NAME)
    return _tail(line[:at], NAME) + (head[0] if head else "")


def _like_a_name(line: str, at: int, vocabulary: Container[str]) -> bool:
    """Whether a joint in mid-word may be a name's own capital (RedMonk).

    Not when a common word begins behind it, or when both halves stand alone elsewhere in the text.
    """
    if not (line[at - 1].isalpha() and line[at].isalpha()):
        return False
    head, ends = HEAD.match(line, at), _tail(line[:at]).lower()
    if not (head and ends):
        return True
    begins = head[0].lower()
    return begins not in STOP and not (begins in vocabulary and ends in vocabulary)
