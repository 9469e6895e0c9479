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
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from math import exp, inf, log
from typing import NamedTuple

from digest.clean.appeal import cues, first
from digest.clean.features import STOP, sight
from digest.clean.learned import Table, own, table
from digest.clean.lexicon import lexicon
from digest.clean.lines import Piece, tokenised
from digest.rules import Rules

# What can begin a text, and before it what can end one: the capital comes first, as the rarer.
JOINT = re.compile(
    r"[A-Z0-9“\"‘•★✅#(\[$£€*](?<=\S.)(?:(?<=[a-z][^\"‘])|(?<=[:;][A-Z“‘])|(?<=[A-Z]{3})(?=[a-z])"
    r"|(?<=[a-z.!?)]‘)(?=[A-Z])"
    r"|(?<=[.!?…][A-Z“\"‘])|(?<=[.!?:)]\d)(?=\d?\. [A-Z])|(?<=[0-9][A-Z“★#\[$£€])"
    r"|(?<=[^\s(\[^]\"[A-Z“0-9#$£€])"  # a mark behind a blank opens a quotation
    r"|(?<=[)\]”’»›→>|*:©•™®%+][A-Z“0-9#$£€]))"
)
HEAD, TAIL, WORDY = re.compile(r"\w+"), re.compile(r"\w+\Z"), re.compile(r"\w")
NAME_HEAD, NAME_TAIL = re.compile(r"[^\W_]+"), re.compile(r"[^\W_]+\Z")
CAPITAL = re.compile(r"[A-Z](?:(?<=[a-z].)|(?<=[A-Z].)(?=[a-z]))")  # within a word
CAPITALS = re.compile(r"[A-Z]+")
KNOWN = re.compile(r"\b(?:[A-Za-z]\.)+\Z|\b(?:Mc|Mac|De|La|Le|Di|O['’])\Z")
REACH = 400  # characters: glued residue is short; also keeps a 5 MB line linear
MOST = 12  # joints looked at in one line
LONGEST_NAME = 30  # characters on each side
NAMELIKE = 0.45  # of a joint that looks like a name
LIKELY = 0.3  # of a joint: the pieces are judged again, so that most may be tried
WEAK = 0.15  # of a joint before the page's others are seen
CROWDS = (0.01, 0.03, 0.06, 0.1)  # joints to a line
LISTED = 1000  # times that a listed name counts as seen
COUNTS = (1, 2, 3, 5, 8, 14, 25)  # words before and behind
STOPS = ".!?…"
ASKED, TRIES = 60, 100  # words looked for one by one, and places tried for each
ROUNDING = 1e-6  # logits: sums may come out so much apart


class Vocabulary(Container[str]):
    """The words of a text in lower case.

    A few are looked for one by one, which is quicker than to cut the whole text into words.
    """

    def __init__(self, text: str) -> None:
        self.low = text.lower()
        self.told: dict[object, bool] = {}
        self.every: Set[str] | None = None  # made when asked too often, or for a part of many words

    def __contains__(self, word: object) -> bool:
        if word not in self.told:
            self.told[word] = isinstance(word, str) and word != "" and self._holds(word)
        return self.told[word]

    def _holds(self, word: str) -> bool:
        if self.every is None and len(self.told) < ASKED:
            found = self._found(word)
            if found is not None:
                return found
        if self.every is None:
            self.every = frozenset(HEAD.findall(self.low))
        return word in self.every

    def _found(self, word: str) -> bool | None:
        """Whether `word` stands alone somewhere; None when it stands in too many longer ones."""
        low, at = self.low, -1
        for _ in range(TRIES):
            at = low.find(word, at + 1)
            if at < 0:
                return False
            end = at + len(word)
            if not WORDY.match(low, end) and not (at and WORDY.match(low, at - 1)):
                return True
        return None


class Around(NamedTuple):
    """What the whole text knows of its lines: names with a capital inside, words, lines, shared beginnings."""

    names: Mapping[str, int]
    words: Container[str]
    lines: Set[str]
    heads: Mapping[str, int]


def around(text: str, found: Sequence[Piece], every: Sequence[Sequence[int]], rules: Rules) -> Around:
    """What `text` as a whole says of the joints of its lines; `every` are those of each piece."""
    names = Counter(rules.once(listed))
    names.update(camels(text))
    heads = Counter(p.text[:at].rstrip() for p, some in zip(found, every, strict=True) for at in some)
    return Around(names, Vocabulary(text), frozenset(p.text for p in found), heads)


def listed(rules: Rules) -> Mapping[str, int]:
    """The names that are known to be written with a capital inside; meant for `rules.once`."""
    return dict.fromkeys(rules.words("camel-names", "names"), LISTED)


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
        if whole and _goes_on(text, start - (text[start - 1 : start] in ("“", '"', "("))):
            yield whole[0]
        end = whole.end() if whole else m.end()


def _goes_on(text: str, at: int) -> bool:
    """Whether blanks and before them another word of the line stand before `at`."""
    start = at
    while start and text[start - 1] in " \t":
        start -= 1
    return 0 < start < at and not text[start - 1].isspace()


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
        if not KNOWN.search(line, max(0, at - 8), at):
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


def joint(line: str, every: Sequence[int], n: int, i: int, whole: Around) -> Joint:
    """Joint `n` of `every` in line `i`."""
    at = every[n]
    before, behind = line[:at].rstrip(), line[at : at + REACH]
    ahead, follow = (bisect_right(COUNTS, len(x.split(None, COUNTS[-1]))) for x in (before, behind))
    name = whole.names.get(token(line, at), 0)
    kind = _kind(line[at - 1], line[at])
    return Joint(line, at, before, behind, kind, ahead, follow, (n, len(every)), i == 0, name)


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
    kinds = f"alone:{j.kind}", f"right:*:{min(j.follow, 5)}", f"left:*:{min(j.ahead, 4)}", "rule"
    hopes = [weights.joint_most.get(kind, 0.0) for kind in kinds]
    need = (log(best / (1 - best)) if best < 1 else inf) - ROUNDING
    total = 0.0
    for n, step in enumerate(steps):
        for name in step:
            total += weights.joint.get(name, 0.0)
            if name == "ask" and j.kind == "stop":
                return 1.0  # an appeal that ends in a full stop
        if j.kind != "stop" and total + sum(hopes[n:]) <= need:
            return 0.0
    return 1 / (1 + exp(-total))


def signs(
    line: str, every: Sequence[int], n: int, i: int, whole: Around, rules: Rules, weights: Table | None
) -> list[str]:
    """What speaks for and against joint `n` of `every` in line `i`, as names of weights."""
    j = joint(line, every, n, i, whole)
    return [*_seen(j, whole), *_alone(j, whole), *_behind(j, weights), *_before(j, rules, weights)]


def _seen(j: Joint, whole: Around) -> Iterator[str]:
    """Signs that are seen at once."""
    before, behind, kind, (n, of) = j.before, j.behind, j.kind, j.place
    shared = min(3, whole.heads.get(before, 0) - 1) + 4 * (before in whole.lines)
    lately = before.rsplit(None, 6)[-6:]
    titled = sum([w[:1].isupper() for w in lately]) * 4 // (len(lately) or 1)
    yield "bias"
    yield f"kind:{kind}"
    yield f"words:{kind}:{j.ahead}"
    yield f"follow:{kind}:{j.follow}"
    yield f"count:{j.ahead}:{j.follow}"
    yield f"shared:{shared}"
    yield f"shared:{kind}:{shared > 0}"
    yield f"place:{min(n, 3)}:{min(of, 4)}"
    yield f"line:{j.top}"
    yield f"name:{min(2, j.name)}:{shared > 0}"
    yield f"titled:{min(3, titled)}:{min(j.ahead, 4)}"
    yield f"first:{_case(before)}"
    yield f"sentence:{behind.rstrip()[-1:] in STOPS}:{'. ' in behind}"
    yield from _meeting(j)


def _meeting(j: Joint) -> Iterator[str]:
    """Signs of the words that meet."""
    head, tail = _meet(j.line, j.at, j.before)
    second = j.behind.split(" ", 2)[1:2]
    yield f"head:{j.kind}:{_case(head)}:{min(4, len(head))}"
    yield f"tail:{j.kind}:{_case(tail)}:{min(4, len(tail))}"
    yield f"function:{head.lower() in STOP}"
    yield f"second:{j.kind}:{_case(second[0]) if second else 'none'}"


def _meet(line: str, at: int, before: str) -> tuple[str, str]:
    """The word behind a joint and the one before it, "" where there is none."""
    head, tail = HEAD.match(line, at), TAIL.search(before, max(0, len(before) - LONGEST_NAME))
    return head[0] if head else "", tail[0] if tail else ""


def _alone(j: Joint, whole: Around) -> Iterator[str]:
    """Whether the words that meet stand alone somewhere in the text."""
    head, tail = _meet(j.line, j.at, j.before)
    # a word beside a sign stands alone here
    begins = bool(head) and not WORDY.match(j.line, j.at - 1)
    ends = bool(tail) and not WORDY.match(j.line, j.at)
    yield f"alone:{j.kind}:{begins or head.lower() in whole.words}:{ends or tail.lower() in whole.words}"


def _behind(j: Joint, weights: Table | None) -> Iterator[str]:
    """How what stands behind would be judged as a line."""
    score = own(weights, sight(tokenised(j.behind), 0, 0)) if weights else 0.0
    yield f"right:{_whole(score)}:{min(j.follow, 5)}"


def _before(j: Joint, rules: Rules, weights: Table | None) -> Iterator[str]:
    """How what stands before would be judged as a line."""
    known, (asks, _) = rules.once(lexicon), rules.once(cues)
    line = tokenised(j.before)
    rule = known.find(line.low, line.words)
    score = own(weights, sight(line, *known.numbered(rule))) if weights else 0.0
    yield f"left:{_whole(score)}:{min(j.ahead, 4)}"
    yield f"rule:{rule.cert if rule else ''}"
    if first(asks, line.low):
        yield "ask"


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
    head = NAME_HEAD.match(line, at, at + LONGEST_NAME)
    tail = NAME_TAIL.search(line, max(0, at - LONGEST_NAME), at)
    return (tail[0] if tail else "") + (head[0] if head else "")


def _like_a_name(line: str, at: int, vocabulary: Container[str]) -> bool:
    """Whether a joint in mid-word may be a name's own capital (RedMonk).

    Not when a common word begins behind it, or when both halves stand alone elsewhere in the text.
    """
    if not (line[at - 1].isalpha() and line[at].isalpha()):
        return False
    head, tail = _meet(line, at, line[:at])
    if not (head and tail):
        return True
    return head.lower() not in STOP and not (head.lower() in vocabulary and tail.lower() in vocabulary)
