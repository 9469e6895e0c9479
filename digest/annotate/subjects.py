"""The subject of a sentence: who a cue in it may belong to when nobody stands beside the cue."""

from __future__ import annotations

from digest.annotate.classes import DETERMINERS, FINITE, LEADS, OWNERS, PREPOSITIONS, PRONOUNS, SKIPPED
from digest.annotate.names import Speaker, capital, named, run_right, speaker
from digest.annotate.sentences import FOLDED, Tokens

IDLE = frozenset(", — – - ― ' ’".split())
PARTICIPLE = "ing"


def subject(words: Tokens, limit: int | None = None, roles: frozenset[str] = frozenset()) -> Speaker | None:
    """The sentence's first name or pronoun that is not in an opening preposition phrase."""
    stop = min(len(words), 40 if limit is None else limit)
    i = 0
    while i < stop and (words[i] in LEADS or words[i] in IDLE or words[i] == FOLDED):
        i += 1
    if i < stop and words[i] in PREPOSITIONS:
        comma = next((k for k in range(i, stop) if words[k] == "," or words[k] == FOLDED), -1)
        if comma < 0:
            return None
        i = comma + 1
        while i < stop and words[i] in LEADS:
            i += 1
    if i >= stop:
        return None
    if words[i] in PRONOUNS:
        return speaker(words, i, i, "pronoun")
    return _subject_phrase(words, i, stop, roles)


def _subject_phrase(words: Tokens, i: int, stop: int, roles: frozenset[str]) -> Speaker | None:
    """A name or short noun phrase that begins at token `i`."""
    run = i
    if capital(words[i]):
        run = run_right(words, i, stop - 1)
        follows = words[run + 1] if run + 1 < stop else None
        noun = follows is not None and follows != FOLDED and follows[0].islower()
        if not noun or follows is None or follows in PREPOSITIONS or follows in SKIPPED:
            return named(words, i, run)
        if words[run].endswith(OWNERS):  # Lee’s campaign
            return speaker(words, i, run + 1, "nominal")
    elif words[i] not in DETERMINERS:
        return None
    held = _role_or_name(words, run + 1, i, stop, roles)
    return held or (named(words, i, run) if capital(words[i]) else None)


def _role_or_name(words: Tokens, first: int, i: int, stop: int, roles: frozenset[str]) -> Speaker | None:
    """The name that a description leads to (Former mayor Ann Lee), else the role it ends in (the retired surgeon)."""
    for k in range(first, min(stop, first + 7)):
        word = words[k]
        if words[k] == FOLDED or word in FINITE or not word[0].isalnum() or word.endswith(PARTICIPLE):
            return None
        after = words[k + 1] if k + 1 < stop else None
        ends = after is None or not (after in roles or after == "and" or capital(after))
        if word in roles and ends:
            return speaker(words, i, k, "nominal")
        if capital(words[k]):
            last = run_right(words, k, stop - 1)
            if last > k:
                return named(words, k, last)
    return None


def lead(words: Tokens, stop: int) -> Speaker | None:
    """A short noun phrase that opens a sentence: determiner and up to three words before a verb."""
    if not words or words[0] not in DETERMINERS:
        return None
    for k in range(1, min(stop, 5)):
        after = words[k + 1]
        if after in SKIPPED or after in PREPOSITIONS or after.endswith(("ed", "s")):
            return speaker(words, 0, k, "nominal")
    return None
