"""Who stands at a cue: the words that name a speaker, found without a parser.

A cue's subject stands right before it (“…,” the mayor said), is parted from
it by an apposition (Ann Lee, chief of X, said), or follows it (said Ann Lee).
All indexes count tokens of one sentence.
"""

from __future__ import annotations

from digest.annotate.classes import (
    APART,
    CLAUSE,
    CUTS,
    DAYS,
    DETERMINERS,
    LEADS,
    OWNERS,
    PARTS_OF_DAY,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED,
    UTTERANCES,
)
from digest.annotate.names import Speaker, capital, clausal, named, run_left, run_right, speaker
from digest.annotate.sentences import FOLDED, Tokens

ADVERB_ENDS = ("ly",)

WITHIN = frozenset("of at for with in".split())
FARTHEST = 60  # tokens that a subject may stand before its cue
ENDS = ".!?;:—()…–―"


def before(words: Tokens, cue: int, floor: int = 0) -> Speaker | None:
    """The subject that ends before token `cue`, None when there is none after `floor`."""
    k = _skipped_left(words, cue - 1, floor)
    if k < floor:
        return None
    token = words[k]
    if token in ("and", "but", "or", "when", "while"):
        return None
    if token in ("who", "which"):
        return _antecedent(words, k, floor)
    if token in PRONOUNS:
        return speaker(words, k, k, "pronoun")
    if token == "," or token in "—–-―":
        return _before_comma(words, k, floor)
    if token == FOLDED or (token in ENDS and token != ")" and not _abbreviation(words, k)):
        return None
    return segment(words, floor, k)


def _antecedent(words: Tokens, who: int, floor: int) -> Speaker | None:
    """Whom a relative pronoun stands for: the name or phrase right before it."""
    k = who - 1
    if k >= floor and words[k] == ",":
        k -= 1
    if k >= floor and words[k] == ")":
        k = next((i for i in range(k, floor - 1, -1) if words[i] == "("), floor) - 1
    if k < floor or words[k] == FOLDED:
        return None
    if capital(words[k]):
        return named(words, run_left(words, k, floor), k)
    if words[who - 1] == ",":
        return _before_comma(words, who - 1, floor) or segment(words, floor, k)
    return segment(words, floor, k)


def _skipped_left(words: Tokens, k: int, floor: int) -> int:
    """The last token before auxiliaries, adverbs and days (`on Monday also`)."""
    while k >= floor:
        word = words[k]
        if (
            word in SKIPPED
            or (word.endswith(ADVERB_ENDS) and word.islower() and word not in ("family",))
            or (word in PARTS_OF_DAY and k > floor and words[k - 1] in DAYS)
        ):
            k -= 1
        elif word in DAYS and k > floor:
            k -= 2 if words[k - 1] in ("on", "last", "this") else 1
        else:
            break
    return k


def _abbreviation(words: Tokens, k: int) -> bool:
    return words[k] == "." and k > 0 and words[k - 1][0].isupper() and words.glued(k)


def _left_edge(words: Tokens, k: int, floor: int) -> int:
    """Where the stretch that ends at token `k` begins: after a comma, a clause word, a stop."""
    i = k
    depth = 0
    floor = max(floor, k - FARTHEST)
    while i >= floor:
        word = words[i]
        if word == ")":
            depth += 1
        elif word == "(":
            depth = max(0, depth - 1)
        elif not depth:
            if words[i] == FOLDED and not _nickname(words, i):
                break
            if word == "," or (word in ENDS and not _abbreviation(words, i)):
                break
            if word in CLAUSE and i < k:
                break
            if word in ("and", "or") and i < k and i > floor and not _joins(words, i):
                break
        i -= 1
    return i + 1


def _nickname(words: Tokens, i: int) -> bool:
    if words.length(i) > 22 or words[i - 1].endswith(OWNERS):
        return False
    return 0 < i < len(words) - 1 and capital(words[i - 1]) and capital(words[i + 1])


def _joins(words: Tokens, i: int) -> bool:
    """Whether `and` joins two of a kind (Health and Human Services) and not two clauses."""
    a, b = words[i - 1], words[i + 1]
    return (capital(a) and capital(b)) or (a.endswith("s") and b.endswith("s") and b.islower())


def segment(words: Tokens, floor: int, k: int) -> Speaker | None:
    """The noun phrase that ends at token `k`."""
    a = _left_edge(words, k, floor)
    s = _phrase(words, a, k)
    appositive = (
        a > floor + 1 and words[a - 1] == "," and words[a][0].islower() and words[a] not in DETERMINERS
    )
    within = s is not None and s.kind == "name" and _complement(words, a, s.first)
    if (s is None or s.kind == "nominal" or within) and appositive and words[a] not in PREPOSITIONS:
        earlier = _before_comma(words, a - 1, floor)
        if earlier and earlier.kind == "name":
            return earlier
    return s


def _complement(words: Tokens, a: int, first: int) -> bool:
    """Whether a name belongs to a description: `chief of the shipping firm Ferrol Lines`, no `economist Ann Lee`."""
    return first > a + 1 and not WITHIN.isdisjoint(words[a + 1 : first])


def _before_comma(words: Tokens, comma: int, floor: int) -> Speaker | None:
    """The subject parted from its cue by what stands before the comma (an apposition)."""
    end = comma
    fallback: Speaker | None = None
    for _ in range(7):
        a = _left_edge(words, end - 1, floor)
        if a > end - 1:
            return fallback
        if a - 1 > floor and words[a - 1] == "which" and words[a - 2] == ",":
            a -= 1
        if words[a] in CUTS:  # a relative clause: who also chairs the board,
            if a - 1 < floor or words[a - 1] != ",":
                return segment(words, floor, a - 1) if a - 1 >= floor else fallback
            end = a - 1
            continue
        found = _phrase(words, a, end - 1)
        if found and _heads_clause(words, a, floor, found):
            chief = _described(words, a, floor) if fallback is None and found.first == found.last else None
            placed = fallback is None and words[a - 1] == "," and _name_before(words, a - 1, floor)
            if not (a > floor + 1 and placed):
                return chief or found
        elif found and (words[a] in DETERMINERS or a == floor):
            fallback = found
        if a - 1 < floor or words[a - 1] not in (",", "and", "or"):
            return fallback
        end = a - 1
    return fallback


def _heads_clause(words: Tokens, a: int, floor: int, found: Speaker) -> bool:
    """Whether the stretch at token `a` is a name or pronoun of its own, no apposition, party or place."""
    if found.kind == "nominal" or words[a] in PREPOSITIONS:
        return False
    if words[a][:2] in ("R-", "D-", "I-") or words[a] in ("Jr", "Sr", "R", "D"):
        return False
    return not (a > floor + 1 and (words[a][0].islower() or words[a].endswith(OWNERS)))


def _described(words: Tokens, a: int, floor: int) -> Speaker | None:
    """Whom an earlier `, who …` describes: Ann Lee, who lives outside the capital, Ferrol, said."""
    for k in range(a - 1, max(floor, a - 30), -1):
        if words[k] == FOLDED or words[k] in ENDS:
            return None
        if words[k] == "who" and words[k - 1] == ",":
            s = _antecedent(words, k, floor)
            return s if s and s.kind == "name" and s.last > s.first else None
    return None


def _name_before(words: Tokens, comma: int, floor: int) -> bool:
    """Whether a person's name in full stands right before a comma (Ann Lee, Ohio, said)."""
    a = _left_edge(words, comma - 1, floor)
    s = _phrase(words, a, comma - 1) if a <= comma - 1 else None
    return s is not None and s.kind == "name" and s.last - s.first >= 1 and s.first >= a


def _phrase(words: Tokens, a: int, k: int) -> Speaker | None:
    """The name or noun phrase in tokens a..k, its leading and trailing words taken off."""
    while k > a and words[k] == ")":
        opening = next((i for i in range(k, a - 1, -1) if words[i] == "("), a)
        k = opening - 1
    if k < a:
        return None
    k = _skipped_left(words, k, a)
    while a < k and words[a] in LEADS:
        a += 1
    while a < k and words[a].endswith("ly") and words[a] not in ("Family", "Italy", "July"):
        a += 1
    if k < a:
        return None
    if words[a] in PRONOUNS:
        return speaker(words, a, a, "pronoun")
    if words[a] in CLAUSE or words[a] in LEADS:
        return None
    if words[a] in PREPOSITIONS:
        return _trailing(words, a, k)
    first = a + 1 if words[a] in ("The", "the") and a < k and capital(words[a + 1]) else a
    if capital(words[first]):
        return _name_first(words, a, first, k)
    if capital(words[k]) or (words[k] == "." and capital(words[k - 1])):
        r = run_left(words, k, a)
        if r == a or _heads(words, a, r):
            return named(words, r, k)
    if words[a] == FOLDED or not words[a][0].isalnum():
        return None
    if k - a > 24:
        return None
    return _nominal(words, a, _cut(words, a, k))


def _heads(words: Tokens, a: int, r: int) -> bool:
    """Whether the name at token `r` is what the phrase is about (economist Ann Lee), not its complement."""
    before = words[r - 1]
    if before in ("like", "Like"):
        return True
    return before not in PREPOSITIONS and not (before in DETERMINERS and r - 1 > a)


def _name_first(words: Tokens, a: int, first: int, k: int) -> Speaker | None:
    """The subject in tokens a..k that begins with a name at token `first`."""
    run = run_right(words, first, k)
    follows = words[run + 1] if run < k else ""
    if follows == "like" and run == first and words[a].endswith("s") and capital(words[k]):
        return speaker(
            words, a, k, "nominal"
        )  # Engineers like Ferrol’s Ann Lee: who is meant is told by resolve
    if run == k or follows in PREPOSITIONS or follows in ("who", "which", "("):
        return named(words, a, run)
    if not UTTERANCES.isdisjoint(words[run + 1 : k + 1]):
        return speaker(words, a, k, "nominal")
    if capital(words[k]):
        return _trailing(words, a, k)
    if a != first:
        return _nominal(words, a, _cut(words, a, k))
    return _nominal(words, a, _cut(words, a, k)) if k - a < 8 else None


def _nominal(words: Tokens, a: int, k: int) -> Speaker | None:
    """The noun phrase in tokens a..k; None when a verb stands in it: it is a clause, and a clause says nothing."""
    return None if clausal(words, a, k) else speaker(words, a, k, "nominal")


def _cut(words: Tokens, a: int, k: int) -> int:
    """The last token of a noun phrase before its relative clause."""
    for i in range(a + 1, k + 1):
        word = words[i]
        if word in CUTS or (
            i < k and word.endswith("ing") and word.islower() and words[i - 1] not in DETERMINERS
        ):
            return i - 1
    return k


def _trailing(words: Tokens, a: int, k: int) -> Speaker | None:
    """The last name or noun phrase of a stretch that begins otherwise."""
    if words[k] in PRONOUNS:
        return speaker(words, k, k, "pronoun")
    if capital(words[k]):
        return named(words, run_left(words, k, a), k)
    for d in range(k, a, -1):
        if words[d] in DETERMINERS and words[d - 1] not in PREPOSITIONS:
            return _nominal(words, d, k)
    return None


def after(words: Tokens, cue: int) -> Speaker | None:
    """The speaker that follows token `cue` (said Ann Lee, chief of X)."""
    a = cue + 1
    last = len(words) - 1
    while a <= last and (words[a] in SKIPPED or (words[a].endswith("ly") and words[a].islower())):
        a += 1
    if a > last or words[a] == FOLDED or not words[a][0].isalnum():
        return None
    if words[a] in PRONOUNS:
        return speaker(words, a, a, "pronoun") if words[a] in ("he", "she", "they", "I", "we") else None
    if words[a] in PREPOSITIONS or words[a] in DAYS or words[a] in ("that", "there", "how", "what", "why"):
        return None
    return _following(words, a, last)


def _following(words: Tokens, a: int, last: int) -> Speaker | None:
    """The noun phrase that begins at token `a`, its name if it holds one."""
    i = a
    while i <= last:
        word = words[i]
        if capital(words[i]):
            run = run_right(words, i, last)
            follows = words[run + 1] if run < last else None
            lower = follows is not None and follows != FOLDED and follows[0].islower()
            noun_follows = (
                lower and follows is not None and follows not in APART and not follows.endswith("ing")
            )
            if not noun_follows:
                return named(words, i, run)
            i = run + 1
        elif word in PREPOSITIONS or word in CUTS or words[i] == FOLDED or (not word[0].isalnum()):
            break
        else:
            i += 1
    end = i - 1
    while end < last and end - a < 8:  # a spokesman for the mayor
        word = words[end + 1]
        if (
            words[end + 1] == FOLDED
            or word in CUTS
            or not word[0].isalnum()
            or word in ("on", "On", "during", "and")
        ):
            break
        end += 1
    return _nominal(words, a, end) if end >= a else None
