"""Reported statements without marks: `Lee said that the bridge would hold`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.annotate import speakers
from digest.annotate.attribution import ACCORDING, BE, FINITE, OPENERS, Hit
from digest.annotate.cues import SAYING, Speech
from digest.annotate.sentences import Sentence, Token
from digest.model import Frame, Indirect
from digest.text import Cert

SHORT = 4  # words: a reported statement has at least a subject and a verb with something to it
CLOSERS = frozenset("in on at during to by , after before last this as when who of".split())
BREAKS = frozenset("; —".split())


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


def indirect(sentence: Sentence, found: Sequence[Hit], text: str, speech: Speech) -> Iterator[Indirect]:
    """The reported statements of a sentence, left to right, never overlapping."""
    words = sentence.tokens
    end = 0
    for n, hit in enumerate(found):
        if hit.speaker is None or hit.at < end or hit.cue.weak or hit.cue.owned:
            continue
        s = hit.speaker
        if not _speaks(words, hit, speech) or any(s.first <= h.at <= s.last for h in found[:n]):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        made = _content(words, hit, after, speech.times)
        if made is None:
            continue
        first, last, rule = made
        while first < last and (words[first].word in (",", ":") or words[first].quote >= 0):
            first += 1
        own = sum(1 for t in words[first : last + 1] if t.quote < 0 and t.word[0].isalnum())
        if first < end or own < SHORT:
            continue  # the clause before is the statement; a quotation is listed itself
        end = last + 1
        yield _indirect(words, first, last, hit, rule, text)


def _speaks(words: Sequence[Token], hit: Hit, speech: Speech) -> bool:
    """Whether a cue's subject can state something: turmoil that suggests something does not."""
    s = hit.speaker
    if s is None or _undergoes(words, hit):
        return False
    if s.kind == "name":
        return True
    infers = hit.cue.form.split()[0] in speech.evidential
    if s.kind == "pronoun":
        return not (infers and words[s.first].word in THINGS)
    first, second = words[s.first].word, words[min(s.first + 1, s.last)].word
    if first.islower() and first.endswith("ed") and second in speakers.PREPOSITIONS:
        return False  # (a paper that) appeared in the Echo found
    head = _head(words, s)
    if infers:
        return not speech.speaking.isdisjoint(head)
    return speech.abstract.isdisjoint(head)


def _undergoes(words: Sequence[Token], hit: Hit) -> bool:
    """Whether the subject is spoken of (was harshly criticised) or leaves unsaid (failed to note)."""
    k = hit.at - 1
    while k > 0 and words[k].word.endswith("ly"):
        k -= 1
    if k < 1 or hit.cue is ACCORDING:
        return False
    if words[k].word == "to":
        return words[k - 1].word in FAILING
    return k < hit.at - 1 and words[k].word in BE and not words[hit.at].word.endswith("ing")


def _head(words: Sequence[Token], s: speakers.Speaker) -> tuple[str, ...]:
    """The head noun of a noun phrase as it may stand in a list: as written and in the singular."""
    k = s.first + 1
    while k <= s.last and words[k].word not in speakers.PREPOSITIONS and words[k].word not in speakers.CUTS:
        k += 1
    word = words[k - 1].word.lower()
    return word, word[:-1] if word.endswith("s") else word, f"{word[:-3]}y" if word.endswith("ies") else word


def _content(
    words: Sequence[Token], hit: Hit, after: Hit | None, times: frozenset[str]
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
        that = next((k for k in range(first, min(first + 9, len(words))) if words[k].word == "that"), -1)
        if that == first and words[hit.at - 1].word in ("Having", "having"):
            return None  # having said that,
        near = that >= 0 and all(t.quote < 0 and t.word not in (",", ";") for t in words[first:that])
        if near and (that == first or _hears(words, first, that, hit)):
            start = that if _finite(words, that + 1) else that + 1  # said that would be wrong
            return start, _last(words, start, after), "indirect.that"
        if hit.cue.cls == "told" or words[first].quote >= 0 or hit.cue.form.endswith((" for", " of")):
            return None
        if _clause(words, first):
            return first, _last(words, first, after), "indirect.clause"
    return _ahead(words, hit, times)


def _finite(words: Sequence[Token], k: int) -> bool:
    return k < len(words) and words[k].word in FINITE


def _hears(words: Sequence[Token], first: int, that: int, hit: Hit) -> bool:
    """Whether the words between a cue and `that` are a hearer, a place or a day, no noun that `that` describes."""
    if _finite(words, that + 1) or words[that - 1].word in speakers.PREPOSITIONS:
        return False  # a flood that would come; learn from that mistake
    head = words[first].word
    placed = head in speakers.PREPOSITIONS | speakers.DAYS | speakers.SKIPPED or head in ("this", "last")
    return hit.cue.cls in ("told", "warned") or placed or head.endswith("ly")


def _clause(words: Sequence[Token], first: int) -> bool:
    """Whether a clause begins here: a subject, then a finite verb within nine words."""
    head = words[first]
    if head.word in speakers.PREPOSITIONS or not head.word[0].isalpha():
        return False
    if not (head.word in speakers.PRONOUNS or head.word in speakers.DETERMINERS or head.word[0].isupper()):
        return False
    if head.word in SUBJECTS:
        return True
    for token, after in pairwise(words[first + 1 : first + 11]):
        if token.word == "that" and after.word in FINITE:
            return False  # warned the town of floods that would come
        if token.quote >= 0 or token.word in (",", ";", ":", ".") or token.word in UNSURE:
            return False
        if token.word in FINITE or (
            token.word.endswith(("n’t", "n't", "’s", "'s")) and head.word in speakers.PRONOUNS
        ):
            return True
    return False


def _last(words: Sequence[Token], first: int, after: Hit | None) -> int:
    """The last token of a reported clause: before a dash, a coordinate cue, what follows a quotation, the full stop."""
    stop = len(words)
    if after is not None and after.at > first:
        k = after.at - 1
        while k > first and words[k].word not in ("and", "but", "or", ","):
            k -= 1
        same = after.speaker is not None and after.speaker.first < first
        if same and k > first:
            stop = k
    opens = words[0].word in OPENERS or words[min(1, first)].word in OPENED
    opening = opens and not any(t.word == "," for t in words[1:first])
    for k in range(first, stop):
        if opening and words[k].quote >= 0 and k + 1 < stop and words[k + 1].word in SUBJECTS:
            stop = k + 1  # After saying it was “…,” she left
            break
        if words[k].word in BREAKS or (words[k].word == "," and (opening or _resumes(words, k))):
            stop = k
            break
    last = stop - 1
    while last > first and (words[last].word in (".", ",", "!", "?", "…", "and", "but", "or")):
        last -= 1
    return last


def _resumes(words: Sequence[Token], comma: int) -> bool:
    """Whether the reporter goes on after a quotation's comma: `“…”, the town voted`, no `“…”, but held`."""
    after = words[comma + 1] if comma + 1 < len(words) else None
    if words[comma - 1].quote < 0 or after is None or after.quote >= 0:
        return False
    return after.word not in JOINING and not after.word.endswith("ing")


def _judged(words: Sequence[Token], hit: Hit, after: Hit | None) -> tuple[int, int, str] | None:
    """What somebody calls something: `described the bridge as a wonder`."""
    first = hit.last + 1
    for k in range(first + 1, min(first + 14, len(words))):
        if words[k].quote >= 0 or words[k].word in (",", ";"):
            return None
        if words[k].word == "as":
            last = _last(words, first, after)
            if k >= last or any(t.quote >= 0 for t in words[k : last + 1]):
                return None  # the quotation is listed, with the sentence around it
            return first, last, "indirect.judged"
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


def _ahead(words: Sequence[Token], hit: Hit, times: frozenset[str]) -> tuple[int, int, str] | None:
    """What stands before a closing `, Lee said.` or `, warned Lee.`"""
    if hit.speaker is None or hit.cue.cls not in SAYING:
        return None
    if hit.side == "before" and any(t.word in MODAL for t in words[hit.speaker.last + 1 : hit.at]):
        return None  # Lee could threaten to leave
    first = min(hit.at, hit.speaker.first)
    while first > 1 and (words[first - 1].word in speakers.TITLES or words[first - 1].word == "."):
        first -= 1
    rest = max(hit.last, hit.speaker.last) + 1
    ends = len(words) - rest <= 3 or (len(words) - rest <= 14 and words[rest].word in CLOSERS)
    if rest < len(words) and words[rest].word == "," and _finite(words, rest + 1):
        return None  # The bridge, he added, was old
    if first < SHORT or words[first - 1].word != "," or not ends or words[first - 2].quote >= 0:
        return None
    return (0, first - 2, "indirect.ahead") if _states(words, first - 1, times) else None


def _states(words: Sequence[Token], stop: int, times: frozenset[str]) -> bool:
    """Whether a main clause stands in `words[:stop]`, not only what opens one: While he agreed, Lee said."""
    i = 0
    while True:
        comma = next((k for k in range(i, stop) if words[k].word == ","), stop)
        if not _opens(words, i, comma, times):
            break
        i = comma + 1
        if i >= stop:
            return False
    last = next((k for k in range(stop - 1, i, -1) if words[k].word == ","), -1)
    return last < 0 or words[last + 1].word != "who"


def _opens(words: Sequence[Token], i: int, comma: int, times: frozenset[str]) -> bool:
    """Whether `words[i:comma]` only leads up to a clause: a time, a place, a condition, a purpose."""
    while i < comma and words[i].word in ("But", "And", "So", "Yet", "Or", "Even", "Just", "Shortly", "Soon"):
        i += 1
    if comma - i < 2:
        return comma > i or words[i - 1].word not in ("Yet", "So")
    word = words[i].word
    if word in OPENERS or word.capitalize() in OPENERS:
        return True
    if word in ("To", "to") or (word.endswith("ing") and words[i + 1].word in speakers.PREPOSITIONS):
        return True
    if _since(words, i, comma, times):
        return True
    return word in speakers.PREPOSITIONS and not any(t.word in FINITE for t in words[i:comma])


def _since(words: Sequence[Token], i: int, comma: int, times: frozenset[str]) -> bool:
    """Whether a measure of time stands here: a day after the launch, two years later."""
    for k in range(i, min(i + 4, comma - 1)):
        word = words[k].word.lower()
        if (word if word in times else word[:-1]) in times and words[k + 1].word in SINCE:
            return k == i or words[i].word.lower() in COUNTED or words[i].word[0].isdigit()
    return False


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
