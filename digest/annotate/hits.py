"""The cues of a sentence, each with who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from digest.annotate import speakers
from digest.annotate.classes import (
    BE,
    DETERMINERS,
    FINITE,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    UTTERANCES,
    negation,
)
from digest.annotate.cues import Cue, Lexicon
from digest.annotate.names import Speaker, capital, named, run_left, speaker
from digest.annotate.sentences import FOLDED, Tokens
from digest.annotate.subjects import IDLE, PARTICIPLE, subject

ACCORDING = Cue("according to", "according", inverts=True, rest=("to",))
POSSESSIVES = frozenset("his her their its my our your His Her Their Its My Our Your".split())
ALONE = frozenset("others Others many Many some Some all".split())  # determiners that can be a subject
NOUN_GOES_ON = frozenset("of by from about for to on are is was were and".split())
PARTED = frozenset((",", FOLDED))
ADJECTIVES = ("al", "ic", "ous", "ive", "ed", "able", "ful", "ar")


class Hit(NamedTuple):
    """A cue in a sentence (token index), its speaker and on which side that stands."""

    at: int
    last: int
    cue: Cue
    speaker: Speaker | None
    side: str  # "before", "after" the cue
    negated: bool = False


def hits(words: Tokens, lexicon: Lexicon) -> list[Hit]:
    """The cues of a sentence with their speakers, left to right."""
    return spoken(words, cues(words, lexicon), lexicon)


def cues(words: Tokens, lexicon: Lexicon) -> list[tuple[int, int, Cue]]:
    """The cues of a sentence, left to right: first and last token of each."""
    out: list[tuple[int, int, Cue]] = []
    last = -1
    for i in compress(range(len(words)), map(lexicon.heads.__contains__, words)):
        found = _cue(words, i, lexicon) if i > last else None
        if found:
            last = i + len(found.rest)
            out.append((i, last, found))
    return out


def spoken(words: Tokens, found: Sequence[tuple[int, int, Cue]], lexicon: Lexicon) -> list[Hit]:
    """The `found` cues of a sentence with their speakers."""
    out: list[Hit] = []
    for i, last, cue in found:
        out.append(_with_speaker(words, i, last, cue, out, lexicon.roles))
    return out


def _cue(words: Tokens, i: int, lexicon: Lexicon) -> Cue | None:
    """The cue that begins at token `i`, the longest first."""
    word = words[i]
    if word == "according" or word == "According":
        return ACCORDING if i + 1 < len(words) and words[i + 1] == "to" else None
    options = lexicon.first.get(word) or (
        lexicon.first.get(word.lower()) if i and word[0].isupper() else None
    )
    for cue in options or ():
        n = len(cue.rest)
        if n and tuple(words[i + 1 : i + 1 + n]) != cue.rest:
            continue
        if (_owner(words, i) >= 0) if cue.owned else _verbal(words, i, cue):
            return cue
    return None


def _owner(words: Tokens, i: int) -> int:
    """The token that owns the noun at `i` (Lee’s repeated claim), -1 if none does."""
    after = words[min(i + 1, len(words) - 1)]
    if after != FOLDED and after not in ("that", "of", "to", "about", "as", ":", "with"):
        return -1
    for k in range(i - 1, max(-1, i - 4), -1):
        word = words[k]
        if word in POSSESSIVES or word.endswith(OWNERS):
            return k
        if words[k] == FOLDED or not (word[0].islower() and word[0].isalpha()) or word in PREPOSITIONS:
            return -1
    return -1


def _owned(words: Tokens, k: int) -> Speaker | None:
    """The owner that ends at token `k`, as a speaker."""
    token = words[k]
    if token in POSSESSIVES:
        return speaker(words, k, k, "pronoun")
    cut = 1 if token.endswith(("s’", "s'")) else 2
    upto = words.clipped(k, cut)
    if capital(token):
        return named(upto, run_left(upto, k, 0), k)
    return speakers.segment(upto, 0, k)


def _verbal(words: Tokens, i: int, cue: Cue) -> bool:
    """Whether a cue form is a verb here and its subject the one who speaks."""
    if i == 0:
        return not cue.noun
    before = words[i - 1]
    if before in BE and not cue.rest and not cue.form.endswith(PARTICIPLE):
        return False
    if before in ("when", "When", "if", "If", "as", "As") and words[i].endswith("ed"):
        return False
    if before.endswith(OWNERS) and not words[i].endswith(PARTICIPLE):
        return False
    if before in DETERMINERS and before not in ALONE:
        return False
    if words[i][0].isupper() and words[i - 1][0].isupper() and words[i - 1] != FOLDED:
        return False
    if cue.noun:
        return _noun_is_verb(words, i)
    return True


def _noun_is_verb(words: Tokens, i: int) -> bool:
    """Whether a word that is as often a noun (claims, reports) is a verb at token `i`."""
    before = words[i - 1]
    after = words[i + 1] if i + 1 < len(words) else None
    if before == FOLDED or before in (",", "who", ")", "also"):
        return True
    if before in PRONOUNS:
        return True
    if words[0] == FOLDED and i <= 9 and PARTED.isdisjoint(words[1:i]):
        return after is None or after not in ("of", "that", "about", "are", "is", "was", "were")
    if before in ("and", "but") and words[i].endswith("s"):
        return after is not None and after not in PREPOSITIONS and after not in BE
    if before in PREPOSITIONS or before.endswith(("’s", "'s")):
        return before == "to" and after is not None and after in ("that",)
    if _noun_phrase(words, i):
        return False
    if after is not None and (after == FOLDED or after in ("that", ":")):
        return not before.endswith(ADJECTIVES)
    return after not in NOUN_GOES_ON and capital(before)


def _noun_phrase(words: Tokens, i: int) -> bool:
    """Whether the word ends a phrase with determiner (in a Threads post)."""
    if not capital(words[i - 1]):
        return False
    r = run_left(words, i - 1, 0)
    if r == 1 and i - r > 1 and words[i].endswith("s"):  # The Ferrol Post reports
        return False
    return r > 0 and words[r - 1] in ("a", "an", "the", "his", "her", "its", "their", "this", "A", "The")


def _with_speaker(
    words: Tokens, i: int, last: int, cue: Cue, earlier: Sequence[Hit], roles: frozenset[str]
) -> Hit:
    if cue.owned:
        return Hit(i, last, cue, _owned(words, _owner(words, i)), "before")
    if cue is ACCORDING:
        return Hit(i, last, cue, speakers.after(words, last), "after")
    negated = any(map(negation, words[max(0, i - 3) : i]))
    first = words[i]
    before = words[i - 1] if i else ""
    participle = first.endswith(PARTICIPLE) and before not in BE
    if participle and capital(words[i - 1]):  # with Lee calling it
        return Hit(i, last, cue, speakers.before(words, i), "before", negated)
    if participle or before == "to" or before in ("and", "but", "or"):
        s = _sentence_speaker(words, i, earlier, roles)
        return Hit(i, last, cue, s, "before", negated)
    if i and (words[i - 1] == FOLDED or before == ",") and cue.inverts:
        s = speakers.after(words, last)
        if s and words[i - 1] != FOLDED and s.kind == "nominal" and speakers.before(words, i):
            s = None  # Lee, who watched, said the rain had stopped
        if s and (words[i - 1] == FOLDED or _closes(words, s)):
            return Hit(i, last, cue, s, "after", negated)
    s = speakers.before(words, i)
    if s and s.kind == "nominal" and not UTTERANCES.isdisjoint(words[s.first : s.last + 1]):
        owner = subject(words, s.first)
        s = owner if owner and owner.kind == "name" else s
    if s:
        return Hit(i, last, cue, s, "before", negated)
    if cue.inverts and (i == 0 or words[i - 1] == FOLDED or before in IDLE):
        s = speakers.after(words, last)
        if s and (s.kind != "pronoun" or (i and words[i - 1] == FOLDED)):
            return Hit(i, last, cue, s, "after", negated)
    return Hit(i, last, cue, _sentence_speaker(words, i, earlier, roles), "before", negated)


def _closes(words: Tokens, s: Speaker) -> bool:
    """Whether a clause ends with this speaker (…, warned Ann Lee.): else it is a new clause's subject."""
    if s.kind == "pronoun" or not FINITE.isdisjoint(words[s.first : s.last + 1]):
        return False
    after = words[s.last + 1] if s.last + 1 < len(words) else None
    return after is None or after in (".", ",", ";", "of", "in", "on", "at", "who", "from", "to")


def _sentence_speaker(words: Tokens, i: int, earlier: Sequence[Hit], roles: frozenset[str]) -> Speaker | None:
    """Who speaks in a coordinate or participle clause: the last cue's speaker, else the subject."""
    for hit in reversed(earlier):
        if hit.speaker and hit.side == "before":
            return hit.speaker
    return subject(words, i, roles) or subject(words, None, roles)
