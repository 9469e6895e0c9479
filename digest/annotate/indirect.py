"""Reported statements without marks: `Lee said that the bridge would hold`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.annotate import speakers
from digest.annotate.attribution import ACCORDING, FINITE, OPENERS, Hit
from digest.annotate.cues import SAYING
from digest.annotate.sentences import Sentence, Token
from digest.model import Frame, Indirect
from digest.text import Cert

SHORT = 4  # words: a reported statement has at least a subject and a verb with something to it
CLOSERS = frozenset("in on at during to by , after before last this as when who of".split())
BREAKS = frozenset("; —".split())


def indirect(sentence: Sentence, found: Sequence[Hit], text: str) -> Iterator[Indirect]:
    """The reported statements of a sentence, left to right, never overlapping."""
    words = sentence.tokens
    end = 0
    for n, hit in enumerate(found):
        if hit.speaker is None or hit.at < end or hit.cue.weak or hit.cue.owned:
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        made = _content(words, hit, after)
        if made is None:
            continue
        first, last, rule = made
        if last - first + 1 < SHORT or all(
            t.quote >= 0 or not t.word[0].isalnum() for t in words[first : last + 1]
        ):
            continue
        while first < last and (words[first].word in (",", ":") or words[first].quote >= 0):
            first += 1
        if last - first + 1 < SHORT:
            continue
        end = last + 1
        yield _indirect(words, first, last, hit, rule, text)


def _content(words: Sequence[Token], hit: Hit, after: Hit | None) -> tuple[int, int, str] | None:
    """First and last token of what a cue reports, and the rule."""
    if hit.cue is ACCORDING:
        return _according(words, hit)
    first = hit.last + 1
    if hit.side == "before" and first < len(words):
        if hit.cue.names:
            return _judged(words, hit, after)
        if hit.cue.cls not in SAYING:
            return None
        that = next((k for k in range(first, min(first + 9, len(words))) if words[k].word == "that"), -1)
        near = that >= 0 and all(t.quote < 0 and t.word not in (",", ";") for t in words[first:that])
        if near and (that == first or hit.cue.cls in ("told", "warned", "added", "wrote", "said")):
            return that + 1, _last(words, that + 1, after), "indirect.that"
        if hit.cue.cls == "told" or words[first].quote >= 0:
            return None
        if _clause(words, first):
            return first, _last(words, first, after), "indirect.clause"
    return _ahead(words, hit)


def _clause(words: Sequence[Token], first: int) -> bool:
    """Whether a clause begins here: a subject, then a finite verb within nine words."""
    head = words[first]
    if head.word in speakers.PREPOSITIONS or not head.word[0].isalpha():
        return False
    if not (head.word in speakers.PRONOUNS or head.word in speakers.DETERMINERS or head.word[0].isupper()):
        return False
    for token in words[first + 1 : first + 10]:
        if token.quote >= 0 or token.word in (",", ";", ":", "."):
            return False
        if token.word in FINITE or (
            token.word.endswith(("n’t", "n't", "’s", "'s")) and head.word in speakers.PRONOUNS
        ):
            return True
    return False


def _last(words: Sequence[Token], first: int, after: Hit | None) -> int:
    """The last token of a reported clause: before a dash, a coordinate cue, the full stop."""
    stop = len(words)
    if after is not None and after.at > first:
        k = after.at - 1
        while k > first and words[k].word not in ("and", "but", "or", ","):
            k -= 1
        same = after.speaker is not None and after.speaker.first < first
        if same and k > first:
            stop = k
    for k in range(first, stop):
        if words[k].word in BREAKS:
            stop = k
            break
    last = stop - 1
    while last > first and (words[last].word in (".", ",", "!", "?", "…", "and", "but", "or")):
        last -= 1
    return last


def _judged(words: Sequence[Token], hit: Hit, after: Hit | None) -> tuple[int, int, str] | None:
    """What somebody calls something: `described the bridge as a wonder`."""
    first = hit.last + 1
    for k in range(first + 1, min(first + 14, len(words))):
        if words[k].quote >= 0 or words[k].word in (",", ";"):
            return None
        if words[k].word == "as":
            return first, _last(words, first, after), "indirect.judged"
    return None


def _according(words: Sequence[Token], hit: Hit) -> tuple[int, int, str] | None:
    """The rest of a sentence with `according to`, before or after it."""
    if hit.speaker is None:
        return None
    if hit.at > SHORT:
        last = hit.at - 1
        while last > 0 and words[last].word in (",", "—"):
            last -= 1
        return 0, last, "indirect.according"
    comma = next((k for k in range(hit.last, len(words)) if words[k].word == ","), -1)
    return (comma + 1, _last(words, comma + 1, None), "indirect.according") if comma > 0 else None


def _ahead(words: Sequence[Token], hit: Hit) -> tuple[int, int, str] | None:
    """What stands before a closing `, Lee said.` or `, warned Lee.`"""
    if hit.speaker is None or hit.cue.cls not in SAYING:
        return None
    first = min(hit.at, hit.speaker.first)
    while first > 1 and (words[first - 1].word in speakers.TITLES or words[first - 1].word == "."):
        first -= 1
    rest = max(hit.last, hit.speaker.last) + 1
    ends = len(words) - rest <= 3 or (len(words) - rest <= 14 and words[rest].word in CLOSERS)
    if first < SHORT or words[first - 1].word != "," or not ends:
        return None
    opens = words[0].word in OPENERS or words[0].word in ("As", "In", "For", "On", "At", "With", "By")
    if opens and not any(t.word == "," for t in words[: first - 1]):
        return None  # While he agreed, Lee said: an opening clause, not what was said
    if words[first - 2].quote >= 0:
        return None
    return 0, first - 2, "indirect.ahead"


def _indirect(words: Sequence[Token], first: int, last: int, hit: Hit, rule: str, text: str) -> Indirect:
    start, end = words[first].start, words[last].end
    s = hit.speaker
    assert s is not None
    frame: Frame = "denied" if hit.negated else hit.cue.frame
    return Indirect(
        start,
        end,
        text[start:end],
        rule,
        text[s.start : s.end],
        speakers.place(s),
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
