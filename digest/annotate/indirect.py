"""Reported statements without marks: `Lee said that the bridge would hold`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.annotate.classes import (
    BE,
    CUTS,
    DAYS,
    DETERMINERS,
    FINITE,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED,
    TITLES,
)
from digest.annotate.cues import SAYING, Cue, Speech
from digest.annotate.hits import ACCORDING, Hit
from digest.annotate.names import Speaker
from digest.annotate.sentences import FOLDED, Tokens
from digest.model import Frame, Indirect
from digest.text import Cert, Span

SHORT = 4  # words: a reported statement has at least a subject and a verb with something to it
CLOSERS = frozenset("in on at during to by , after before last this as when who of".split())
BREAKS = frozenset("; —".split())
PARTED = frozenset((",", ";", FOLDED))
PLACED = PREPOSITIONS | DAYS | SKIPPED | {"this", "last"}

THINGS = frozenset("it they It They".split())
SUBJECTS = frozenset("he she they we I He She They We".split())
MODAL = frozenset("could can will would may might should must did does do to ’ll 'll".split())
FAILING = frozenset(
    "fail fails failed failing refuse refuses refused decline declined declines neglected".split()
)
OPENED = frozenset(w.lower() for w in OPENERS)  # So when …, Lee said
UNSURE = frozenset("if because when unless although though whereas".split())
JOINING = frozenset("and but or nor who which whose where rather as said says".split())
COUNTED = frozenset(
    "a an the one two three four five six several few some A An The One Two Three Several".split()
)
SINCE = frozenset("after before later earlier ago since".split())


def indirect(words: Tokens, found: Sequence[Hit], speech: Speech) -> Iterator[Indirect]:
    """The reported statements of a sentence, left to right, never overlapping."""
    end = 0
    for n, hit in enumerate(found):
        if hit.speaker is None or hit.at < end or hit.cue.weak or hit.cue.owned:
            continue
        s = hit.speaker
        if (n and any(s.first <= h.at <= s.last for h in found[:n])) or not _speaks(words, hit, speech):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        made = _content(words, hit, after, speech.times)
        if made is None:
            continue
        first, last, rule = made
        while first < last and (words[first] in (",", ":") or words[first] == FOLDED):
            first += 1
        if first < end or not _long(words[first : last + 1]):
            continue  # the clause before is the statement; a quotation is listed itself
        end = last + 1
        yield _indirect(words, first, last, hit, rule)


def may_report(words: Tokens, found: Sequence[tuple[int, int, Cue]]) -> bool:
    """Whether one of the cues of a sentence may have a statement, whoever speaks; seven sentences in ten have none."""
    return any(_may_report(words, at, last + 1, cue) for at, last, cue in found)


def _may_report(words: Tokens, at: int, first: int, cue: Cue) -> bool:
    """Whether what stands around a cue, which ends before token `first`, may be what it reports (see `_content`)."""
    if cue.weak or cue.owned:
        return False
    if cue is ACCORDING or (cue.names and "as" in words[first + 1 : first + 14]):
        return True
    if cue.cls not in SAYING:
        return False
    left = len(words) - first
    if left > 0 and ("that" in words[first : first + 9] or _clause(words, first)):
        return True
    if at and (words[at - 1] in (",", ".") or words[at - 1] in TITLES):
        return True  # …, warned Lee
    closes = left <= 3 or (left <= 14 and words[first] in CLOSERS)
    return closes and "," in words[SHORT - 1 : at]


def _long(content: Sequence[str]) -> bool:
    """Whether tokens hold enough words outside quotations for a statement."""
    own = 0
    for token in content:
        own += token[0].isalnum()
        if own == SHORT:
            return True
    return False


def _speaks(words: Tokens, hit: Hit, speech: Speech) -> bool:
    """Whether a cue's subject can state something: turmoil that suggests something does not."""
    s = hit.speaker
    if s is None or _undergoes(words, hit):
        return False
    if s.kind == "name":
        return True
    infers = hit.cue.form.split()[0] in speech.evidential
    if s.kind == "pronoun":
        return not (infers and words[s.first] in THINGS)
    first, second = words[s.first], words[min(s.first + 1, s.last)]
    if first.islower() and first.endswith("ed") and second in PREPOSITIONS:
        return False  # (a paper that) appeared in the Echo found
    head = _head(words, s)
    if infers:
        return not speech.speaking.isdisjoint(head)
    return speech.abstract.isdisjoint(head)


def _undergoes(words: Tokens, hit: Hit) -> bool:
    """Whether the subject is spoken of (was harshly criticised) or leaves unsaid (failed to note)."""
    k = hit.at - 1
    while k > 0 and words[k].endswith("ly"):
        k -= 1
    if k < 1 or hit.cue is ACCORDING:
        return False
    if words[k] == "to":
        return words[k - 1] in FAILING
    return k < hit.at - 1 and words[k] in BE and not words[hit.at].endswith("ing")


def _head(words: Tokens, s: Speaker) -> tuple[str, ...]:
    """The head noun of a noun phrase as it may stand in a list: as written and in the singular."""
    k = s.first + 1
    while k <= s.last and words[k] not in PREPOSITIONS and words[k] not in CUTS:
        k += 1
    word = words[k - 1].lower()
    return word, word[:-1] if word.endswith("s") else word, f"{word[:-3]}y" if word.endswith("ies") else word


def _content(
    words: Tokens, hit: Hit, after: Hit | None, times: frozenset[str]
) -> tuple[int, int, str] | None:
    """First and last token of what a cue reports, and the rule."""
    if hit.cue is ACCORDING:
        return _according(words, hit)
    first = hit.last + 1
    if hit.side == "before" and first < len(words):
        if hit.cue.names:
            return _judged(words, hit, after)
        if hit.cue.cls not in SAYING:
            return None
        hearer = words[first : first + 9]
        that = first + hearer.index("that") if "that" in hearer else -1
        if that == first and words[hit.at - 1] in ("Having", "having"):
            return None  # having said that,
        near = that >= 0 and PARTED.isdisjoint(words[first:that])
        if near and (that == first or _hears(words, first, that, hit)):
            start = that if _finite(words, that + 1) else that + 1  # said that would be wrong
            return start, _last(words, start, after), "indirect.that"
        if hit.cue.cls == "told" or words[first] == FOLDED or hit.cue.form.endswith((" for", " of")):
            return None
        if _clause(words, first):
            return first, _last(words, first, after), "indirect.clause"
    return _ahead(words, hit, times)


def _finite(words: Tokens, k: int) -> bool:
    return k < len(words) and words[k] in FINITE


def _hears(words: Tokens, first: int, that: int, hit: Hit) -> bool:
    """Whether the words between a cue and `that` are a hearer, a place or a day, no noun that `that` describes."""
    if _finite(words, that + 1) or words[that - 1] in PREPOSITIONS:
        return False  # a flood that would come; learn from that mistake
    head = words[first]
    placed = head in PLACED
    return hit.cue.cls in ("told", "warned") or placed or head.endswith("ly")


def _clause(words: Tokens, first: int) -> bool:
    """Whether a clause begins here: a subject, then a finite verb within nine words."""
    head = words[first]
    if head in PREPOSITIONS or not head[0].isalnum():
        return False
    if not (head in PRONOUNS or head in DETERMINERS or not head[0].islower()):
        return False
    if head in SUBJECTS:
        return True
    for token, after in pairwise(words[first + 1 : first + 11]):
        if token == "that" and after in FINITE:
            return False  # warned the town of floods that would come
        if token == FOLDED or token in (",", ";", ":", ".") or token in UNSURE:
            return False
        if token in FINITE or (token.endswith(("n’t", "n't", "’s", "'s")) and head in PRONOUNS):
            return True
    return False


def _last(words: Tokens, first: int, after: Hit | None) -> int:
    """The last token of a reported clause: before a dash, a coordinate cue, what follows a quotation, the full stop."""
    stop = len(words)
    if after is not None and after.at > first:
        k = after.at - 1
        while k > first and words[k] not in ("and", "but", "or", ","):
            k -= 1
        same = after.speaker is not None and after.speaker.first < first
        if same and k > first:
            stop = k
    opens = words[0] in OPENERS or words[min(1, first)] in OPENED
    opening = opens and "," not in words[1:first]
    for k in range(first, stop):
        if opening and words[k] == FOLDED and k + 1 < stop and words[k + 1] in SUBJECTS:
            stop = k + 1  # After saying it was “…,” she left
            break
        if words[k] in BREAKS or (words[k] == "," and (opening or _resumes(words, k))):
            stop = k
            break
    last = stop - 1
    while last > first and (words[last] in (".", ",", "!", "?", "…", "and", "but", "or")):
        last -= 1
    return last


def _resumes(words: Tokens, comma: int) -> bool:
    """Whether the reporter goes on after a quotation's comma: `“…”, the town voted`, no `“…”, but held`."""
    after = words[comma + 1] if comma + 1 < len(words) else None
    if words[comma - 1] != FOLDED or after is None or after == FOLDED:
        return False
    return after not in JOINING and not after.endswith("ing")


def _judged(words: Tokens, hit: Hit, after: Hit | None) -> tuple[int, int, str] | None:
    """What somebody calls something: `described the bridge as a wonder`."""
    first = hit.last + 1
    for k in range(first + 1, min(first + 14, len(words))):
        if words[k] == FOLDED or words[k] in (",", ";"):
            return None
        if words[k] == "as":
            last = _last(words, first, after)
            if k >= last or FOLDED in words[k : last + 1]:
                return None  # the quotation is listed, with the sentence around it
            return first, last, "indirect.judged"
    return None


def _according(words: Tokens, hit: Hit) -> tuple[int, int, str] | None:
    """The rest of a sentence with `according to`, before or after it."""
    if hit.speaker is None:
        return None
    if hit.at > SHORT:
        last = hit.at - 1
        while last > 0 and words[last] in (",", "—"):
            last -= 1
        return 0, last, "indirect.according"
    comma = next((k for k in range(hit.last, len(words)) if words[k] == ","), -1)
    return (comma + 1, _last(words, comma + 1, None), "indirect.according") if comma > 0 else None


def _ahead(words: Tokens, hit: Hit, times: frozenset[str]) -> tuple[int, int, str] | None:
    """What stands before a closing `, Lee said.` or `, warned Lee.`"""
    if hit.speaker is None or hit.cue.cls not in SAYING:
        return None
    if hit.side == "before" and not MODAL.isdisjoint(words[hit.speaker.last + 1 : hit.at]):
        return None  # Lee could threaten to leave
    first = min(hit.at, hit.speaker.first)
    while first > 1 and (words[first - 1] in TITLES or words[first - 1] == "."):
        first -= 1
    rest = max(hit.last, hit.speaker.last) + 1
    ends = len(words) - rest <= 3 or (len(words) - rest <= 14 and words[rest] in CLOSERS)
    if rest < len(words) and words[rest] == "," and _finite(words, rest + 1):
        return None  # The bridge, he added, was old
    if first < SHORT or words[first - 1] != "," or not ends or words[first - 2] == FOLDED:
        return None
    return (0, first - 2, "indirect.ahead") if _states(words, first - 1, times) else None


def _states(words: Tokens, stop: int, times: frozenset[str]) -> bool:
    """Whether a main clause stands in `words[:stop]`, not only what opens one: While he agreed, Lee said."""
    i = 0
    while True:
        comma = next((k for k in range(i, stop) if words[k] == ","), stop)
        if not _opens(words, i, comma, times):
            break
        i = comma + 1
        if i >= stop:
            return False
    last = next((k for k in range(stop - 1, i, -1) if words[k] == ","), -1)
    return last < 0 or words[last + 1] != "who"


def _opens(words: Tokens, i: int, comma: int, times: frozenset[str]) -> bool:
    """Whether `words[i:comma]` only leads up to a clause: a time, a place, a condition, a purpose."""
    while i < comma and words[i] in ("But", "And", "So", "Yet", "Or", "Even", "Just", "Shortly", "Soon"):
        i += 1
    if comma - i < 2:
        return comma > i or words[i - 1] not in ("Yet", "So")
    word = words[i]
    if word in OPENERS or word.capitalize() in OPENERS:
        return True
    if word in ("To", "to") or (word.endswith("ing") and words[i + 1] in PREPOSITIONS):
        return True
    if _since(words, i, comma, times):
        return True
    return word in PREPOSITIONS and FINITE.isdisjoint(words[i:comma])


def _since(words: Tokens, i: int, comma: int, times: frozenset[str]) -> bool:
    """Whether a measure of time stands here: a day after the launch, two years later."""
    for k in range(i, min(i + 4, comma - 1)):
        word = words[k].lower()
        if (word if word in times else word[:-1]) in times and words[k + 1] in SINCE:
            return k == i or words[i].lower() in COUNTED or words[i][0].isdigit()
    return False


def _indirect(words: Tokens, first: int, last: int, hit: Hit, rule: str) -> Indirect:
    text, start, end = words.text, words.start(first), words.end(last)
    s = hit.speaker
    assert s is not None
    frame: Frame = "denied" if hit.negated else hit.cue.frame
    return Indirect(
        start,
        end,
        text[start:end],
        rule,
        text[s.start : s.end],
        Span(s.start, s.end),
        None,
        hit.cue.form,
        frame,
        CERTS.get(rule, "low"),
    )


CERTS: dict[str, Cert] = {
    "indirect.that": "high",
    "indirect.clause": "medium",
    "indirect.according": "high",
    "indirect.ahead": "medium",
}
