"""Whose words a quotation holds: the order of search, each way a rule with an id.

After it in the same sentence, before it in the same sentence, later in the
sentence, `according to`, earlier in the paragraph, the sentence or paragraph
before. The order was measured on the 839 articles of PolNeAR's training set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.annotate import speakers
from digest.annotate.cues import Cue, Lexicon
from digest.annotate.sentences import Sentence, Token
from digest.annotate.speakers import Speaker

BE = frozenset("was were is are be been being ’s 's get got gets".split())
NO = frozenset(
    "not never n’t n't didn’t didn't doesn’t doesn't don’t don't hasn’t hasn't wouldn’t wouldn't".split()
)
IDLE = frozenset(", — – - ― ' ’".split())
PARTICIPLE = "ing"


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence (token index), its speaker and on which side that stands."""

    at: int
    last: int
    cue: Cue
    speaker: Speaker | None
    side: str  # "before", "after" the cue
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation's speaker with the rule that found it and the cue."""

    speaker: Speaker | None
    rule: str
    cue: Cue | None = None
    negated: bool = False
    distance: int = 0
    named: Speaker | None = None  # the name behind a pronoun, where the sentence itself has it


def hits(sentence: Sentence, lexicon: Lexicon) -> list[Hit]:
    """The cues of a sentence with their speakers, left to right."""
    words = sentence.tokens
    out: list[Hit] = []
    last = -1
    heads = lexicon.heads
    for i in [k for k, token in enumerate(words) if token[0] in heads]:
        found = _cue(words, i, lexicon) if i > last else None
        if found is None:
            continue
        last = i + len(found.rest)
        hit = _with_speaker(words, i, last, found, out, lexicon.roles)
        if hit:
            out.append(hit)
    return out


def _cue(words: Sequence[Token], i: int, lexicon: Lexicon) -> Cue | None:
    """The cue that begins at token `i`, the longest first."""
    word = words[i].word
    if word == "according" or word == "According":
        return ACCORDING if i + 1 < len(words) and words[i + 1].word == "to" else None
    options = lexicon.first.get(word) or (
        lexicon.first.get(word.lower()) if i and word[0].isupper() else None
    )
    for cue in options or ():
        n = len(cue.rest)
        if n and tuple(t.word for t in words[i + 1 : i + 1 + n]) != cue.rest:
            continue
        if (_owner(words, i) >= 0) if cue.owned else _verbal(words, i, cue):
            return cue
    return None


POSSESSIVES = frozenset("his her their its my our your His Her Their Its My Our Your".split())


def _owner(words: Sequence[Token], i: int) -> int:
    """The token that owns the noun at `i` (Lee’s repeated claim), -1 if none does."""
    after = words[min(i + 1, len(words) - 1)]
    if after.quote < 0 and after.word not in ("that", "of", "to", "about", "as", ":", "with"):
        return -1
    for k in range(i - 1, max(-1, i - 4), -1):
        word = words[k].word
        if word in POSSESSIVES or word.endswith(speakers.OWNERS):
            return k
        if (
            words[k].quote >= 0
            or not (word[0].islower() and word[0].isalpha())
            or word in speakers.PREPOSITIONS
        ):
            return -1
    return -1


def _owned(words: Sequence[Token], k: int) -> Speaker | None:
    """The owner that ends at token `k`, as a speaker."""
    token = words[k]
    if token.word in POSSESSIVES:
        return Speaker(token.start, token.end, "pronoun", k, k)
    cut = 1 if token.word.endswith(("s’", "s'")) else 2
    bare = token._replace(word=token.word[:-cut], end=token.end - cut)
    upto = [*words[:k], bare]
    if speakers.capital(token):
        return speakers.named(upto, speakers.run_left(upto, k, 0), k)
    return speakers.segment(upto, 0, k)


ACCORDING = Cue("according to", "according", inverts=True, rest=("to",))


def _verbal(words: Sequence[Token], i: int, cue: Cue) -> bool:
    """Whether a cue form is a verb here and its subject the one who speaks."""
    if i == 0:
        return not cue.noun
    before = words[i - 1].word
    if before in BE and not cue.form.split()[0].endswith(PARTICIPLE) and not cue.rest:
        return False
    if before in ("when", "When", "if", "If", "as", "As") and words[i].word.endswith("ed"):
        return False
    if before.endswith(speakers.OWNERS) and not words[i].word.endswith(PARTICIPLE):
        return False
    if before in speakers.DETERMINERS and before not in (
        "others",
        "Others",
        "many",
        "some",
        "Some",
        "Many",
        "all",
    ):
        return False
    if words[i].word[0].isupper() and words[i - 1].word[0].isupper() and words[i - 1].quote < 0:
        return False
    if cue.noun:
        return _noun_is_verb(words, i)
    return True


def _noun_is_verb(words: Sequence[Token], i: int) -> bool:
    before = words[i - 1]
    after = words[i + 1] if i + 1 < len(words) else None
    if before.quote >= 0 or before.word in (",", "who", ")", "also"):
        return True
    if before.word in speakers.PRONOUNS:
        return True
    if words[0].quote >= 0 and i <= 9 and not any(t.word == "," or t.quote >= 0 for t in words[1:i]):
        return after is None or after.word not in ("of", "that", "about", "are", "is", "was", "were")
    if before.word in ("and", "but") and words[i].word.endswith("s"):
        return after is not None and after.word not in speakers.PREPOSITIONS and after.word not in BE
    if before.word in speakers.PREPOSITIONS or before.word.endswith(("’s", "'s")):
        return before.word == "to" and after is not None and after.word in ("that",)
    if _noun_phrase(words, i):
        return False
    if after is not None and (after.quote >= 0 or after.word in ("that", ":")):
        return not before.word.endswith(ADJECTIVES)
    if after is not None and after.word in (
        "of",
        "by",
        "from",
        "about",
        "for",
        "to",
        "on",
        "are",
        "is",
        "was",
        "were",
        "and",
    ):
        return False
    return speakers.capital(before)


ADJECTIVES = ("al", "ic", "ous", "ive", "ed", "able", "ful", "ar")


def _noun_phrase(words: Sequence[Token], i: int) -> bool:
    """Whether the word ends a phrase with determiner (in a Threads post)."""
    if not speakers.capital(words[i - 1]):
        return False
    r = speakers.run_left(words, i - 1, 0)
    if r == 1 and i - r > 1 and words[i].word.endswith("s"):  # The Ferrol Post reports
        return False
    return r > 0 and words[r - 1].word in ("a", "an", "the", "his", "her", "its", "their", "this", "A", "The")


def _with_speaker(
    words: Sequence[Token], i: int, last: int, cue: Cue, earlier: Sequence[Hit], roles: frozenset[str]
) -> Hit | None:
    if cue.owned:
        return Hit(i, last, cue, _owned(words, _owner(words, i)), "before")
    if cue is ACCORDING:
        return Hit(i, last, cue, speakers.after(words, last), "after")
    negated = any(t.word in NO or t.word.endswith(("n't", "n’t")) for t in words[max(0, i - 3) : i])
    first = words[i].word
    before = words[i - 1].word if i else ""
    participle = first.endswith(PARTICIPLE) and before not in BE
    if participle and speakers.capital(words[i - 1]):  # with Lee calling it
        return Hit(i, last, cue, speakers.before(words, i), "before", negated)
    if participle or before == "to" or before in ("and", "but", "or"):
        s = _sentence_speaker(words, i, earlier, roles)
        return Hit(i, last, cue, s, "before", negated)
    if i and (words[i - 1].quote >= 0 or before == ",") and cue.inverts:
        s = speakers.after(words, last)
        if s and words[i - 1].quote < 0 and s.kind == "nominal" and speakers.before(words, i):
            s = None  # Lee, who watched, said the rain had stopped
        if s and (words[i - 1].quote >= 0 or _closes(words, s)):
            return Hit(i, last, cue, s, "after", negated)
    s = speakers.before(words, i)
    if s and s.kind == "nominal" and any(t.word in speakers.UTTERANCES for t in words[s.first : s.last + 1]):
        owner = subject(words, s.first)
        s = owner if owner and owner.kind == "name" else s
    if s:
        return Hit(i, last, cue, s, "before", negated)
    if cue.inverts and (i == 0 or words[i - 1].quote >= 0 or before in IDLE):
        s = speakers.after(words, last)
        if s and (s.kind != "pronoun" or (i and words[i - 1].quote >= 0)):
            return Hit(i, last, cue, s, "after", negated)
    return Hit(i, last, cue, _sentence_speaker(words, i, earlier, roles), "before", negated)


FINITE = frozenset("was were is are be had has have would will could should may might can did does".split())


def _closes(words: Sequence[Token], s: Speaker) -> bool:
    """Whether a clause ends with this speaker (…, warned Ann Lee.): else it is a new clause's subject."""
    if s.kind == "pronoun" or any(t.word in FINITE for t in words[s.first : s.last + 1]):
        return False
    after = words[s.last + 1] if s.last + 1 < len(words) else None
    return after is None or after.word in (".", ",", ";", "of", "in", "on", "at", "who", "from", "to")


def _sentence_speaker(
    words: Sequence[Token], i: int, earlier: Sequence[Hit], roles: frozenset[str]
) -> Speaker | None:
    """Who speaks in a coordinate or participle clause: the last cue's speaker, else the subject."""
    for hit in reversed(earlier):
        if hit.speaker and hit.side == "before":
            return hit.speaker
    return subject(words, i, roles) or subject(words, None, roles)


def subject(
    words: Sequence[Token], limit: int | None = None, roles: frozenset[str] = frozenset()
) -> Speaker | None:
    """The sentence's first name or pronoun that is not in an opening preposition phrase."""
    stop = min(len(words), 40 if limit is None else limit)
    i = 0
    while i < stop and (words[i].word in speakers.LEADS or words[i].word in IDLE or words[i].quote >= 0):
        i += 1
    if i < stop and words[i].word in speakers.PREPOSITIONS:
        comma = next((k for k in range(i, stop) if words[k].word == "," or words[k].quote >= 0), -1)
        if comma < 0:
            return None
        i = comma + 1
        while i < stop and words[i].word in speakers.LEADS:
            i += 1
    if i >= stop:
        return None
    if words[i].word in speakers.PRONOUNS:
        return Speaker(words[i].start, words[i].end, "pronoun", i, i)
    return _subject_phrase(words, i, stop, roles)


def _subject_phrase(words: Sequence[Token], i: int, stop: int, roles: frozenset[str]) -> Speaker | None:
    """A name or short noun phrase that begins at token `i`."""
    run = i
    if speakers.capital(words[i]):
        run = speakers.run_right(words, i, stop - 1)
        follows = words[run + 1] if run + 1 < stop else None
        noun = follows is not None and follows.quote < 0 and follows.word[0].islower()
        if not noun or follows is None or follows.word in speakers.PREPOSITIONS | speakers.SKIPPED:
            return speakers.named(words, i, run)
        if words[run].word.endswith(speakers.OWNERS):  # Lee’s campaign
            return Speaker(words[i].start, follows.end, "nominal", i, run + 1)
    elif words[i].word not in speakers.DETERMINERS:
        return None
    held = _role_or_name(words, run + 1, i, stop, roles)
    return held or (speakers.named(words, i, run) if speakers.capital(words[i]) else None)


def _role_or_name(
    words: Sequence[Token], first: int, i: int, stop: int, roles: frozenset[str]
) -> Speaker | None:
    """The name that a description leads to (Former mayor Ann Lee), else the role it ends in (the retired surgeon)."""
    for k in range(first, min(stop, first + 7)):
        word = words[k].word
        if words[k].quote >= 0 or word in FINITE or not word[0].isalnum() or word.endswith(PARTICIPLE):
            return None
        after = words[k + 1] if k + 1 < stop else None
        ends = after is None or not (after.word in roles or after.word == "and" or speakers.capital(after))
        if word in roles and ends:
            return Speaker(words[i].start, words[k].end, "nominal", i, k)
        if speakers.capital(words[k]):
            last = speakers.run_right(words, k, stop - 1)
            if last > k:
                return speakers.named(words, k, last)
    return None


def in_sentence(q: int, sentence: Sentence, found: Sequence[Hit], ended: bool) -> Attribution | None:
    """The attribution of the folded quotation at token `q` within its sentence.

    `ended`: the quotation ends in a comma, a question or exclamation mark, or
    a comma follows it: what comes next may be its cue.
    """
    words = sentence.tokens
    adjacent = _right(q, words, found, ended) or _signed(q, words)
    if adjacent:
        return adjacent
    return _left(q, words, found) or _colon(q, words) or _as(q, words) or _later(q, words, found)


def _later(q: int, words: Sequence[Token], found: Sequence[Hit]) -> Attribution | None:
    """A cue further on in the sentence (…, Lee said.), else `according to`."""
    for hit in found:
        strong = not (hit.cue is ACCORDING or hit.cue.names or hit.cue.weak or hit.cue.owned)
        placed = hit.speaker and (hit.side == "after" or _after_comma(words, hit.speaker.first))
        if hit.at > q and strong and placed:
            return Attribution(hit.speaker, "later", hit.cue, hit.negated, hit.at - q)
    for hit in found:
        if hit.cue is ACCORDING and hit.speaker:
            return Attribution(hit.speaker, "according", hit.cue, False, abs(hit.at - q))
    return None


def _colon(q: int, words: Sequence[Token]) -> Attribution | None:
    """The subject of a sentence that leads with a colon to its quotation: the rally had one message: “…”."""
    if q < 3 or words[q - 1].word != ":":
        return None
    s = subject(words, q) or speakers.lead(words, q - 1)
    return Attribution(s, "colon", None, False, 1) if s else None


def _as(q: int, words: Sequence[Token]) -> Attribution | None:
    """The subject of what is painted as something: Lee hailed the bridge as a “wonder”."""
    k = q - 1
    if k > 0 and words[k].word in ("a", "an", "the"):
        k -= 1
    if (
        k < 3
        or words[k].word != "as"
        or words[k - 1].word in ("known", "same", "such", "well", "far", "long")
    ):
        return None
    s = subject(words, k)
    if s is None or s.kind == "nominal" or s.last > k - 3:
        return None
    return Attribution(s, "as", None, False, q - k)


def _after_comma(words: Sequence[Token], first: int) -> bool:
    """Whether a comma stands before a name and its titles."""
    while first > 1 and (words[first - 1].word in speakers.TITLES or words[first - 1].word == "."):
        first -= 1
    return first > 0 and words[first - 1].word == ","


def _signed(q: int, words: Sequence[Token]) -> Attribution | None:
    """A name behind a dash with nothing after it: “…” ― Ann Lee, Ferrol."""
    if (
        q + 2 >= len(words)
        or words[q + 1].word not in ("―", "—", "–", "-")
        or not speakers.capital(words[q + 2])
    ):
        return None
    run = speakers.run_right(words, q + 2, len(words) - 1)
    follows = words[run + 1].word if run + 1 < len(words) else "."
    if run == q + 2 or follows not in (",", ".", "(", "―", "—"):
        return None
    return Attribution(speakers.named(words, q + 2, run), "signed", None, False, 1)


def _right(q: int, words: Sequence[Token], found: Sequence[Hit], ended: bool) -> Attribution | None:
    hit = next((h for h in found if h.at > q), None)
    if hit is None or hit.speaker is None or not ended:
        return None
    first = min(hit.at, hit.speaker.first) if hit.speaker.first > q else hit.at
    if hit.speaker.first < q and hit.side == "before":
        return None
    between = words[q + 1 : first]
    if any(t.quote >= 0 for t in between):
        return None
    idle = all(
        t.word in IDLE
        or t.word in speakers.SKIPPED
        or t.word in speakers.TITLES
        or t.word in (".", "as", "As", "the", "The")
        or t.word.endswith("ly")
        for t in between
    )
    if not idle and not (hit.side == "before" and _apposed(words, q + 1, hit)):
        return None
    rule = "according" if hit.cue is ACCORDING else "after"
    return Attribution(hit.speaker, rule, hit.cue, hit.negated, hit.at - q)


def _apposed(words: Sequence[Token], a: int, hit: Hit) -> bool:
    """Whether all between the quotation and the speaker's name is his own title."""
    if hit.speaker is None or hit.speaker.first - a > 9:
        return False
    stretch = words[a : hit.speaker.first]
    if stretch and stretch[0].word == ",":
        stretch = stretch[1:]
    return not any(t.word in (",", "and", "but", ";") or t.word in speakers.CLAUSE for t in stretch)


def _left(q: int, words: Sequence[Token], found: Sequence[Hit]) -> Attribution | None:
    """The nearest cue before the quotation that may govern it."""
    opening = _opening_clause(q, words)
    for n in range(len(found) - 1, -1, -1):
        hit = found[n]
        if hit.at > q or hit.speaker is None or hit.cue is ACCORDING:
            continue
        gap = q - hit.last - 1
        if hit.cue.weak and not (gap <= 8 and words[q - 1].word in LEADING):
            continue
        if hit.last < opening and gap > 3:
            continue
        if hit.side == "after" and hit.speaker.last >= q:
            continue
        named = _named_before(words, hit, found[:n])
        return Attribution(hit.speaker, "before", hit.cue, hit.negated, gap, named)
    return None


LEADING = frozenset(": , words phrase term with".split())
OPENERS = frozenset(
    "After When As While Before Since Although Though Following Asked Once Whereas Until Because If".split()
)


def _opening_clause(q: int, words: Sequence[Token]) -> int:
    """The token at which a sentence's opening subordinate clause ends, 0 if it has none before `q`."""
    if words[0].word not in OPENERS:
        return 0
    return next((k for k in range(q) if words[k].word == ","), 0)


def _named_before(words: Sequence[Token], hit: Hit, earlier: Sequence[Hit]) -> Speaker | None:
    """The name behind a pronoun in one sentence: Lee said he thought it was “…”."""
    s = hit.speaker
    if s is None or s.kind != "pronoun" or words[s.first].word not in ("he", "she"):
        return None
    for outer in reversed(earlier):
        if outer.speaker is None or outer.speaker.kind != "name" or outer.side != "before":
            continue
        for token in words[outer.last + 1 : s.first + 1]:
            if token.word == words[s.first].word:
                return outer.speaker
            if speakers.capital(token):
                return None
    return None
