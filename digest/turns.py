"""Where people speak in turns without quotation marks: transcripts, `Q:` and `A:`, interviews.

Words of a turn are somebody's words, as sacred as those between marks. One
label proves nothing (`Update:`, `Price:`, a dateline): several turns by names
that take turns are wanted, one of them a likely party, and lines that talk
like people. Of an interview whose lines bear no names the questions must
speak to somebody and the answers for themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from digest import marks
from digest.rules import Rules
from digest.text import Span

WORD = r"[^\W\d_a-zß-ÿ][\w.’'&-]{0,29}"
NAME = rf"{WORD}(?: (?:{WORD}|of|and|de|la|van|der|von|da|bin|al|\d{{1,2}})){{0,5}}"
TIME = r"[\[(]?\d{1,2}(?::\d\d){1,2}(?: ?[AaPp]\.?[Mm]\.?)?[\])]?"
ROLE = r", [^:.?!\n]{1,60}| \([^():\n]{1,40}\)"
HEAD = re.compile(rf"(?:{TIME} )?(?P<name>{NAME})(?:{ROLE})?(?: ?{TIME})?")
INLINE = re.compile(rf"[.?!…][\"”’')\]]* (?P<name>{WORD}(?: {WORD}){{0,2}})\Z")
LETTERED = re.compile(r"^(?P<name>[QA])\. (?=\S)", re.M)  # Q. Why? A. Because.
LONGEST = 110  # characters of a label with role and time
DENSE = 0.25  # questions among the lines from the first of them to the last
SAYS = 8  # words of an answer that may be asked to say I
FEWEST = 4  # turns, and questions of an interview without labels
TALK = re.compile(
    r"\?|\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Mm]e|[Uu]s|[Yy]ou|[Yy]our|[Tt]hanks?|[Oo]h|[Hh]ello)\b|\b[Ll]et['’]s\b"
)
TALKING = 0.4  # of all turns: lists and tables of labelled lines have next to none
SELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b")
OWN = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
ADDRESSED = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ours)\b")
SPEAKS = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself|[Ww]e|[Oo]urs?|[Uu]s|[Yy]ou|[Yy]ours?)\b")
# of a list that tells what each of several does: Ann Lee: Wants a bridge.
THIRD = re.compile(
    r"\W*(?:Says|Said|Wants|Wanted|Supports|Opposes|Backs|Backed|Favou?rs|Calls|Plans|Promises|Proposes|Pledges|Vows|Thinks|"
    r"Believes|Argues|Claims|Hopes|Needs|Seeks|Rejects|Denies|Voted|Votes|Cuts|Gets|Makes|Takes|Keeps|"
    r"(?:Would|Has|Had|Is|Was|Does|Did|Could|Should)\b(?=[^.?!\n]*(?:[.!]|\Z)))(?=\W|\Z)"
)
STOPS = (".", "?", "!", "…", "”", '"', "’", "'", ")", "—", "–")
BRACKETS = "([{"
QUOTES = "\"“‘'«„"
MANY = 6  # lines without a label between two turns: more are a reporter's
LOOSE = 3.0  # lines without a label for each turn: beyond that a reporter's story stands between
REPORTS = r"(?:sa(?:id|ys)|told|tells|add(?:s|ed)|asked|asks|replie[sd])"
ASKED = 20  # speakers of whom it is asked whether they are likely ones
CAPS = 0.9  # of a label's letters
SHOUTED = 0.8  # of the labels in capitals: then others are no speaker's
TOLD = re.compile(
    r"\b(?:[Ii]nterview(?:ed)?|Q ?& ?A|[Cc]onversation|[Cc]ondensed|[Ee]dited for|(?:[Ss]poke|[Tt]alked) (?:to|with)|[Ss]at down with)\b"
)


class Turn(NamedTuple):
    """Words of one speaker in one line, and the label they stand behind.

    Half-open code points of the text. A line that goes on with a turn has the
    label of its first; without labels both speaker offsets are -1. `asks`:
    by one who mostly asks. `key` is the same for all labels of a speaker.
    """

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    key: str
    asks: bool
    goes_on: bool = False


class Label(NamedTuple):
    """A name before a colon; `line` is where its line begins, `after` where the words may begin."""

    start: int
    end: int
    after: int
    line: int
    key: str
    caps: bool


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """What the rules of a language know of speakers."""

    parties: frozenset[str]
    labels: frozenset[str]
    titles: frozenset[str]
    first: frozenset[str]


def parties(rules: Rules) -> Parties:
    """The word lists as sets, in small letters."""
    many = [rules.words("names", k) for k in ("male", "female", "either")]
    titles = [rules.words("names", k) for k in ("titles", "titles_m", "titles_f")]
    return Parties(
        frozenset(rules.words("turns", "parties")),
        frozenset(rules.words("turns", "labels")),
        frozenset(t.casefold() for some in titles for t in some),
        frozenset(n.casefold() for some in many for n in some),
    )


@lru_cache(maxsize=8)
def turns(text: str, rules: Rules) -> tuple[Turn, ...]:
    """Every turn of a dialogue without marks, in order, never overlapping; () where nobody takes turns."""
    if text.count(":") < FEWEST and text.count("?\n") < FEWEST and "Q. " not in text:
        return ()  # as in most texts
    known = rules.once(parties)
    if not known.parties:
        return ()
    used = _used(text, _apart([x for x in _labels(text) if x.key not in known.labels], text, known), known)
    return tuple(_labelled(text, used, known)) if used else tuple(_interview(text))


def protected(text: str, rules: Rules, declared: tuple[Span, ...] = ()) -> tuple[Span, ...]:
    """Stretches whose words must not be changed: every quotation and every turn, by place.

    `declared` are lines that the page's markup calls somebody's words.
    """
    quoted, spoken = marks.protected(text, declared), turns(text, rules)
    return tuple(sorted((*quoted, *(Span(t.start, t.end) for t in spoken)))) if spoken else quoted


# Labels


def _labels(text: str) -> list[Label]:
    found = [x for at in _colons(text) if (x := _label(text, at))]
    if "\nQ. " in text or text.startswith("Q. "):
        found += [_lettered(m) for m in LETTERED.finditer(text)]
        found.sort()
    return found


def _colons(text: str) -> Iterator[int]:
    at = text.find(":")
    while at >= 0:
        if text[at + 1 : at + 2] in ("", " ", "\n", "\u00a0", "\t"):
            yield at
        at = text.find(":", at + 1)


def _label(text: str, colon: int) -> Label | None:
    """The label that ends at a colon: the whole line before it, else the end of it behind a sentence."""
    low = max(0, colon - LONGEST)
    line = text.rfind("\n", low, colon) + 1
    begins = bool(line) or not low
    m = HEAD.fullmatch(text, line, colon) if begins else None
    m = m or INLINE.search(text, line or low, colon)
    if m is None:
        return None
    start, end = m.span("name")
    return Label(start, end, colon + 1, line if begins else -1, key(m["name"]), _caps(m["name"]))


def _lettered(m: re.Match[str]) -> Label:
    return Label(m.start(), m.start() + 1, m.end(), m.start(), m["name"].casefold(), True)


def key(name: str) -> str:
    """By what a label is told from others: the last word, the whole where that is a number or letter."""
    words = name.split()
    last = re.sub(r"[’']s$", "", words[-1]).strip(".").casefold()
    return last if len(words) == 1 or (len(last) > 1 and not last.isdigit()) else name.casefold()


def _apart(found: Sequence[Label], text: str, known: Parties) -> list[Label]:
    """The labels, each with its whole as key where one last word stands behind two first names."""
    firsts: dict[str, set[str]] = {}
    for x in found:
        words = text[x.start : x.end].casefold().split()
        if len(words) > 1 and words[0] in known.first:
            firsts.setdefault(x.key, set()).add(words[0])
    two = {k for k, names in firsts.items() if len(names) > 1}
    return [x._replace(key=text[x.start : x.end].casefold()) if x.key in two else x for x in found]


def _caps(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) >= CAPS * len(letters)


# Dialogues


def _used(text: str, found: Sequence[Label], known: Parties) -> list[Label]:
    """The labels of a dialogue; [] where there is none."""
    times = Counter(x.key for x in found)
    shouted = sum(x.caps for x in found if times[x.key] > 1) > SHOUTED * sum(
        n for n in times.values() if n > 1
    )
    found = [x for x in found if x.caps] if shouted else found
    times = Counter(x.key for x in found)
    mains = {k for k, n in times.items() if n > 1}
    if len(mains) < 2:
        return []
    ours = [x.start for x in found if x.key in mains]
    within = range(ours[0], ours[-1])
    used = [x for x in found if x.key in mains or (x.start in within and _once(text, x, shouted, known))]
    changes = sum(a.key != b.key for a, b in pairwise(used))
    if len(used) < FEWEST or changes < max(3, len(used) // 2):
        return []
    heads = {x.key: x for x in reversed(used) if x.key in mains}
    likely = any(_likely(text, heads[k], known) for k, _ in times.most_common(ASKED) if k in heads)
    if not likely or not _talks(text, used, mains) or _listed(text, used):
        return []
    return used if _formal(used, known) or _converse(text, used, mains, known) else []


def _listed(text: str, used: Sequence[Label]) -> bool:
    """Whether several labels stand before what somebody does and not before what somebody says."""
    return sum(1 for x in used if THIRD.match(text, x.after)) > 1


def _formal(used: Sequence[Label], known: Parties) -> bool:
    """Whether the labels alone tell a transcript: in capitals, Q and A, or one of them a role."""
    return all(x.caps for x in used) or any(x.key in ("q", "a") or x.key in known.parties for x in used)


def _converse(text: str, used: Sequence[Label], mains: set[str], known: Parties) -> bool:
    """Whether of two main speakers one answers the other's question and each speaks for itself or mostly asks.

    One of them must be a person whom the text names: a list has labels with a capital too.
    """
    labels = dict.fromkeys(text[x.start : x.end] for x in used if x.key in mains)
    if not any(_person(text, label, known) for label in islice(labels, ASKED)):
        return False
    ends = [*(x.start for x in used[1:]), _line_end(text, used[-1].after)]
    said = [
        text[x.after : min(end, _line_end(text, x.after))].strip() for x, end in zip(used, ends, strict=True)
    ]
    times = Counter(x.key for x, s in zip(used, said, strict=True) if OWN.search(s))
    own = {k for k in mains if times[k] > 1}
    turned = pairwise(zip(used, said, strict=True))
    answered = any(a.key != b.key and b.key in own and s.endswith("?") for (a, s), (b, _) in turned)
    return answered and len(own | (_asking(text, used) & mains)) > 1


def _person(text: str, label: str, known: Parties) -> bool:
    """Whether a label is a full name, or the text has it behind a first name or title (or as a first name before another)."""
    words = label.split()
    if len(words) > 1:
        return _named(label, known) or _likely_within(text, words[-1])
    word = words[0].strip(".")
    before = re.finditer(rf"(?<![\w’'-])([^\W\d_][\w’'-]{{0,29}})\.? (?:[A-Z]\. )?{re.escape(word)}\b", text)
    if any(m[1].casefold() in known.first | known.titles and m[1][0].isupper() for m in before):
        return True
    return word.casefold() in known.first and re.search(rf"\b{re.escape(word)} [A-Z][a-z]", text) is not None


def _once(text: str, x: Label, shouted: bool, known: Parties) -> bool:
    """Whether a label that comes once is a speaker's too: at a line's head, written like the others or a full name."""
    return x.start == x.line and (shouted or _named(text[x.start : x.end], known))


def _named(label: str, known: Parties) -> bool:
    """Whether a label has a title or a first name before another word."""
    words = label.casefold().split()
    return len(words) > 1 and (words[0].strip(".") in known.titles or words[0] in known.first)


def _likely(text: str, x: Label, known: Parties) -> bool:
    """Whether a label is a party's: a role, a full name, or a name that the text has within a sentence."""
    if x.key in ("q", "a") or x.key in known.parties or x.key.split()[0] in known.parties:
        return True
    label = text[x.start : x.end]
    if _named(label, known):
        return True
    return _likely_within(text, label.split()[-1])


def _likely_within(text: str, last: str) -> bool:
    """Whether a word stands within a sentence, with a capital and never without."""
    word = re.escape(last.strip("."))
    title = re.escape(last.strip(".").title())
    within = re.search(rf"[\w,;”’] (?:{word}|{title})\b(?![^\n]{{0,60}}:)", text)
    return within is not None and re.search(rf"\b{word.lower()}\b", text) is None


def _talks(text: str, used: Sequence[Label], mains: set[str]) -> bool:
    """Whether enough turns talk as people do; of questions and answers alone, whether a third of the answers say I or we, and one I."""
    said = [text[x.after : _line_end(text, x.after)] for x in used]
    if sum(1 for s in said if TALK.search(s)) < TALKING * len(used):
        return False
    if mains != {"q", "a"}:
        return any("?" in s for s in said) or len(used) >= 2 * FEWEST
    answers = [s for s, x in zip(said, used, strict=True) if x.key == "a"]
    own = sum(1 for s in answers if OWN.search(s))
    return 3 * own >= len(answers) and any(SELF.search(s) for s in answers)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _labelled(text: str, used: Sequence[Label], known: Parties) -> Iterator[Turn]:
    """The turns behind labels, with the lines that go on with them."""
    asking = _asking(text, used)
    ends = [x.start for x in used[1:]] + [_line_end(text, used[-1].after)]
    bare = sum(text.count("\n", x.after, end) for x, end in zip(used, ends, strict=True))
    parted = any(text[x.line - 2 : x.line] == "\n\n" for x in used[1:]) and not _formal(used, known)
    loose = bare - text.count("\n\n", used[0].start, ends[-1]) > LOOSE * len(used)
    names = "|".join(sorted({re.escape(text[x.start : x.end].split()[-1].title()) for x in used}))
    told = re.compile(rf"\b(?:{names})\b[^.?!\n]{{0,20}}\b{REPORTS}\b|\b{REPORTS} (?:{names})\b")
    for x, end in zip(used, ends, strict=True):
        for n, (a, b) in enumerate(_pieces(text, x.after, end)):
            close = not parted or text[a - 2 : a] != "\n\n"  # else it may be a reporter's
            if n and (loose or n > MANY or not close or not _goes_on(text[a:b], told)):
                break
            yield Turn(a, b, x.start, x.end, x.key, x.key in asking, n > 0)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch without the blanks around their words."""
    at = start
    for line in text[start:end].split("\n"):
        if words := line.strip():
            a = at + line.index(words[0])
            yield a, a + len(words)
        at += len(line) + 1


def _goes_on(line: str, told: re.Pattern[str]) -> bool:
    """Whether a line without a label goes on with the turn: a whole sentence that says I, we or you, no stage direction, no report."""
    whole = line[0] not in BRACKETS and line.endswith(STOPS)
    return whole and SPEAKS.search(line) is not None and not told.search(line)


def _asking(text: str, used: Sequence[Label]) -> set[str]:
    """The speakers of whose turns at least half ask."""
    asked: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for x in used:
        times[x.key] += 1
        asked[x.key] += "?" in text[x.after : _line_end(text, x.after)]
    return {k for k, n in times.items() if k in ("q", "question") or 2 * asked[k] >= n} - {"a"}


# Interviews without labels


def _interview(text: str) -> Iterator[Turn]:
    """Questions in lines of their own and what answers them."""
    if text.count("?\n") < FEWEST or not TOLD.search(text):
        return
    lines = list(_pieces(text, 0, len(text)))
    asks = [i for i, (a, b) in enumerate(lines) if _question(text[a:b])]
    if len(asks) < FEWEST or len(asks) < DENSE * (asks[-1] - asks[0]):
        return
    runs = [lines[i + 1 : j] for i, j in zip(asks, [*asks[1:], len(lines)], strict=True)]
    answers = [text[run[0][0] : run[0][1]] for run in runs if run]
    spoken = [text[slice(*lines[i])] for i in asks]
    if len(answers) < len(asks) - 1 or not _meant(spoken, answers):
        return
    for i, run in zip(asks, runs, strict=True):
        yield Turn(*lines[i], -1, -1, "q", True)
        for n, (a, b) in enumerate(run[:MANY]):
            if n == 0 or SELF.search(text, a, b):
                yield Turn(a, b, -1, -1, "a", False, n > 0)
            else:
                break


def _question(line: str) -> bool:
    return line.endswith("?") and len(line) <= 4 * LONGEST and line[0] not in QUOTES + BRACKETS


def _meant(asked: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether half of the questions speak to somebody and of the longer answers for themselves, few in marks."""
    if sum(1 for a in answers if a[0] in QUOTES) > len(answers) // 4:
        return False
    you = sum(1 for q in asked if ADDRESSED.search(q))
    full = [a for a in answers if len(a.split()) >= SAYS]
    own = sum(1 for a in full if SELF.search(a))
    return you >= max(3, len(asked) // 2) and own >= max(3, len(full) // 2)


def turn_at(found: Sequence[Turn], place: int) -> Turn | None:
    """The turn that holds a place of the text; `found` by place."""
    k = bisect_right(found, place, key=lambda t: t.start) - 1
    return found[k] if k >= 0 and place < found[k].end else None
